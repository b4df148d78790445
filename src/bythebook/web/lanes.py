"""How much is let in at a time: turns have threads of their own, a queue with an end, and a deadline.

What finds no room is told to come again, and nothing has happened. What takes longer than its deadline goes on by
itself: the message is kept, and the same request gets its answer later.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread

from bythebook.web.problems import BUSY, SLOW, TOO_MANY, Problem

T = TypeVar("T")

TURN_THREADS: Final = 40
"""Turns of one process that run at the same time."""

TURNS_WAITING_MAX: Final = 200
"""Turns that wait for a thread."""

TURNS_OF_A_CASE_MAX: Final = 4
"""Requests of one case at a time: who has more sends before it was answered."""

DEADLINE_SECONDS: Final = 25.0
"""How long a caller waits; proxies often give up after 30."""


@dataclass
class Turns:
    """The lane of turns. Of one event loop."""

    deadline: float = DEADLINE_SECONDS
    threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(TURN_THREADS))
    under_way: int = 0
    """Turns that run or wait."""

    _of_case: Counter[str] = field(default_factory=Counter)
    _tasks: set[asyncio.Task[object]] = field(default_factory=set)

    async def run(self, case_id: str, work: Callable[[], T]) -> T:
        """Do the work in a thread and return what it returns; raise a problem where there is no room, or no time."""
        if self._of_case[case_id] >= TURNS_OF_A_CASE_MAX:
            raise Problem(TOO_MANY)
        if self.under_way >= TURN_THREADS + TURNS_WAITING_MAX:
            raise Problem(BUSY, "too many turns are waiting")
        self.under_way += 1
        self._of_case[case_id] += 1
        task = asyncio.ensure_future(self._counted(case_id, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        done, _ = await asyncio.wait({task}, timeout=self.deadline)
        if not done:
            task.add_done_callback(_looked_at)
            raise Problem(SLOW)
        return task.result()

    async def _counted(self, case_id: str, work: Callable[[], T]) -> T:
        try:
            return await to_thread.run_sync(work, limiter=self.threads)
        finally:
            self.under_way -= 1
            self._of_case[case_id] -= 1
            if not self._of_case[case_id]:
                del self._of_case[case_id]


def _looked_at(task: asyncio.Task[T]) -> None:
    """Take note of how a turn ended whose caller has gone: what it was owed is looked for by the chores."""
    if not task.cancelled():
        task.exception()
