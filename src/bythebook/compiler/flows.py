"""Several flows in one file: each heading over steps that begin again at one opens a routine of its own.

Each flow is compiled with the others blanked out, so that every place is a place in the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bythebook.compiler.compile import Compiled, compile_document
from bythebook.compiler.markdown import Row, RowKind, read_rows
from bythebook.compiler.outline import begins_routine
from bythebook.compiler.parts import Part, opens_part
from bythebook.compiler.text import unbolded
from bythebook.routine.model import Test
from bythebook.source.span import SourceFile, Span

FLOWS_MAX: Final = 100
"""A file with more headings over steps is read as one routine."""

_FIRST: Final = re.compile(r"(?:\\?[-*+•]\s+)?\**[01]\\?[.)]\s")
_NOT_BLANK: Final = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class _Flow:
    """Where a flow stands, from its heading to the next one's."""

    span: Span


def compile_documents(
    file: SourceFile,
    signatures: Mapping[str, tuple[str, ...]] | None = None,
    tests: Mapping[str, Test] | None = None,
) -> tuple[Compiled, ...]:
    """Compile every flow of a file, in order; a file with one flow gives what `compile_document` gives."""
    flows = _flows(read_rows(file), file)
    if len(flows) < 2 or len(flows) > FLOWS_MAX:
        return (compile_document(file, signatures, tests),)
    found = []
    for flow in flows:
        others = tuple(other.span for other in flows if other is not flow)
        text = SourceFile(file.path, _blanked(file.text, others))
        compiled = compile_document(text, signatures, tests)
        found.append(replace(compiled, file=text))
    return tuple(found)


def _flows(rows: Sequence[Row], file: SourceFile) -> tuple[_Flow, ...]:
    """Return the flows; what stands before the first and behind the functions' heading belongs to all of them."""
    if any(begins_alone(row, file) for row in rows):
        return ()
    starts: list[int] = []
    heading: int | None = None
    end = len(file.text)
    for row in rows:
        words = file.slice(row.span)
        headed = row.kind is RowKind.HEADING or unbolded(file, row.span) is not None
        if headed and opens_part(row, file) is Part.FUNCTIONS:
            end = file.line_start(file.position(row.span.start)[0])
            break
        if headed:
            heading = row.span.start
        elif heading is not None and row.kind is RowKind.TEXT and _FIRST.match(words):
            starts.append(heading)
            heading = None
    line_starts = [file.line_start(file.position(start)[0]) for start in starts]
    ends = [*line_starts[1:], end][: len(line_starts)]
    return tuple(_Flow(Span(at, max(at, to))) for at, to in zip(line_starts, ends, strict=True))


def begins_alone(row: Row, file: SourceFile) -> bool:
    """Tell whether a heading says that all steps are of one routine: `### Routine`, `## Step 1: ...`."""
    if row.kind is RowKind.HEADING and begins_routine(file.slice(row.span)):
        return True
    return opens_part(row, file) is Part.ROUTINE


def _blanked(text: str, spans: Sequence[Span]) -> str:
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += [text[at : span.start], _NOT_BLANK.sub(" ", text[span.start : span.end])]
        at = span.end
    parts.append(text[at:])
    return "".join(parts)
