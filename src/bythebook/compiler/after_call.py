"""Two opposite conditions beside each other, right behind a call: what it found out decides which of them holds.

"Call `check_coverage(address)`. If the address is covered: ... If the address is not covered: ..." needs no word of
the function's name in the conditions, nor any that tells of an outcome: nothing else could decide them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.compiler.conditions import Place
from bythebook.compiler.judge import CHECKS, FAILURE, OF_PEOPLE, SUCCESS
from bythebook.compiler.opposites import denies, opposite_words
from bythebook.routine.model import Ask, Call, Collect, Line, Outcome, Say
from bythebook.source.span import SourceFile

_OFFERS: Final = re.compile(
    r"\W*(?:politely )?confirm\b|[^\"“”]*?(?:^|\band|\bthen|[,:])\W*(?:politely )?"
    r"(?:offer|suggest|propose|recommend)\b",
    re.I,
)


def found_out(
    number: int, places: Sequence[Place], before: Sequence[tuple[int, Line]], file: SourceFile
) -> Outcome | None:
    """Return which outcome of the call before it a condition speaks of, where its opposite stands beside it."""
    place = places[number]
    words = file.slice(place.draft.span)
    beside = [
        (at, file.slice(other.draft.span))
        for at, other in enumerate(places[max(0, number - 1) : number + 2], max(0, number - 1))
        if at != number and other.step == place.step and other.parent == place.parent
    ]
    other = next((at for at, said in beside if opposite_words(words, said)), None)
    if other is None or OF_PEOPLE.match(words):
        return None
    begins = places[min(number, other)].draft.span.start
    earlier = [line for step, line in before if step == place.step and line.span.end <= begins]
    last = earlier[-1] if earlier else None
    if last is None or not isinstance(last.instruction, Call) or not CHECKS.match(last.instruction.function):
        return None
    return Outcome(last.instruction.function, FAILURE if denies(words) else SUCCESS)


class Branches:
    """Which lines stand under which conditions of one document."""

    def __init__(self, places: Sequence[Place], lines: Sequence[tuple[int, Line]]) -> None:
        self._conditional = frozenset(place.label for place in places)
        self._parents = {line.label: line.parent for _, line in lines}

    def asks_elsewhere(self, line: Line, place: Place) -> bool:
        """Whether a line is carried out only where another condition holds than those the place stands under."""
        written = place.label.partition("(")
        if written[1] and line.label.startswith("".join(written[:2])):
            return False  # said in the same line: "offer a credit. If they accept, ..."
        above = self._chain(place.parent)
        return any(label in self._conditional and label not in above for label in self._chain(line.label))

    def _chain(self, label: str | None) -> tuple[str, ...]:
        found: list[str] = []
        while label and label not in found:
            found.append(label)
            label = self._parents.get(label)
        return tuple(found)


def is_question(line: Line, file: SourceFile) -> bool:
    """Whether a line may be answered with yes or no, or asks for something else."""
    match line.instruction:
        case Ask() | Collect():
            return True
        case Say(text=None):
            return bool(_OFFERS.match(file.slice(line.span)))
        case Say(text=text):
            return text is not None and text.rstrip().endswith("?")
        case _:
            return False
