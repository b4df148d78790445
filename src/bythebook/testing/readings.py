"""What messages mean, in tables that are tests: a message, the moment it comes at, the reading it must get.

A reading is right when the case goes on exactly as it would with a reading that the table accepts: the engine itself
says which readings are as good as each other ("thanks" and "no" both end a case that asks whether there is more).
docs/reading/ holds such tables for the rules of the reader; authors write them for their own documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from bythebook.engine.choice import COMPLAINT, DENY, GREETING, HUMAN, Choice, line_choice, slot_choice, step_choice
from bythebook.engine.decide import ForFunction, ForNewCase, ForNotice, ForReading, advance, owed
from bythebook.engine.event import (
    Asked,
    AssistantSaid,
    CaseOpened,
    CustomerSaid,
    Event,
    Fact,
    FunctionReturned,
    HumanNotified,
    MessageRead,
    Offered,
    StepEntered,
)
from bythebook.engine.menu import Menu, Situation, build_menu, slots_of
from bythebook.engine.situation import situation_of
from bythebook.engine.state import CaseState, Status
from bythebook.reading.masking import mask
from bythebook.reading.port import Reading
from bythebook.service.ports import Bound
from bythebook.testing.fakes import START

OPENING: Final = "opening"
UNSURE: Final = "unsure"
NOT_UNDERSTOOD: Final = "house:not_understood"
_MARK: Final = "!"
"""After a choice that must carry the mark of correction."""

_HEAD: Final = re.compile(r"\| *message *\| *situation *\| *reading *\|", re.I)
_ROW: Final = re.compile(r"\| *(?P<message>.*?) *\| *(?P<situation>[^|]*?) *\| *(?P<reading>[^|]*?) *\|")
_SITUATION: Final = re.compile(
    r"(?:opening|(?P<resolved>resolved )?after (?P<after>[\w.]+(?: and [\w.]+)*))"
    r"(?:, offered (?P<offered>[\w:. ]+))?"
)

Meaning: TypeAlias = Callable[[Situation], Reading]


class TableWrong(Exception):
    """A row cannot be read; the message names its line and what it may hold."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """One reading that a row accepts; unsure ones whatever they are unsure between."""

    choices: tuple[Choice, ...]
    unsure: bool
    slots: tuple[tuple[str, str], ...] = ()
    """The values that must be given, by the names of their slots."""


@dataclass(frozen=True, slots=True)
class Row:
    """A message, the moment it comes at, and the readings that serve the customer there."""

    line: int
    text: str
    situation: str
    accepted: tuple[Accepted, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a message led to: the labels of all that was said, in order, and the acts in it."""

    said: tuple[str, ...]
    acts: frozenset[str]
    """The steps that were run, the lines given for the asking, and `resolved` or `handed off`."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a row went."""

    reading: Reading
    right: bool
    acts_wrongly: frozenset[str]
    """What was done that no accepted reading does."""


def read_rows(text: str) -> tuple[Row, ...]:
    """Return the rows of every table `message | situation | reading` in a Markdown text; raise TableWrong."""
    rows: list[Row] = []
    inside = False
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if _HEAD.fullmatch(line):
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not set(line) <= set("|-: "):
            found = _ROW.fullmatch(line)
            if found is None:
                raise TableWrong(f"line {number}: a row is `| message | situation | reading |`")
            rows.append(Row(number, found["message"], found["situation"], readings(found["reading"])))
    return tuple(rows)


def readings(cell: str) -> tuple[Accepted, ...]:
    """Return what a cell accepts; ` / ` stands between readings.

    A reading is `step:2 + article:2`, `unsure`, `step:3!` (a correction) or `slot:email = jo@oak.example`.
    """
    return tuple(_accepted(one.strip()) for one in cell.replace("`", "").split(" / "))


def _accepted(text: str) -> Accepted:
    if text == UNSURE:
        return Accepted((), True)
    parts = [one.partition(" = ") for one in text.split(" + ")]
    slots = tuple((one.strip().removeprefix("slot:"), value.strip()) for one, _, value in parts if value)
    ids = [one.strip() for one, _, _ in parts]
    return Accepted(tuple(Choice(one.rstrip(_MARK), 1.0, one.endswith(_MARK)) for one in ids), False, slots)


