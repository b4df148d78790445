"""What is to be tidied in an author's examples: too few of them, the same text twice, names that collide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bythebook.engine.choice import LANGUAGE_PREFIX, OFF_TOPIC, ROUTINE, article_choice, line_choice, step_choice
from bythebook.engine.menu import sayable
from bythebook.reading.matching import core
from bythebook.reading.terms import NAME_WORDS_MAX
from bythebook.reading.text import one_clause
from bythebook.routine.model import ConditionKind
from bythebook.routine.wording import Release

EXAMPLES_MIN: Final = 5
"""Examples that a choice should have: the first few teach the most (docs/reader.md)."""


@dataclass(frozen=True, slots=True)
class Thin:
    """A choice with few examples, and what to write."""

    choice: str
    count: int
    advice: str


@dataclass(frozen=True, slots=True)
class Twice:
    """A text that stands under several choices, or more than once under one."""

    text: str
    choices: tuple[str, ...]

    @property
    def contradicts(self) -> bool:
        """Whether it is said to mean two things."""
        return len(set(self.choices)) > 1


@dataclass(frozen=True, slots=True)
class Collision:
    """A name that customers have for two things."""

    name: str
    things: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Untidy:
    """All that is to be tidied."""

    thin: tuple[Thin, ...]
    twice: tuple[Twice, ...]
    collisions: tuple[Collision, ...]


def look_over(release: Release) -> Untidy:
    """Return what is to be tidied in a release's examples and glossary."""
    return Untidy(tuple(_thin(release)), tuple(_twice(release)), tuple(_collisions(release)))


def choices_of(release: Release) -> tuple[tuple[str, str], ...]:
    """Return the choices that examples can be written for, each with what to write of it."""
    routine = release.routine
    rows: list[tuple[str, str]] = []
    rows.append((ROUTINE, f'write how customers say that they come for "{release.titled}", and no more yet'))
    for label, condition in sayable(routine):
        if routine.step(label) is None:
            continue
        asked = condition.kind is ConditionKind.ANSWER
        how = "answer that, and say so without being asked" if asked else "report it"
        rows.append((step_choice(label), f"write how customers {how}: {condition.text}"))
    rows += [
        (article_choice(topic.number), f'write how customers ask: "{topic.question}"')
        for topic in routine.article.topics
    ]
    rows += [
        (line_choice(link.line), f'write how customers ask for it: "{link.words}"')
        for link in release.wording.links
        if link.line is not None
    ]
    rows.append(
        (OFF_TOPIC, "write what people ask you that this document does not cover; names of other products too")
    )
    return tuple(dict(reversed(rows)).items())[::-1]


def _thin(release: Release) -> Iterator[Thin]:
    for choice, advice in choices_of(release):
        count = len(dict.fromkeys(release.examples.by_choice.get(choice, ())))
        if count < EXAMPLES_MIN:
            yield Thin(choice, count, advice)


def _twice(release: Release) -> Iterator[Twice]:
    places: dict[str, list[tuple[str, str]]] = {}
    for choice, texts in release.examples.by_choice.items():
        if not choice.startswith(LANGUAGE_PREFIX):
            for text in texts:
                places.setdefault(core(text) or text, []).append((choice, text))
    for found in places.values():
        if len(found) > 1:
            yield Twice(found[0][1], tuple(choice for choice, _ in found))


def _collisions(release: Release) -> Iterator[Collision]:
    names: dict[str, dict[str, None]] = {}
    spelled: dict[str, str] = {}

    def add(name: str, thing: str) -> None:
        key = " ".join(one_clause(name, str).words)
        spelled.setdefault(key, name)
        names.setdefault(key, {})[thing] = None

    for term, nicknames in release.examples.glossary.items():
        for name in (term, *nicknames):
            add(name, f'"{term}"')
    for name in release.examples.by_choice.get(OFF_TOPIC, ()):
        if len(name.split()) <= NAME_WORDS_MAX and not name.endswith("?"):
            add(name, OFF_TOPIC)
    for key, things in names.items():
        if key and len(things) > 1:
            yield Collision(spelled[key], tuple(things))
