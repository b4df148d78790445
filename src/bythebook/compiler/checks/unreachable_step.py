"""The step before always goes on elsewhere, and nothing goes to this one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.checks.endless_loop import always_goes
from bythebook.routine.model import STANDING, Goto, Repeat
from bythebook.source.diagnostic import Diagnostic, Label, Severity

NAME = "unreachable-step"


def _run(context: Context) -> Iterator[Diagnostic]:
    steps = [step for step in context.routine.steps if not step.label.startswith(STANDING)]
    targets = {
        line.instruction.target for line in context.routine.lines if isinstance(line.instruction, Goto | Repeat)
    }
    for before, step in pairwise(steps):
        leaving = always_goes(before)
        own = {step.label, *(line.label for line in step.lines)}
        # Where the steps begin again, a second routine does: a finding of its own.
        if leaving is None or own & targets or step.condition is not None or step.label == steps[0].label:
            continue
        yield Diagnostic(
            NAME,
            Severity.WARNING,
            f"step {step.label} is never taken",
            Label(step.span, "nothing goes on here"),
            (Label(leaving.span, "goes on elsewhere every time"),),
            f"go on here somewhere, Proceed to step {step.label}; or take the step out",
        )


CHECK = Check(NAME, __doc__ or "", _run)
