"""What marker a row begins with, and which rows are steps where the document numbers none of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise
from typing import Final

from bythebook.compiler.counting import steps_of_section
from bythebook.compiler.markdown import Row, RowKind
from bythebook.source.span import SourceFile, Span

COUNTED_MIN: Final = 2
"""Fewer bullets or paragraphs without numbers are no steps."""


HEADING_WORDS_MAX: Final = 5
"""A longer line over bullets is no heading."""

_LETTERED: Final = re.compile(
    r"\**(?:(?:[Pp]art|[Ss]ection|[Ss]tage|[Bb]lock)[ \t]+(?P<named>[A-Z])\s*[.):–—-]|(?P<letter>[A-Z])[.)])"
    r"\**[ \t]+\S"
)
_NUMBERED: Final = re.compile(r"[\s\u00a0]*(?:1|[a-z])\\?[.)][ \t]")
_WHOLE: Final = re.compile(r"\d{1,4}\.0")
_DIGITS: Final = re.compile(r"\d{1,4}[.)][ \t]")
_TELLS: Final = re.compile(
    r"[A-Z][.)][ \t]+(?:ask|call|tell|inform|say|explain|thank|greet|if|when|check|verify|look|find|run|use|transfer|"
    r"send|offer|apologi[sz]e|collect|get|confirm|record|close|hand|request|remind|welcome|once|otherwise)\b",
    re.I,
)
_HEADING: Final = re.compile(r"[A-Z][^.:;!?\"“”`|]*$")


class Rank(IntEnum):
    """What kind of marker an item has; of two at the same column the higher number is the child."""

    SECTION = -2
    """A heading that is no step."""

    STEP = -1
    """A heading that is a step: `## Step 3: Refund`."""

    NUMBER = 0
    LETTER = 1
    ROMAN = 2
    BULLET = 3
    NOTE = 4
    """No marker: a paragraph, a heading or code among the items."""


@dataclass(frozen=True, slots=True)
class Marked:
    rank: Rank
    marker: str
    marker_span: Span
    start: int
    indent: int
    spelled: str = ""
    """A whole label in the marker itself: `2a`, `2.1`."""


def counted(marks: list[Marked], rows: Sequence[Row], file: SourceFile) -> list[Marked]:
    """Where nothing is numbered the bullets furthest left, or else the paragraphs, are the steps, counted from 1."""
    free = (Rank.BULLET, Rank.NOTE, Rank.SECTION)
    if not marks:
        return marks
    base = min(row.indent for row in rows)
    for at in sorted(lettered(rows, file, routine=True)):
        row = rows[at]
        match = _LETTERED.match(file.text, row.span.start, row.span.end)
        if row.indent == base and match is not None:
            letter, start = match["letter"] or match["named"], match.end() - 1
            marks[at] = Marked(Rank.STEP, letter, Span(row.span.start, start), start, row.indent, letter)
    # Numbers under bullets are lists of theirs: the bullets are the steps all the same.
    lists = all(mark.rank in free or mark.rank is Rank.NUMBER for mark in marks)
    if not lists or any(mark.rank not in free and row.indent == base for mark, row in zip(marks, rows, strict=True)):
        return _spelled_steps(marks, rows)
    begins = [row.block != before for row, before in zip(rows, (None, *(one.block for one in rows)), strict=False)]
    left = [row.indent == base and row.kind is RowKind.TEXT for row in rows]
    bullets = [at for at, mark in enumerate(marks) if left[at] and mark.rank is Rank.BULLET]
    # "o" under "•": a word processor's second level, whatever became of its indentation.
    bullets = [at for at in bullets if marks[at].marker == marks[bullets[0]].marker or rows[at].indent < base]
    texts = [at for at, mark in enumerate(marks) if left[at] and begins[at] and mark.rank is Rank.NOTE]
    # "If they want a refund:" over bullets: what belongs to what is for the author to say.
    if bullets and any(file.slice(rows[at].span).rstrip(" *").endswith(":") for at in texts):
        return marks
    if bullets:
        for at in texts:
            if begins[at] and _is_heading(at, marks, rows, file):
                words = file.slice(rows[at].span)
                marks[at] = replace(marks[at], rank=Rank.SECTION, marker=words, spelled=section_label(words))
    steps = bullets if len(bullets) >= COUNTED_MIN else texts if not bullets and len(texts) >= COUNTED_MIN else []
    for number, at in enumerate(steps, 1):
        marks[at] = replace(marks[at], rank=Rank.NUMBER, marker=str(number))
    return marks


def section_label(words: str) -> str:
    """Return what a section is called by its heading."""
    return f"section {' '.join(words.lower().split())}".strip(" :.*")


def lettered(rows: Sequence[Row], file: SourceFile, *, routine: bool = False) -> frozenset[int]:
    """Return the rows that are steps named A, B, C, each but the last over lines that are numbered.

    Among rows that are all of the routine it is enough that nothing is numbered.
    """
    found: list[tuple[int, str]] = []
    for at, row in enumerate(rows):
        match = _LETTERED.match(file.text, row.span.start, row.span.end)
        letter = (match["letter"] or match["named"]) if match is not None else ""
        if letter and ord(letter) == ord("A") + len(found):
            found.append((at, letter))
    if len(found) < COUNTED_MIN:
        return frozenset()
    places = [at for at, _ in found]
    heads = all(_NUMBERED.match(file.text, rows[at + 1].span.start) for at, _ in pairwise(places))
    return frozenset(places) if heads or _told_by_letters(places, rows, file, routine) else frozenset()


def _told_by_letters(places: Sequence[int], rows: Sequence[Row], file: SourceFile, routine: bool) -> bool:
    """Whether lines A, B, C tell what to do themselves, and nothing in the document is numbered."""
    if len(places) <= COUNTED_MIN or any(_DIGITS.match(file.text, row.span.start, row.span.end) for row in rows):
        return False
    if routine:
        return True
    told = sum(bool(_TELLS.match(file.text, rows[at].span.start, rows[at].span.end)) for at in places)
    return 2 * told > len(places)


def _is_heading(at: int, marks: Sequence[Marked], rows: Sequence[Row], file: SourceFile) -> bool:
    """Whether a line of a few words stands right over bullets: a heading that lost its mark."""
    over = at + 1 < len(marks) and marks[at + 1].rank is Rank.BULLET
    words = file.slice(rows[at].span)
    return over and len(words.split()) <= HEADING_WORDS_MAX and bool(_HEADING.match(words))


def _spelled_steps(marks: list[Marked], rows: Sequence[Row]) -> list[Marked]:
    """Where nothing but the labels of one section is numbered, these are the steps."""
    base = min(row.indent for row in rows)
    at_base = [at for at, row in enumerate(rows) if row.indent == base]
    if any(marks[at].rank in (Rank.NUMBER, Rank.STEP) for at in at_base):
        return marks
    whole = [at for at in at_base if _WHOLE.fullmatch(marks[at].spelled)]
    if len(whole) >= COUNTED_MIN:
        # "1.0 Ask ...", "1.1 If ...", "2.0 Call ...": the tenths are the lines of the steps.
        for at in whole:
            marks[at] = replace(marks[at], rank=Rank.NUMBER, marker=marks[at].spelled.split(".")[0], spelled="")
        return marks
    for at in (at_base[number] for number in steps_of_section([marks[at].spelled for at in at_base])):
        marks[at] = replace(marks[at], rank=Rank.NUMBER, marker=marks[at].spelled.split(".")[1])
    return marks
