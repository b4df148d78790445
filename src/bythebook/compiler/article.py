"""The knowledge part: a title, a subtitle, and questions with their answers, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bythebook.compiler.markdown import Row, RowKind
from bythebook.compiler.text import plain, unbolded
from bythebook.routine.model import Article, Passage, Topic
from bythebook.source.diagnostic import Diagnostic, error, warning
from bythebook.source.span import SourceFile, Span

UNKNOWN: Final = "unknown-instruction"
UNANSWERED: Final = "unanswered-question"
SUBTITLE_WORDS_MIN: Final = 3
"""A shorter line ("Yes") is the beginning of an answer."""

_SENTENCE_ENDS: Final = (".", "!", "?", ":", ";", '"', "”", ")")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A question while its answer is read; `headed` is false for what stands before any heading."""

    question: Span
    headed: bool
    answer: list[Passage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Block:
    """The rows of one paragraph, or one question (a heading, or a line that is bold as a whole)."""

    rows: tuple[Row, ...]
    question: Span | None


def read_article(title: Row | None, rows: Sequence[Row], file: SourceFile) -> tuple[Article, tuple[Diagnostic, ...]]:
    """Return the article, and what of it is lost; words before its first question are answered under the title."""
    drafts = [_Draft(title.span if title is not None else Span(0, 0), title is not None)]
    subtitle = ""
    blocks = _blocks(rows, file)
    for index, block in enumerate(blocks):
        if block.question is not None:
            drafts.append(_Draft(block.question, True))
        elif not subtitle and not _answered(drafts) and _is_subtitle(blocks, index, file):
            subtitle = plain(file.slice(block.rows[0].span))
        else:
            drafts[-1].answer.append(_passage(block, file))
    told = [draft for draft in drafts if draft.headed and draft.answer]
    topics = tuple(
        Topic(number, plain(file.slice(draft.question)), draft.question, tuple(draft.answer))
        for number, draft in enumerate(told, start=1)
    )
    title_span = drafts[0].question
    return Article(plain(file.slice(title_span)), title_span, subtitle, topics), tuple(_lost(drafts, file))


def _answered(drafts: Sequence[_Draft]) -> bool:
    return bool(drafts[0].answer) or len(drafts) > 2 or bool(drafts[-1].answer)


def _lost(drafts: Sequence[_Draft], file: SourceFile) -> Iterator[Diagnostic]:
    for passage in drafts[0].answer if not drafts[0].headed else ():
        yield error(
            UNKNOWN,
            "this text stands before the first step, under no heading and no question",
            passage.span,
            "neither said nor carried out",
            help="put a heading such as `## Returns` before it, or take it out",
        )
    for draft in drafts[1:]:
        if not draft.answer and file.slice(draft.question).endswith("?"):
            yield warning(
                UNANSWERED,
                "nothing stands under this question",
                draft.question,
                "no answer before the next question",
                help="write the answer in a paragraph under it",
            )


def _blocks(rows: Sequence[Row], file: SourceFile) -> tuple[_Block, ...]:
    blocks: list[_Block] = []
    pending: list[Row] = []
    for row in rows:
        question = _question(row, file)
        if pending and (question is not None or row.block != pending[-1].block):
            blocks.append(_Block(tuple(pending), None))
            pending = []
        if question is not None:
            blocks.append(_Block((row,), question))
        else:
            pending.append(row)
    if pending:
        blocks.append(_Block(tuple(pending), None))
    return tuple(blocks)


def _question(row: Row, file: SourceFile) -> Span | None:
    inner = unbolded(file, row.span)
    if row.kind is RowKind.HEADING:
        return inner or row.span
    return inner if row.kind is RowKind.TEXT else None


def _is_subtitle(blocks: Sequence[_Block], index: int, file: SourceFile) -> bool:
    """One line that is no sentence, with the answer still to come: a subtitle."""
    rows = blocks[index].rows
    follows = index + 1 < len(blocks) and blocks[index + 1].question is None
    words = file.slice(rows[0].span)
    enough = len(words.split(maxsplit=SUBTITLE_WORDS_MIN)) >= SUBTITLE_WORDS_MIN
    return follows and len(rows) == 1 and enough and not words.endswith(_SENTENCE_ENDS)


def _passage(block: _Block, file: SourceFile) -> Passage:
    # Code and tables keep their lines; a paragraph that was wrapped is one line to a reader.
    joint = "\n" if block.rows[0].kind is RowKind.CODE else " "
    text = joint.join(plain(file.slice(row.span)) for row in block.rows)
    return Passage(text, Span(block.rows[0].span.start, block.rows[-1].span.end))
