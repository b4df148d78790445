"""The engine's front door: one fact in, the events it leads to out; and what is owed to a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias, get_args

from bythebook.engine.choice import AFFIRM, DENY, HUMAN, Choice, document_choice
from bythebook.engine.event import (
    CaseContinued,
    CaseMoved,
    CaseOpened,
    CustomerSaid,
    Event,
    Fact,
    FactLearned,
    FactSettled,
    FunctionFailed,
    FunctionReturned,
    HumanClosed,
    HumanNotified,
    HumanPassed,
    HumanReturned,
    HumanSaid,
    HumanTook,
    LineQuoted,
    MessageRead,
    MoveFailed,
    TimerFired,
)
from bythebook.engine.evolve import evolve
from bythebook.engine.facts import same_fact
from bythebook.engine.filling import values_told
from bythebook.engine.menu import Situation, build_menu
from bythebook.engine.misplaced import misplaced_human
from bythebook.engine.policy import next_decision
from bythebook.engine.situation import situation_of, text_of, words_next
from bythebook.engine.state import CaseState, Status
from bythebook.engine.timer import Timer
from bythebook.engine.walk import known_facts, known_values
from bythebook.routine.value import Value, Values
from bythebook.routine.wording import Conduct, Release

POLICY_VERSION: Final = 6
"""Raised whenever the same facts would lead to other decisions (invariant 5); `tests/decided` holds it to that."""

EVENTS_PER_FACT_MAX: Final = 1000

BUTTON_KINDS: Final = frozenset({"step", "article", "line", "document"})
BUTTON_ACTS: Final = frozenset({AFFIRM, DENY, HUMAN})


Step: TypeAlias = tuple[CaseState, Event]
"""An event, and where the case stood before it."""


class Refused(Exception):
    """The fact does not fit where the case stands. Nothing has happened; the message says why."""


class CaseGone(Refused):
    """The case was erased: nothing can be done with it any more."""


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
    """A new case is to be opened with this message of a resolved one, on this document (None for the same)."""

    message_id: str
    routine: str | None = None


@dataclass(frozen=True, slots=True)
class ForMove:
    """The case is to go on in this document: `release` is the one it was in there before, if it was."""

    routine: str
    release: str | None


Owed: TypeAlias = ForReading | ForFunction | ForNotice | ForNewCase | ForMove


def decide(release: Release, state: CaseState, fact: Fact) -> tuple[Event, ...]:
    """Return the fact and all decisions it leads to, to a fixed point.

    `release` is the one that the case is on after the fact: with `CaseMoved`, the one it names.
    Raises Refused, before anything has happened, when the fact does not fit.
    """
    return advance(release, state, fact)[0]


def advance(release: Release, state: CaseState, fact: Fact) -> tuple[tuple[Event, ...], CaseState]:
    """Return what `decide` returns, and the state after it; raise Refused."""
    steps, state = advance_by_steps(release, state, fact)
    return tuple(event for _, event in steps), state


def advance_by_steps(release: Release, state: CaseState, fact: Fact) -> tuple[list[Step], CaseState]:
    """Return each event with the state before it, and the state after all; raise Refused."""
    steps, state = begun(release, state, fact)
    return gone_on(release, steps, state)


def begun(release: Release, state: CaseState, fact: Fact) -> tuple[list[Step], CaseState]:
    """Return the fact and the one decision that it leads to first, and the state after these; raise Refused."""
    _refuse(release, state, fact)
    steps: list[Step] = [(state, fact)]
    state = evolve(state, fact)
    decision = next_decision(release, state)
    if decision is None:
        return steps, state
    steps.append((state, decision))
    return steps, evolve(state, decision)


def gone_on(release: Release, steps: list[Step], state: CaseState) -> tuple[list[Step], CaseState]:
    """Return all that follows, to a fixed point, behind the steps that were made."""
    while (decision := next_decision(release, state)) is not None:
        steps.append((state, decision))
        state = evolve(state, decision)
        assert len(steps) <= EVENTS_PER_FACT_MAX, f"case {state.case_id} runs in a circle"
    return steps, state


def owed(state: CaseState) -> Owed | None:
    """Return what the shell still has to do for this case. It is read off the log, so a crash loses none."""
    call = state.call
    if call is not None and call.result is None and call.failed is None:
        return ForFunction(call.key, call.function, call.arguments, call.line, call.attempt)
    if state.continuing is not None:
        return ForNewCase(state.continuing, state.continuing_with)
    if state.moving is not None:
        known = state.release if state.moving.routine == state.routine else None
        left = state.aside.get(state.moving.routine)
        return ForMove(state.moving.routine, left.release if left is not None else known)
    if state.status is Status.HANDED_OFF:
        return None if state.notified else ForNotice(state.handoff or "")
    idle = not state.running and state.reading is None
    if state.status in (Status.OPEN, Status.RESOLVED) and idle and (words := words_next(state)):
        return ForReading(text_of(words), situation_of(state), state.version)
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


def divergence(release: Release | Callable[[str], Release], events: Sequence[Event]) -> int | None:
    """Re-decide a recorded case; return the 0-based place where today's engine departs from the log.

    A case that moved between documents is decided by several releases: then `release` finds one by its digest. Where
    the case was opened under another policy (`policy_of`) it may depart, and nothing is wrong: `departure` says so.
    """
    release_of = release if callable(release) else lambda _: release
    for at, event in again(release_of, events):
        if at >= len(events) or events[at] != event:
            return at
    return None


def again(release_of: Callable[[str], Release], events: Sequence[Event]) -> Iterator[tuple[int, Event | None]]:
    """Decide a recorded case again from its facts: yield each 0-based place with what belongs there today.

    That is None where the log has a decision that no fact leads to, and then it ends. Past the first difference the
    rest means nothing: whoever finds one stops. Raises Refused where a fact is refused today.
    """
    state, at = CaseState(), 0
    while at < len(events):
        fact = events[at]
        if not isinstance(fact, get_args(Fact)):
            yield at, None
            return
        for event in decide(release_of(release_after(state, fact)), state, fact):
            yield at, event
            state, at = evolve(state, event), at + 1


def policy_of(events: Sequence[Event]) -> int:
    """Return the version of the policy that a case was opened under; 0 where its log is older than the note of it."""
    first = events[0] if events else None
    return first.policy if isinstance(first, CaseOpened) else 0


def departure(release: Release | Callable[[str], Release], events: Sequence[Event]) -> str | None:
    """Re-decide a recorded case; say in words where today's engine departs from the log and under which policies."""
    at = divergence(release, events)
    if at is None:
        return None
    place = f"event {at + 1} ({type(events[at]).__name__})" if at < len(events) else "the end of the log"
    words = f"today's engine departs from the log at {place}"
    policy = policy_of(events)
    if policy == POLICY_VERSION:
        return f"{words}, though both go by policy {policy}"
    was = f"under policy {policy}" if policy else "before policies were noted"
    return f"{words}; the case was opened {was}, and this is policy {POLICY_VERSION}"


