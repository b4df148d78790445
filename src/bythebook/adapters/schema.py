"""The tables of a store. The bodies of the events are the truth; all else is derived from them.

Times are texts in UTC with microseconds, which sort as time does. The migrations build exactly these tables.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from bythebook.service.ports import StoreUnavailable

REVISIONS: Final = ("0001",)
"""Every revision of the schema, oldest first. The newest is what this program writes."""

HEAD: Final = REVISIONS[-1]

APPLICATION_ID: Final = 0x42544231
"""Marks a SQLite file as ours ("BTB1"), so that no other program's file is ever written to."""


class SchemaTooNew(StoreUnavailable):
    """A newer program wrote the store; this one leaves it as it is."""

    def __init__(self, place: str, revision: str) -> None:
        super().__init__(
            f"{place} was written by a newer By the Book: its schema is {revision}, this one's {HEAD}. "
            "Upgrade the program, or use a copy of the store made before the newer one opened it."
        )


metadata: Final = MetaData()

cases: Final = Table(
    "cases",
    metadata,
    Column("case_id", Text, nullable=False),
    Column("routine", Text, nullable=False),
    Column("release", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("owes", Boolean, nullable=False),
    Column("timer_at", Text),
    Column("step", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("human", Text, nullable=False),
    Column("token_digest", Text, nullable=False),
    Column("head_hash", Text, nullable=False),
    PrimaryKeyConstraint("case_id", name="pk_cases"),
    sqlite_with_rowid=False,
)
Index("ix_cases_updated", cases.c.updated_at)
Index("ix_cases_status", cases.c.status, cases.c.updated_at)
Index("ix_cases_owing", cases.c.updated_at, sqlite_where=cases.c.owes.is_(True))
Index("ix_cases_due", cases.c.timer_at, sqlite_where=cases.c.timer_at.is_not(None))

events: Final = Table(
    "events",
    metadata,
    Column("case_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("case_id", "version", name="pk_events"),
    ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_events_case"),
    sqlite_with_rowid=False,
)

messages: Final = Table(
    "messages",
    metadata,
    Column("case_id", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("case_id", "message_id", name="pk_messages"),
    ForeignKeyConstraint(["case_id", "version"], ["events.case_id", "events.version"], name="fk_messages_event"),
    sqlite_with_rowid=False,
)

releases: Final = Table(
    "releases",
    metadata,
    Column("digest", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("digest", "path", name="pk_releases"),
)
