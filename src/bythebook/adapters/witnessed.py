"""Stores, functions, readers and notices with a witness beside them: what they do is what those behind them do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any, Final, cast

from bythebook.engine.event import Event
from bythebook.engine.menu import Menu
from bythebook.reading.port import Reader, Reading
from bythebook.routine.value import Values
from bythebook.service.ports import Append, CaseStore, Functions, Handoff, Notices, Recalled
from bythebook.service.witness import APPEND, CALL, LOAD, NOTICE, READING, Witness


class Witnesses:
    """Several witnesses as one."""

    def __init__(self, *witnesses: Witness) -> None:
        self._witnesses: Final = witnesses

    def during(self, work: str, name: str) -> AbstractContextManager[object]:
        """Enter all, in order; leave them the other way round."""
        return self._all(work, name)

    @contextmanager
    def _all(self, work: str, name: str) -> Iterator[None]:
        with ExitStack() as stack:
            for witness in self._witnesses:
                stack.enter_context(witness.during(work, name))
            yield


def witnessed_store(store: CaseStore, witness: Witness) -> CaseStore:
    """Return the store with a witness beside what it appends and loads."""
    return cast(CaseStore, _Store(store, witness))


class _Store:
    def __init__(self, store: CaseStore, witness: Witness) -> None:
        self._store: Final = store
        self._witness: Final = witness

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def append(self, *appends: Append) -> None:
        first = appends[0].events[0] if appends and appends[0].events else None
        with self._witness.during(APPEND, type(first).__name__ if first is not None else "nothing"):
            self._store.append(*appends)

    def recall(self, case_id: str) -> Recalled:
        with self._witness.during(LOAD, ""):
            return self._store.recall(case_id)

    def load(self, case_id: str) -> Sequence[Event]:
        with self._witness.during(LOAD, ""):
            return self._store.load(case_id)


class WitnessedFunctions:
    """Functions with a witness beside their calls."""

    def __init__(self, functions: Functions, witness: Witness) -> None:
        self._functions: Final = functions
        self._witness: Final = witness

    def call(self, function: str, arguments: Values, key: str) -> Values:
        """Call what is behind."""
        with self._witness.during(CALL, function):
            return self._functions.call(function, arguments, key)


class WitnessedReader:
    """A reader with a witness beside it."""

    def __init__(self, reader: Reader, witness: Witness) -> None:
        self._reader: Final = reader
        self._witness: Final = witness

    @property
    def name(self) -> str:
        """What the log says read the message."""
        return self._reader.name

    def read(self, text: str, menu: Menu) -> Reading:
        """Read with what is behind."""
        with self._witness.during(READING, self._reader.name):
            return self._reader.read(text, menu)


class WitnessedNotices:
    """Notices with a witness beside them."""

    def __init__(self, notices: Notices, witness: Witness) -> None:
        self._notices: Final = notices
        self._witness: Final = witness

    def handed_off(self, handoff: Handoff) -> bool:
        """Send by what is behind."""
        with self._witness.during(NOTICE, ""):
            return self._notices.handed_off(handoff)
