"""Private data is masked at the door, before it is stored, logged or sent: what never came in cannot leak.

Every recogniser is a row of `RECOGNISERS`, run by one loop over a folded copy of the text (plain digits, dashes
and letters, invisible characters dropped). The loop runs to a fixed point, each placeholder standing as one mark that
no value pattern matches; so masking twice is masking once, and a later row leans on what an earlier one found.
E-mail addresses stay: they are how a business customer is reached.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.reading.masking_names import Spans
from bythebook.reading.masking_rows import ANY_MARK, KINDS, MARKS, PATIENT, RECOGNISERS, Recogniser

__all__ = ["KINDS", "Masked", "mask"]

PASSES_MAX: Final = 12  # two or three are usual; the cap keeps the time linear on text made to hurt
NAMES_REPEATED_MAX: Final = 20  # names whose other mentions are looked for, in one pass
LOOK_BACK: Final = 40  # characters before a cue in which `unless` is looked for


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with each recognised value replaced by `[kind]`, and the kinds in order of first appearance."""

    text: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Shadow:
    """The folded text, and for each of its characters (and its end) the place in the original."""

    text: str
    places: Sequence[int]


# --- folding ---

_PLACEHOLDER: Final = re.compile("|".join(re.escape(f"[{kind}]") for kind in KINDS))
_ODD_LETTERS: Final = dict(zip("łŁøØđĐıßæÆœŒþÞ", "lLoOdDisaAoOtT", strict=True))


def _fold(char: str) -> str:
    """One plain character for `char`, or none where nothing is seen of it."""
    category = unicodedata.category(char)
    if char.isascii():
        return char
    if category in ("Cf", "Mn", "Me"):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Co":
        return "\ufffd"
    if category == "Zs":
        return " "
    if category == "Pd" or char == "\u2212":
        return "-"
    if char in "‘’ʼ´′":
        return "'"
    if char in "“”„″":
        return '"'
    plain = unicodedata.normalize("NFKD", char)
    if plain[0].isascii() and all(unicodedata.category(mark) == "Mn" for mark in plain[1:]):
        return plain[0]
    return _ODD_LETTERS.get(char, char)


def _shadow(text: str) -> _Shadow:
    shadow = _Shadow(text, range(len(text) + 1))
    if not text.isascii():
        table = {char: _fold(char) for char in set(text)}
        kept = [place for place, char in enumerate(text) if table[char]]
        shadow = _Shadow("".join(table[char] for char in text), [*kept, len(text)])
    return _marked(shadow, [(m.start(), m.end(), m[0][1:-1]) for m in _PLACEHOLDER.finditer(shadow.text)])


def _marked(shadow: _Shadow, found: Sequence[tuple[int, int, str]]) -> _Shadow:
    """The shadow with each span found become the one mark of its kind."""
    text: list[str] = []
    places: list[int] = []
    done = 0
    for start, end, kind in found:
        text += (shadow.text[done:start], MARKS[kind])
        places += shadow.places[done : start + 1]
        done = end
    return _Shadow("".join((*text, shadow.text[done:])), [*places, *shadow.places[done:]])


# --- the loop ---

_LIST: Final = re.compile(rf"(?:\s*(?:,|;|&|/|\b(?i:and|or)\b)\s*(?:{ANY_MARK}(?!\Z))?){{1,3}}")


def _matches(row: Recogniser, text: str) -> Iterator[tuple[int, Spans]]:
    """Where a row's value matches and what its check confirms; after a cue also along a list of values."""
    if row.cue is None:
        for value in row.value.finditer(text):
            if row.unless is None or not row.unless.search(text[max(0, value.start() - LOOK_BACK) : value.start()]):
                yield value.start(), row.check(value[0])
        return
    for cue in row.cue.finditer(text):
        if row.unless is not None and row.unless.search(text[max(0, cue.start() - LOOK_BACK) : cue.start()]):
            continue
        at: int | None = cue.end()
        while at is not None and (listed := row.value.match(text, at)):
            spans = row.check(listed[0])
            yield at, spans
            following = _LIST.match(text, at + spans[-1][1]) if spans else None
            at = following.end() if following else None


def _repeated(text: str, found: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The other mentions of the full names just found."""
    names = {text[start:end] for start, end, kind in found if kind == PATIENT and " " in text[start:end]}
    chosen = sorted(names, key=lambda name: (-len(name), name))[:NAMES_REPEATED_MAX]
    if chosen:
        for again in re.finditer(rf"\b(?:{'|'.join(map(re.escape, chosen))})(?!\w)", text):
            yield again.start(), again.end(), PATIENT


def _found(text: str) -> list[tuple[int, int, str]]:
    """What one pass recognises, in order; overlaps are merged under the kind that begins first."""
    found = [
        (at + start, at + end, row.kind)
        for row in RECOGNISERS
        for at, spans in _matches(row, text)
        for start, end in spans
    ]
    found += _repeated(text, found)
    merged: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(found, key=lambda span: span[0]):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end), merged[-1][2])
        else:
            merged.append((start, end, kind))
    return merged


def mask(text: str) -> Masked:
    """The text with each recognised private value replaced by `[kind]`; pure, deterministic, never raises."""
    shadow = _shadow(text)
    masked: list[tuple[int, int, str]] = []
    for _ in range(PASSES_MAX):
        found = _found(shadow.text)
        if not found:
            break
        masked += [(shadow.places[start], shadow.places[end], kind) for start, end, kind in found]
        shadow = _marked(shadow, found)
    pieces: list[str] = []
    done = 0
    for start, end, kind in sorted(masked):
        pieces += (text[done:start], f"[{kind}]")
        done = end
    return Masked("".join((*pieces, text[done:])), tuple(dict.fromkeys(kind for _, _, kind in sorted(masked))))
