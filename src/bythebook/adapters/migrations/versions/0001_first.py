"""The first tables. Written by hand and never changed: a later schema is a later file."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the tables of an empty store."""
    op.create_table(
        "cases",
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("routine", sa.Text, nullable=False),
        sa.Column("release", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("opened_at", sa.Text, nullable=False),
        sa.Column("updated_at", sa.Text, nullable=False),
        sa.Column("owes", sa.Boolean, nullable=False),
        sa.Column("timer_at", sa.Text),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("human", sa.Text, nullable=False),
        sa.Column("token_digest", sa.Text, nullable=False),
        sa.Column("head_hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_cases"),
        sqlite_with_rowid=False,
    )
    owing, due = sa.column("owes", sa.Boolean).is_(True), sa.column("timer_at").is_not(None)
    op.create_index("ix_cases_updated", "cases", ["updated_at"])
    op.create_index("ix_cases_status", "cases", ["status", "updated_at"])
    op.create_index("ix_cases_owing", "cases", ["updated_at"], sqlite_where=owing)
    op.create_index("ix_cases_due", "cases", ["timer_at"], sqlite_where=due)
    op.create_table(
        "events",
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "version", name="pk_events"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_events_case"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "messages",
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "message_id", name="pk_messages"),
        sa.ForeignKeyConstraint(
            ["case_id", "version"], ["events.case_id", "events.version"], name="fk_messages_event"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "releases",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("digest", "path", name="pk_releases"),
    )
