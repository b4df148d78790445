"""Lines that a document does not write and its author means: each follows from a line that stands there.

They are labelled by the line that they follow from, and `bythebook show` lists them at its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bythebook.routine.model import Ask, Call, Goto, Line, QuestionKind, Step

CLOSING: Final = "?"
"""Behind the label of the line that resolves the case: it is asked first whether there is anything else."""


def with_implied(steps: Sequence[Step], resolution: str) -> tuple[Step, ...]:
    """Return the steps with what follows from them; `resolution` is the function that resolves cases."""
    return _resolved_once(_closed(tuple(steps), resolution), resolution)


# ---------------------------------------------------------------- the end of a case


def _closed(steps: tuple[Step, ...], resolution: str) -> tuple[Step, ...]:
    """A case is resolved after the customer was asked for anything else: where no line asks, the house does."""
    last = _resolving(steps, resolution)
    if last is None or _closing_question(steps) is not None:
        return steps
    asks = Line(
        f"{last.label}{CLOSING}",
        last.span,
        Ask(None, QuestionKind.ANYTHING_ELSE),
        last.parent,
        last.condition,
        implied=True,
    )
    return _insert(steps, last.label, asks)


def _resolved_once(steps: tuple[Step, ...], resolution: str) -> tuple[Step, ...]:
    """Every other line that resolves the case goes to the closing question, and so to the one resolution."""
    last, closing = _resolving(steps, resolution), _closing_question(steps)
    if last is None or closing is None:
        return steps
    return tuple(
        replace(
            step,
            lines=tuple(
                replace(line, instruction=Goto(closing.label))
                if _calls(line, resolution) and line.label != last.label
                else line
                for line in step.lines
            ),
        )
        for step in steps
    )


def _resolving(steps: Sequence[Step], resolution: str) -> Line | None:
    """Return the line that resolves the case: the last that no condition stands over, else the last."""
    found = [(step, line) for step in steps for line in step.lines if _calls(line, resolution)]
    always = [line for step, line in found if step.condition is None and not any(_conditions(step, line))]
    lines = always or [line for _, line in found]
    return lines[-1] if lines else None


def _closing_question(steps: Sequence[Step]) -> Line | None:
    asking = (line for step in steps for line in step.lines if isinstance(line.instruction, Ask))
    return next(
        (
            line
            for line in asking
            if isinstance(line.instruction, Ask) and line.instruction.kind is QuestionKind.ANYTHING_ELSE
        ),
        None,
    )


def _calls(line: Line, function: str) -> bool:
    return isinstance(line.instruction, Call) and line.instruction.function == function


def _conditions(step: Step, line: Line) -> Iterator[bool]:
    """Yield, for the line and each line that it stands under, whether it has a condition."""
    at: Line | None = line
    while at is not None:
        yield at.condition is not None
        at = step.line(at.parent) if at.parent is not None else None


def _insert(steps: Sequence[Step], before: str, line: Line) -> tuple[Step, ...]:
    """Return the steps with a line put before the one labelled so."""
    found = []
    for step in steps:
        at = next((number for number, other in enumerate(step.lines) if other.label == before), None)
        found.append(step if at is None else replace(step, lines=(*step.lines[:at], line, *step.lines[at:])))
    return tuple(found)
