"""A document's reader that knows that there are other documents: what is not its matter may be another's."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from bythebook.engine.choice import HUMAN, INJECTION, OFF_TOPIC, Choice, document_choice
from bythebook.engine.menu import Menu
from bythebook.reading import certainty as c
from bythebook.reading.port import Reader, Reading
from bythebook.reading.routing import CLAUSE_WORDS_MIN, Route, Router, Routes, is_beyond
from bythebook.reading.slot_parts import STORY
from bythebook.reading.text import clauses, level
from bythebook.routine.model import QuestionKind, SlotType

_WISHES: Final = re.compile(
    r"^\W*(?:\w+,? ){0,6}?(?:(?:i|we)(?:'d| would| do| really| also| just| actually| rather)* (?:want|need|like|love"
    r"|prefer|have to|wish|was hoping|am looking|am calling)|i'm (?:calling|looking|here|after)|can (?:i|we|you)"
    r"|could (?:i|we|you)|may (?:i|we)|let's|let us|help me|how (?:do|can|could) (?:i|we))\b",
    re.I,
)
_TURNS: Final = re.compile(
    r"\b(?:actually|instead|rather|never ?mind|changed my mind|(?:something|anything) (?:else|different)|first|forget"
    r"|leave (?:it|that)|drop (?:it|that)|not (?:that|this)|other (?:matter|question|thing)|on second thought)\b",
    re.I,
)

NEEDS: Final = frozenset({"step", "article", "line", "routine"})
VALUES: Final = frozenset({"slot"})


@dataclass(frozen=True, slots=True)
class LibraryReader:
    """Implements the Reader port over a document's own reader."""

    own: Reader
    document: str
    router: Callable[[], Router | None]
    """Who tells the documents apart that are loaded now; None where this one stands alone."""

    @property
    def name(self) -> str:
        return self.own.name

    def read(self, text: str, menu: Menu) -> Reading:
        """Return what the document's own reader reads, or the other document that the message is about."""
        reading = self.own.read(text, menu)
        router = self.router()
        if router is None or _settled(reading) or is_beyond(reading):
            return reading
        routes = router.routes(text)
        named = router.exact(text)
        if named is not None:
            routes = Routes(sure=(Route(named, c.LEXICON, text),))
        sure = tuple(route for route in routes.sure if self._is_other(route, menu))
        if sure:
            return self._elsewhere(reading, text, menu, sure)
        close = tuple(route for route in routes.close if self._is_other(route, menu))
        if not close or len(close) < len(routes.close) or routes.sure or not _lost(reading):
            return reading
        if _expects_words(menu) or len(text.split()) < CLAUSE_WORDS_MIN:
            return reading
        return Reading(tuple(Choice(r.choice, r.confidence) for r in close[:2]), True, {}, reading.reader)

    def _is_other(self, route: Route, menu: Menu) -> bool:
        return route.choice != document_choice(self.document) and menu.has(route.choice)

    def _elsewhere(self, reading: Reading, text: str, menu: Menu, sure: tuple[Route, ...]) -> Reading:
        """The words of another document are in the message: they count unless it has a use here."""
        others = tuple(Choice(route.choice, route.confidence) for route in sure)
        named = tuple(other for other in others if other.confidence >= c.LEXICON)
        values = [found for found in reading.choices if found.kind in VALUES]
        if values or _expects_words(menu):
            free = all(_is_free(menu, found) for found in values)
            if not (free and (named or _asks(text) or _turns(text, menu))):
                return replace(reading, choices=(*reading.choices, *named)) if values else reading
            reading = _without(reading, VALUES)
        if menu.situation.pending is not None and not named and len(text.split()) < CLAUSE_WORDS_MIN:
            return reading  # a short answer is an answer
        needs = [found for found in reading.choices if found.kind in NEEDS]
        if reading.unsure or not needs:
            kept = () if reading.unsure else tuple(f for f in reading.choices if f.id != OFF_TOPIC)
            return Reading((*kept, *others), False, reading.slots, reading.reader)
        rest = self._rest(text, menu, sure)
        if rest is not None:
            return replace(rest, choices=(*rest.choices, *others))
        if any(found.confidence >= c.LEXICON or found.id in menu.options for found in needs):
            return replace(reading, choices=(*reading.choices, *named))
        return Reading((needs[0], others[0]), True, {}, reading.reader)

    def _rest(self, text: str, menu: Menu, sure: tuple[Route, ...]) -> Reading | None:
        """What the other clauses of the message say here, where those about other documents are left out."""
        plain = [part.plain for part in clauses(level(text), str)]
        told = {route.words for route in sure}
        left = [words for words in plain if words not in told]
        if not left or len(left) == len(plain):
            return None
        rest = self.own.read(". ".join(left), menu)
        needed = not rest.unsure and any(found.kind in NEEDS | VALUES for found in rest.choices)
        return rest if needed else None


def _settled(reading: Reading) -> bool:
    """Whether the message is nothing but what people say anywhere: yes, no, thanks, a person please."""
    if reading.unsure or not reading.choices:
        return False
    return all(
        found.id in (HUMAN, INJECTION) or (found.kind == "act" and found.confidence >= c.LEXICON)
        for found in reading.choices
    )


def _lost(reading: Reading) -> bool:
    """Whether the document's own reader makes nothing of it."""
    return not any(found.kind in NEEDS | VALUES for found in reading.choices)


def _expects_words(menu: Menu) -> bool:
    """Whether any words are an answer to what was asked."""
    return menu.pending_kind is QuestionKind.OPEN or any(slot.type is SlotType.TEXT for slot in menu.wanted)


def _is_free(menu: Menu, found: Choice) -> bool:
    """Whether a value was taken for a slot that takes any words."""
    slots = (*menu.wanted, *menu.known)
    return any(slot.name == found.name and slot.type is SlotType.TEXT for slot in slots)


def _without(reading: Reading, kinds: frozenset[str]) -> Reading:
    kept = tuple(found for found in reading.choices if found.kind not in kinds)
    return Reading(kept, reading.unsure or not kept, {}, reading.reader)


def _turns(text: str, menu: Menu) -> bool:
    """Whether a message wishes for something instead of giving what is asked for ("actually I want to book a court").

    Where a story is asked for, a wish may be a part of it: then it must say that it is another one.
    """
    if not _WISHES.search(text):
        return False
    told = any(STORY.search(slot.words) for slot in menu.wanted) or menu.pending_kind is QuestionKind.OPEN
    return not told or bool(_TURNS.search(text))


def _asks(text: str) -> bool:
    return any(part.question for part in clauses(level(text), str))
