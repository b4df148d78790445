"""Before a case is resolved the customer is asked whether there is anything else."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.routine.model import Ask, QuestionKind
from bythebook.source.diagnostic import Diagnostic, warning

NAME = "missing-closing-question"


def _run(context: Context) -> Iterator[Diagnostic]:
    resolution = context.routine.resolution
    if resolution is None:
        return
    asked = any(
        isinstance(line.instruction, Ask)
        and line.instruction.kind is QuestionKind.ANYTHING_ELSE
        and line.span < resolution.span
        for step in context.routine.steps
        if step.condition is None
        for line in step.lines
    )
    if not asked:
        yield warning(
            NAME,
            f"no line asks whether there is anything else before line {resolution.label} resolves the case",
            resolution.span,
            "asked here in the words of the house",
            help='add a step before it: Ask the customer: "Is there anything else I can assist you with today?"',
        )


CHECK = Check(NAME, __doc__ or "", _run)
