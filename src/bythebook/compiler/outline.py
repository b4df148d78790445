"""The outline reader: rows become labelled items in a tree, whatever became of the document's indentation.

An item's parent is the nearest open item that stands further left; between items that start at the same column the
kind of marker decides (`1.` over `a.` over `i.` over `-`). So a tab before `a.`, a call written as `- i.` beside
`- e.` and a document whose indentation was lost all give the tree that their author numbered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

from bythebook.compiler.markdown import Row, RowKind
from bythebook.compiler.text import unbolded
from bythebook.source.span import SourceFile, Span

NESTING_MAX: Final = 8
"""Items nested deeper than this are read as standing at this depth."""


class Rank(IntEnum):
    """What kind of marker an item has; of two at the same column the higher number is the child."""

    NUMBER = 0
    LETTER = 1
    ROMAN = 2
    BULLET = 3
    NOTE = 4
    """No marker: a paragraph, a heading or code among the items."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the outline."""

    label: str
    rank: Rank
    marker: str
    """The marker as written, without the dot or bracket behind it: `2`, `e`, `2a`, `i`, `-`."""

    marker_span: Span
    span: Span
    """Its words, without the marker; they may go over several lines."""

    indent: int
    parent: int | None
    """The index of the item it belongs to."""

    beside: bool
    """It stands beside its parent, not under it: the marker alone says where it belongs."""


@dataclass(frozen=True, slots=True)
class _Marked:
    rank: Rank
    marker: str
    marker_span: Span
    start: int
    indent: int
    spelled: str = ""
    """A whole label in the marker itself: `2a`, `2.1`."""


# Without a dot or bracket behind it ("2.1 Check ..."), and so only where a paragraph begins.
_UNCLOSED: Final = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,4})+|[0-9]{1,4}[a-z])[ \t]+")
_BULLET: Final = re.compile(r"\\?[-*+•–](?:[ \t]+|$)")
# A table: the form of a marker and its rank. A bare letter may still turn out to be a roman numeral.
_MARKERS: Final[tuple[tuple[re.Pattern[str], Rank, bool], ...]] = (
    (re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,4})+)[.)](?:[ \t]+|$)"), Rank.LETTER, True),
    (re.compile(r"([0-9]{1,4}[a-z])[.)](?:[ \t]+|$)"), Rank.LETTER, True),
    (re.compile(r"([0-9]{1,4})\\?[.)](?:[ \t]+|$)"), Rank.NUMBER, False),
    (re.compile(r"([ivx]{2,5})\\?[.)](?:[ \t]+|$)"), Rank.ROMAN, False),
    (re.compile(r"([a-z])\\?[.)](?:[ \t]+|$)"), Rank.LETTER, False),
)
_ROMANS: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def read_outline(rows: Sequence[Row], file: SourceFile) -> tuple[Item, ...]:
    """Return the items in document order; every row is a new item or goes on with the one before."""
    items: list[Item] = []
    open_items: list[int] = []
    bullets: dict[int | None, int] = {}
    block: int | None = None
    for row in rows:
        marked = _marker(row, file, row.block != block)
        if marked.rank is Rank.NOTE and row.block == block and row.kind is RowKind.TEXT:
            items[-1] = replace(items[-1], span=Span(items[-1].span.start, row.span.end))
            continue
        block = row.block
        marked = _resolved(marked, items, open_items)
        _close(marked, items, open_items)
        parent = open_items[-1] if open_items else None
        if marked.rank in (Rank.BULLET, Rank.NOTE):
            bullets[parent] = bullets.get(parent, 0) + 1
        above = items[parent] if parent is not None else None
        items.append(
            Item(
                _label(marked, above, bullets.get(parent, 0)),
                marked.rank,
                marked.marker,
                marked.marker_span,
                Span(marked.start, max(marked.start, row.span.end)),
                marked.indent,
                parent,
                above is not None and above.indent >= marked.indent and marked.rank is not Rank.NOTE,
            )
        )
        if len(open_items) < NESTING_MAX and marked.rank is not Rank.NOTE:
            open_items.append(len(items) - 1)
    return tuple(replace(item, span=_bare(file, item.span)) for item in items)


