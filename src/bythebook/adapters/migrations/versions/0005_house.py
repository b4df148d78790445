"""The people of the house, what they did, drafts, live releases, checkpoints, tallies; since when cases wait."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXTS = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tables, empty, and since when cases wait for a human."""
    _add_people()
    _add_documents()
    _add_proof()
    _add_waiting()


def _add_people() -> None:
    """Who works for the house, how they come in, what they did."""
    op.create_table(
        "people",
        sa.Column("name", TEXTS, nullable=False),
        sa.Column("password", TEXTS),
        sa.Column("roles", TEXTS, nullable=False),
        sa.Column("on_duty", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("created_at", TEXTS, nullable=False),
        sa.Column("disabled_at", TEXTS),
        sa.PrimaryKeyConstraint("name", name="pk_people"),
    )
    op.create_table(
        "sign_ins",
        sa.Column("token_digest", TEXTS, nullable=False),
        sa.Column("person", TEXTS, nullable=False),
        sa.Column("created_at", TEXTS, nullable=False),
        sa.Column("seen_at", TEXTS, nullable=False),
        sa.Column("ends_at", TEXTS, nullable=False),
        sa.Column("device", TEXTS, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("token_digest", name="pk_sign_ins"),
        sa.ForeignKeyConstraint(["person"], ["people.name"], name="fk_sign_ins_person"),
    )
    op.create_index("ix_sign_ins_person", "sign_ins", ["person"])
    op.create_table(
        "invitations",
        sa.Column("token_digest", TEXTS, nullable=False),
        sa.Column("person", TEXTS, nullable=False, server_default=""),
        sa.Column("roles", TEXTS, nullable=False),
        sa.Column("created_by", TEXTS, nullable=False),
        sa.Column("created_at", TEXTS, nullable=False),
        sa.Column("ends_at", TEXTS, nullable=False),
        sa.PrimaryKeyConstraint("token_digest", name="pk_invitations"),
    )
    op.create_table(
        "api_keys",
        sa.Column("digest", TEXTS, nullable=False),
        sa.Column("name", TEXTS, nullable=False),
        sa.Column("role", TEXTS, nullable=False),
        sa.Column("created_by", TEXTS, nullable=False),
        sa.Column("created_at", TEXTS, nullable=False),
        sa.Column("seen_at", TEXTS),
        sa.Column("revoked_at", TEXTS),
        sa.PrimaryKeyConstraint("digest", name="pk_api_keys"),
    )
    op.create_table(
        "audit_log",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", TEXTS, nullable=False),
        sa.Column("who", TEXTS, nullable=False),
        sa.Column("what", TEXTS, nullable=False),
        sa.Column("about", TEXTS, nullable=False),
        sa.Column("detail", TEXTS, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_log"),
        sqlite_autoincrement=True,
    )


def _add_documents() -> None:
    """Documents that are being written, and the releases made of them."""
    op.create_table(
        "drafts",
        sa.Column("draft_id", TEXTS, nullable=False),
        sa.Column("name", TEXTS, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("base", TEXTS, nullable=False, server_default=""),
        sa.Column("created_at", TEXTS, nullable=False),
        sa.Column("updated_at", TEXTS, nullable=False),
        sa.Column("updated_by", TEXTS, nullable=False),
        sa.PrimaryKeyConstraint("draft_id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_name", "drafts", ["name"])
    op.create_table(
        "draft_revisions",
        sa.Column("draft_id", TEXTS, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("files", sa.LargeBinary, nullable=False),
        sa.Column("at", TEXTS, nullable=False),
        sa.Column("who", TEXTS, nullable=False),
        sa.Column("note", TEXTS, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("draft_id", "version", name="pk_draft_revisions"),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.draft_id"], name="fk_draft_revisions_draft"),
    )
    op.create_table(
        "release_steps",
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("document", TEXTS, nullable=False),
        sa.Column("digest", TEXTS, nullable=False),
        sa.Column("move", TEXTS, nullable=False),
        sa.Column("at", TEXTS, nullable=False),
        sa.Column("who", TEXTS, nullable=False),
        sa.Column("note", TEXTS, nullable=False, server_default=""),
        sa.Column("before", TEXTS, nullable=False, server_default=""),
        sa.Column("folder", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("hash", TEXTS, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_release_steps"),
    )
    op.create_index("ix_release_steps_document", "release_steps", ["document", "seq"])


def _add_proof() -> None:
    """What is signed and what is counted."""
    op.create_table(
        "checkpoints",
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", TEXTS, nullable=False),
        sa.Column("body", TEXTS, nullable=False),
        sa.Column("key", TEXTS, nullable=False),
        sa.Column("signature", TEXTS, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_checkpoints"),
    )
    op.create_table(
        "checkpoint_heads",
        sa.Column("case_id", TEXTS, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("hash", TEXTS, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_checkpoint_heads"),
        sa.ForeignKeyConstraint(["seq"], ["checkpoints.seq"], name="fk_checkpoint_heads_checkpoint"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_checkpoint_heads_seq", "checkpoint_heads", ["seq", "case_id"])
    op.create_table(
        "tallies",
        sa.Column("release", TEXTS, nullable=False),
        sa.Column("kind", TEXTS, nullable=False),
        sa.Column("label", TEXTS, nullable=False),
        sa.Column("day", TEXTS, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("release", "kind", "label", "day", name="pk_tallies"),
    )
    op.create_table(
        "buckets",
        sa.Column("name", TEXTS, nullable=False),
        sa.Column("remaining", sa.Float(53), nullable=False),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_buckets"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tallied",
        sa.Column("case_id", TEXTS, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("place", TEXTS, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("case_id", name="pk_tallied"),
    )


def _add_waiting() -> None:
    """Since when a case waits for a human: of those that wait already, since they were last moved on."""
    op.add_column("cases", sa.Column("waiting_since", TEXTS))
    op.execute("UPDATE cases SET waiting_since = updated_at WHERE status = 'handed_off' AND human = ''")
    waiting = sa.text("waiting_since IS NOT NULL")
    op.create_index("ix_cases_waiting", "cases", ["waiting_since"], sqlite_where=waiting, postgresql_where=waiting)
