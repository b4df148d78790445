"""The terms that tell sibling conditions apart ("the parcel", "Cloud Premium"), found in what a customer says.

They come from the document (the conditions' names) and from the author's glossary. A name of several words is often
a family name and a qualifier: the qualifier alone means the sibling, the family name alone does not, and the family
name with another qualifier ("Cloud Basic") is something the document does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bythebook.compiler.cards import told_words
from bythebook.engine.choice import OFF_TOPIC, step_choice
from bythebook.engine.conditions import walked
from bythebook.reading.common import ARTICLES, FUNCTION_WORDS, listed, stem
from bythebook.reading.outcomes import sense_of
from bythebook.reading.own_words import stands_alone
from bythebook.reading.text import level, one_clause
from bythebook.routine.article import ARTICLE
from bythebook.routine.model import Ask, ConditionKind, Say
from bythebook.routine.wording import Release

NAME_WORDS_MAX: Final = 3
"""Words an example of what is not in the document may have and still be read as a name."""

_TOGETHER: Final = re.compile(r"/|[()]|\sor\s")
_QUALIFIERS: Final = listed(
    """
    plus team teams edu education free pro business personal individual premium basic starter standard lite
    go student students home family mini max ultra advanced gold silver platinum trial desktop mobile light
    growth professional ultimate essentials
    """
)
"""What plans and editions are called everywhere."""

_OF_A_PLAN: Final = listed(
    "plan plans tier version edition subscription account license licence workspace subscriber"
)
_ANY_THING: Final = listed("product one 1 thing option version side part tool stuff bit app solution variant kind")
"""Words for just any thing: "the chat product" is also "the chat one"."""

_POINTERS: Final = frozenset({"the", "your"})
_POINTERS_AT_END: Final = listed("for not no via only just use using want need about with")
_ABOUT_THIS_TALK: Final = listed("close end leave stop in start open exit finish from during of quit")
_OTHER_MATTERS: Final = listed(
    """
    key keys error errors bill bills billing pricing price prices invoice invoices quota outage docs
    documentation credits bug bugs latency downtime password login dashboard limits ratelimit timeout
    timeouts sdk tutorial deprecation credit spend
    """
)
"""What follows a product's name when something else about it is meant ("X key")."""


SHORT_NAME_MIN: Final = 3
SHORT_NAME_MAX: Final = 4
"""Letters of a short name, in which a typo is mended only where it was asked about."""

CLIPPED_MAX: Final = 2
"""Words of an answer that may be names cut short."""

CLIPPED_LETTERS_MIN: Final = 3

_AROUND_A_NAME: Final = listed(
    """
    the a an for it is that this please and or both not no yes ok just only then thing things one version option
    edition product plan side stuff i we mean meant want need would like use with to , sorry well so thanks actually
    """
)
"""What may stand around a name that is cut short."""

FRAME_WORDS_MIN: Final = 3
"""Words that conditions no question asks about must begin with in common to be siblings."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """A condition with the words that tell it from those like it."""

    choice: str
    name: str
    text: str


class Kind(Enum):
    TERM = "term"
    """It means the sibling."""

    FAMILY = "family"
    """It means the family that the sibling is of: perhaps the sibling."""

    FOREIGN = "foreign"
    """It means something that the document does not have."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A term in a clause: `start` and `end` count its words, commas included."""

    start: int
    end: int
    kind: Kind
    choice: str
    """The sibling's choice; for what is foreign, empty, or that of the sibling it is joined to ("X key")."""

    placed: bool = False
    """It names the sibling by its place ("the second one")."""


@dataclass(frozen=True, slots=True)
class _Row:
    words: tuple[str, ...]
    kind: Kind
    choice: str
    pointed: bool = False
    """A nickname of one word that the author gave with its article: "the chat" is a name, "chat" is not."""


