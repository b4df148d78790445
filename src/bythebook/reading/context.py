"""What a clause is read against: the release, the menu of this moment, and what the head made of its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.engine.choice import ROUTINE
from bythebook.engine.menu import Menu
from bythebook.reading import certainty, position
from bythebook.reading.common import listed, stem
from bythebook.reading.head import Ranked
from bythebook.reading.knowledge import Knowledge
from bythebook.reading.matching import Match
from bythebook.reading.moves import Told
from bythebook.reading.terms import Kind, Mention
from bythebook.reading.text import Clause
from bythebook.routine.model import QuestionKind

_LEAVING_OUT: Final = listed(
    """
    cancel cancels cancelled canceled cancelling canceling remove removed removing drop dropped dropping stop stopped
    stopping change changed changing switch switched switching move moved moving replace replaced replacing leave
    leaving end ended terminate terminated quit close closed return returned
    """
)
"""Verbs by which something else is left out, where they are not what the routine is for."""


_AND_THAT: Final = re.compile(r"^(?:and|or|what about|how about|then)\b")
"""How a question goes on to the next of what was listed ("and the first one?")."""


class Context:
    """One message's reading: what does not change from clause to clause."""

    def __init__(self, knows: Knowledge, menu: Menu, parts: Sequence[Clause] = ()) -> None:
        self.knows = knows
        self.menu = menu
        self.mode = "encoded" if knows.encoded else "lexical"
        self.siblings = tuple(sibling.choice for sibling in knows.terms.siblings)
        self._alone = len(parts) < 2 or not any(part.question for part in parts)
        self.only = len(parts) < 2
        self.speaks_of_ours = any(knows.names_subject(part.plain) for part in parts)
        self._matches: dict[str, Match] = {}
        self._told_by_words = knows.alone or bool(menu.wanted) or menu.pending_kind is QuestionKind.OPEN
        self._told: dict[str, Told | None] = {}
        self._mentions: dict[tuple[str, ...], tuple[Mention, ...]] = {}
        self.named = frozenset(m.choice for part in parts for m in self.mentions(part) if m.kind is not Kind.FOREIGN)

    @property
    def opening(self) -> bool:
        """Whether nothing was asked yet, or all is over."""
        return self.menu.situation.pending is None or self.menu.situation.closed

    @property
    def offered(self) -> tuple[str, ...]:
        """The choices that lie before the customer: an offer's, else the pending question's."""
        return self.menu.situation.offer or self.menu.options

    def option_named(self, core: str) -> str | None:
        """Return the answer of the pending question that is said by its whole name, also where the article has a
        heading of that name."""
        named = [one.choice for one in self.knows.terms.siblings if self.knows.core(one.name) == core]
        return next((choice for choice in named if choice in self.offered), None)

    def mentions(self, clause: Clause) -> tuple[Mention, ...]:
        """Return what a clause names of the document, by its name or by its place among what was asked about."""
        found = self._mentions.get(clause.words)
        if found is None:
            found = self._mentions[clause.words] = self._find(clause)
        return found

    def _find(self, clause: Clause) -> tuple[Mention, ...]:
        terms = position.beside(clause.words, self.knows.terms.find(clause.words), self.offered)
        terms = self.knows.terms.clipped(clause.words, terms, self.menu.options)
        placed = position.places(clause.words, self._places(clause), alone=self._alone)
        free = [m for m in placed if not any(t.start < m.end and m.start < t.end for t in terms)]
        return tuple(sorted((*terms, *free), key=lambda mention: mention.start))

    def _places(self, clause: Clause) -> tuple[str, ...]:
        """The answers that have places: those of the offer, of the question that waits, or of the one before."""
        offer = self.menu.situation.offer
        waiting = offer if len(offer) > 1 else self.menu.options
        if waiting or not self.menu.situation.current or (clause.question and not _AND_THAT.match(clause.plain)):
            return waiting
        return self.siblings if len(clause.plain.split()) <= position.FEW_WORDS else ()

    @property
    def way_to_it(self) -> str:
        """What "how do I get it?" means here: the routine's matter at the opening, later the article's word (R4)."""
        return ROUTINE if self.opening else max(self.knows.how_to_get, default=ROUTINE)

    def match(self, plain: str) -> Match:
        """Return what the head makes of a clause; worked out once."""
        found = self._matches.get(plain)
        if found is None:
            found = self._matches[plain] = self.knows.match(plain)
        return found

    def told(self, plain: str) -> Told | None:
        """Return what a clause does, worked out once; None where words alone tell: any may be an answer."""
        if self._told_by_words:
            return None
        if plain not in self._told:
            self._told[plain] = self.knows.told(plain)
        return self._told[plain]

    def topic(self, plain: str) -> Ranked | None:
        """Return the likeliest question of the article, or line asked for, when it is near at all."""
        best = self.match(plain).best("article", "line")
        return best if best is not None and best.nearness >= certainty.NEAR_MIN[self.mode] else None

    def words_of(self, clause: Clause) -> tuple[str, ...]:
        """Return a clause's words, what the routine itself does in them being no wish to be without something.

        Where flights are cancelled, "cancel it and give me credits" leaves no credits out.
        """
        own = self.knows.deeds
        return tuple("do" if word in _LEAVING_OUT and stem(word) in own else word for word in clause.words)

    def is_ours(self, plain: str) -> bool:
        """Whether the head finds a clause near the routine's own words, and no other text nearer."""
        best = next((one for one in self.match(plain).ranked if self.menu.has(one.choice)), None)
        ours = best is not None and (best.choice == ROUTINE or best.choice.startswith("step:"))
        return ours and best is not None and best.assurance >= certainty.NEAR_MIN[self.mode]

    @property
    def answer_min(self) -> float:
        return certainty.ANSWER_MIN[self.mode]

    @property
    def act_min(self) -> float:
        return certainty.ACT_MIN[self.mode]

    @property
    def ask_min(self) -> float:
        return certainty.ASK_MIN[self.mode]
