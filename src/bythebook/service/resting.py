"""Cases that something is wrong with: each rests before it is tried again, longer each time; a line tells of it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Final

PAUSE: Final = timedelta(seconds=30)
"""Before the second try; it doubles."""

PAUSE_MAX: Final = timedelta(hours=1)
CASES_MAX: Final = 10_000


@dataclass(frozen=True, slots=True)
class _Failed:
    """How often it failed, and since when it rests."""

    times: int
    at: datetime

    @property
    def pause(self) -> timedelta:
        return min(PAUSE * (1 << min(self.times - 1, 20)), PAUSE_MAX)


class Resting:
    """In memory of one process: another one, or a restart, tries anew. Safe to use from several threads."""

    def __init__(self, cases: int = CASES_MAX) -> None:
        """Know up to so many."""
        self._most: Final = cases
        self._failed: Final[OrderedDict[str, _Failed]] = OrderedDict()
        self._guard: Final = threading.Lock()

    def __len__(self) -> int:
        return len(self._failed)

    def rests(self, case_id: str, now: datetime) -> bool:
        """Whether it is too early to try again; a clock that was put back makes nothing wait."""
        with self._guard:
            failed = self._failed.get(case_id)
        return failed is not None and failed.at <= now < failed.at + failed.pause

    def fell(self, case_id: str, now: datetime, error: Exception) -> str:
        """Have the case rest; return what to log: the error's type and place, never its message, and the pause."""
        with self._guard:
            before = self._failed.pop(case_id, None)
            failed = self._failed[case_id] = _Failed(before.times + 1 if before is not None else 1, now)
            while len(self._failed) > self._most:
                self._failed.popitem(last=False)
        again = f"failed {failed.times} times" if failed.times > 1 else "failed"
        return f"{again}: {_what(error)}; tried again in {failed.pause.total_seconds():.0f} s"

    def rose(self, case_id: str) -> None:
        """Forget that anything was wrong with the case."""
        with self._guard:
            self._failed.pop(case_id, None)


def _what(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {PurePath(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else ""
    return f"{type(error).__name__}{place}"
