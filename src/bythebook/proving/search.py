"""The search: breadth first through all that can happen, so that what is found is found by a shortest way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from bythebook.engine.decide import Refused, Step, advance, advance_by_steps, begun, gone_on
from bythebook.engine.event import (
    Asked,
    AssistantSaid,
    CaseOpened,
    Event,
    Fact,
    FunctionCalled,
    HandoffRequested,
    HumanReturned,
    Jumped,
    LinesPassed,
    StepEntered,
    TurnPlanned,
)
from bythebook.engine.state import CaseState, Status
from bythebook.proving.canon import Keys
from bythebook.proving.found import NOTHING_PASSED, Approved, looked_at
from bythebook.proving.moves import Bounds, Move, moves_at
from bythebook.proving.outside import AT, Outside
from bythebook.proving.rules import Rule, Seen
from bythebook.routine.model import Instruction, Leave
from bythebook.routine.wording import Release

END_IN_REACH: Final = "end-in-reach"
NOT_STUCK: Final = "not-stuck"
OWN_RULE: Final = "rule: "

Told: TypeAlias = Callable[["Search"], None]


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that does not hold: what, how, and the shortest way to it."""

    name: str
    how: str
    path: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A place that is still to be looked at."""

    number: int
    state: CaseState
    seen: tuple[Seen, ...]
    """What the author's rules have seen on the way."""

    handed: bool
    """A human named a line to go on at before the closing question was put: they answer for what is passed over."""

    depth: int


@dataclass(frozen=True, slots=True)
class _Turn:
    """What a plan led to, where a case stood alike: all plans that lead to the same place go on as one."""

    key: Hashable
    """Of the place at its end."""

    closed: bool
    """Whether the closing question was put by then."""

    events: tuple[Event, ...]
    """Kept for an author's rules alone."""


