"""Where the tables and keys of a TOML file stand. The standard library reads their values and not their places.

A scan for headers and keys, strings and lists passed over. What it does not find has no place: a finding is then
about the nearest table, or about the file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Final

from bythebook.source.diagnostic import WHOLE_FILE, Label
from bythebook.source.span import SourceFile, Span

_PART: Final = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
_KEY: Final = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER: Final = re.compile(rf"[ \t]*(?P<open>\[\[?)[ \t]*(?P<key>{_KEY})[ \t]*\]\]?")
_ASSIGNED: Final = re.compile(rf"[ \t]*(?P<key>{_KEY})[ \t]*=[ \t]*")
_PARTS: Final = re.compile(_PART)
# What ends a value, or hides such an end: strings, comments, brackets, the end of the line.
_INSIDE: Final = re.compile(
    r"\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#[^\n]*|[\[\]{}\n]", re.S
)
_AT: Final = re.compile(r"\(at line (\d+), column (\d+)\)$")

Path = tuple[str, ...]
"""`("line", "2a", "text")`; a table of a list is named by its number from 1: `("link", "1")`."""


class Places:
    """The places of one file's tables and keys."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self._found = _scan(file.text)

    @classmethod
    def of(cls, path: str, raw: bytes | None) -> Places:
        """Return the places of a file as it was read, whatever its bytes."""
        return cls(SourceFile.of(path, (raw or b"").decode("utf-8", "replace")))

    def at(self, *path: str, under: str = "") -> Label:
        """Return where a key or table stands, or the nearest one around it; the whole file where none is found."""
        for end in range(len(path), 0, -1):
            if (span := self._found.get(path[:end])) is not None:
                return Label(span, under)
        return WHOLE_FILE

    def named_at(self, span: Span) -> Path:
        """Return the table or key that stands at a place; empty where none does."""
        return next((path for path, at in self._found.items() if at == span), ())

    def at_link(self, words: str, key: str) -> Label:
        """Return where a key of the `[[link]]` on these words stands."""
        for number in range(1, len(self._found) + 1):
            span = self._found.get(("link", str(number), "words"))
            if span is not None and words in self.file.slice(span):
                return self.at("link", str(number), key)
        return self.at("link")

    def of_failure(self, message: str) -> Label:
        """Return the place that the reader's complaint names: `(at line 3, column 5)`."""
        match = _AT.search(message)
        if match is None or int(match[1]) > self.file.line_count:
            return WHOLE_FILE
        start = self.file.line_start(int(match[1]))
        end = start + len(self.file.line(int(match[1])))
        at = min(start + int(match[2]) - 1, end)
        return Label(Span(at, max(at, end)), "not readable from here on")


def _scan(text: str) -> Mapping[Path, Span]:
    found: dict[Path, Span] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    at = 0
    while at < len(text):
        if header := _HEADER.match(text, at):
            table = _path(header["key"])
            if header["open"] == "[[":
                counts[table] = counts.get(table, 0) + 1
                table = (*table, str(counts[table]))
            found.setdefault(table, Span(header.start("open"), header.end()))
            at = _line_end(text, header.end())
        elif assigned := _ASSIGNED.match(text, at):
            at = _value_end(text, assigned.end())
            place = Span(assigned.start("key"), max(assigned.end("key"), _first_line_end(text, assigned.end(), at)))
            found.setdefault((*table, *_path(assigned["key"])), place)
            at = _line_end(text, at)
        else:
            at = _line_end(text, at)
    return found


def _path(key: str) -> Path:
    return tuple(_name(match[0]) for match in _PARTS.finditer(key))


def _name(part: str) -> str:
    if part[0] == "'":
        return part[1:-1]
    if part[0] != '"':
        return part
    try:
        return str(tomllib.loads(f"name = {part}")["name"])
    except ValueError:
        return part[1:-1]


def _value_end(text: str, at: int) -> int:
    depth = 0
    for match in _INSIDE.finditer(text, at):
        mark = match[0]
        if mark in ("[", "{"):
            depth += 1
        elif mark in ("]", "}"):
            depth -= 1
        elif mark[0] in "\n#" and depth <= 0:
            return match.start()
    return len(text)


def _first_line_end(text: str, start: int, end: int) -> int:
    """Return where the first line of a value ends: a place of several lines is shown by its first."""
    stop = text.find("\n", start, end)
    return start + len(text[start : stop if stop >= 0 else end].rstrip())


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end + 1 if end >= 0 else len(text)
