"""What became of each line of a document: carried out, shaping others, reported, or (never) lost."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bythebook.compiler.compile import Compiled
from bythebook.compiler.markdown import Row, RowKind, read_rows
from bythebook.compiler.parts import cut
from bythebook.routine.model import Routine
from bythebook.source.span import Span

_COMMENT: Final = re.compile(r"<!--.*?-->", re.S)


class Fate(Enum):
    EXECUTED = "executed"
    """A step, a line, a condition or a definition stands there, or knowledge that can be told."""

    SHAPING = "shaping"
    """It says how other lines are meant, or is part of what one of them says."""

    REPORTED = "reported"
    """Nothing is done for it, and a finding says so at its place."""

    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Accounted:
    """One line of a document that is not blank, and what became of it."""

    row: Row
    fate: Fate


def account(compiled: Compiled) -> tuple[Accounted, ...]:
    """Return every line that is not blank with what became of it."""
    rows = read_rows(compiled.file)
    parts = cut(rows, compiled.file)
    kept = {row.span for row in (*parts.article, *parts.choosing, *parts.routine, *parts.functions)}
    defining = {row.span for row in (*parts.article, *parts.functions)}
    executed, shaping = _Places(_executed(compiled.routine)), _Places(_shaping(compiled))
    unread = _Places(
        _seen(label.span, compiled)
        for finding in compiled.diagnostics
        if finding.name in ("unknown-instruction", "unread-note")
        for label in (finding.label, *finding.related)
    )
    # A step is carried out by the lines under it, but not what its own words say.
    headings = _Places(one.label.span for one in compiled.diagnostics if one.name == "read-as-heading")
    told = _Places(_seen(finding.label.span, compiled) for finding in compiled.diagnostics)

    comments = _Places(Span(*match.span()) for match in _COMMENT.finditer(compiled.file.text))

    def fate(row: Row) -> Fate:
        if headings.touch(row.span):
            return Fate.REPORTED
        if executed.touch(row.span):
            return Fate.EXECUTED
        if unread.touch(row.span):
            return Fate.REPORTED
        words = compiled.file.slice(row.span)
        unsaid = comments.hold(row.span) or not any(map(str.isalnum, words))
        divides = unsaid or row.span not in kept or row.kind in (RowKind.HEADING, RowKind.COMMENT, RowKind.RULE)
        if divides or row.span in defining or shaping.touch(row.span):
            return Fate.SHAPING
        return Fate.REPORTED if told.touch(row.span) else Fate.LOST

    return tuple(Accounted(row, fate(row)) for row in rows)


def _shaping(compiled: Compiled) -> Iterator[Span]:
    yield from compiled.shaping
    yield from (step.span for step in compiled.routine.steps if not step.lines)


def _seen(span: Span, compiled: Compiled) -> Span:
    """Return a place; the whole line of one that is empty (a marker with no words behind it)."""
    if span.end > span.start:
        return span
    start = compiled.file.line_start(compiled.file.position(span.start)[0])
    return Span(start, max(start, span.end))


def _executed(routine: Routine) -> Iterator[Span]:
    yield routine.article.title_span
    for topic in routine.article.topics:
        yield topic.span
        yield from (passage.span for passage in topic.answer)
    for step in routine.steps:
        yield from (line.span for line in step.lines)
        yield from (line.condition.span for line in step.lines if line.condition is not None)
        if step.lines:
            yield step.span
    yield from (function.span for function in routine.functions)


class _Places:
    """Places in order, to be asked whether one of them touches a line."""

    def __init__(self, spans: Iterable[Span]) -> None:
        merged: list[Span] = []
        for span in sorted(span for span in spans if span.end > span.start):
            if merged and span.start <= merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            else:
                merged.append(span)
        self._spans = merged
        self._ends = [span.end for span in merged]

    def touch(self, span: Span) -> bool:
        """Tell whether any of the places shares a character with this one."""
        at = bisect_left(self._ends, span.start + 1)
        return at < len(self._spans) and self._spans[at].start < max(span.end, span.start + 1)

    def hold(self, span: Span) -> bool:
        """Tell whether one of the places holds the whole of this one."""
        at = bisect_left(self._ends, span.start + 1)
        return at < len(self._spans) and self._spans[at].start <= span.start and span.end <= self._spans[at].end
