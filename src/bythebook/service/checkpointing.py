"""Makes checkpoints: now and then, and on demand. What it costs follows what has changed, not what is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bythebook.service.checkpoints import (
    FIRST,
    LEAVES_MAX,
    Checkpoint,
    CheckpointStore,
    CheckpointTaken,
    Head,
    Moment,
    Signer,
    written,
)
from bythebook.service.ports import Clock
from bythebook.service.releases import NOBODY_BEFORE, ReleaseLog

OVERLAP: Final = timedelta(hours=1)
"""Changes are looked for from so long before the last that was seen: clocks of processes may be apart."""


@dataclass(frozen=True, slots=True)
class Checkpointing:
    """Signs where cases stand."""

    store: CheckpointStore
    releases: ReleaseLog
    signer: Signer
    clock: Clock
    every: timedelta = timedelta(hours=1)

    def make(self, told: Callable[[int], None] = lambda _: None, *, all_cases: bool = False) -> int:
        """Cover every case that has changed since the last checkpoint; return how many. `told` hears how many so far.

        With `all_cases` every case that is under none is looked for, whenever it changed. Where another process makes
        one at the same moment this one leaves it to that: it covers the same cases.
        """
        done = 0
        last = self.store.last()
        seen = last.time("until") if last is not None else None
        since = seen - OVERLAP if seen is not None and not all_cases else None
        while found := self.store.changed(since, LEAVES_MAX):
            since = found[-1][1]
            seen = max(seen, since) if seen is not None else since
            heads = sorted((head for head, _ in found), key=lambda head: head.case_id)
            last = self._signed(last, heads, seen)
            try:
                self.store.keep(last, heads)
            except CheckpointTaken:
                return done
            done += len(heads)
            told(done)
        return done

    def make_if_due(self) -> int:
        """Make a checkpoint if the last one is older than `every`; return how many cases it covers."""
        last = self.store.last()
        made = last.time("at") if last is not None else None
        return 0 if made is not None and self.clock.now() - made < self.every else self.make()

    def _signed(self, last: Checkpoint | None, heads: Sequence[Head], seen: datetime) -> Checkpoint:
        number, previous = (last.number + 1, last.digest) if last is not None else (1, FIRST)
        steps = self.releases.steps()
        newest = (steps[-1].number, steps[-1].hash) if steps else (0, NOBODY_BEFORE)
        body = written(Moment(number, self.clock.now(), previous, seen, newest), heads)
        return Checkpoint(number, body, self.signer.name, self.signer.sign(body.encode()))
