"""A real HTTP server on this machine that behaves as badly as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler"], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> object:
        return json.loads(self.body)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    server: Server

    def _any(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, self.rfile.read(length))
        self.server.requests.append(request)
        place = self.path.partition("?")[0]
        rows = self.server.answers.get(place, [status(404)])
        self.close_connection = True
        with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked may have gone away
            (rows.pop(0) if len(rows) > 1 else rows[0])(self)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _any

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Answers by path: the answers of a path one after another, the last for good."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[Request] = []
        self.answers: dict[str, list[Answer]] = {}
        self.stopping = threading.Event()

    @property
    def place(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.place}"

    def on(self, path: str, *answers: Answer) -> None:
        """Answer so on this path."""
        self.answers[path] = list(answers)


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server until the block ends."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


def sent(raw: bytes, code: int = 200, **headers: str) -> Answer:
    """Answer with these bytes."""

    def answer(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(raw)))
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(raw)

    return answer


def told(value: object, code: int = 200, **headers: str) -> Answer:
    """Answer with JSON."""
    return sent(json.dumps(value).encode(), code, **headers)


def status(code: int, **headers: str) -> Answer:
    """Answer with a status and a body that should be told nowhere."""
    return sent(b'{"detail": "the-servers-own-words"}', code, **headers)


def hanging(handler: Handler) -> None:
    """Never answer."""
    handler.server.stopping.wait()


def dripping(handler: Handler) -> None:
    """Send a header letter by letter, for ever."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.server.stopping.wait(0.02):
        handler.wfile.write(b"a")
        handler.wfile.flush()


def broken_off(handler: Handler) -> None:
    """Promise more than is sent."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")


def junk(handler: Handler) -> None:
    """Send what is no HTTP."""
    handler.wfile.write(b"\x00\x01\x02 no http at all\r\n\r\n")


def endless(handler: Handler) -> None:
    """Send without end, and without saying how much."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[")
    while not handler.server.stopping.is_set():
        handler.wfile.write(b"1," * 10_000)
