"""What is said of notes: words of a document that ask for nothing."""

from __future__ import annotations

from typing import Final

from bythebook.source.diagnostic import Diagnostic, Label, Severity
from bythebook.source.span import Span

NOTE: Final = "unread-note"


def unread(span: Span) -> Diagnostic:
    """Return what is said of a note."""
    return Diagnostic(
        NOTE,
        Severity.WARNING,
        "this note asks for nothing that can be carried out",
        Label(span, "read, and nothing is done for it"),
        (),
        "leave it if it is for people; else write what to do: If the customer ..., call the `name` function.",
    )
