"""That a case's words are gone for good, and who wanted it so: the last event of its log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CaseErased:
    """What people said and systems returned in the case can be read by nobody any more."""

    at: datetime
    by: str
    """Who erased it, as the log names them."""

    why: str
