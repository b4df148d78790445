"""Lets threads that all want to write do so in groups: whoever gets the writer first writes for all that wait."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeAlias, TypeVar

from bythebook.service.ports import StoreUnavailable

Writer = TypeVar("Writer")
Work: TypeAlias = Callable[[Writer], None]


class _Write(Generic[Writer]):
    """Something to be written, and what to raise to who asked for it."""

    __slots__ = ("done", "error", "work")

    def __init__(self, work: Work[Writer]) -> None:
        self.work: Final = work
        self.done = False
        self.error: Exception | None = StoreUnavailable("the write was broken off; nothing was stored")


class GroupCommit(Generic[Writer]):
    """One writer for many threads, without a thread of its own.

    `commit` is called by one thread at a time with all the work that waits, in order. It returns an error for what
    failed alone and None for the rest; when it raises StoreUnavailable, the whole group fails with that.
    """

    def __init__(self, commit: Callable[[Sequence[Work[Writer]]], Sequence[Exception | None]]) -> None:
        self._commit: Final = commit
        self._waiting: Final[deque[_Write[Writer]]] = deque()
        self.lock: Final = threading.Lock()
        """Who holds it has the writer to himself (to close it)."""

    def run(self, work: Work[Writer]) -> None:
        """Return when the work is committed; raise what befell it."""
        mine = _Write(work)
        self._waiting.append(mine)
        with self.lock:
            if not mine.done:
                self._write([self._waiting.popleft() for _ in range(len(self._waiting))])
        if mine.error is not None:
            raise mine.error

    def _write(self, group: Sequence[_Write[Writer]]) -> None:
        for write in group:
            write.done = True
        outcomes: Sequence[Exception | None]
        try:
            outcomes = self._commit([write.work for write in group])
        except StoreUnavailable as error:
            outcomes = [StoreUnavailable(str(error)) for _ in group]
        for write, outcome in zip(group, outcomes, strict=True):
            write.error = outcome
