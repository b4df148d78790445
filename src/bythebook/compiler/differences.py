"""What two releases of a document tell customers differently, line by line; and how their texts differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import Final

from bythebook.compiler.text import words_at
from bythebook.routine.model import Ask, Collect, Routine, Say
from bythebook.routine.wording import Link, Phrase, Release

ALIKE_MIN: Final = 0.5
"""From here on (0 to 1) a text that is gone and one that is new are the same one, changed."""

COMPARED_MAX: Final = 40
"""Texts beside each other that are compared each with each; more are taken as they stand."""

_WORDS: Final = re.compile(r"\s+|[^\s]+")


class Kind(Enum):
    """What a text is; the values are what people read before its place."""

    LINE = "line"
    ANSWER = "answer of the article:"
    RESULT = "result of"
    HOUSE = "house phrase"
    LINK = "link:"


@dataclass(frozen=True, slots=True)
class Said:
    """A text that a customer can be told, and where it stands."""

    kind: Kind
    place: str
    """Among its kind: the line's label, the article's question, the function's name, the words of a link."""

    text: str

    @property
    def where(self) -> str:
        """Where it stands, as a person cites it: `line 2a`, `result of find_order`."""
        return f"{self.kind.value} {self.place}"


@dataclass(frozen=True, slots=True)
class Change:
    """One text that is told differently; nothing before where it is new, nothing after where it is gone."""

    before: Said | None
    after: Said | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a changed text: `=` in both, `-` before only, `+` after only."""

    sign: str
    text: str


def said(release: Release, house: Mapping[str, Phrase]) -> tuple[Said, ...]:
    """Return every text that a release can tell, in document order; of the house's phrases those that are its own."""
    routine, wording = release.routine, release.wording
    own = [(name, phrase) for name, phrase in wording.house.items() if house.get(name) != phrase]
    return (
        *(
            Said(Kind.ANSWER, topic.question, f"{topic.question}\n\n{topic.text}".strip())
            for topic in routine.article.topics
        ),
        *_lines(routine, wording.lines),
        *(Said(Kind.RESULT, name, phrase.text) for name, phrase in wording.functions.items()),
        *(Said(Kind.HOUSE, name, phrase.text) for name, phrase in own),
        *(Said(Kind.LINK, link.words, _led_to(release, link)) for link in wording.links),
    )


def _led_to(release: Release, link: Link) -> str:
    """Return what a link leads to: an address, or a line by its words, for labels move."""
    line = release.routine.line(link.line) if link.line else None
    return link.address or (words_at(release.document, line.span) if line is not None else link.line) or ""


def _lines(routine: Routine, phrases: Mapping[str, Phrase]) -> Iterator[Said]:
    for step in routine.steps:
        if step.label in phrases and step.line(step.label) is None:
            yield Said(Kind.LINE, step.label, phrases[step.label].text)
        for line in step.lines:
            match line.instruction:
                case Say(text=text) | Ask(text=text) | Collect(text=text):
                    words = text if text is not None else phrases[line.label].text if line.label in phrases else ""
                    if words:
                        yield Said(Kind.LINE, line.label, words)
                case _:
                    pass


def differences(before: Sequence[Said], after: Sequence[Said]) -> tuple[Change, ...]:
    """Return what is told differently, in the order of the later release. A line that only moved is the same."""
    found: list[Change] = []
    for kind in Kind:
        one, other = ([each for each in side if each.kind is kind] for side in (before, after))
        found += _changes(one, other)
    return tuple(found)


def _changes(before: Sequence[Said], after: Sequence[Said]) -> Iterator[Change]:
    gone, fresh = _without_common(before, after)
    pairs = _pairs(gone, fresh)
    for one in fresh:
        yield Change(pairs.get(one), one)
    paired = set(pairs.values())
    yield from (Change(one, None) for one in gone if one not in paired)


def _without_common(before: Sequence[Said], after: Sequence[Said]) -> tuple[list[Said], list[Said]]:
    """Return what only one of them has: what both have in the same order is left out first, then what moved."""
    one, other = list(map(_told_by, before)), list(map(_told_by, after))
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    here = {block.a + at for block in blocks for at in range(block.size)}
    there = {block.b + at for block in blocks for at in range(block.size)}
    gone = [said for at, said in enumerate(before) if at not in here]
    fresh = [said for at, said in enumerate(after) if at not in there]
    moved = Counter(map(_told_by, gone)) & Counter(map(_told_by, fresh))
    return _less(gone, moved), _less(fresh, moved)


def _less(texts: Sequence[Said], moved: Mapping[tuple[str, str], int]) -> list[Said]:
    left, kept = Counter(moved), []
    for said in texts:
        if left[_told_by(said)]:
            left[_told_by(said)] -= 1
        else:
            kept.append(said)
    return kept


def _told_by(said: Said) -> tuple[str, str]:
    """Return what a text is known by: a line by its words alone, for others that are put in before it move it."""
    return ("" if said.kind is Kind.LINE else said.place), said.text


def _pairs(gone: Sequence[Said], fresh: Sequence[Said]) -> dict[Said, Said]:
    """Return which new text was which before: first those at the same place, then the most alike."""
    pairs: dict[Said, Said] = {}
    left = list(gone)
    compared = [
        (_likeness(old, new) + _same_place(old, new), old, new)
        for new in fresh[:COMPARED_MAX]
        for old in gone[:COMPARED_MAX]
    ]
    for likeness, old, new in sorted(compared, key=lambda one: -one[0]):
        if likeness >= ALIKE_MIN and old in left and new not in pairs:
            pairs[new] = old
            left.remove(old)
    return pairs


def _same_place(old: Said, new: Said) -> float:
    """Return what speaks for two texts at the same place: for a line a little, as labels move; else all there is."""
    if old.place != new.place:
        return 0.0
    return 0.25 if old.kind is Kind.LINE else 1.0


def _likeness(old: Said, new: Said) -> float:
    return SequenceMatcher(None, old.text.split(), new.text.split(), autojunk=False).ratio()


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return a changed text word by word: what is in both, what was taken out, what is new."""
    one, other = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Piece] = []
    for operation, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if operation == "equal":
            found.append(Piece("=", "".join(one[i:j])))
            continue
        if i < j:
            found.append(Piece("-", "".join(one[i:j])))
        if k < m:
            found.append(Piece("+", "".join(other[k:m])))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a text that was changed: `-`, `+`, ` ` for one beside it, `~` for lines that are left out."""

    sign: str
    text: str
    number: int = 0
    """Its line in the text it stands in, from 1; of the later one where it is in both."""


def rows(before: str, after: str, around: int = 2) -> tuple[Row, ...]:
    """Return how two texts differ, line by line, with some lines around each change; none where they do not."""
    one, other = before.split("\n"), after.split("\n")
    found: list[Row] = []
    last = 0
    for group in SequenceMatcher(None, one, other, autojunk=False).get_grouped_opcodes(around):
        start = group[0][3]
        if start > last:
            found.append(Row("~", f"{start - last} line{'s' if start - last > 1 else ''} as before"))
        for operation, i, j, k, m in group:
            if operation == "equal":
                found += [Row(" ", other[at], at + 1) for at in range(k, m)]
            else:
                found += [Row("-", one[at], at + 1) for at in range(i, j)]
                found += [Row("+", other[at], at + 1) for at in range(k, m)]
        last = group[-1][4]
    if found and last < len(other):
        found.append(Row("~", f"{len(other) - last} line{'s' if len(other) - last > 1 else ''} as before"))
    return tuple(found)
