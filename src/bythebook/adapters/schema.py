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
    false,
    literal_column,
)
from sqlalchemy.dialects.postgresql import TEXT

from bythebook.service.ports import StoreUnavailable

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006")
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
    Column("waiting_since", TEXTS),
    PrimaryKeyConstraint("case_id", name="pk_cases"),
    sqlite_with_rowid=False,
)
_WAITING = cases.c.waiting_since.is_not(None)
_OWING, _DUE = cases.c.owes.is_(True), cases.c.timer_at.is_not(None)
_TAKEN, _ASKED = cases.c.human != literal_column("''"), cases.c.reason != literal_column("''")
Index("ix_cases_updated", cases.c.updated_at)
# Behind what each is sorted by stands what is searched for with it: a page is found without a look at other rows.
Index("ix_cases_status", cases.c.status, cases.c.updated_at, cases.c.routine, cases.c.step)
Index("ix_cases_owing", cases.c.updated_at, sqlite_where=_OWING, postgresql_where=_OWING)
Index("ix_cases_due", cases.c.timer_at, sqlite_where=_DUE, postgresql_where=_DUE)
Index("ix_cases_waiting", cases.c.waiting_since, sqlite_where=_WAITING, postgresql_where=_WAITING)
Index("ix_cases_opened", cases.c.opened_at)
Index("ix_cases_routine", cases.c.routine, cases.c.updated_at, cases.c.status, cases.c.step)
Index("ix_cases_step", cases.c.step, cases.c.updated_at, cases.c.status, cases.c.routine)
Index("ix_cases_human", cases.c.human, cases.c.updated_at, sqlite_where=_TAKEN, postgresql_where=_TAKEN)
Index("ix_cases_reason", cases.c.updated_at, cases.c.reason, sqlite_where=_ASKED, postgresql_where=_ASKED)

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

people: Final = Table(
    "people",
    metadata,
    Column("name", TEXTS, nullable=False),
    Column("password", TEXTS),
    Column("roles", TEXTS, nullable=False),
    Column("on_duty", Boolean, nullable=False, server_default=false()),
    Column("created_at", TEXTS, nullable=False),
    Column("disabled_at", TEXTS),
    PrimaryKeyConstraint("name", name="pk_people"),
)
"""Who works for the house. The password as its hash; none until an invitation was followed. Roles by a space each."""

sign_ins: Final = Table(
    "sign_ins",
    metadata,
    Column("token_digest", TEXTS, nullable=False),
    Column("person", TEXTS, nullable=False),
    Column("created_at", TEXTS, nullable=False),
    Column("seen_at", TEXTS, nullable=False),
    Column("ends_at", TEXTS, nullable=False),
    Column("device", TEXTS, nullable=False, server_default=""),
    PrimaryKeyConstraint("token_digest", name="pk_sign_ins"),
    ForeignKeyConstraint(["person"], ["people.name"], name="fk_sign_ins_person"),
)
Index("ix_sign_ins_person", sign_ins.c.person)

invitations: Final = Table(
    "invitations",
    metadata,
    Column("token_digest", TEXTS, nullable=False),
    Column("person", TEXTS, nullable=False, server_default=""),
    Column("roles", TEXTS, nullable=False),
    Column("created_by", TEXTS, nullable=False),
    Column("created_at", TEXTS, nullable=False),
    Column("ends_at", TEXTS, nullable=False),
    PrimaryKeyConstraint("token_digest", name="pk_invitations"),
)
"""Links that are good for one time: to choose a name (where `person` is empty) and a password."""

api_keys: Final = Table(
    "api_keys",
    metadata,
    Column("digest", TEXTS, nullable=False),
    Column("name", TEXTS, nullable=False),
    Column("role", TEXTS, nullable=False),
    Column("created_by", TEXTS, nullable=False),
    Column("created_at", TEXTS, nullable=False),
    Column("seen_at", TEXTS),
    Column("revoked_at", TEXTS),
    PrimaryKeyConstraint("digest", name="pk_api_keys"),
)

audit_log: Final = Table(
    "audit_log",
    metadata,
    Column("seq", Integer, nullable=False),
    Column("at", TEXTS, nullable=False),
    Column("who", TEXTS, nullable=False),
    Column("what", TEXTS, nullable=False),
    Column("about", TEXTS, nullable=False),
    Column("detail", TEXTS, nullable=False, server_default=""),
    PrimaryKeyConstraint("seq", name="pk_audit_log"),
    sqlite_autoincrement=True,
)
"""What people of the house did: signed in, failed to, changed people, keys, releases. Never what a case holds."""

