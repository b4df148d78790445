"""The one place that reads the machine's clock; everybody else gets the time with the fact."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """The machine's clock, in UTC with microseconds. It may step back when the machine is set right."""

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return datetime.now(UTC)  # noqa: TID251
