"""A store in memory, for tests, rehearsals and trying a document out: all the promises except the disk.

Everything goes through the codec and the hash chain: what cannot be stored elsewhere cannot be stored here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bythebook.adapters.chain import GENESIS, Entry, chained, first_break
from bythebook.adapters.event_codec import clean_text, decode, encode, kind_of
from bythebook.adapters.ordering import ordered_by
from bythebook.adapters.private_fields import blanked
from bythebook.adapters.sealing import shown
from bythebook.adapters.state_codec import decode_state, encode_state
from bythebook.engine.event import CustomerSaid, Event
from bythebook.engine.state import Status
from bythebook.service.ports import (
    Append,
    Backlog,
    CaseSummary,
    Kept,
    MessageIdTaken,
    Page,
    Recalled,
    UnknownCase,
    VersionConflict,
)
from bythebook.service.search import CaseQuery, Cursor, Order, cursor_in


@dataclass(frozen=True, slots=True)
class Row:
    """One case as the store keeps it."""

    summary: CaseSummary
    token_digest: str
    head_hash: str = GENESIS
    entries: tuple[Entry, ...] = ()
    messages: dict[str, int] = field(default_factory=dict)
    """By message id: its version."""


class MemoryStore:
    """A `CaseStore` that forgets everything with the process. Safe to use from several threads."""

    def __init__(self) -> None:
        self.rows: Final[dict[str, Row]] = {}
        """By case id. Open to tests that tamper with a log; nobody else has business here."""

        self._releases: Final[dict[str, tuple[tuple[str, bytes], ...]]] = {}
        self._snapshots: Final[dict[str, bytes]] = {}
        self._erased: Final[set[str]] = set()
        self._lock: Final = threading.Lock()

    def load(self, case_id: str) -> Sequence[Event]:
        bodies = (entry.body for entry in self._row(case_id).entries)
        erased = case_id in self._erased
        return tuple(decode(blanked(body) if erased else body) for body in bodies)

    def kept(self, case_id: str, *, private: bool) -> Sequence[Kept]:
        erased = case_id in self._erased
        found = []
        for entry in self._row(case_id).entries:
            body = blanked(entry.body) if erased else entry.body
            text, digest = shown(None, case_id, entry.version, body, private=private)
            found.append(Kept(entry.version, entry.hash, body, text, digest))
        return tuple(found)

    def recall(self, case_id: str) -> Recalled:
        events = self.load(case_id)
        with self._lock:
            kept = self._snapshots.get(case_id)
        if kept is None:
            return Recalled(None, events)
        state = decode_state(kept)
        return Recalled(state, events[state.version :])

    def append(self, *appends: Append) -> None:
        snapshots = {each.summary.case_id: encode_state(each.state) for each in appends if each.state is not None}
        texts = [[(kind_of(event), encode(event)) for event in append.events] for append in appends]
        with self._lock:
            staged: dict[str, Row] = {}
            for append, bodies in zip(appends, texts, strict=True):
                case_id = append.summary.case_id
                staged[case_id] = _appended(staged.get(case_id) or self.rows.get(case_id), append, bodies)
            self.rows.update(staged)
            self._snapshots.update(snapshots)

    def erase(self, append: Append) -> None:
        self.append(append)
        with self._lock:
            self._erased.add(append.summary.case_id)
            self._snapshots.pop(append.summary.case_id, None)

    def scrub(self) -> None:
        pass  # nothing stays behind in memory

    def message_version(self, case_id: str, message_id: str) -> int | None:
        with self._lock:
            row = self.rows.get(case_id)
        return row.messages.get(clean_text(message_id)) if row else None

    def summary(self, case_id: str) -> CaseSummary:
        return self._row(case_id).summary

    def versions(self, case_ids: Collection[str]) -> Mapping[str, int]:
        with self._lock:
            found = {case_id: self.rows.get(case_id) for case_id in case_ids}
        return {case_id: row.summary.version for case_id, row in found.items() if row is not None}

    def summaries(self, status: Status | None = None, limit: int = 100) -> Sequence[CaseSummary]:
        rows = self._summaries(lambda row: status is None or row.status is status)
        rows.sort(key=lambda row: row.case_id)
        rows.sort(key=lambda row: row.updated_at, reverse=True)
        return tuple(rows[:limit])

    def search(self, query: CaseQuery, limit: int = 50, after: str | None = None) -> Page:
        rows = self._summaries(lambda row: _wanted(row, query))
        rows.sort(key=lambda row: row.case_id)
        if query.order is not Order.ID:
            rows.sort(key=lambda row: ordered_by(row, query.order), reverse=query.order is not Order.WAITING)
        if after is not None:
            last = cursor_in(after, query.order)
            rows = [row for row in rows if _behind(row, query, last)]
        shown = tuple(rows[:limit])
        if len(rows) <= limit:
            return Page(shown, None)
        return Page(shown, Cursor(query.order, ordered_by(shown[-1], query.order), shown[-1].case_id).written())

    def count(self, query: CaseQuery, at_most: int) -> int:
        return min(at_most, len(self._summaries(lambda row: _wanted(row, query))))

    def owing(self, limit: int = 1000) -> Sequence[str]:
        rows = self._summaries(lambda row: row.owes)
        rows.sort(key=lambda row: (row.updated_at, row.case_id))
        return tuple(row.case_id for row in rows[:limit])

    def backlog(self) -> Backlog:
        rows = self._summaries(lambda row: row.owes)
        return Backlog(len(rows), min((row.updated_at for row in rows), default=None))

    def due(self, now: datetime, limit: int = 1000) -> Sequence[str]:
        timed = [
            (row.timer_at, row.case_id)
            for row in self._summaries(lambda _: True)
            if row.timer_at is not None and row.timer_at <= now
        ]
        return tuple(case_id for _, case_id in sorted(timed)[:limit])

    def erasable(self, status: Status, until: datetime, limit: int = 1000) -> Sequence[str]:
        rows = self._summaries(lambda row: row.status is status and row.updated_at <= until)
        rows.sort(key=lambda row: (row.updated_at, row.case_id))
        return tuple(row.case_id for row in rows[:limit])

    def unsealed(self, status: Status, until: datetime) -> int:
        """Return 0: what is in memory can always be let go of."""
        return 0

    def token_digest(self, case_id: str) -> str:
        return self._row(case_id).token_digest

    def verify(self, case_id: str) -> int | None:
        row = self._row(case_id)
        return first_break(case_id, row.entries, row.summary.version, row.head_hash)

    def keep_release(self, digest: str, files: Sequence[tuple[str, bytes]]) -> None:
        with self._lock:
            self._releases.setdefault(digest, tuple(sorted(files)))

    def release_files(self, digest: str) -> Sequence[tuple[str, bytes]] | None:
        with self._lock:
            return self._releases.get(digest)

    def close(self) -> None:
        """Do nothing: what is in memory stays until the store is dropped."""

    def _row(self, case_id: str) -> Row:
        with self._lock:
            row = self.rows.get(case_id)
        if row is None:
            raise UnknownCase(case_id)
        return row

    def _summaries(self, wanted: Callable[[CaseSummary], bool]) -> list[CaseSummary]:
        with self._lock:
            return [row.summary for row in self.rows.values() if wanted(row.summary)]


def _appended(row: Row | None, append: Append, texts: Sequence[tuple[str, str]]) -> Row:
    summary, before = append.summary, append.expected_version
    assert summary.version == before + len(append.events), "the row is not of this append"
    found = row.summary.version if row else 0
    if found != before:
        raise VersionConflict(f"case {summary.case_id} is at version {found}, not {before}")
    row = row or Row(summary, append.token_digest or "")
    messages = dict(row.messages)
    for version, event in enumerate(append.events, before + 1):
        if isinstance(event, CustomerSaid):
            message_id = clean_text(event.message_id)
            if message_id in messages:
                raise MessageIdTaken(f"case {summary.case_id} has a message {message_id!r} already")
            messages[message_id] = version
    entries = chained(row.head_hash, summary.case_id, before, texts)
    head = entries[-1].hash if entries else row.head_hash
    return Row(summary, row.token_digest, head, (*row.entries, *entries), messages)


def _wanted(row: CaseSummary, query: CaseQuery) -> bool:
    equal = (
        (query.status, row.status),
        (query.routine, row.routine),
        (query.step, row.step),
        (query.human, row.human),
    )
    dates = (
        (query.opened_from, row.opened_at, query.opened_until),
        (query.changed_from, row.updated_at, query.changed_until),
    )
    return (
        (row.waiting_since is not None or not query.waiting)
        and row.case_id.startswith(query.beginning)
        and row.reason.startswith(query.reason)
        and all(not wanted or wanted == found for wanted, found in equal)
        and all((since is None or since <= at) and (until is None or at < until) for since, at, until in dates)
    )


def _behind(row: CaseSummary, query: CaseQuery, last: Cursor) -> bool:
    value = ordered_by(row, query.order)
    beyond = value > last.value if query.order is Order.WAITING else value < last.value
    return beyond or (value == last.value and row.case_id > last.case_id)
