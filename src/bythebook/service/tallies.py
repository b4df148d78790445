"""What is counted, and the port that keeps the counters: so that no page must read a hundred thousand cases.

Every figure counts on the day (UTC) on which its case was opened, for the release of the line it is about. What a
case adds is told in `counting.py`; docs/overview.md tells each figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol, TypeAlias

from bythebook.engine.event import Event


class Kind(Enum):
    """What is counted; the label says of what. The names are stored: promises."""

    STANDING = "standing"
    """Cases, by how they stand or ended (`Standing`)."""

    HUMAN = "human"
    """Cases that a human was asked for, or took."""

    REACHED = "reached"
    """Cases, by the step, line or answer they came to at least once."""

    LEFT = "left"
    """Cases whose customer left, by the line at which."""

    HANDED = "handed"
    """Cases, by the line at which a human was asked for."""

    READ = "read"
    """Messages that were read, by the question that waited; `opening` where none did."""

    MISSED = "missed"
    """Those of them that were not understood."""

    MEANT = "meant"
    """What customers surely meant, or pressed, by choice."""

    CALLED = "called"
    """Calls, by function."""

    FAILED = "failed"
    """Calls that failed for good, by function."""

    MESSAGES = "messages"
    """Messages of customers."""

    FIRST_ANSWER = "first answer"
    """Cases by the time from the first message to the first answer, in milliseconds (`FIRST_ANSWER_MS`)."""

    LENGTH = "length"
    """Cases that ended, by the time from the first message to the last thing that happened, in seconds."""


class Standing(Enum):
    """How a case stands or ended. Each case has one."""

    SILENT = "silent"
    """It was opened, and nothing was said."""

    OPEN = "open"
    WITH_HUMAN = "with a human"
    RESOLVED = "resolved"
    SERVED_LEFT = "served and left"
    LEFT = "left unserved"
    ERASED = "erased"
    """It was erased before it had ended."""


OPENING: Final = "opening"

MINUTE, HOUR, DAY = 60, 3600, 86_400
FIRST_ANSWER_MS: Final = (50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000, 600_000)
LENGTH_S: Final = (MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 4 * HOUR, DAY, 3 * DAY)
LONGER: Final = "longer"
"""The label beyond the last bound."""


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What a number counts."""

    release: str
    """The digest."""

    kind: str
    label: str
    day: str
    """`2026-01-31`."""


Sums: TypeAlias = Mapping[Key, int]


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A case whose log has grown since it was counted."""

    case_id: str
    counted: int
    """How many of its events are counted."""

    events: Sequence[Event]
    """The whole log; nothing private needs to be in it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a case adds by its events after `before`, up to `after`."""

    case_id: str
    before: int
    after: int
    more: Sums


@dataclass(frozen=True, slots=True)
class TallyQuery:
    """Which numbers are wanted: of these kinds, of these releases (all, where none is named), on these days."""

    kinds: tuple[Kind, ...]
    releases: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    """Days, both included; empty for without end."""

    by_day: bool = False
    """Whether days are kept apart; else the keys have an empty day."""


class Tallies(Protocol):
    """The counters of a store, and how far each case is counted. Any number of processes may count."""

    def uncounted(self, limit: int, *, everywhere: bool = False) -> Sequence[Uncounted]:
        """Return some of the cases that have grown since they were counted; called again, in time, all of them.

        With `everywhere`, none only where there are none.
        """

    def add(self, counted: Sequence[Counted]) -> int:
        """Add each case that nobody else has counted meanwhile, all in one transaction; return how many."""

    def clear(self) -> None:
        """Forget all counters and how far cases are counted."""

    def sums(self, query: TallyQuery) -> Sums:
        """Return the numbers, added up over days unless they are kept apart."""

    def releases(self) -> Sequence[str]:
        """Return the digests of the releases that anything was counted for."""
