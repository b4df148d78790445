"""How an author's examples are read: as they stand, and each as if its author had not thought of it (leave one out).

The second is what a customer meets who says something like it. One example of every choice is left out at a time,
which is nearly leave-one-out, and faster by as many times as a document has choices; what is then taken for another
choice is read once more with nothing left out but itself, so that what is reported holds exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from bythebook.engine.choice import LANGUAGE_PREFIX, OFF_TOPIC
from bythebook.engine.menu import Situation, build_menu
from bythebook.engine.situation import situation_after
from bythebook.reading.candidates import candidates
from bythebook.reading.encoder import Encoder, Remembering
from bythebook.reading.likeness import Likeness
from bythebook.reading.local import build_reader
from bythebook.reading.matching import core
from bythebook.reading.port import Reader, Reading
from bythebook.reading.terms import NAME_WORDS_MAX
from bythebook.reading.with_slots import SlotReader
from bythebook.routine.model import ConditionKind, QuestionKind
from bythebook.routine.wording import Examples, Release

ROUNDS_MAX: Final = 60
"""How many times a reader is built anew; a choice with more examples has several left out at a time."""

_ACTS: Final = "act:"


class Heard(Enum):
    """What became of an example."""

    RIGHT = "right"
    ASKED = "asked about"
    """The reader is unsure, and would ask about the right choice among others."""

    LOST = "not understood"
    OTHER = "taken for another"


@dataclass(frozen=True, slots=True)
class Tried:
    """One example, and how it is read."""

    choice: str
    text: str
    heard: Heard
    found: tuple[str, ...]
    """The choices that it is read as, the surest first."""

    near: str = ""
    """The text of the first of these that it is most like."""


@dataclass(frozen=True, slots=True)
class Practice:
    """How all examples are read."""

    as_written: tuple[Tried, ...]
    left_out: tuple[Tried, ...]
    """Names of what is not the document's, and texts for languages, are not tried: they are known by heart."""


def practise(release: Release, encoder: Encoder | None) -> Practice:
    """Read every example of a release as it stands, and left out."""
    remembering = Remembering(encoder) if encoder is not None else None

    def reader_of(examples: Examples) -> Reader:
        return SlotReader(build_reader(replace(release, examples=examples), remembering))

    whole = reader_of(release.examples)
    as_written = tuple(_tried(release, whole, choice, text) for choice, text in _texts(release.examples))
    found = [_confirmed(release, reader_of, tried) for tried in _in_rounds(release, reader_of)]
    nearest = _Nearest(release, remembering)
    return Practice(tuple(map(nearest.told, as_written)), tuple(map(nearest.told, found)))


def situations_for(release: Release, choice: str) -> tuple[Situation, ...]:
    """Return where a customer is likely to say something of a choice: after its question, and at the opening.

    A question of the article may be the routine's own matter at the opening (R4), and is itself after a question.
    """
    kind, _, label = choice.partition(":")
    routine, opening = release.routine, Situation()
    step = routine.step(label) if kind == "step" else None
    condition = step.condition if step is not None else None
    if condition is not None and condition.kind is ConditionKind.ANSWER and condition.question is not None:
        return situation_after(routine, condition.question), opening
    asking = next(iter(routine.questions(QuestionKind.WHICH)), None)
    return (opening, situation_after(routine, asking.label)) if kind == "article" and asking else (opening,)


def _texts(examples: Examples) -> Iterator[tuple[str, str]]:
    for choice, texts in examples.by_choice.items():
        if not choice.startswith(LANGUAGE_PREFIX):
            yield from ((choice, text) for text in dict.fromkeys(texts))


def _can_be_left_out(choice: str, text: str) -> bool:
    """Whether something like it may be said in other words: a name ("Claude") is known, or it is not."""
    return choice != OFF_TOPIC or len(text.split()) > NAME_WORDS_MAX or text.endswith("?")


def _in_rounds(release: Release, reader_of: Callable[[Examples], Reader]) -> Iterator[Tried]:
    by_choice: dict[str, list[str]] = {}
    for choice, text in _texts(release.examples):
        if _can_be_left_out(choice, text):
            by_choice.setdefault(choice, []).append(text)
    rounds = min(max(map(len, by_choice.values()), default=0), ROUNDS_MAX)
    for turn in range(rounds):
        out = {choice: frozenset(texts[turn::rounds]) for choice, texts in by_choice.items()}
        reader = reader_of(_without(release.examples, out))
        for choice, texts in out.items():
            yield from (_tried(release, reader, choice, text) for text in by_choice[choice] if text in texts)


def _confirmed(release: Release, reader_of: Callable[[Examples], Reader], tried: Tried) -> Tried:
    if tried.heard is not Heard.OTHER:
        return tried
    alone = reader_of(_without(release.examples, {tried.choice: frozenset((tried.text,))}))
    return _tried(release, alone, tried.choice, tried.text)


def _without(examples: Examples, out: Mapping[str, frozenset[str]]) -> Examples:
    kept = {
        choice: tuple(text for text in texts if text not in out.get(choice, frozenset()))
        for choice, texts in examples.by_choice.items()
    }
    return replace(examples, by_choice=kept)


def _tried(release: Release, reader: Reader, choice: str, text: str) -> Tried:
    """Return how a text is read, where it is read best."""
    tries = []
    for situation in situations_for(release, choice):
        reading = reader.read(text, build_menu(release, situation))
        found = tuple(one.id for one in sorted(reading.choices, key=lambda one: -one.confidence))
        tries.append(Tried(choice, text, _heard(reading, choice), found))
        if tries[-1].heard is Heard.RIGHT:
            break
    return min(tries, key=lambda tried: list(Heard).index(tried.heard))


def _heard(reading: Reading, choice: str) -> Heard:
    meant = [one.id for one in reading.choices]
    if choice in meant:
        return Heard.ASKED if reading.unsure else Heard.RIGHT
    others = [one for one in meant if not one.startswith(_ACTS)]
    return Heard.LOST if reading.unsure or not others else Heard.OTHER


class _Nearest:
    """Which text of another choice an example is most like: what its author compares it with."""

    def __init__(self, release: Release, encoder: Encoder | None) -> None:
        self._texts = candidates(release)
        self._likeness = Likeness([core(text.text) for text in self._texts], encoder)

    def told(self, tried: Tried) -> Tried:
        if tried.heard is not Heard.OTHER:
            return tried
        wrong = next((one for one in tried.found if not one.startswith(_ACTS)), tried.found[0])
        likeness, _ = self._likeness.to(core(tried.text))
        rows = [at for at, text in enumerate(self._texts) if text.choice == wrong]
        near = self._texts[max(rows, key=lambda at: float(likeness[at]))].text if rows else ""
        return replace(tried, found=(wrong, *(one for one in tried.found if one != wrong)), near=near)
