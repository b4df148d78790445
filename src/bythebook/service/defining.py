"""What a function is for, written into a document's text where the text does not say it."""

from __future__ import annotations

import re
from typing import Final

from bythebook.compiler.compile import Compiled
from bythebook.compiler.phrase_needs import one_line
from bythebook.compiler.sidecars import DOCUMENT_PATH
from bythebook.service.draft_edits import as_bytes, as_text
from bythebook.service.drafts import DraftRefused, Files

_ITEM: Final = re.compile(r"^(?P<indent>[ \t]*)[-*+][ \t]+")


def with_purpose(files: Files, compiled: Compiled, function: str, purpose: str) -> Files:
    """Return the files with the text saying what a function is for; raise DraftRefused where only its author can."""
    words = one_line(purpose)
    if not words:
        raise DraftRefused("write what the function does, in one sentence")
    if not function.isidentifier():
        raise DraftRefused(f"`{function}` is no name of a function")
    words = words if words.endswith((".", "!", "?")) else f"{words}."
    text = as_text(files.get(DOCUMENT_PATH, b""))
    defined = compiled.routine.function(function)
    after = (
        _at_its_place(text, compiled, function, words) if defined is not None else _at_the_end(text, function, words)
    )
    return {**files, DOCUMENT_PATH: as_bytes(after, files.get(DOCUMENT_PATH, b""))}


def _at_its_place(text: str, compiled: Compiled, function: str, words: str) -> str:
    defined = compiled.routine.function(function)
    assert defined is not None
    lines = text.split("\n")
    at = compiled.file.position(defined.span.start)[0] - 1
    item = _ITEM.match(lines[at]) if at < len(lines) else None
    if defined.purpose or item is None:
        raise DraftRefused(f"write in the text, below its name, what {function} is for: Purpose: {words}")
    return "\n".join([*lines[: at + 1], f"{item['indent']}  - Purpose: {words}", *lines[at + 1 :]])


def _at_the_end(text: str, function: str, words: str) -> str:
    row = f"- `{function}`:\n  - Purpose: {words}\n"
    begun = re.search(r"^[#*\s]*function definitions\b", text, re.I | re.M)
    return f"{text.rstrip()}\n{row}" if begun else f"{text.rstrip()}\n\nFunction Definitions:\n{row}"
