"""What every SQL store answers alike: all that only reads."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, select

from bythebook.adapters.chain import Entry, first_break
from bythebook.adapters.event_codec import decode, instant, instant_text
from bythebook.adapters.schema import case_keys, cases, events, messages, releases, snapshots
from bythebook.adapters.sealing import shown, unseal, unseal_state
from bythebook.adapters.sql_examined import SqlExamined
from bythebook.adapters.sql_rows import SUMMARY, Prepared, column_text, prepared, summary_in
from bythebook.adapters.sql_search import count_query, page_of, search_query
from bythebook.adapters.state_codec import UnreadableState, decode_state, shape
from bythebook.adapters.vault import Vault, WrappedKey
from bythebook.engine.event import Event
from bythebook.engine.state import CaseState, Status
from bythebook.service.ports import (
    Append,
    Backlog,
    CaseSummary,
    Kept,
    KeyUnavailable,
    NotSealed,
    Page,
    Recalled,
    StoreUnavailable,
    UnknownCase,
)
from bythebook.service.search import CaseQuery

ASKED_AT_ONCE_MAX: Final = 500
"""So many cases are named in one query."""

HEAD_OF: Final = select(cases.c.version, cases.c.head_hash, cases.c.token_digest).where(
    cases.c.case_id == bindparam("id")
)

_KEY_OF: Final = select(case_keys.c.master, case_keys.c.wrapped).where(case_keys.c.case_id == bindparam("id"))

_KEYS: Final = select(case_keys.c.case_id).where(case_keys.c.case_id == cases.c.case_id)

_SNAPSHOT_OF: Final = select(snapshots.c.version, snapshots.c.body).where(
    snapshots.c.case_id == bindparam("id"), snapshots.c.shape == bindparam("shape")
)
_LATER: Final = (
    select(events.c.body)
    .where(events.c.case_id == bindparam("id"), events.c.version > bindparam("after"))
    .order_by(events.c.version)
)


Answer = TypeVar("Answer")

HandOver = Callable[[Connection, Sequence[Append]], None]


def nobody(connection: Connection, appends: Sequence[Append]) -> None:
    """Stand where effects are carried out in the process: no append comes with work."""
    raise AssertionError("somebody has to take the work")


class SqlReads(SqlExamined):
    """The reading half of a `CaseStore`; a store adds how it connects and how it writes."""

    _vault: Vault
    hand_over: HandOver = staticmethod(nobody)
    """Takes the work that comes with appends, within their transaction."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """Yield a connection to read on; what the database complains of is raised as StoreUnavailable."""

    @abstractmethod
    def write(self, work: Callable[[Connection], Answer]) -> Answer:
        """Do the work in one transaction and return what it returned; whatever it raises undoes it and is raised.

        For what is kept beside the cases. A row that is taken already (IntegrityError) is for the work to catch,
        under a savepoint: from here the database's complaints come as StoreUnavailable.
        """

    def reading(self) -> AbstractContextManager[Connection]:
        """Yield a connection to read on, for what is kept beside the cases; raise StoreUnavailable."""
        return self._reading()

    def load(self, case_id: str) -> Sequence[Event]:
        with self._reading() as connection:
            bodies = connection.execute(_LATER, {"id": column_text(case_id), "after": 0}).scalars().all()
            if not bodies:
                raise UnknownCase(case_id)
            key = self._key(connection, case_id)
        return _decoded(key, case_id, bodies, 1)

    def recall(self, case_id: str) -> Recalled:
        with self._reading() as connection:
            row = connection.execute(_SNAPSHOT_OF, {"id": column_text(case_id), "shape": shape()}).first()
            key = self._key(connection, case_id) if row is not None else None
            state = state_in(unseal_state(key, case_id, row.version, row.body), row.version) if row else None
            after = state.version if state is not None else 0
            bodies = connection.execute(_LATER, {"id": column_text(case_id), "after": after}).scalars().all()
            if row is None and bodies:
                key = self._key(connection, case_id)
        if state is None and not bodies:
            raise UnknownCase(case_id)
        return Recalled(state, _decoded(key, case_id, bodies, after + 1))

    def kept(self, case_id: str, *, private: bool) -> Sequence[Kept]:
        query = select(events.c.version, events.c.hash, events.c.body).where(events.c.case_id == column_text(case_id))
        with self._reading() as connection:
            rows = connection.execute(query.order_by(events.c.version)).all()
            key = self._key(connection, case_id) if private else None
        if not rows:
            raise UnknownCase(case_id)
        return tuple(
            Kept(row.version, row.hash, row.body, *shown(key, case_id, row.version, row.body, private=private))
            for row in rows
        )

    def message_version(self, case_id: str, message_id: str) -> int | None:
        query = select(messages.c.version).where(
            messages.c.case_id == column_text(case_id), messages.c.message_id == column_text(message_id)
        )
        with self._reading() as connection:
            return connection.execute(query).scalar()

    def summary(self, case_id: str) -> CaseSummary:
        query = select(*SUMMARY).where(cases.c.case_id == column_text(case_id))
        with self._reading() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise UnknownCase(case_id)
        return summary_in(row)

    def versions(self, case_ids: Collection[str]) -> Mapping[str, int]:
        wanted, found = list(case_ids), dict[str, int]()
        with self._reading() as connection:
            for at in range(0, len(wanted), ASKED_AT_ONCE_MAX):
                named = [column_text(case_id) for case_id in wanted[at : at + ASKED_AT_ONCE_MAX]]
                query = select(cases.c.case_id, cases.c.version).where(cases.c.case_id.in_(named))
                found.update((row.case_id, row.version) for row in connection.execute(query))
        return found

    def summaries(self, status: Status | None = None, limit: int = 100) -> Sequence[CaseSummary]:
        query = select(*SUMMARY).order_by(cases.c.updated_at.desc(), cases.c.case_id).limit(limit)
        if status is not None:
            query = query.where(cases.c.status == status.value)
        with self._reading() as connection:
            return tuple(summary_in(row) for row in connection.execute(query).mappings())

    def search(self, query: CaseQuery, limit: int = 50, after: str | None = None) -> Page:
        wanted = search_query(query, limit, after)
        with self._reading() as connection:
            rows = tuple(summary_in(row) for row in connection.execute(wanted).mappings())
        return page_of(query, rows, limit)

    def count(self, query: CaseQuery, at_most: int) -> int:
        with self.reading() as connection:
            return int(connection.execute(count_query(query, at_most)).scalar() or 0)

    def owing(self, limit: int = 1000) -> Sequence[str]:
        query = select(cases.c.case_id).where(cases.c.owes.is_(True))
        query = query.order_by(cases.c.updated_at, cases.c.case_id).limit(limit)
        with self._reading() as connection:
            return connection.execute(query).scalars().all()

    def backlog(self) -> Backlog:
        query = select(func.count(), func.min(cases.c.updated_at)).where(cases.c.owes.is_(True))
        with self._reading() as connection:
            count, oldest = connection.execute(query).one()
        return Backlog(count, instant(oldest) if oldest is not None else None)

    def due(self, now: datetime, limit: int = 1000) -> Sequence[str]:
        query = select(cases.c.case_id).where(cases.c.timer_at <= instant_text(now))
        query = query.order_by(cases.c.timer_at, cases.c.case_id).limit(limit)
        with self._reading() as connection:
            return connection.execute(query).scalars().all()

    def erasable(self, status: Status, until: datetime, limit: int = 1000) -> Sequence[str]:
        sealed = _KEYS.where(case_keys.c.wrapped.is_not(None)).exists()
        query = select(cases.c.case_id).where(_unchanged(status, until), sealed)
        query = query.order_by(cases.c.updated_at, cases.c.case_id).limit(limit)
        with self._reading() as connection:
            return connection.execute(query).scalars().all()

    def unsealed(self, status: Status, until: datetime) -> int:
        query = select(func.count()).select_from(cases).where(_unchanged(status, until), ~_KEYS.exists())
        with self._reading() as connection:
            return int(connection.execute(query).scalar() or 0)

    def token_digest(self, case_id: str) -> str:
        with self._reading() as connection:
            row = connection.execute(HEAD_OF, {"id": column_text(case_id)}).first()
        if row is None:
            raise UnknownCase(case_id)
        digest: str = row.token_digest
        return digest

    def verify(self, case_id: str) -> int | None:
        whole = cases.outerjoin(events, cases.c.case_id == events.c.case_id)
        columns = (
            cases.c.version.label("appended"),
            cases.c.head_hash,
            *events.c["version", "kind", "body", "hash"],
        )
        query = select(*columns).select_from(whole).where(cases.c.case_id == column_text(case_id))
        with self._reading() as connection:
            rows = connection.execute(query.order_by(events.c.version)).all()
        if not rows:
            raise UnknownCase(case_id)
        entries = (Entry(row.version, row.kind, row.body, row.hash) for row in rows if row.version is not None)
        return first_break(case_id, entries, rows[0].appended, rows[0].head_hash)

    def release_files(self, digest: str) -> Sequence[tuple[str, bytes]] | None:
        query = select(releases.c.path, releases.c.content).where(releases.c.digest == digest)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(releases.c.path)).all()
        return tuple((row.path, row.content) for row in rows) or None

    # ------------------------------------------------------------ keys of cases

    def wrapped_by_others(self, limit: int = 1000) -> Sequence[str]:
        """Return the ids of cases whose keys an older master key wrapped."""
        old = case_keys.c.wrapped.is_not(None) & (case_keys.c.master != self._vault.current)
        with self._reading() as connection:
            return connection.execute(select(case_keys.c.case_id).where(old).limit(limit)).scalars().all()

    def _key(self, connection: Connection, case_id: str) -> bytes | None:
        """Return the case's key, None where it has none or none any more; raise StoreUnavailable."""
        return self._unwrapped(case_id, kept_key(connection, case_id))

    def _unwrapped(self, case_id: str, kept: WrappedKey | None) -> bytes | None:
        try:
            return self._vault.open(case_id, kept)
        except KeyUnavailable as error:
            raise StoreUnavailable(str(error)) from error

    def _rewrapped(self, case_id: str, kept: WrappedKey) -> WrappedKey:
        try:
            return self._vault.rewrapped(case_id, kept)
        except KeyUnavailable as error:
            raise StoreUnavailable(str(error)) from error

    def _sealed(self, append: Append) -> Prepared:
        """Return the append to a case that is to be erased; raise NotSealed."""
        work = self._prepared(append)
        if work.key is None:
            raise NotSealed(f"case {append.summary.case_id} was opened without a key, so there is none to destroy")
        return work

    def _remember(self, work: Iterable[Prepared]) -> None:
        """Know the keys of cases that were just opened."""
        for each in work:
            if each.append.expected_version == 0:
                self._vault.keep(each.append.summary.case_id, each.key)

    def _prepared(self, append: Append) -> Prepared:
        """Return the append as it will be written; a case that opens gets its key here."""
        case_id = append.summary.case_id
        if append.expected_version == 0:
            if not self._vault.seals:
                return prepared(append)
            try:
                key, kept = self._vault.make(case_id)
            except KeyUnavailable as error:
                raise StoreUnavailable(str(error)) from error
            return prepared(append, key, kept)
        known, key_or_none = self._vault.known(case_id)
        if not known:
            with self._reading() as connection:
                key_or_none = self._key(connection, case_id)
        return prepared(append, key_or_none)


def state_in(body: bytes | None, version: int) -> CaseState | None:
    """Return the state of a snapshot; None where there is none that can be read."""
    try:
        state = decode_state(body) if body is not None else None
    except UnreadableState:
        return None
    return state if state is not None and state.version == version else None


def _decoded(key: bytes | None, case_id: str, bodies: Sequence[str], first: int) -> Sequence[Event]:
    unsealed = (unseal(key, case_id, version, body) for version, body in enumerate(bodies, first))
    return tuple(decode(body) for body in unsealed)


def _unchanged(status: Status, until: datetime) -> ColumnElement[bool]:
    return and_(cases.c.status == status.value, cases.c.updated_at <= instant_text(until))


def kept_key(connection: Connection, case_id: str) -> WrappedKey | None:
    """Return the key of a case as it is kept, or None where it never had one."""
    row = connection.execute(_KEY_OF, {"id": column_text(case_id)}).first()
    return WrappedKey(row.master, row.wrapped) if row is not None else None
