"""Lines that a document does not write and its author means: each follows from a line that stands there.

They are labelled by the line that they follow from, and `bythebook show` lists them at its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bythebook.compiler.failing import with_failures
from bythebook.compiler.forms import END_OF_CASE
from bythebook.compiler.parallel import with_parallel
from bythebook.compiler.text import snake
from bythebook.routine.model import (
    Ask,
    Call,
    Collect,
    Condition,
    ConditionKind,
    Goto,
    Group,
    Line,
    QuestionKind,
    Step,
)
from bythebook.source.span import SourceFile

CLOSING: Final = "?"
"""Behind the label of the line that resolves the case: it is asked first whether there is anything else."""


DECLINED: Final = "(no)"
"""Behind the label of a question whether to go on: what a no leads to."""

_ONWARD: Final = r"(?:proceed|continue|go ahead|go on|move (?:on|forward|ahead)|go forward)\b"
_PERMITS: Final = r"(?:confirmation|permission|consent|approval|agreement)\b"
_ASKS_TO_GO_ON: Final = re.compile(
    rf"\b(?:ask|request|get|obtain|seek|receive)\b[^.?!]*\b{_PERMITS}|\b(?:if|whether)\b[^.?!]*\b{_ONWARD}", re.I
)
_MAY_WE_GO_ON: Final = re.compile(
    rf"(?:^|[.!?,]\s+)(?:would|do|are|shall|may|can|should|is|did|will)\b[^.?!]*\b(?:{_ONWARD}|{_PERMITS})", re.I
)


def with_implied(steps: Sequence[Step], resolution: str, file: SourceFile) -> tuple[Step, ...]:
    """Return the steps with what follows from them; `resolution` is the function that resolves cases."""
    closed = _ended(_resolved_once(_closed(tuple(steps), resolution), resolution))
    return with_failures(with_parallel(_declined(closed, file)))


# ---------------------------------------------------------------- a no to going on


def _declined(steps: tuple[Step, ...], file: SourceFile) -> tuple[Step, ...]:
    """Whoever says no to going on is taken to the end of the case, where the document does not say otherwise."""
    closing = _closing_question(steps)
    return tuple(replace(step, lines=tuple(_with_no(step, closing, file))) for step in steps)


def _with_no(step: Step, closing: Line | None, file: SourceFile) -> Iterator[Line]:
    for line, before in zip(step.lines, (None, *step.lines), strict=False):
        ask = line.instruction
        if not isinstance(ask, Ask) or not _asks_to_go_on(ask, line, file):
            yield line
            continue
        label = f"{line.label}{DECLINED}"
        yield replace(line, instruction=replace(ask, kind=QuestionKind.YES_NO, answers=(label,)))
        fact = f"no_to_{snake(line.label)}"
        no = Condition("no", line.span, ConditionKind.ANSWER, "no", line.span, fact, line.label, answer="no")
        what = _leads_to(before, closing)
        yield Line(label, line.span, what, line.parent, no, implied=True)


def _leads_to(before: Line | None, closing: Line | None) -> Goto | Ask:
    """A no to a value that was just given asks for it again; any other no leads to the end of the case."""
    if before is not None and isinstance(before.instruction, Collect):
        return Goto(before.label)
    return Goto(closing.label) if closing is not None else Ask(None, QuestionKind.ANYTHING_ELSE)


def _asks_to_go_on(ask: Ask, line: Line, file: SourceFile) -> bool:
    if ask.answers or ask.kind is QuestionKind.ANYTHING_ELSE:
        return False
    if ask.text is None:
        return ask.kind is QuestionKind.YES_NO and bool(_ASKS_TO_GO_ON.search(file.slice(line.span)))
    return bool(_MAY_WE_GO_ON.search(ask.text))


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


def _ended(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """ "End the conversation" in a branch leads to the closing question; elsewhere the resolution sees to it."""
    closing = _closing_question(steps)
    return tuple(replace(step, lines=tuple(_end(step, line, closing) for line in step.lines)) for step in steps)


def _end(step: Step, line: Line, closing: Line | None) -> Line:
    if line.instruction != Goto(END_OF_CASE):
        return line
    hangs = step.condition is not None or any(_conditions(step, line))
    leads = closing is not None and hangs and line.span.start < closing.span.start
    return replace(line, instruction=Goto(closing.label) if leads and closing is not None else Group())


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
