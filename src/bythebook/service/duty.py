"""Whether somebody is at the desk when a case is handed over: nobody is announced who is not there (R8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bythebook.service.ports import Handoff, Notices


@dataclass(frozen=True, slots=True)
class WithDuty:
    """Notices that go out as they do, and a person who is announced only where one is on duty."""

    behind: Notices
    somebody: Callable[[], bool]

    def handed_off(self, handoff: Handoff) -> bool:
        """Send the notice; return whether it went out and somebody is on duty."""
        return self.behind.handed_off(handoff) and self.somebody()
