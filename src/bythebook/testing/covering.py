"""Ways through a document that together reach all of it: found by the moves of the prover, few and short."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final, TypeAlias

from bythebook.engine.decide import ForFunction, ForNotice, Refused, advance_by_steps, owed
from bythebook.engine.event import CaseOpened, HumanClosed, MessageRead, TimerFired
from bythebook.engine.evolve import evolve
from bythebook.engine.state import CaseState, Status
from bythebook.proving.canon import Keys
from bythebook.proving.moves import Bounds, Move, moves_at
from bythebook.proving.outside import AT, Outside
from bythebook.routine.wording import Release
from bythebook.testing.coverage import Kind, Walk, places_of

PLACES_MAX: Final = 1_500
"""So many places of a case are looked at, with humans left out and then with them."""

ALONE: Final = Bounds(meanings=1, humans=False)
HAND_BACK: Final = "hands back at "

Reached: TypeAlias = tuple[Kind, str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """A way from the opening of a case, and what it reaches."""

    moves: tuple[Move, ...]
    reached: frozenset[Reached]


@dataclass(frozen=True, slots=True)
class _Place:
    state: CaseState
    walk: Walk
    moves: tuple[Move, ...]
    stale: int
    """How many moves ago it reached something that nothing had reached before."""


def covering(
    release: Release, outside: Outside, places_max: int = PLACES_MAX, told: Callable[[int], None] = lambda _: None
) -> tuple[Way, ...]:
    """Return ways that together reach all that was found in reach: few, and each a short way to what it is for."""
    looking = _Looking(release, outside, places_max, told)
    for humans in (False, True):
        if looking.left:
            looking.look(humans)
    return _few(looking.first, looking.wanted)


def _few(first: Mapping[Reached, Way], wanted: frozenset[Reached]) -> tuple[Way, ...]:
    """Choose among the ways: each time the one that adds most, the shorter of two."""
    ways = list(dict.fromkeys(way for one, way in first.items() if one in wanted))
    left, chosen = set(wanted & first.keys()), list[Way]()
    while left:
        best = max(ways, key=lambda way: (len(left & way.reached), -len(way.moves)))
        chosen.append(best)
        left -= best.reached
    return tuple(sorted(chosen, key=lambda way: len(way.moves)))


@dataclass
class _Looking:
    """Looks for ways that reach something new; what was new lately is looked at first."""

    release: Release
    outside: Outside
    places_max: int
    told: Callable[[int], None]
    first: dict[Reached, Way] = field(default_factory=dict)
    """By what is reached: the shortest way to it so far."""

    def __post_init__(self) -> None:
        self.wanted = frozenset((place.kind, place.label, place.way) for place in places_of(self.release))

    @property
    def left(self) -> frozenset[Reached]:
        """What no way reaches yet."""
        return self.wanted - self.first.keys()

    def look(self, humans: bool) -> None:
        """Go on until all is reached, or as many places were looked at as may be."""
        keys, order, looked = Keys.of(self.release, humans=humans), count(), 0
        opened = CaseOpened(AT, "case", self.release.name, self.release.digest)
        begun = _Place(CaseState(), Walk(self.release.routine), (), 0)
        walk, state = self._carried(begun, Move("Case", "is opened", (opened,)))
        heap = [(0, 0, next(order), _Place(state, walk, (), 0))]
        known = {keys.key(state)}
        while heap and looked < self.places_max and self.left:
            place = heapq.heappop(heap)[-1]
            looked += 1
            self.told(looked)
            for move in self._moves(place.state, humans):
                try:
                    walk, state = self._carried(place, move)
                except Refused:
                    continue
                new = walk.found & self.left
                key = keys.key(state)
                if key in known and not new:
                    continue
                known.add(key)
                found = _Place(state, walk, (*place.moves, move), 0 if new else place.stale + 1)
                if new:
                    self._keep(found)
                heapq.heappush(heap, (found.stale, len(found.moves), next(order), found))

    def _keep(self, place: _Place) -> None:
        """Keep the way to a place, gone on with until it is somebody's turn again."""
        while isinstance(owed(place.state), ForFunction | ForNotice):
            move = next(iter(moves_at(self.release, self.outside, place.state, ALONE)))
            walk, state = self._carried(place, move)
            place = _Place(state, walk, (*place.moves, move), 0)
        way = Way(place.moves, frozenset(place.walk.found))
        for one in way.reached:
            if one not in self.first or len(way.moves) < len(self.first[one].moves):
                self.first[one] = way

    def _carried(self, place: _Place, move: Move) -> tuple[Walk, CaseState]:
        walk, state = place.walk.copy(), place.state
        for fact in move.facts:
            steps, state = advance_by_steps(self.release, state, fact)
            for before, event in steps:
                walk.step(event, before, evolve(before, event))
        return walk, state

    def _moves(self, state: CaseState, humans: bool) -> Iterator[Move]:
        """Yield what a test can do: what is certain; nobody leaves, and nothing is after the end."""
        if state.status is Status.RESOLVED or state.continuing is not None:
            return
        for move in moves_at(self.release, self.outside, state, Bounds(meanings=1, humans=humans)):
            read = next((fact for fact in move.facts if isinstance(fact, MessageRead)), None)
            unsure = read is not None and (read.unsure or any(":language:" in one.id for one in read.choices))
            left = any(isinstance(fact, TimerFired | HumanClosed) for fact in move.facts)
            if unsure or left or move.words.startswith(HAND_BACK):
                continue
            yield move
            if read is not None and len(read.choices) == 1 and read.choices[0].kind == "article":
                yield from self._other_answers(move, read)

    def _other_answers(self, move: Move, read: MessageRead) -> Iterator[Move]:
        """Where one answer of the article can be asked for, the others can: those that were not reached yet."""
        for kind, label, _ in sorted(self.left, key=str):
            if kind is Kind.ANSWER and label != read.choices[0].id:
                other = replace(read, choices=(replace(read.choices[0], id=label),))
                yield Move(move.who, label, tuple(other if fact is read else fact for fact in move.facts))


def dead_ends(release: Release, ways: Sequence[Way]) -> tuple[str, ...]:
    """Return what no way reaches, in the document's order."""
    reached = {one for way in ways for one in way.reached}
    return tuple(
        f"{place.kind.value} {place}"
        for place in places_of(release)
        if (place.kind, place.label, place.way) not in reached
    )
