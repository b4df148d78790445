"""What a process has in memory of its cases: where each stands, and its log as long as there is room.

It may be behind: others move cases on. Whoever decides by it is refused by the store's version then, and looks anew.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final, NamedTuple

from bythebook.engine.decide import owed
from bythebook.engine.event import Event
from bythebook.engine.evolve import replay
from bythebook.engine.state import CaseState
from bythebook.service.ports import Recalled
from bythebook.service.turns import WHOLE, Past, past_of

STATES_KEPT: Final = 2_000
"""Case states kept in memory; a state that is behind the log is refused by the store and folded anew."""

EVENTS_KEPT: Final = 100_000
"""Events kept in memory, of all cases together."""


class Known(NamedTuple):
    """A case as this process knows it."""

    state: CaseState
    log: tuple[Event, ...] | None = None
    """All its events up to that state after `past`, where they are at hand."""

    past: Past = WHOLE
    """What is known of the events before them; in a long case they are those since its snapshot."""

    def after(self, state: CaseState, events: tuple[Event, ...]) -> Known:
        """Return the case where these events led to that state."""
        return Known(state, self.log + events if self.log is not None else None, self.past)


def known_by(recalled: Recalled) -> Known:
    """Return the case as its store recalls it."""
    state, before = replay(recalled.events, recalled.state), recalled.state
    if before is None:
        return Known(state, tuple(recalled.events))
    # A snapshot in the middle of a turn: what that began with would be missed.
    between = owed(before) is None and not before.inbox
    return Known(state, tuple(recalled.events) if between else None, past_of(before))


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

    def keep(self, case: Known) -> None:
        """Remember where a case stands by its log, unless more is known already."""
        state, log, past = case
        if log is not None and (past.version + len(log) != state.version or len(log) > self._most_events):
            log = None
        with self._guard:
            kept = self._cases.get(state.case_id)
            version = kept.state.version if kept is not None else -1
            if version < state.version or (version == state.version and log is not None):
                self._drop(state.case_id)
                self._cases[state.case_id] = Known(state, log, past)
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
