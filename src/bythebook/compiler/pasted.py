"""An article that was pasted as HTML, as the Markdown that it stands for: the same words, with plain marks.

Only what tells headings, paragraphs, lists, links and bold apart is kept; scripts, styles and page furniture go.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

_TAGS: Final = re.compile(r"</(?:p|h[1-6]|div|li|ul|ol|body|html|span|article|section|td)\s*>|<br\s*/?>", re.I)
_BLOCKS: Final = re.compile(
    r"p|div|section|article|main|ul|ol|table|tr|blockquote|h[1-6]|dl|dt|dd|figure|pre",
)
_DROPPED: Final = re.compile(r"script|style|head|nav|footer|svg|button|form|noscript|template")
_BOLD: Final = frozenset(("b", "strong"))
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_MARKER: Final = re.compile(r" *(?:-|\d+\.) ")
_LINES: Final = re.compile(r"\n{3,}")


def is_html(text: str) -> bool:
    """Whether a text is HTML rather than Markdown with a tag or two."""
    return len(_TAGS.findall(text)) > 1


def markdown_of(text: str) -> str:
    """Return HTML as Markdown."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = (line.rstrip(" ") for line in "".join(reader.parts).split("\n"))
    return _LINES.sub("\n\n", "\n".join(lines)).strip() + "\n"


class _Reader(HTMLParser):
    """Collects the words, and a line end or a mark for each tag that means one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._dropped: list[str] = []
        self._lists: list[int | None] = []
        self._addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if _DROPPED.fullmatch(tag):
            self._dropped.append(tag)
        elif tag in ("ul", "ol"):
            self._end(1 if self._lists else 2)
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._item()
        elif tag == "br":
            self._end(1)
        elif _BLOCKS.fullmatch(tag):
            self._end(2)
            if re.fullmatch(r"h[1-6]", tag):
                self.parts.append("#" * int(tag[1]) + " ")
        elif tag == "a":
            self._addresses.append(dict(attrs).get("href") or "")
            if self._addresses[-1].startswith(("http", "mailto:")):
                self.parts.append("[")
        elif tag in _BOLD:
            self.parts.append("**")

    def handle_endtag(self, tag: str) -> None:
        if _DROPPED.fullmatch(tag):
            if tag in self._dropped:
                del self._dropped[self._dropped.index(tag) :]
        elif tag in ("ul", "ol"):
            if self._lists:
                self._lists.pop()
            self._end(1 if self._lists else 2)
        elif tag == "li":
            self._end(1)
        elif _BLOCKS.fullmatch(tag):
            self._end(2)
        elif tag == "a" and self._addresses:
            address = self._addresses.pop()
            if address.startswith(("http", "mailto:")):
                self.parts.append(f"]({address})")
        elif tag in _BOLD:
            self.parts.append("**")

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        words = _SPACES.sub(" ", data.replace("\xa0", " "))
        fresh = not self.parts or self.parts[-1].endswith(("\n", " "))
        words = words.lstrip() if fresh else words
        if words:
            self.parts.append(words)

    def _item(self) -> None:
        self._end(1)
        depth = "   " * max(0, len(self._lists) - 1)
        if self._lists and (number := self._lists[-1]) is not None:
            self._lists[-1] = number + 1
            self.parts.append(f"{depth}{number + 1}. ")
        else:
            self.parts.append(f"{depth}- ")

    def _end(self, lines: int) -> None:
        """End the line, so many times at most; what is in a list has no empty lines."""
        if not self.parts or _MARKER.fullmatch(self.parts[-1]):
            return
        lines = 1 if self._lists else lines
        have = len(self.parts[-1]) - len(self.parts[-1].rstrip("\n"))
        if have < lines:
            self.parts.append("\n" * (lines - have))
