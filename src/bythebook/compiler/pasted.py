"""An article that was pasted as HTML, as the Markdown that it stands for: the same words, with plain marks.

Only what tells headings, paragraphs, lists, tables, links and bold apart is kept; scripts, styles and what
surrounds the text on a page go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Final, TypeAlias

_TAGS: Final = re.compile(r"</(?:p|h[1-6]|div|li|ul|ol|body|html|span|article|section|td)\s*>|<br\s*/?>", re.I)
_BLOCKS: Final = re.compile(
    r"p|div|section|article|main|ul|ol|table|tr|blockquote|h[1-6]|dl|dt|dd|figure|pre",
)
_DROPPED: Final = re.compile(r"script|style|head|nav|footer|svg|button|form|noscript|template")
_BOLD: Final = frozenset(("b", "strong"))
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_MARKER: Final = re.compile(r" *(?:-|\w+\.) ")
_LINES: Final = re.compile(r"\n{3,}")
_STYLED: Final = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
_NOT_BOLD: Final = re.compile(r"font-weight\s*:\s*(?:normal|400)")

_LISTED: Final = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d+)")
"""How Word says on the clipboard that a paragraph is an entry of a list; its number stands in the words."""

_BULLETS: Final = frozenset("·o§•-")

Attributes: TypeAlias = Mapping[str, str]


def letters(number: int) -> str:
    """Return the mark of a list's entry, counted by letters: a, b, ... z, aa."""
    found = ""
    while number > 0:
        number, last = divmod(number - 1, 26)
        found = chr(ord("a") + last) + found
    return found


