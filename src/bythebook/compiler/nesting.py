"""Give items back the places that lost indentation took from them, and each a label of its own.

A condition that ends in a colon, with nothing under it, has the lines after it, up to the next condition beside it; a
line that announces a list ("Provide the following steps:") has those after it that are no instructions themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bythebook.compiler.forms import Doing, Hanging
from bythebook.compiler.outline import Item, Rank, children_of, opens_condition
from bythebook.compiler.recognise import masked, recognise
from bythebook.routine.model import STANDING
from bythebook.source.span import SourceFile

_ANNOUNCES: Final = re.compile(r".*\b(?:following|these|ask|provide|request|collect|with)\b.*:$", re.I | re.S)
_LOOKS_FOR: Final = re.compile(r"(?:specifically )?(?:check|look|watch) for:$", re.I)
_CONDITION: Final = re.compile(r"(?:if|when|once|else|otherwise|or else|for)\b.*:$", re.I | re.S)
_NOTED: Final = re.compile(
    r"\W*(?:(?:note|important|caution|exception)\b|[a-z][a-z ]{1,30}:\s+(?=if\b|when\b|whenever\b))", re.I
)

_ANY_TIME: Final = re.compile(
    r"\b(?:if|when|whenever) at any (?:point|time|stage|moment)\b|"
    r"^\W*(?:at any (?:point|time|stage|moment)|anytime|throughout|"
    r"during the (?:whole )?(?:conversation|chat|call))\b|"
    r"^(?:(?!\b(?:can|could|may|might|be|free)\b)[^,.:])*\bat any (?:point|time|stage|moment)"
    r"(?: (?:in|during|of) (?:the|this) (?:whole )?(?:conversation|chat|call|process|case))?,",
    re.I,
)
"""In a paragraph of its own: it holds at any time, not only where the step under which it stands is reached."""

_IF: Final = re.compile(r"\b(?:if|when|whenever)\b", re.I)

WORDS_MAX: Final = 2_000
"""Longer words announce nothing."""


@dataclass(frozen=True, slots=True)
class _Kinds:
    """What each item is, as far as it decides where others belong."""

    condition: tuple[bool, ...]
    announces: tuple[bool, ...]
    instructs: tuple[bool, ...]


def renest(items: Sequence[Item], file: SourceFile) -> tuple[Item, ...]:
    """Return the items with their parents and labels as meant."""
    children = children_of(items)
    kinds = _kinds(items, file)
    roots = tuple(index for index, item in enumerate(items) if item.parent is None)
    parents = [item.parent for item in items]
    for index, item in enumerate(items):
        if item.rank is Rank.NOTE and item.parent is not None and not children[index]:
            words = file.slice(item.span)[:WORDS_MAX]
            root = items[_root(items, index)]
            free = item.indent <= root.indent and _ANY_TIME.search(words)
            if (free or _NOTED.match(words)) and _IF.search(words):
                parents[index] = None
    for siblings in (roots, *children):
        _adopt(siblings, items, kinds, children, parents)
    return _labelled([replace(item, parent=parent) for item, parent in zip(items, parents, strict=True)])


def _root(items: Sequence[Item], index: int) -> int:
    while (parent := items[index].parent) is not None:
        index = parent
    return index


def _kinds(items: Sequence[Item], file: SourceFile) -> _Kinds:
    condition, announces, instructs = [], [], []
    for item in items:
        words = masked(file.slice(item.span)).strip() if item.span.end - item.span.start < WORDS_MAX else ""
        hangs = bool(_CONDITION.match(words)) if item.rank is not Rank.NOTE else opens_condition(words)
        condition.append(hangs)
        listing = item.rank is Rank.BULLET and _ANNOUNCES.match(words)
        announces.append(not hangs and bool(listing or _LOOKS_FOR.match(words)))
        instructs.append(bool(words) and item.rank is Rank.BULLET and not _content(words))
    return _Kinds(tuple(condition), tuple(announces), tuple(instructs))


def _content(words: str) -> bool:
    form = recognise(words)
    return form is None or isinstance(form, Doing | Hanging)


def _adopt(
    siblings: Sequence[int],
    items: Sequence[Item],
    kinds: _Kinds,
    children: Sequence[Sequence[int]],
    parents: list[int | None],
) -> None:
    opener: int | None = None
    announcer: int | None = None
    for index in siblings:
        item = items[index]
        if item.rank < Rank.LETTER or (item.parent is None and item.rank is not Rank.NOTE and opener is None):
            opener = announcer = None
            continue
        if kinds.condition[index] and item.rank in (Rank.BULLET, Rank.NOTE):
            if opener is not None and items[opener].rank is Rank.NOTE and item.rank is Rank.BULLET:
                parents[index] = opener
                continue
            opener = None if children[index] else index
            announcer = None
            continue
        if opener is not None and (items[opener].rank is Rank.NOTE or item.rank is items[opener].rank):
            parents[index] = opener
        if announcer is not None and item.rank is Rank.BULLET and not kinds.instructs[index]:
            parents[index] = announcer
            continue
        announcer = index if kinds.announces[index] and not children[index] else None


def _labelled(items: list[Item]) -> tuple[Item, ...]:
    """Count bullets anew under their parents; a label given twice gets a number behind it."""
    counts: dict[int | None, int] = {}
    taken: dict[str, int] = {}
    standing = 0
    for index, item in enumerate(items):
        if item.rank is Rank.SECTION:
            continue
        if item.rank in (Rank.BULLET, Rank.NOTE):
            counts[item.parent] = counts.get(item.parent, 0) + 1
        label = _label(item, items, counts.get(item.parent, 0))
        if item.parent is None and not item.is_step:
            standing += 1
            label = f"{STANDING}{standing}"
        taken[label] = taken.get(label, 0) + 1
        if taken[label] > 1 and not item.is_step:
            label = f"{label}-{taken[label]}"
        items[index] = replace(item, label=label)
    return tuple(items)


def _label(item: Item, items: Sequence[Item], count: int) -> str:
    if item.spelled:
        return item.spelled
    word = str(count) if item.rank in (Rank.BULLET, Rank.NOTE) else item.marker
    above = items[item.parent] if item.parent is not None else None
    # A letter under a condition without a marker is cited by its step alone: 3b.
    while above is not None and item.rank is Rank.LETTER and above.rank is Rank.NOTE:
        above = items[above.parent] if above.parent is not None else None
    if above is None:
        return word
    lettered = item.rank is Rank.LETTER and not word.isdecimal()
    joint = "" if lettered and above.rank in (Rank.NUMBER, Rank.STEP) else "."
    return f"{above.label}{joint}{word}"
