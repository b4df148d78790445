"""What the sandbox page shows of a case: what was said, each message with why, what waits for the tester."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bythebook.engine.timer import Timer
from bythebook.engine.walk import known_facts
from bythebook.reading.tidy import choices_of
from bythebook.routine.wording import Release
from bythebook.service.explained import Guess, Told, meaning, told
from bythebook.testing.sandbox import Sandbox
from bythebook.testing.tester import FieldAsked, fields_of

SILENCE = {
    Timer.NUDGE: "the customer is told that nobody hurries them",
    Timer.ABANDON: "the case is taken as left",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the conversation."""

    who: str
    """`customer`, `assistant`, or what else happened: `note`."""

    text: str
    told: Told
    guesses: tuple[Guess, ...] = ()
    """What a customer's message was read as."""

    unsure: bool = False
    reader: str = ""


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
    waiting: list[Entry] = []
    for one in happened:
        if one.who == "customer":
            waiting.append(Entry("customer", one.what, one))
        elif one.who == "reader" and waiting:
            last = waiting.pop()
            reader = one.why[0] if one.why else ""
            yield from waiting
            waiting.clear()
            yield Entry("customer", last.text, last.told, one.guesses, one.unsure, reader)
        else:
            yield from waiting
            waiting.clear()
            yield Entry("assistant" if one.said else "note", one.what, one)
    yield from waiting


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


def facts_of(release: Release) -> Sequence[str]:
    """Return the facts that a human may settle."""
    return known_facts(release.routine)


def choices_with_words(release: Release) -> list[tuple[str, str]]:
    """Return what examples can be written for, each in the document's words."""
    return [(choice, meaning(release, choice)) for choice, _ in choices_of(release)]
