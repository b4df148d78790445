"""The sentences of an article, each with its line and the question it answers.

A whole document may be given: then its article is taken. Anything else is read as an article from end to end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.article import WRAPPED_MIN, heads
from bythebook.compiler.compile import compile_document
from bythebook.compiler.markdown import Row, RowKind, read_rows
from bythebook.compiler.parts import cut
from bythebook.compiler.terms import split, words_of
from bythebook.compiler.text import plain, unbolded
from bythebook.source.span import SourceFile

BOLD_LEVEL: Final = 7
BARE_LEVEL: Final = 8

_MARKER: Final = re.compile(r"(?:\\?[-*+•–]|\w{1,3}[.)])\s+")
_BOLD: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_LINK: Final = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article."""

    text: str
    line: int
    """Where it begins, 1-based."""

    question: str
    """The heading or question that it stands under; of a heading, the heading itself."""

    is_question: bool = False
    level: int = 0
    """Of a heading: 1 to 6 by its marks, 7 where it is bold as a whole, 8 without any mark."""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it the same sentence: its words, whatever their marks."""
        return words_of(self.text)


def sentences_of(file: SourceFile) -> tuple[Sentence, ...]:
    """Return the sentences of an article, or of a document's article part, in order."""
    rows = [row for row in _article_rows(file) if row.kind not in (RowKind.RULE, RowKind.COMMENT)]
    found: list[Sentence] = []
    question = ""
    for paragraph, headed in _paragraphs(rows, file):
        text = " ".join(_bare(file, row) for row in paragraph)
        line = file.position(paragraph[0].span.start)[0]
        if headed:
            question = text
            found.append(Sentence(text, line, question, is_question=True, level=_level(paragraph[0], file)))
        else:
            found += [Sentence(part, line, question) for part in split(text)]
    return tuple(sentence for sentence in found if sentence.key)


def is_document(file: SourceFile) -> bool:
    """Whether a text is a document with a routine, and not an article alone."""
    routine = compile_document(file).routine
    return routine.resolution is not None or routine.closing_question is not None


def _article_rows(file: SourceFile) -> Sequence[Row]:
    rows = read_rows(file)
    if not is_document(file):
        return rows
    parts = cut(rows, file)
    # The document's own title is its author's, not the article's.
    return parts.article


def _paragraphs(rows: Sequence[Row], file: SourceFile) -> Iterator[tuple[list[Row], bool]]:
    """Return the rows of each paragraph, and whether it is a heading or question."""
    pending: list[Row] = []
    for row, head in zip(rows, heads(rows, file), strict=True):
        if pending and (head is not None or not _goes_on(pending[-1], row, file)):
            yield pending, False
            pending = []
        if head is not None:
            yield [row], True
        else:
            pending.append(row)
    if pending:
        yield pending, False


def _level(row: Row, file: SourceFile) -> int:
    if row.kind is RowKind.HEADING:
        marks = file.line(file.position(row.span.start)[0]).lstrip()
        return len(marks) - len(marks.lstrip("#")) or 1
    return BOLD_LEVEL if unbolded(file, row.span) is not None else BARE_LEVEL


def _goes_on(before: Row, row: Row, file: SourceFile) -> bool:
    """Whether a line only continues the one above it, because the text was wrapped there."""
    words, above = file.slice(row.span), file.slice(before.span)
    if before.block != row.block or _MARKER.match(words):
        return False
    return words[:1].islower() or (len(above) >= WRAPPED_MIN and above[-1:] not in ".!?:;)")


def _bare(file: SourceFile, row: Row) -> str:
    """Return a line's words without marks; of a link, the words and its address."""
    text = plain(file.slice(row.span))
    marker = _MARKER.match(text)
    text = text[marker.end() :] if marker and row.kind is RowKind.TEXT else text
    return _LINK.sub(r"\1 (\2)", _BOLD.sub(r"\1", text)).strip()