def release_after(state: CaseState, fact: Fact) -> str:
    """Return the digest of the release by which a fact is decided: the one that the case is on after it."""
    return fact.release if isinstance(fact, CaseOpened | CaseMoved) else state.release


def _refuse(release: Release, state: CaseState, fact: Fact) -> None:
    if state.status is Status.ERASED:
        raise CaseGone("the case was erased: what was said in it is gone, and it cannot go on; open a new case")
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
            return None if _pressable(release, state, fact) else f"no button here means `{pressed}`"
        case FunctionReturned(key=key) | FunctionFailed(key=key):
            due = owed(state)
            fits = isinstance(due, ForFunction) and due.key == key
            return None if fits else f"no call with the key {key} is due"
        case TimerFired(timer=timer):
            running = next_timer(release.conduct, state)
            return None if running and running[0] is timer else f"no {timer.value} timer runs"
        case FactLearned(name=name, value=value) | FactSettled(name=name, value=value):
            return _unknown_fact(release, state, name, value)
        case HumanNotified():
            return None if isinstance(owed(state), ForNotice) else "no handoff notice is due"
        case HumanTook() | HumanPassed() | HumanSaid() | LineQuoted() | HumanReturned() | HumanClosed():
            return misplaced_human(release, state, fact)
        case CaseContinued():
            follows = state.status is Status.RESOLVED and state.continued_in is None
            return None if state.continuing is not None or follows else "nothing is to be continued"
        case CaseMoved() | MoveFailed():
            return _misplaced_move(release, state, fact)
        case _:
            return None


def _pressable(release: Release, state: CaseState, said: CustomerSaid) -> bool:
    """Whether a button can mean it, offered now or on a page grown stale (R16)."""
    choice = Choice(said.pressed or "", 1.0)
    if choice.kind not in BUTTON_KINDS and choice.id not in BUTTON_ACTS:
        return False
    if said.routine not in (None, release.name):  # a button of another document, which that document knows
        return release.card(said.routine or "") is not None
    return choice.id == document_choice(release.name) or build_menu(release, situation_of(state)).has(choice.id)


def _misplaced_move(release: Release, state: CaseState, fact: CaseMoved | MoveFailed) -> str | None:
    due = owed(state)
    if not isinstance(due, ForMove) or due.routine != fact.routine:
        return f"no move to `{fact.routine}` is due"
    if isinstance(fact, CaseMoved):
        assert (release.name, release.digest) == (fact.routine, fact.release), "decided by the release it moves to"
    return None


def _unknown_fact(release: Release, state: CaseState, name: str, value: Value) -> str | None:
    if state.status is Status.RESOLVED:
        return "the case is resolved; nothing can be learned any more"
    values = (*known_values(release.routine), *values_told(release))
    if name in values:
        return None
    facts = known_facts(release.routine)
    if any(same_fact(name, fact) for fact in facts):
        return None if isinstance(value, bool) else f"`{name}` is true or false"
    elsewhere = tuple(fact for card in release.others for fact in card.takes)
    if name in elsewhere or name.removeprefix("not_") in {fact.removeprefix("not_") for fact in elsewhere}:
        return None
    known = ", ".join(f"`{fact}`" for fact in dict.fromkeys((*facts, *values, *elsewhere)))
    known = known or "none"
    return f"nothing in this document depends on `{name}`; the facts it knows: {known}"
