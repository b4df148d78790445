"""What there is to say about a document. A value, never an exception; render.py gives it its looks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bythebook.source.span import Span

_BREAK: Final = re.compile(r"[ \t]*[\r\n\f\v\x1c-\x1e\x85\u2028\u2029]\s*")
"""Where words go on in the next line of the document that they are quoted from."""


def on_one_line(words: str) -> str:
    """Return words on one line, as they stand but for their line ends."""
    return _BREAK.sub(" ", words)


class Severity(Enum):
    ERROR = "error"
    """The document must not run."""

    WARNING = "warning"
    """The document runs, but likely not as its author meant."""


@dataclass(frozen=True, slots=True)
class Label:
    """A place and the few words printed under it."""

    span: Span
    text: str = ""
    path: str = ""
    """The file beside the finding's own that the place is in (`document.md`); empty for the finding's own file."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", on_one_line(self.text))


WHOLE_FILE: Final = Label(Span(0, 0))
"""The place of a finding that is about a file and no line of it."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding at a place: name in words, one line in the author's words, and a way out.

    Words are often quoted from the document, where they may go on in the next line: here they are on one.
    """

    name: str
    severity: Severity
    message: str
    label: Label
    related: tuple[Label, ...] = ()
    help: str | None = None
    about: tuple[str, ...] = ()
    """What it is about, nearest first, as an author names it: `4.2`, `4`; a function; `article:5`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", on_one_line(self.message))
        if self.help is not None:
            object.__setattr__(self, "help", on_one_line(self.help))


def error(name: str, message: str, span: Span, under: str = "", *, help: str | None = None) -> Diagnostic:
    """Return a finding that keeps the document from running."""
    return Diagnostic(name, Severity.ERROR, message, Label(span, under), help=help)


def warning(name: str, message: str, span: Span, under: str = "", *, help: str | None = None) -> Diagnostic:
    """Return a finding that the author should know of."""
    return Diagnostic(name, Severity.WARNING, message, Label(span, under), help=help)