class Terms:
    """The terms of one release."""

    def __init__(self, release: Release) -> None:
        self.siblings = tuple(_siblings(release))
        self._own_matter = stands_alone(release)
        document = tuple(_document_words(release))
        vocabulary = frozenset(word for words in document for word in words)
        self._matters = _OTHER_MATTERS - vocabulary
        rows: dict[tuple[str, ...], _Row] = {}
        self._compounds: set[tuple[str, str]] = set()
        for sibling in self.siblings:
            name, choice = _words(sibling.name), sibling.choice
            others = {word for other in self.siblings if other != sibling for word in _words(other.name)}
            for row in self._of_name(name, choice, others, document):
                rows.setdefault(row.words, row)
            for nickname in _nicknames(release, name):
                for words in _with_any_noun(_words(nickname)):
                    rows[words] = _Row(words, Kind.TERM, choice, pointed=len(words) == 1 and " " in nickname)
        self._family_words = {row.words[-1] for row in rows.values() if row.kind is Kind.FAMILY}
        own = set(rows)
        for foreign in release.examples.by_choice.get(OFF_TOPIC, ()):
            words = _words(foreign)
            if 0 < len(words) <= NAME_WORDS_MAX and words not in own and "?" not in foreign:
                rows[words] = _Row(words, Kind.FOREIGN, "")
        self._rows = rows
        # People space names as no document does.
        self._joined = {"".join(words).replace("-", ""): row for words, row in rows.items()}
        self._stems = {tuple(stem(word) for word in words): row for words, row in rows.items()}
        self._longest = max((len(words) for words in rows), default=0) + 1
        self._qualifiers = _QUALIFIERS - {word for words in own for word in words}

    @property
    def words(self) -> frozenset[str]:
        """Every word of every term."""
        return frozenset(word for words in self._rows for word in words)

    @property
    def alone(self) -> frozenset[str]:
        """The words that are a term by themselves: "acme" is none where only "Acme API" names a product."""
        return frozenset(words[0] for words in self._rows if len(words) == 1)

    def short_names(self, choices: Sequence[str]) -> tuple[str, ...]:
        """Return the names of one short word that these choices have."""
        names = {row.words[0] for row in self._rows.values() if row.choice in choices and len(row.words) == 1}
        return tuple(sorted(name for name in names if SHORT_NAME_MIN <= len(name) <= SHORT_NAME_MAX))

    def find(self, words: Sequence[str]) -> tuple[Mention, ...]:
        """Return the terms in a clause, the longest at each place."""
        found: list[Mention] = []
        at = 0
        while at < len(words):
            mention = self._at(words, at)
            if mention is None:
                at += 1
                continue
            found.append(mention)
            at = mention.end
        return tuple(found)

    def clipped(self, words: Sequence[str], terms: Sequence[Mention], options: Sequence[str]) -> tuple[Mention, ...]:
        """Return terms, and where a question waits and little else is said, names cut short or spelled out."""
        free = [at for at in range(len(words)) if not any(one.start <= at < one.end for one in terms)]
        said = [at for at in free if words[at] not in _AROUND_A_NAME]
        if not options or not 0 < len(said) <= CLIPPED_MAX:
            return tuple(terms)
        names = {one.choice: _words(one.name) for one in self.siblings if one.choice in options}
        found = {at: [choice for choice, name in names.items() if _is_clipped(words[at], name)] for at in said}
        if any(len(choices) != 1 for choices in found.values()):
            return tuple(terms)
        short = tuple(Mention(at, at + 1, Kind.TERM, choices[0]) for at, choices in found.items())
        meant = {one.choice for one in short}
        kept = (one for one in terms if one.kind is Kind.TERM or one.choice not in meant)
        return tuple(sorted((*kept, *short), key=lambda one: one.start))

    def _at(self, words: Sequence[str], at: int) -> Mention | None:
        for length in range(min(self._longest, len(words) - at), 0, -1):
            part = tuple(words[at : at + length])
            row = self._rows.get(part) or self._joined.get("".join(part).replace("-", ""))
            row = row or self._stems.get(tuple(stem(word) for word in part))
            if row is not None:
                return self._judged(words, at, at + length, row)
        return self._plan(words, at)

    def _judged(self, words: Sequence[str], start: int, end: int, row: _Row) -> Mention | None:
        after = words[end] if end < len(words) else ""
        before = words[start - 1] if start else ""
        if row.pointed and not _points(words, start, end):
            return None
        if row.kind is Kind.TERM and (words[end - 1], after) in self._compounds and len(row.words) == 1:
            return None
        if row.kind is not Kind.FOREIGN and after in self._matters:
            return Mention(start, end + 1, Kind.FOREIGN, row.choice)
        if row.kind is Kind.FAMILY:
            if after in self._qualifiers and not (
                after in ("team", "business", "students") and before in ("our", "my")
            ):
                return Mention(start, end + 1, Kind.FOREIGN, "")
            if before in self._qualifiers:
                return Mention(start - 1, end, Kind.FOREIGN, "")
        return Mention(start, end, row.kind, row.choice)

    def _plan(self, words: Sequence[str], at: int) -> Mention | None:
        """ "the Plus plan", where the document's products have plans: they have a family name."""
        after = words[at + 1] if at + 1 < len(words) else ""
        if self._family_words and words[at] in self._qualifiers and after in _OF_A_PLAN:
            return Mention(at, at + 2, Kind.FOREIGN, "")
        return None

    def _of_name(
        self, name: tuple[str, ...], choice: str, others: set[str], document: tuple[tuple[str, ...], ...]
    ) -> Iterator[_Row]:
        yield _Row(name, Kind.TERM, choice)
        if len(name) < 2:
            return
        yield _Row((*name[1:], name[0]), Kind.TERM, choice)
        for word in name:
            if word in others or word in FUNCTION_WORDS:
                continue
            alone, compounds = _elsewhere(word, name, document)
            if alone and self._own_matter:
                continue  # what the whole routine is about names none of its answers
            self._compounds |= {(word, after) for after in compounds}
            yield _Row((word,), Kind.FAMILY if alone else Kind.TERM, choice)


