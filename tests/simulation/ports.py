"""The outside of a simulated process: every port passes the gate, and fails as often as the world says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bythebook.adapters.memory_store import MemoryStore
from bythebook.engine.choice import Choice
from bythebook.engine.event import Event
from bythebook.engine.menu import Menu
from bythebook.reading.port import Reading
from bythebook.routine.value import Values
from bythebook.routine.wording import Release
from bythebook.service.ports import (
    Append,
    Bound,
    FunctionFailure,
    Handoff,
    Recalled,
    StoreUnavailable,
    UnknownRelease,
)
from tests.engine.test_invariants import CHOICES, RESULTS
from tests.simulation.scheduler import Scheduler

MEANINGS: Mapping[str, tuple[str, ...]] = {
    "API": ("step:2",),
    "Enterprise": ("step:3",),
    "both": ("step:2", "step:3"),
    "they refused": ("step:4",),
    "a person": ("act:human",),
    "no": ("act:deny",),
    "yes": ("act:affirm",),
    "hi": ("act:greeting",),
    "how long?": ("article:2",),
    "ann@example.com": ("slot:email_address",),
    "end it": ("act:affirm",),
    "grmpf": (),
}


@dataclass
class Faults:
    """How often what fails; 0 at the end, when everything has to come right."""

    store: float = 0.0
    function: float = 0.0
    reader: float = 0.0
    notice: float = 0.0

    def some(self, worst: float, chance: Random) -> None:
        """Let some of them fail from now on."""
        self.store, self.function, self.reader, self.notice = (worst * chance.choice((0, 1)) for _ in range(4))

    def none(self) -> None:
        """Let everything work from now on."""
        self.store = self.function = self.reader = self.notice = 0.0


@dataclass
class Outside:
    """What all processes share: the store, the ledger of what functions did, the desk's notices."""

    scheduler: Scheduler
    faults: Faults
    store: MemoryStore = field(default_factory=MemoryStore)
    ledger: list[tuple[str, str]] = field(default_factory=list)
    """Key and function of every attempt that did its work."""

    notices: Counter[str] = field(default_factory=Counter)

    def fails(self, how_often: float) -> bool:
        """Whether it fails this time."""
        return how_often > 0 and self.scheduler.chance.random() < how_often


class GatedStore:
    """The store as one process reaches it."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside

    def __getattr__(self, name: str) -> Any:
        return getattr(self._outside.store, name)

    def append(self, *appends: Append) -> None:
        """Store, if the store can be reached; the answer may come too late for a process that died."""
        place = type(appends[0].events[0]).__name__
        self._outside.scheduler.gate(f"before append {place}")
        if self._outside.fails(self._outside.faults.store):
            raise StoreUnavailable("the store is away")
        self._outside.store.append(*appends)
        self._outside.scheduler.gate(f"after append {place}")

    def recall(self, case_id: str) -> Recalled:
        """Recall, if the store can be reached."""
        self._outside.scheduler.gate("before load")
        if self._outside.fails(self._outside.faults.store):
            raise StoreUnavailable("the store is away")
        return self._outside.store.recall(case_id)

    def load(self, case_id: str) -> Sequence[Event]:
        """Load, if the store can be reached."""
        self._outside.scheduler.gate("before load")
        if self._outside.fails(self._outside.faults.store):
            raise StoreUnavailable("the store is away")
        return self._outside.store.load(case_id)


@dataclass
class GatedReader:
    """Knows the messages of the simulation by heart; a faulty one breaks, or claims anything."""

    outside: Outside
    name: str = "simulated"

    def read(self, text: str, menu: Menu) -> Reading:
        """Return what the text means, or junk, or break."""
        chance = self.outside.scheduler.chance
        self.outside.scheduler.gate("reading")
        if self.outside.fails(self.outside.faults.reader):
            if chance.random() < 0.3:
                raise RuntimeError("the reader broke")
            junk = tuple(
                Choice(chance.choice(CHOICES), 0.9, chance.random() < 0.1) for _ in range(chance.randrange(4))
            )
            return Reading(junk, chance.random() < 0.3, {}, "junk")
        meaning = MEANINGS.get(text, ())
        slots = {"email_address": text} if "@" in text else {}
        return Reading(tuple(Choice(choice, 0.9) for choice in meaning), not meaning, slots, self.name)


@dataclass
class GatedFunctions:
    """Writes each call that does its work into the ledger; a faulty one fails before, or after, its work."""

    outside: Outside

    def call(self, function: str, arguments: Values, key: str) -> Values:
        """Do it, or fail."""
        self.outside.scheduler.gate(f"before call {function}")
        if self.outside.fails(self.outside.faults.function):
            raise FunctionFailure("it was told to fail")
        self.outside.ledger.append((key, function))
        self.outside.scheduler.gate(f"after call {function}")
        if self.outside.fails(self.outside.faults.function):
            raise FunctionFailure("its answer was lost")
        return RESULTS[function]


@dataclass
class GatedNotices:
    """Tells a desk that may be away."""

    outside: Outside

    def handed_off(self, handoff: Handoff) -> bool:
        """Count the notice, or break."""
        self.outside.scheduler.gate("before notice")
        if self.outside.fails(self.outside.faults.notice):
            raise ConnectionError("the desk cannot be reached")
        self.outside.notices[handoff.key] += 1
        self.outside.scheduler.gate("after notice")
        return self.outside.scheduler.chance.random() < 0.5


class FixedReleases:
    """The releases of the simulation, for one process."""

    def __init__(self, releases: Sequence[Release], outside: Outside) -> None:
        reader, functions = GatedReader(outside), GatedFunctions(outside)
        self._bound = {release.digest: Bound(release, reader, functions) for release in releases}
        self._names = {release.name: release.digest for release in releases}

    def current(self, routine: str | None = None) -> Bound:
        """Return the release of a document, the first one's without a name."""
        if routine is None:
            return next(iter(self._bound.values()))
        if routine not in self._names:
            raise UnknownRelease(routine)
        return self._bound[self._names[routine]]

    def get(self, digest: str) -> Bound:
        """Return a release by its digest."""
        return self._bound[digest]

    @property
    def documents(self) -> Sequence[Release]:
        """All of them."""
        return [bound.release for bound in self._bound.values()]
