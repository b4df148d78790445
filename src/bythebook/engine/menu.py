"""The closed menu: everything a message can mean at this point of a case, each tied to its line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bythebook.engine.choice import (
    ABSENT,
    ACTS,
    LANGUAGE_PREFIX,
    OTHERS,
    ROUTINE,
    Choice,
    article_choice,
    document_choice,
    line_choice,
    slot_choice,
    step_choice,
)
from bythebook.engine.conditions import walked
from bythebook.engine.outcome import plain
from bythebook.routine.model import Collect, Condition, Line, QuestionKind, Routine, Slot, Step
from bythebook.routine.wording import Release

MENUS_KEPT: Final = 256
"""So many menus are remembered: the same moment comes again and again."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Where the case stands when a message is read: all that may colour its meaning."""

    pending: str | None = None
    """The label of the question that waits for an answer; None at the opening."""

    offer: tuple[str, ...] = ()
    """The choices of an offer lying over the question ("did you mean A or B?", "a human?")."""

    current: tuple[str, ...] = ()
    """The labels of the conditional steps said last, which a correction is relative to."""

    said: tuple[str, ...] = ()
    """The labels of all lines said so far in the case."""

    closed: bool = False
    """The case is resolved: only a need means anything."""

    given: tuple[str, ...] = ()
    """The names of the values that the case knows."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One choice of the menu, with the words of the document that it stands for."""

    id: str
    label: str
    """The line it is tied to (`2`, `2e`, `article:3`), or empty for acts and others."""

    words: str
    """The document's own words: a condition, a question of the article, the words of a link, a title."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The entries, and the situation in which they are offered."""

    entries: tuple[Entry, ...]
    situation: Situation
    pending_kind: QuestionKind | None
    options: tuple[str, ...]
    """The step choices that the pending question asks about, in its order; empty when it is no which-question."""

    wanted: tuple[Slot, ...] = ()
    """The slots that the pending question asks for."""

    known: tuple[Slot, ...] = ()
    """The other slots of the routine: taken when a message gives them unmistakably."""

    def has(self, choice: str) -> bool:
        """Whether the id is on the menu (a language is, whatever its code)."""
        return choice.startswith(LANGUAGE_PREFIX) or any(entry.id == choice for entry in self.entries)

    def keep(self, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """Return the choices that are on the menu, each once: whatever a reader claims, nothing else counts."""
        seen: dict[str, Choice] = {}
        for choice in choices:
            if self.has(choice.id):
                seen.setdefault(choice.id, choice)
        return tuple(seen.values())


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A release as a key: itself, and no other that is equal."""

    release: Release

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.release is self.release

    def __hash__(self) -> int:
        return id(self.release)


def build_menu(release: Release, situation: Situation) -> Menu:
    """Return the menu of this situation. Everything can be said at any time; the situation colours it."""
    return _menu(_Same(release), situation)


@lru_cache(MENUS_KEPT)
def _menu(same: _Same, situation: Situation) -> Menu:
    release = same.release
    routine = release.routine
    steps = (Entry(step_choice(label), label, condition.text) for label, condition in sayable(routine))
    topics = (
        Entry(article_choice(topic.number), article_choice(topic.number), topic.question)
        for topic in routine.article.topics
    )
    links = (
        Entry(line_choice(link.line), link.line, link.words)
        for link in release.wording.links
        if link.line is not None
    )
    question = routine.line(situation.pending) if situation.pending else None
    wanted = _left(slots_of(question), situation.given) if question is not None else ()
    others = (*ACTS, *OTHERS, *(ABSENT if wanted else ()))
    fixed = (Entry(choice, "", choice.partition(":")[2]) for choice in others)
    slots = {slot.name: slot for line in routine.lines for slot in slots_of(line)}
    values = (Entry(slot_choice(name), "", slot.words) for name, slot in slots.items())
    documents = (Entry(document_choice(card.name), "", card.title) for card in release.others)
    own = Entry(ROUTINE, "", routine.article.title)
    entries = (own, *steps, *topics, *links, *values, *documents, *fixed)
    ask = question.instruction if question else None
    kind = getattr(ask, "kind", None)
    answers: tuple[str, ...] = getattr(ask, "answers", ())
    known = tuple(slot for slot in slots.values() if slot not in wanted)
    return Menu(entries, situation, kind, tuple(step_choice(label) for label in answers), wanted, known)


def _left(slots: tuple[Slot, ...], given: tuple[str, ...]) -> tuple[Slot, ...]:
    """Return the values that a question still waits for; all of them where it is put again for a change."""
    names = {plain(name) for name in given}
    left = tuple(slot for slot in slots if plain(slot.name) not in names)
    return left or slots


def sayable(routine: Routine) -> tuple[tuple[str, Condition], ...]:
    """Return the conditions that a customer's words can meet, of steps and lines, by label in document order."""
    found: dict[str, Condition] = {}
    for step in routine.steps:
        holders: tuple[Step | Line, ...] = (step, *step.lines)
        for holder in holders:
            if holder.condition is not None:
                found[holder.label] = holder.condition
    return tuple(
        (label, condition) for label, condition in found.items() if not (walked(condition) or condition.by_person)
    )


def slots_of(line: Line) -> tuple[Slot, ...]:
    """Return the slots that a line asks for."""
    return line.instruction.slots if isinstance(line.instruction, Collect) else ()
