"""No question of the routine asks for a condition: it holds only when somebody says so."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.routine.model import ConditionKind
from bythebook.source.diagnostic import Diagnostic, warning

NAME = "report-only-condition"


def _run(context: Context) -> Iterator[Diagnostic]:
    for step in context.routine.steps:
        condition = step.condition
        if condition is None or condition.kind is not ConditionKind.REPORT:
            continue
        yield warning(
            NAME,
            f"no question asks whether `{condition.text}`",
            condition.span,
            f"step {step.label} runs only when the customer or a human says so",
            help=f"leave it if that is meant; else ask for it before step {step.label}",
        )


CHECK = Check(NAME, __doc__ or "", _run)
