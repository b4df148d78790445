"""Real `bythebook serve` processes: started, killed, stopped, woken, ended."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bythebook.cli.main import main
from tests.web.live import free_port

START_SECONDS = 600.0
ROOT = Path(__file__).parent.parent.parent


class Running(Protocol):
    """A process that was started."""

    @property
    def pid(self) -> int:
        """Its id."""

    @property
    def returncode(self) -> int | None:
        """Its exit code, as far as that was asked for."""

    def poll(self) -> int | None:
        """Return its exit code, None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end and return its exit code."""

    def send_signal(self, sig: int, /) -> None:
        """Send it a signal."""


class Nursery:
    """A process that has imported what serving takes, and that servers are forked from: most of a start is importing.

    What it forks is a process of its own, which runs the command from its first line.
    """

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["bythebook.cli.serve", "tests.crash.serving"])

    def start(self, command: list[str], environment: dict[str, str]) -> Running:
        """Start the command, which is what follows `bythebook`, in a process of its own."""
        process = self._context.Process(target=_become, args=(command, environment))
        process.start()
        return _Forked(process)


class _Forked:
    """A forked process, asked as one that was started by a command is."""

    def __init__(self, process: multiprocessing.process.BaseProcess) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise TimeoutError("it goes on")
        return self._process.exitcode

    def send_signal(self, sig: int, /) -> None:
        if self._process.exitcode is None:
            os.kill(self.pid, sig)


def _become(command: list[str], environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["bythebook", *command]
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    os._exit(main(command))


@dataclass
class Server:
    """One process that serves; it always comes back on the same port."""

    document: Path
    database: str
    port: int = field(default_factory=free_port)
    environment: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    nursery: Nursery | None = None
    process: Running | None = None

    def start(self, fail_at: str = "") -> None:
        """Start it; `answers` says when it is up."""
        command = ["serve", str(self.document), *self.options]
        environment = {
            **os.environ, **self.environment, "PYTHONPATH": str(ROOT / "src"), "BYTHEBOOK_DATABASE": self.database,
            "BYTHEBOOK_PORT": str(self.port), "BYTHEBOOK_READER": "lexicon", "BYTHEBOOK_LOG_LEVEL": "error",
            "BYTHEBOOK_FAIL_AT": fail_at,
            # All traffic comes from one address, as fast as it can.
            "BYTHEBOOK_CASES_AN_HOUR": "0", "BYTHEBOOK_MESSAGES_A_MINUTE": "0",
            "BYTHEBOOK_MESSAGES_A_MINUTE_OF_ADDRESS": "0",
        }  # fmt: skip
        if self.nursery is not None:
            self.process = self.nursery.start(command, environment)
        else:
            command = [sys.executable, "-m", "bythebook", *command]
            self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, cwd=ROOT)

    def wait(self) -> bool:
        """Wait until it answers; False when it died first."""
        assert self.process is not None
        until = time.monotonic() + START_SECONDS
        while self.process.poll() is None:
            with_answer = self.answers()
            if with_answer:
                return True
            assert time.monotonic() < until, "the server does not start"
            threading.Event().wait(0.03)
        return False

    def answers(self) -> bool:
        """Whether it answers now."""
        try:
            return request(self.port, "GET", "/healthz", seconds=2.0)[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self.process is not None
        self.process.send_signal(number)

    def stop(self, seconds: float = 30.0) -> int:
        """Ask it to stop, and return its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)


def request(
    port: int,
    method: str,
    path: str,
    body: object = None,
    headers: dict[str, str] | None = None,
    seconds: float = 15.0,
) -> tuple[int, dict[str, object], dict[str, str]]:
    """Make one request on a connection of its own; return status, JSON and headers. Raises OSError, HTTPException."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        given = {"Content-Type": "application/json", **(headers or {})} if body is not None else headers or {}
        connection.request(method, path, json.dumps(body) if body is not None else None, given)
        response = connection.getresponse()
        text = response.read()
        found = {name.lower(): value for name, value in response.getheaders()}
        return response.status, json.loads(text) if text else {}, found
    finally:
        connection.close()
