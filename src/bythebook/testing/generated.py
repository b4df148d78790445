"""Conversation tests written from ways through a document: words that are read as meant, and what is said to them.

The words are the author's examples, or the document's own. Where the reader takes none of them as it should, the test
says what the message is read as.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bythebook.engine.choice import Choice
from bythebook.engine.decide import ForReading, advance, owed
from bythebook.engine.event import (
    CustomerSaid,
    FactLearned,
    FunctionFailed,
    FunctionReturned,
    HumanNotified,
    HumanReturned,
    HumanSaid,
    HumanTook,
    MessageRead,
)
from bythebook.engine.menu import build_menu
from bythebook.engine.situation import situation_of
from bythebook.engine.state import CaseState, Status
from bythebook.proving.moves import Move, agenda_of
from bythebook.proving.outside import AT
from bythebook.reading.port import Reader
from bythebook.routine.value import Value, Values
from bythebook.routine.wording import Release
from bythebook.testing.coverage import Kind
from bythebook.testing.covering import Reached, Way
from bythebook.testing.customers import Sayings
from bythebook.testing.rehearsal import Rehearsal
from bythebook.testing.script import NOTHING

HEADER: Final = "# Every path"
ABOUT: Final = """\
Written by `bythebook test --generate`, which writes this file anew: every line, branch, question, answer, phrase and
failure of the document that is in reach, in few conversations. Look them over once; from then on they say when the
document behaves otherwise.
"""
TRIES_MAX: Final = 60
"""So many ways to say a thing are tried."""

NO_WORDS: Final = ("hmm", "asdf jkl", "...")
ANSWERED: Final = "I have seen to it."
TITLE_PARTS: Final = 2


@dataclass(frozen=True, slots=True)
class Written:
    """One conversation as it stands in the file."""

    title: str
    text: str
    told: int
    """Of how many messages it says what they are read as."""


def write(rehearsal: Rehearsal, release: Release, ways: Sequence[Way]) -> Iterator[Written]:
    """Yield a conversation for each way, in their order."""
    known: set[Reached] = set()
    for number, way in enumerate(ways, start=1):
        writer = _Writer(rehearsal, release, Sayings.of(release))
        writer.write(way)
        title = f"{number}. {_title(release, way.reached - known)}"
        known |= way.reached
        yield Written(title, "\n".join([f"## {title}", *writer.lines]), writer.told)


def page(title: str, written: Sequence[Written]) -> str:
    """Return the file."""
    return "\n\n".join([f"{HEADER} of {title}", ABOUT.rstrip("\n"), *(one.text for one in written)]) + "\n"


@dataclass
class _Writer:
    """Plays one way with real words and writes down what happens."""

    rehearsal: Rehearsal
    release: Release
    sayings: Sayings
    lines: list[str] = field(default_factory=list)
    told: int = 0
    status: str = Status.OPEN.value

    def write(self, way: Way) -> None:
        """Play it."""
        self._do({"new": True})
        if rows := _rows(way):
            self.lines += ["| function | with | returns |", "|---|---|---|", *map(_row, rows)]
            self._do({"returns": [_told(row) for row in rows]})
            self.lines.append("")
        facts = [fact for move in way.moves for fact in move.facts]
        if any(isinstance(fact, HumanNotified) and fact.on_duty for fact in facts):
            self._happens("Somebody is on duty.", {"duty": True})
        for move in way.moves:
            self._move(move)

    def _move(self, move: Move) -> None:
        read = next((fact for fact in move.facts if isinstance(fact, MessageRead)), None)
        for fact in move.facts:
            match fact:
                case CustomerSaid():
                    self._say(read)
                case HumanTook():
                    self._happens("Human takes the case.", {"human": "take"})
                case HumanSaid():
                    self._happens(f"Human: {ANSWERED}", {"human": "say", "text": ANSWERED})
                case HumanReturned(undone=True):
                    self._happens("Human could not do it.", {"human": "undone"})
                case HumanReturned():
                    self._happens("Human hands back.", {"human": "return"})
                case FactLearned(name=name, value=value):
                    shown = "" if value is True else " is false"
                    self._happens(f"Human settles: {name}{shown}", {"fact": name, "value": value})
                case _:
                    pass  # what functions and the desk do was told before

    def _say(self, read: MessageRead | None) -> None:
        state = self._state
        if read is None:
            self._happens(f"Customer: {NO_WORDS[0]}", {"say": NO_WORDS[0]})
            return
        words = self._read_as_meant(state, read)
        if words is not None:
            self._happens(f"Customer: {words}", {"say": words})
            return
        self.told += 1
        words = next(self._ways_to_say(read), NO_WORDS[0])
        means = {
            "choices": [{"id": one.id, "correction": one.correction} for one in read.choices],
            "unsure": read.unsure,
            "slots": dict(read.slots),
        }
        self.lines.append("")
        self.lines.append(f"Customer: {words}")
        self._happens(f"Read as: {_meaning(read)}", {"say": words, "means": means}, apart=False)

    def _read_as_meant(self, state: CaseState, read: MessageRead) -> str | None:
        """Return words that the reader takes so that the same follows; None where it takes none."""
        after = advance(self.release, state, CustomerSaid(AT, "words", "words"))[1]
        due = owed(after)
        if not isinstance(due, ForReading):
            return next(self._ways_to_say(read), NO_WORDS[0])
        menu = build_menu(self.release, situation_of(after))
        wanted = agenda_of(self.release, after, MessageRead(AT, due.version, read.choices, False, read.slots, ""))
        reader: Reader = self.rehearsal.runner.releases.get(self.release.digest).reader
        for tries, words in enumerate(self._ways_to_say(read)):
            if tries >= TRIES_MAX:
                return None
            masked = self.rehearsal.runner.mask(words)
            found = reader.read(masked.text, menu)
            got = MessageRead(AT, due.version, found.choices, found.unsure, found.slots, "")
            if not masked.kinds and agenda_of(self.release, after, got) == wanted:
                return words
        return None

    def _ways_to_say(self, read: MessageRead) -> Iterator[str]:
        if not read.choices:
            yield from NO_WORDS
        for choice in read.choices:
            for words in self._of(choice, read.slots):
                if "\n" not in words and words.strip() == words and words:
                    yield f"no, I meant {words}" if choice.correction else words

    def _of(self, choice: Choice, slots: Values) -> Iterator[str]:
        if choice.kind == "slot":
            shown = str(slots.get(choice.name, ""))
            yield from (shown, f"It is {shown}", f"My {choice.name.replace('_', ' ')} is {shown}")
            return
        said = self.sayings.by_choice.get(choice.id, ())
        yield from sorted(said, key=lambda words: (not 8 <= len(words) <= 60, len(words) > 60))

    # ------------------------------------------------------------ what is said to it

    @property
    def _state(self) -> CaseState:
        assert self.rehearsal.case_id is not None
        return self.rehearsal.runner.known(self.rehearsal.case_id)

    def _happens(self, line: str, command: Mapping[str, object], apart: bool = True) -> None:
        answer = self._do(command)
        if apart and self.lines and self.lines[-1]:
            self.lines.append("")
        self.lines.append(line)
        said, calls = answer.get("said"), answer.get("calls")
        spoken = [one for one in said if one["source"] != "human"] if isinstance(said, list) else []
        if isinstance(said, list) and len(spoken) == len(said):
            for one in spoken:
                self.lines.append(f"Assistant [{one['line']}]: {' '.join(str(one['text']).split())}")
            if not spoken:
                self.lines.append(f"Assistant: {NOTHING}")
        if isinstance(calls, list) and calls:
            self.lines.append(f"Calls: {', '.join(str(call['function']) for call in calls)}")
        if answer["status"] != self.status:
            self.status = str(answer["status"])
            self.lines.append(f"Status: {self.status.replace('_', ' ')}")

    def _do(self, command: Mapping[str, object]) -> Mapping[str, object]:
        answer = self.rehearsal.do(command)
        assert "error" not in answer, f"{command}: {answer.get('error')}"
        return answer


# ---------------------------------------------------------------- what functions return, and titles

Row = tuple[str, tuple[Values | None, ...]]


def _rows(way: Way) -> tuple[Row, ...]:
    """Return by function what its calls return on the way, in their order; None for a failure."""
    rows: dict[str, list[Values | None]] = {}
    for move in way.moves:
        for fact in move.facts:
            match fact:
                case FunctionReturned(fields=fields):
                    rows.setdefault(move.who, []).append(fields)
                case FunctionFailed():
                    rows.setdefault(move.who, []).append(None)
                case _:
                    pass
    return tuple((function, tuple(results)) for function, results in rows.items())


def _row(row: Row) -> str:
    shown = ["fails" if result is None else _fields(result) for result in row[1]]
    while len(shown) > 1 and shown[-1] == shown[-2]:
        shown.pop()  # the last one stays
    return f"| {row[0]} | | {', then '.join(shown)} |"


def _fields(fields: Values) -> str:
    return ", ".join(f"{name} = {_shown(value)}" for name, value in fields.items() if value is not None)


def _shown(value: Value) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def _told(row: Row) -> Mapping[str, object]:
    results = ["fails" if one is None else {k: v for k, v in one.items() if v is not None} for one in row[1]]
    return {"function": row[0], "with": {}, "results": results}


def _meaning(read: MessageRead) -> str:
    shown = []
    for one in read.choices:
        value = f" = {_shown(read.slots[one.name])}" if one.kind == "slot" and one.name in read.slots else ""
        shown.append(f"{one.id}{'!' if one.correction else ''}{value}")
    return ", ".join(shown) or NOTHING


def _title(release: Release, new: frozenset[Reached]) -> str:
    """Return what a conversation shows that none before it does."""
    order = {place: at for at, place in enumerate(_order(release))}
    parts = [_part(release, one) for one in sorted(new, key=lambda one: order.get(one, len(order)))]
    told = "; ".join(list(dict.fromkeys(filter(None, parts)))[:TITLE_PARTS]) or "the opening"
    return told[:1].upper() + told[1:]


def _order(release: Release) -> Iterator[Reached]:
    labels = [label for step in release.routine.steps for label in (step.label, *(line.label for line in step.lines))]
    for kind in (Kind.BRANCH, Kind.LINE, Kind.QUESTION, Kind.FAILURE):
        yield from ((kind, label, way) for label in labels for way in ("holds", "", "is answered"))
    yield from ((Kind.ANSWER, topic.label, "") for topic in release.routine.article.topics)


PARTS: Final[Mapping[Kind, Callable[[Release, str, str], str]]] = {
    Kind.BRANCH: lambda release, label, way: f"{_named(release, label)} {way}",
    Kind.LINE: lambda release, label, _: f"to {label}",
    Kind.QUESTION: lambda release, label, way: f"{label} {way}",
    Kind.FAILURE: lambda release, label, _: f"the call at {label} fails",
    Kind.ANSWER: lambda release, label, _: _question(release, label),
    Kind.PHRASE: lambda release, label, _: "",
}


def _part(release: Release, one: Reached) -> str:
    return PARTS[one[0]](release, one[1], one[2])


def _named(release: Release, label: str) -> str:
    held = release.routine.step(label) or release.routine.line(label)
    name = held.condition.name if held is not None and held.condition is not None else ""
    return f"{label} (\u201c{name}\u201d)" if name else label


def _question(release: Release, label: str) -> str:
    topic = release.routine.article.topic(int(label.partition(":")[2]))
    return topic.question if topic is not None else label
