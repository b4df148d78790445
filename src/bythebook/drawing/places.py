"""Where cards and links stand on the paper, in pixels: columns by least squares, links as curves between layers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from bythebook.drawing.cards import Card, Link, LinkKind, cards_of, links_of
from bythebook.drawing.layers import Layers, Pass, Slot, layers_of
from bythebook.drawing.pen import CORNER, Pen
from bythebook.routine.graph import Graph, NodeKind

MARGIN: Final = 16.0
CARD_WIDTH_MIN: Final = 204.0
CARD_WIDTH_MAX: Final = 460.0
BETWEEN_LAYERS: Final = 46.0
BETWEEN_CARDS: Final = 24.0
RAIL: Final = 10.0
"""From one passing link to the next, and from a card to the first link beside it."""

TRACKS_MAX: Final = 5
"""Links that leave a card's side next to each other; more share the outermost place."""

ROUNDS: Final = 60
TRIES: Final = 4
"""How often narrower cards are tried."""


_Rail: TypeAlias = Callable[[int, bool], float]
_At: TypeAlias = tuple[int, Slot]
"""A slot of a layer."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link as it is drawn: the `d` of an SVG path, the arrow at its end."""

    link: Link
    path: str
    start: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture with every place."""

    cards: tuple[Card, ...]
    card_width: float
    corners: tuple[tuple[float, float], ...]
    """By card: its upper left corner."""

    ways: tuple[Way, ...]
    width: float
    height: float


def place(graph: Graph, columns_max: int, room: float, top: float = 0.0) -> Placed:
    """Return a graph placed on paper, from `top` downwards.

    At most so many cards stand beside each other; they are as wide as `room` lets them be, within reason.
    """
    links = links_of(graph)
    count = sum(node.kind is NodeKind.STEP for node in graph.nodes)
    layers = layers_of(count, links, columns_max)
    columns = _Columns(layers, _tracks(links), room)
    centres = columns.centres(links)
    # Layers that stand aside from each other are together wider than each by itself.
    for _ in range(TRIES):
        if columns.spread(centres) <= room or columns.width <= CARD_WIDTH_MIN:
            break
        columns.width = max(CARD_WIDTH_MIN, columns.width * room / columns.spread(centres) - 1)
        centres = columns.centres(links)
    width, whole = columns.width, columns.spread(centres)
    left = columns.left(centres)
    centres = {at: centre - left + MARGIN for at, centre in centres.items()}
    cards = cards_of(graph, width)
    tops, bottoms = _rows(layers, cards, top)
    corners = tuple(
        (round(centres[level, card] - width / 2, 1), round(tops[level], 1)) for card, level in enumerate(layers.layer)
    )
    paper = _Paper(cards, width, layers, centres, corners, tops, bottoms)
    ways = tuple(_ways(links, paper))
    return Placed(cards, width, corners, ways, round(whole, 1), round(max(bottoms, default=top) + MARGIN, 1))


# ---------------------------------------------------------------- columns


def _tracks(links: Sequence[Link]) -> Mapping[int, int]:
    """Return, by card, how many links run along its sides."""
    count: Counter[int] = Counter()
    for link in links:
        if link.row is not None and link.kind in (LinkKind.JUMP, LinkKind.BACK):
            count[link.source] += 1
        if link.kind is LinkKind.BACK and link.target != link.source:
            count[link.target] += 1
    return {card: min(number, TRACKS_MAX) for card, number in count.items()}


class _Columns:
    """Finds how wide cards are, and where the middle of each slot is."""

    def __init__(self, layers: Layers, tracks: Mapping[int, int], room: float) -> None:
        self.layers = layers
        self.single = all(sum(isinstance(slot, int) for slot in row) == 1 for row in layers.slots)
        """All cards stand in one column; then all links run on its right."""

        widest = max(tracks.values(), default=0)
        self.tracks = dict.fromkeys(range(len(layers.layer)), widest) if self.single else tracks
        self.rails = _rails(layers) if self.single else {}
        self.width = self._width(room)

    def _width(self, room: float) -> float:
        """Return how wide cards can be so that every layer fits."""
        found = CARD_WIDTH_MAX
        for row in self.layers.slots:
            cards = [slot for slot in row if isinstance(slot, int)]
            beside = sum((1 if self.single else 2) * RAIL * self.tracks.get(card, 0) for card in cards)
            passing = max(self.rails.values(), default=0) if self.single else len(row) - len(cards)
            left = room - 2 * MARGIN - beside - BETWEEN_CARDS * max(0, len(cards) - 1) - RAIL * passing
            found = min(found, left / len(cards) if cards else found)
        return max(CARD_WIDTH_MIN, float(int(found)))

    def half(self, slot: Slot, *, right: bool = True) -> float:
        """Return how far a slot reaches from its middle."""
        if not isinstance(slot, int):
            return 0.0
        return self.width / 2 + (RAIL * self.tracks.get(slot, 0) if right or not self.single else 0.0)

    def apart(self, one: Slot, other: Slot) -> float:
        """Return how far apart the middles of two neighbours are at least."""
        between = BETWEEN_CARDS if isinstance(one, int) and isinstance(other, int) else RAIL
        return self.half(one) + self.half(other, right=False) + between

    def centres(self, links: Sequence[Link]) -> dict[_At, float]:
        """Return the middles: each as near as can be to what it is linked to."""
        near = self._near(links)
        centres: dict[_At, float] = {}
        for level, row in enumerate(self.layers.slots):
            x = 0.0
            for at, slot in enumerate(row):
                x += self.apart(row[at - 1], slot) if at else 0.0
                centres[level, slot] = self._in_column(slot) if self.single else x
            for slot in row:
                centres[level, slot] -= 0.0 if self.single else x / 2
        for turn in range(0 if self.single else ROUNDS):
            levels = range(len(self.layers.slots))
            for level in levels if turn % 2 == 0 else reversed(levels):
                self._settle(level, near, centres)
        return centres

    def left(self, centres: Mapping[_At, float]) -> float:
        """Return where the leftmost slot begins."""
        return min((centre - self.half(at[1], right=False) for at, centre in centres.items()), default=0.0)

    def spread(self, centres: Mapping[_At, float]) -> float:
        """Return how wide all slots are together, with the margins."""
        right = max((centre + self.half(at[1]) for at, centre in centres.items()), default=self.width)
        return right - self.left(centres) + 2 * MARGIN

    def _in_column(self, slot: Slot) -> float:
        return self.half(0) + RAIL * self.rails[slot] if isinstance(slot, Pass) else 0.0

    def _near(self, links: Sequence[Link]) -> Mapping[_At, Mapping[_At, float]]:
        """Return what each slot is linked to, and how strongly: straight rails matter more than straight links."""
        near: dict[_At, dict[_At, float]] = {}
        for link in links:
            here = (self.layers.layer[link.source], link.source)
            there = (self.layers.layer[link.target], link.target)
            if here[0] == there[0]:
                continue
            stops: list[_At] = [here, *self.layers.route(link.source, link.target), there]
            for one, other in pairwise(stops):
                passing = sum(not isinstance(slot, int) for _, slot in (one, other))
                near.setdefault(one, {})[other] = near.setdefault(other, {})[one] = (1.0, 2.0, 8.0)[passing]
        return near

    def _settle(self, level: int, near: Mapping[_At, Mapping[_At, float]], centres: dict[_At, float]) -> None:
        """Move a layer's slots to where their links pull them, in order and apart (pool adjacent violators)."""
        row = self.layers.slots[level]
        offset = 0.0
        offsets: list[float] = []
        blocks: list[tuple[float, float, int]] = []  # weighted sum, weight, how many slots
        for at, slot in enumerate(row):
            offset += self.apart(row[at - 1], slot) if at else 0.0
            offsets.append(offset)
            pulls = near.get((level, slot), {(level, slot): 0.01})
            weight = sum(pulls.values())
            wanted = sum(centres[other] * pull for other, pull in pulls.items()) / weight
            blocks.append(((wanted - offset) * weight, weight, 1))
            while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
                last, before = blocks.pop(), blocks.pop()
                blocks.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
        middles = [total / weight for total, weight, count in blocks for _ in range(count)]
        for slot, middle, offset in zip(row, middles, offsets, strict=True):
            centres[level, slot] = middle + offset


