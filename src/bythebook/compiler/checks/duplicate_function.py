"""The document defines a function twice."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.source.diagnostic import Diagnostic, Label, Severity
from bythebook.source.span import Span

NAME = "duplicate-function"


def _run(context: Context) -> Iterator[Diagnostic]:
    first: dict[str, Span] = {}
    for definition in context.routine.functions:
        if definition.name in first:
            yield Diagnostic(
                NAME,
                Severity.ERROR,
                f"`{definition.name}` is defined twice",
                Label(definition.span, "the second definition"),
                (Label(first[definition.name], "the first definition"),),
                "keep one of the two definitions",
            )
        else:
            first[definition.name] = definition.span


CHECK = Check(NAME, __doc__ or "", _run)
