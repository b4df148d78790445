"""What a move changes in a state: the document's part is set aside, and found again. Called by `evolve` alone."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, assert_never

from bythebook.engine.event import CaseMoved, MoveFailed, MoveRequested
from bythebook.engine.state import FRESH, OF_ROUTINE, Aside, CaseState, Moving, replace

_UNTOUCHED: Final = {name: getattr(FRESH, name) for name in OF_ROUTINE}


def moves(state: CaseState, event: MoveRequested | CaseMoved | MoveFailed) -> CaseState:
    """Return the state after a move was decided, made, or could not be made."""
    match event:
        case MoveRequested():
            return _requested(state, event)
        case CaseMoved():
            return _moved(state, event)
        case MoveFailed():  # a human is to see to it
            return replace(state, moving=None, stranded=event.reason, at=event.at)
        case _:
            assert_never(event)


def _requested(state: CaseState, event: MoveRequested) -> CaseState:
    """Stop here: the message that is next is read where the case goes, and what a human left undone is done."""
    left = state.cursor.lines if state.cursor is not None else ()
    passed = state.passed | {state.routine} if event.onward else state.passed
    return replace(
        state,
        moving=Moving(event.routine, event.then, event.along, event.onward),
        passed=passed,
        running=False,
        reading=None,
        timer=None,
        tasks=(),
        cursor=None,
        call=None,
        failure=None,
        done=state.done | set(left),
        question_put=False,
        returned=False,
        return_line=None,
        return_routine=None,
    )


def _moved(state: CaseState, event: CaseMoved) -> CaseState:
    """Be in the other document: as it was left, or as nobody has been there."""
    moving = state.moving
    assert moving is not None, "a move is decided before it is made"
    held = {name: getattr(state, name) for name in OF_ROUTINE}
    aside = {**state.aside, state.routine: Aside(state.release, held)}
    found = aside.pop(event.routine, None)
    along = state.kept if moving.onward else state.raised if moving.along else ()
    touched = bool(state.spoken) or bool(state.asked)
    return replace(
        state,
        **(_UNTOUCHED if found is None else found.held),
        routine=event.routine,
        release=event.release,
        aside=MappingProxyType(aside),
        moving=None,
        arrived=True,
        onward=moving.onward,
        announced=touched and not moving.onward and not moving.then and event.routine != state.routine,
        along=along,
        raised=(),
        ahead=moving.then,
        kept=(),
        offer=None,
        misses=0,
        at=event.at,
    )
