"""Keys of sealed cases."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXTS = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table; cases that were opened before stay as they are."""
    op.create_table(
        "case_keys",
        sa.Column("case_id", TEXTS, nullable=False),
        sa.Column("master", TEXTS, nullable=False),
        sa.Column("wrapped", sa.LargeBinary),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_keys"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_case_keys_case"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_case_keys_master", "case_keys", ["master"])
