"""What can happen next to a case: the moves of customers, functions, time and humans, as facts with words.

Moves that lead to the same agenda are tried once: a reading is planned first, and only its plan tells it apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, fields
from itertools import combinations
from typing import Final

from bythebook.engine.choice import Choice
from bythebook.engine.decide import (
    ForFunction,
    ForMove,
    ForNewCase,
    ForNotice,
    ForReading,
    advance,
    next_timer,
    owed,
)
from bythebook.engine.event import (
    CaseContinued,
    CustomerSaid,
    Decision,
    Fact,
    FactLearned,
    FactSettled,
    FunctionFailed,
    FunctionReturned,
    HumanClosed,
    HumanNotified,
    HumanReturned,
    HumanSaid,
    HumanTook,
    MessageRead,
    TimerFired,
    TurnPlanned,
)
from bythebook.engine.evolve import ATTEMPTS_MAX, evolve
from bythebook.engine.heard import Heard
from bythebook.engine.menu import Menu, build_menu
from bythebook.engine.moving import lead
from bythebook.engine.policy import next_decision
from bythebook.engine.resume import why_not_at
from bythebook.engine.situation import messages_next, situation_of
from bythebook.engine.state import CaseState, Status
from bythebook.engine.timer import Timer
from bythebook.engine.words import choice_words
from bythebook.proving.by_hand import done_by_hand, line_by_hand
from bythebook.proving.outside import AT, SOMEBODY, Outside
from bythebook.routine.article import ARTICLE
from bythebook.routine.value import Value
from bythebook.routine.wording import Release

LANGUAGES: Final = ("other:language:es", "other:language:zz")
"""One that the house speaks, and one that it does not."""

CERTAIN: Final = 1.0
NOT_THERE: Final = (Choice("step:nowhere", CERTAIN), Choice("article:0", CERTAIN), Choice("line:nowhere", CERTAIN))
"""What a reader may claim that is on no menu: it must lead to what nothing leads to."""

_OF_PLAN: Final = tuple(field.name for field in fields(TurnPlanned) if field.name != "why")


@dataclass(frozen=True, slots=True)
class Move:
    """Something that happens, and the facts that it hands in; `who` is `Customer`, a function, `Silence`, `Human`."""

    who: str
    words: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a search looks; what is left out is told with the result."""

    meanings: int = 2
    """How many meanings one message has at most."""

    humans: bool = True
    """Whether humans take cases, settle facts and hand back."""


def moves_at(release: Release, outside: Outside, state: CaseState, bounds: Bounds) -> Iterator[Move]:
    """Yield everything that can happen next, each once for what it leads to."""
    due = owed(state)
    match due:
        case ForFunction(key=key, function=function):
            for fields in outside.results[function]:
                yield Move(function, f"returns {_shown(fields)}", (FunctionReturned(AT, key, fields),))
            left = ATTEMPTS_MAX - due.attempt + 1
            yield Move(function, "fails", (FunctionFailed(AT, key, "it does not answer"),) * left)
        case ForNotice():
            for on_duty in (True, False):
                words = "somebody is on duty" if on_duty else "nobody is on duty"
                yield Move("Desk", words, (HumanNotified(AT, on_duty),))
        case ForReading(version=version):
            yield from _readings(release, outside, state, version, bounds)
        case ForNewCase():
            yield Move("Case", "goes on in a new case", (CaseContinued(AT, "next"),))
        case ForMove():
            raise AssertionError("a document that stands alone moves nowhere")
        case None:
            yield from _waiting(release, outside, state, bounds)
    if bounds.humans and not isinstance(due, ForReading | ForNewCase):
        yield from _human(release, state)


def _waiting(release: Release, outside: Outside, state: CaseState, bounds: Bounds) -> Iterator[Move]:
    if not state.inbox and state.continued_in is None:
        yield from _written(release, outside, state, bounds)
    yield from _silence(release, state)
    line = line_by_hand(release.routine, state) if not bounds.humans else None
    if line is not None:
        for words, facts in done_by_hand(release.routine, line):
            yield Move("Human", f"does line {line.label}: {words}", facts)
    if bounds.humans and state.status is not Status.RESOLVED:
        for name, value in outside.facts:
            if state.facts.get(name) is not value or state.status is Status.ABANDONED:
                yield Move(
                    "Human", f"settles {name} = {'true' if value else 'false'}", (_settled(state, name, value),)
                )


def _settled(state: CaseState, name: str, value: Value) -> Fact:
    """A case that was left opens again for what a human settles."""
    if state.status is Status.ABANDONED:
        return FactSettled(AT, SOMEBODY, name, value)
    return FactLearned(AT, name, value, SOMEBODY)


def _silence(release: Release, state: CaseState) -> Iterator[Move]:
    """What comes of silence here; that a customer who was nudged stays silent as well is one move."""
    timer = next_timer(release.conduct, state)
    if timer is None:
        return
    first = TimerFired(AT, timer[0])
    yield Move("Silence", timer[0].value, (first,))
    if timer[0] is Timer.NUDGE:
        yield Move("Silence", "nudge, abandon", (first, TimerFired(AT, Timer.ABANDON)))


