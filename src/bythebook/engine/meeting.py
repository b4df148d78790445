"""That somebody's words met a condition that nothing else decides: what hangs on it comes in its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConditionMet:
    """The customer's words meet the condition of a step or line."""

    label: str
    """Of the step or line that hangs on it."""

    settles: tuple[str, ...] = ()
    """Questions that lapse: nobody needs their answer now."""
