"""`case_resolution` is called once, by the last line, under no condition."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.routine.model import STANDING
from bythebook.source.diagnostic import Diagnostic, warning

NAME = "resolution-not-last"


def _run(context: Context) -> Iterator[Diagnostic]:
    name = context.routine.resolution_function
    numbered = [step for step in context.routine.steps if not step.label.startswith(STANDING)]
    lines = [(step, line) for step in numbered for line in step.lines]
    calling = {line.span for line, call in context.calls() if call.function == name}
    for step, line in lines:
        if line.span not in calling:
            continue
        if line is not lines[-1][1]:
            message = f"line {line.label} resolves the case, and line {lines[-1][1].label} comes after it"
        elif step.condition is not None:
            message = f"line {line.label} resolves the case only if `{step.condition.text}`"
        else:
            continue
        yield warning(
            NAME,
            message,
            context.place(line.span, name),
            "ends the case here",
            help="make it the last step of the routine, under no condition",
        )


CHECK = Check(NAME, __doc__ or "", _run)
