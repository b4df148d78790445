"""What humans change in a state: a case goes to the desk, is spoken in, comes back. Called by `evolve` alone."""

from __future__ import annotations

from types import MappingProxyType
from typing import assert_never

from bythebook.engine.entry_lines import line_done
from bythebook.engine.event import HandoffRequested
from bythebook.engine.facts import with_fact
from bythebook.engine.human import (
    FactSettled,
    FeedbackSaid,
    HumanClosed,
    HumanNoted,
    HumanNotified,
    HumanPassed,
    HumanReturned,
    HumanSaid,
    HumanTook,
    LineQuoted,
)
from bythebook.engine.state import BY_HAND, CaseState, Feedback, PendingCall, Spoken, Status, replace


def handed(
    state: CaseState,
    event: HandoffRequested | HumanNotified | HumanTook | HumanPassed | HumanReturned | HumanClosed,
) -> CaseState:
    """Return the state after the case went to the desk, was taken there, or left it."""
    match event:
        case HandoffRequested():
            return _requested(state, event)
        case HumanNotified(on_duty=on_duty):
            return replace(state, notified=True, on_duty=on_duty, at=event.at)
        case HumanTook(human=human):
            reason = state.handoff or "taken by a human"
            taken = replace(state, status=Status.HANDED_OFF, human=human, handoff=reason, at=event.at)
            return replace(taken, announce=False, notified=True, waiting_since=None)
        case HumanPassed(to=to):
            return replace(state, human=to, at=event.at)
        case HumanReturned(undone=True):
            return _undone(state, event)
        case HumanReturned(line=line, routine=routine):
            back = replace(_left(state), status=Status.OPEN, at=event.at)
            back = replace(back, return_routine=routine, joined=bool(state.inbox))
            return replace(back, returned=True, return_line=line)
        case HumanClosed():
            closed = replace(_left(state), status=Status.ABANDONED, at=event.at, timer=None, offer=None, misses=0)
            closed = replace(closed, told_of="")
            return replace(closed, inbox=(), reading=None, tasks=(), cursor=None, call=None, failure=None)
        case _:
            assert_never(event)


def _undone(state: CaseState, event: HumanReturned) -> CaseState:
    """What a human could not do has failed for good, as a call that was made in vain; messages wait behind it."""
    label = state.handing
    assert label is not None, "a line asked it of them"
    call = PendingCall("", BY_HAND, {}, label, failed=f"line {label} could not be done")
    back = replace(_left(state), status=Status.OPEN, at=event.at, joined=bool(state.inbox))
    return replace(back, call=call, running=True, question_put=False)


def _left(state: CaseState) -> CaseState:
    """Return the state with nobody at the desk having the case."""
    left = replace(state, human=None, handoff=None, handing=None, waiting_since=None, announce=False, notified=False)
    return replace(left, nudged=False, running=False, stranded=None)


def _requested(state: CaseState, event: HandoffRequested) -> CaseState:
    over = state.call is not None and (state.call.failed is not None or state.call.result is not None)
    broken = state.call if over else None
    if broken is not None and state.cursor is not None:
        state = replace(state, broken=state.broken | {state.cursor.step})
    if broken is not None:
        state = line_done(replace(state, call=None), broken.line)
        state = replace(state, handing=broken.line if broken.function == BY_HAND else None)
    elif state.cursor is not None:
        state = line_done(replace(state, handing=state.cursor.lines[0]), state.cursor.lines[0])
    else:
        state = replace(state, tasks=state.tasks[1:])
    return replace(
        state,
        status=Status.HANDED_OFF,
        handoff=event.reason,
        waiting_since=state.at,
        announce=event.announced,
        notified=False,
        offer=None,
        misses=0,
        stranded=None,
    )


def spoke(state: CaseState, event: HumanSaid | LineQuoted | HumanNoted | FactSettled | FeedbackSaid) -> CaseState:
    """Return the state after a human's words, to whomever they were."""
    match event:
        case HumanSaid():
            return replace(state, inbox=(), reading=None, at=event.at, told_of="")
        case LineQuoted():
            return _quoted(replace(state, inbox=(), reading=None, at=event.at, told_of=""), event)
        case HumanNoted():
            return state
        case FactSettled(human=human, name=name, value=value, feedback=feedback):
            words = (*state.feedback, Feedback(human, feedback)) if feedback else state.feedback
            reopened = Status.OPEN if state.status is Status.ABANDONED else state.status
            # Who left is not nudged about what they have not seen yet.
            nudged = state.nudged or state.status is Status.ABANDONED
            facts = with_fact(state.facts, name, value)
            return replace(state, facts=facts, feedback=words, status=reopened, nudged=nudged, at=event.at)
        case FeedbackSaid():
            return replace(state, feedback=state.feedback[1:], tasks=state.tasks[1:], ran=True, told_of="")
        case _:
            assert_never(event)


def _quoted(state: CaseState, event: LineQuoted) -> CaseState:
    """The line counts as said, so that the routine does not say it once more when the case is handed back."""
    spoken = MappingProxyType({**state.spoken, event.line: Spoken(event.text, event.source)})
    last = state.last_said if event.line in state.last_said else (*state.last_said, event.line)
    state = replace(state, spoken=spoken, last_said=last)
    if event.asks:
        asked, settled = state.asked | {event.line}, state.settled - {event.line}
        return replace(state, pending=event.line, offer=None, asked=asked, settled=settled)
    cursor = state.cursor
    if cursor is not None and event.line in cursor.lines:
        left = tuple(line for line in cursor.lines if line != event.line)
        state = replace(state, cursor=replace(cursor, lines=left))
    return replace(state, done=state.done | {event.line})
