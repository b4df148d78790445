"""Indirect questions become direct ones: "which plan you use" gives "Which plan do you use?", by word order alone."""

from __future__ import annotations

import re
from typing import Final

from bythebook.compiler.drafting.person import plain_form
from bythebook.compiler.drafting.words import (
    ADVERBS,
    AUXILIARIES,
    JOINING,
    MODALS,
    PARTICIPLES,
    PAST,
    PREPOSITIONS,
    VERBS,
)

QUESTION_WORDS: Final = "what|which|when|where|why|how|who|whose|whom"

_SUBJECT: Final = r"(?:you|we|I|it|there|this|that)"
_NOUNS: Final = r"(?:the|your|our|this|that|these|those|any|a|an|all|both|either|my)(?: [\w'’/-]+){1,6}?"
_AUXILIARY: Final = "(?:is|are|was|were|has|have|had|will|would|can|could|should|may|must|did|does|do)"
_PAST: Final = "|".join(PAST)
_NOT_IN_NOUNS: Final = re.compile(
    r"\b(?:who|which|that|whether|if|you|we|I|they|is|are|was|were|has|have|had|will|would|can|could|should|may|"
    r"must|did|does|do|and|or|to)\b"
)
_NOUN_VERB: Final = re.compile(
    rf"(?P<subject>{_NOUNS}) (?P<verb>needs?|works?|shows?|appears?|match(?:es)?|requires?|includes?|contains?|"
    r"turns?|belongs?|covers?)\b(?P<rest>.*)$"
)
_YES_NO_PRONOUN: Final = re.compile(rf"(?P<subject>{_SUBJECT}) (?P<rest>.+)$")
_YES_NO_NOUN: Final = re.compile(rf"(?P<subject>{_NOUNS}) (?P<rest>{_AUXILIARY}\b.*)$")
_YES_NO_NAME: Final = re.compile(rf"(?P<subject>[\w'’/-]+(?: [\w'’/-]+){{0,2}}?) (?P<rest>{_AUXILIARY}\b.*)$")
_WH: Final = rf"(?P<wh>(?:(?:for|in|on|at|to|from|by|with|about) )?(?:{QUESTION_WORDS})\b)"
_WH_PRONOUN: Final = re.compile(rf"{_WH}(?P<mid>(?: [\w'’/-]+){{0,6}}?) (?P<subject>{_SUBJECT}) (?P<rest>.+)$", re.I)
_WH_NOUN: Final = re.compile(
    rf"{_WH}(?P<mid>(?: [\w'’/-]+){{0,3}}?) (?P<subject>{_NOUNS}) (?P<rest>(?:{_AUXILIARY}|{_PAST})\b.*)$", re.I
)
_WH_SUBJECT: Final = re.compile(
    rf"(?:(?:what|who) (?:is|was|are|brings|caused|brought|{_PAST})\b"
    r"|(?:which|what|whose|how many|how much)(?: (?!the |your |our |a |an )[\w'’-]+){1,4}? (?:is|are|was|were|will|"
    r"would|has|works|suits|fits|applies)\b)",
    re.I,
)
_SECOND_CLAUSE: Final = re.compile(rf"\b(?:and|but|so),? (?:{_SUBJECT}|if|whether|{QUESTION_WORDS})\b")


def yes_no(clause: str) -> str | None:
    """Return "you want a refund" as "Do you want a refund?"; None where the word order is not sure."""
    if _SECOND_CLAUSE.search(clause):
        return None
    if match := _YES_NO_PRONOUN.match(clause):
        return _asked("", _inverted(match["subject"], match["rest"]))
    for pattern in (_YES_NO_NOUN, _YES_NO_NAME):
        match = pattern.match(clause)
        if match and not _NOT_IN_NOUNS.search(match["subject"]):
            return _asked("", _inverted(match["subject"], match["rest"]))
    if (match := _NOUN_VERB.match(clause)) and not _NOT_IN_NOUNS.search(match["subject"]):
        one = plain_form(match["verb"]) or match["verb"].removesuffix("s")
        does = "does" if one != match["verb"] else "do"
        return _asked("", f"{does} {match['subject']} {one}{match['rest']}")
    return None


def which(clause: str) -> str | None:
    """Return "which plan you use" as "Which plan do you use?"; None where the word order is not sure."""
    if _SECOND_CLAUSE.search(clause):
        return None
    match = _WH_PRONOUN.match(clause)
    if match and not _NOT_IN_NOUNS.search(match["mid"]) and not re.search(r"\b(?:the|your) \w+$", match["mid"]):
        return _asked(match["wh"] + match["mid"], _inverted(match["subject"], match["rest"]))
    # "which of the two plans you want": the nouns belong to the question word.
    if match and re.match(r" (?:of|kind of|type of)\b", match["mid"]):
        return _asked(match["wh"] + match["mid"], _inverted(match["subject"], match["rest"]))
    match = _WH_NOUN.match(clause)
    if match and not _NOT_IN_NOUNS.search(match["subject"] + match["mid"]):
        return _asked(match["wh"] + match["mid"], _inverted(match["subject"], match["rest"]))
    return _asked("", clause) if _WH_SUBJECT.match(clause) else None


def _asked(before: str, order: str | None) -> str | None:
    if order is None:
        return None
    text = f"{before} {order}".strip().rstrip(".?! ")
    return text[0].upper() + text[1:] + "?"


def _inverted(subject: str, rest: str) -> str | None:
    first, _, more = rest.partition(" ")
    second = more.split(" ", 1)[0].strip(".,;").lower()
    if first in ("'d", "'ll") or second == "not" or first.endswith("n't") or first == "cannot":
        return None
    if first in ("have", "has", "had") and not _is_perfect(more):
        return f"{_DO[first]} {subject} have {more}" if more else None
    if first in AUXILIARIES:
        return f"{first} {subject} {more}".strip()
    if first in PAST:
        return f"did {subject} {PAST[first]} {more}".strip()
    if first in ADVERBS:
        return f"do {subject} {rest}" if _is_plain(second) else None
    if subject in ("it", "this", "that"):
        one = plain_form(first)
        return f"does {subject} {one} {more}".strip() if one else None
    return f"do {subject} {rest}" if _is_plain(first.strip(".,;")) else None


_DO: Final = {"have": "do", "has": "does", "had": "did"}


def _is_perfect(more: str) -> bool:
    words = [word.strip(".,;").lower() for word in more.split()[:3]]
    while words and (words[0] in ADVERBS or words[0].endswith("ly") or words[0] == "yet"):
        words = words[1:]
    return bool(words) and (words[0] in PARTICIPLES or (words[0].endswith("ed") and not words[0].startswith("un")))


def _is_plain(word: str) -> bool:
    """Whether a word can be the plain form of a verb."""
    return (
        word.isalpha()
        and word.islower()
        and word not in JOINING | PREPOSITIONS | MODALS
        and (word in VERBS or not word.endswith(("ed", "ing", "ly")))
        and (not word.endswith("s") or word.endswith("ss"))
    )
