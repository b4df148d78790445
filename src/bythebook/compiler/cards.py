"""Documents that are loaded together: what each release knows of the others, written down as a file of its own.

The cards are part of a release, so that what is decided by it can be decided again, whatever is loaded later.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from bythebook.compiler.markdown import RowKind, read_rows
from bythebook.compiler.outline import begins_routine, is_step_line
from bythebook.compiler.parts import opens_part
from bythebook.compiler.problems import Problems
from bythebook.compiler.text import plain, unbolded, words_at
from bythebook.routine.model import Ask, Call, Collect, HandOver, QuestionKind, Routine, Say
from bythebook.routine.wording import RECEPTION, Card, Release
from bythebook.source.span import SourceFile

CARDS_PATH: Final = "cards.json"
"""Under which a release keeps its cards; no file of the author's is called so."""

ABOUT_MAX: Final = 48
"""So many of a document's lines, evenly spread, tell what it is about."""

WORDS_MIN: Final = 3
"""Words of a line that tells something."""

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+")
_SEPARATORS: Final = re.compile(r"[\s_-]+")
_STEP: Final = re.compile(r"\\?[-*+•]?\s*\**\d{1,4}\\?[.)]\s")
_MARKS: Final = re.compile(r"[`*]+")
_ASKED_KINDS: Final = ("routine", "step", "article", "line")


class NotTogether(Exception):
    """The documents cannot be loaded together; the message says why, and what to change."""


@dataclass(frozen=True, slots=True)
class Cards:
    """What one release knows of the library that it is in."""

    title: str = ""
    first: tuple[str, ...] = ()
    others: tuple[Card, ...] = ()


def write_cards(cards: Cards) -> bytes:
    """Return the cards as the file that a release keeps: the same cards, the same bytes."""
    return json.dumps(asdict(cards), ensure_ascii=False, sort_keys=True, indent=1).encode()


def read_cards(raw: bytes | None, problems: Problems) -> Cards:
    """Return the cards of a release; one that stands alone has none."""
    if raw is None:
        return Cards()
    try:
        kept = json.loads(raw)
        others = tuple(
            Card(one["name"], one["title"], *(tuple(one[key]) for key in ("first", "takes", "asked", "about")))
            for one in kept["others"]
        )
        return Cards(str(kept["title"]), tuple(kept["first"]), others)
    except (ValueError, LookupError, TypeError, RecursionError) as failure:
        problems.error(
            "unreadable-cards", f"the file is not as it was written: {failure}", "load the documents again"
        )
        return Cards()


def deal(
    releases: Sequence[Release], titles: Mapping[str, str], takes: Callable[[Routine], tuple[str, ...]] = lambda _: ()
) -> Mapping[str, Cards]:
    """Return the cards for each of the documents, and for the reception where customers have a choice.

    `titles` holds, by name, the titles that are known otherwise (of one flow among several in a file); `takes` tells
    the facts and values that a routine depends on.
    A document alone has no cards. Raises NotTogether.
    """
    if len(releases) == 1 and not releases[0].conduct.first:
        return {}
    by_name = {release.name: release for release in releases}
    firsts = {release.name: _firsts(release.name, by_name) for release in releases}
    cards = {
        release.name: Card(
            release.name,
            titles.get(release.name) or title_of(release, releases),
            firsts[release.name],
            tuple(
                dict.fromkeys(
                    name for one in (release.name, *firsts[release.name]) for name in takes(by_name[one].routine)
                )
            ),
        )
        for release in releases
    }
    offered = [release for release in releases if not release.conduct.part]
    if not offered:
        raise NotTogether("every document is a part of others; load one that customers come for")
    dealt = {
        name: Cards(card.title, card.first, tuple(cards[one.name] for one in offered if one.name != name))
        for name, card in cards.items()
    }
    if len(offered) > 1:
        dealt[RECEPTION] = Cards("", (), _apart([_told(one, cards[one.name]) for one in offered]))
    return dealt


