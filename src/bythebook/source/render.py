"""Turn a diagnostic into what a person or a machine reads."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

from bythebook.source.diagnostic import WHOLE_FILE, Diagnostic, Label
from bythebook.source.span import SourceFile

RELATED_MAX: Final = 8
"""Further places of one finding that are shown; how many more there are is said."""

LINE_CHARACTERS_MAX: Final = 240
"""A longer line is shown around its place only."""

LEAD_CHARACTERS: Final = 60
"""How much of a longer line is shown before its place."""

_GUTTER: Final = 6
_WIDE: Final = frozenset(("W", "F"))
_UNSEEN: Final = frozenset(("Mn", "Me", "Cf"))
_TURNING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of text around, and with it what a terminal shows."""


def render(diagnostic: Diagnostic, file: SourceFile, beside: Mapping[str, SourceFile] | None = None) -> str:
    """Return the finding with its line and a caret under the place.

    `beside` holds the other files that it has places in, by the path its labels give.
    """
    head = f"{diagnostic.severity.value}[{diagnostic.name}]: {diagnostic.message}"
    parts = [head, f" --> {_where(diagnostic.label, file)}", *_excerpt(diagnostic.label, file, "^")]
    for label in diagnostic.related[:RELATED_MAX]:
        other = (beside or {}).get(label.path) if label.path else file
        if other is not None:
            parts += [f" ::: {_where(label, other)}"] if label.path else []
            parts += _excerpt(label, other, "-")
    if (more := len(diagnostic.related) - RELATED_MAX) > 0:
        parts.append(f"{' ' * (_GUTTER - 1)}= and {more} more place{'' if more == 1 else 's'}")
    if diagnostic.help is not None:
        parts.append(f"help: {diagnostic.help}")
    return "\n".join(map(_shown, parts))


def render_concise(diagnostic: Diagnostic, file: SourceFile) -> str:
    """Return the finding in one line: `path:line:column: severity[name] message`."""
    line, column = file.position(diagnostic.label.span.start)
    return _shown(f"{file.path}:{line}:{column}: {diagnostic.severity.value}[{diagnostic.name}] {diagnostic.message}")


def as_json(
    diagnostic: Diagnostic, file: SourceFile, beside: Mapping[str, SourceFile] | None = None
) -> Mapping[str, object]:
    """Return the finding as plain data: 1-based lines and columns in code points, the end exclusive."""
    related = ((label, (beside or {}).get(label.path) if label.path else file) for label in diagnostic.related)
    return {
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help,
        **_place(diagnostic.label, file),
        "about": list(diagnostic.about),
        "related": [_place(label, other) for label, other in related if other is not None],
    }


def _place(label: Label, file: SourceFile) -> dict[str, object]:
    line, column = file.position(label.span.start)
    end_line, end_column = file.position(label.span.end)
    return {
        "path": file.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "label": label.text,
    }


def _where(label: Label, file: SourceFile) -> str:
    if label == WHOLE_FILE:
        return file.path
    line, column = file.position(label.span.start)
    return f"{file.path}:{line}:{column}"


def _excerpt(label: Label, file: SourceFile, mark: str) -> list[str]:
    if label == WHOLE_FILE:
        return []
    line, column = file.position(label.span.start)
    text, start = file.line(line), column - 1
    length = min(label.span.end - label.span.start, len(text) - start)
    before = ""
    if len(text) > LINE_CHARACTERS_MAX:
        first = max(0, start - LEAD_CHARACTERS)
        before = "…" if first else ""
        cut = text[first : first + LINE_CHARACTERS_MAX]
        after = "…" if first + LINE_CHARACTERS_MAX < len(text) else ""
        start, length = start - first, min(length, len(cut) - (start - first))
        text = f"{before}{cut}{after}"
        start += len(before)
    gutter = f"{line:>4} | "
    # A tab before the place is kept a tab, so the caret stands under it on every terminal.
    lead = "".join("\t" if character == "\t" else " " * _width(character) for character in text[:start])
    marks = mark * max(1, sum(map(_width, text[start : start + length])))
    return [gutter + text, f"{' ' * (len(gutter) - 2)}| {lead}{marks} {label.text}".rstrip()]


def _width(character: str) -> int:
    """Return how many columns of a terminal a character takes."""
    if character.isascii():
        return 1
    if unicodedata.east_asian_width(character) in _WIDE:
        return 2
    return 0 if unicodedata.category(character) in _UNSEEN and character not in _TURNING else 1


def _shown(text: str) -> str:
    """Return the text as a terminal can show it: what would steer the terminal is replaced."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if _steers(character) else character for character in text)


def _steers(character: str) -> bool:
    return character in _TURNING or (character != "\t" and unicodedata.category(character) == "Cc")
