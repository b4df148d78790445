"""Several flows in one file: each heading over steps that begin again at one opens a routine of its own.

Each flow is compiled with the others blanked out, so that every place is a place in the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bythebook.compiler.bind import Binding
from bythebook.compiler.compile import Compiled, compile_document
from bythebook.compiler.markdown import Row, RowKind, read_rows
from bythebook.compiler.outline import begins_routine
from bythebook.compiler.parts import Part, opens_part
from bythebook.compiler.text import plain, snake, unbolded
from bythebook.source.span import SourceFile, Span

FLOWS_MAX: Final = 100
"""A file with more headings over steps is read as one routine."""

_FIRST: Final = re.compile(r"(?:\\?[-*+•]\s+)?\**[01]\\?[.)]\s")
_FLOW: Final = re.compile(r"(?P<name>flow\s+\w+)\s*[:.)–—-]\s*\S", re.I)
_NOT_BLANK: Final = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class Flow:
    """One routine of a file that holds several."""

    title: str
    """The words of its heading."""

    file: SourceFile
    """The whole file with the other flows blanked out: shared notes and definitions belong to each."""

    @property
    def name(self) -> str:
        """The heading's words as a short name: "Parking permit" gives `parking-permit`."""
        return snake(self.title).replace("_", "-")


def flows_of(file: SourceFile) -> tuple[Flow, ...]:
    """Return the flows of a file, in order; none when it holds one routine."""
    places = _places(read_rows(file), file)
    if len(places) < 2 or len(places) > FLOWS_MAX:
        return ()
    spans = [span for _, span in places]
    return tuple(
        Flow(title, SourceFile(file.path, _blanked(file.text, [other for other in spans if other is not span])))
        for title, span in places
    )


def compile_documents(
    file: SourceFile,
    signatures: Mapping[str, tuple[str, ...]] | None = None,
    bindings: Mapping[str, Binding] | None = None,
) -> tuple[Compiled, ...]:
    """Compile every flow of a file, in order; a file with one flow gives what `compile_document` gives."""
    flows = flows_of(file)
    if not flows:
        return (compile_document(file, signatures, bindings),)
    return tuple(replace(compile_document(flow.file, signatures, bindings), file=flow.file) for flow in flows)


def _places(rows: Sequence[Row], file: SourceFile) -> tuple[tuple[str, Span], ...]:
    """Return the heading of each flow and where it stands, up to the next one's.

    What stands before the first and behind the functions' heading belongs to all of them. A heading that asks is a
    question of the article, whose answer may well be numbered.
    """
    if any(begins_alone(row, file) for row in rows) and not _is_told_apart(rows, file):
        return ()
    starts: list[tuple[str, int]] = []
    heading: tuple[str, int] | None = None
    end = len(file.text)
    for row in rows:
        words = file.slice(row.span)
        bold = unbolded(file, row.span)
        headed = row.kind is RowKind.HEADING or bold is not None
        if headed and opens_part(row, file) is Part.FUNCTIONS:
            end = file.line_start(file.position(row.span.start)[0])
            break
        if headed:
            title = plain(file.slice(bold or row.span)).strip()
            heading = (title.rstrip(":").strip(), row.span.start) if not title.endswith("?") else None
        elif heading is not None and row.kind is RowKind.TEXT and _FIRST.match(words):
            starts.append(heading)
            heading = None
    line_starts = [file.line_start(file.position(start)[0]) for _, start in starts]
    ends = [*line_starts[1:], end][: len(line_starts)]
    spans = [Span(at, max(at, to)) for at, to in zip(line_starts, ends, strict=True)]
    return tuple((title, span) for (title, _), span in zip(starts, spans, strict=True))


def _is_told_apart(rows: Sequence[Row], file: SourceFile) -> bool:
    """Whether each heading over steps names a flow ("Flow A: Sign in"), and no line goes from one to another."""
    named = [match for row in rows if row.kind is RowKind.HEADING and (match := _FLOW.match(file.slice(row.span)))]
    alone = [row for row in rows if begins_alone(row, file)]
    labels = "|".join(re.escape(match["name"]) for match in named)
    if len(named) < 2 or len(named) != len(alone):
        return False
    goes = re.compile(rf"\b(?:{labels})\b", re.I)
    return not any(row.kind is RowKind.TEXT and goes.search(file.slice(row.span)) for row in rows)


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
