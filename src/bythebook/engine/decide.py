"""The engine's front door: one fact in, the events it leads to out; and what is owed to a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias, get_args

from bythebook.engine.choice import AFFIRM, DENY, HUMAN, Choice
from bythebook.engine.event import (
    CaseContinued,
    CaseOpened,
    CustomerSaid,
    Event,
    Fact,
    FactLearned,
    FunctionFailed,
    FunctionReturned,
    HumanNotified,
    HumanReturned,
    HumanSaid,
    HumanTook,
    MessageRead,
    Timer,
    TimerFired,
)
from bythebook.engine.evolve import evolve
from bythebook.engine.menu import Situation, build_menu
from bythebook.engine.policy import next_decision
from bythebook.engine.resume import why_not_at
from bythebook.engine.situation import messages_next, situation_of, text_of
from bythebook.engine.state import CaseState, Status
from bythebook.engine.walk import known_facts, known_values
from bythebook.routine.value import Value, Values
from bythebook.routine.wording import Conduct, Release

POLICY_VERSION: Final = 1
"""Raised whenever the same facts would lead to other decisions (invariant 5)."""

EVENTS_PER_FACT_MAX: Final = 1000

BUTTON_KINDS: Final = frozenset({"step", "article", "line"})
BUTTON_ACTS: Final = frozenset({AFFIRM, DENY, HUMAN})


class Refused(Exception):
    """The fact does not fit where the case stands. Nothing has happened; the message says why."""


class StaleReading(Refused):
    """The case has moved since the reading was asked for: it is owed again (R5)."""


@dataclass(frozen=True, slots=True)
class ForReading:
    """A reading is due."""

    text: str
    situation: Situation
    version: int


@dataclass(frozen=True, slots=True)
class ForFunction:
    """A call is due; `attempt` counts from 1, `key` stays the same."""

    key: str
    function: str
    arguments: Values
    line: str
    attempt: int


@dataclass(frozen=True, slots=True)
class ForNotice:
    """The desk is to be told that a case waits for a human."""

    reason: str


@dataclass(frozen=True, slots=True)
class ForNewCase:
    """A new case is to be opened with this message of a resolved one."""

    message_id: str


Owed: TypeAlias = ForReading | ForFunction | ForNotice | ForNewCase


def decide(release: Release, state: CaseState, fact: Fact) -> tuple[Event, ...]:
    """Return the fact and all decisions it leads to, to a fixed point.

    Raises Refused, before anything has happened, when the fact does not fit.
    """
    return advance(release, state, fact)[0]


def advance(release: Release, state: CaseState, fact: Fact) -> tuple[tuple[Event, ...], CaseState]:
    """Return what `decide` returns, and the state after it; raise Refused."""
    _refuse(release, state, fact)
    events: list[Event] = [fact]
    state = evolve(state, fact)
    while (decision := next_decision(release, state)) is not None:
        events.append(decision)
        state = evolve(state, decision)
        assert len(events) <= EVENTS_PER_FACT_MAX, f"case {state.case_id} runs in a circle"
    return tuple(events), state


def owed(state: CaseState) -> Owed | None:
    """Return what the shell still has to do for this case. It is read off the log, so a crash loses none."""
    call = state.call
    if call is not None and call.result is None and call.failed is None:
        return ForFunction(call.key, call.function, call.arguments, call.line, call.attempt)
    if state.continuing is not None:
        return ForNewCase(state.continuing)
    if state.status is Status.HANDED_OFF:
        return None if state.notified else ForNotice(state.handoff or "")
    idle = not state.running and state.reading is None
    if state.status in (Status.OPEN, Status.RESOLVED) and idle and state.inbox:
        return ForReading(text_of(messages_next(state)), situation_of(state), state.version)
    return None


def next_timer(conduct: Conduct, state: CaseState) -> tuple[Timer, datetime] | None:
    """Return the silence timer that runs and when it is due; None while the case does not wait for the customer."""
    waits = state.status is Status.OPEN and not state.running and owed(state) is None
    if not waits or state.at is None:
        return None
    asked = state.pending is not None or state.offer is not None
    if asked and not state.nudged and conduct.nudge_after_s:
        return Timer.NUDGE, state.at + timedelta(seconds=conduct.nudge_after_s)
    return Timer.ABANDON, state.at + timedelta(seconds=conduct.abandon_after_s)


def divergence(release: Release, events: Sequence[Event]) -> int | None:
    """Re-decide a recorded case; return the 0-based place where today's engine departs from the log."""
    state, at = CaseState(), 0
    while at < len(events):
        fact = events[at]
        if not isinstance(fact, get_args(Fact)):
            return at
        for event in decide(release, state, fact):
            if at >= len(events) or events[at] != event:
                return at
            state, at = evolve(state, event), at + 1
    return None


