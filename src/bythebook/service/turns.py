"""Read turns, transcripts and outcomes off a case's log. Nothing here decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bythebook.engine.decide import ForFunction, ForMove, ForNewCase, ForReading, owed
from bythebook.engine.event import (
    Asked,
    AssistantSaid,
    CaseMoved,
    CaseOpened,
    CustomerSaid,
    Event,
    FactLearned,
    FactSettled,
    FeedbackSaid,
    FunctionCalled,
    FunctionFailed,
    FunctionReturned,
    HumanClosed,
    HumanPassed,
    HumanReturned,
    HumanSaid,
    HumanTook,
    LineQuoted,
    MessageRead,
    MoveFailed,
    MoveRequested,
    NewCaseNeeded,
    Offered,
    Source,
    TimerFired,
    TurnPlanned,
)
from bythebook.engine.state import CaseState, Status
from bythebook.reading.port import Reading
from bythebook.routine.wording import Release
from bythebook.service.buttons import buttons_of
from bythebook.service.own_mail import with_mail
from bythebook.service.view import Called, CaseView, Move, Said, Turn, Utterance

BETWEEN_TURNS: Final = (
    TimerFired,
    HumanTook,
    HumanSaid,
    LineQuoted,
    HumanPassed,
    HumanReturned,
    HumanClosed,
    FactLearned,
    FactSettled,
    MessageRead,
)
"""What comes in from outside and begins something else than the turn before it."""


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of the events before those at hand, where a log is not at hand from its beginning."""

    version: int = 0
    routine: str = ""
    at: datetime | None = None


WHOLE: Final = Past()


def past_of(state: CaseState) -> Past:
    """Return what a state says of the events that led to it."""
    return Past(state.version, state.routine, state.at)


def said_by(event: Event, routine: str = "") -> Said | None:
    """Return what the customer got by this event, in the document that the case was in then; or None."""
    match event:
        case AssistantSaid(text=text, line=line, source=source) | Asked(text=text, line=line, source=source):
            return Said(text, line, source.value, routine)
        case Offered(text=text, line=line):
            return Said(text, line, Source.HOUSE.value, routine)
        case LineQuoted(text=text, line=line, source=source):
            return Said(text, line, source.value, routine)
        case HumanSaid(text=text) | FeedbackSaid(text=text):
            return Said(text, "", Source.HUMAN.value)
        case _:
            return None


def routines(
    events: Sequence[Event], until: int | None = None, routine: str = ""
) -> Iterator[tuple[int, Event, str]]:
    """Yield the events with their places and the document that the case was in: in `routine` before the first."""
    for version, event in enumerate(events[:until], start=1):
        if isinstance(event, CaseOpened | CaseMoved):
            routine = event.routine
        yield version, event, routine


def outcome(
    release: Release,
    events: Sequence[Event],
    state: CaseState,
    places: tuple[int, int | None],
    begun: str = "",
) -> Turn:
    """Return what the events after a place (up to another) led to; `state` is where the case stands now.

    `begun` is the document that the case was in before the first of the events.
    """
    since, until = places
    span = events[since:until]
    told = (said_by(event, routine) for version, event, routine in routines(events, until, begun) if version > since)
    return Turn(
        id=next((event.message_id for event in span if isinstance(event, CustomerSaid)), None),
        case_id=state.case_id,
        status=state.status,
        served=state.served,
        duplicate=False,
        said=tuple(with_mail(release, state.case_id, said) for said in told if said is not None),
        calls=_calls(events, since, until, begun),
        buttons=buttons_of(release, state),
        reading=_reading(span),
        routine=state.routine,
        moves=_moves(span),
        together=bool(release.others),
    )


def _reading(span: Sequence[Event]) -> Reading | None:
    read = next((event for event in reversed(span) if isinstance(event, MessageRead)), None)
    return Reading(read.choices, read.unsure, read.slots, read.reader, read.model) if read is not None else None


def _moves(span: Sequence[Event]) -> tuple[Move, ...]:
    moves: list[Move] = []
    why: tuple[str, ...] = ()
    for event in span:
        match event:
            case MoveRequested():
                why = event.why
            case CaseMoved(routine=routine):
                moves.append(Move(routine, why))
            case MoveFailed(routine=routine, reason=reason):
                moves.append(Move(routine, (*why, reason), failed=True))
            case _:
                pass
    return tuple(moves)


