"""A real server on a free port of this machine, in a thread of the test."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import uvicorn
from fastapi import FastAPI


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


@contextmanager
def live(app: FastAPI) -> Iterator[str]:
    """Serve the application and give its address; its open streams end before the block is left."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=5))
    started = threading.Event()
    serving = threading.Thread(target=_run, args=(server, listening, started))
    serving.start()
    assert started.wait(10), "the server did not start"
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        app.state.streams.stopping.set()  # outside the main thread no signal tells
        server.should_exit = True
        serving.join(10)
        listening.close()
        assert not serving.is_alive(), "the server did not stop"


def _run(server: uvicorn.Server, listening: socket.socket, started: threading.Event) -> None:
    startup = server.startup

    async def told(sockets: list[socket.socket] | None = None) -> None:
        await startup(sockets)
        started.set()

    server.startup = told  # type: ignore[method-assign]
    server.run(sockets=[listening])


def wait_for(base: str) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + 300
    while True:
        try:
            if httpx2.get(f"{base}/healthz").status_code == 200:
                return
        except httpx2.TransportError:
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.05)
