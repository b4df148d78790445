"""What a recorded case rests on: decided again from its facts alone, and the reason for each sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from bythebook.engine.decide import Refused, again, release_after
from bythebook.engine.erasure import CaseErased
from bythebook.engine.event import (
    Asked,
    AssistantSaid,
    CustomerSaid,
    Event,
    Fact,
    FactLearned,
    FactSettled,
    FeedbackSaid,
    FunctionCalled,
    FunctionFailed,
    FunctionReturned,
    HandoffRequested,
    HumanClosed,
    HumanNoted,
    HumanPassed,
    HumanReturned,
    HumanSaid,
    HumanTook,
    Jumped,
    LineQuoted,
    LinesPassed,
    MessageRead,
    Offered,
    StepDone,
    StepEntered,
    TimerFired,
    TurnPlanned,
)
from bythebook.engine.evolve import evolve
from bythebook.engine.state import CaseState
from bythebook.engine.words import choice_words
from bythebook.routine.article import ARTICLE
from bythebook.routine.wording import Release

ReleaseOf = Callable[[str], Release]
"""Returns a release by its digest; raises UnknownRelease."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a case, decided again, departs from its log: what stands there, and what is decided today."""

    at: int
    """The 1-based place in the log."""

    recorded: Event | None
    decided: Event | None
    why: str = ""
    """Why nothing is decided, where the fact is refused today."""


def is_erased(events: Sequence[Event]) -> bool:
    """Whether the words of a case are gone: then nothing of it can be decided again."""
    return any(isinstance(event, CaseErased) for event in events)


def decided_again(release_of: ReleaseOf, events: Sequence[Event], write: Callable[[Event], str]) -> Difference | None:
    """Decide a case again from its facts; return the first difference, by the text that `write` gives an event."""
    place = -1
    try:
        for place, event in again(release_of, events):
            recorded = events[place] if place < len(events) else None
            if event is None:
                return Difference(place + 1, recorded, None, "no fact leads here")
            if recorded is None or write(recorded) != write(event):
                return Difference(place + 1, recorded, event)
    except Refused as refused:
        return Difference(place + 2, events[place + 1], None, str(refused))
    return None


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that happened in a case: what, where the document says so, and why then."""

    version: int
    who: str
    """`customer`, `reader`, `assistant`, `function`, `human`, `time`."""

    what: str
    line: str = ""
    place: int = 0
    """The line of the document's text, from 1; 0 where it is not of the document."""

    document: str = ""
    """The document's own words there."""

    why: tuple[str, ...] = ()


def reasons(release_of: ReleaseOf, events: Sequence[Event]) -> Iterator[Reason]:
    """Yield what happened, in order, each with what it rests on."""
    state = CaseState()
    gone = is_erased(events)
    because: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()
    for version, event in enumerate(events, start=1):
        if isinstance(event, get_args(Fact)):
            release = release_of(release_after(state, event))
        match event:
            case TurnPlanned(why=why):
                because, entered = why, ()
            case StepEntered(step=step):
                entered = _condition(release, step)
            case StepDone():
                entered = ()
            case _:
                told = _reason(release, state, version, event, (*entered, *because))
                if told is not None:
                    yield _without_words(told, event) if gone else told
        state = evolve(state, event)


def _without_words(told: Reason, event: Event) -> Reason:
    """Say of an erased case that there were words, in place of none."""
    if isinstance(event, FunctionReturned):
        return replace(told, what=told.what.removesuffix("nothing") + "what was erased")
    return told if told.what else replace(told, what="(erased)")