def _refuse(release: Release, state: CaseState, fact: Fact) -> None:
    reason = _misfit(release, state, fact)
    if reason is not None:
        raise Refused(reason)
    if isinstance(fact, MessageRead):
        due = owed(state)
        if not isinstance(due, ForReading) or due.version != fact.case_version:
            raise StaleReading("the case has moved since this reading was asked for")


def _misfit(release: Release, state: CaseState, fact: Fact) -> str | None:
    """Return why the fact does not fit, in words for the caller."""
    if isinstance(fact, CaseOpened) != (state.status is Status.NEW):
        return "the case is open already" if isinstance(fact, CaseOpened) else "there is no such case"
    match fact:
        case CustomerSaid(pressed=str(pressed)):
            return None if _pressable(release, state, pressed) else f"no button here means `{pressed}`"
        case FunctionReturned(key=key) | FunctionFailed(key=key):
            due = owed(state)
            fits = isinstance(due, ForFunction) and due.key == key
            return None if fits else f"no call with the key {key} is due"
        case TimerFired(timer=timer):
            running = next_timer(release.conduct, state)
            return None if running and running[0] is timer else f"no {timer.value} timer runs"
        case FactLearned(name=name, value=value):
            return _unknown_fact(release, state, name, value)
        case HumanNotified():
            return None if isinstance(owed(state), ForNotice) else "no handoff notice is due"
        case HumanTook() | HumanSaid() | HumanReturned():
            return _misplaced_human(release, state, fact)
        case CaseContinued():
            return None if state.continuing is not None else "nothing is to be continued"
        case _:
            return None


def _pressable(release: Release, state: CaseState, pressed: str) -> bool:
    """Whether a button can mean it, offered now or on a page grown stale (R16)."""
    kind = Choice(pressed, 1.0).kind
    known = kind in BUTTON_KINDS or pressed in BUTTON_ACTS
    return known and build_menu(release, situation_of(state)).has(pressed)


def _unknown_fact(release: Release, state: CaseState, name: str, value: Value) -> str | None:
    if state.status is Status.RESOLVED:
        return "the case is resolved; nothing can be learned any more"
    if name in known_values(release.routine):
        return None
    facts = known_facts(release.routine)
    plain = {fact.removeprefix("not_") for fact in facts}
    if name.removeprefix("not_") in plain:
        return None if isinstance(value, bool) else f"`{name}` is true or false"
    known = ", ".join(f"`{fact}`" for fact in (*facts, *known_values(release.routine))) or "none"
    return f"nothing in this document depends on `{name}`; the facts it knows: {known}"


def _misplaced_human(release: Release, state: CaseState, fact: HumanTook | HumanSaid | HumanReturned) -> str | None:
    if isinstance(fact, HumanTook):
        if state.status is Status.RESOLVED:
            return "the case is resolved"
        return f"{state.human} has the case" if state.human is not None else None
    if state.status is not Status.HANDED_OFF or state.human is None:
        return "take the case first"
    if fact.human != state.human:
        return f"{state.human} has the case"
    line = fact.line if isinstance(fact, HumanReturned) else None
    return why_not_at(release.routine, line) if line is not None else None
