"""The silences that the engine minds."""

from __future__ import annotations

from enum import Enum


class Timer(Enum):
    NUDGE = "nudge"
    ABANDON = "abandon"
