"""Write a new folder whole or not at all: beside its place first, then moved there in one step."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bythebook.adapters.folder import DocumentNotFound


class CannotWrite(DocumentNotFound):
    """The folder cannot be written; the message says why, and nothing was left behind."""


def write_new_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write files by their paths inside a folder that is not there yet, or is empty; raise CannotWrite."""
    refuse_taken(folder)
    fresh: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".new", dir=folder.parent))
        for name, text in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        # What mkdtemp makes is its owner's alone; a document is for the team.
        fresh.chmod(0o777 & ~_umask(fresh))
        # Refused by the system where somebody has filled the folder in between.
        fresh.replace(folder)
        fresh = None
    except OSError as failure:
        raise CannotWrite(f"cannot write {folder}: {failure.strerror or failure}") from failure
    finally:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)


def refuse_taken(folder: Path) -> None:
    """Raise CannotWrite where something stands at the folder's place."""
    if folder.is_dir() and folder.resolve() != Path.cwd() and not any(folder.iterdir()):
        return
    if folder.exists() or folder.is_symlink():
        raise CannotWrite(f"{folder} is there already, and nothing in it is changed; give a folder that is not there")


def _umask(beside: Path) -> int:
    """Return which permissions new files are made without, as the files beside show it."""
    made = next(path for path in beside.rglob("*") if path.is_file())
    return 0o777 & ~(made.stat().st_mode | 0o111)
