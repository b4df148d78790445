"""Indexes that hold all that searches ask for together."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = {
    "ix_cases_status": ["status", "updated_at", "routine", "step"],
    "ix_cases_routine": ["routine", "updated_at", "status", "step"],
    "ix_cases_step": ["step", "updated_at", "status", "routine"],
}


def upgrade() -> None:
    """Make four indexes anew."""
    for name, columns in COLUMNS.items():
        op.drop_index(name, "cases")
        op.create_index(name, "cases", columns)
    reason = sa.column("reason") != sa.literal_column("''")
    op.drop_index("ix_cases_reason", "cases")
    op.create_index(
        "ix_cases_reason", "cases", ["updated_at", "reason"], sqlite_where=reason, postgresql_where=reason
    )
