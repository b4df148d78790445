"""Person and agreement: words about the customer become words to the customer, or nothing where that is not sure.

The customer becomes "you", the reader of the document "I"; "we" stays. English says "they" of customers, banks and
refunds alike, so each pronoun is changed only where nothing else in the sentence could be meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.drafting.words import (
    ACTS,
    ADVERBS,
    AGREEMENT,
    CUSTOMERS,
    CUSTOMERS_OWN,
    DECIDED,
    GIVING,
    JOINING,
    MODALS,
    NEVER_MEANT,
    OTHERS,
    PAST,
    PREPOSITIONS,
    REACHING,
    SOMEBODY,
    THIRD_PARTIES,
    VERBS,
)

_WORD: Final = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
QUOTED: Final = re.compile(r"(?<!\w)['\"“‘]([^'\"“”‘’]+(?:’\w[^'\"“”‘’]*)*)['\"”’](?!\w)")
"""Names and words in quotation marks, which stay as they are."""

_EITHER_SEX: Final = (
    (re.compile(r"\b(?:he or she|she or he|he/she|she/he)\b", re.I), "the customer"),
    (re.compile(r"\b(?:his or her|her or his|his/her|her/his)\b", re.I), "their"),
    (re.compile(r"\b(?:him or her|her or him|him/her|her/him)\b", re.I), "them"),
)
_OF_CUSTOMERS: Final = {
    "they": "you",
    "they're": "you're",
    "they've": "you've",
    "they'll": "you'll",
    "they'd": "you'd",
    "them": "you",
    "their": "your",
    "thier": "your",
    "theirs": "yours",
    "themselves": "yourself",
    "themself": "yourself",
}
_OF_READERS: Final = {"you're": "I'm", "you've": "I've", "you'll": "I'll", "you'd": "I'd"}
_DOES: Final = "(?:will|can|cannot|are going to|need to|would like to|are (?:un)?able to|are here to)"
_READER_ACTS: Final = re.compile(
    rf"\byou {_DOES} (?:assist|help|send|transfer|connect|look|check|forward|process|investigate|ask|verify|walk|"
    r"guide|locate|pull)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause with its words, in small letters and with straight apostrophes."""

    text: str
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    def word(self, index: int) -> str:
        return self.words[index] if 0 <= index < len(self.words) else ""

    def ends_after(self, index: int) -> bool:
        """Whether punctuation, or nothing, follows a word."""
        rest = self.text[self.places[index][1] :].lstrip()
        return not rest or not (rest[0].isalnum() or rest[0] in "'\"“‘(")


def third_person(base: str) -> str:
    """Return the form of a verb that goes with "the customer": "wish" gives "wishes"."""
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    return base[:-1] + "ies" if base.endswith("y") and base[-2:-1] not in "aeiou" else base + "s"


_PLAIN: Final = {third_person(base): base for base in VERBS} | {"has": "have", "does": "do"}


def plain_form(verb: str) -> str | None:
    """Return the plain form of a verb that goes with "the customer", if the lists have it."""
    return _PLAIN.get(verb)


def to_customer(text: str, noun: str = "", *, reader_known: bool = False) -> str | None:
    """Return a clause about the customer as words to the customer; None where its pronouns are not sure.

    `noun` is what the author calls the customer elsewhere in the line; `reader_known` says that "you" can only be
    whoever carries the document out.
    """
    clause = _clause(text)
    nouns = {
        word.removesuffix("'s")
        for index, word in enumerate(clause.words)
        if word.removesuffix("'s") in CUSTOMERS and not _somebody(clause, index)
    }
    if len(nouns | ({noun} if noun else set())) > 1 or OTHERS & set(clause.words):
        return None
    told_of = bool(nouns) or any(word in _OF_CUSTOMERS for word in clause.words)
    reader_known = reader_known or told_of or bool(_READER_ACTS.search(text))
    changes: dict[int, str] = {}
    for index, word in enumerate(clause.words):
        if index in changes:
            continue
        found = _change(clause, index, word, reader_known)
        if found is None:
            return None
        changes.update(found)
    return _applied(clause, changes)


def one_pronoun(text: str) -> str:
    """Return the words with "he or she" as "the customer"; "they" needs no such care."""
    for pattern, one in _EITHER_SEX:
        text = pattern.sub(one, text)
    return text


def _somebody(clause: _Clause, index: int) -> bool:
    return clause.words[index] in SOMEBODY and clause.word(index - 1) != "the"


def _clause(text: str) -> _Clause:
    kept = [match.span() for match in QUOTED.finditer(text)]
    found = [word for word in _WORD.finditer(text) if not any(start < word.start() < end for start, end in kept)]
    return _Clause(text, tuple(m[0].lower().replace("’", "'") for m in found), tuple(m.span() for m in found))


def _change(clause: _Clause, index: int, word: str, reader_known: bool) -> dict[int, str] | None:
    """Return what becomes of the word here and of words that go with it; None where that is not sure."""
    if word in _OF_CUSTOMERS:
        return {index: _OF_CUSTOMERS[word]} if _is_customer(clause, index, word) else None
    if word == "you" or word in _OF_READERS:
        return _reader(clause, index, word) if reader_known else None
    if word.removesuffix("'s") in CUSTOMERS:
        return _customer(clause, index, word)
    if word == "assistant" and clause.word(index - 1) == "the":
        return {index - 1: "", index: "I"} if clause.word(index + 1) in MODALS else None
    return {}


