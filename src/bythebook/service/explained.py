"""Why each thing happened in a case, in plain words: what `proof.reasons` finds, as a support lead reads it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.engine.choice import HUMAN as WANTS_HUMAN
from bythebook.engine.event import Asked, AssistantSaid, Event, FunctionCalled, MessageRead, Offered
from bythebook.engine.words import choice_words
from bythebook.routine.wording import Release
from bythebook.service.log_words import in_plain_words
from bythebook.service.proof import ReleaseOf, reasons

MEANINGS: Final = {
    "routine": "the matter of this document",
    "act:affirm": "yes",
    "act:deny": "no",
    "act:thanks": "thanks",
    "act:goodbye": "goodbye",
    "act:greeting": "a greeting",
    WANTS_HUMAN: "a person is wanted",
    "act:complaint": "a complaint",
    "act:repeat": "say it again",
    "other:off_topic": "something this document is not about",
    "other:unclear": "nothing that can be told",
    "other:injection": "orders to the assistant",
    "other:health_information": "health information",
    "other:neither": "neither of the answers",
    "other:request_status": "a request that nobody here can see",
    "other:not_given": "what was asked for is not there",
    "other:withheld": "what was asked for is kept back",
}
"""What choices mean that name no place of the document."""

_SURE: Final = re.compile(r"(?P<choice>\S+:\S+|routine) (?P<sure>[01]\.\d\d)(?P<rest>, a correction)?")
_STEP: Final = re.compile(r"step (?P<step>\S+): (?P<words>.+)", re.DOTALL)
_READER: Final = re.compile(r"read by (?P<reader>.+)", re.DOTALL)
READERS: Final = {"local": "the local reader", "lexicon": "the lexicon"}


@dataclass(frozen=True, slots=True)
class Guess:
    """One thing that a message was read as."""

    choice: str
    words: str
    per_cent: int


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened, told."""

    version: int
    who: str
    what: str
    line: str
    place: int
    """The line of the document's text, from 1; 0 where it is not of the document."""

    document: str
    why: tuple[str, ...]
    guesses: tuple[Guess, ...] = ()
    unsure: bool = False
    said: bool = False
    """The customer got it from the assistant."""


def told(release_of: ReleaseOf, release: Release, events: Sequence[Event]) -> Iterator[Told]:
    """Yield what happened in a case, in order, each with what it rests on."""
    function = ""
    for reason in reasons(release_of, events):
        event = events[reason.version - 1]
        function = event.function if isinstance(event, FunctionCalled) else function
        what = in_plain_words(release, event, function)
        if what == "":
            continue
        read = isinstance(event, MessageRead)
        guesses: tuple[Guess, ...] = ()
        if isinstance(event, MessageRead):
            ordered = sorted(event.choices, key=lambda choice: -choice.confidence)
            guesses = tuple(Guess(one.id, meaning(release, one.id), round(100 * one.confidence)) for one in ordered)
        why = tuple(dict.fromkeys(plain(release, one) for one in reason.why))
        yield Told(
            reason.version,
            reason.who,
            reason.what if what is None else what,
            reason.line,
            reason.place,
            " ".join(reason.document.split()),
            why,
            guesses,
            read and (_is_unsure(event) or not guesses),
            isinstance(event, AssistantSaid | Asked | Offered),
        )


def _is_unsure(event: Event) -> bool:
    return isinstance(event, MessageRead) and event.unsure


def meaning(release: Release, choice: str) -> str:
    """Return what a choice means, in the document's words where it has any."""
    words = choice_words(release, choice)
    if words:
        return f"“{words}”"
    if choice in MEANINGS:
        return MEANINGS[choice]
    kind, _, name = choice.partition(":")
    if kind == "slot":
        return f"a value for {name.replace('_', ' ')}"
    if choice.startswith("other:language:"):
        return f"another language ({name.rpartition(':')[2]})"
    return choice


def plain(release: Release, why: str) -> str:
    """Return a reason of the log in plain words; as it is where there are no plainer ones."""
    if match := _SURE.fullmatch(why):
        mark = ", as a correction" if match["rest"] else ""
        return f"the customer meant {meaning(release, match['choice'])}{mark} ({_per_cent(match['sure'])} sure)"
    if match := _STEP.fullmatch(why):
        return f"step {match['step']} is for this: {' '.join(match['words'].split())}"
    if match := _READER.fullmatch(why):
        return f"read by {READERS.get(match['reader'], match['reader'])}"
    return why


def _per_cent(sure: str) -> str:
    return f"{round(100 * float(sure))} %"