def roman(number: int) -> str:
    """Return the mark of a list's entry in Roman numerals: i, ii, iii."""
    values = {100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"}
    found = ""
    for value, mark in values.items():
        found += mark * (number // value)
        number %= value
    return found


MARKS: Final[Mapping[str, Callable[[int], str]]] = {
    "a": letters,
    "lower-alpha": letters,
    "lower-latin": letters,
    "A": lambda number: letters(number).upper(),
    "upper-alpha": lambda number: letters(number).upper(),
    "upper-latin": lambda number: letters(number).upper(),
    "i": roman,
    "lower-roman": roman,
    "I": lambda number: roman(number).upper(),
    "upper-roman": lambda number: roman(number).upper(),
}
"""By what HTML says of a list: how its entries are marked; else they are numbered."""

OUTLINE: Final = ("1", "a", "i")
"""How word processors mark lists within lists, where they do not say so."""


def is_html(text: str) -> bool:
    """Whether a text is HTML rather than Markdown with a tag or two."""
    return len(_TAGS.findall(text)) > 1


def markdown_of(text: str, outline: tuple[str, ...] = ()) -> str:
    """Return HTML as Markdown; `outline` has the marks of lists by depth, where the HTML does not say them."""
    reader = _Reader(outline)
    reader.feed(text)
    reader.close()
    reader.end_row()
    lines = (line.rstrip(" ") for line in "".join(reader.parts).split("\n"))
    return _LINES.sub("\n\n", "\n".join(lines)).strip() + "\n"


class _List:
    """A list that is being read: how its entries are marked, and how many there were."""

    def __init__(self, tag: str, said: Attributes, usual: str) -> None:
        self.kind = said.get("type") or _style(said) or usual
        start = said.get("start", "1")
        self.count = int(start) - 1 if start.isascii() and start.isdecimal() else 0
        self.is_numbered = tag == "ol"

    def mark(self, said: Attributes) -> str:
        """Return the mark of the next entry."""
        self.count += 1
        if not self.is_numbered:
            return "-"
        return f"{MARKS.get(_style(said) or self.kind, str)(self.count)}."


class _Reader(HTMLParser):
    """Collects the words, and a line end or a mark for each tag that means one."""

    def __init__(self, outline: tuple[str, ...]) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._outline: Final = outline
        self._dropped: list[str] = []
        self._lists: list[_List] = []
        self._addresses: list[str] = []
        self._bold: list[bool] = []
        self._around: list[str] | None = None
        """What stands before the table whose cell is being read; None outside of cells."""

        self._listed = False
        """It is in an entry of a list of Word's; `_bullet` until its mark was read."""

        self._bullet = False
        self._row: list[str] = []
        self._rows = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if _DROPPED.fullmatch(tag):
            self._dropped.append(tag)
        elif tag in ("td", "th"):
            self._cell()
        elif tag in ("ul", "ol"):
            self._end(1 if self._lists else 2)
            usual = self._outline[min(len(self._lists), len(self._outline) - 1)] if self._outline else ""
            self._lists.append(_List(tag, said, usual))
        elif tag == "li":
            self._item(said)
        elif tag == "br":
            self._end(1)
        elif _BLOCKS.fullmatch(tag):
            self._block(tag, said)
        elif tag == "a":
            self._addresses.append(said.get("href", ""))
            if self._addresses[-1].startswith(("http", "mailto:")):
                self.parts.append("[")
        elif tag in _BOLD:
            self._bold.append(not _NOT_BOLD.search(said.get("style", "")))
            self.parts += ["**"] if self._bold[-1] else []

    def handle_endtag(self, tag: str) -> None:
        if _DROPPED.fullmatch(tag):
            if tag in self._dropped:
                del self._dropped[self._dropped.index(tag) :]
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in ("ul", "ol"):
            if self._lists:
                self._lists.pop()
            self._end(1 if self._lists else 2)
        elif tag == "li":
            self._end(1)
        elif _BLOCKS.fullmatch(tag):
            self._end_block(tag)
        elif tag == "a" and self._addresses:
            address = self._addresses.pop()
            if address.startswith(("http", "mailto:")):
                self.parts.append(f"]({address})")
        elif tag in _BOLD and self._bold and self._bold.pop():
            self.parts.append("**")

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        words = _SPACES.sub(" ", data.replace("\xa0", " "))
        if self._bullet and words.strip():
            words, self._bullet = "- " if words.strip() in _BULLETS else words, False
        fresh = not self.parts or self.parts[-1].endswith(("\n", " "))
        words = words.lstrip() if fresh else words
        if words:
            self.parts.append(words)

    def _block(self, tag: str, said: Attributes) -> None:
        listed = _LISTED.search(said.get("style", "")) if tag == "p" else None
        if listed is not None:
            self._end(1 if self._listed else 2)
            self.parts.append("   " * (int(listed[1]) - 1))
            self._listed = self._bullet = True
            return
        self._listed = False
        if tag in ("tr", "table"):
            self.end_row()
            self._rows = 0 if tag == "table" else self._rows
        if tag != "tr" or not self._rows:
            self._end(2)
        if re.fullmatch(r"h[1-6]", tag):
            self.parts.append("#" * int(tag[1]) + " ")

    def _end_block(self, tag: str) -> None:
        if tag in ("tr", "table"):
            self.end_row()
        if tag != "tr":
            self._end(1 if self._listed else 2)

    def _item(self, said: Attributes) -> None:
        self._end(1)
        depth = "   " * max(0, len(self._lists) - 1)
        self.parts.append(f"{depth}{self._lists[-1].mark(said) if self._lists else '-'} ")

    def _cell(self) -> None:
        self._end_cell()
        self._around, self.parts = self.parts, []

    def _end_cell(self) -> None:
        if self._around is not None:
            self._row.append(" ".join("".join(self.parts).split()))
            self.parts, self._around = self._around, None

    def end_row(self) -> None:
        """Write the row that was read: as one of a table, or as words where it has one cell, for its looks."""
        self._end_cell()
        row, self._row = self._row, []
        if len(row) < 2:
            if any(row):
                self._end(2)
                self.parts += [*row, "\n\n"]
            return
        self.parts.append("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n")
        if not self._rows:
            self.parts.append("|" + "---|" * len(row) + "\n")
        self._rows += 1

    def _end(self, lines: int) -> None:
        """End the line, so many times at most; what is in a list has no empty lines."""
        if not self.parts or _MARKER.fullmatch(self.parts[-1]):
            return
        lines = 1 if self._lists else lines
        have = len(self.parts[-1]) - len(self.parts[-1].rstrip("\n"))
        if have < lines:
            self.parts.append("\n" * (lines - have))


def _style(said: Attributes) -> str:
    found = _STYLED.search(said.get("style", ""))
    return found[1] if found is not None else ""
