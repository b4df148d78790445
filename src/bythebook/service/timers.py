"""Silence: fire the timers that are due. The cases say themselves when (`CaseSummary.timer_at`)."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Final

from bythebook.engine.decide import Refused, next_timer
from bythebook.engine.event import TimerFired
from bythebook.service.ports import Busy, StoreUnavailable
from bythebook.service.resting import Resting
from bythebook.service.runner import Runner

log = logging.getLogger(__name__)

DUE_MAX: Final = 1_000
"""How many cases are looked at in one round."""


@dataclass(frozen=True, slots=True)
class Timers:
    """Fires what is due now."""

    runner: Runner
    resting: Resting = field(default_factory=Resting)
    """Cases whose timers could not be fired."""

    def fire_due(self) -> int:
        """Fire every timer that is due and return how many fired; a case that fails rests, and holds up no other."""
        now = self.runner.clock.now()
        fired = 0
        for case_id in self.runner.store.due(now, DUE_MAX + len(self.resting)):
            if self.resting.rests(case_id, now):
                continue
            try:
                fired += self.fire(case_id)
            except StoreUnavailable:
                raise
            except Busy:
                log.info("case %s waits for room", case_id)
            except Exception as error:  # whatever is wrong with one case, the others are served
                log.error("the timer of case %s %s", case_id, self.resting.fell(case_id, now, error))
            else:
                self.resting.rose(case_id)
        return fired

    def fire(self, case_id: str) -> bool:
        """Fire the case's timer if it is due; return whether it fired."""
        state = self.runner.state(case_id)
        conduct = self.runner.releases.get(state.release).release.conduct
        timer = next_timer(conduct, state)
        if timer is None or timer[1] > self.runner.clock.now():
            return False
        try:
            self.runner.record(case_id, lambda _: TimerFired(self.runner.clock.now(), timer[0]))
        except Refused:
            return False  # the customer spoke at this very moment
        self.runner.settle(case_id)
        return True
