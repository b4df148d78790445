"""A list that says which path a case takes: "Determine which category best describes the issue: 1. No service ...".

It stands under a heading of its own before the first path. Each entry goes to the path of its number or its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.draft import DraftCondition, DraftLine, DraftStep
from bythebook.compiler.markdown import Row, RowKind
from bythebook.compiler.outline import Item, Rank
from bythebook.compiler.text import plain, stems
from bythebook.routine.model import Ask, Goto, Line, QuestionKind
from bythebook.source.span import SourceFile, Span

START: Final = "start"
"""The label of the step that asks which path to take."""

ENTRIES_MIN: Final = 2

_CHOOSES: Final = re.compile(
    r"\**(?:determine|identify|classify|decide|establish|find out|ask|choose|clarify|confirm)\b[^.]*"
    r"\b(?:which|what)\b[^.]*:\**$",
    re.I,
)
_ENTRY: Final = re.compile(r"(?:(?P<number>\d{1,3})[.)]|[-*+•])\s+(?P<words>(?:\*\*(?P<name>[^*]+?):?\*\*:?)?.*)$")
_SMALL: Final = frozenset(
    ("path", "flow", "issue", "problem", "troubleshooting", "the", "and", "or", "a", "an", "of", "for", "with", "no")
)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Choice:
    """The step that asks which path to take, and the lines beside it that ask for nothing."""

    step: DraftStep
    notes: tuple[Span, ...]


def split(article: Sequence[Row], file: SourceFile) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the rows of the article, and those of its last heading where they choose among paths."""
    at = next((index for index in range(len(article) - 1, -1, -1) if article[index].kind is RowKind.HEADING), None)
    if at is None or at + 1 >= len(article) or not _CHOOSES.match(file.slice(article[at + 1].span)):
        return tuple(article), ()
    return tuple(article[:at]), tuple(article[at:])


def read_choice(rows: Sequence[Row], items: Sequence[Item], file: SourceFile) -> Choice | None:
    """Return the step that rows make; None where two entries of them do not lead to a path each."""
    if not rows:
        return None
    paths = {item.label: _words(file.slice(item.span)) for item in items if item.rank is Rank.SECTION}
    question = Line(START, rows[1].span, Ask(None, QuestionKind.OPEN))
    lines = [DraftLine(question)]
    notes: list[Span] = []
    for row in rows[2:]:
        match = _ENTRY.match(file.text, row.span.start, row.span.end)
        path = _path(match, paths) if match is not None else None
        if match is None or path is None:
            notes.append(row.span)
            continue
        words = Span(*match.span("words"))
        name = Span(*match.span("name")) if match["name"] else words
        label = f"{START}.{len(lines)}"
        lines.append(DraftLine(Line(label, words, Goto(path)), DraftCondition(words, question=START, name=name)))
    if len(lines) <= ENTRIES_MIN:
        return None
    heading = rows[0].span
    return Choice(DraftStep(START, heading, plain(file.slice(heading)), None, tuple(lines)), tuple(notes))


def _path(entry: re.Match[str], paths: dict[str, frozenset[str]]) -> str | None:
    words = _words(entry["words"])
    numbered = [label for label in paths if entry["number"] and label.split()[-1] == entry["number"]]
    if len(numbered) == 1 and words & paths[numbered[0]]:
        return numbered[0]
    shared = sorted(((len(words & said), label) for label, said in paths.items()), reverse=True)
    best = shared[0] if shared else (0, "")
    return best[1] if best[0] and (len(shared) == 1 or best[0] > shared[1][0]) else None


def _words(text: str) -> frozenset[str]:
    return stems(" ".join(_WORD.findall(text.replace("*", " ")))) - _SMALL
