"""An OpenAI-compatible server that answers as it is told: well, badly, late, without end."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Script:
    """What the server does next, and what it was asked."""

    content: str = '{"choices": ["unsure"]}'
    status: int = 200
    body: bytes | None = None
    """Sent in place of a completion."""

    refuses: tuple[str, ...] = ()
    """Fields of a request for which the server answers 400."""

    trickles: bool = False
    """A byte now and then, until the other side has gone."""

    endless: bool = False
    holds: threading.Event | None = None
    """Nothing is sent before it is set."""

    seconds: float = 0.0
    """How long it thinks before it answers."""

    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


@contextmanager
def served(script: Script) -> Iterator[str]:
    """Serve on this machine; yield the address that a client is given."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            script.asked.append(request)
            script.keys.append(self.headers.get("Authorization", ""))
            if script.holds is not None:
                script.holds.wait(30)
            threading.Event().wait(script.seconds)
            refused = [name for name in script.refuses if name in request]
            try:
                self._send(400 if refused else script.status)
            except (BrokenPipeError, ConnectionResetError):
                return

        def _send(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            body = script.body if script.body is not None else completion(script.content)
            if script.trickles or script.endless:
                self.end_headers()
                began = time.monotonic()
                while time.monotonic() - began < 20:
                    self.wfile.write(b" " * (1 if script.trickles else 65_536))
                    self.wfile.flush()
                    if script.trickles:
                        threading.Event().wait(0.02)
                return
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        if script.holds is not None:
            script.holds.set()
        server.shutdown()
        server.server_close()


def completion(content: str) -> bytes:
    """Return the body of a chat completion."""
    return json.dumps(
        {
            "id": "c1", "object": "chat.completion", "created": 1, "model": "small",
            "choices": [
                {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
            ],
            "usage": {"prompt_tokens": 321, "completion_tokens": 8, "total_tokens": 329},
        }
    ).encode()  # fmt: skip
