"""Conditions that only the answer to the question right before them can decide, whatever their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.compiler.conditions import Parsed, Place, speaks_of_people, takes_up
from bythebook.compiler.opposites import asks_yes_or_no, speaks_of
from bythebook.routine.model import Ask, Call, Collect, Line, QuestionKind
from bythebook.source.span import SourceFile

_ASKS_AMOUNT: Final = re.compile(r"\b(?:how (?:many|much|long|often|far|old)|when)\b", re.I)
_BEGINS_OPENLY: Final = re.compile(
    r"\W*(?:(?:then|also|next|please|politely|and|so),? )*"
    r"(?:(?:ask|confirm|find out|check|clarify|determine|establish)(?: with)?(?: (?:the \w+|them|him|her))? )?"
    r"(?:(?:at|in|on|to|from|by|with|for) )?"
    r"(?:which|what|who|whose|when|where|why|how (?:many|much|long|often|far|old))\b",
    re.I,
)
"""A question that no yes and no no answers."""

_LAST: Final = re.compile(r"[.!?]\s+")
_ASKS_VALUE: Final = re.compile(rf"{_ASKS_AMOUNT.pattern}|\bwhere\b", re.I)


def asked_just_now(
    place: Place, one: Parsed, places: Sequence[Place], before: Sequence[tuple[int, Line]], file: SourceFile
) -> Line | None:
    """Return the open question of the same step whose answer a condition on the customer can only be.

    "1. Confirm which flight it is. 1a) If the customer means the same flight, ...": nothing is called in between,
    but in another answer's branch.
    """
    if place.parent == "":
        return None
    branches = {other.label for other in places if other.step == place.step}
    for step, line in reversed(before):
        if step != place.step:
            return None
        beside = line.parent == place.parent or line.label == place.parent
        if not beside or line.label in branches:
            continue
        if isinstance(line.instruction, Call | Collect):
            return None
        if isinstance(line.instruction, Ask):
            said = file.slice(line.span)
            other = asks_yes_or_no(said) and not speaks_of(file.slice(place.draft.span), said)
            fits = (speaks_of_people(one) or takes_up(one, line, file)) and not other
            return line if fits and _asks_for(line, _ASKS_VALUE, file) else None
    return None


def asked_above(
    place: Place, places: Sequence[Place], before: Sequence[tuple[int, Line]], file: SourceFile
) -> Line | None:
    """Return the open question that a condition stands under: "Ask what colour it is. - If it is red, ..."."""
    branches = {other.label for other in places if other.step == place.step}
    for step, line in reversed(before):
        if step != place.step:
            return None
        if _stands_under(place, line):
            open_one = isinstance(line.instruction, Ask) and _asks_for(line, _ASKS_AMOUNT, file)
            return line if open_one and not asks_yes_or_no(file.slice(line.span)) else None
        beside = line.parent == place.parent and line.label not in branches
        if beside and isinstance(line.instruction, Call | Collect | Ask):
            return None
    return None


def asks_openly(line: Line, file: SourceFile) -> bool:
    """Whether a question asks which, what, how many, when or where: no yes and no no answers it."""
    ask = line.instruction
    if not isinstance(ask, Ask) or ask.kind is not QuestionKind.OPEN:
        return False
    asked = file.slice(line.span) if ask.text is None else _LAST.split(ask.text.rstrip(" ?"))[-1]
    return _BEGINS_OPENLY.match(asked) is not None


def _stands_under(place: Place, line: Line) -> bool:
    if place.parent:
        return line.label == place.parent
    # The lines of a step stand under its own words.
    own = line.label.partition("(")[0]
    return place.parent is None and place.label != own and place.label.startswith(own)


def _asks_for(line: Line, value: re.Pattern[str], file: SourceFile) -> bool:
    """Whether a question is an open one, and not for a value to compare."""
    ask = line.instruction
    return isinstance(ask, Ask) and ask.kind is QuestionKind.OPEN and value.search(file.slice(line.span)) is None
