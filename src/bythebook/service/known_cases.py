"""What a process has in memory of its cases: where each stands, and its log as long as there is room.

It may be behind: others move cases on. Whoever decides by it is refused by the store's version then, and looks anew.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final, NamedTuple

from bythebook.engine.event import Event
from bythebook.engine.state import CaseState

STATES_KEPT: Final = 2_000
"""Case states kept in memory; a state that is behind the log is refused by the store and folded anew."""

EVENTS_KEPT: Final = 100_000
"""Events kept in memory, of all cases together."""


class Known(NamedTuple):
    """A case as this process knows it."""

    state: CaseState
    log: tuple[Event, ...] | None
    """All its events up to that state, where they are at hand."""

    def after(self, events: tuple[Event, ...]) -> tuple[Event, ...] | None:
        """Return the log with these at its end, where it is at hand."""
        return self.log + events if self.log is not None else None


class KnownCases:
    """The cases that were last asked for. Safe to use from several threads."""

    def __init__(self, states: int = STATES_KEPT, events: int = EVENTS_KEPT) -> None:
        """Keep up to so many of each."""
        self._most_states: Final = states
        self._most_events: Final = events
        self._cases: Final[OrderedDict[str, Known]] = OrderedDict()
        self._events = 0
        self._guard: Final = threading.Lock()

    def get(self, case_id: str) -> Known | None:
        """Return what is known of the case."""
        with self._guard:
            return self._cases.get(case_id)

    def keep(self, state: CaseState, log: tuple[Event, ...] | None = None) -> None:
        """Remember where a case stands by its log, unless more is known already."""
        if log is not None and (len(log) != state.version or len(log) > self._most_events):
            log = None
        with self._guard:
            kept = self._cases.get(state.case_id)
            version = kept.state.version if kept is not None else -1
            if version < state.version or (version == state.version and log is not None):
                self._drop(state.case_id)
                self._cases[state.case_id] = Known(state, log)
                self._events += len(log or ())
            self._cases.move_to_end(state.case_id)
            while len(self._cases) > self._most_states or self._events > self._most_events:
                self._drop(next(iter(self._cases)))

    def forget(self, case_id: str) -> None:
        """Keep nothing of the case; its log is read when it is next asked for."""
        with self._guard:
            self._drop(case_id)

    def _drop(self, case_id: str) -> None:
        dropped = self._cases.pop(case_id, None)
        self._events -= len(dropped.log or ()) if dropped is not None else 0
