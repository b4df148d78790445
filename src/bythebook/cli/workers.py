"""`bythebook serve --workers N`: one process holds the port and looks after those that serve.

A worker that dies is replaced. SIGHUP replaces one after the other, each only when its successor answers: a rolling
restart. SIGTERM lets all finish what they are at. A worker whose keeper is gone stops by itself.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bythebook.cli.common import EXIT_FAILED
from bythebook.settings import SettingWrong

INHERITED: Final = "_BYTHEBOOK_INHERITED"
"""What a worker finds in its environment: the file descriptors of the port and of the line to its keeper."""

COUNTED: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where workers find the folder in which their counts add up."""

READY_SECONDS: Final = 120.0
STOP_SECONDS: Final = 60.0
"""After so long a worker that was asked to stop is killed; what it was at is taken over."""

LOOK_SECONDS: Final = 0.1
AGAIN_SECONDS: Final = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0)
"""How long to wait before a worker that keeps dying is started again."""

READY: Final = b"r"


@dataclass
class Worker:
    """One process that serves, and the line to it."""

    process: subprocess.Popen[bytes]
    line: socket.socket
    born: float = field(default_factory=time.monotonic)

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process.poll() is None

    def ready(self, seconds: float) -> bool:
        """Wait until it answers; False when it died, or took too long."""
        until = time.monotonic() + seconds
        while self.alive and time.monotonic() < until:
            if select.select([self.line], [], [], LOOK_SECONDS)[0]:
                return self.line.recv(1) == READY
        return False

    def stop(self) -> None:
        """Let it finish what it is at, and wait for it."""
        if self.alive:
            self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.line.close()


@dataclass
class Keeper:
    """Looks after so many workers on one port."""

    listening: socket.socket
    count: int
    arguments: Sequence[str]
    """The command line of each worker."""

    counted: str
    """The folder in which the workers count."""

    workers: list[Worker] = field(default_factory=list)
    deaths: int = 0
    _stop: bool = False
    _renew: bool = False

    def keep(self) -> int:
        """Serve until told to stop; return 0, or 2 when no worker ever came up."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_stop)
        signal.signal(signal.SIGHUP, self._told_to_renew)
        for _ in range(self.count):  # one after the other: what is wrong with the document is told once
            self.workers.append(self._start())
            if not self.workers[-1].ready(READY_SECONDS) and not self._stop:
                self._end()
                return EXIT_FAILED
        while not self._stop:
            threading.Event().wait(LOOK_SECONDS)
            if self._renew:
                self._renew = False
                self._replace_all()
            self._replace_the_dead()
        self._end()
        return 0

    def _start(self) -> Worker:
        ours, theirs = socket.socketpair()
        inherited = f"{self.listening.fileno()} {theirs.fileno()}"
        process = subprocess.Popen(
            [sys.executable, "-m", "bythebook", *self.arguments],
            env={**os.environ, INHERITED: inherited, COUNTED: self.counted},
            pass_fds=(self.listening.fileno(), theirs.fileno()),
        )
        theirs.close()
        return Worker(process, ours)

    def _replace_the_dead(self) -> None:
        for place, worker in enumerate(self.workers):
            if worker.alive or self._stop:
                continue
            code = worker.process.returncode
            self.deaths = self.deaths + 1 if time.monotonic() - worker.born < READY_SECONDS else 0
            print(f"bythebook: worker {worker.process.pid} ended with {code}; another one starts", file=sys.stderr)
            worker.line.close()
            threading.Event().wait(AGAIN_SECONDS[min(self.deaths, len(AGAIN_SECONDS) - 1)])
            self.workers[place] = self._start()

    def _replace_all(self) -> None:
        for place, worker in enumerate(self.workers):
            successor = self._start()
            if not successor.ready(READY_SECONDS):
                print("bythebook: a new worker does not come up; the others stay as they are", file=sys.stderr)
                successor.stop()
                return
            self.workers[place] = successor
            worker.stop()

    def _end(self) -> None:
        for worker in self.workers:
            if worker.alive:
                worker.process.terminate()
        for worker in self.workers:
            worker.stop()

    def _told_to_stop(self, *_: object) -> None:
        self._stop = True

    def _told_to_renew(self, *_: object) -> None:
        self._renew = True


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a worker got from its keeper."""

    listening: socket.socket
    line: socket.socket

    def tell_ready(self) -> None:
        """Say that this worker answers."""
        self.line.send(READY)

    def stop_when_alone(self) -> None:
        """Stop when the keeper is gone: nobody else would."""
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        try:
            while self.line.recv(1):
                pass
        except OSError:
            pass
        os.kill(os.getpid(), signal.SIGTERM)


def inherited() -> Inherited | None:
    """Return what the keeper handed on, None in a process that nobody keeps; raise SettingWrong."""
    given = os.environ.pop(INHERITED, "")
    if not given:
        return None
    try:
        port, line = (socket.socket(fileno=int(number)) for number in given.split())
    except (OSError, ValueError) as wrong:
        raise SettingWrong(f"{INHERITED} is set by `serve --workers` alone; unset it") from wrong
    return Inherited(port, line)
