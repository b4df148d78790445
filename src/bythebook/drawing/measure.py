"""How wide words are in print, near enough to break lines without a font at hand: Helvetica's published widths.

Arial and Liberation Sans have the same widths, so what is measured here fits in the browsers that people use.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

ELLIPSIS: Final = "…"
CHARACTERS_PER_LINE_MAX: Final = 400
"""Nothing behind so many characters a line is looked at."""

JOINTS: Final = "_/(.-"

MONO_EM: Final = 0.602
"""The width of every character of a typewriter face, in ems."""

_BOLD: Final = 1.1
_WIDE_EM: Final = 1.0
_OTHER_EM: Final = 0.6

# Helvetica, ASCII 32 to 126, in thousandths of an em (Adobe Font Metrics).
_WIDTHS: Final = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
_FIRST: Final = 32


@dataclass(frozen=True, slots=True)
class Face:
    """How letters are set."""

    size: float
    """In pixels."""

    bold: bool = False
    mono: bool = False


def width_of(text: str, face: Face) -> float:
    """Return how wide a line of text is, in pixels."""
    if face.mono:
        return sum(MONO_EM * (2 if _wide(character) else 1) for character in text) * face.size
    ems = sum(_em(character) for character in text)
    return ems * face.size * (_BOLD if face.bold else 1.0)


def wrapped(text: str, width: float, face: Face, lines_max: int) -> tuple[str, ...]:
    """Return the text in lines no wider than `width`, at most so many; what does not fit ends in an ellipsis."""

    def fits(line: str) -> bool:
        return width_of(line, face) <= width

    lines: list[str] = []
    current = ""
    for word in text[: CHARACTERS_PER_LINE_MAX * lines_max].split():
        joined = f"{current} {word}" if current else word
        if fits(joined):
            current = joined
            continue
        if current:
            lines.append(current)
        while not fits(word) and len(word) > 1 and len(lines) <= lines_max:
            cut = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or fits(word[:n]))
            # A long name is rather broken behind a joint: `list_of_` over `endpoints`.
            joint = max(word.rfind(mark, 0, cut) for mark in JOINTS) + 1
            cut = joint if joint > cut / 2 else cut
            lines.append(word[:cut])
            word = word[cut:]
        current = word
        if len(lines) > lines_max:
            break
    lines += [current] if current else []
    if len(lines) <= lines_max:
        return tuple(lines)
    last = lines[lines_max - 1]
    while last and not fits(f"{last}{ELLIPSIS}"):
        last = last[:-1]
    return (*lines[: lines_max - 1], f"{last.rstrip()}{ELLIPSIS}")


def _em(character: str) -> float:
    at = ord(character) - _FIRST
    if 0 <= at < len(_WIDTHS):
        return _WIDTHS[at] / 1000
    return _WIDE_EM if _wide(character) else _OTHER_EM


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("W", "F")
