"""All that the reader knows of one release, worked out once when the release is loaded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bythebook.engine.choice import article_choice, step_choice
from bythebook.engine.menu import sayable
from bythebook.reading.candidates import candidates
from bythebook.reading.common import FUNCTION_WORDS, content_words, listed, stem
from bythebook.reading.encoder import Encoder
from bythebook.reading.facets import asks_how_to_get, coverage_topic, speaks_of_cost, timing_topic
from bythebook.reading.matching import Match, Matcher, core
from bythebook.reading.moves import Told
from bythebook.reading.outcomes import Sense, outcomes, sense_of
from bythebook.reading.own_words import asked_first, measured, only_said, own_words, speaks_of, stands_alone, told
from bythebook.reading.spelling import Speller
from bythebook.reading.terms import Kind, Mention, Sibling, Terms
from bythebook.reading.text import level, one_clause
from bythebook.reading.whose import Known
from bythebook.routine.model import Ask, ConditionKind, Say
from bythebook.routine.wording import Release

SUBJECT_WORDS_MAX: Final = 5
"""Words of a title that is the name of what the routine gives."""


class Knowledge:
    """A release, as the reader sees it."""

    def __init__(self, release: Release, encoder: Encoder | None) -> None:
        self.release = release
        self.terms = Terms(release)
        texts = candidates(release)
        self.alone = stands_alone(release)
        own_matter = own_words(release) if self.alone else frozenset()
        self.only_said = frozenset(map(step_choice, only_said(release.routine)))
        self.reported = frozenset(
            step_choice(at) for at, held in sayable(release.routine) if held.kind is ConditionKind.REPORT
        )
        self.asked_first = frozenset(map(step_choice, asked_first(release.routine)))
        self.measured = frozenset(map(step_choice, measured(release.routine)))
        words = {text.text: one_clause(text.text, str).words for text in texts if text.weight > 0}
        self.words = frozenset(_vocabulary(release, words.values())) | self.terms.words | own_matter
        own = {text.text for text in texts if not text.choice.startswith(("other:", "act:"))}
        self.own_words = frozenset(_vocabulary(release, (found for text, found in words.items() if text in own)))
        self.speller = Speller(self.words, encoder.knows_word) if encoder is not None else Speller(self.words)
        self.deeds = self._matter = frozenset(map(stem, own_matter))
        self.subjects = _subjects(release, self.terms.siblings)
        self._vendor = _vendor(release, self.terms.alone)
        self.reports = tuple(_reports(release))
        self.tells = frozenset(map(step_choice, told(release.routine))) - {choice for choice, _ in self.reports}
        self.told_of = Known(_names(release, self.terms), frozenset(_document_words(release)))
        self.timing = _number(timing_topic(release.routine.article))
        self.coverage = _number(coverage_topic(release.routine.article))
        self.meaning = _meaning(release)
        self._stems = frozenset(stem(word) for word in self.own_words)
        self.tells_cost = speaks_of_cost(release.routine.article)
        self.how_to_get = frozenset(
            article_choice(topic.number)
            for topic in release.routine.article.topics
            if asks_how_to_get(self.plain(topic.question))
        )
        self.family_topics = dict(_family_topics(release, self.terms))
        self.encoded = encoder is not None
        labels, weights = [text.choice for text in texts], [text.weight for text in texts]
        self._matcher = Matcher([text.text for text in texts], labels, weights, encoder)
        cores = zip(reversed(self._matcher.cores), reversed(texts), strict=True)
        self.exact = {said: text.choice for said, text in cores if text.exact}

    def plain(self, text: str) -> str:
        """Return a text of the release as the reader sees a customer's."""
        return one_clause(text, str).plain

    def core(self, text: str) -> str:
        """Return it without what people put around what they say."""
        return core(text)

    def match(self, plain: str) -> Match:
        """Return what the head makes of a clause."""
        return self._matcher.match(plain)

    def told(self, plain: str) -> Told | None:
        """Return what a clause does, where there is an encoder."""
        return self._matcher.told(plain)

    def nearest(self, plain: str, choice: str) -> str:
        """Return the text of a choice that a clause is most like."""
        return self._matcher.nearest(plain, choice)

    def neutral(self, plain: str) -> str:
        """Return a clause with the vendor's name as "you" and the routine's matter as "application".

        So the tables of this room need no document's words.
        """
        said = self._vendor.sub("you", plain) if self._vendor is not None else plain
        return self.subjects.sub("application", said) if self.subjects is not None else said

    def strange(self, plain: str) -> int:
        """Return how many words of a clause carry meaning and are none of the release's."""
        return sum(
            word not in _COMMONPLACE
            and word not in self.own_words
            and stem(word) not in self._stems
            and word[0].isalpha()
            for word in content_words(plain)
        )

    def familiar(self, plain: str) -> bool:
        """Whether some word of a clause is the release's and not just any request's."""
        return any(
            word not in _COMMONPLACE and (word in self.own_words or stem(word) in self._stems)
            for word in content_words(plain)
        )

    def on_matter(self, plain: str) -> bool:
        """Whether a clause has a telling word of a routine that has no article to say what it is about."""
        return speaks_of(plain, self._matter)

    def names_subject(self, plain: str) -> bool:
        """Whether the clause names what this routine gives."""
        return self.subjects is not None and bool(self.subjects.search(plain))

    def topic_if(self, sense: Sense) -> str | None:
        """Return the question of the article that supposes an outcome of this sense."""
        for topic in self.release.routine.article.topics:
            if any(outcome.meant is sense for outcome in outcomes(self.plain(topic.question))):
                return article_choice(topic.number)
        return None

    def family_topic(self, mention: Mention, words: tuple[str, ...]) -> str | None:
        """Return the question of the article that names the family a mention is of, and no sibling of it."""
        assert mention.kind is Kind.FAMILY
        name = set(words[mention.start : mention.end])
        for topic in self.release.routine.article.topics:
            asked = one_clause(topic.question, str).words
            found = self.terms.find(asked)
            if any(
                m.kind is Kind.FAMILY and (name & set(asked[m.start : m.end]) or m.choice == mention.choice)
                for m in found
            ):
                return article_choice(topic.number)
        return None


