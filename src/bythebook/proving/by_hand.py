"""What a person does in the place of a function, for searches without humans: one more result, as functions have."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.engine.event import Fact, FactLearned, HumanReturned, HumanTook
from bythebook.engine.state import CaseState, Status
from bythebook.proving.outside import AT, SOMEBODY
from bythebook.routine.model import Condition, HandOver, Line, Routine, Step


def line_by_hand(routine: Routine, state: CaseState) -> Line | None:
    """Return the line that waits for a person who does what it asks for, where nobody has the case yet."""
    if state.status is not Status.HANDED_OFF or state.human is not None or state.handing is None:
        return None
    line = routine.line(state.handing)
    return line if line is not None and isinstance(line.instruction, HandOver) and line.instruction.by_hand else None


def findings(routine: Routine, line: Line) -> tuple[Condition, ...]:
    """Return the conditions of which a person finds out at a line whether they hold."""
    holders: tuple[Step | Line, ...] = (*routine.steps, *routine.lines)
    found = {one.condition.fact: one.condition for one in holders if one.condition and one.condition.found_at}
    return tuple(condition for condition in found.values() if condition.found_at == line.label)


def done_by_hand(routine: Routine, line: Line) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Yield what may come of a line, in words, with the facts that it hands in: each condition holds, or none."""
    took, returned = HumanTook(AT, SOMEBODY), HumanReturned(AT, SOMEBODY)
    conditions = findings(routine, line)
    for condition in conditions:
        yield condition.text, (took, FactLearned(AT, condition.fact, True, SOMEBODY), returned)
    denied = (FactLearned(AT, condition.fact, False, SOMEBODY) for condition in conditions)
    yield "none of it" if conditions else "done", (took, *denied, returned)
