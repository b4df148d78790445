"""Brings a store's tables up to date; alone in importing Alembic.

Alembic takes longer to import than a store to open: this module is imported only when there is work for it.
"""

from __future__ import annotations

from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

SCRIPTS: Final = "bythebook.adapters:migrations"
"""Where the migrations are, as a resource of the package: wherever that is installed."""


def migration_config(connection: object = None) -> Config:
    """Return Alembic's settings, with the (SQLAlchemy) connection to work on; no file of settings is read."""
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def about(revision: str) -> str:
    """Return what a revision of the schema does, in a line."""
    script = ScriptDirectory.from_config(migration_config()).get_revision(revision)
    return script.doc.rstrip(".") if script.doc else ""


def upgrade(connection: object) -> None:
    """Bring the tables to the newest revision; the caller holds the transaction and commits it."""
    command.upgrade(migration_config(connection), "head")
