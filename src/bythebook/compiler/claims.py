"""What a text claims that can be laid beside another: amounts with their units, addresses and names.

Only what is plainly written is compared: "a few days" and "soon" claim nothing, and neither does a number that names
a thing ("step 3", "GPT-4", "the 6-digit code").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bythebook.compiler.terms import TermKind, level, names_of, stem, terms_of


class ClaimKind(Enum):
    AMOUNT = "says"
    ADDRESS = "gives"
    NAME = "names"


@dataclass(frozen=True, slots=True)
class Claim:
    """One of them: `key` is what it is compared by; `start` and `end` its place in the text."""

    kind: ClaimKind
    key: str
    unit: str
    start: int
    end: int


# By a unit's last word, the unit that it is counted in, and how many of that.
_UNITS: Final[Mapping[str, tuple[str, float]]] = {
    "second": ("minute", 1 / 60),
    "minute": ("minute", 1),
    "min": ("minute", 1),
    "hour": ("hour", 1),
    "day": ("hour", 24),
    "week": ("hour", 168),
    "fortnight": ("hour", 336),
    "month": ("month", 1),
    "quarter": ("month", 3),
    "year": ("month", 12),
    "percent": ("%", 1),
    "%": ("%", 1),
    "$": ("$", 1),
    "dollar": ("$", 1),
    "usd": ("$", 1),
    "€": ("€", 1),
    "euro": ("€", 1),
    "eur": ("€", 1),
    "£": ("£", 1),
    "pound": ("£", 1),
    "gbp": ("£", 1),
    "cent": ("cent", 1),
    "gb": ("GB", 1),
    "mb": ("MB", 1),
    "km": ("km", 1),
    "mile": ("mile", 1),
    "kg": ("kg", 1),
    "am": ("am", 1),
    "pm": ("pm", 1),
}
_NUMBERS: Final = {
    word: str(number)
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
}
_NUMBER: Final = rf"(?:\d+(?:[.,:]\d+)*|{'|'.join(_NUMBERS)})"
_AMOUNT: Final = re.compile(
    rf"(?P<sign>[$€£])?\s?(?<![\w.])(?P<number>{_NUMBER})(?:\s?(?:-|–|—|to|or|and)\s?[$€£]?(?P<upto>{_NUMBER}))?"
    r"(?:[ -]?(?P<percent>%)|[ -]?(?P<business>business|working|bank)?[ -]?(?P<unit>[a-z.]+)\b)?",
    re.I,
)
_PHONE: Final = re.compile(r"(?<![\w.])\+?\(?\d[\d ()./-]{6,}\d(?!\w)")
_DATE: Final = re.compile(r"(?<![\w.])(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?!\w)")
# Numbers that name things, and places that are left open.
_NAMED: Final = re.compile(
    r"\{[^{}]*\}|\[[A-Z_ ]+\]|24/7|\b\d+(?:st|nd|rd|th)\b|\b[A-Za-z]+-?\d[\w.]*|\b\d+[A-Z]\w*(?<!GB)(?<!MB)|"
    r"\b(?:steps?|lines?|sections?|parts?|options?|no\.?|numbers?|version|press|dial|page|room|form)\s#?\d+"
)
_PHONE_DIGITS_MIN: Final = 7
_EVERYDAY: Final = frozenset(
    ("hello", "hi", "welcome", "thank", "great", "sure", "certainly", "ok", "okay", "sorry", "please", "yes", "dear")
)


def claims_of(text: str) -> tuple[Claim, ...]:
    """Return what a text claims, in order."""
    bare = _NAMED.sub(lambda match: " " * len(match[0]), text)
    found = [
        Claim(ClaimKind.ADDRESS, term.key, "address", term.start, term.end)
        for term in terms_of(bare)
        if term.kind is TermKind.ADDRESS
    ]
    bare = _blanked(bare, found)
    found += _dates(bare)
    bare = _blanked(bare, found)
    found += _phones(bare)
    bare = _blanked(bare, found)
    found += _amounts(bare)
    found += _names(bare)
    return tuple(sorted(found, key=lambda claim: (claim.start, claim.key)))


def _blanked(text: str, claims: Iterable[Claim]) -> str:
    for claim in claims:
        text = text[: claim.start] + " " * (claim.end - claim.start) + text[claim.end :]
    return text


def _dates(text: str) -> list[Claim]:
    return [
        Claim(ClaimKind.AMOUNT, f"date {match[0]}", "date", match.start(), match.end())
        for match in _DATE.finditer(text)
    ]


def _phones(text: str) -> list[Claim]:
    found = []
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) >= _PHONE_DIGITS_MIN:
            found.append(Claim(ClaimKind.ADDRESS, digits, "phone", match.start(), match.end()))
    return found


def _amounts(text: str) -> Iterator[Claim]:
    for match in _AMOUNT.finditer(text):
        word = (match["sign"] or match["percent"] or match["unit"] or "").lower().replace(".", "")
        unit, factor = _UNITS.get(word, _UNITS.get(word.removesuffix("s"), ("", 0.0)))
        end = match.end() if unit else max(match.end("number"), match.end("upto"))
        if match["business"] and unit == "hour":
            unit = "business hour"
        if not unit:
            # A thing that is counted: it is compared only with another count of the same thing.
            unit, factor = f"counted {stem(word)}", 1.0
            if len(word) < 4 or match["number"].lower() in _NUMBERS:
                continue
            end = match.end()
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        for number in (match["number"], match["upto"]):
            if number is not None:
                yield Claim(ClaimKind.AMOUNT, f"{_value(number) * factor:g} {unit}", unit, start, end)


def _value(number: str) -> float:
    digits = _NUMBERS.get(number.lower(), number).replace(",", "").replace(":", ".")
    whole, _, rest = digits.partition(".")
    return float(f"{whole}.{rest.replace('.', '') or 0}")


def _names(text: str) -> Iterator[Claim]:
    for name in names_of(text):
        if all(level(word) in _EVERYDAY for word in name.split()):
            continue
        match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        start = match.start() if match is not None else 0
        yield Claim(ClaimKind.NAME, name, "", start, start + len(name))


class Grounds:
    """What texts claim, to be asked whether a claim has its ground in them."""

    def __init__(self, texts: Iterable[str]) -> None:
        claims: list[Claim] = []
        words: set[str] = set()
        for text in texts:
            claims += claims_of(text)
            words |= {stem(level(word)) for word in re.findall(r"[^\W_]+", text)}
        self._keys = {(claim.kind, claim.key) for claim in claims}
        self._units = {claim.unit for claim in claims}
        self._words = words

    def has(self, claim: Claim) -> bool:
        """Tell whether the texts say it too, or do not speak of such a thing at all."""
        if (claim.kind, claim.key) in self._keys:
            return True
        match claim.kind:
            case ClaimKind.NAME:
                return all(stem(level(part)) in self._words for part in re.findall(r"[^\W_]+", claim.key))
            case ClaimKind.AMOUNT:
                return claim.unit.startswith("counted ") and claim.unit not in self._units
            case ClaimKind.ADDRESS:
                return False
