"""The one file that knows markdown-it-py: a text becomes rows, each with its exact place.

Markdown says what is a heading, a rule, a comment or a paragraph; which words belong to which step it often gets
wrong (a tab, a lost indentation), so the outline reader decides that from the rows. The library gives lines only;
columns are computed here. Every line that is not blank becomes exactly one row: nothing is lost at this door.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bythebook.source.span import SourceFile, Span

TAB_WIDTH: Final = 4
MATTER_LINES_MAX: Final = 60
"""Lines at the top of a file that may be about it."""

_BLANK: Final = " \t"
_MATTER: Final = re.compile(r"[A-Za-z][\w .-]*:(?:\s|$)|\s+\S|-\s|#|$")


class RowKind(Enum):
    TEXT = "text"
    HEADING = "heading"
    RULE = "rule"
    CODE = "code"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the text that is not blank."""

    kind: RowKind
    span: Span
    """Its words, without the white space around them (and without the `#` of a heading)."""

    indent: int
    """The column at which the words start, from 0, tabs counted to the next multiple of four."""

    block: int
    """Rows of one paragraph, comment or fence share this number."""


@dataclass(frozen=True, slots=True)
class _Block:
    kind: RowKind
    first: int
    end: int


def read_rows(file: SourceFile) -> tuple[Row, ...]:
    """Return every line that is not blank, in order."""
    kinds: dict[int, tuple[RowKind, int]] = {}
    for number, block in enumerate(_blocks(file)):
        for line in range(block.first, block.end):
            kinds[line] = (block.kind, number)
    rows = []
    for line in range(1, file.line_count + 1):
        # What Markdown drops (nesting too deep, an empty item) is text of its own.
        kind, number = kinds.get(line, (RowKind.TEXT, -line))
        row = _row(file, line, kind, number)
        if row is not None:
            rows.append(row)
    return tuple(rows)


def _blocks(file: SourceFile) -> list[_Block]:
    # Inline parsing is not needed, and reference definitions would swallow lines such as `[foo]: bar`.
    parser = MarkdownIt("commonmark").disable(["inline", "text_join", "reference"])
    matter = _front_matter(file)
    blocks: list[_Block] = [matter] if matter is not None else []
    for token in parser.parse(file.text):
        if token.map is not None and (matter is None or token.map[0] + 1 >= matter.end):
            first, end = token.map[0] + 1, min(token.map[1], file.line_count) + 1
            blocks += _blocks_of(token, first, end, file)
    return blocks


def _front_matter(file: SourceFile) -> _Block | None:
    """Return the lines between `---` and `---` at the very top, which are about the file: `owner: Mia`."""
    if file.line(1).rstrip(_BLANK) != "---":
        return None
    for line in range(2, min(file.line_count, MATTER_LINES_MAX) + 1):
        words = file.line(line).rstrip(_BLANK)
        if words == "---":
            return _Block(RowKind.COMMENT, 1, line + 1) if line > 2 else None
        if not _MATTER.match(words):
            return None
    return None


def _blocks_of(token: Token, first: int, end: int, file: SourceFile) -> list[_Block]:
    match token.type:
        case "heading_open" if token.markup == "-":
            # "Words" over "---": in support documents a paragraph and a rule, never meant as a heading.
            return [_Block(RowKind.TEXT, first, end - 1), _Block(RowKind.RULE, end - 1, end)]
        case "heading_open" if token.markup == "=":
            return [_Block(RowKind.HEADING, first, end - 1), _Block(RowKind.RULE, end - 1, end)]
        case "heading_open":
            return [_Block(RowKind.HEADING, first, end)]
        case "paragraph_open" | "code_block":
            return [_Block(RowKind.TEXT, first, end)]
        case "hr":
            return [_Block(RowKind.RULE, first, end)]
        case "fence":
            return [_Block(RowKind.CODE, first, end)]
        case "html_block":
            return [_Block(_html_kind(file, first, end), first, end)]
        case _:
            return []


def _html_kind(file: SourceFile, first: int, end: int) -> RowKind:
    last = end - 1
    while last > first and not file.line(last).strip(_BLANK):
        last -= 1
    opens = file.line(first).lstrip(_BLANK).startswith("<!--")
    # A comment that is never closed would hide the rest of the document: it stays text.
    return RowKind.COMMENT if opens and file.line(last).rstrip(_BLANK).endswith("-->") else RowKind.TEXT


def _row(file: SourceFile, line: int, kind: RowKind, block: int) -> Row | None:
    text = file.line(line)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if start >= end:
        return None
    indent = len(text[:start].expandtabs(TAB_WIDTH))
    if kind is RowKind.HEADING:
        words = text[start:end]
        bare = words.lstrip("#")
        start += len(words) - len(bare.lstrip())
        end = max(start, start + len(bare.lstrip().rstrip("#").rstrip()))
    at = file.line_start(line)
    return Row(kind, Span(at + start, at + max(start, end)), indent, block)
