"""The first tables. Written by hand and never changed: a later schema is a later file."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXTS = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Build the tables of an empty store."""
    op.create_table(
        "cases",
        sa.Column("case_id", TEXTS, nullable=False),
        sa.Column("routine", TEXTS, nullable=False),
        sa.Column("release", TEXTS, nullable=False),
        sa.Column("status", TEXTS, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("opened_at", TEXTS, nullable=False),
        sa.Column("updated_at", TEXTS, nullable=False),
        sa.Column("owes", sa.Boolean, nullable=False),
        sa.Column("timer_at", TEXTS),
        sa.Column("step", TEXTS, nullable=False),
        sa.Column("reason", TEXTS, nullable=False),
        sa.Column("human", TEXTS, nullable=False),
        sa.Column("token_digest", TEXTS, nullable=False),
        sa.Column("head_hash", TEXTS, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_cases"),
        sqlite_with_rowid=False,
    )
    owing, due = sa.column("owes", sa.Boolean).is_(True), sa.column("timer_at").is_not(None)
    op.create_index("ix_cases_updated", "cases", ["updated_at"])
    op.create_index("ix_cases_status", "cases", ["status", "updated_at"])
    op.create_index("ix_cases_owing", "cases", ["updated_at"], sqlite_where=owing, postgresql_where=owing)
    op.create_index("ix_cases_due", "cases", ["timer_at"], sqlite_where=due, postgresql_where=due)
    op.create_table(
        "events",
        sa.Column("case_id", TEXTS, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", TEXTS, nullable=False),
        sa.Column("body", TEXTS, nullable=False),
        sa.Column("hash", TEXTS, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "version", name="pk_events"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_events_case"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "messages",
        sa.Column("case_id", TEXTS, nullable=False),
        sa.Column("message_id", TEXTS, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "message_id", name="pk_messages"),
        sa.ForeignKeyConstraint(
            ["case_id", "version"], ["events.case_id", "events.version"], name="fk_messages_event"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "releases",
        sa.Column("digest", TEXTS, nullable=False),
        sa.Column("path", TEXTS, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("digest", "path", name="pk_releases"),
    )
