"""Lets threads that all want to write do so in groups: one writes for all that wait.

Whose write is done goes on at once, and another that waits writes the next group: nobody waits for two.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

from bythebook.service.ports import StoreUnavailable

Work = TypeVar("Work")


class _Write(Generic[Work]):
    """Something to be written, and what to raise to who asked for it."""

    __slots__ = ("bell", "error", "leads", "work")

    def __init__(self, work: Work) -> None:
        self.work: Final = work
        self.leads = False
        """Whether its thread is to write it, and all that waits then."""

        self.error: Exception | None = StoreUnavailable("the write was broken off; nothing was stored")
        self.bell: Final = threading.Lock()
        """Held until it is written, or leads."""

        self.bell.acquire()


class GroupCommit(Generic[Work]):
    """A few writers for many threads, without a thread of its own.

    `commit` is called by up to `writers` threads at a time, with all the work that waits, in order. It returns an
    error for what failed alone and None for the rest; when it raises StoreUnavailable, the whole group fails with it.
    """

    def __init__(self, commit: Callable[[Sequence[Work]], Sequence[Exception | None]], writers: int = 1) -> None:
        self._commit: Final = commit
        self._free = writers
        self._waiting: list[_Write[Work]] = []
        self._guard: Final = threading.Lock()
        self.lock: Final = threading.Semaphore(writers)
        """Who holds it has a writer to himself (to close it)."""

    def run(self, work: Work) -> None:
        """Return when the work is committed; raise what befell it."""
        mine = _Write(work)
        with self._guard:
            self._waiting.append(mine)
            if self._free:
                self._free -= 1
                mine.leads = True
        try:
            if not mine.leads:
                mine.bell.acquire()
            if mine.leads:
                with self.lock:
                    self._write(self._taken(mine))
        finally:
            self._leave(mine)
        if mine.error is not None:
            raise mine.error

    def _taken(self, mine: _Write[Work]) -> Sequence[_Write[Work]]:
        """Return what waits and is not for another one to lead."""
        with self._guard:
            group = [write for write in self._waiting if write is mine or not write.leads]
            self._waiting = [write for write in self._waiting if write is not mine and write.leads]
        return group

    def _leave(self, mine: _Write[Work]) -> None:
        """Have the next one lead, where this one did; one that was broken off waits no more."""
        with self._guard:
            self._waiting = [write for write in self._waiting if write is not mine]
            if not mine.leads:
                return
            following = next((write for write in self._waiting if not write.leads), None)
            if following is None:
                self._free += 1
                return
            following.leads = True
        following.bell.release()

    def _write(self, group: Sequence[_Write[Work]]) -> None:
        outcomes: Sequence[Exception | None]
        try:
            try:
                outcomes = self._commit([write.work for write in group])
            except StoreUnavailable as error:
                outcomes = [StoreUnavailable(str(error)) for _ in group]
            for write, outcome in zip(group, outcomes, strict=True):
                write.error = outcome
        finally:
            for write in group:
                if not write.leads:
                    write.bell.release()
