"""A source file and the places in it: offsets inside, lines and columns only for people."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

# Markdown libraries fold these into line ends or drop them; normalised once, every offset agrees.
_LINE_ENDS: Final = re.compile("\r\n?|\f|\v|\x1c|\x1d|\x1e|\x85|\u2028|\u2029")

_COMMENTS: Final = re.compile(r"(?:\s*<!--(?:(?!-->)[\s\S])*-->[ \t]*\n)+\s*")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of character offsets into one source file."""

    start: int
    end: int

    def __post_init__(self) -> None:
        assert 0 <= self.start <= self.end, (self.start, self.end)

    def shift(self, by: int) -> Span:
        """Return the span moved `by` characters."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A named text, normalised at the door (see `SourceFile.of`)."""

    path: str
    text: str
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        lengths = (len(line) + 1 for line in self.text.split("\n"))
        object.__setattr__(self, "_starts", (0, *accumulate(lengths)))

    @classmethod
    def of(cls, path: str, raw: str) -> SourceFile:
        """Return the file with every line end as `\\n` and NUL as U+FFFD, as CommonMark asks."""
        text = raw.removeprefix("\ufeff")
        return cls(path, _LINE_ENDS.sub("\n", text).replace("\0", "\ufffd"))

    @property
    def digest(self) -> str:
        """SHA-256 of the normalised text, in hex."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def line_count(self) -> int:
        return len(self._starts) - 1

    @property
    def first_line(self) -> int:
        """The 1-based line on which the text begins: behind comments, which nobody is shown."""
        comments = _COMMENTS.match(self.text)
        return self.position(comments.end())[0] if comments is not None and comments.end() < len(self.text) else 1

    def line(self, number: int) -> str:
        """Return the text of the 1-based line, without its end."""
        return self.text[self._starts[number - 1] : self._starts[number] - 1]

    def line_start(self, number: int) -> int:
        """Return the offset at which the 1-based line starts."""
        return self._starts[number - 1]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of an offset (columns count code points)."""
        line = min(bisect_right(self._starts, offset), self.line_count)
        return line, offset - self._starts[line - 1] + 1

    def slice(self, span: Span) -> str:
        """Return the text at a span."""
        return self.text[span.start : span.end]
