"""Silence: fire the timers that are due. The cases say themselves when (`CaseSummary.timer_at`)."""

from __future__ import annotations

from dataclasses import dataclass

from bythebook.engine.decide import Refused, next_timer
from bythebook.engine.event import TimerFired
from bythebook.service.runner import Runner


@dataclass(frozen=True, slots=True)
class Timers:
    """Fires what is due now."""

    runner: Runner

    def fire_due(self) -> int:
        """Fire every timer that is due and return how many fired."""
        return self.runner.each(self.runner.store.due(self.runner.clock.now()), self.fire)

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
