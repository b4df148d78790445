"""The texts that stand for each choice of a release: its own words, put as a customer would, and the examples.

"The customer requires X" is said by customers as "I need X"; an answer of the article is also a text of its question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.people import PEOPLE
from bythebook.engine.choice import (
    LANGUAGE_PREFIX,
    ROUTINE,
    article_choice,
    document_choice,
    line_choice,
    step_choice,
)
from bythebook.engine.meanings import meaning
from bythebook.engine.menu import sayable
from bythebook.reading.own_words import matter, of_answers, prototypes, stands_alone
from bythebook.reading.prototypes import PROTOTYPES
from bythebook.reading.terms import names_in
from bythebook.routine.model import Article, Condition, Routine, Say
from bythebook.routine.wording import Release

SENTENCES_MAX: Final = 4
"""Sentences of one answer that become texts of its question."""

WORDS_MIN: Final = 4
"""Words a sentence of an answer must have to say something."""

_I_AM: Final = ("I am ", "we are ")
_WHENEVER: Final = re.compile(r"^(?:at any (?:point|time|moment|stage)|ever|whenever|at some point),? ", re.I)
_SAYS: Final = r"(?:mentions|reports|says|tells|complains|states|claims)"
_FIRST_PERSON: Final = (
    (re.compile(rf"^the (?:{PEOPLE}) {_SAYS}(?: (?:that|us))* (?:they are|he or she is|she is|he is) ", re.I), _I_AM),
    (
        re.compile(rf"^the (?:{PEOPLE}) {_SAYS}(?: (?:that|us))* (?:they|he or she|she|he) ", re.I),
        ("I ", "we "),
    ),
    (
        re.compile(
            rf"^the (?:{PEOPLE}) (?:requires|needs|wants|would like|requests|asks for) ",
            re.I,
        ),
        ("I need ", "we require "),
    ),
    (re.compile(rf"^the (?:{PEOPLE}) (?:is|has been|was) ", re.I), ("we were ", "I was ")),
    (re.compile(rf"^the (?:{PEOPLE}) has ", re.I), ("I have ", "we have ")),
    (
        re.compile(
            rf"^the (?:{PEOPLE}) {_SAYS}(?: (?:about|of|that|us))* ",
            re.I,
        ),
        ("", "there is "),
    ),
    (re.compile(rf"^the (?:{PEOPLE}) (\w{{3,}}[^s\W])s ", re.I), (r"I \1 ", r"we \1 ")),
    (re.compile(rf"^the (?:{PEOPLE}) ", re.I), ("I ", "we ")),
)
_PARTS: Final = re.compile(r":\s|,\s(?:or\s)?|\sor\s")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One text of a choice. An `exact` one means its choice whenever a customer says just that."""

    choice: str
    text: str
    exact: bool
    weight: float = 1.0


def candidates(release: Release) -> tuple[Candidate, ...]:
    """Return the texts of all choices, each text once."""
    seen: dict[tuple[str, str], Candidate] = {}
    others = _of_others(release) if release.is_reception else ()
    for candidate in (*_of_document(release), *others, *_of_author(release), *_shipped(release)):
        seen.setdefault((candidate.choice, candidate.text.lower()), candidate)
    return tuple(seen.values())


def _of_document(release: Release) -> Iterator[Candidate]:
    routine = release.routine
    yield from (Candidate(ROUTINE, text, False) for text in _of_title(routine.article))
    if stands_alone(release):
        yield from (Candidate(ROUTINE, text, False, weight) for text, weight in matter(release) if text)
        yield from (Candidate(step_choice(at), text, False, weight) for at, text, weight in of_answers(release))
    for label, condition in _said(routine):
        for text in first_person(condition.text):
            yield Candidate(step_choice(label), text, False)
    for label, condition in routine.choices:
        yield from (Candidate(step_choice(label), name, True) for name in (condition.name, *names_in(condition.name)))
        # "Slow data: pages load slowly, or not at all": each part is what customers say.
        for text in _PARTS.split(condition.text):
            if text.strip():
                yield Candidate(step_choice(label), text.strip(), False)
    for topic in routine.article.topics:
        yield Candidate(article_choice(topic.number), topic.question, True)
        sentences = [s for s in _SENTENCE_END.split(topic.text) if len(s.split()) >= WORDS_MIN]
        yield from (Candidate(article_choice(topic.number), s, False, 0.5) for s in sentences[:SENTENCES_MAX])
    for link in release.wording.links:
        if link.line is not None:
            yield Candidate(line_choice(link.line), link.words, True)
            line = routine.line(link.line)
            if line is not None and isinstance(line.instruction, Say) and line.instruction.text:
                yield Candidate(line_choice(link.line), line.instruction.text, False, 0.5)


def _said(routine: Routine) -> Iterator[tuple[str, Condition]]:
    """The conditions of steps and lines that words may meet, but for the answers of a which-question."""
    answers = {label for label, _ in routine.choices}
    for label, condition in sayable(routine):
        # What every reader knows besides (a wish for a human) is left to the rules for it.
        if label not in answers and not meaning(condition.text):
            yield label, condition


def _of_others(release: Release) -> Iterator[Candidate]:
    """What is read at the reception: which document a message is about."""
    for card in release.others:
        choice = document_choice(card.name)
        yield Candidate(choice, card.title, True)
        yield Candidate(choice, f"I need help with {card.title}", True)
        for text in card.asked:
            yield from (Candidate(choice, said, True) for said in first_person(text))
        yield from (Candidate(choice, text, False, 0.5) for text in card.about)


def _of_title(article: Article) -> Iterator[str]:
    if article.title.strip():
        yield article.title
        yield f"I need a {article.title}"


def _of_author(release: Release) -> Iterator[Candidate]:
    for choice, texts in release.examples.by_choice.items():
        if not choice.startswith(LANGUAGE_PREFIX):
            yield from (Candidate(choice, text, True) for text in texts)


def _shipped(release: Release) -> Iterator[Candidate]:
    for choice, texts in PROTOTYPES.items():
        yield from (Candidate(choice, text, False) for text in prototypes(release, choice, texts))


def first_person(condition: str) -> tuple[str, ...]:
    """Return a condition as the customer would say it: "the customer requires X" as "I need X", "we require X"."""
    condition = _WHENEVER.sub("", condition)
    for pattern, starts in _FIRST_PERSON:
        if pattern.match(condition):
            return tuple(pattern.sub(start, condition, count=1) for start in starts)
    return (condition,)
