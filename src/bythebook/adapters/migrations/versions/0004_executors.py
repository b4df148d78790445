"""Processes that are alive, and which of them a case's owed work is with."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TEXTS = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table and the column; the work of cases that are there is nobody's."""
    op.create_table(
        "executors",
        sa.Column("executor", TEXTS, nullable=False),
        sa.Column("beat", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("executor", name="pk_executors"),
        sqlite_with_rowid=False,
    )
    op.add_column("cases", sa.Column("owner", TEXTS, nullable=False, server_default=""))