def _customer(clause: _Clause, index: int, word: str) -> dict[int, str] | None:
    article = clause.word(index - 1) == "the"
    gone = {index - 1: ""} if article else {}
    after, at = clause.word(index + 1), index + 1
    if word.endswith("'s"):
        return gone | {index: "your"} if after and not clause.ends_after(index) else None
    if after in ("service", "support", "care", "id", "number", "portal", "success", "relations", "satisfaction"):
        return {}
    if not article:
        return {} if _somebody(clause, index) else None
    before = clause.word(index - 2)
    if clause.ends_after(index) or before in PREPOSITIONS:
        return gone | {index: "you"}
    if after in ADVERBS or after.endswith("ly"):
        at += 2 if (after, clause.word(at + 1)) == ("no", "longer") else 1
        after = clause.word(at)
    if after in AGREEMENT:
        return gone | {index: "you", at: AGREEMENT[after]}
    if after in _PLAIN:
        return gone | {index: "you", at: _PLAIN[after]} | _joined(clause, at) if before not in GIVING else None
    if after in MODALS | PAST.keys() | PREPOSITIONS | JOINING or after.endswith("ed"):
        return gone | {index: "you"}
    return None


def _joined(clause: _Clause, at: int) -> dict[int, str]:
    """Return the verbs that share the subject of the verb before: "agrees and pays"."""
    return {
        index: _PLAIN[word]
        for index, word in enumerate(clause.words)
        if index > at + 1
        and word in _PLAIN
        and clause.words[index - 1] in ("and", "or", "but")
        and clause.word(index + 1) not in MODALS | AGREEMENT.keys() | {"are", "were"}
    }


def _reader(clause: _Clause, index: int, word: str) -> dict[int, str] | None:
    if word in _OF_READERS:
        return {index: _OF_READERS[word]}
    before, after = clause.word(index - 1), clause.word(index + 1)
    if before in PREPOSITIONS or before in REACHING:
        return {index: "me"}
    if after in ("are", "were"):
        return {index: "I", index + 1: {"are": "am", "were": "was"}[after]}
    return {index: "I"} if after in MODALS or after in VERBS or after in ("do", "don't") else None


def _is_customer(clause: _Clause, index: int, word: str) -> bool:
    """Whether nobody and nothing else named before can be meant."""
    before = clause.words[:index]
    if word.startswith("themsel"):
        return not _plural(before) and not any(map(_third, before))
    named = ["our" in before[max(0, at - 3) : at] for at, name in enumerate(before) if _third(name)]
    ours, others = any(named), not all(named)
    if word.startswith(("their", "thier")):
        return _is_customers_own(clause, index, others, ours)
    if word == "them":
        return not others and (not _plural(before) or clause.word(index - 1) in REACHING)
    if others or ours:
        conditional = clause.word(index - 1) in ("if", "when", "once", "unless", "until", "whenever")
        return conditional and clause.word(index + 1) in DECIDED
    return not _plural(before) or _acts(clause, index + 1)


def _third(name: str) -> bool:
    return (
        name in THIRD_PARTIES
        or name.removesuffix("s") in THIRD_PARTIES
        or (name.endswith("ies") and (name[:-3] + "y" in THIRD_PARTIES))
    )


def _is_customers_own(clause: _Clause, index: int, others: bool, ours: bool) -> bool:
    before = clause.words[:index]
    own = any(name in CUSTOMERS_OWN for name in clause.words[index + 1 : index + 4])
    if others:
        return False
    if ours:
        return own
    return not _plural(before) or clause.word(index - 1) == "of" or (own and clause.word(index - 1) != "and")


def _plural(words: Sequence[str]) -> bool:
    """Whether a word may be a plural that "they" could mean."""
    return any(
        word.endswith("s")
        and len(word) > 3
        and not word.endswith(("ss", "us", "is", "'s"))
        and word not in NEVER_MEANT
        and word not in _PLAIN
        for word in words
    )


def _acts(clause: _Clause, at: int) -> bool:
    """Whether what follows "they" is something that only people do."""
    for _ in range(3):
        word = clause.word(at)
        if word in MODALS or word in ADVERBS or word in ("not", "to", "have", "do", "don't"):
            at += 1
        elif word == "need" and clause.word(at + 1) == "to":
            at += 2
    return clause.word(at) in ACTS


def _applied(clause: _Clause, changes: dict[int, str]) -> str:
    parts, end = [], 0
    for index in sorted(changes):
        start, stop = clause.places[index]
        new = changes[index]
        if new and clause.text[start].isupper() and index == 0:
            new = new[0].upper() + new[1:]
        parts += [clause.text[end:start], new]
        # A word that goes takes the space behind it along.
        end = stop if new else stop + len(clause.text[stop:]) - len(clause.text[stop:].lstrip())
    return "".join([*parts, clause.text[end:]])
