"""A circuit breaker: what failed several times in a row is left alone for a while, so that nobody waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

FAILURES_MAX: Final = 3
"""Failures in a row after which calls are refused at once."""

REST_SECONDS: Final = 30.0
"""How long calls are refused; after that one is let through, and its outcome decides."""


@dataclass
class Breaker:
    """Counts failures in a row. Safe to use from several threads."""

    now: Callable[[], float]
    """Seconds that only grow (`time.monotonic`)."""

    failures_max: int = FAILURES_MAX
    rest_seconds: float = REST_SECONDS
    _failures: int = 0
    _opened_at: float = 0.0
    _guard: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def lets_through(self) -> bool:
        """Whether a call may be made now; after a rest, only the first of those that ask."""
        with self._guard:
            if self._failures < self.failures_max:
                return True
            if self.now() - self._opened_at < self.rest_seconds:
                return False
            self._opened_at = self.now()
            return True

    def succeeded(self) -> None:
        """Say that a call went well: the row of failures ends."""
        with self._guard:
            self._failures = 0

    def failed(self) -> None:
        """Say that a call failed."""
        with self._guard:
            self._failures += 1
            self._opened_at = self.now()
