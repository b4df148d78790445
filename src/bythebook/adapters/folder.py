"""Find documents on disk and read them whole, with the files that stand beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import bythebook

DOCUMENT: Final = "document.md"
PHRASES: Final = "phrases.toml"
SIDECARS: Final = (PHRASES, "examples.toml", "functions.py", "functions.toml")
DATA: Final = "data"
DESCRIPTIONS: Final = "openapi"
DEFAULT_DOCUMENT: Final = "business-associate-agreement"


class DocumentNotFound(Exception):
    """There is no document there, or it cannot be read; the message says what to give instead."""


def shipped_routines() -> Path:
    """Return the folder of the documents that come with the package."""
    package = Path(bythebook.__file__).parent
    shipped = package / "shipped"
    return shipped if shipped.is_dir() else package.parent.parent / "routines"


def find_document(given: str) -> Path:
    """Return where a document is: a path, or the name of a shipped one (the default when empty)."""
    name = given or DEFAULT_DOCUMENT
    shipped = shipped_routines() / name
    return shipped if not Path(name).exists() and shipped.is_dir() else Path(name)


def read_folder(path: Path) -> tuple[str, dict[str, bytes]]:
    """Return a document's short name and its files by path inside the folder; raise DocumentNotFound.

    `path` is a folder with a `document.md`, or a Markdown file: alone, or with its folder when it is called so.
    """
    try:
        if path.is_dir():
            return _name(path), _files(path)
        if path.is_file() and path.name == DOCUMENT:
            return _name(path.parent), _files(path.parent)
        if path.is_file():
            return path.stem, {DOCUMENT: path.read_bytes()}
    except (OSError, ValueError) as failure:
        why = getattr(failure, "strerror", None) or str(failure)
        raise DocumentNotFound(f"cannot read {path}: {why}") from failure
    raise DocumentNotFound(f"there is no {path}; give a Markdown file, or a folder with a {DOCUMENT} in it")


def beside(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder that stand beside a document, by path inside it; raise DocumentNotFound."""
    try:
        return _beside(folder)
    except OSError as failure:
        raise DocumentNotFound(f"cannot read {folder}: {failure.strerror}") from failure


def _name(folder: Path) -> str:
    return folder.resolve().name


def _files(folder: Path) -> dict[str, bytes]:
    if not (folder / DOCUMENT).is_file():
        raise DocumentNotFound(f"{folder} has no {DOCUMENT}; give a Markdown file, or a folder with one in it")
    return {DOCUMENT: (folder / DOCUMENT).read_bytes(), **_beside(folder)}


def _beside(folder: Path) -> dict[str, bytes]:
    present = [folder / name for name in SIDECARS if (folder / name).is_file()]
    below = [folder / name for name in (DATA, DESCRIPTIONS) if (folder / name).is_dir()]
    kept = sorted(path for inside in below for path in inside.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in (*present, *kept)}
