"""Two steps or two lines have the same label, so nobody can say which of them is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.routine.model import STANDING, Step
from bythebook.source.diagnostic import Diagnostic, Label, Severity
from bythebook.source.span import Span

NAME = "duplicate-label"
ALIKE_MIN: Final = 2
"""More steps than this with one number between them were numbered by Markdown, not by their author."""


def _run(context: Context) -> Iterator[Diagnostic]:
    routine = context.routine
    numbered = [step for step in routine.steps if not step.label.startswith(STANDING)]
    parts = routines(numbered)
    if len(numbered) > ALIKE_MIN and len({step.label for step in numbered}) == 1:
        yield _all_alike(numbered)
    else:
        yield from (_again(part[0], numbered[0]) for part in parts[1:])
        for part in parts:
            yield from _twice("steps", [(step.label, step.span) for step in part])
    numbers = {step.label for step in routine.steps}
    for part in parts:
        lines = [line for step in part for line in step.lines if line.label not in numbers]
        yield from _twice("lines", [(line.label, line.span) for line in lines])


def routines(steps: Sequence[Step]) -> list[list[Step]]:
    """Cut numbered steps where they begin again at their first number; a number given twice is no beginning."""
    parts: list[list[Step]] = []
    for step in steps:
        if not parts or (step.label == steps[0].label and len(parts[-1]) > 1):
            parts.append([])
        parts[-1].append(step)
    return parts


def _again(step: Step, first: Step) -> Diagnostic:
    return Diagnostic(
        NAME,
        Severity.ERROR,
        f"the steps begin again at {step.label}: a second routine stands in this document",
        Label(step.span, f"{step.label} again"),
        (Label(first.span, f"the first {step.label}"),),
        "put each routine into a document of its own, or number the steps through",
    )


def _all_alike(steps: Sequence[Step]) -> Diagnostic:
    return Diagnostic(
        NAME,
        Severity.ERROR,
        f"all {len(steps)} steps are numbered {steps[0].label}, so nobody can say which of them is meant",
        Label(steps[1].span, f"{steps[0].label} again"),
        (Label(steps[0].span, f"the first {steps[0].label}"),),
        "number them as they are shown: 1., 2., 3. and so on",
    )


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
