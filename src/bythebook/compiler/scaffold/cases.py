"""The cases that an article tells apart, where that is plain: its sections, what it names, what may have happened.

Plain means by form: short titles side by side, conditions "If you ..." that each name another thing, questions "What
if I ...?". Anything else stays one case, and its author splits it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.drafting.person import third_person
from bythebook.compiler.drafting.words import PAST, VERBS
from bythebook.compiler.drift.sentences import Sentence
from bythebook.compiler.scaffold.sections import FURNITURE, Section
from bythebook.compiler.terms import keys_of, names, names_of

CASES_MIN: Final = 2
CASES_MAX: Final = 5
"""A question with more answers than this is no question for a customer."""

NAME_WORDS_MAX: Final = 5

_NO_CASE: Final = re.compile(
    r"(?:overview|introduction|summary|background|notes?|important|faqs?|frequently asked|contents?|contact|support|"
    r"more|further|related|next|before|after|steps?|requirements?|prerequisites?|limitations?|tips?|how|what|where|"
    r"when|why|who|which|if|can|does|is|are|about|conclusion|example|troubleshooting|instructions?|see|"
    r"getting started|solutions?|answers?|functions?|articles?|procedure|policy|terms|process|features|options|"
    r"details)\b",
    re.I,
)
_IF_YOU: Final = re.compile(r"\bif you(?P<what>\b[^,.;:]+)", re.I)
_HAPPENED: Final = re.compile(
    r"(?:what|how)\b.*?\b(?:if|when) (?P<subject>I|we|my [\w'’-]+|our [\w'’-]+)(?P<bend>['’](?:m|re|ve|d|ll))?"
    r" (?P<rest>[^?]+)\?$",
    re.I,
)
_BENDS: Final = {"m": "is", "re": "is", "ve": "has", "d": "would", "ll": "will"}
_VERBS: Final = {
    "am": "is",
    "are": "is",
    "have": "has",
    "do": "does",
    "go": "goes",
    "were": "was",
    "don't": "does not",
    "haven't": "has not",
    "aren't": "is not",
    "wasn't": "was not",
    "weren't": "was not",
    "didn't": "did not",
    "can't": "cannot",
}
_STAYS: Final = re.compile(
    r"(?:is|was|has|had|does|did|can|cannot|could|will|won't|would|should|may|might|must|never|already|no|only|still"
    r"|\w+ed)$"
)
_OURS: Final = {"my": "their", "our": "their", "me": "them", "mine": "theirs", "myself": "themselves", "i": "they"}
_POINTS: Final = re.compile(r"\b(?:you|your|us|it|this|that|these|those)\b", re.I)
"""Words that mean the company, or what was spoken of before: a condition of its own cannot hold them."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case: what it is called in the question, and the sections that are about it."""

    name: str
    sections: tuple[Section, ...]
    reported: bool = False
    """Nobody asks for it: the customer says so. `name` is the condition then, without "the customer"."""


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of an article, and the sections that belong to none."""

    asked: tuple[Case, ...]
    reported: tuple[Case, ...]
    rest: tuple[Section, ...]


def cases_of(sections: Sequence[Section]) -> Cases:
    """Return the cases, as far as they are plain."""
    reported = tuple(
        Case(condition, (section,), reported=True)
        for section in sections[1:]
        if (condition := happened(section.question)) is not None and section.sentences
    )
    told = [section for case in reported for section in case.sections]
    others = [section for section in sections if section not in told]
    asked = _by_titles(others) or _by_names(others)
    taken = [section for case in asked for section in case.sections]
    return Cases(asked, reported, tuple(section for section in others if section not in taken))


def _by_titles(sections: Sequence[Section]) -> tuple[Case, ...]:
    """Cases by short titles side by side ("ChatGPT", "API")."""
    heads = [(at, one.head) for at, one in enumerate(sections) if one.head is not None and at > 0]
    titled = [(at, head) for at, head in heads if _is_case_title(head)]
    if not titled:
        return ()
    level = min(head.level for _, head in titled)
    beside = [(at, head) for at, head in heads if head.level == level and not FURNITURE.match(head.text)]
    found = [(at, head) for at, head in titled if head.level == level]
    if not CASES_MIN <= len(found) <= CASES_MAX or 2 * len(found) <= len(beside):
        return ()
    cases = []
    for at, head in found:
        end = next((other for other, one in heads if other > at and one.level <= level), len(sections))
        under = tuple(sections[at:end])
        if any(section.sentences for section in under):
            cases.append(Case(in_sentence(head.text), under))
    return tuple(cases) if len({case.name.lower() for case in cases}) >= CASES_MIN else ()


def _is_case_title(head: Sentence) -> bool:
    text = head.text
    return len(text.split()) <= NAME_WORDS_MAX and not re.search(r"[?.!:;\"“”]", text) and not _NO_CASE.match(text)


def in_sentence(title: str) -> str:
    """Return a title as it stands in the middle of a sentence: "Delayed billing" as "delayed billing"."""
    first, _, rest = title.partition(" ")
    inner = any(letter.isupper() for letter in first[1:])
    return title if inner or (rest and rest.split()[0][0].isupper()) or not rest else f"{first.lower()} {rest}"


def _by_names(sections: Sequence[Section]) -> tuple[Case, ...]:
    """Cases by conditions on the same matter, each for another named thing ("If you need a permit for X")."""
    conditions = [
        (section, set(names_of("we " + match["what"].strip())), keys_of(match["what"]))
        for section in sections
        for sentence in section.sentences
        for match in _IF_YOU.finditer(sentence.text)
    ]
    counts = Counter(name for _, found, _ in conditions for name in found)
    matters = Counter(key for _, _, keys in conditions for key in keys)
    own: dict[str, list[Section]] = {}
    for section, found, keys in conditions:
        single = [name for name in found if counts[name] == 1]
        if len(single) == 1 and any(matters[key] > 1 for key in keys):
            own.setdefault(single[0], []).append(section)
    if not CASES_MIN <= len(own) <= CASES_MAX:
        return ()
    cases = []
    for name, where in own.items():
        about = [one for one in sections if one in where or _about(one, name, own)]
        called = f"the {name}" if _with_article(name, sections) else name
        cases.append(Case(called, tuple(one for one in sections if one in about and one.sentences)))
    return tuple(cases)


def _with_article(name: str, sections: Sequence[Section]) -> bool:
    """Whether the article says "the API" or "our API": a thing, and no name of its own."""
    said = re.compile(rf"\b(?:the|our) {re.escape(name)}\b")
    return any(said.search(sentence.text) for section in sections for sentence in section.sentences)


def _about(section: Section, name: str, own: dict[str, list[Section]]) -> bool:
    """Whether a section's question names this thing and none of the others."""
    others = [other for other in own if other != name]
    taken = any(section in own[other] for other in others)
    asks = section.question.endswith("?") and names(section.question, name)
    return asks and not taken and not any(names(section.question, other) for other in others)


def happened(question: str) -> str | None:
    """Return what a question supposes to have happened, said of the customer: "What if I'm late?" is "is late"."""
    match = _HAPPENED.match(question.strip())
    if match is None or _POINTS.search(match["rest"]):
        return None
    words = match["rest"].split()
    subject = match["subject"].lower()
    if subject in ("i", "we"):
        verb = _verb(match["bend"], words)
        if verb is None:
            return None
        return " ".join([*verb, *(_of_customer(word) for word in words[0 if match["bend"] else 1 :])])
    thing = subject.split(" ", 1)[1]
    bend = [_BENDS[match["bend"][1:]]] if match["bend"] else []
    return " ".join(["'s", thing, *bend, *(_of_customer(word) for word in words)])


def _verb(bend: str | None, words: Sequence[str]) -> list[str] | None:
    if bend is not None:
        return [_BENDS[bend[1:]]]
    first = words[0].lower().replace("’", "'")
    if first in _VERBS:
        return [_VERBS[first]]
    if _STAYS.match(first) or first in PAST:
        return [first]
    return [third_person(first)] if first in VERBS or first in PAST.values() else None


def _of_customer(word: str) -> str:
    return _OURS.get(word.lower(), word)
