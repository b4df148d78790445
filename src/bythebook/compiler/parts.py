"""Cut a document's rows into its three parts: the article, the routine and the function definitions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bythebook.compiler.markdown import Row, RowKind
from bythebook.compiler.text import plain, unbolded
from bythebook.source.span import SourceFile, Span


class Part(Enum):
    ARTICLE = "article"
    ROUTINE = "routine"
    FUNCTIONS = "functions"


@dataclass(frozen=True, slots=True)
class Parts:
    """Rows by part; the headings and rules that only divide are left out."""

    title: Row | None
    article: tuple[Row, ...]
    routine: tuple[Row, ...]
    functions: tuple[Row, ...]
    functions_heading: Span | None


# What a heading says it opens. A bold line opens a part too, where it stands alone.
_OPENINGS: Final[tuple[tuple[re.Pattern[str], Part], ...]] = (
    (re.compile(r"(?:the )?(?:routine|steps|procedure)(?: steps)?:?$", re.I), Part.ROUTINE),
    (re.compile(r"functions?(?: definitions?)?:?$", re.I), Part.FUNCTIONS),
    (re.compile(r"(?:the )?(?:solution|article|answer)s?:?$", re.I), Part.ARTICLE),
)
_FIRST_STEP: Final = re.compile(r"\d{1,4}[.)]\s")
_ESCAPED_RULE: Final = re.compile(r"([-*_])\1{2,}$")


def cut(rows: Sequence[Row], file: SourceFile) -> Parts:
    """Return the rows of each part. Without a heading for the routine, the first numbered line opens it."""
    kept = [row for row in rows if not _divides(row, file)]
    openings = {index: part for index, row in enumerate(kept) if (part := _opens(row, file)) is not None}
    headed = Part.ROUTINE in openings.values()
    title = next((row for index, row in enumerate(kept) if _is_title(row, index, openings)), None)
    by_part: dict[Part, list[Row]] = {part: [] for part in Part}
    current = Part.ARTICLE
    functions_heading: Span | None = None
    for index, row in enumerate(kept):
        if row is title:
            continue
        if index in openings:
            current = openings[index]
            if current is Part.FUNCTIONS:
                functions_heading = functions_heading or row.span
            continue
        if current is Part.ARTICLE and not headed and _FIRST_STEP.match(file.text, row.span.start):
            current = Part.ROUTINE
        by_part[current].append(row)
    return Parts(
        title,
        tuple(by_part[Part.ARTICLE]),
        tuple(by_part[Part.ROUTINE]),
        tuple(by_part[Part.FUNCTIONS]),
        functions_heading,
    )


def _divides(row: Row, file: SourceFile) -> bool:
    if row.kind in (RowKind.RULE, RowKind.COMMENT):
        return True
    # "\---": a rule that an editor escaped.
    return row.kind is RowKind.TEXT and bool(_ESCAPED_RULE.match(plain(file.slice(row.span))))


def _opens(row: Row, file: SourceFile) -> Part | None:
    inner = unbolded(file, row.span)
    if row.kind is not RowKind.HEADING and inner is None:
        return None
    words = plain(file.slice(inner or row.span))
    return next((part for pattern, part in _OPENINGS if pattern.match(words)), None)


def _is_title(row: Row, index: int, openings: dict[int, Part]) -> bool:
    return row.kind is RowKind.HEADING and index not in openings and all(index < at for at in openings)