def _vocabulary(release: Release, of_texts: Iterable[Sequence[str]]) -> list[str]:
    words = [word for found in of_texts for word in found]
    for term, nicknames in release.examples.glossary.items():
        for text in (term, *nicknames):
            words += one_clause(text, str).words
    words += [part for word in words if "-" in word for part in word.split("-")]
    return [word for word in words if word != "," and word[0:1].isalpha()]


def _subjects(release: Release, siblings: Sequence[Sibling]) -> re.Pattern[str] | None:
    """The words for what the routine gives: the article's title, its abbreviation, its nicknames, and the nouns
    that all sibling conditions share ("requires an X for ...")."""
    article = release.routine.article
    phrases: set[str] = set()
    title = one_clause(article.title, str).plain
    if 0 < len(title.split()) <= SUBJECT_WORDS_MAX:
        phrases.add(title)
    for text in (article.title, *(topic.question for topic in article.topics)):
        for full, short in re.findall(r"((?:[A-Z]\w+ ){1,5})\((\w{2,8})\)", text):
            if one_clause(full, str).plain.endswith(title) or title in one_clause(full, str).plain:
                phrases.add(short.lower())
    shared = [set(content_words(one_clause(sibling.text, str).plain)) for sibling in siblings]
    if len(shared) > 1:
        phrases |= set.intersection(*shared) - _VERBS
    known = {phrase for phrase in phrases if phrase}
    if len(title.split()) > 1:  # "this agreement": the title's last word, pointed at
        phrases |= {f"{pointing} {title.split()[-1]}" for pointing in _POINTING}
    for term, nicknames in release.examples.glossary.items():
        if one_clause(term, str).plain in known:
            phrases |= {one_clause(nickname, str).plain for nickname in nicknames}
    rows = sorted((re.escape(phrase) for phrase in phrases if phrase), key=lambda row: (-len(row), row))
    return re.compile(rf"\b(?:{'|'.join(rows)})s?\b") if rows else None