def _written(release: Release, outside: Outside, state: CaseState, bounds: Bounds) -> Iterator[Move]:
    """A message and its reading are one move, for nothing can come between them; unread it waits for a human."""
    said = CustomerSaid(AT, f"m{state.version}", "words")
    try:
        after = advance(release, state, said)[1]
    except Exception:  # whoever makes the move meets it again, and tells of it
        yield Move("Customer", "writes", (said,))
        return
    due = owed(after)
    if not isinstance(due, ForReading):
        yield Move("Customer", "writes", (said,))
        return
    for move in _readings(release, outside, after, due.version, bounds):
        yield Move(move.who, move.words, (said, *move.facts))


def _human(release: Release, state: CaseState) -> Iterator[Move]:
    if state.status is Status.RESOLVED:
        return
    if state.human is None:
        yield Move("Human", "takes the case", (HumanTook(AT, SOMEBODY),))
        return
    if state.inbox:
        yield Move("Human", "answers in their own words", (HumanSaid(AT, SOMEBODY, "their own words"),))
    yield Move("Human", "closes the case", (HumanClosed(AT, SOMEBODY),))
    yield Move("Human", "hands back", (HumanReturned(AT, SOMEBODY),))
    for step in release.routine.steps:
        labels = tuple(line.label for line in step.lines) or (step.label,)
        for label in labels:
            if why_not_at(release.routine, label) is None:
                yield Move("Human", f"hands back at {label}", (HumanReturned(AT, SOMEBODY, label),))


# ---------------------------------------------------------------- what a message can mean


def _readings(release: Release, outside: Outside, state: CaseState, version: int, bounds: Bounds) -> Iterator[Move]:
    seen: set[object] = set()
    menu = build_menu(release, situation_of(state))
    for choices, unsure, slots in _meanings(release, outside, menu, bounds):
        fact = MessageRead(AT, version, choices, unsure, dict(slots), "any reader")
        try:
            told: object = _agenda(_planned(release, evolve(state, fact), menu, fact))
        except Exception:  # whoever makes the move meets it again, and tells of it
            told = fact
        if (told, slots) not in seen:
            seen.add((told, slots))
            yield Move("Customer", _meaning(release, choices, unsure, slots), (fact,))


def agenda_of(release: Release, state: CaseState, read: MessageRead) -> Hashable:
    """Return what a reading leads to where a message is to be read: readings that lead to the same are equal here."""
    return _agenda(next_decision(release, evolve(state, read)))


def _agenda(planned: Decision | None) -> Hashable:
    """Return what tells a decision from others: all of a plan but why it was made."""
    if not isinstance(planned, TurnPlanned):
        return planned
    return tuple(getattr(planned, name) for name in _OF_PLAN)


def _planned(release: Release, state: CaseState, menu: Menu, read: MessageRead) -> Decision | None:
    """Return what the reading leads to; in the plain case without building the menu anew."""
    if state.status is not Status.OPEN or state.returned or state.running or state.timer is not None:
        return next_decision(release, state)
    messages = messages_next(state)
    private = any(message.said.private for message in messages)
    behind = len(state.inbox) > len(messages)
    kept = menu.keep(read.choices)
    return lead(Heard(release, state, menu, kept, read.unsure, read.slots, private, len(messages), behind))


def _meanings(
    release: Release, outside: Outside, menu: Menu, bounds: Bounds
) -> Iterator[tuple[tuple[Choice, ...], bool, tuple[tuple[str, Value], ...]]]:
    single = _choices(outside, menu)
    for size in range(bounds.meanings + 1):
        for some in combinations(single, size):
            ids = [choice.id for choice, _ in some]
            if len(set(ids)) < len(ids):
                continue
            slots = tuple((choice.name, value) for choice, value in some if choice.kind == "slot")
            for unsure in (False, True):
                yield tuple(choice for choice, _ in some), unsure, slots
    yield NOT_THERE, False, ()


def _choices(outside: Outside, menu: Menu) -> list[tuple[Choice, Value]]:
    """Return each choice of the menu; of the article's answers one, for they are all given alike."""
    ids = [entry.id for entry in menu.entries]
    articles = [name for name in ids if name.startswith(ARTICLE)]
    found: list[tuple[Choice, Value]] = []
    for name in (*(one for one in ids if one not in articles[1:]), *LANGUAGES):
        choice = Choice(name, CERTAIN)
        if choice.kind == "slot":
            found += [(choice, value) for value in outside.values[choice.name]]
        else:
            found.append((choice, None))
        if choice.kind == "step":
            found.append((Choice(name, CERTAIN, correction=True), None))
    return found


def _meaning(
    release: Release, choices: tuple[Choice, ...], unsure: bool, slots: tuple[tuple[str, Value], ...]
) -> str:
    if choices is NOT_THERE:
        return "what is on no menu, as a reader claims"
    given = dict(slots)
    parts = []
    for choice in choices:
        words = choice_words(release, choice.id)
        shown = choice.id if words is None else f"{choice.id} \u201c{words}\u201d"
        if choice.kind == "slot":
            shown = f"{choice.name} = {given[choice.name]}"
        parts.append(f"{shown}, a correction" if choice.correction else shown)
    meant = " and ".join(parts) or "nothing on the menu"
    return f"perhaps {meant}" if unsure else meant


def _shown(fields: object) -> str:
    assert hasattr(fields, "items")
    return ", ".join(f"{name} = {value}" for name, value in fields.items()) or "nothing"