def children_of(items: Sequence[Item]) -> tuple[tuple[int, ...], ...]:
    """Return, for each item, the indices of the items directly under it."""
    found: list[list[int]] = [[] for _ in items]
    for index, item in enumerate(items):
        if item.parent is not None:
            found[item.parent].append(index)
    return tuple(tuple(indices) for indices in found)


def _marker(row: Row, file: SourceFile, begins: bool) -> _Marked:
    at = row.span.start
    note = _Marked(Rank.NOTE, "", Span(at, at), at, row.indent)
    if row.kind is not RowKind.TEXT:
        return note
    start, end = at, row.span.end
    bullet = _BULLET.match(file.text, at, end)
    if bullet:
        place = Span(at, at + len(bullet[0].rstrip()))
        note = _Marked(Rank.BULLET, bullet[0].strip(), place, bullet.end(), row.indent)
        start = bullet.end()
    for pattern, rank, spelled in _MARKERS:
        if match := pattern.match(file.text, start, end):
            place = Span(match.start(), match.start() + len(match[0].rstrip()))
            return _Marked(rank, match[1], place, match.end(), row.indent, match[1] if spelled else "")
    if begins and (match := _UNCLOSED.match(file.text, start, end)):
        return _Marked(Rank.LETTER, match[1], Span(*match.span(1)), match.end(), row.indent, match[1])
    return note


def _resolved(marked: _Marked, items: Sequence[Item], open_items: Sequence[int]) -> _Marked:
    """Tell the letter `i` from the numeral `i`: it is the letter where it follows `h`."""
    if marked.rank not in (Rank.LETTER, Rank.ROMAN) or marked.spelled or marked.marker not in _ROMANS:
        return marked
    opened = [items[index] for index in open_items]
    for item in reversed(opened):
        if item.rank is Rank.ROMAN and _follows(item.marker, marked.marker, Rank.ROMAN):
            return replace(marked, rank=Rank.ROMAN)
        if item.rank is Rank.LETTER and _follows(item.marker, marked.marker, Rank.LETTER):
            return replace(marked, rank=Rank.LETTER)
    return replace(marked, rank=Rank.ROMAN if marked.marker == "i" else marked.rank)


def _close(marked: _Marked, items: Sequence[Item], open_items: list[int]) -> None:
    """Close every open item that the new one does not belong to."""
    for depth in range(len(open_items) - 1, -1, -1):
        item = items[open_items[depth]]
        # "b." a little further right than "a." is still its sibling.
        if (
            item.rank is marked.rank
            and item.indent <= marked.indent
            and _follows(item.marker, marked.marker, item.rank)
        ):
            del open_items[depth:]
            return
    while open_items and not _holds(items[open_items[-1]], marked):
        open_items.pop()


def _holds(item: Item, marked: _Marked) -> bool:
    return item.indent < marked.indent or (item.indent == marked.indent and item.rank < marked.rank)


def _follows(before: str, after: str, rank: Rank) -> bool:
    match rank:
        case Rank.NUMBER:
            return int(after) == int(before) + 1
        case Rank.LETTER:
            return len(before) == len(after) == 1 and ord(after) == ord(before) + 1
        case Rank.ROMAN:
            return before in _ROMANS and after in _ROMANS and _ROMANS.index(after) == _ROMANS.index(before) + 1
        case _:
            return False


def _label(marked: _Marked, above: Item | None, bullet: int) -> str:
    if marked.spelled:
        return marked.spelled
    word = str(bullet) if marked.rank in (Rank.BULLET, Rank.NOTE) else marked.marker
    if above is None:
        return word
    joint = "" if marked.rank is Rank.LETTER and above.rank is Rank.NUMBER else "."
    return f"{above.label}{joint}{word}"


def _bare(file: SourceFile, span: Span) -> Span:
    """Leave out a comment behind the words, and bold around the whole of them."""
    raw = file.slice(span)
    if raw.endswith("-->") and (at := raw.rfind("<!--")) > 0:
        span = Span(span.start, span.start + len(raw[:at].rstrip()))
    return unbolded(file, span) or span
