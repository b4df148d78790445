"""Which cards stand above which, and in what order beside each other: layers by longest path, order by barycentre.

A link over several layers passes each in a slot of its own. All links to one card share these slots, so they run
together as rails do. Everything is decided by document order where nothing else decides: the same routine gives the
same picture. (Sugiyama, Tagawa, Toda 1981; the limit on the width of a layer as Coffman and Graham.)
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from bythebook.drawing.cards import Link

SWEEPS: Final = 12
"""How often the order of all layers is improved, downwards and upwards in turn."""


@dataclass(frozen=True, slots=True, order=True)
class Pass:
    """Where links to a card pass a layer that lies between."""

    target: int
    down: bool


Slot: TypeAlias = int | Pass
"""A card, by its index, or a place to pass."""


@dataclass(frozen=True, slots=True)
class Layers:
    """The slots of each layer from left to right, top layer first."""

    slots: tuple[tuple[Slot, ...], ...]
    layer: tuple[int, ...]
    """By card: the index of its layer."""

    def route(self, source: int, target: int) -> tuple[tuple[int, Pass], ...]:
        """Return the layers that a link passes, with its slot in each, in the order that it passes them."""
        here, there = self.layer[source], self.layer[target]
        down = there > here
        between = range(here + 1, there) if down else range(here - 1, there, -1)
        return tuple((layer, Pass(target, down)) for layer in between)


def layers_of(count: int, links: Sequence[Link], columns_max: int) -> Layers:
    """Return the layers of so many cards with at most so many beside each other."""
    layer = _levels(count, links, columns_max)
    slots: list[list[Slot]] = [[] for _ in range(max(layer, default=-1) + 1)]
    for card, level in enumerate(layer):
        slots[level].append(card)
    found = Layers((), tuple(layer))
    segments: dict[tuple[int, Slot, Slot], None] = {}
    for link in links:
        if layer[link.source] == layer[link.target]:
            continue
        route = found.route(link.source, link.target)
        for level, passing in route:
            if passing not in slots[level]:
                slots[level].append(passing)
        stops: list[tuple[int, Slot]] = [(layer[link.source], link.source), *route, (layer[link.target], link.target)]
        for (above, one), (below, other) in pairwise(stops):
            segments[(above, one, other) if above < below else (below, other, one)] = None
    # In one column the rails run beside the cards, what ends soonest next to them.
    single = columns_max == 1
    order = [sorted(row, key=_beside) for row in slots] if single else _ordered(slots, list(segments))
    return Layers(tuple(tuple(row) for row in order), tuple(layer))


def _beside(slot: Slot) -> tuple[bool, int, bool]:
    return (False, 0, False) if isinstance(slot, int) else (True, slot.target, slot.down)


def _levels(count: int, links: Sequence[Link], columns_max: int) -> list[int]:
    before: list[list[int]] = [[] for _ in range(count)]
    for link in links:
        if link.target > link.source:
            before[link.target].append(link.source)
    level = [0] * count
    taken: Counter[int] = Counter()
    for card in range(count):
        # What nothing leads to (it is entered at any time) stands beside what is written before it.
        at = max((level[one] + 1 for one in before[card]), default=level[card - 1] if card else 0)
        while taken[at] >= columns_max:
            at += 1
        level[card] = at
        taken[at] += 1
    return level


def _ordered(slots: list[list[Slot]], segments: Sequence[tuple[int, Slot, Slot]]) -> list[list[Slot]]:
    """Return the layers with few crossings: the best of several sweeps."""
    by_layer: list[list[tuple[Slot, Slot]]] = [[] for _ in slots]
    for above, one, other in segments:
        by_layer[above].append((one, other))
    best, fewest = slots, _crossings(slots, by_layer)
    order = [list(row) for row in slots]
    for sweep in range(SWEEPS):
        if sweep % 2 == 0:
            for at in range(1, len(order)):
                up = [(other, one) for one, other in by_layer[at - 1]]
                order[at] = _by_neighbours(order[at], order[at - 1], up)
        else:
            for at in range(len(order) - 2, -1, -1):
                order[at] = _by_neighbours(order[at], order[at + 1], by_layer[at])
        crossings = _crossings(order, by_layer)
        if crossings < fewest:
            best, fewest = [list(row) for row in order], crossings
    return best


def _by_neighbours(row: Sequence[Slot], beside: Sequence[Slot], pairs: Sequence[tuple[Slot, Slot]]) -> list[Slot]:
    """Return a layer's slots by the mean place of what they are linked to; others keep their place."""
    place = {slot: at for at, slot in enumerate(beside)}
    near: dict[Slot, list[int]] = {}
    for own, other in pairs:
        near.setdefault(own, []).append(place[other])
    room = max(1, len(row) - 1)
    scale = max(1, len(beside) - 1) / room

    def mean(at: int) -> float:
        places = near.get(row[at])
        return sum(places) / len(places) if places else at * scale

    return [row[at] for at in sorted(range(len(row)), key=lambda at: (mean(at), at))]


def _crossings(slots: Sequence[Sequence[Slot]], by_layer: Sequence[Sequence[tuple[Slot, Slot]]]) -> int:
    found = 0
    for above, pairs in enumerate(by_layer):
        if not pairs:
            continue
        upper: Mapping[Slot, int] = {slot: at for at, slot in enumerate(slots[above])}
        lower: Mapping[Slot, int] = {slot: at for at, slot in enumerate(slots[above + 1])}
        seen: list[int] = []
        for _, end in sorted((upper[one], lower[other]) for one, other in pairs):
            found += len(seen) - bisect_left(seen, end + 1)
            insort(seen, end)
    return found
