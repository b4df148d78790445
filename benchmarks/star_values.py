"""What was said, for `star_walk.py`: acts by the reader's lexicon, values by the kind that a placeholder names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from bythebook.engine.choice import AFFIRM, DENY, GREETING, THANKS
from bythebook.reading import lexicon
from bythebook.reading.common import content_words, stem
from bythebook.reading.dates import find_dates
from bythebook.reading.text import clauses, level

_PEELED: Final = {"yes": AFFIRM, "no": DENY, "hi": GREETING, "thanks": THANKS}
_PEELS_MAX: Final = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """A message: the acts in it, and the clauses that are none."""

    acts: frozenset[str]
    content: tuple[str, ...]


@cache
def heard(text: str) -> Heard:
    """Cut a message into clauses and take off what is an act, with the reader's own lexicon."""
    acts: set[str] = set()
    content: list[str] = []
    for clause in clauses(level(text), str):
        rest = clause.marked
        for _ in range(_PEELS_MAX):
            whole = lexicon.acts(rest.replace(" ,", ""))
            act, after = lexicon.peel(rest) if whole is None else ("", rest)
            if whole is not None:
                acts.update(whole)
                rest = ""
            if not act:
                break
            acts.add(_PEELED.get(act, act))
            rest = after
        if rest and lexicon.acts(rest.replace(" ,", "")) is None:
            content.append(rest)
        elif rest:
            acts.update(lexicon.acts(rest.replace(" ,", "")) or ())
    return Heard(frozenset(acts), tuple(content))


_TIME: Final = re.compile(
    r"\b\d{1,2}(?::\d\d)? ?(?:[ap]\.?m\b|o'? ?clock)|\b\d{1,2}:\d\d\b|\b(?:noon|midnight|midday|immediately|asap|"
    r"right (?:now|away)|as soon as possible)\b",
    re.I,
)
_DAY: Final = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:today|tomorrow|tonight|weekend)\b|\b\d{1,2}(?:st|nd|rd|th)\b",
    re.I,
)
_NUMBER: Final = re.compile(
    r"\b\d+\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)\b", re.I
)
_NAMED: Final = re.compile(
    r"\b(?:name(?: is|'s|:)?|this is|call me|[Ii]'?m|[Ii] am) (?!(?:a|an|the|in|at|on|not|so|sorry|from|just|here|"
    r"very|really|good|fine|sure|done|all|free|under|still|\w+ing|\w+ed|stuck)\b)[A-Za-z]+",
)
_PROPER: Final = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-z]+(?: (?:(?:of|on|the) )?[A-Z][a-z]+)*", re.M)
_NO_PROPER: Final = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|"
    r"November|December|Hello|Hi|Thanks|Okay|Yes|No|Please"
)


@dataclass(frozen=True, slots=True)
class Values:
    """How many values of each kind were said, and words that no line of the routine has."""

    times: int
    days: int
    numbers: int
    names: int
    proper: int
    strange: int


def values_in(text: str, known: frozenset[str]) -> Values:
    """Count the values of a text; one that is a time is no number, one that is a name no place."""
    times = [found.span() for found in _TIME.finditer(text)]
    days = list(_merged([(m.start, m.end) for m in find_dates(text)] + [m.span() for m in _DAY.finditer(text)]))
    names = [found.span() for found in _NAMED.finditer(text)]
    numbers = [m for m in _NUMBER.finditer(text) if not _inside(m.start(), [*times, *days])]
    proper = [m for m in _PROPER.finditer(text) if not _NO_PROPER.match(m[0]) and not _inside(m.start(), names)]
    shown = {word for m in proper for word in m[0].lower().split()}
    words = {word for part in heard(text).content for word in content_words(part) if word.isalpha()}
    strange = {word for word in words - shown if stem(word) not in known}
    return Values(len(times), len(days), len(numbers), len(names), len(proper), len(strange))


def _merged(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    end = -1
    for start, stop in sorted(spans):
        if start > end:
            yield start, stop
        end = max(end, stop)


def _inside(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def count_of(kind: str, values: Values) -> int:
    """How many values there are of the kind that a placeholder names."""
    for words, count in (
        (r"TIME", values.times),
        (r"DATE|DAY", values.days),
        (r"NUMBER|CODE|SIZE|COUNT", values.numbers),
        (r"^(?:NAME|PERSON)$", values.names),
        (r"MESSAGE|REQUEST|REASON", values.strange // STRANGE_MIN),
    ):
        if re.search(words, kind):
            return count
    return values.proper if kind != "BOOLEAN" else 0


STRANGE_MIN: Final = 2
"""Words that no line of the routine has, which make a wish of one's own."""


def fields(result: str) -> dict[str, str]:
    """The fields of a result: `A = b ; C = d ;`."""
    pairs = (part.split("=", 1) for part in result.replace("[RESULT]", "").strip('" ').split(";") if "=" in part)
    return {name.strip(): value.strip() for name, value in pairs}
