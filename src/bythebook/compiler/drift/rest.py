"""Whether a text rests on a sentence: a figure from the terms they share, with the evidence in words.

The figure is the share of the text's own terms, by weight, that the sentence has. Sentences are taken greedily, the
best first, each for the terms that no better one has; one that gives too little is none that the text rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from bythebook.compiler.drift.sentences import Sentence
from bythebook.compiler.terms import Rarity, Term, TermKind, terms_of, words_of, words_with_places

REST_MIN: Final = 0.4
"""The figure from which a text rests on a sentence by its words alone."""

MORE_MIN: Final = 0.2
"""What a further sentence must give, of the text's terms, to be one that it rests on as well."""

TERMS_MIN: Final = 2
"""Terms that must be shared, unless one is an address, or no other sentence has it."""

LONE_MIN: Final = 0.2
"""The share of a text's terms that one term must be which a single sentence has, where nothing better ties it."""

RUN_MIN: Final = 4
"""Words in a row that are shown as quoted from the sentence."""


@dataclass(frozen=True, slots=True)
class Rest:
    """That a text rests on a sentence, how much, and by which terms."""

    sentence: int
    """The sentence's place among those that were compared."""

    figure: float
    """The share of the text's terms that the sentence has, 0 to 1."""

    shared: tuple[Term, ...]
    """The terms that the text owes to this sentence, as they stand in the sentence."""


class Ground:
    """The sentences that texts are compared with."""

    def __init__(self, sentences: Sequence[Sentence], rarity: Rarity) -> None:
        self.sentences = tuple(sentences)
        self.terms = tuple(terms_of(sentence.text) for sentence in sentences)
        self._keys = tuple(frozenset(term.key for term in terms) for terms in self.terms)
        self._rarity = rarity

    def under(self, text: str, *, lone: bool) -> tuple[Rest, ...]:
        """Return the sentences that a text rests on, the best first; with `lone`, by a single rare term too."""
        own = {term.key: term for term in terms_of(text)}
        whole = self._rarity.sum(own.values())
        left = set(own)
        found: list[Rest] = []
        while left:
            figures = [self._rarity.sum(own[key] for key in left & keys) / whole for keys in self._keys]
            enough = [at for at, figure in enumerate(figures) if self._enough(at, figure, left, own, first=not found)]
            if not enough:
                break
            best = max(enough, key=lambda at: (self._whole(at, left), figures[at], -at))
            shared = tuple(term for term in self.terms[best] if term.key in left)
            full = self._rarity.sum(own[key] for key in own.keys() & self._keys[best]) / whole
            found.append(Rest(best, full, shared))
            left -= self._keys[best]
        return tuple(found or (self._lone(own, whole) if lone else ()))

    def _lone(self, own: dict[str, Term], whole: float) -> Iterator[Rest]:
        """Return the sentence that alone speaks of something the text speaks of."""
        for key, term in own.items():
            having = [at for at, keys in enumerate(self._keys) if key in keys]
            figure = self._rarity.of(term) / whole
            if len(having) == 1 and figure >= LONE_MIN and not self.sentences[having[0]].is_question:
                yield Rest(having[0], figure, tuple(one for one in self.terms[having[0]] if one.key == key))

    def _enough(self, at: int, figure: float, left: set[str], own: dict[str, Term], *, first: bool) -> bool:
        keys = left & self._keys[at]
        if any(own[key].kind is TermKind.ADDRESS for key in keys):
            return True
        return self._whole(at, left) or (len(keys) >= TERMS_MIN and figure >= (REST_MIN if first else MORE_MIN))

    def _whole(self, at: int, left: set[str]) -> bool:
        """Whether all of a sentence is said: a short one ("Billing email") in a line that says much more."""
        keys = self._keys[at]
        return len(keys) >= TERMS_MIN and keys <= left and not self.sentences[at].is_question


def longest_run(first: str, second: str) -> str:
    """Return the longest row of words that two texts have in common, as the first writes it; empty when short."""
    here, there = words_with_places(first), words_of(second)
    matcher = SequenceMatcher(None, [word for word, _, _ in here], there, autojunk=False)
    match = matcher.find_longest_match(0, len(here), 0, len(there))
    if match.size < RUN_MIN:
        return ""
    return first[here[match.a][1] : here[match.a + match.size - 1][2]]
