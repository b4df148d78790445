"""Tables of two columns that say what to do when: "| Result | What to do |". Each row is a branch of the step above.

And tables of functions, whose first row says which column holds what.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bythebook.compiler.markdown import Row, RowKind
from bythebook.source.span import SourceFile, Span

MARK: Final = "|"
CELLS: Final = 2
"""Columns of a table of branches."""

_RULE: Final = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|?$")
_WHEN: Final = re.compile(
    r"(?:if|when|condition|case|situation|result|outcome|status|answer|reply|response|scenario|trigger|problem|issue|"
    r"customer says|what happened|state)\b",
    re.I,
)
_DO: Final = re.compile(
    r"(?:then|action|what to do|do|step|instruction|response|reply|say|next step|how to respond|handling)s?\b", re.I
)
_ONLY_DO: Final = re.compile(
    r"(?:then|actions?|what to (?:do|say|tell\b.*)|do|say|tell (?:the )?\w+|reply|response|next steps?|"
    r"how to respond)$",
    re.I,
)
"""Over such a column the other one says when, whatever it is called: "| Plan | Say |"."""


def cells_of(file: SourceFile, span: Span) -> tuple[Span, ...]:
    """Return the places of the cells of a table's row; nothing for a line that is none."""
    words = file.slice(span)
    if not words.startswith(MARK) or words.count(MARK) < CELLS:
        return ()
    cuts = [at for at, character in enumerate(words) if character == MARK and words[at - 1 : at] != "\\"]
    ends = cuts[1:] if words.endswith(MARK) else [*cuts[1:], len(words)]
    places = zip(cuts, ends, strict=False)
    return tuple(_trimmed(file, Span(span.start + at + 1, span.start + end)) for at, end in places)


def is_rule(words: str) -> bool:
    """Tell whether a line is the one under a table's head: `|---|---|`."""
    return MARK in words and bool(_RULE.match(words))


def has_rule(file: SourceFile, span: Span) -> bool:
    """Tell whether words hold the rule that stands under the head of a table."""
    return any(MARK in row and row.strip() and is_rule(row.strip()) for row in file.slice(span).split("\n"))


def heads(rows: Sequence[Row], file: SourceFile) -> frozenset[int]:
    """Return the numbers of the rows that head tables of branches, and of the rules under them."""
    found: set[int] = set()
    for at, (row, below) in enumerate(pairwise(rows)):
        if row.kind is RowKind.TEXT and below.block == row.block and is_rule(file.slice(below.span)):
            cells = cells_of(file, row.span)
            says_what = len(cells) == CELLS and bool(_DO.match(file.slice(cells[1]).strip("*")))
            if says_what and (_WHEN.match(file.slice(cells[0])) or _ONLY_DO.match(file.slice(cells[1]).strip("*"))):
                found |= {at, at + 1}
    return frozenset(found)


def is_branch(file: SourceFile, span: Span) -> bool:
    """Tell whether a line is a row of a table of two columns, and holds words in both."""
    cells = cells_of(file, span)
    return len(cells) == CELLS and all(any(map(str.isalpha, file.slice(cell))) for cell in cells)


def _trimmed(file: SourceFile, span: Span) -> Span:
    words = file.slice(span)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))
