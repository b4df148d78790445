"""Read turns, transcripts and outcomes off a case's log. Nothing here decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bythebook.engine.event import (
    Asked,
    AssistantSaid,
    CaseContinued,
    CustomerSaid,
    Event,
    FactLearned,
    FunctionCalled,
    FunctionFailed,
    FunctionReturned,
    HumanReturned,
    HumanSaid,
    HumanTook,
    MessageRead,
    NewCaseNeeded,
    Offered,
    Source,
    TimerFired,
    TurnPlanned,
)
from bythebook.engine.evolve import replay
from bythebook.engine.state import CaseState
from bythebook.reading.port import Reading
from bythebook.routine.wording import Release
from bythebook.service.buttons import buttons_of
from bythebook.service.view import Called, CaseView, Said, Turn, Utterance


def said_by(event: Event) -> Said | None:
    """Return what the customer got by this event, or None."""
    match event:
        case AssistantSaid(text=text, line=line, source=source) | Asked(text=text, line=line, source=source):
            return Said(text, line, source.value)
        case Offered(text=text, line=line):
            return Said(text, line, Source.HOUSE.value)
        case HumanSaid(text=text):
            return Said(text, "", Source.HUMAN.value)
        case _:
            return None


def outcome(
    release: Release, events: Sequence[Event], state: CaseState, since: int, until: int | None = None
) -> Turn:
    """Return what the events after version `since` (up to `until`) led to; `state` is where the case stands now."""
    span = events[since:until]
    return Turn(
        id=next((event.message_id for event in span if isinstance(event, CustomerSaid)), None),
        case_id=state.case_id,
        status=state.status,
        served=state.served,
        duplicate=False,
        said=tuple(said for event in span if (said := said_by(event)) is not None),
        calls=_calls(events, since, until),
        buttons=buttons_of(release, state),
        reading=_reading(span),
    )


def _reading(span: Sequence[Event]) -> Reading | None:
    read = next((event for event in reversed(span) if isinstance(event, MessageRead)), None)
    return Reading(read.choices, read.unsure, read.slots, read.reader, read.model) if read is not None else None


def _calls(events: Sequence[Event], since: int, until: int | None) -> tuple[Called, ...]:
    """One entry for each attempt that came to an end, in order."""
    calls: list[Called] = []
    called: FunctionCalled | None = None
    attempt = 1
    for version, event in enumerate(events[:until]):
        match event:
            case FunctionCalled():
                called, attempt = event, 1
            case FunctionReturned() | FunctionFailed() if called is not None:
                if version >= since:
                    calls.append(Called(called.function, called.arguments, called.line, attempt))
                attempt += 1
            case _:
                pass
    return tuple(calls)


def turn_span(events: Sequence[Event], message_version: int) -> tuple[int, int] | None:
    """Return the versions (start, end) of the turn that answers a message; None while it is not answered yet."""
    waiting: list[int] = []
    start: int | None = None
    for version, event in enumerate(events):
        if start is not None and _ends_turn(event):
            return start, version
        match event:
            case CustomerSaid():
                waiting.append(version + 1)
            case TurnPlanned(messages=messages):
                if message_version in waiting[:messages]:
                    start = version - (1 if isinstance(events[version - 1], MessageRead) else 0)
                del waiting[:messages]
            case NewCaseNeeded():
                del waiting[:1]
            case HumanSaid():
                waiting.clear()
            case _:
                pass
    return (start, len(events)) if start is not None else None


def _ends_turn(event: Event) -> bool:
    new_turn = isinstance(event, TurnPlanned)
    return new_turn or isinstance(
        event, TimerFired | HumanTook | HumanSaid | HumanReturned | FactLearned | MessageRead
    )


def transcript(events: Sequence[Event], after: int = 0) -> tuple[Utterance, ...]:
    """Return all that was said after version `after`, by whom and when."""
    spoken: list[Utterance] = []
    at: datetime | None = None
    for version, event in enumerate(events, start=1):
        at = getattr(event, "at", at)
        assert at is not None, "a log begins with a fact"
        if version <= after:
            continue
        if isinstance(event, CustomerSaid):
            spoken.append(Utterance(version, "customer", Said(event.text, "", "customer"), at))
        elif (said := said_by(event)) is not None:
            speaker = "human" if isinstance(event, HumanSaid) else "assistant"
            spoken.append(Utterance(version, speaker, said, at))
    return tuple(spoken)


def case_view(release: Release, events: Sequence[Event]) -> CaseView:
    """Return the case as its customer may see it."""
    state = replay(events)
    return CaseView(
        case_id=state.case_id,
        status=state.status,
        served=state.served,
        version=state.version,
        transcript=transcript(events),
        buttons=buttons_of(release, state),
        previous=state.previous,
        continued_in=next((event.case_id for event in events if isinstance(event, CaseContinued)), None),
        human=state.human is not None,
    )