drafts: Final = Table(
    "drafts",
    metadata,
    Column("draft_id", TEXTS, nullable=False),
    Column("name", TEXTS, nullable=False),
    Column("version", Integer, nullable=False),
    Column("base", TEXTS, nullable=False, server_default=""),
    Column("created_at", TEXTS, nullable=False),
    Column("updated_at", TEXTS, nullable=False),
    Column("updated_by", TEXTS, nullable=False),
    PrimaryKeyConstraint("draft_id", name="pk_drafts"),
)
"""Documents that are being written; `base` is the digest of the release one began from.

Their files are in `draft_revisions`."""

Index("ix_drafts_name", drafts.c.name)

draft_revisions: Final = Table(
    "draft_revisions",
    metadata,
    Column("draft_id", TEXTS, nullable=False),
    Column("version", Integer, nullable=False),
    Column("files", LargeBinary, nullable=False),
    Column("at", TEXTS, nullable=False),
    Column("who", TEXTS, nullable=False),
    Column("note", TEXTS, nullable=False, server_default=""),
    PrimaryKeyConstraint("draft_id", "version", name="pk_draft_revisions"),
    ForeignKeyConstraint(["draft_id"], ["drafts.draft_id"], name="fk_draft_revisions_draft"),
)

release_steps: Final = Table(
    "release_steps",
    metadata,
    Column("seq", Integer, nullable=False, autoincrement=False),
    Column("document", TEXTS, nullable=False),
    Column("digest", TEXTS, nullable=False),
    Column("move", TEXTS, nullable=False),
    Column("at", TEXTS, nullable=False),
    Column("who", TEXTS, nullable=False),
    Column("note", TEXTS, nullable=False, server_default=""),
    Column("before", TEXTS, nullable=False, server_default=""),
    Column("folder", Boolean, nullable=False, server_default=false()),
    Column("hash", TEXTS, nullable=False),
    PrimaryKeyConstraint("seq", name="pk_release_steps"),
)
"""How each release came to be live, and who said so: only ever added to, each step chained to the one before."""

Index("ix_release_steps_document", release_steps.c.document, release_steps.c.seq)

checkpoints: Final = Table(
    "checkpoints",
    metadata,
    Column("seq", Integer, nullable=False, autoincrement=False),
    Column("at", TEXTS, nullable=False),
    Column("body", TEXTS, nullable=False),
    Column("key", TEXTS, nullable=False),
    Column("signature", TEXTS, nullable=False),
    PrimaryKeyConstraint("seq", name="pk_checkpoints"),
)
"""Signed statements of where the chains of cases stood."""

checkpoint_heads: Final = Table(
    "checkpoint_heads",
    metadata,
    Column("case_id", TEXTS, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("hash", TEXTS, nullable=False),
    PrimaryKeyConstraint("case_id", "seq", name="pk_checkpoint_heads"),
    ForeignKeyConstraint(["seq"], ["checkpoints.seq"], name="fk_checkpoint_heads_checkpoint"),
    sqlite_with_rowid=False,
)
"""What each checkpoint covers: a case's chain, and how far. One that is gone is to show: none is referred to."""

Index("ix_checkpoint_heads_seq", checkpoint_heads.c.seq, checkpoint_heads.c.case_id)

tallies: Final = Table(
    "tallies",
    metadata,
    Column("release", TEXTS, nullable=False),
    Column("kind", TEXTS, nullable=False),
    Column("label", TEXTS, nullable=False),
    Column("day", TEXTS, nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("release", "kind", "label", "day", name="pk_tallies"),
)
"""What happened how often on which day. Derived: the log gives the same numbers again."""

buckets: Final = Table(
    "buckets",
    metadata,
    Column("name", TEXTS, nullable=False),
    Column("remaining", Float(53), nullable=False),
    Column("at", Float(53), nullable=False),
    Column("taken", Integer, nullable=False),
    PrimaryKeyConstraint("name", name="pk_buckets"),
    sqlite_with_rowid=False,
)
"""What is left of each limit on customers at a second, and whether the last one who came got something."""

tallied: Final = Table(
    "tallied",
    metadata,
    Column("case_id", TEXTS, nullable=False),
    Column("version", Integer, nullable=False),
    Column("place", TEXTS, nullable=False, server_default=""),
    PrimaryKeyConstraint("case_id", name="pk_tallied"),
)
"""How far a case is counted, and what is needed to go on from there. The case id "" keeps where to look next."""