def _rails(layers: Layers) -> Mapping[Pass, int]:
    """Return, for a single column, which rail from the cards outwards each link passes on: the shortest innermost."""
    span: dict[Pass, tuple[int, int]] = {}
    for level, row in enumerate(layers.slots):
        for slot in row:
            if isinstance(slot, Pass):
                span[slot] = (span.get(slot, (level, level))[0], level)
    rails: dict[Pass, int] = {}
    for passing in sorted(span, key=lambda one: (span[one][1] - span[one][0], one)):
        first, last = span[passing]
        taken = {rails[other] for other in rails if span[other][0] <= last + 1 and first <= span[other][1] + 1}
        rails[passing] = next(number for number in range(1, len(rails) + 2) if number not in taken)
    return rails


def _rows(layers: Layers, cards: Sequence[Card], top: float) -> tuple[list[float], list[float]]:
    tops: list[float] = []
    bottoms: list[float] = []
    y = top + MARGIN
    for row in layers.slots:
        height = max((cards[slot].height for slot in row if isinstance(slot, int)), default=0.0)
        tops.append(y)
        bottoms.append(y + height)
        y += height + BETWEEN_LAYERS
    return tops, bottoms


# ---------------------------------------------------------------- links


@dataclass(frozen=True, slots=True)
class _Paper:
    cards: tuple[Card, ...]
    width: float
    layers: Layers
    centres: Mapping[_At, float]
    corners: tuple[tuple[float, float], ...]
    tops: Sequence[float]
    bottoms: Sequence[float]

    def level(self, card: int) -> int:
        return self.layers.layer[card]

    def middle(self, card: int) -> float:
        return self.corners[card][0] + self.width / 2

    def row(self, card: int, row: int | None) -> float:
        """The height at which a link leaves a row, or enters a card from the side."""
        own = self.cards[card]
        within = own.rows[row].middle if row is not None and row < len(own.rows) else min(own.head, own.height) / 2
        return self.corners[card][1] + within

    def bottom(self, card: int) -> float:
        return self.corners[card][1] + self.cards[card].height


