"""What customers wrote last, in a line, for whoever has many cases before them and may read words."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from bythebook.engine.event import CustomerSaid
from bythebook.service.ports import CaseStore, CaseSummary, UnknownCase

CHARACTERS_MAX: Final = 120
KEPT_MAX: Final = 500
"""So many cases are known by heart; a case that moves is forgotten, and an erased one with it."""


@dataclass
class LastWords:
    """Reads them off the logs, once for each time that a case moves. Safe to use from several threads."""

    store: CaseStore
    _kept: dict[str, tuple[int, str]] = field(default_factory=dict)
    _guard: Lock = field(default_factory=Lock)

    def of(self, case: CaseSummary) -> str:
        """Return the beginning of a case's last message, as it was masked; empty where there is none."""
        with self._guard:
            known = self._kept.get(case.case_id)
        if known is not None and known[0] == case.version:
            return known[1]
        words = self._read(case.case_id)
        with self._guard:
            while len(self._kept) >= KEPT_MAX:
                del self._kept[next(iter(self._kept))]
            self._kept[case.case_id] = (case.version, words)
        return words

    def forget(self, case_id: str) -> None:
        """A case has moved: what was read of it is let go."""
        with self._guard:
            self._kept.pop(case_id, None)

    def _read(self, case_id: str) -> str:
        try:
            events = self.store.load(case_id)
        except UnknownCase:
            return ""
        said = [event for event in reversed(events) if isinstance(event, CustomerSaid)]
        # Their own words say more than the button that they pressed since.
        last = next((event.text for event in said if event.pressed is None), said[0].text if said else "")
        words = " ".join(last.split())
        return words if len(words) <= CHARACTERS_MAX else f"{words[:CHARACTERS_MAX].rstrip()}…"
