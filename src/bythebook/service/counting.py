"""What a case adds to the counters: a fold of its log alone, and of nothing private in it.

Counted again, or counted after the case was erased, the numbers are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bythebook.engine.choice import UNCLEAR
from bythebook.engine.erasure import CaseErased
from bythebook.engine.event import (
    Asked,
    AssistantSaid,
    CustomerSaid,
    Event,
    FunctionCalled,
    FunctionFailed,
    HandoffRequested,
    HumanSaid,
    HumanTook,
    LineQuoted,
    MessageRead,
    Offered,
)
from bythebook.engine.evolve import ATTEMPTS_MAX, evolve
from bythebook.engine.state import CaseState, Status
from bythebook.service.reached import place_of, reached_by
from bythebook.service.tallies import (
    FIRST_ANSWER_MS,
    LENGTH_S,
    LONGER,
    OPENING,
    Counted,
    Key,
    Kind,
    Standing,
    Tallies,
    Uncounted,
)

ENDED: Final = frozenset({Standing.RESOLVED, Standing.SERVED_LEFT, Standing.LEFT})
NO_NEED: Final = ("act:", "other:", "slot:")
"""Choices that name no matter of the document."""


CASES_PER_TICK: Final = 200
"""Cases that are counted at a time: a fraction of a second of work."""


@dataclass(frozen=True, slots=True)
class Tallying:
    """Counts what was not counted yet."""

    tallies: Tallies

    def tick(self) -> int:
        """Count some cases and return how many."""
        return self._count(everywhere=False)

    def _count(self, *, everywhere: bool) -> int:
        found = self.tallies.uncounted(CASES_PER_TICK, everywhere=everywhere)
        return self.tallies.add([counted(one) for one in found]) if found else 0

    def rebuild(self) -> int:
        """Count everything anew; return how many cases were counted."""
        self.tallies.clear()
        return self.catch_up()

    def catch_up(self) -> int:
        """Count until nothing is left to count; return how many cases were counted."""
        total = 0
        while done := self._count(everywhere=True):
            total += done
        return total


def counted(one: Uncounted) -> Counted:
    """Return what a case adds by the events that are not counted yet."""
    fold = _Fold()
    before = fold.after(one.events[: one.counted])
    after = fold.after(one.events[one.counted :])
    more = {key: after[key] - before[key] for key in before.keys() | after.keys() if after[key] != before[key]}
    return Counted(one.case_id, one.counted, len(one.events), more)


@dataclass
class _Fold:
    state: CaseState = field(default_factory=CaseState)
    erased: bool = False
    first: datetime | None = None
    answered: datetime | None = None
    last: datetime | None = None
    """When the customer first spoke, was first answered, and when anything was said last."""

    once: set[tuple[str, str, str]] = field(default_factory=set)
    """Release, kind and label of what a case counts for once."""

    often: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def after(self, events: Sequence[Event]) -> Counter[Key]:
        """Return all that the case counts for, up to and with these events."""
        for event in events:
            self.erased = self.erased or isinstance(event, CaseErased)
            if not self.erased:
                self.take(event)
        return self.sums() if self.state.opened_at is not None else Counter()

    def take(self, event: Event) -> None:
        for label in reached_by(self.state, event):
            self._once(Kind.REACHED, label)
        self._count(event)
        self.state = evolve(self.state, event)
        self._time(event)

    def _count(self, event: Event) -> None:
        match event:
            case CustomerSaid(pressed=pressed):
                self._often(Kind.MESSAGES)
                if pressed is not None and not pressed.startswith(NO_NEED):
                    self._often(Kind.MEANT, pressed)
            case MessageRead():
                self._read(event)
            case FunctionCalled(function=function):
                self._often(Kind.CALLED, function)
            case FunctionFailed() if self.state.call is not None and self.state.call.attempt >= ATTEMPTS_MAX:
                self._often(Kind.FAILED, self.state.call.function)
            case HandoffRequested():
                self._handed()
            case HumanTook() if self.state.status is not Status.HANDED_OFF:
                self._handed()
            case _:
                pass

    def _read(self, event: MessageRead) -> None:
        place = self.state.pending or OPENING
        self._often(Kind.READ, place)
        if event.unsure or all(choice.id == UNCLEAR for choice in event.choices):
            self._often(Kind.MISSED, place)
            return
        for choice in dict.fromkeys(choice.id for choice in event.choices):
            if not choice.startswith(NO_NEED):
                self._often(Kind.MEANT, choice)

    def _handed(self) -> None:
        self._once(Kind.HANDED, place_of(self.state) or OPENING)

    def _time(self, event: Event) -> None:
        said = isinstance(event, AssistantSaid | Asked | Offered | HumanSaid | LineQuoted)
        if isinstance(event, CustomerSaid) and self.state.status is not Status.RESOLVED:
            self.first = self.first or event.at
            self.last = event.at
        elif said and self.first is not None:
            self.answered = self.answered or self.state.at
            self.last = self.state.at

    def _once(self, kind: Kind, label: str) -> None:
        self.once.add((self.state.release, kind.value, label))

    def _often(self, kind: Kind, label: str = "") -> None:
        self.often[self.state.release, kind.value, label] += 1

    def sums(self) -> Counter[Key]:
        opened = self.state.opened_at
        assert opened is not None, "a log begins with CaseOpened"
        day = opened.date().isoformat()
        found = Counter({Key(release, kind, label, day): 1 for release, kind, label in self.once})
        found.update({Key(*what, day): times for what, times in self.often.items()})
        found.update(Key(self.state.release, kind.value, label, day) for kind, label in self._of_the_case())
        return found

    def _of_the_case(self) -> Iterator[tuple[Kind, str]]:
        """Yield what a case counts for in the document that it is in, or was in last."""
        standing = self._standing()
        yield Kind.STANDING, standing.value
        if any(kind == Kind.HANDED.value for _, kind, _ in self.once):
            yield Kind.HUMAN, ""
        if standing in (Standing.LEFT, Standing.SERVED_LEFT):
            yield Kind.LEFT, place_of(self.state) or OPENING
        if self.first is not None and self.answered is not None:
            yield Kind.FIRST_ANSWER, bucket((self.answered - self.first) / timedelta(milliseconds=1), FIRST_ANSWER_MS)
        if self.first is not None and self.last is not None and standing in ENDED:
            yield Kind.LENGTH, bucket((self.last - self.first) / timedelta(seconds=1), LENGTH_S)

    def _standing(self) -> Standing:
        standing = self._as_it_stood()
        return Standing.ERASED if self.erased and standing not in ENDED else standing

    def _as_it_stood(self) -> Standing:
        if self.first is None:
            return Standing.SILENT
        match self.state.status:
            case Status.RESOLVED:
                return Standing.RESOLVED
            case Status.HANDED_OFF:
                return Standing.WITH_HUMAN
            case Status.ABANDONED:
                return Standing.SERVED_LEFT if self.state.served else Standing.LEFT
            case _:
                return Standing.OPEN


def bucket(amount: float, bounds: Sequence[int]) -> str:
    """Return the label of the first bound that the amount does not pass."""
    return next((str(bound) for bound in bounds if amount <= bound), LONGER)