def title_of(release: Release, beside: Sequence[Release] = ()) -> str:
    """Return what a document is called among others: as its owner says, its article's title, its heading, its name.

    What several names share and no document says ("acme" in `acme_refunds` and `acme_returns`) is left out of a name.
    """
    headed = release.conduct.title or release.routine.article.title or _first_heading(release.document)
    titled = _MARKS.sub("", headed).strip().rstrip(":")
    if titled:
        return titled
    words = _words_of_name(release)
    names = Counter(word.lower() for other in beside for word in set(_words_of_name(other)))
    said = " ".join(other.document.text.lower() for other in beside)
    kept = [word for word in words if names[word.lower()] < 2 or word.lower() in said]
    named = " ".join(kept or words)
    return named[:1].upper() + named[1:]


def _words_of_name(release: Release) -> list[str]:
    return _SEPARATORS.sub(" ", release.name).split()


def _firsts(name: str, by_name: Mapping[str, Release]) -> tuple[str, ...]:
    """Return the documents that come before one, the farthest first."""
    chain: list[str] = []
    at = name
    while first := by_name[at].conduct.first:
        if first not in by_name:
            known = ", ".join(f"`{other}`" for other in by_name if other != name) or "none"
            raise NotTogether(
                f'{at} has first = "{first}", and no document of that name is loaded with it (there is {known}); '
                f"load both, or take the line out of its phrases.toml"
            )
        if first == name or first in chain:
            raise NotTogether(f"{name} would come before itself: follow `first` in {', '.join([name, *chain])}")
        chain.insert(0, first)
        at = first
    return tuple(chain)


def _first_heading(file: SourceFile) -> str:
    """Return the words of the first heading, or bold line, that opens no part and stands before the first step."""
    for row in read_rows(file):
        words = file.slice(row.span)
        if begins_routine(words) if row.kind is RowKind.HEADING else _STEP.match(words) or is_step_line(words):
            return ""
        bold = unbolded(file, row.span)
        if (row.kind is RowKind.HEADING or bold is not None) and opens_part(row, file) is None:
            return plain(file.slice(bold or row.span))
    return ""


# ---------------------------------------------------------------- what tells documents apart


def _apart(cards: Sequence[Card]) -> tuple[Card, ...]:
    """Leave out what several documents say word for word: it tells none of them from another."""
    said = Counter(text for card in cards for text in {*card.asked, *card.about})
    return tuple(
        replace(
            card,
            asked=tuple(text for text in card.asked if said[text] == 1),
            about=tuple(text for text in card.about if said[text] == 1),
        )
        for card in cards
    )


def _told(release: Release, card: Card) -> Card:
    asked = dict.fromkeys(text for text in asked_words(release) if text.strip())
    about = [
        text for text in dict.fromkeys(told_words(release)) if len(text.split()) >= WORDS_MIN and text not in asked
    ]
    spread = [about[at * len(about) // ABOUT_MAX] for at in range(ABOUT_MAX)] if len(about) > ABOUT_MAX else about
    return replace(card, asked=tuple(asked), about=tuple(spread))


def asked_words(release: Release) -> Iterator[str]:
    """Return what customers say who need a document, as far as it tells."""
    routine, examples = release.routine, release.examples
    yield from (topic.question for topic in routine.article.topics)
    yield from (step.condition.text for step in routine.conditional if step.condition is not None)
    for choice, texts in examples.by_choice.items():
        if choice.partition(":")[0] in _ASKED_KINDS:
            yield from texts


def told_words(release: Release) -> Iterator[str]:
    """Return a document's other words: its steps, lines, functions and answers, without what any document has."""
    routine = release.routine
    yield routine.article.subtitle
    for step in routine.steps:
        yield _bare(step.text)
        for line in step.lines:
            if not _common(routine, line.instruction):
                yield _bare(_words(line.instruction) or words_at(release.document, line.span))
    for function in routine.functions:
        if function.name != routine.resolution_function:
            yield _bare(function.purpose)
            yield function.name.replace("_", " ")
    for topic in routine.article.topics:
        yield from (_bare(sentence) for sentence in _SENTENCE_END.split(topic.text))


def _words(instruction: object) -> str:
    return instruction.text or "" if isinstance(instruction, Say | Ask | Collect) else ""


def _common(routine: Routine, instruction: object) -> bool:
    """Whether a line is one that any document has: how it ends, and who takes over."""
    closing = isinstance(instruction, Ask) and instruction.kind is QuestionKind.ANYTHING_ELSE
    ends = isinstance(instruction, Call) and instruction.function == routine.resolution_function
    return closing or ends or isinstance(instruction, HandOver)


def _bare(text: str) -> str:
    return _MARKS.sub("", text).strip()