_COMMONPLACE: Final = listed(
    """
    friday monday tuesday wednesday thursday saturday sunday weekend feasible realistic possible doable till
    copy signed countersigned document letter paper agreement contract long take takes taking time usually
    normally generally roughly approximately typically about answer hear back start started begin go going
    proceed apply sign signed get getting obtain receive request process procedure step steps first next now
    quick quickly fast soon day days week weeks month months hour hours business working until before after
    whole thing total expect expected average maybe today tomorrow deadline turnaround timeline response
    reply wait finish finished done complete completed ready work works way best right exactly actually even
    still one ones anything something everything paperwork sort sorted set move forward ahead people team
    guys company us kick off involved happen happens estimate rough idea application approval decision
    finalised finalized finalize urgent fastest average normal typical most happy glad pleased assist great good
    nice fit thing things kind well perfect appreciate hear love sounds stuff sure boss manager
    """
)
"""Words that any request speaks of."""


def _meaning(release: Release) -> str | None:
    """The question of the article that says what the routine's matter is: the one with the title's words in it."""
    title = one_clause(release.routine.article.title, str).plain
    topics = release.routine.article.topics
    named = [topic for topic in topics if title and title in one_clause(topic.question, str).plain]
    return article_choice(named[0].number) if named else None


_POINTING: Final = (
    "this",
    "that",
    "such an",
    "such a",
    "said",
    "the",
    "your",
    "these",
    "those",
    "of the",
    "one of those",
)
_DEALING_WITH: Final = re.compile(r"\b(?:with|from|at|by) ([A-Z]\w+)")
_VERBS: Final = FUNCTION_WORDS | listed(
    "customer user client caller member requires require needs need wants want asks requests like has is"
)


def _family_topics(release: Release, terms: Terms) -> Iterator[tuple[str, str]]:
    """By sibling of a family, the question of the article that names the family: its answer holds for the sibling."""
    for topic in release.routine.article.topics:
        for mention in terms.find(one_clause(topic.question, str).words):
            if mention.kind is Kind.FAMILY:
                yield mention.choice, article_choice(topic.number)


def _reports(release: Release) -> list[tuple[str, Sense]]:
    found = []
    for step in release.routine.conditional:
        if step.condition is not None and step.condition.kind is ConditionKind.REPORT:
            sense = sense_of(one_clause(level(step.condition.text), str).plain)
            if sense is not None:
                found.append((step_choice(step.label), sense))
    return found


def _names(release: Release, terms: Terms) -> frozenset[str]:
    """The words of the names that the document has: its vendor's, and those of what it tells apart."""
    siblings = {word for sibling in terms.siblings for word in one_clause(sibling.name, str).words if len(word) > 1}
    return frozenset(siblings | _vendors(release, terms.alone)) - FUNCTION_WORDS


def _document_words(release: Release) -> Iterator[str]:
    """Every word of the document itself."""
    routine = release.routine
    texts = [routine.article.title, *(topic.question for topic in routine.article.topics)]
    texts += [topic.text for topic in routine.article.topics]
    texts += [step.condition.text for step in routine.conditional if step.condition is not None]
    texts += [one.instruction.text or "" for one in routine.lines if isinstance(one.instruction, Say | Ask)]
    for text in texts:
        yield from one_clause(text, str).words


def _vendors(release: Release, terms: frozenset[str]) -> set[str]:
    asked = " ".join((release.routine.article.title, *(topic.question for topic in release.routine.article.topics)))
    return {name.lower() for name in _DEALING_WITH.findall(level(asked))} - terms


def _vendor(release: Release, terms: frozenset[str]) -> re.Pattern[str] | None:
    """The name of whoever the article says one deals with ("an agreement with Acme")."""
    names = _vendors(release, terms)
    rows = sorted(re.escape(name) for name in names)
    return re.compile(rf"\b(?:{'|'.join(rows)})\b") if rows else None


def _number(topic: object) -> str | None:
    number = getattr(topic, "number", None)
    return article_choice(number) if isinstance(number, int) else None
