"""A line goes on at a step or line that the routine does not have."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.routine.model import Goto
from bythebook.source.diagnostic import Diagnostic, error
from bythebook.source.suggest import did_you_mean

NAME = "unknown-target"


def _run(context: Context) -> Iterator[Diagnostic]:
    labels = {step.label for step in context.routine.steps} | {line.label for line in context.routine.lines}
    for line in context.routine.lines:
        if isinstance(line.instruction, Goto) and line.instruction.target not in labels:
            target = line.instruction.target
            steps = [step.label for step in context.routine.steps[:200]]
            yield error(
                NAME,
                f"line {line.label} goes on at {target}, and the routine has no step or line of that label",
                context.place(line.span, target),
                "not a label of this routine",
                help=did_you_mean(target, steps) or f"use one of: {', '.join(steps[:12])}",
            )


CHECK = Check(NAME, __doc__ or "", _run)
