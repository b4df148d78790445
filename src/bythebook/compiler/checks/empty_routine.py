"""A document has numbered steps; without them there is nothing to run."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.source.diagnostic import Diagnostic, error
from bythebook.source.span import Span

NAME = "empty-routine"


def _run(context: Context) -> Iterator[Diagnostic]:
    if not context.routine.steps:
        text = context.file.text
        start = len(text) - len(text.lstrip())
        start = start if start < len(text) else 0
        end = text.find("\n", start)
        yield error(
            NAME,
            "the document has no numbered steps",
            Span(start, end if end >= 0 else len(text)),
            "no step from here on",
            help='write the steps under a heading: ### Routine, then: 1. Ask the customer: "..."',
        )


CHECK = Check(NAME, __doc__ or "", _run)
