"""Tells who waits for it that a case has moved on: what is followed is looked at then, not after a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from bythebook.service.ports import Append, CaseStore, News


class LocalNews:
    """News among the threads of one process."""

    def __init__(self) -> None:
        self._hearers: Final[list[Callable[[str], None]]] = []

    def moved(self, case_id: str) -> None:
        """Tell all that follow."""
        for hear in tuple(self._hearers):
            hear(case_id)

    def follow(self, hear: Callable[[str], None]) -> None:
        """Have `hear` called with the id of each case that moves, from whatever thread."""
        self._hearers.append(hear)

    def close(self) -> None:
        """Tell nothing more."""
        self._hearers.clear()


def told(store: CaseStore, news: News) -> CaseStore:
    """Return the store; what it appends is news."""
    return cast(CaseStore, _Told(store, news))


class _Told:
    def __init__(self, store: CaseStore, news: News) -> None:
        self._store: Final = store
        self._news: Final = news

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def append(self, *appends: Append) -> None:
        self._store.append(*appends)
        for append in appends:
            self._news.moved(append.summary.case_id)
