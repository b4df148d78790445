"""Documents as they are loaded: each routine of each document, with the files that belong to it.

A document with several routines gives several. `functions.py` and `data/` belong to all of them; phrases and examples
name lines, so each routine has its own, in a folder of the routine's name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bythebook.adapters.folder import (
    DOCUMENT,
    PHRASES,
    DocumentNotFound,
    beside,
    find_document,
    read_folder,
)
from bythebook.compiler.flows import Flow, flows_of
from bythebook.source.span import SourceFile

NO_DOCUMENTS: Final = frozenset({"readme", "license", "changelog", "contributing"})
"""Markdown files that are no documents, whatever folder they stand in."""

OWN: Final = (PHRASES, "examples.toml")
"""What each routine of a document with several has for itself."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A document as it was read: its short name and its files, by path inside the folder."""

    name: str
    files: Mapping[str, bytes]
    title: str = ""
    """What it is called, where that is known otherwise than by its text (one of several in a file)."""

    place: str = ""
    """The folder beside the document in which its own files stand, for one of several in a file."""

    house: bytes | None = None
    """The house's phrases that it was released with; this program's where it was not."""


@dataclass(frozen=True, slots=True)
class Library:
    """Documents that are loaded together."""

    documents: tuple[Folder, ...]
    reception: Mapping[str, bytes]
    """The files of their reception: phrases of the house in its owner's words, if there are any."""


def read_library(given: Sequence[str]) -> Library:
    """Return the documents to load together; raise DocumentNotFound.

    Each is a document, one routine of a document with several, or a folder that holds documents.
    """
    places = [find_document(one) for one in given]
    documents = [routine for place in places for path in documents_at(place) for routine in routines_at(path)]
    reception: dict[str, bytes] = {}
    for place in places:
        reception.update(_for_reception(place))
    return Library(tuple(documents), reception)


def documents_at(path: Path) -> tuple[Path, ...]:
    """Return the documents at a path: itself, or all that stand in a folder that has no `document.md` of its own."""
    if not path.is_dir() or (path / DOCUMENT).is_file() or _whole(path) is not None:
        return (path,)
    inside = sorted(child for child in path.iterdir() if not child.name.startswith((".", "_")))
    found = tuple(child for child in inside if (child / DOCUMENT).is_file() or _is_markdown(child))
    return found or (path,)


def routines_at(path: Path) -> tuple[Folder, ...]:
    """Return a document's one routine, or each of its several; raise DocumentNotFound."""
    whole = _whole(path)
    name, files = read_folder(whole or path)
    flows = _flows(files)
    if not flows:
        return (Folder(name, files),)
    folder = _folder(whole or path)
    stray = next((own for own in OWN if own in files), None)
    if stray is not None:
        raise DocumentNotFound(
            f"{folder}/{stray} stands beside several routines; move it to the one that it is for, "
            f"such as {folder}/{flows[0].name}/{stray}"
        )
    return tuple(_routine(name, files, flow, folder) for flow in flows if whole is None or flow.name == path.name)


def read_routine(path: Path) -> Folder:
    """Return the one routine at a path; raise DocumentNotFound, also where there are several."""
    found = routines_at(path)
    if len(found) == 1:
        return found[0]
    folder = _folder(path) or path.with_suffix("")
    names = ", ".join(f"{folder}/{flow.name}" for flow in _flows(read_folder(path)[1]))
    raise DocumentNotFound(f"{path} holds several routines; give one of {names}")


def sidecar(path: Path, name: str) -> Path | None:
    """Return where a file beside a routine stands, or belongs; None for a document that has nothing beside it."""
    whole = _whole(path)
    if whole is not None:
        return path / name if _folder(whole) is not None else None
    folder = _folder(path)
    return folder / name if folder is not None else None


def document_at(path: Path) -> Path:
    """Return the Markdown file of what is given: a document, or one of its routines."""
    at = _whole(path) or path
    return at / DOCUMENT if at.is_dir() else at


def _routine(name: str, files: Mapping[str, bytes], flow: Flow, folder: Path | None) -> Folder:
    own: dict[str, bytes] = {}
    if folder is not None and (folder / flow.name).is_dir():
        own = beside(folder / flow.name)
    return Folder(f"{name}-{flow.name}", {**files, **own, DOCUMENT: flow.file.text.encode()}, flow.title, flow.name)


def _flows(files: Mapping[str, bytes]) -> tuple[Flow, ...]:
    return flows_of(SourceFile.of(DOCUMENT, files[DOCUMENT].decode("utf-8", "replace")))


def _whole(path: Path) -> Path | None:
    """Return the document of which `path` names one routine (`front-desk/parking-permit`), or None."""
    if path.is_file() or (path / DOCUMENT).is_file():
        return None
    above = path.parent
    if (above / DOCUMENT).is_file():
        place = above
    elif above.name and above.with_suffix(".md").is_file():
        place = above.with_suffix(".md")
    else:
        return None
    return place if any(flow.name == path.name for flow in _flows(read_folder(place)[1])) else None


def _folder(path: Path) -> Path | None:
    """Return the folder in which files stand beside a document; None for a Markdown file on its own."""
    if path.is_dir():
        return path
    return path.parent if path.name == DOCUMENT else None


def _for_reception(path: Path) -> Mapping[str, bytes]:
    phrases = path / PHRASES
    if not path.is_dir() or (path / DOCUMENT).is_file() or not phrases.is_file() or _whole(path) is not None:
        return {}
    try:
        return {PHRASES: phrases.read_bytes()}
    except OSError as failure:
        raise DocumentNotFound(f"cannot read {phrases}: {failure.strerror}") from failure


def _is_markdown(path: Path) -> bool:
    return path.suffix == ".md" and path.is_file() and path.stem.lower() not in NO_DOCUMENTS
