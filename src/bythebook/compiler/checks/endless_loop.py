"""The routine goes back under no condition, and nothing on the way waits for the customer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.routine.model import Ask, Collect, Goto, HandOver, Leave, Line, Step
from bythebook.source.diagnostic import Diagnostic, error

NAME = "endless-loop"
STEPS_MAX: Final = 500
"""Steps of a routine that are looked at."""


def always_goes(step: Step) -> Line | None:
    """Return the line by which a step always goes on elsewhere, or to a human."""
    if step.condition is not None:
        return None
    plain = (line for line in step.lines if line.parent is None and line.condition is None)
    return next((line for line in plain if _goes_for_good(line)), None)


def _goes_for_good(line: Line) -> bool:
    match line.instruction:
        case Goto(returns=returns):
            return not returns
        case HandOver(by_hand=by_hand):
            return not by_hand
        case Leave():
            return True
        case _:
            return False


def _run(context: Context) -> Iterator[Diagnostic]:
    steps = context.routine.steps[:STEPS_MAX]
    place = {line.label: index for index, step in enumerate(steps) for line in step.lines}
    place |= {step.label: index for index, step in enumerate(steps)}
    for index, step in enumerate(steps):
        line = always_goes(step)
        back = place.get(line.instruction.target) if line and isinstance(line.instruction, Goto) else None
        if line is None or back is None or back > index:
            continue
        between = steps[back : index + 1]
        if any(always_goes(other) for other in between[:-1]) or any(_may_leave(other) for other in between):
            continue
        yield error(
            NAME,
            f"line {line.label} goes back to {steps[back].label} every time, and no line on the way asks anything",
            line.span,
            "this never ends",
            help="go back only if something holds, If ..., proceed to step 1; or ask the customer on the way",
        )


def _may_leave(step: Step) -> bool:
    """Tell whether a step waits for the customer, or may go on elsewhere."""
    waits = any(isinstance(line.instruction, Ask | Collect | HandOver) for line in step.lines)
    jumps = any(isinstance(line.instruction, Goto) and line is not always_goes(step) for line in step.lines)
    return waits or jumps


CHECK = Check(NAME, __doc__ or "", _run)
