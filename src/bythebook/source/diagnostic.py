"""What there is to say about a document. A value, never an exception; render.py gives it its looks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from bythebook.source.span import Span


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


WHOLE_FILE: Final = Label(Span(0, 0))
"""The place of a finding that is about a file and no line of it."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding at a place: name in words, one line in the author's words, and a way out."""

    name: str
    severity: Severity
    message: str
    label: Label
    related: tuple[Label, ...] = ()
    help: str | None = None
    about: tuple[str, ...] = ()
    """What it is about, nearest first, as an author names it: `4.2`, `4`; a function; `article:5`."""


def error(name: str, message: str, span: Span, under: str = "", *, help: str | None = None) -> Diagnostic:
    """Return a finding that keeps the document from running."""
    return Diagnostic(name, Severity.ERROR, message, Label(span, under), help=help)


def warning(name: str, message: str, span: Span, under: str = "", *, help: str | None = None) -> Diagnostic:
    """Return a finding that the author should know of."""
    return Diagnostic(name, Severity.WARNING, message, Label(span, under), help=help)
