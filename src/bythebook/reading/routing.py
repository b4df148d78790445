"""Which document a message is about, where several are loaded: read at the reception, and beside every document.

One head is fitted over the words of all documents (titles, questions, conditions, examples, steps, functions), so
that they compete: what a document's own reader takes for its own may be nearer to another's. A document is certain
when it is probable and near by the measures of every reader here; two that are close are asked about.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from bythebook.engine.choice import (
    AFFIRM,
    COMPLAINT,
    DENY,
    GOODBYE,
    GREETING,
    HEALTH_INFORMATION,
    HUMAN,
    INJECTION,
    LANGUAGE_PREFIX,
    NEITHER,
    THANKS,
    UNCLEAR,
    Choice,
    document_choice,
)
from bythebook.engine.menu import Menu
from bythebook.reading import certainty as c
from bythebook.reading.common import content_words, stem
from bythebook.reading.encoder import Encoder
from bythebook.reading.head import Ranked
from bythebook.reading.knowledge import Knowledge
from bythebook.reading.local import LocalReader
from bythebook.reading.matching import Match
from bythebook.reading.port import Reading
from bythebook.reading.text import clauses, level, one_clause
from bythebook.routine.wording import Release

CLAUSE_WORDS_MIN: Final = 3
"""Words of a clause that tells by itself what a message is about."""

ACT_MIN: Final = 0.62
"""Probability from which a document is taken without asking: less than a routine needs to act, for going to a
document does nothing yet, and what it says first shows which one it is."""

ASK_MIN: Final = 0.2
"""Probability from which a document is worth asking about: a question at the reception costs little."""

TITLE_STEMS_MIN: Final = 2
"""Words that carry meaning of a title that a message can be said to name."""

BESIDE: Final = (INJECTION, HEALTH_INFORMATION, HUMAN, COMPLAINT, GREETING, THANKS, GOODBYE, AFFIRM, DENY, NEITHER)
"""What a message may hold beside the matter of a document."""

_DOCUMENT: Final = "document"


@dataclass(frozen=True, slots=True)
class Route:
    """A document that the message is about, and the words that told it."""

    choice: str
    confidence: float
    words: str
    """The clause, or the whole message, in plain words."""


@dataclass(frozen=True, slots=True)
class Routes:
    """What the documents' words make of a message."""

    sure: tuple[Route, ...] = ()
    """The documents it is about; several when several are meant."""

    close: tuple[Route, ...] = ()
    """Where none is sure: those that it may be about, the likeliest first."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet on which routes are collected, each document's surest."""

    sure: dict[str, Route] = field(default_factory=dict)
    close: dict[str, Route] = field(default_factory=dict)

    def take(self, route: Route, *, sure: bool) -> None:
        table = self.sure if sure else self.close
        before = table.get(route.choice)
        if before is None or before.confidence < route.confidence:
            table[route.choice] = route


class Router:
    """The reader of the reception: implements the Reader port, and tells other readers what is not theirs."""

    def __init__(self, reception: Release, encoder: Encoder | None) -> None:
        self._knows = Knowledge(reception, encoder)
        self._base = LocalReader(self._knows)
        self._mode = "encoded" if encoder is not None else "lexical"
        self._titles = {
            document_choice(card.name): frozenset(_stems(one_clause(card.title, str).plain))
            for card in reception.others
        }

    @property
    def name(self) -> str:
        return self._base.name

    def read(self, text: str, menu: Menu) -> Reading:
        """Return the document that the message is about, beside whatever else it says."""
        base = self._base.read(text, menu)
        if is_beyond(base):
            return base
        named = () if base.unsure else tuple(_named(base))
        routes = Routes(sure=named) if named else self.routes(text)
        beside = () if base.unsure else tuple(found for found in base.choices if found.id in BESIDE)
        if routes.sure:
            return self._reading(menu, (*beside, *_choices(routes.sure)), unsure=False)
        if HUMAN in {found.id for found in beside}:
            return self._reading(menu, beside, unsure=False)
        if routes.close:
            return self._reading(menu, _choices(routes.close[:2]), unsure=True)
        rest = tuple(found for found in base.choices if found.kind in ("act", "other"))
        return self._reading(menu, rest, unsure=base.unsure)

    def routes(self, text: str) -> Routes:
        """Return the documents that a message is about, by the message as a whole and clause by clause."""
        parts = clauses(level(text), self._knows.speller.mend)
        whole = " ".join(part.plain for part in parts)
        texts = [whole, *(part.plain for part in parts if len(part.plain.split()) >= CLAUSE_WORDS_MIN)]
        found = _Found()
        for words in dict.fromkeys(texts):
            self._judge(words, found)
        if len(found.sure) > 1:
            self._by_clauses(whole, found)
        order = sorted(found.close.values(), key=lambda route: -route.confidence)
        return Routes(tuple(found.sure.values()), () if found.sure else tuple(order))

    def exact(self, text: str) -> str | None:
        """Return the document that has these very words among what its customers say."""
        choice = self._knows.exact.get(self._knows.core(text))
        return choice if choice is not None and choice.startswith(_DOCUMENT) else None

    def _judge(self, words: str, found: _Found) -> None:
        match = self._knows.match(words)
        ranked = [one for one in match.ranked if one.choice.startswith(_DOCUMENT)]
        if not ranked or not self._known(match):
            return
        best = ranked[0]
        if best.probability >= ACT_MIN and best.assurance >= c.NEAR_MIN[self._mode]:
            found.take(Route(best.choice, self._confidence(best, words), words), sure=True)
            return
        for one in ranked[:2]:
            if one.probability >= ASK_MIN and one.nearness >= c.ASK_NEAR_MIN[self._mode]:
                found.take(Route(one.choice, one.probability, words), sure=False)

    def _known(self, match: Match) -> bool:
        return self._mode == "encoded" or match.known >= c.KNOWN_MIN

    def _confidence(self, best: Ranked, words: str) -> float:
        """How sure it is: surer where the message has the words of the title."""
        title = self._titles[best.choice]
        if len(title) >= TITLE_STEMS_MIN and title <= _stems(words):
            return c.TERM
        return min(best.probability, c.RULE)

    def _by_clauses(self, whole: str, found: _Found) -> None:
        """Several are meant only where clauses of their own say so; what the whole alone says is one of them."""
        of_whole = [choice for choice, route in found.sure.items() if route.words == whole]
        if len(of_whole) < len(found.sure):
            for choice in of_whole:
                del found.sure[choice]

    def _reading(self, menu: Menu, choices: tuple[Choice, ...], *, unsure: bool) -> Reading:
        kept = menu.keep(choices)
        return Reading(kept, unsure or not kept, {}, self.name)


def is_beyond(reading: Reading) -> bool:
    """Whether a message is in another language, or nothing that can be read: no words of documents are looked for."""
    ids = {found.id for found in reading.choices}
    return (UNCLEAR in ids and not reading.unsure) or any(one.startswith(LANGUAGE_PREFIX) for one in ids)


def _named(base: Reading) -> list[Route]:
    """The documents that the message names word for word, or points at among those offered."""
    return [
        Route(found.id, found.confidence, "")
        for found in base.choices
        if found.kind == _DOCUMENT and found.confidence >= c.LEXICON
    ]


def _choices(routes: tuple[Route, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(route.choice, route.confidence) for route in routes)


def _stems(plain: str) -> frozenset[str]:
    return frozenset(stem(word) for word in content_words(plain))
