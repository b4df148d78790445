"""A line goes on at a step or line that the routine does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.routine.model import Goto
from bythebook.source.diagnostic import Diagnostic, error
from bythebook.source.suggest import did_you_mean

NAME = "unknown-target"
STEPS_MAX: Final = 200
"""Steps among which one that was meant is looked for."""

WORDS_MAX: Final = 60


def _run(context: Context) -> Iterator[Diagnostic]:
    labels = {step.label for step in context.routine.steps} | {line.label for line in context.routine.lines}
    steps = [step.label for step in context.routine.steps[:STEPS_MAX]]
    held = {line.label: at for at, step in enumerate(context.routine.steps[:STEPS_MAX]) for line in step.lines}
    for line in context.routine.lines:
        if isinstance(line.instruction, Goto) and line.instruction.target not in labels:
            target = line.instruction.target
            yield error(
                NAME,
                f"line {line.label} goes on at {target}, and the routine has no step or line of that label",
                context.place(line.span, target),
                "not a label of this routine",
                help=did_you_mean(target, steps) or _help(context, held.get(line.label), steps),
            )


def _help(context: Context, own: int | None, steps: list[str]) -> str:
    """Return what to write: very often the step that comes next was meant, before the numbers were changed.

    `own` counts the steps before the one that the line stands in.
    """
    at = own + 1 if own is not None else len(steps)
    if at >= len(steps):
        return f"use one of: {', '.join(steps[:12])}"
    following = context.routine.steps[at]
    words = " ".join(following.text.split())[:WORDS_MAX].rstrip(" :.")
    return f"if the next step is meant ({words}), write: Proceed to step {following.label}"


CHECK = Check(NAME, __doc__ or "", _run)
