"""Erasing cases: on somebody's word, and by a schedule. What was decided stays, with its chain; the words go."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bythebook.engine.decide import CaseGone, Refused
from bythebook.engine.erasure import CaseErased
from bythebook.engine.evolve import evolve, replay
from bythebook.engine.state import CaseState, Status
from bythebook.service.ports import (
    Append,
    CaseStore,
    CaseSummary,
    Clock,
    NotSealed,
    StoreUnavailable,
    VersionConflict,
)

log = logging.getLogger(__name__)

CONFLICTS_MAX: Final = 20
"""How often an erasure is tried again after somebody else's append came first."""

RETENTION: Final = "retention"
"""By whom, in the log, and why: where a schedule erases, not a person."""

WHY_CHARACTERS_MAX: Final = 500
BATCH: Final = 200
"""How many cases one round of the schedule erases at most, of each status."""


@dataclass(frozen=True, slots=True)
class Erasing:
    """Destroys the keys of cases."""

    store: CaseStore
    clock: Clock
    forget: Callable[[str], None] = lambda _: None
    """What lets go of a case that this process has in memory."""

    def erase(self, case_id: str, by: str, why: str) -> CaseState:
        """Erase a case, whatever its status, and return where it stands then.

        Raises CaseGone (it was erased before), NotSealed, UnknownCase, Refused, StoreUnavailable.
        """
        if not by.strip() or not why.strip() or len(why) > WHY_CHARACTERS_MAX:
            raise Refused(f"say who erases and why, in up to {WHY_CHARACTERS_MAX} characters")
        after = self.erase_where(case_id, by, why, lambda _: True)
        assert after is not None
        self.store.scrub()
        return after

    def erase_where(self, case_id: str, by: str, why: str, fits: Callable[[CaseState], bool]) -> CaseState | None:
        """Do the same if the case is still as it is to be at the moment of erasing; return None where it is not."""
        for _ in range(CONFLICTS_MAX):
            state = self._state(case_id)
            if not fits(state):
                return None
            fact = CaseErased(self.clock.now(), by, why)
            after = evolve(state, fact)
            try:
                self.store.erase(Append(row_of_erased(after), state.version, (fact,)))
            except VersionConflict:
                continue
            except NotSealed:
                self._state(case_id)  # somebody else erased it at this moment
                raise
            self.forget(case_id)
            return after
        raise StoreUnavailable(f"case {case_id} is busy: {CONFLICTS_MAX} tries to erase it were overtaken")

    def _state(self, case_id: str) -> CaseState:
        state = replay(self.store.load(case_id))
        if state.status is Status.ERASED:
            raise CaseGone(f"case {case_id} was erased before, at {state.at:%Y-%m-%d %H:%M} UTC")
        return state


@dataclass(frozen=True, slots=True)
class Retention:
    """Erases what was kept for long enough. Which cases are due is read off their rows, so it may stop anywhere."""

    erasing: Erasing
    keep: Mapping[Status, timedelta]
    """By status (resolved, abandoned): how long after its last entry a case is kept."""

    def erase_due(self) -> int:
        """Erase the cases that are due, some hundreds at most, and return how many."""
        now = self.erasing.clock.now()
        done = 0
        for status, kept in self.keep.items():
            for case_id in self.erasing.store.erasable(status, now - kept, BATCH):
                done += self._erase(case_id, status, now - kept)
        if done:
            self.erasing.store.scrub()
        return done

    def beyond_reach(self) -> int:
        """Return how many cases are due and have no key that could be destroyed."""
        now = self.erasing.clock.now()
        return sum(self.erasing.store.unsealed(status, now - kept) for status, kept in self.keep.items())

    def _erase(self, case_id: str, status: Status, until: datetime) -> bool:
        def still_due(state: CaseState) -> bool:
            return state.status is status and state.at is not None and state.at <= until

        try:
            return self.erasing.erase_where(case_id, RETENTION, RETENTION, still_due) is not None
        except (CaseGone, NotSealed):
            return False
        except Exception as failure:  # whatever is wrong with one case, the others are erased
            log.error("case %s is due to be erased and cannot be: %s", case_id, failure)
            return False


def row_of_erased(state: CaseState) -> CaseSummary:
    """Return the row of a case that was erased: nothing is due, and nothing waits."""
    assert state.opened_at is not None and state.at is not None, "a log begins with CaseOpened"
    return CaseSummary(
        case_id=state.case_id,
        routine=state.routine,
        release=state.release,
        status=state.status,
        version=state.version,
        opened_at=state.opened_at,
        updated_at=state.at,
        owes=False,
        timer_at=None,
        step="",
        reason="",
        human="",
    )
