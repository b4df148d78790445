"""What became of each sentence of an article in its new version: difflib over sentences, then over terms.

A sentence is the same when its words are, whatever their marks, and wherever it stands now. Of the rest, those that
share enough terms are old and new of one another (one may have become two, two one); what only stands in the place of
another is said to have replaced it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import Final

from bythebook.compiler.drift.sentences import Sentence
from bythebook.compiler.terms import Rarity, terms_of

ALIKE_MIN: Final = 0.5
"""Share of the shorter sentence's terms, by weight, that two versions of a sentence have in common."""

ALIKE_TERMS_MIN: Final = 2
"""Terms they have in common at the least."""


class Fate(Enum):
    SAME = "same"
    CHANGED = "changed"
    REPLACED = "replaced"
    """Others stand in its place, of which none is it in other words."""

    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence of the old article, and what stands for it in the new one."""

    old: Sentence
    fate: Fate
    new: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """Every sentence of the old article with its fate, and the sentences that are new or have new words."""

    of_old: tuple[Change, ...]
    fresh: tuple[Sentence, ...]

    @property
    def any(self) -> bool:
        return bool(self.fresh) or any(change.fate is not Fate.SAME for change in self.of_old)


def compare(old: Sequence[Sentence], new: Sequence[Sentence]) -> Changes:
    """Return what became of each old sentence."""
    same, beside = _aligned(old, new)
    kept = set(same.values())
    fresh = [at for at in range(len(new)) if at not in kept]
    rarity = Rarity(terms_of(sentence.text) for sentence in (*old, *new))
    alike: dict[int, list[int]] = {}
    for here in range(len(old)):
        if here not in same:
            alike[here] = [there for there in fresh if _alike(old[here], new[there], rarity)]
    taken = {there for found in alike.values() for there in found}
    changes = []
    for here, sentence in enumerate(old):
        if here in same:
            changes.append(Change(sentence, Fate.SAME, (new[same[here]],)))
        elif alike[here]:
            changes.append(Change(sentence, Fate.CHANGED, tuple(new[there] for there in alike[here])))
        else:
            instead = [there for there in beside.get(here, ()) if there not in kept and there not in taken]
            fitting = tuple(new[there] for there in instead if new[there].is_question == sentence.is_question)
            changes.append(Change(sentence, Fate.REPLACED if fitting else Fate.GONE, fitting))
    return Changes(tuple(changes), tuple(new[at] for at in fresh))


def _aligned(old: Sequence[Sentence], new: Sequence[Sentence]) -> tuple[dict[int, int], dict[int, range]]:
    """Return which sentences are the same, by place, and which new ones stand where an old one stood."""
    same: dict[int, int] = {}
    beside: dict[int, range] = {}
    matcher = SequenceMatcher(None, [one.key for one in old], [one.key for one in new], autojunk=False)
    for tag, first, end, start, stop in matcher.get_opcodes():
        if tag == "equal":
            same.update(zip(range(first, end), range(start, stop), strict=True))
        elif tag == "replace":
            beside.update(dict.fromkeys(range(first, end), range(start, stop)))
    # What only moved is the same still.
    left = {new[at].key: at for at in range(len(new) - 1, -1, -1) if at not in set(same.values())}
    for here, sentence in enumerate(old):
        if here not in same and sentence.key in left:
            same[here] = left.pop(sentence.key)
    return same, beside


def _alike(old: Sentence, new: Sentence, rarity: Rarity) -> bool:
    if old.is_question != new.is_question:
        return False
    here, there = terms_of(old.text), terms_of(new.text)
    keys = {term.key for term in there}
    shared = [term for term in here if term.key in keys]
    if len({term.key for term in shared}) < ALIKE_TERMS_MIN:
        return False
    shorter = min(rarity.sum(here), rarity.sum(there))
    return rarity.sum(shared) >= ALIKE_MIN * shorter
