"""How much, without saying of what: "Less than 120: ...", "1 to 3 days: ...", "180 or more: ...".

What is measured stands above: a value named in backticks ("the delay (`arrival_delay`) decides:"), or the one number
that was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.recognise import masked
from bythebook.compiler.slots import type_of
from bythebook.routine.model import All, Ask, Collect, Compare, Line, QuestionKind, SlotType, Test
from bythebook.source.span import SourceFile

LINES_BACK_MAX: Final = 12
"""How many lines back the value that is measured is looked for."""

_OPERATORS: Final = {
    **dict.fromkeys(("less than", "fewer than", "under", "below"), "<"),
    **dict.fromkeys(("more than", "over", "above", "beyond"), ">"),
    **dict.fromkeys(("at least", "from"), ">="),
    **dict.fromkeys(("at most", "up to", "no more than"), "<="),
    "exactly": "==",
}
_OR_MORE: Final = {
    **dict.fromkeys(("more", "over", "above", "longer", "older", "higher"), ">="),
    **dict.fromkeys(("less", "fewer", "below", "under", "shorter", "younger", "lower"), "<="),
}
MONEYS: Final = frozenset(("euros", "dollars", "pounds", "francs", "cents"))
_NUMBER: Final = r"[$€£]?\d[\d,]*(?:\.\d+)?"
_MEASURE: Final = re.compile(
    rf"(?:(?P<operator>{'|'.join(_OPERATORS)})\s+)?(?P<first>{_NUMBER})(?:\s*(?:to|-|–|—)\s*(?P<last>{_NUMBER}))?"
    rf"(?:\s*(?P<noun>%|€|(?!or\b|and\b|am\b|pm\b|o['’]clock\b)[a-z]+))?"
    rf"(?:\s+(?:or|and)\s+(?P<more>{'|'.join(_OR_MORE)}))?",
    re.I,
)
_NUMBERS: Final = (SlotType.NUMBER, SlotType.MONEY)
_WORD: Final = re.compile(r"[A-Za-z]{3,}")
_HOW_MANY: Final = re.compile(r"\bhow many ([a-z]+)", re.I)
_NAMED: Final = re.compile(r"`(?P<name>[a-z_]\w*)`|\b(?P<bare>[a-z]+_[a-z_]\w*)\b(?!\()")


@dataclass(frozen=True, slots=True)
class Measure:
    """Bounds of a number."""

    bounds: tuple[tuple[str, int | float], ...]
    noun: str = ""
    """What is counted: "1 to 3 days"; nothing for money and the like."""

    def of(self, name: str) -> Test:
        """Return the test that the value of this name lies within them."""
        tests = tuple(Compare(name, operator, number) for operator, number in self.bounds)
        return tests[0] if len(tests) == 1 else All(tests)


def read_measure(words: str) -> Measure | None:
    """Return the bounds that words are, and nothing else; a number alone is none."""
    match = _MEASURE.fullmatch(masked(words).strip(" .,:\t\n"))
    if match is None:
        return None
    first = _number(match["first"])
    noun = (match["noun"] or "").lower()
    noun = noun if noun.isalpha() and noun.endswith("s") and noun not in MONEYS else ""
    if match["last"]:
        plain = not match["operator"] and not match["more"]
        return Measure(((">=", first), ("<=", _number(match["last"]))), noun) if plain else None
    if match["operator"]:
        return Measure(((_OPERATORS[match["operator"].lower()], first),), noun) if not match["more"] else None
    return Measure(((_OR_MORE[match["more"].lower()], first),), noun) if match["more"] else None


def measured(words: str, parent: str | None, before: Sequence[Line], file: SourceFile, head: str = "") -> Test | None:
    """Return what words measure: the value that the line above names, or the number that was asked for last.

    `before` are the lines of its step that stand before it, `head` the step's own words.
    """
    measure = read_measure(words)
    if measure is None:
        return None
    for line in reversed(before[-LINES_BACK_MAX:]):
        what = line.instruction
        if isinstance(what, Collect):
            numbers = [one.name for one in what.slots if one.type in _NUMBERS]
            return measure.of(numbers[0]) if len(numbers) == 1 else None
        if isinstance(what, Ask) and what.kind is QuestionKind.OPEN:
            words = file.slice(line.span)
            many = _HOW_MANY.search(words)
            asked = many[1] if many else next((one for one in _WORD.findall(words) if type_of(one) in _NUMBERS), "")
            if asked:
                return measure.of(asked.lower())
        named = _NAMED.search(file.slice(line.span)) if line.label == parent else None
        if named is not None:
            return measure.of(named["name"] or named["bare"])
    named = _NAMED.search(head)
    if named is not None:
        return measure.of(named["name"] or named["bare"])
    return measure.of(measure.noun) if measure.noun else None


def _number(words: str) -> int | float:
    plain = words.strip("$€£").replace(",", "")[:18]
    return float(plain) if "." in plain else int(plain)
