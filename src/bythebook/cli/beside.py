"""Change a file beside a document: whole or not at all, its byte order mark kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bythebook.adapters.folder import DOCUMENT, DocumentNotFound
from bythebook.adapters.library import sidecar
from bythebook.compiler.phrase_file import CannotEdit, edited


class CannotChange(DocumentNotFound):
    """What was asked cannot be done; the message says why, and nothing was changed."""


def change_beside(path: Path, name: str, change: Callable[[str], str]) -> None:
    """Put a file's changed text in its place beside the document at a path; raise CannotChange."""
    beside = sidecar(path, name)
    if beside is None:
        raise CannotChange(
            f"{path} is a file on its own; put it as {DOCUMENT} into a folder, and {name} can stand beside"
        )
    try:
        before = beside.read_bytes() if beside.is_file() else b""
        after = edited(before, change)
        if after != before:
            beside.parent.mkdir(exist_ok=True)
            fresh = beside.with_name(f".{name}.new")
            fresh.write_bytes(after)
            fresh.replace(beside)
    except CannotEdit as refused:
        raise CannotChange(str(refused)) from refused
    except (OSError, UnicodeError) as failure:
        raise CannotChange(f"cannot change {beside}: {getattr(failure, 'strerror', None) or failure}") from failure