class Stage:
    """One document's case at any moment, and what a message leads to there."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound
        self._states: dict[str, CaseState] = {}

    def judge(self, row: Row) -> Verdict:
        """Read a row's message and say whether the case goes on as it should."""
        masked = mask(row.text)
        state = self.state(row.situation)
        reading = self.read(row)
        led = self._lead(state, masked.text, masked.kinds, _always(reading))
        sure = [one for one in row.accepted if not one.unsure]
        wanted = [
            self._lead(state, masked.text, masked.kinds, _always(_fixed(one.choices, slots=dict(one.slots))))
            for one in sure
        ]
        open_to_doubt = any(one.unsure for one in row.accepted)
        right = (open_to_doubt and (reading.unsure or NOT_UNDERSTOOD in led.said)) or any(
            led.said == one.said and led.acts == one.acts and _given(reading, accepted)
            for one, accepted in zip(wanted, sure, strict=True)
        )
        allowed = frozenset().union(*(one.acts for one in wanted))
        return Verdict(reading, right, led.acts - allowed)

    def read(self, row: Row) -> Reading:
        """Return what the document's reader makes of a row's message at its moment."""
        return self._bound.reader.read(mask(row.text).text, self.menu(self.state(row.situation)))

    def state(self, situation: str) -> CaseState:
        """Return the case at a moment in words: "opening", "after 1a", "after 2 and 3, offered a human"."""
        if situation not in self._states:
            self._states[situation] = self._arrive(situation)
        return self._states[situation]

    def menu(self, state: CaseState) -> Menu:
        """Return what a message can mean there."""
        return build_menu(self._bound.release, situation_of(state))

    def _arrive(self, situation: str) -> CaseState:
        found = _SITUATION.fullmatch(situation)
        if found is None:
            raise TableWrong(
                f"{situation!r} is no situation; write `opening`, `after 1a`, `after 2 and 3`, `resolved after 2`, "
                "and `, offered a human` or `, offered 2 or 3` behind it"
            )
        state = self._opened()
        for label in (found["after"] or "").split(" and "):
            if label:
                state = self._given_before(self._follow(state, "", (), _always(self._reaching(label)))[1], label)
        if found["resolved"]:
            state = self._follow(state, "", (), _always(_fixed((Choice(DENY, 1.0),))))[1]
        if found["offered"]:
            state = self._follow(state, "", (), _always(_offering(found["offered"])))[1]
        return state

    def _given_before(self, state: CaseState, label: str) -> CaseState:
        """Give the values that are asked for before a line that asks for one."""
        routine = self._bound.release.routine
        for _ in routine.lines:
            waiting = routine.line(situation_of(state).pending or "")
            aim = routine.line(label)
            if waiting is None or aim is None or waiting == aim or not slots_of(waiting) or not slots_of(aim):
                break
            given = {slot.name: "1" for slot in slots_of(waiting)}
            told = tuple(Choice(slot_choice(name), 1.0) for name in given)
            state = self._follow(state, "", (), _always(_fixed(told, slots=given)))[1]
        return state

    def _reaching(self, label: str) -> Reading:
        """What somebody says for the case to come to a label: a step's condition, else just a greeting."""
        step = self._bound.release.routine.step(label)
        if step is not None and step.condition is not None:
            return _fixed((Choice(step_choice(label), 1.0),))
        if self._bound.release.routine.line(label) is None:
            raise TableWrong(f"the document has no step with a condition and no line `{label}`")
        return _fixed((Choice(GREETING, 1.0),))

    def _opened(self) -> CaseState:
        release = self._bound.release
        return advance(release, CaseState(), CaseOpened(START, "case", release.name, release.digest))[1]

    def _lead(self, state: CaseState, text: str, private: tuple[str, ...], meaning: Meaning) -> Outcome:
        events, after = self._follow(state, text, private, meaning)
        if isinstance(owed(after), ForNewCase):
            anew = self._lead(self._opened(), text, private, meaning)
            return Outcome(("new case", *anew.said), anew.acts)
        return Outcome(tuple(_said(events)), frozenset(_acts(self._bound, events, state, after)))

    def _follow(
        self, state: CaseState, text: str, private: tuple[str, ...], meaning: Meaning
    ) -> tuple[list[Event], CaseState]:
        """Give a message of this meaning to the case and do all that is owed to it then."""
        seen: list[Event] = []
        fact: Fact = CustomerSaid(START, f"m{state.version}", text, private)
        while True:
            events, state = advance(self._bound.release, state, fact)
            seen += events
            match owed(state):
                case ForReading(version=version, situation=situation):
                    found = meaning(situation)
                    fact = MessageRead(START, version, found.choices, found.unsure, found.slots, found.reader)
                case ForFunction(key=key, function=function, arguments=arguments):
                    fact = FunctionReturned(START, key, self._bound.functions.call(function, arguments, key))
                case ForNotice():
                    fact = HumanNotified(START, False)
                case _:
                    return seen, state


def _always(reading: Reading) -> Meaning:
    return lambda _: reading


def _given(reading: Reading, accepted: Accepted) -> bool:
    """Whether a reading gives just the values that are accepted, where any are."""
    found = {name: str(value) for name, value in reading.slots.items()}
    return not accepted.slots or found == dict(accepted.slots)


def _fixed(choices: tuple[Choice, ...], *, unsure: bool = False, slots: Mapping[str, str] | None = None) -> Reading:
    return Reading(choices, unsure, slots or {}, "table")


def _offering(words: str) -> Reading:
    """What brings an offer about: a complaint offers a human, doubt between steps offers them."""
    if words in ("a human", HUMAN):
        return _fixed((Choice(COMPLAINT, 1.0),))
    named = [one if ":" in one else step_choice(one) for one in words.split(" or ")]
    return _fixed(tuple(Choice(one, 0.5) for one in named), unsure=True)


def _said(events: list[Event]) -> Iterator[str]:
    for event in events:
        match event:
            case AssistantSaid(line=line) | Asked(line=line):
                yield line
            case Offered(line=line, offer=offer):
                yield f"{line} {' '.join(offer.choices)}"
            case _:
                pass


def _acts(bound: Bound, events: list[Event], before: CaseState, after: CaseState) -> Iterator[str]:
    for event in events:
        if isinstance(event, StepEntered):
            step = bound.release.routine.step(event.step)
            if event.asked_for:
                yield from map(line_choice, event.lines[:1])
            elif step is not None and step.condition is not None:
                yield step_choice(step.label)
    if after.status is Status.RESOLVED and before.status is not Status.RESOLVED:
        yield "resolved"
    if after.status is Status.HANDED_OFF:
        yield "handed off"
