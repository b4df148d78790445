"""`case_resolution` is called once, by the last line that does anything, under no condition."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.checks.duplicate_label import routines
from bythebook.routine.model import STANDING, Ask, Condition, Group, QuestionKind, Routine, Say
from bythebook.source.diagnostic import Diagnostic, warning

NAME = "resolution-not-last"


def _run(context: Context) -> Iterator[Diagnostic]:
    routine = context.routine
    resolution = routine.resolution
    step = routine.step_of(resolution.label) if resolution is not None else None
    if resolution is None or step is None:
        return
    numbered = [other for other in routine.steps if not other.label.startswith(STANDING)]
    # A second routine in the document is a finding of its own.
    own = next((part for part in routines(numbered) if step in part), [])
    after = [line for other in own for line in other.lines if line.span.start > resolution.span.start]
    undone = [line for line in after if not isinstance(line.instruction, Say | Group)]
    if undone:
        message = f"line {resolution.label} resolves the case, and line {undone[0].label} comes after it"
    elif step.condition is not None and not _nothing_else(step.condition, routine):
        message = f"line {resolution.label} resolves the case only if `{step.condition.text}`"
    else:
        return
    yield warning(
        NAME,
        message,
        context.place(resolution.span, routine.resolution_function),
        "ends the case here",
        help="make it the last step of the routine, under no condition",
    )


def _nothing_else(condition: Condition, routine: Routine) -> bool:
    """Whether a condition is that the customer needs nothing else: "If not" behind the closing question."""
    asked = routine.line(condition.question) if condition.question is not None else None
    ask = asked.instruction if asked is not None else None
    return condition.answer == "no" and isinstance(ask, Ask) and ask.kind is QuestionKind.ANYTHING_ELSE


CHECK = Check(NAME, __doc__ or "", _run)
