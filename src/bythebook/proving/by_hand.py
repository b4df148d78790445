"""What a person does in the place of a function, for searches without humans: one more result, as functions have."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.engine.by_hand import done_by_hand_now
from bythebook.engine.event import Fact, FactLearned, HumanReturned, HumanTook
from bythebook.engine.state import CaseState
from bythebook.proving.outside import AT, SOMEBODY
from bythebook.routine.model import Condition, Line, Routine, Step


def line_by_hand(routine: Routine, state: CaseState) -> Line | None:
    """Return the line that waits for a person who does what it asks for, where nobody has the case yet."""
    return done_by_hand_now(routine, state) if state.human is None else None


def findings(routine: Routine, line: Line) -> tuple[Condition, ...]:
    """Return the conditions of which a person finds out at a line whether they hold."""
    holders: tuple[Step | Line, ...] = (*routine.steps, *routine.lines)
    found = {one.condition.fact: one.condition for one in holders if one.condition and one.condition.found_at}
    return tuple(condition for condition in found.values() if condition.found_at == line.label)


def done_by_hand(routine: Routine, line: Line) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Yield what may come of a line, in words, with the facts that it hands in: each condition holds, or none,
    or that it cannot be done."""
    took, returned = HumanTook(AT, SOMEBODY), HumanReturned(AT, SOMEBODY)
    conditions = findings(routine, line)
    for condition in conditions:
        yield condition.text, (took, FactLearned(AT, condition.fact, True, SOMEBODY), returned)
    denied = (FactLearned(AT, condition.fact, False, SOMEBODY) for condition in conditions)
    yield "it cannot be done", (took, HumanReturned(AT, SOMEBODY, undone=True))
    yield "none of it" if conditions else "done", (took, *denied, returned)
