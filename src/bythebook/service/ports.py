"""What the service needs from outside, in its own words. Each port has one contract suite in tests/contracts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bythebook.engine.event import Event
from bythebook.engine.state import CaseState, Status
from bythebook.reading.masking import Masked
from bythebook.reading.port import Reader
from bythebook.routine.value import Values
from bythebook.routine.wording import Release
from bythebook.service.search import CaseQuery


class FunctionFailure(Exception):
    """A function did not do its work; the message is recorded in the log, never shown to a customer."""


class Functions(Protocol):
    """The bound functions of one document."""

    def call(self, function: str, arguments: Values, key: str) -> Values:
        """Return the result's fields; raise FunctionFailure. `key` is the same for every attempt."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """A case that waits for a human, as the desk may be told."""

    case_id: str
    version: int
    """The place of the request in the case's log."""

    routine: str
    title: str
    reason: str
    step: str
    """The step said last, empty before the first."""

    opened_at: datetime
    at: datetime
    messages: int
    """How many the customer wrote."""

    functions: tuple[str, ...]
    """Those that were called, in their order."""

    said: tuple[tuple[str, str], ...] = ()
    """Who said what: for a notice that may tell it."""

    @property
    def key(self) -> str:
        """The notice's own key, the same for every attempt at it."""
        return f"{self.case_id}:{self.version}"


class News(Protocol):
    """Tells who follows it that a case has moved on."""

    def moved(self, case_id: str) -> None:
        """Tell it."""

    def follow(self, hear: Callable[[str], None]) -> None:
        """Have `hear` called with the id of each case that moves, from whatever thread. Some may be missed."""

    def close(self) -> None: ...


class Notices(Protocol):
    """Tells the desk that a case waits (R8)."""

    def handed_off(self, handoff: Handoff) -> bool:
        """Send the notice; return whether somebody is on duty who was told."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A release with the reader that is fitted to it and its functions."""

    release: Release
    reader: Reader
    functions: Functions
    effects: frozenset[str] = frozenset()
    """The functions that change something outside; the others only look up."""


class UnknownRelease(Exception):
    """No release with this digest or name is known here."""


class Releases(Protocol):
    """The releases that cases run on: the current ones by name, every one that was ever used by digest."""

    def current(self, routine: str | None = None) -> Bound:
        """Return what new cases begin with; without a name, the only document or the reception of several.

        Raises UnknownRelease.
        """

    def get(self, digest: str) -> Bound:
        """Return the release a case began with; raise UnknownRelease."""

    @property
    def documents(self) -> Sequence[Release]:
        """The documents that cases can be opened on."""


class Clock(Protocol):
    def now(self) -> datetime:
        """Return the time, in UTC."""


class Identities(Protocol):
    """Names that nobody can guess."""

    def case_id(self) -> str: ...

    def token(self) -> str: ...


class Masker(Protocol):
    """Replaces private data: pure, deterministic, never raises."""

    def __call__(self, text: str, /) -> Masked: ...


class VersionConflict(Exception):
    """Somebody else appended to the case in between. Load again and decide anew; nothing was stored."""


class UnknownCase(Exception):
    """There is no case with this id."""


class MessageIdTaken(Exception):
    """The message id was used in this case before. Nothing was stored."""


class Busy(Exception):
    """There is no room for it now. What was stored is kept, and owed still; try again in a moment."""


class StoreUnavailable(Exception):
    """The store could not keep what it was given (locked, full, gone). Nothing was stored."""


class KeyUnavailable(Exception):
    """A key is missing, cannot be read, or opens nothing; the message says which, never the key."""


class MasterKeys(Protocol):
    """What wraps the keys of cases: keys in this process, or a key management service."""

    @property
    def current(self) -> str:
        """The name of the key that wraps from now on; it is no secret, and is kept with what it wrapped."""

    def wrap(self, key: bytes, case_id: str) -> bytes:
        """Return a case's key as it may be kept; raise KeyUnavailable."""

    def unwrap(self, name: str, wrapped: bytes, case_id: str) -> bytes:
        """Return a case's key that the master key `name` wrapped; raise KeyUnavailable."""


class NotSealed(Exception):
    """The case was opened without a key, so there is none to destroy. Nothing was stored."""


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """The row of a case: derived from its log in the same transaction that appends to it."""

    case_id: str
    routine: str
    release: str
    status: Status
    version: int
    opened_at: datetime
    updated_at: datetime
    owes: bool
    """Whether a reading, a call or a notice is due: what a restart looks for."""

    timer_at: datetime | None
    """When the next silence timer is due."""

    step: str
    """The step said last, empty before the first."""

    reason: str
    """Why a human was asked for, empty when none was."""

    human: str
    """Who has the case, empty when nobody has."""

    waiting_since: datetime | None = None
    """Since when it waits for a human to take it; None while it does not."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the cases that a search found, in its order."""

    cases: Sequence[CaseSummary]
    after: str | None
    """What to hand in for the next page; None on the last one."""


