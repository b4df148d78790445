"""What every SQL store answers alike: all that only reads."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select

from bythebook.adapters.chain import Entry, first_break
from bythebook.adapters.event_codec import decode, instant_text
from bythebook.adapters.schema import cases, events, messages, releases
from bythebook.adapters.sql_rows import SUMMARY, column_text, summary_in
from bythebook.engine.event import Event
from bythebook.engine.state import Status
from bythebook.service.ports import CaseSummary, UnknownCase

HEAD_OF: Final = select(cases.c.version, cases.c.head_hash, cases.c.token_digest).where(
    cases.c.case_id == bindparam("id")
)


class SqlReads(ABC):
    """The reading half of a `CaseStore`; a store adds how it connects and how it writes."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """Yield a connection to read on; what the database complains of is raised as StoreUnavailable."""

    def load(self, case_id: str) -> Sequence[Event]:
        query = select(events.c.body).where(events.c.case_id == column_text(case_id)).order_by(events.c.version)
        with self._reading() as connection:
            bodies = connection.execute(query).scalars().all()
        if not bodies:
            raise UnknownCase(case_id)
        return tuple(decode(body) for body in bodies)

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

    def summaries(self, status: Status | None = None, limit: int = 100) -> Sequence[CaseSummary]:
        query = select(*SUMMARY).order_by(cases.c.updated_at.desc(), cases.c.case_id).limit(limit)
        if status is not None:
            query = query.where(cases.c.status == status.value)
        with self._reading() as connection:
            return tuple(summary_in(row) for row in connection.execute(query).mappings())

    def owing(self, limit: int = 1000) -> Sequence[str]:
        query = select(cases.c.case_id).where(cases.c.owes.is_(True))
        query = query.order_by(cases.c.updated_at, cases.c.case_id).limit(limit)
        with self._reading() as connection:
            return connection.execute(query).scalars().all()

    def due(self, now: datetime, limit: int = 1000) -> Sequence[str]:
        query = select(cases.c.case_id).where(cases.c.timer_at <= instant_text(now))
        query = query.order_by(cases.c.timer_at, cases.c.case_id).limit(limit)
        with self._reading() as connection:
            return connection.execute(query).scalars().all()

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
