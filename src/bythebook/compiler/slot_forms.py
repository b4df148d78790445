"""What a document says of the form of a value: "a six-digit code", "begins with ORD-", "one of: basic, premium".

Rows of a table, each with the words that are its test; what no row fits leaves the value free.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

OPTIONS_MIN: Final = 2
OPTIONS_MAX: Final = 20
OPTION_WORDS_MAX: Final = 5
LENGTH_MAX: Final = 40
"""Characters of a value whose form is told in words."""

_WORDS: Final = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_COUNTS: Final = {word: number for number, word in enumerate(re.findall(r"\w+", _WORDS), 1)}
_COUNT: Final = rf"(?:\d{{1,2}}|{'|'.join(_COUNTS)})"
_MANY: Final = rf"(?P<least>{_COUNT})(?:\s*(?:to|or|-|–)\s*(?P<most>{_COUNT}))?"
_KIND: Final = r"(?P<kind>digits?|numbers?|numerals|letters?|characters?|figures?)"
_RUN: Final = re.compile(rf"\b{_MANY}[\s-]{_KIND}\b", re.I)
_MIXED: Final = re.compile(
    rf"\b{_MANY}[\s-](?:letters?|digits?|numbers?|figures?) (?:or|and/or|and) "
    r"(?:letters?|digits?|numbers?|figures?)\b",
    re.I,
)
_BETWEEN: Final = re.compile(
    r"[\s,]*(?:and|then|plus|followed by|and then|, then)?[\s,]*(?:then |followed by )?(?:by )?", re.I
)
_PREFIX: Final = re.compile(
    r"\b(?:begin(?:s|ning)?|start(?:s|ing)?)\s+(?:with|by|in)\s+(?:an? |the )?(?:letters?\s+|prefix\s+)?"
    r"(?P<quote>[\"'“‘`]?)(?P<prefix>[A-Z0-9][A-Z0-9]*[-#/]?)(?![a-z])",
)
_LETTER: Final = re.compile(r"\b(?:the )?letters? (?P<prefix>[A-Z]{1,4})\b(?=[^.;]*\bfollowed by\b)")
_SHAPED: Final = re.compile(
    r"\b(?:format|form|pattern)\b[^.;()]{0,20}?(?:is|:|like|=)?\s*[\"'“`]?(?P<shape>[A-Z]{1,5}[-/]?\d[\dA-Z/-]*\d)\b"
)
_MASKED: Final = re.compile(r"(?<!\w)(?P<shape>X{2,8}(?:[-/ ]X{1,8}){1,6})(?!\w)")
_FROM_TO: Final = re.compile(
    r"\b(?:from|between)\s+(?P<first>\d{1,2})\s*(?:to|and|-|–)\s*(?P<last>\d{1,2})\b(?!\s*(?:digits?|letters?|characters?|"
    r"numbers?|figures?|days?|weeks?|months?|years?|hours?|minutes?|am\b|pm\b|o['’]clock|[:.]\d|to\b|and\b))",
    re.I,
)
_LIST: Final = re.compile(
    r"(?:\(|\b|:)\s*(?:(?:must be |is |being )?(?:one of|any of|either)(?: the following| these)?|options(?: are)?|"
    r"possible values(?: are)?|choices(?: are)?)\s*:?\s*(?P<items>[^().;?]+)",
    re.I,
)
_SLASHED: Final = re.compile(r"\((?P<items>[^()/,;?]+(?:/[^()/,;?]+)+)\)")
_EITHER: Final = re.compile(r"\((?P<items>[^()/;?:]+(?:,[^()/;?:]+)*,?\s+or\s+[^()/;?:,]+)\)", re.I)
_THINGS: Final = re.compile(
    r"\b(?:names?|e?-?mails?|phone|number|address|dates?|ids?|codes?|reference|if|the|your|their|is|are|not)\b", re.I
)
_DATE: Final = re.compile(r"[dmyhs]{1,4}", re.I)
_BETWEEN_OPTIONS: Final = re.compile(r"\s*(?:,\s*or\s+|,|/|\s+or\s+)\s*", re.I)
_EXAMPLES: Final = re.compile(r"\b(?:e\.?\s?g|such as|for example|like)\b", re.I)
_CLASSES: Final = {"d": r"\d", "n": r"\d", "f": r"\d", "l": "[A-Za-z]", "c": "[A-Za-z0-9]"}


@dataclass(frozen=True, slots=True)
class SlotForm:
    """How a value must look."""

    pattern: str = ""
    """A regular expression that the whole value matches."""

    options: tuple[str, ...] = ()
    """The only values there are."""

    def __bool__(self) -> bool:
        return bool(self.pattern or self.options)


FREE: Final = SlotForm()


def form_of(words: str) -> SlotForm:
    """Return what words say of the form of the one value that they name."""
    return next((form for _, read, _ in FORMS if (form := read(words))), FREE)


def _mixed(words: str) -> SlotForm:
    """Six characters, each a letter or a digit: "6 letters or digits"."""
    match = _MIXED.search(words)
    if match is None:
        return FREE
    least = _number(match["least"])
    most = _number(match["most"]) if match["most"] else least
    return SlotForm(f"[A-Za-z0-9]{{{least}}}" if most == least else f"[A-Za-z0-9]{{{least},{most}}}")


def _listed(words: str) -> SlotForm:
    match = _LIST.search(words)
    return _options(match["items"]) if match is not None else FREE


def _slashed(words: str) -> SlotForm:
    match = _SLASHED.search(words)
    return _options(match["items"]) if match is not None and not _EXAMPLES.search(words) else FREE


def _either(words: str) -> SlotForm:
    """In brackets: "(basic, premium or pro)"; of things to be given instead of each other it says no form."""
    match = _EITHER.search(words)
    unsure = match is None or _THINGS.search(match["items"]) or _EXAMPLES.search(words)
    return FREE if match is None or unsure else _options(match["items"])


def _options(items: str) -> SlotForm:
    found = tuple(dict.fromkeys(one.strip(" \t\n\"'“”`*") for one in _BETWEEN_OPTIONS.split(items) if one.strip()))
    right = OPTIONS_MIN <= len(found) <= OPTIONS_MAX and all(len(one.split()) <= OPTION_WORDS_MAX for one in found)
    return SlotForm(options=found) if right and not all(_DATE.fullmatch(one) for one in found) else FREE


def _prefixed(words: str) -> SlotForm:
    match = _PREFIX.search(words) or _LETTER.search(words)
    if match is None:
        return FREE
    behind = _runs(words, match.end()) or r"[A-Za-z0-9-]+"
    return SlotForm(re.escape(match["prefix"]) + behind)


def _shaped(words: str) -> SlotForm:
    match = _SHAPED.search(words)
    if match is None or len(match["shape"]) > LENGTH_MAX:
        return FREE
    return SlotForm(re.sub(r"\d+", lambda run: rf"\d{{{len(run[0])}}}", re.sub(r"[A-Z]", "[A-Z]", match["shape"])))


def _masked(words: str) -> SlotForm:
    """Letters or digits for each X: "(format XXXX-XXXX)"."""
    match = _MASKED.search(words)
    if match is None or len(match["shape"]) > LENGTH_MAX:
        return FREE
    runs = re.split(r"([-/ ])", match["shape"])
    return SlotForm("".join(re.escape(one) if one in "-/ " else f"[A-Za-z0-9]{{{len(one)}}}" for one in runs))


def _from_to(words: str) -> SlotForm:
    """A whole number out of a few: "a number from 1 to 10"."""
    match = _FROM_TO.search(words)
    first, last = (int(match["first"]), int(match["last"])) if match is not None else (0, 0)
    return SlotForm(options=tuple(map(str, range(first, last + 1)))) if 0 < last - first < OPTIONS_MAX else FREE


def _counted(words: str) -> SlotForm:
    first = _RUN.search(words)
    # "the last 4 digits of the card" names what is asked for, and is its form too.
    return SlotForm(_runs(words, first.start())) if first is not None else FREE


def _runs(words: str, at: int) -> str:
    """Return the pattern of "two letters and six digits", from a place on."""
    pattern, length = "", 0
    match = _RUN.search(words, at)
    while match is not None and length <= LENGTH_MAX:
        least = _number(match["least"])
        most = _number(match["most"]) if match["most"] else least
        pattern += _CLASSES[match["kind"][0].lower()] + (f"{{{least}}}" if most == least else f"{{{least},{most}}}")
        length += max(least, most)
        between = _BETWEEN.match(words, match.end())
        match = _RUN.match(words, between.end()) if between is not None else None
    return pattern if length <= LENGTH_MAX else ""


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _COUNTS[word.lower()]


FORMS: Final[tuple[tuple[str, Callable[[str], SlotForm], tuple[str, SlotForm]], ...]] = (
    ("mixed", _mixed, ("their code (6 letters or digits)", SlotForm("[A-Za-z0-9]{6}"))),
    ("listed", _listed, ("the plan (one of: basic, premium)", SlotForm(options=("basic", "premium")))),
    ("slashed", _slashed, ("what is broken (chain / brakes)", SlotForm(options=("chain", "brakes")))),
    ("either", _either, ("their plan (basic, plus or pro)", SlotForm(options=("basic", "plus", "pro")))),
    ("prefixed", _prefixed, ("an order ID that begins with ORD-", SlotForm(r"ORD\-[A-Za-z0-9-]+"))),
    ("shaped", _shaped, ("their number (the format is RE-2024-01)", SlotForm(r"[A-Z][A-Z]-\d{4}-\d{2}"))),
    ("masked", _masked, ("the key (format XXXX-XX)", SlotForm(r"[A-Za-z0-9]{4}\-[A-Za-z0-9]{2}"))),
    ("from-to", _from_to, ("a rating (a number from 1 to 3)", SlotForm(options=("1", "2", "3")))),
    ("counted", _counted, ("a six-digit code", SlotForm(r"\d{6}"))),
)
"""By name: what reads it, and words with the form that they tell."""
