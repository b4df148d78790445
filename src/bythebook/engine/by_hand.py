"""The line at which a case waits for a person to do what the document asks for there."""

from __future__ import annotations

from bythebook.engine.state import CaseState, Status
from bythebook.routine.model import HandOver, Line, Routine


def done_by_hand_now(routine: Routine, state: CaseState) -> Line | None:
    """Return the line that a person is asked to do now, whoever has the case; None where none is."""
    if state.status is not Status.HANDED_OFF or state.handing is None:
        return None
    line = routine.line(state.handing)
    return line if line is not None and isinstance(line.instruction, HandOver) and line.instruction.by_hand else None


def told_already(routine: Routine, state: CaseState, name: str) -> bool:
    """Whether the customer was told so of a person, has heard none since, and this is the next that one does."""
    return state.told_of == name and done_by_hand_now(routine, state) is not None