def _is_clipped(word: str, name: Sequence[str]) -> bool:
    """Whether a word is made of the letters of a name: its start ("ent"), its bones ("entpr"), its initials."""
    letters = word.replace("-", "").replace(".", "")
    if not letters.isalpha() or letters in FUNCTION_WORDS:
        return False
    if len(name) > 1 and letters == "".join(part[0] for part in name):
        return True
    if letters == "".join(name) or letters in name:
        return letters != word or letters not in name
    if len(letters) < CLIPPED_LETTERS_MIN:
        return False
    return any(_runs_through(letters, part) and len(letters) < len(part) - 1 for part in name)


def _runs_through(letters: str, part: str) -> bool:
    """Whether the letters come in this order in a word that begins, or ends, with the same one."""
    rest = iter(part)
    if not all(letter in rest for letter in letters):
        return False
    return part[:2] == letters[:2] or part.endswith(letters) or (part[0], part[-1]) == (letters[0], letters[-1])


def _points(words: Sequence[str], start: int, end: int) -> bool:
    """Whether a word stands as a thing's name: alone, or behind an article ("the chat", not "close the chat")."""
    if end - start == len(words):
        return True
    before = words[max(0, start - 2) : start]
    if not before or before[0] in _ABOUT_THIS_TALK:
        return False
    ends = end == len(words) or words[end] in (",", "but", "and", "or")
    return before[-1] in _POINTERS or (ends and before[-1] in _POINTERS_AT_END)


def _siblings(release: Release) -> Iterator[Sibling]:
    """The conditions a question asks about; and those that differ from another only in their last words."""
    rest: list[tuple[str, tuple[str, ...]]] = []
    for step in release.routine.conditional:
        condition = step.condition
        assert condition is not None
        if walked(condition):
            continue  # nobody chooses what a function finds out
        if condition.kind is ConditionKind.ANSWER:
            yield Sibling(step_choice(step.label), condition.name, condition.text)
        elif sense_of(one_clause(condition.text, str).plain) is None:
            rest.append((step_choice(step.label), one_clause(condition.text, str).words))
    yield from (
        Sibling(step_choice(label), condition.name, condition.text) for label, condition in release.routine.choices
    )
    for choice, words in rest:
        shared = max((_shared(words, other) for at, other in rest if at != choice), default=0)
        name = words[shared:]
        if shared >= FRAME_WORDS_MIN and 0 < len(name) <= NAME_WORDS_MAX + 1:
            yield Sibling(choice, " ".join(name), " ".join(words))


def names_in(name: str) -> tuple[str, ...]:
    """Return the names that an author puts together: "No service/No signal" and "Pictures (MMS)" are two each."""
    return tuple(part for part in (found.strip() for found in _TOGETHER.split(name)) if part)


def _shared(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    """How many words two conditions begin with in common; none where one ends with them."""
    count = next((at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 0)
    return count if count < min(len(first), len(second)) else 0


def _words(text: str) -> tuple[str, ...]:
    words = [word for word in one_clause(text, str).words if word != ","]
    while words and words[0] in ARTICLES:
        words = words[1:]
    return tuple(words)


def _nicknames(release: Release, name: tuple[str, ...]) -> Iterator[str]:
    for term, nicknames in release.examples.glossary.items():
        if _words(term) == name:
            yield from nicknames


def _with_any_noun(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A nickname, and where it ends in a word for just any thing, the same with any other such word."""
    yield words
    if len(words) > 1 and words[-1] in _ANY_THING:
        yield from ((*words[:-1], thing) for thing in sorted(_ANY_THING))


def _document_words(release: Release) -> Iterator[tuple[str, ...]]:
    """Every sentence the document says or asks, in words."""
    texts = [topic.question for topic in release.routine.article.topics]
    texts += [topic.text for topic in release.routine.article.topics]
    # What the author says of the article's questions shows what a name's words are joined to there.
    texts += [
        text for choice, said in release.examples.by_choice.items() if choice.startswith(ARTICLE) for text in said
    ]
    spoken = (line.instruction for line in release.routine.lines)
    texts += [one.text for one in spoken if isinstance(one, Say | Ask) and one.text]
    if stands_alone(release):
        texts += told_words(release)
    for text in texts:
        for sentence in re.split(r"[.!?;:\n]+", level(text)):
            yield one_clause(sentence, str).words


def _elsewhere(word: str, name: tuple[str, ...], document: tuple[tuple[str, ...], ...]) -> tuple[bool, set[str]]:
    """Whether the word of a name stands alone elsewhere in the document, and the nouns it is joined to there."""
    alone = False
    compounds: set[str] = set()
    for words in document:
        for at, found in enumerate(words):
            if found != word or any(
                words[at - lead : at - lead + len(name)] == name for lead in range(len(name)) if at >= lead
            ):
                continue
            after = words[at + 1] if at + 1 < len(words) else ","
            if after in FUNCTION_WORDS or after == ",":
                alone = True
            else:
                compounds.add(after)
    return alone, compounds
