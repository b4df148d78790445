"""Two releases of a document in use, next to each other: how many of their cases came to each line. Pure.

Lines are told by what they say, as in `differing.py`: one that moved keeps its place here, one that was reworded
stands as two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bythebook.service.differing import unmarked
from bythebook.service.heat import Heat, HeatMap


@dataclass(frozen=True, slots=True)
class HeatPair:
    """One place of the document, in both releases or in one."""

    words: str
    """The text's line, without its marker."""

    before: Heat | None
    after: Heat | None


@dataclass(frozen=True, slots=True)
class HeatBeside:
    """The places that can be reached, in the order of the later release; what only the earlier one has comes last."""

    cases_before: int
    cases_after: int
    """Cases in which the customer said something."""

    places: tuple[HeatPair, ...]

    def __bool__(self) -> bool:
        return bool(self.cases_before or self.cases_after)


def beside(before: HeatMap, after: HeatMap) -> HeatBeside:
    """Return two maps next to each other, place by place."""
    was, now = _by_words(before), _by_words(after)
    pairs = [HeatPair(key[0], was.get(key), heat) for key, heat in now.items()]
    pairs += [HeatPair(key[0], heat, None) for key, heat in was.items() if key not in now]
    return HeatBeside(before.cases, after.cases, tuple(pairs))


def _by_words(found: HeatMap) -> Mapping[tuple[str, int], Heat]:
    return dict(_placed(found))


def _placed(found: HeatMap) -> Iterator[tuple[tuple[str, int], Heat]]:
    """Yield each place that can be reached, by its line's words; equal ones are counted."""
    times: Counter[str] = Counter()
    for line in found.lines:
        for heat in line.heats:
            if heat.counts:
                words = unmarked(line.text)
                yield (words, times[words]), heat
                times[words] += 1
