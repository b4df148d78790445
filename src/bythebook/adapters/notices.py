"""How the desk learns that a case waits."""

from __future__ import annotations

import logging
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LogNotices:
    """Writes the notice to the log (ids and reason, never text); `bythebook desk list` shows the case."""

    on_duty: bool

    def handed_off(self, case_id: str, routine: str, reason: str) -> bool:
        """Record the notice and return whether somebody is at the desk."""
        log.warning("case %s (%s) waits for a human: %s", case_id, routine, reason)
        return self.on_duty
