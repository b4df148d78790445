"""Lines that go on elsewhere: jumps, repetitions, and hand-overs when all attempts have failed."""

from __future__ import annotations

from typing import Final

from bythebook.engine.event import HandoffRequested, Jumped, LinesPassed
from bythebook.engine.evolve import jump_key
from bythebook.engine.failing import rule_of
from bythebook.engine.failure import FailureMet
from bythebook.engine.jumps import way_to
from bythebook.engine.menu import slots_of
from bythebook.engine.state import CaseState
from bythebook.routine.model import HandOver, Line
from bythebook.routine.wording import Release

JUMPS_MAX: Final = 20
"""How often one line may jump in a case: a circle ends somewhere."""

FOLLOWS_MAX: Final = 5
"""How often one line may enter a path in a case."""


def do_again(release: Release, state: CaseState, line: Line, target: str, times: int) -> Jumped | LinesPassed:
    """Go back to a line; without a label, under a rule for failures, to the line that failed."""
    if target:
        return jump(release, state, line, target, times)
    failure = state.failure
    if failure is None or not failure.again or state.jumps.get(jump_key(state, line.label), 0) >= times:
        return LinesPassed((line.label,), "it was tried again already")
    return Jumped(line.label, failure.line, (), (failure.line,))


def hand_over(release: Release, state: CaseState, line: Line, reason: str) -> FailureMet | HandoffRequested:
    """Give the case to a human; where attempts are used up, what the document says of failures comes first.

    A customer who was with a human a moment ago is not told of one again.
    """
    assert isinstance(line.instruction, HandOver)
    rule = rule_of(release.routine) if line.instruction.used_up and state.failure is None else None
    if rule is not None:
        return FailureMet(line.label, rule.step, rule.lines, reason)
    why = f"{state.failure.why}; {reason}" if state.failure is not None else reason
    return HandoffRequested(why, announced=not state.resumed)


def jump(release: Release, state: CaseState, line: Line, target: str, times: int) -> Jumped | LinesPassed:
    """Go on at another place, at most so many times a case."""
    if state.jumps.get(jump_key(state, line.label), 0) >= times:
        return LinesPassed((line.label,), f"jumped {times} times already")
    # What is left undone counts from the line that failed, where the document says where to go on after a failure.
    left = release.routine.line(state.failure.line) if state.failure is not None else None
    way = way_to(release.routine, state, left or line, target)
    again = (release.routine.line(label) for label in way.reopened)
    forgets = tuple(slot.name for other in again if other is not None for slot in slots_of(other))
    return Jumped(line.label, target, way.passed, (*way.reopened, *way.left_out), forgets, way.followed)
