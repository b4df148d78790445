"""A comment is opened and never closed, so what stands in it is read as a part of the document."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.source.diagnostic import Diagnostic, warning
from bythebook.source.span import Span

NAME = "unclosed-comment"


def _run(context: Context) -> Iterator[Diagnostic]:
    text = context.file.text
    at = text.rfind("<!--")
    if at >= 0 and text.find("-->", at) < 0:
        yield warning(
            NAME,
            "a comment is opened here and never closed",
            Span(at, at + 4),
            "what follows is read as a part of the document",
            help="close it behind its last word: -->",
        )


CHECK = Check(NAME, __doc__ or "", _run)
