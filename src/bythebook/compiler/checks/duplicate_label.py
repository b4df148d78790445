"""Two steps or two lines have the same label, so nobody can say which of them is meant."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.source.diagnostic import Diagnostic, Label, Severity
from bythebook.source.span import Span

NAME = "duplicate-label"


def _run(context: Context) -> Iterator[Diagnostic]:
    routine = context.routine
    yield from _twice("steps", [(step.label, step.span) for step in routine.steps])
    numbers = {step.label for step in routine.steps}
    lines = [(line.label, line.span) for line in routine.lines if line.label not in numbers]
    yield from _twice("lines", lines)


def _twice(kind: str, places: list[tuple[str, Span]]) -> Iterator[Diagnostic]:
    first: dict[str, Span] = {}
    for label, span in places:
        if label in first:
            yield Diagnostic(
                NAME,
                Severity.ERROR,
                f"two {kind} have the label {label}",
                Label(span, f"{label} again"),
                (Label(first[label], f"the first {label}"),),
                "give it a label of its own",
            )
        else:
            first[label] = span


CHECK = Check(NAME, __doc__ or "", _run)
