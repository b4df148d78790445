"""The tables of a store. The bodies of the events are the truth; all else is derived from them.

Times are texts in UTC with microseconds, which sort as time does. The migrations build exactly these tables.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    literal_column,
)
from sqlalchemy.dialects.postgresql import TEXT

from bythebook.service.ports import StoreUnavailable

REVISIONS: Final = ("0001", "0002", "0003", "0004")
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


TEXTS: Final = Text().with_variant(TEXT(collation="C"), "postgresql")
"""Sorted by their bytes in every database, whatever its language."""

metadata: Final = MetaData()

cases: Final = Table(
    "cases",
    metadata,
    Column("case_id", TEXTS, nullable=False),
    Column("routine", TEXTS, nullable=False),
    Column("release", TEXTS, nullable=False),
    Column("status", TEXTS, nullable=False),
    Column("version", Integer, nullable=False),
    Column("opened_at", TEXTS, nullable=False),
    Column("updated_at", TEXTS, nullable=False),
    Column("owes", Boolean, nullable=False),
    Column("timer_at", TEXTS),
    Column("step", TEXTS, nullable=False),
    Column("reason", TEXTS, nullable=False),
    Column("human", TEXTS, nullable=False),
    Column("token_digest", TEXTS, nullable=False),
    Column("head_hash", TEXTS, nullable=False),
    Column("owner", TEXTS, nullable=False, server_default=""),
    PrimaryKeyConstraint("case_id", name="pk_cases"),
    sqlite_with_rowid=False,
)
_OWING, _DUE = cases.c.owes.is_(True), cases.c.timer_at.is_not(None)
_TAKEN, _ASKED = cases.c.human != literal_column("''"), cases.c.reason != literal_column("''")
Index("ix_cases_updated", cases.c.updated_at)
Index("ix_cases_status", cases.c.status, cases.c.updated_at)
Index("ix_cases_owing", cases.c.updated_at, sqlite_where=_OWING, postgresql_where=_OWING)
Index("ix_cases_due", cases.c.timer_at, sqlite_where=_DUE, postgresql_where=_DUE)
Index("ix_cases_opened", cases.c.opened_at)
Index("ix_cases_routine", cases.c.routine, cases.c.updated_at)
Index("ix_cases_step", cases.c.step, cases.c.updated_at)
Index("ix_cases_human", cases.c.human, cases.c.updated_at, sqlite_where=_TAKEN, postgresql_where=_TAKEN)
Index("ix_cases_reason", cases.c.reason, sqlite_where=_ASKED, postgresql_where=_ASKED)

events: Final = Table(
    "events",
    metadata,
    Column("case_id", TEXTS, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", TEXTS, nullable=False),
    Column("body", TEXTS, nullable=False),
    Column("hash", TEXTS, nullable=False),
    PrimaryKeyConstraint("case_id", "version", name="pk_events"),
    ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_events_case"),
    sqlite_with_rowid=False,
)

messages: Final = Table(
    "messages",
    metadata,
    Column("case_id", TEXTS, nullable=False),
    Column("message_id", TEXTS, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("case_id", "message_id", name="pk_messages"),
    ForeignKeyConstraint(["case_id", "version"], ["events.case_id", "events.version"], name="fk_messages_event"),
    sqlite_with_rowid=False,
)

case_keys: Final = Table(
    "case_keys",
    metadata,
    Column("case_id", TEXTS, nullable=False),
    Column("master", TEXTS, nullable=False),
    Column("wrapped", LargeBinary),
    PrimaryKeyConstraint("case_id", name="pk_case_keys"),
    ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_case_keys_case"),
    sqlite_with_rowid=False,
)
"""The keys of sealed cases, wrapped by the master key of that name; without one where it was destroyed."""

Index("ix_case_keys_master", case_keys.c.master)

snapshots: Final = Table(
    "snapshots",
    metadata,
    Column("case_id", TEXTS, nullable=False),
    Column("version", Integer, nullable=False),
    Column("shape", TEXTS, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("case_id", name="pk_snapshots"),
    ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_snapshots_case"),
)
"""The state of a long case after `version`, sealed like its log; only a program of that shape reads it."""

executors: Final = Table(
    "executors",
    metadata,
    Column("executor", TEXTS, nullable=False),
    Column("beat", Float(53), nullable=False),
    PrimaryKeyConstraint("executor", name="pk_executors"),
    sqlite_with_rowid=False,
)
"""Processes on a database that several use, each with the second (by the database's clock) it was last alive at.

The work that a case owes is with its `owner`, who moved it on last, for as long as that one is alive.
"""

releases: Final = Table(
    "releases",
    metadata,
    Column("digest", TEXTS, nullable=False),
    Column("path", TEXTS, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("digest", "path", name="pk_releases"),
)
