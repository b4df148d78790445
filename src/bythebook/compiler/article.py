"""The knowledge part: a title, a subtitle, and questions with their answers, paragraph by paragraph."""

from __future__ import annotations

import re
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

QUESTION_WORDS_MAX: Final = 24
"""A longer line that ends in a question mark is part of an answer."""

TITLE_WORDS_MAX: Final = 8
"""A longer line without a mark is a line of text, not the title of what follows."""

WRAPPED_MIN: Final = 50
"""Characters of a line that may have been wrapped; a shorter one ends where its author ended it."""

_SENTENCE_ENDS: Final = (".", "!", "?", ":", ";", '"', "”", ")")
_LISTED: Final = re.compile(r"\\?[-*+•–>|]\s*|\w{1,3}[.)]\s+|[\[{`<]")
_TWO_SENTENCES: Final = re.compile(r"[.!?][\"”’)]*\s+\S")


# "Q. ...?", "Question 2: ...?", with the answer behind it in the same line where there is one.
_LETTERED: Final = re.compile(
    r"\**Q(?:uestion)?\s*\d{0,2}\s*[.:)]\**\s+(?P<question>[^\n]*?\?)\**(?:\s+\**A(?:nswer)?\s*\d{0,2}\s*[.:)]\**\s+"
    r"(?P<answer>\S[^\n]*))?\s*$"
)
_ANSWER: Final = re.compile(r"\**A(?:nswer)?\s*\d{0,2}\s*[.:)]\**\s+(?=\S)")
_INLINE: Final = re.compile(r"\*\*(?P<question>[^*\n]{3,200}\?)\s*\*\*\s*(?P<answer>[^\s*][^\n]*)$")


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
    blocks = _blocks(list(_parted_rows(rows, file)), file)
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


def _parted_rows(rows: Sequence[Row], file: SourceFile) -> Iterator[Row]:
    """Return the rows; a question with its answer in one line is two, and the letters before them ("Q:") go."""
    for number, row in enumerate(rows, start=1):
        match = _LETTERED.match(file.text, row.span.start, row.span.end) if row.kind is not RowKind.CODE else None
        inline = _INLINE.match(file.text, row.span.start, row.span.end) if row.kind is RowKind.TEXT else None
        answer = _ANSWER.match(file.text, row.span.start, row.span.end) if row.kind is RowKind.TEXT else None
        if match is not None:
            yield Row(RowKind.HEADING, Span(*match.span("question")), row.indent, -2 * number)
            if match["answer"]:
                yield Row(RowKind.TEXT, Span(*match.span("answer")), row.indent, -2 * number - 1)
        elif inline is not None:
            yield Row(RowKind.HEADING, Span(*inline.span("question")), row.indent, -2 * number)
            yield Row(RowKind.TEXT, Span(*inline.span("answer")), row.indent, -2 * number - 1)
        elif answer is not None:
            yield Row(row.kind, Span(answer.end(), row.span.end), row.indent, row.block)
        else:
            yield row


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


def heads(rows: Sequence[Row], file: SourceFile) -> tuple[Span | None, ...]:
    """Return, for each row, the place of its words where an answer hangs on it: a heading, a line that is bold as a
    whole, and, as text is pasted without its marks, a line that only asks or a short title over sentences."""
    found: list[Span | None] = []
    for index, row in enumerate(rows):
        marked = _marked(row, file)
        begins = index == 0 or rows[index - 1].block != row.block
        if marked is None and begins and index + 1 < len(rows) and row.kind is RowKind.TEXT:
            under_head = index == 0 or found[-1] is not None
            words, below = file.slice(row.span), file.slice(rows[index + 1].span)
            if _asks(words) or (not under_head and _entitles(words, below)):
                marked = row.span
        found.append(marked)
    return tuple(found)


def _asks(words: str) -> bool:
    """Whether a line is one question and nothing else."""
    bare = not _LISTED.match(words) and not _TWO_SENTENCES.search(words)
    return words.endswith("?") and bare and len(words.split()) <= QUESTION_WORDS_MAX


def _entitles(words: str, below: str) -> bool:
    """Whether a line is a title of the line below it: short, no sentence, and a sentence or a list follows."""
    short = len(words.split()) <= TITLE_WORDS_MAX and len(words) < WRAPPED_MIN and words[0].isupper()
    if not short or words.endswith((*_SENTENCE_ENDS, ",")) or _LISTED.match(words) or _TWO_SENTENCES.search(words):
        return False
    follows = below.endswith(_SENTENCE_ENDS) or len(below) >= WRAPPED_MIN
    return follows and (below[0].isupper() or below[0].isdigit() or bool(_LISTED.match(below)))


def _blocks(rows: Sequence[Row], file: SourceFile) -> tuple[_Block, ...]:
    blocks: list[_Block] = []
    pending: list[Row] = []
    for row, question in zip(rows, heads(rows, file), strict=True):
        # A title right under a question ("How it works") is no part of the answer's first sentence.
        titled = len(pending) == 1 and _entitles(file.slice(pending[0].span), file.slice(row.span))
        if pending and (question is not None or _parted(pending[-1], row, file) or titled):
            blocks.append(_Block(tuple(pending), None))
            pending = []
        if question is not None:
            blocks.append(_Block((row,), question))
        else:
            pending.append(row)
    if pending:
        blocks.append(_Block(tuple(pending), None))
    return tuple(blocks)


def _parted(row: Row, other: Row, file: SourceFile) -> bool:
    """Whether two rows are of two paragraphs, or a line between them that was dropped ("---") parts them."""
    return row.block != other.block or bool(file.slice(Span(row.span.end, other.span.start)).strip())


def _marked(row: Row, file: SourceFile) -> Span | None:
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
