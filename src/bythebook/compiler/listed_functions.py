"""Definitions in one sentence: "The functions are: find_item (looks it up), close_case (ends the case)."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.compiler.markdown import Row, RowKind
from bythebook.compiler.parameters import are_names, parameters_in
from bythebook.compiler.text import plain
from bythebook.routine.model import FunctionDefinition
from bythebook.source.span import SourceFile, Span

LINES_MAX: Final = 60
"""Lines of a paragraph beyond which it is not read."""

LISTED_MAX: Final = 60
"""Functions of one sentence beyond which it is not read."""

OPENS: Final = re.compile(
    r"(?:\\?[-*+•]\s+)?\**(?:(?:the|all|our|your|available)\s+)*(?:functions|tools)(?:\s+[\w'’-]+){0,9}?"
    r"(?:\s+are(?:\s+the following|\s+these)?)?\s*\**\s*:\s*\**\s*(?=[`*]*[a-z_])",
    re.I,
)
"""How the sentence begins, up to the first name."""

_ITEM: Final = re.compile(
    r"\s*(?:and\s+)?\**`?(?P<name>[a-z_]\w*)(?:\s?(?P<takes>\((?:[^()]|\([^()]*\))*\)))?`?\**"
    r"(?:\s*(?P<more>\((?:[^()]|\([^()]*\))*\)))?"
    # "find_pupil(name) finds a child and gives pupil_id. record_absence(...) ...": a sentence each.
    r"(?:(?(takes)\s+(?P<says>[a-z][^.;:`()]*)(?=\.)|(?!))|"
    r"\s*(?::|[–—=]|-(?=\s)|->|→)\s*(?P<about>(?:[^;,`.]|\.(?!\s+`?[a-z_]\w*\()|,(?!\s*(?:and\s+)?`?\w*_\w))+))?"
    r"\s*(?:[;,]\s*(?:and\s+)?|\.\s+(?=`?[a-z_]\w*\()|\s+and\s+|\.?\s*$)",
    re.I,
)


def listed_in(rows: Sequence[Row], file: SourceFile) -> dict[int, tuple[FunctionDefinition, ...]]:
    """Return, by the number of a paragraph that is such a sentence, what it defines."""
    found: dict[int, tuple[FunctionDefinition, ...]] = {}
    before: int | None = None
    for at, row in enumerate(rows):
        if row.kind is RowKind.TEXT and row.block != before and OPENS.match(file.text, row.span.start, row.span.end):
            last = next((one for one in reversed(rows[at : at + LINES_MAX]) if one.block == row.block), row)
            if defined := listed_functions(file, Span(row.span.start, last.span.end)):
                found[row.block] = defined
        before = row.block
    return found


def listed_functions(file: SourceFile, span: Span) -> tuple[FunctionDefinition, ...]:
    """Return what a sentence that lists functions defines; nothing for a sentence that is none, or not all read."""
    opens = OPENS.match(file.text, span.start, span.end)
    if opens is None:
        return ()
    found: list[FunctionDefinition] = []
    at = opens.end()
    while at < span.end and len(found) < LISTED_MAX:
        match = _ITEM.match(file.text, at, span.end)
        if match is None:
            return ()
        found.append(_defined(match, file))
        at = match.end()
    return tuple(found) if at >= span.end and _are_names(found) else ()


def _defined(match: re.Match[str], file: SourceFile) -> FunctionDefinition:
    brackets = [name for name in ("takes", "more") if match[name]]
    takes = next((name for name in brackets if are_names(match[name])), "")
    about = [match[name][1:-1] for name in brackets if name != takes]
    words = " ".join((*about, (match["about"] or match["says"] or "").strip(" .")))
    parameters = parameters_in(file, Span(*match.span(takes))) if takes else ()
    return FunctionDefinition(match["name"], plain(" ".join(words.split())), parameters, Span(*match.span("name")))


def _are_names(found: Sequence[FunctionDefinition]) -> bool:
    """Whether the words listed are names of functions: "Functions: lights, heating" says nothing of any."""
    return any("_" in one.name or one.parameters for one in found)
