"""The arithmetic of evaluations: how right, how sure, and how much of either is chance.

Each function is a definition from the literature in plain Python; the tests work examples by hand.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final

Z_95: Final = 1.959963984540054
"""Standard deviations on either side that hold 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a count, with the interval that holds the true share 95 times in 100 (Wilson, 1927)."""

    hits: int
    count: int

    @property
    def value(self) -> float:
        """The share itself; 0 where nothing was counted."""
        return self.hits / self.count if self.count else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval."""
        if not self.count:
            return 0.0, 1.0
        z2 = Z_95 * Z_95
        middle = (self.value + z2 / (2 * self.count)) / (1 + z2 / self.count)
        inside = self.value * (1 - self.value) / self.count + z2 / (4 * self.count**2)
        half = Z_95 * math.sqrt(inside) / (1 + z2 / self.count)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{100 * self.value:.1f} ({100 * low:.1f}-{100 * high:.1f})"


def auroc(wanted: Sequence[float], other: Sequence[float]) -> float:
    """Return how often a wanted one scores above another one, ties counted half (Mann and Whitney, 1947)."""
    ordered = sorted([(score, 1) for score in wanted] + [(score, 0) for score in other])
    total, place = 0.0, 0
    while place < len(ordered):
        end = place
        while end < len(ordered) and ordered[end][0] == ordered[place][0]:
            end += 1
        rank = (place + 1 + end) / 2
        total += rank * sum(which for _, which in ordered[place:end])
        place = end
    return (total - len(wanted) * (len(wanted) + 1) / 2) / (len(wanted) * len(other))


def calibration_error(said: Sequence[float], right: Sequence[bool], bins: int = 15) -> float:
    """Return the expected calibration error over bins of equal width, (0, 1/15] first (Guo and others, 2017)."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for probability, was in zip(said, right, strict=True):
        held.setdefault(_bin(probability, bins), []).append((probability, was))
    return sum(abs(sum(p for p, _ in found) - sum(was for _, was in found)) for found in held.values()) / len(said)


def calibration_chance(said: Sequence[float], bins: int = 15) -> float:
    """Return about the calibration error that chance alone gives a reader who is right exactly as often as it says.

    How often it is right in a bin is a sum of coins; the mean distance of such a sum from what was expected of it is
    its standard deviation times the root of 2/pi.
    """
    spread: dict[int, float] = {}
    for probability in said:
        at = _bin(probability, bins)
        spread[at] = spread.get(at, 0.0) + probability * (1 - probability)
    return sum(math.sqrt(2 / math.pi * variance) for variance in spread.values()) / len(said)


def _bin(probability: float, bins: int) -> int:
    return max(0, math.ceil(probability * bins) - 1)


def weighted_f1(gold: Sequence[Hashable], given: Sequence[Hashable]) -> float:
    """Return the F1 of each label, weighed by how often the label is gold."""
    wanted, said = Counter(gold), Counter(given)
    both = Counter(one for one, other in zip(gold, given, strict=True) if one == other)
    return sum(count * 2 * both[label] / (count + said[label]) for label, count in wanted.items()) / len(gold)
