"""Snapshots of states, and indexes that searches for cases go by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXTS = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table, empty: snapshots come with the entries that are written from now on."""
    op.create_table(
        "snapshots",
        sa.Column("case_id", TEXTS, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("shape", TEXTS, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_snapshots"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_snapshots_case"),
    )
    human, reason = sa.column("human") != sa.literal_column("''"), sa.column("reason") != sa.literal_column("''")
    op.create_index("ix_cases_opened", "cases", ["opened_at"])
    op.create_index("ix_cases_routine", "cases", ["routine", "updated_at"])
    op.create_index("ix_cases_step", "cases", ["step", "updated_at"])
    op.create_index("ix_cases_human", "cases", ["human", "updated_at"], sqlite_where=human, postgresql_where=human)
    op.create_index("ix_cases_reason", "cases", ["reason"], sqlite_where=reason, postgresql_where=reason)
