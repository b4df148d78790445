"""What SQLite complains of, in sentences about the file that say what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Final

TROUBLES: Final = (
    ("SQLITE_BUSY", "is locked by another program; close that program, then try again"),
    ("SQLITE_LOCKED", "is locked by another program; close that program, then try again"),
    ("SQLITE_FULL", "cannot grow: the disk or the quota is full; make room, then try again"),
    ("SQLITE_READONLY", "cannot be written; allow this user to write to the file and to its folder"),
    (
        "SQLITE_CANTOPEN",
        "cannot be opened; its folder must exist and this user must be allowed to write there",
    ),
    ("SQLITE_PERM", "cannot be opened; allow this user to read and write the file and its folder"),
    ("SQLITE_NOTADB", "is not a SQLite database; give the path of another file"),
    ("SQLITE_CORRUPT", "is damaged; put a copy from your backup in its place"),
    ("SQLITE_IOERR", "could not be read or written; check the disk"),
)
"""By SQLite's name of an error, longer names included: what to say about the file."""


def trouble_with(path: Path, error: BaseException) -> str:
    """Return what is wrong with the file and what to do about it."""
    name = getattr(error, "sqlite_errorname", "")
    for prefix, words in TROUBLES:
        if name.startswith(prefix):
            return f"{path} {words}"
    return f"{path} could not be used: {error}"
