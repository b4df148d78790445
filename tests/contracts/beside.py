"""The stores that what is kept beside the cases stands on: SQLite, and every PostgreSQL that is here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.postgres import fresh_database, kinds

from bythebook.adapters.postgres_store import PostgresStore
from bythebook.adapters.sql_reads import SqlReads
from bythebook.adapters.sqlite_store import SqliteStore

SQL = ["sqlite", *(pytest.param(kind, marks=pytest.mark.slow) for kind in kinds())]


def opened(kind: str, folder: Path) -> Iterator[SqlReads]:
    """Yield an empty store of a kind, for a fixture."""
    store = SqliteStore(folder / "cases.db") if kind == "sqlite" else PostgresStore(fresh_database(kind))
    with closing(store):
        yield store