@dataclass
class Search:
    """One exploration of one document: run it once, then read what it found."""

    release: Release
    outside: Outside
    bounds: Bounds
    rules: Sequence[Rule] = ()
    states_max: int = 0
    """Where the search stops; 0 for never."""

    keys: Keys | None = None
    """What tells places apart; by default what the document's future depends on."""

    broken: dict[tuple[str, str], Broken] = field(default_factory=dict)
    ran: set[str] = field(default_factory=set)
    """The steps, lines, answers and functions that some way reaches."""

    transitions: int = 0
    explored: int = 0
    depth: int = 0
    """How many moves the shortest way is to the place that is looked at."""

    exact: bool = False
    """Every place was looked at."""

    _keys: Keys = field(init=False)
    _came: list[tuple[int, Move | None]] = field(default_factory=list)
    _known: dict[Hashable, int] = field(default_factory=dict)
    _before: dict[int, list[int]] = field(default_factory=dict)
    _ends: set[int] = field(default_factory=set)
    _left: set[int] = field(default_factory=set)
    """Places where a human has the case, in a search without humans: how it ends is theirs."""

    _turns: dict[Hashable, _Turn] = field(default_factory=dict)
    """By the key of the place right behind the plan."""

    _begun: tuple[Fact, CaseState, list[Step], CaseState] | None = None
    """The latest fact, where it came in, and what it led to."""

    def __post_init__(self) -> None:
        self._keys = self.keys or Keys.of(self.release, every_line=bool(self.rules), humans=self.bounds.humans)

    @property
    def states(self) -> int:
        """How many different places were found."""
        return len(self._came)

    def run(self, told: Told = lambda _: None) -> None:
        """Look at every place, or at as many as are allowed; `told` is called after each."""
        approved = Approved(self.release, self.outside)
        opened = CaseOpened(AT, "case", self.release.name, self.release.digest)
        state = advance(self.release, CaseState(), opened)[1]
        places: deque[_Place] = deque()
        begun = tuple(rule.begin for rule in self.rules)
        self._found(places, None, _Place(-1, state, begun, handed=False, depth=0))
        while places and not (self.states_max and self.explored >= self.states_max):
            place = places.popleft()
            self.depth = place.depth
            self._look(approved, place, places)
            self.explored += 1
            told(self)
        self.exact = not places and not self.outside.cut
        self._ends_in_reach({place.number for place in places})

    def path(self, number: int) -> tuple[Move, ...]:
        """Return the shortest way to a place."""
        moves: list[Move] = []
        while number > 0:
            number, move = self._came[number]
            assert move is not None
            moves.append(move)
        return tuple(reversed(moves))

    def _look(self, approved: Approved, place: _Place, places: deque[_Place]) -> None:
        state = place.state
        if state.status is Status.RESOLVED:
            self._ends.add(place.number)
        if state.status is Status.HANDED_OFF and not self.bounds.humans:
            by_document = state.handoff in self._keys.handed_by_document
            (self._ends if by_document else self._left).add(place.number)
        moved = False
        for move in moves_at(self.release, self.outside, state, self.bounds):
            try:
                self._make(approved, place, move, places)
            except Refused:
                continue
            except Exception as failure:  # whatever the engine cannot carry out is what is looked for
                self._break(NOT_STUCK, f"it cannot go on: {type(failure).__name__}: {failure}", place.number, move)
                continue
            moved = True
            self.transitions += 1
        if not moved and place.number not in self._ends | self._left:
            self._break(NOT_STUCK, "nothing can happen here any more", place.number, None)

    def _make(self, approved: Approved, place: _Place, move: Move, places: deque[_Place]) -> None:
        """Make a move, look at its events, and keep where it leads; raise whatever the engine raises.

        Where a plan stands as another one stood before, what follows is known: it is only counted.
        """
        steps, state = self._carried(place.state, move.facts[:-1])
        last, state = begun(self.release, state, move.facts[-1])
        fact = move.facts[-1]
        place = replace(place, handed=place.handed or (isinstance(fact, HumanReturned) and fact.line is not None))
        planned = len(last) > 1 and isinstance(last[-1][1], TurnPlanned)
        behind = (self._keys.key(state), place.handed) if planned else None
        head = len(last)
        if behind is not None:
            self._look_at(approved, place, [*steps, *last], move)
            turn = self._turns.get(behind)
            if turn is not None and self._known_again(place, turn, [*steps, *last], move):
                return
        last, state = gone_on(self.release, last, state)
        steps = [*steps, *last]
        self._look_at(approved, place, last[head:] if behind is not None else steps, move)
        seen = self._watched(place, [event for _, event in steps], move)
        for before, event in steps:
            self._note(before, event)
        handed = place.handed and not self._keys.closed(state)
        key = self._found(places, move, _Place(place.number, state, seen, handed, place.depth + 1))
        if behind is not None:
            events = tuple(event for _, event in last[head:]) if self.rules else ()
            self._turns[behind] = _Turn(key, self._keys.closed(state), events)

    def _look_at(self, approved: Approved, place: _Place, steps: Sequence[Step], move: Move) -> None:
        for name, how in looked_at(approved, steps):
            if not (place.handed and name == NOTHING_PASSED):
                self._break(name, how, place.number, move)

    def _known_again(self, place: _Place, turn: _Turn, begun: Sequence[Step], move: Move) -> bool:
        """Return whether a plan leads to a place that is known; then the way there is kept."""
        seen = self._watched(place, [*(event for _, event in begun), *turn.events], move)
        number = self._known.get((turn.key, seen, place.handed and not turn.closed))
        if number is not None:
            self._before.setdefault(number, []).append(place.number)
        return number is not None

    def _watched(self, place: _Place, events: Sequence[Event], move: Move) -> tuple[Seen, ...]:
        seen: list[Seen] = []
        for rule, before in zip(self.rules, place.seen, strict=True):
            now, wrong = rule.after(before, events)
            seen.append(now)
            if wrong:
                self._break(OWN_RULE + rule.text, "it is broken", place.number, move)
        return tuple(seen)

    def _found(self, places: deque[_Place], move: Move | None, found: _Place) -> Hashable:
        """Keep a place that was reached from the one numbered in it, unless it is known; return its key."""
        before = found.number
        place = self._keys.key(found.state)
        key = (place, found.seen, found.handed)
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = len(self._came)
            self._came.append((before, move))
            places.append(replace(found, number=number))
        if before >= 0:
            self._before.setdefault(number, []).append(before)
        return place

    def _break(self, name: str, how: str, number: int, move: Move | None) -> None:
        if (name, how) not in self.broken:
            last = (move,) if move is not None else ()
            self.broken[name, how] = Broken(name, how, (*self.path(number), *last))

    def _note(self, state: CaseState, event: Event) -> None:
        match event:
            case AssistantSaid(line=line) | Asked(line=line):
                self.ran.add(line)
            case FunctionCalled(function=function, line=line):
                self.ran |= {function, line}
            case HandoffRequested() if state.cursor is not None and state.call is None:
                self.ran.add(state.cursor.lines[0])
            case Jumped(line=line):
                self.ran.add(line)
            case LinesPassed(lines=(label, *_)) if isinstance(self._what(label), Leave):
                self.ran.add(label)
            case StepEntered(step=step):
                self.ran.add(step)
            case _:
                pass

    def _what(self, label: str) -> Instruction | None:
        line = self.release.routine.line(label)
        return line.instruction if line is not None else None

    def _ends_in_reach(self, not_looked_at: set[int]) -> None:
        """Find the places from which no way leads to an end; what was not looked at counts as leading to one."""
        if self.release.routine.resolution is None:
            return
        reach = list(self._ends | not_looked_at)
        known = set(reach)
        while reach:
            for before in self._before.get(reach.pop(), ()):
                if before not in known:
                    known.add(before)
                    reach.append(before)
        lost = next((number for number in range(self.states) if number not in known | self._left), None)
        if lost is not None:
            self._break(END_IN_REACH, "from here no way leads to an end that the document names", lost, None)

    def _carried(self, state: CaseState, facts: Sequence[Fact]) -> tuple[list[Step], CaseState]:
        """Return what facts lead to, and where; a message that many moves begin with is taken in once."""
        steps: list[Step] = []
        for fact in facts:
            if self._begun is None or self._begun[0] is not fact or self._begun[1] is not state:
                self._begun = (fact, state, *advance_by_steps(self.release, state, fact))
            _, _, found, state = self._begun
            steps += found
        return steps, state
