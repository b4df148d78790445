"""Holds a place for one process: a SQLite file is served by one, and a second is told so at once.

Beside it a desk or a backup may work on the same file; what must not be doubled is who calls functions and fires
timers.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bythebook.service.ports import StoreUnavailable


@contextmanager
def alone(database: Path) -> Iterator[None]:
    """Hold the file for serving; the system lets go of it when the process dies. Raise StoreUnavailable."""
    place = database.with_name(database.name + "-serving")
    try:
        held = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as failure:
        raise StoreUnavailable(f"cannot write beside {database}: {failure.strerror}") from failure
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            who = os.read(held, 20).decode("ascii", "replace").strip()
            raise StoreUnavailable(
                f"{database} is served by another process already (its id is {who or 'not known'}); stop that one, "
                "or serve another file with --database. Several processes serve together on PostgreSQL"
            ) from taken
        os.ftruncate(held, 0)
        os.write(held, str(os.getpid()).encode("ascii"))
        yield
    finally:
        os.close(held)
