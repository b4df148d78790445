"""What is said together with a question, before its answer: lines between it and "once they have provided ...".

Only there does the document itself say where it waits. Anywhere else it waits at the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bythebook.routine.model import Collect, Line, Say, Step
from bythebook.source.span import Span


def said_along(steps: Sequence[Step], events: Sequence[Span]) -> tuple[Step, ...]:
    """Return the steps with each question knowing the lines that go out with it."""
    along: dict[str, tuple[str, ...]] = {}
    for event in events:
        before = [(step, line) for step in steps for line in step.lines if line.span.start < event.start]
        told: list[str] = []
        for step, line in reversed(before):
            if isinstance(line.instruction, Collect) and told and line.condition is None:
                along[line.label] = tuple(reversed(told))
            if not isinstance(line.instruction, Say) or line.condition is not None or step.condition is not None:
                break
            told.append(line.label)
    if not along:
        return tuple(steps)
    return tuple(replace(step, lines=tuple(_with(line, along) for line in step.lines)) for step in steps)


def _with(line: Line, along: dict[str, tuple[str, ...]]) -> Line:
    if not isinstance(line.instruction, Collect) or line.label not in along:
        return line
    return replace(line, instruction=replace(line.instruction, along=along[line.label]))
