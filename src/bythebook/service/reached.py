"""Which lines of a document a case has come to, read off its log: what is counted, and marked in a trial."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bythebook.engine.event import (
    Asked,
    AssistantSaid,
    Event,
    FunctionCalled,
    HandoffRequested,
    Jumped,
    LineQuoted,
    LinesPassed,
    Offered,
    StepEntered,
)
from bythebook.engine.meeting import ConditionMet
from bythebook.engine.saying import HOUSE
from bythebook.engine.state import CaseState

DONE_WITHOUT_WORDS: Final = ("it heads the lines under it", "the path ends here", "known")
"""Why a line is passed that was carried out all the same: there was nothing to say, or nothing left to ask."""


def reached_by(state: CaseState, event: Event) -> Iterator[str]:
    """Yield the labels of steps, lines and answers (`article:N`) that the event carries out.

    `state` is where the case stood before the event. Phrases of the house are no lines, and a line whose condition
    does not hold is not reached.
    """
    match event:
        case AssistantSaid(line=line) | Asked(line=line) | Offered(line=line) if not line.startswith(HOUSE):
            yield line
        case FunctionCalled(line=line) | Jumped(line=line) | LineQuoted(line=line):
            yield line
        case StepEntered(step=step, asked_for=asked_for) if not asked_for:
            yield step
        case ConditionMet(label=label):
            yield label
        case LinesPassed(lines=lines, why=why) if why in DONE_WITHOUT_WORDS and lines:
            yield lines[0]
        case HandoffRequested() if state.call is None and state.cursor is not None and state.cursor.lines:
            yield state.cursor.lines[0]
        case _:
            pass


def place_of(state: CaseState) -> str:
    """Return the label of the line at which the case stands: what waits for an answer, else what was said last.

    Empty before the first line.
    """
    if state.call is not None:
        return state.call.line
    if state.cursor is not None and state.cursor.lines:
        return state.cursor.lines[0]
    if state.pending is not None:
        return state.pending
    if state.last_said:
        return state.last_said[-1]
    return state.current[-1] if state.current else ""