def _ways(links: Sequence[Link], paper: _Paper) -> list[Way]:
    used: Counter[tuple[int, bool]] = Counter()

    def rail(card: int, right: bool) -> float:
        """The next free place beside a card."""
        number = min(used[card, right], TRACKS_MAX - 1) + 1
        used[card, right] += 1
        edge = paper.corners[card][0] + (paper.width if right else 0)
        return edge + RAIL * number * (1 if right else -1)

    return [_way(link, paper, rail) for link in links]


def _way(link: Link, paper: _Paper, rail: _Rail) -> Way:
    source, target = link.source, link.target
    if source == target:
        return _own(link, paper, rail)
    here, there = paper.level(source), paper.level(target)
    route = paper.layers.route(source, target) if here != there else ()
    pen = Pen()
    first = paper.centres[route[0]] if route else paper.middle(target)
    from_side = link.row is not None and not _leaves_below(link, paper)
    right = first >= paper.middle(source)
    if from_side or there <= here:
        pen.begin(paper.corners[source][0] + (paper.width if right else 0), paper.row(source, link.row))
        pen.aside(rail(source, right), down=there > here)
    else:
        aside = (
            paper.width / 4 * (1 if first > paper.middle(source) + 1 else -1)
            if link.kind is LinkKind.OTHERWISE
            else 0.0
        )
        pen.begin(paper.middle(source) + aside, paper.bottom(source))
    if there > here:
        pen.straight(paper.bottoms[here])
        for level, slot in route:
            pen.curve(paper.centres[level, slot], paper.tops[level])
            pen.straight(paper.bottoms[level])
        pen.curve(paper.middle(target), paper.tops[there])
    elif there == here:
        pen.straight(paper.tops[here] - CORNER)
        pen.over(paper.middle(target), paper.tops[here])
    else:
        pen.straight(paper.tops[here])
        for level, slot in route:
            pen.curve(paper.centres[level, slot], paper.bottoms[level])
            pen.straight(paper.tops[level])
        right = pen.x >= paper.middle(target)
        pen.curve(rail(target, right), paper.bottoms[there])
        pen.straight(paper.row(target, link.target_row) + CORNER)
        pen.into(paper.corners[target][0] + (paper.width if right else 0), paper.row(target, link.target_row))
    return Way(link, pen.path, pen.start)


def _leaves_below(link: Link, paper: _Paper) -> bool:
    last = len(paper.cards[link.source].rows) - 1
    return link.kind in (LinkKind.CONDITION, LinkKind.CLOSE) and link.row == last


def _own(link: Link, paper: _Paper, rail: _Rail) -> Way:
    """A link from a row back to one of its own card."""
    edge = paper.corners[link.source][0] + paper.width
    pen = Pen()
    pen.begin(edge, paper.row(link.source, link.row))
    pen.aside(rail(link.source, True), down=False)
    there = paper.row(link.target, link.target_row)
    pen.straight(there + CORNER)
    pen.into(edge, there)
    return Way(link, pen.path, pen.start)