def _calls(events: Sequence[Event], since: int, until: int | None, begun: str) -> tuple[Called, ...]:
    """One entry for each attempt that came to an end, in order."""
    calls: list[Called] = []
    called: FunctionCalled | None = None
    attempt = 1
    for version, event, routine in routines(events, until, begun):
        match event:
            case FunctionCalled():
                called, attempt = event, 1
            case FunctionReturned() | FunctionFailed() if called is not None:
                if version > since:
                    calls.append(Called(called.function, called.arguments, called.line, attempt, routine))
                attempt += 1
            case _:
                pass
    return tuple(calls)


def turn_span(events: Sequence[Event], message_version: int) -> tuple[int, int] | None:
    """Return the versions (start, end) of the turn that answers a message; None while it is not answered yet.

    A turn may lead through several documents: how the case came to where the message is answered belongs to it, and
    so does what a document that waited does when the one before it has run to its end.
    """
    waiting: list[int] = []
    start: int | None = None
    onward = False
    for version, event in enumerate(events):
        if start is not None and not onward and _ends_turn(event):
            return start, version
        match event:
            case CustomerSaid():
                waiting.append(version + 1)
            case MoveRequested():
                onward = event.onward
            case MoveFailed():
                onward = False
                if message_version in waiting[:1]:  # a human is to answer it: that is what it led to
                    start = _led_from(events, version)
            case TurnPlanned(messages=messages):
                onward = False
                if message_version in waiting[:messages]:
                    start = _led_from(events, version)
                del waiting[:messages]
            case NewCaseNeeded():
                del waiting[:1]
            case HumanSaid() | LineQuoted() | HumanClosed():
                waiting.clear()
            case _:
                pass
    return (start, len(events)) if start is not None else None


def _led_from(events: Sequence[Event], version: int) -> int:
    """Return where the readings and moves begin that led to the agenda of a turn."""
    at = version
    while isinstance(events[at - 1], MessageRead | CaseMoved) or _leads(events[at - 1]):
        at -= 1
    return at


def _leads(event: Event) -> bool:
    return isinstance(event, MoveRequested) and not event.onward


def _ends_turn(event: Event) -> bool:
    new_turn = isinstance(event, TurnPlanned) or _leads(event)
    return new_turn or isinstance(event, BETWEEN_TURNS)


def transcript(events: Sequence[Event], after: int = 0, past: Past = WHOLE) -> tuple[Utterance, ...]:
    """Return all that was said after version `after`, by whom and when."""
    spoken: list[Utterance] = []
    at = past.at
    for place, event, routine in routines(events, routine=past.routine):
        version = past.version + place
        at = getattr(event, "at", at)
        assert at is not None, "a log begins with a fact"
        if version <= after:
            continue
        if isinstance(event, CustomerSaid):
            spoken.append(Utterance(version, "customer", Said(event.text, "", "customer"), at, event.message_id))
        elif (said := said_by(event, routine)) is not None:
            human = event.human if isinstance(event, HumanSaid | LineQuoted | FeedbackSaid) else ""
            spoken.append(Utterance(version, "human" if human else "assistant", said, at, human=human))
    return tuple(spoken)


def case_view(release: Release, events: Sequence[Event], state: CaseState, past: Past = WHOLE) -> CaseView:
    """Return the case as its customer may see it; `release` and `state` are where it is now."""
    spoken = () if state.status is Status.ERASED else transcript(events, past=past)
    waits = state.status is Status.HANDED_OFF and state.human is None
    return CaseView(
        case_id=state.case_id,
        status=state.status,
        served=state.served,
        version=state.version,
        transcript=tuple(replace(one, said=with_mail(release, state.case_id, one.said)) for one in spoken),
        buttons=buttons_of(release, state),
        previous=state.previous,
        continued_in=state.continued_in,
        human=state.human is not None,
        routine=state.routine,
        human_name=state.human or "",
        on_duty=state.on_duty if waits and state.notified else None,
        working=isinstance(owed(state), ForReading | ForFunction | ForMove | ForNewCase),
    )