@dataclass(frozen=True, slots=True)
class Work:
    """Something to be done for a case, by reference: what it is stands in the log."""

    key: str
    """Its own, the same for every attempt: handed over twice, it is one piece of work."""

    case_id: str
    at: datetime | None = None
    """When it is due; None for at once."""


class Effects(Protocol):
    """Who carries out what reaches outside: this process at once, or a durable engine."""

    @property
    def outside(self) -> bool:
        """Whether it is handed over with the append that decides on it; else whoever settles carries it out."""

    @property
    def wait_seconds(self) -> float:
        """How long a customer's turn waits for it before it is answered with what was said until then."""

    def again(self, work: Work) -> None:
        """Have work carried out that has been owed for long: perhaps nobody knows of it."""


@dataclass(frozen=True, slots=True)
class Append:
    """Events for one case, after `expected_version` (0 opens the case), and what its row says then."""

    summary: CaseSummary
    expected_version: int
    events: Sequence[Event]
    token_digest: str | None = None
    """SHA-256 (hex) of the case's token; given when the case opens."""

    state: CaseState | None = None
    """Where the case stands after it, where that is to be kept as a snapshot."""

    works: tuple[Work, ...] = ()
    """What is handed over with it, where effects are carried out by a durable engine."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """A case's latest snapshot that fits this program, and the events after it; without one, all events."""

    state: CaseState | None
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class Kept:
    """An event as it is kept, for whoever takes a case elsewhere."""

    version: int
    hash: str
    stored: str
    """The text that the chain runs over: sealed, where the case is."""

    event: str
    """The event's text, with or without what is private in it."""

    digest: str
    """SHA-256 of the document's own words in it, empty where it has none: it stays when the words are gone."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """The cases that have work due."""

    cases: int
    oldest: datetime | None
    """When the one that has waited longest was last moved on."""


class CaseStore(Protocol):
    """Append-only logs, one a case, hash-chained; what `append` returned from is on disk."""

    def load(self, case_id: str) -> Sequence[Event]:
        """Return the whole log; raise UnknownCase."""

    def recall(self, case_id: str) -> Recalled:
        """Return all that it takes to fold the case's log; raise UnknownCase."""

    def kept(self, case_id: str, *, private: bool) -> Sequence[Kept]:
        """Return the log as it is kept; without `private` no key is needed. Raise UnknownCase, StoreUnavailable."""

    def append(self, *appends: Append) -> None:
        """Store all or nothing; raise VersionConflict, MessageIdTaken (a CustomerSaid whose message_id is in the
        case already) or StoreUnavailable."""

    def erase(self, append: Append) -> None:
        """Append, and destroy the case's key with it: all that is private in its log is gone, and its chain is whole.

        What the storage itself still holds of the key is for `scrub`. Raises NotSealed, and what `append` raises.
        """

    def scrub(self) -> None:
        """Take what destroyed keys left behind off the disk: once, after one erasure or many."""

    def message_version(self, case_id: str, message_id: str) -> int | None:
        """Return the 1-based place of that CustomerSaid in the log, or None."""

    def summary(self, case_id: str) -> CaseSummary:
        """Return the case's row; raise UnknownCase."""

    def versions(self, case_ids: Collection[str]) -> Mapping[str, int]:
        """Return the versions of these cases; those that there are not are left out."""

    def summaries(self, status: Status | None = None, limit: int = 100) -> Sequence[CaseSummary]:
        """Return rows, newest change first."""

    def search(self, query: CaseQuery, limit: int = 50, after: str | None = None) -> Page:
        """Return a page of the cases that are wanted; raise Refused where `after` belongs to no such search."""

    def count(self, query: CaseQuery, at_most: int) -> int:
        """Return how many cases are wanted; `at_most` where they are more."""

    def owing(self, limit: int = 1000) -> Sequence[str]:
        """Return the ids of cases with work due that no other process is at, oldest change first.

        Where several processes use the store, the work of those that are alive is left to them, and what is returned
        is this one's from now on.
        """

    def backlog(self) -> Backlog:
        """Return how many cases have work due, whoever is at it."""

    def due(self, now: datetime, limit: int = 1000) -> Sequence[str]:
        """Return the ids of cases whose silence timer is due."""

    def erasable(self, status: Status, until: datetime, limit: int = 1000) -> Sequence[str]:
        """Return the ids of cases of a status that can be erased and did not change after `until`, oldest first."""

    def unsealed(self, status: Status, until: datetime) -> int:
        """Return how many cases of a status, not changed after `until`, have no key to destroy."""

    def token_digest(self, case_id: str) -> str:
        """Return what was stored at opening; raise UnknownCase."""

    def verify(self, case_id: str) -> int | None:
        """Return the version at which the hash chain breaks, or None when it is whole."""

    def keep_release(self, digest: str, files: Sequence[tuple[str, bytes]]) -> None:
        """Store a release's files by digest (once; a second time changes nothing)."""

    def release_files(self, digest: str) -> Sequence[tuple[str, bytes]] | None:
        """Return the files of a release, or None."""

    def close(self) -> None: ...
