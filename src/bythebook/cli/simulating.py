"""Many simulated cases on all cores, and what they add up to."""

from __future__ import annotations

import logging
import signal
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from typing import Final

from bythebook.adapters.memory_store import MemoryStore
from bythebook.bootstrap import build_rehearsal
from bythebook.proving.outside import outside_of
from bythebook.settings import Settings
from bythebook.testing.coverage import Kind, reached_by
from bythebook.testing.customers import BEHAVIOURS, Behaviour
from bythebook.testing.simulation import ChanceFunctions, Lived, World

CHUNK: Final = 20
"""Cases that a process lives before it tells of them."""

SEEDS_SHOWN_MAX: Final = 5


@dataclass
class Tally:
    """What cases add up to."""

    cases: int = 0
    messages: int = 0
    events: int = 0
    readings: int = 0
    unsure: int = 0
    humans: int = 0
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By behaviour and outcome."""

    reached: Counter[tuple[Kind, str, str]] = field(default_factory=Counter)
    """By place of the document: in how many cases."""

    longest: tuple[int, int] = (0, 0)
    """The events of the longest case, and its seed."""

    broken: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """By property and how: the seeds of the cases in which it does not hold."""

    def add(self, lived: Lived, reached: frozenset[tuple[Kind, str, str]]) -> None:
        """Count one case."""
        read, unsure = lived.readings()
        self.cases += 1
        self.messages += lived.messages
        self.events += lived.events
        self.readings += read
        self.unsure += unsure
        self.humans += lived.human
        self.outcomes[lived.behaviour, lived.outcome] += 1
        self.reached.update(reached)
        self.longest = max(self.longest, (lived.events, lived.seed), key=_length)
        for found in dict.fromkeys(lived.broken):
            self.broken.setdefault(found, []).append(lived.seed)

    def merge(self, other: Tally) -> None:
        """Count what another has counted."""
        for name in ("cases", "messages", "events", "readings", "unsure", "humans"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.outcomes.update(other.outcomes)
        self.reached.update(other.reached)
        self.longest = max(self.longest, other.longest, key=_length)
        for found, seeds in other.broken.items():
            self.broken[found] = sorted([*self.broken.get(found, ()), *seeds])


def _length(longest: tuple[int, int]) -> tuple[int, int]:
    """The longest, and of several the first seed's: whatever the order they come in."""
    return longest[0], -longest[1]


@dataclass
class Lives:
    """One document's world in this process, and what it forgets after each case."""

    world: World
    store: MemoryStore

    @classmethod
    def of(cls, settings: Settings) -> Lives:
        """Put it together; raise DocumentNotFound or CannotRun."""
        store, functions = MemoryStore(), ChanceFunctions({})
        rehearsal = build_rehearsal(settings, store=store, stand_in=lambda _: functions)
        release = rehearsal.runner.releases.current().release
        outside = outside_of(release)
        functions.results = outside.results
        return cls(World.of(rehearsal, release, functions, outside), store)

    def tally(self, seeds: Sequence[int], behaviours: Sequence[Behaviour]) -> Tally:
        """Live the cases of these seeds."""
        tally = Tally()
        for seed in seeds:
            lived = self.world.live(seed, behaviours)
            tally.add(lived, frozenset(at for log in lived.logs for at in reached_by(self.world.release, log)))
            for case in tuple(self.store.rows):
                self.world.rehearsal.runner.forget(case)
            self.store.rows.clear()
        return tally


_HERE: list[Lives] = []
"""What a process of the pool works with."""


def tallies(
    settings: Settings, seeds: Sequence[int], names: Sequence[str], jobs: int
) -> Generator[Tally, None, None]:
    """Yield the tallies of the cases, chunk by chunk, in whatever order they are done.

    Stopped by the iterator's end or an interruption: no process is left behind.
    """
    chunks = [(seeds[at : at + CHUNK], tuple(names)) for at in range(0, len(seeds), CHUNK)]
    if jobs == 1:
        lives = Lives.of(settings)
        for some, _ in chunks:
            yield lives.tally(some, named(names))
        return
    with deaf():
        pool = get_context("spawn").Pool(jobs, _begin, (settings,))
    try:
        yield from pool.imap_unordered(_tally, chunks)
        pool.close()
    finally:
        pool.terminate()
        pool.join()


@contextmanager
def deaf() -> Iterator[None]:
    """Begin processes that Ctrl-C never reaches: the one that begins them says when to stop."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def named(names: Sequence[str]) -> tuple[Behaviour, ...]:
    """Return the behaviours of these names; all where none is given."""
    return tuple(one for one in BEHAVIOURS if not names or one.name in names)


def _begin(settings: Settings) -> None:
    logging.disable(logging.ERROR)
    _HERE[:] = [Lives.of(replace(settings))]


def _tally(chunk: tuple[Sequence[int], Sequence[str]]) -> Tally:
    return _HERE[0].tally(chunk[0], named(chunk[1]))