def _reason(release: Release, state: CaseState, version: int, event: Event, why: tuple[str, ...]) -> Reason | None:
    match event:
        case AssistantSaid(text=text, line=line) | Asked(text=text, line=line) | Offered(text=text, line=line):
            return Reason(version, "assistant", text, line, *_place(release, line), why)
        case LineQuoted(human=human, text=text, line=line):
            return Reason(version, "human", text, line, *_place(release, line), (f"by {human}",))
        case FunctionCalled(function=function, arguments=arguments, line=line):
            given = ", ".join(f"{name} = {value}" for name, value in arguments.items())
            return Reason(version, "assistant", f"calls {function}({given})", line, *_place(release, line), why)
        case MessageRead(choices=choices, unsure=unsure, reader=reader):
            meant = [_meant(release, choice.id, choice.confidence, choice.correction) for choice in choices]
            words = ("unsure: " if unsure else "") + ("; ".join(meant) or "nothing on the menu")
            return Reason(version, "reader", words, why=(f"read by {reader}",))
        case LinesPassed(lines=lines, why=told):
            label = lines[0]
            return Reason(version, "assistant", f"passes {', '.join(lines)}", label, *_place(release, label), (told,))
        case Jumped(line=line, target=target):
            return Reason(version, "assistant", f"goes on at {target}", line, *_place(release, line), why)
        case HandoffRequested(reason=reason):
            return Reason(version, "assistant", "asks for a human", why=(reason,))
        case _:
            return _from_outside(state, version, event)


def _from_outside(state: CaseState, version: int, event: Event) -> Reason | None:
    match event:
        case CustomerSaid(text=text, pressed=pressed):
            return Reason(version, "customer", text, why=(f"a button: {pressed}",) if pressed else ())
        case FunctionReturned(fields=fields):
            name = state.call.function if state.call is not None else "a function"
            told = ", ".join(f"{field} = {value}" for field, value in fields.items()) or "nothing"
            return Reason(version, "function", f"{name} returns {told}")
        case FunctionFailed(reason=reason):
            name = state.call.function if state.call is not None else "a function"
            return Reason(version, "function", f"{name} fails", why=(reason,))
        case FactLearned(name=name, value=value, by=by) | FactSettled(name=name, value=value, human=by):
            return Reason(version, "human", f"settles {name} = {value}", why=(f"by {by}",))
        case CaseErased(by=by, why=told):
            return Reason(version, "human", "erases the case", why=(f"by {by}", *([told] if told else ())))
        case TimerFired(timer=timer):
            return Reason(version, "time", f"{timer.value} after silence")
        case _:
            return _from_the_desk(version, event)


def _from_the_desk(version: int, event: Event) -> Reason | None:
    match event:
        case HumanTook(human=human):
            return Reason(version, "human", "takes the case", why=(f"by {human}",))
        case HumanPassed(human=human, to=to, note=note, taken_over=taken_over):
            words = f"takes the case over from {human}" if taken_over else f"passes the case to {to}"
            by = f"by {to if taken_over else human}"
            return Reason(version, "human", words, why=(by, *([note] if note else ())))
        case HumanSaid(human=human, text=text):
            return Reason(version, "human", text, why=(f"by {human}",))
        case FeedbackSaid(human=human, text=text):
            return Reason(version, "human", text, why=(f"feedback of {human}",))
        case HumanNoted(human=human, text=text):
            return Reason(version, "human", f"notes: {text}", why=(f"by {human}",))
        case HumanClosed(human=human, why=told):
            return Reason(version, "human", "closes the case", why=(f"by {human}", *([told] if told else ())))
        case HumanReturned(human=human, undone=True):
            return Reason(version, "human", "could not do it", why=(f"by {human}",))
        case HumanReturned(human=human, line=line):
            return Reason(version, "human", f"hands back{f' at {line}' if line else ''}", why=(f"by {human}",))
        case _:
            return None


def _meant(release: Release, choice: str, confidence: float, correction: bool) -> str:
    words = choice_words(release, choice)
    named = f"{choice} \u201c{words}\u201d" if words else choice
    return f"{named} ({confidence:.2f}{', a correction' if correction else ''})"


def _condition(release: Release, label: str) -> tuple[str, ...]:
    step = release.routine.step(label)
    if step is None or step.condition is None:
        return ()
    return (f"step {label}: {step.condition.text}",)


def _place(release: Release, label: str) -> tuple[int, str]:
    """Return where the document has a line or an answer, and its words there."""
    if label.startswith(ARTICLE):
        topic = release.routine.article.labelled(label)
        span = topic.span if topic is not None else None
    else:
        holder = release.routine.line(label) or release.routine.step(label)
        span = holder.span if holder is not None else None
    if span is None:
        return 0, ""
    number = release.document.position(span.start)[0]
    return number, release.document.text[span.start : span.end]
