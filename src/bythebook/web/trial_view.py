"""What the sandbox page shows of a case: what was said, each message with why, what waits for the tester."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bythebook.engine.choice import AFFIRM, COMPLAINT, DENY, GOODBYE, GREETING, HUMAN, OFF_TOPIC, THANKS
from bythebook.engine.state import Status
from bythebook.engine.timer import Timer
from bythebook.proving.answering import Answer as Answered
from bythebook.proving.answering import Walk
from bythebook.reading.tidy import choices_of
from bythebook.routine.wording import Release
from bythebook.service.desk_choices import facts_to_settle
from bythebook.service.explained import Guess, Told, meaning, told
from bythebook.testing.sandbox import Sandbox
from bythebook.testing.tester import FieldAsked, fields_of

STATUS: Final = {
    Status.NEW: "The case is open.",
    Status.OPEN: "The case is open.",
    Status.HANDED_OFF: "The case waits for a person.",
    Status.RESOLVED: "The case is closed.",
    Status.ABANDONED: "The case was left.",
    Status.ERASED: "The case was erased.",
}
SAID_ANYWHERE: Final = (AFFIRM, DENY, HUMAN, COMPLAINT, THANKS, GOODBYE, GREETING)
ELSE: Final = "something this document is not about"

SILENCE: Final = {
    Timer.NUDGE: "the customer is told that nobody hurries them",
    Timer.ABANDON: "the case is taken as left",
}


@dataclass(frozen=True, slots=True)
class Message:
    """What the tester wrote as the customer, and what it was read as."""

    text: str
    guesses: tuple[Guess, ...] = ()
    unsure: bool = False
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What followed, until the customer wrote again or somebody else did something: one box, as in the chat."""

    parts: tuple[Told, ...]

    @property
    def said(self) -> tuple[Told, ...]:
        """What the customer reads, paragraph by paragraph."""
        return tuple(part for part in self.parts if part.said)

    @property
    def done(self) -> tuple[Told, ...]:
        """What else happened, and nobody reads."""
        return tuple(part for part in self.parts if not part.said)


Entry = Message | Answer

LIST_FROM: Final = 5
"""A text of so many lines is a list, and is folded as the chat does."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The call that waits for the tester."""

    function: str
    arguments: tuple[tuple[str, str], ...]
    why: str
    fields: tuple[FieldAsked, ...]


def entries_of(sandbox: Sandbox) -> tuple[Entry, ...]:
    """Return the conversation so far, of the case and of the one before it."""
    found: list[Entry] = []
    for case_id in dict.fromkeys((sandbox.begun, sandbox.case_id)):
        log = sandbox.runner.store.load(case_id)
        found += _entries(told(lambda digest: sandbox.runner.releases.get(digest).release, sandbox.release, log))
    return tuple(found)


def _entries(happened: Iterator[Told]) -> Iterator[Entry]:
    message: Message | None = None
    parts: list[Told] = []
    for one in happened:
        begins = one.who in ("customer", "human", "time")
        if begins and message is not None:
            yield message
            message = None
        if begins and parts:
            yield Answer(tuple(parts))
            parts = []
        match one.who:
            case "customer":
                message = Message(one.what)
            case "reader" if message is not None:
                yield Message(message.text, one.guesses, one.unsure, one.why[0] if one.why else "")
                message = None
            case "reader":
                pass
            case _:
                parts.append(one)
    if message is not None:
        yield message
    if parts:
        yield Answer(tuple(parts))


def still_read_as(entries: Sequence[Entry], text: str, choice: str) -> str:
    """Return what a message is read as, in words, where that is not what it was said to mean; empty where it is."""
    said = [entry for entry in entries if isinstance(entry, Message) and entry.text == text]
    if not said or any(guess.choice == choice for guess in said[-1].guesses):
        return ""
    return said[-1].guesses[0].words if said[-1].guesses and not said[-1].unsure else "nothing certain"


def last_place(entries: Sequence[Entry]) -> int:
    """Return the line of the text that the case came to last, from 1; 0 where it came to none."""
    parts = [part for entry in entries if isinstance(entry, Answer) for part in entry.parts]
    return next((part.place for part in reversed(parts) if part.place), 0)


@dataclass(frozen=True, slots=True)
class Answers:
    """A question, and what becomes of each of its answers."""

    label: str
    words: str
    place: int
    answers: tuple[Answered, ...]


def answers_of(release: Release, walk: Walk) -> tuple[Answers, ...]:
    """Return the questions of a document in their order, each with what becomes of its answers."""
    found: list[Answers] = []
    for label in dict.fromkeys(answer.question for answer in walk.answers):
        line = release.routine.line(label)
        text = getattr(line.instruction, "text", None) if line is not None else None
        words = text or (release.document.slice(line.span) if line is not None else "")
        place = release.document.position(line.span.start)[0] if line is not None else 0
        given = tuple(answer for answer in walk.answers if answer.question == label)
        found.append(Answers(label, " ".join(words.split()), place, given))
    return tuple(sorted(found, key=lambda one: one.place))


def waiting_of(sandbox: Sandbox) -> Waiting | None:
    """Return the call that waits for the tester; None where none does."""
    asks = sandbox.asks
    if asks is None:
        return None
    given = tuple((name, str(value)) for name, value in asks.arguments.items())
    return Waiting(asks.function, given, asks.why, fields_of(sandbox.release, asks.function))


def silence_of(sandbox: Sandbox) -> str:
    """Return what silence leads to next, in words; empty where it leads to nothing."""
    due = sandbox.due() if sandbox.asks is None else None
    return f"{_lasting(due[1])} of silence: {SILENCE[due[0]]}" if due is not None else ""


def _lasting(time: timedelta) -> str:
    seconds = max(int(time.total_seconds()), 0)
    for unit, of in (("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * of:
            return f"{seconds // of} {unit}"
    return f"{seconds} seconds"


def facts_of(release: Release) -> Sequence[tuple[str, str]]:
    """Return the facts that a human may settle, each with the document's words for it."""
    return facts_to_settle(release.routine)


def choices_with_words(release: Release) -> list[tuple[str, str]]:
    """Return what a message can be said to mean: what examples can be written for, and what people say anywhere."""
    own = [(choice, meaning(release, choice)) for choice, _ in choices_of(release)]
    everywhere = [(choice, meaning(release, choice)) for choice in SAID_ANYWHERE]
    return [*everywhere[:2], *(one for one in own if one[0] != OFF_TOPIC), *everywhere[2:], (OFF_TOPIC, ELSE)]
