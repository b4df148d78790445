"""The terms of a text: words that carry meaning, numbers, addresses and names, each with its place.

Two texts speak of the same thing as far as they share terms; how much a term tells is how rare it is.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

STEM_MIN: Final = 3
"""Letters that must be left of a word when its ending is taken off."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


class TermKind(Enum):
    WORD = "word"
    NUMBER = "number"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a text: `key` is what it is compared by, `start` and `end` its place."""

    key: str
    kind: TermKind
    start: int
    end: int


WEIGHT: Final[Mapping[TermKind, float]] = {TermKind.WORD: 1.0, TermKind.NUMBER: 1.5, TermKind.ADDRESS: 3.0}
"""How much more a number or an address ties two texts together than a word does."""

_ADDRESS: Final = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[^\s)>\]]+"
_NUMBER: Final = r"[$€£]?\d+(?:[.,:/–-]\d+)*%?"
_WORD: Final = r"[^\W\d_][\w]*(?:['’-][^\W\d_]+)*"
_TERM: Final = re.compile(rf"(?P<address>{_ADDRESS})|(?P<number>{_NUMBER})|(?P<word>{_WORD})")
_ENDINGS: Final = ("ations", "ation", "ings", "ing", "ied", "ies", "ed", "es", "s", "e", "y")
_ABBREVIATION: Final = r"(?<!\b[A-Z])(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)(?<!\bNo)(?<!\bSt)(?<!\bMr)(?<!\bDr)"
_ENDS: Final = re.compile(rf"(?:{_ABBREVIATION}\.|[!?])[\"”’)*]*\s+(?=[\"“‘(*]*[^\Wa-z_])")
_NUMBERS: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER_WORDS: Final = {word: str(number) for number, word in enumerate(_NUMBERS, start=2)}
_SMALL: Final = _set(
    """
    a an the and or nor but if then else of in on at to from for with without by as into onto over under about
    is are was were be been being am do does did done have has had having can could will would shall should may
    might must not no yes we you he she it they us him her them our your his its their this that these those there
    here what which who whom whose when where why how so too also just very than while until since because
    any some all both each every one i i'm i've i'd my me it's we'll we're we've we'd you'll you're you've you'd
    don't doesn't can't won't isn't aren't cannot need needs want wants like please note get gets customer customers
    user users client clients inform tell ask provide provides give gives thank thanks know let case
    assist help anything else today up out off own such more most other another interested
    """
)
"""Words that are evidence of nothing: too small, or any document's."""

LIMITS: Final = _set(
    """
    not no never none cannot can't won't don't doesn't isn't aren't only unless except exception exceptions without
    must required longer until before
    """
)
"""Words that turn or narrow what a sentence says, wherever in it they stand."""


def terms_of(text: str) -> tuple[Term, ...]:
    """Return the terms of a text, in order."""
    found = []
    for match in _TERM.finditer(text):
        start, end = match.span()
        if address := match["address"]:
            bare = address.rstrip(".,;:!?")
            found.append(Term(bare.lower(), TermKind.ADDRESS, start, start + len(bare)))
        elif number := match["number"]:
            found.append(Term(number.strip("$€£").replace("–", "-"), TermKind.NUMBER, start, end))
        else:
            word = level(match[0])
            if word in _NUMBER_WORDS:
                found.append(Term(_NUMBER_WORDS[word], TermKind.NUMBER, start, end))
            elif word not in _SMALL:
                found.append(Term(stem(word), TermKind.WORD, start, end))
    return tuple(found)


def keys_of(text: str) -> frozenset[str]:
    """Return the keys of a text's terms."""
    return frozenset(term.key for term in terms_of(text))


def words_of(text: str) -> tuple[str, ...]:
    """Return all words, numbers and addresses of a text in small letters: what a change of words is seen by."""
    return tuple(word for word, _, _ in words_with_places(text))


def words_with_places(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the same with their places."""
    found = []
    for match in _TERM.finditer(text):
        bare = match[0].rstrip(".,;:!?")
        found.append((level(bare), match.start(), match.start() + len(bare)))
    return tuple(found)


def level(word: str) -> str:
    """Return a word in small letters with straight apostrophes, without the possessive."""
    return word.lower().replace("’", "'").removesuffix("'s")


def stem(word: str) -> str:
    """Return a word without the endings that only bend it: crude, the same on both sides."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM_MIN and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    # "cancelled" and "cancel", "planned" and "plan"; and so "call" is "cal", wherever it stands.
    return word[:-1] if len(word) > STEM_MIN and word[-1] == word[-2] else word


def names_of(text: str) -> tuple[str, ...]:
    """Return the names in a text: rows of capitalised words that do not only begin a sentence."""
    found = []
    for match in _NAME.finditer(text):
        words = match[0].split()
        begins = match.start() == 0 or bool(_BEGINS.search(text[: match.start()]))
        if begins and not _ACRONYM.fullmatch(words[0]):
            words = words[1:]
        while words and level(words[0]) in _SMALL:
            words = words[1:]
        name = " ".join(words)
        if len(name) > 1 and level(name) not in _SMALL:
            found.append(name)
    return tuple(dict.fromkeys(found))


def names(text: str, name: str) -> bool:
    """Whether a text has this name, word for word."""
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


_NAME: Final = re.compile(r"[A-Z][\w&]*(?:-\w+)*(?: [A-Z][\w&]*(?:-\w+)*)*")
_BEGINS: Final = re.compile(r"(?:[.!?:]|^|\n)[\s\"“'‘(*]*$")
_ACRONYM: Final = re.compile(r"(?:[A-Z]{2,}\w*|\w+[A-Z]\w*)")


def split(text: str) -> tuple[str, ...]:
    """Return the sentences of a paragraph."""
    parts: list[str] = []
    start = 0
    for match in _ENDS.finditer(text):
        parts.append(text[start : match.end()].strip())
        start = match.end()
    return tuple(part for part in (*parts, text[start:].strip()) if part)


class Rarity:
    """How much each term tells, among the texts that are compared."""

    def __init__(self, texts: Iterable[Sequence[Term]]) -> None:
        rows = [{term.key for term in terms} for terms in texts]
        self._count = len(rows)
        self._in = Counter(key for keys in rows for key in keys)

    def of(self, term: Term) -> float:
        """Return the weight of a term; one that stands nowhere weighs most."""
        return WEIGHT[term.kind] * (1.0 + math.log((1 + self._count) / (1 + self._in[term.key])))

    def sum(self, terms: Iterable[Term]) -> float:
        """Return the weight of terms, each key once."""
        return sum(self.of(term) for term in {term.key: term for term in terms}.values())
