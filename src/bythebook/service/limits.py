"""How often something may be done: so many times within a while, by each who does it.

A bucket fills evenly: after a burst of `times` there is one more each `seconds / times`. Buckets are this process's
own, and a bounded number of them: who has not been seen for longest is forgotten first. What several processes share
stands in their database, beside them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

BUCKETS_MAX: Final = 50_000


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times within so many seconds; 0 times is no limit."""

    times: int
    seconds: float

    def __bool__(self) -> bool:
        return self.times > 0


class SharedBuckets(Protocol):
    """What all processes of an installation have taken together."""

    def take(self, name: str, limit: Limit, now: datetime) -> float:
        """Take one; return 0, or after how many seconds there is one again. Nothing is taken then."""


class Buckets:
    """Counts by name what a limit allows. Safe to use from several threads.

    With `shared` all processes count together; whoever has used this process's own up is refused without asking.
    """

    def __init__(
        self, limit: Limit, most: int = BUCKETS_MAX, shared: SharedBuckets | None = None, kind: str = ""
    ) -> None:
        self.limit: Final = limit
        self._shared: Final = shared
        self._kind: Final = kind
        self._most: Final = most
        self._left: Final[OrderedDict[str, tuple[float, datetime]]] = OrderedDict()
        self._lock: Final = threading.Lock()

    def take(self, name: str, now: datetime) -> float:
        """Take one; return 0, or after how many seconds there is one again. Nothing is taken then."""
        if not self.limit:
            return 0.0
        with self._lock:
            left = self._filled(name, now)
            taken = left >= 1.0
            self._left[name] = (left - 1.0 if taken else left, now)
            self._left.move_to_end(name)
            if len(self._left) > self._most:
                self._left.popitem(last=False)
        if not taken:
            return (1.0 - left) * self.limit.seconds / self.limit.times
        return self._shared.take(f"{self._kind} {name}", self.limit, now) if self._shared is not None else 0.0

    def give_back(self, name: str) -> None:
        """Undo one that was taken."""
        with self._lock:
            if name in self._left:
                left, at = self._left[name]
                self._left[name] = (min(left + 1.0, float(self.limit.times)), at)

    def _filled(self, name: str, now: datetime) -> float:
        left, at = self._left.get(name, (float(self.limit.times), now))
        passed = max((now - at).total_seconds(), 0.0)
        return min(left + passed * self.limit.times / self.limit.seconds, float(self.limit.times))
