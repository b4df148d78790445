"""Databases of every schema there ever was, with cases in them, as text: tests/adapters/dumps.

`python -m tests.schema_dumps REVISION` writes them: for the newest schema, before a newer one is added.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import psycopg
from alembic import command
from sqlalchemy import (
    URL,
    Boolean,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    Table,
    Text,
    create_engine,
    inspect,
    make_url,
)

from bythebook.adapters import schema
from bythebook.adapters.master_keys import read_master_keys
from bythebook.adapters.migrate import migration_config
from bythebook.adapters.schema import APPLICATION_ID, REVISIONS, metadata
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import build_rehearsal
from bythebook.settings import Settings
from tests.postgres import fresh_database, kinds

FOLDER: Final = Path(__file__).parent / "adapters" / "dumps"
MASTER_KEY: Final = "c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBtb3JlISE="
"""Opens the sealed cases in the dumps, and nothing else."""

SEALED_SINCE: Final = "0002"
HOUSE_SINCE: Final = "0005"
"""Since when there are tables for the people of the house and what they do."""

HOUSE: Final = (
    schema.people, schema.sign_ins, schema.invitations, schema.api_keys, schema.audit_log, schema.drafts,
    schema.draft_revisions, schema.release_steps, schema.checkpoints, schema.checkpoint_heads, schema.tallies,
    schema.tallied,
)  # fmt: skip
VALUES: Final = {Text: "ann", Integer: 1, Boolean: True, LargeBinary: b"\x00\xff"}
"""What stands in each column of the one row that each table of the house has in the dumps."""

TALKS: Final = (
    ({"say": "hi"}, {"say": "the API"}, {"say": "no"}),
    ({"say": "ChatGPT Enterprise, said Zebulon"},),
    ({"say": "a person please"}, {"human": "take"}, {"human": "say", "text": "Ann here."}),
    ({"say": "hi"},),
)
STATUSES: Final = ("resolved", "open", "handed_off", "open")


def dump_of(kind: str, revision: str) -> Path:
    """Return where the dump of a schema is kept, for `sqlite` or `postgres`."""
    return FOLDER / f"{revision}.{kind}.sql"


def load_sqlite(path: Path, revision: str) -> None:
    """Make a SQLite file of a dump."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump_of("sqlite", revision).read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def load_postgres(url: str, revision: str) -> None:
    """Fill an empty PostgreSQL database with a dump."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(dump_of("postgres", revision).read_bytes())


def make(revision: str) -> None:
    """Write the dumps of a schema."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.db"
        _talk(source, sealed=REVISIONS.index(revision) >= REVISIONS.index(SEALED_SINCE))
        if REVISIONS.index(revision) >= REVISIONS.index(HOUSE_SINCE):
            _furnish(source)
        target = Path(folder) / "target.db"
        _copy(source, create_engine(URL.create("sqlite", database=str(target))), revision)
        with closing(sqlite3.connect(target)) as connection:
            _write(dump_of("sqlite", revision), connection.iterdump())
        url = fresh_database(kinds()[0])
        _copy(source, create_engine(make_url(url).set(drivername="postgresql+psycopg")), revision)
        dumped = subprocess.run(
            ["pg_dump", "--inserts", "--no-owner", "--no-privileges", url], check=True, capture_output=True, text=True
        )
        lines = (line for line in dumped.stdout.splitlines() if line and not line.startswith(("--", "\\")))
        _write(dump_of("postgres", revision), lines)


def _talk(path: Path, *, sealed: bool) -> None:
    for masters, talks in ((None, TALKS), *([(read_master_keys(MASTER_KEY), TALKS)] if sealed else [])):
        store = SqliteStore(path, masters=masters)
        rehearsal = build_rehearsal(replace(Settings(), reader="lexicon"), store=store)
        for _ in range(len(store.summaries())):
            rehearsal.runner.identities.case_id()
        for talk in talks:
            for one in ({"new": True}, *talk):
                assert "error" not in rehearsal.do(one), one
        store.close()


def row_of_house(table: Table) -> dict[str, Any]:
    """Return the row that a table of the house has in the dumps."""
    return {column.name: VALUES[type(column.type)] for column in table.columns}


def _furnish(path: Path) -> None:
    engine = create_engine(URL.create("sqlite", database=str(path)))
    with engine.begin() as connection:
        for table in HOUSE:
            connection.execute(table.insert(), row_of_house(table))
    engine.dispose()


def _copy(source: Path, engine: Engine, revision: str) -> None:
    """Build the tables of a revision and fill them with what they share with today's."""
    with engine.begin() as target:
        command.upgrade(migration_config(target), revision)
        with closing(sqlite3.connect(source)) as origin:
            _fill(origin, target)
    engine.dispose()


def _fill(origin: sqlite3.Connection, target: Connection) -> None:
    there = set(inspect(target).get_table_names())
    for table in metadata.sorted_tables:
        if table.name not in there or table.name == "snapshots":
            continue
        names = [column.name for column in table.columns]
        yes_or_no = {column.name for column in table.columns if isinstance(column.type, Boolean)}
        selected = ", ".join(f'"{name}"' for name in names)
        rows = origin.execute(f"SELECT {selected} FROM {table.name} ORDER BY 1, 2").fetchall()
        if rows:
            values = [
                {name: bool(value) if name in yes_or_no else value for name, value in zip(names, row, strict=True)}
                for row in rows
            ]
            target.execute(table.insert(), values)


def _write(path: Path, lines: Iterator[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for given in sys.argv[1:]:
        make(given)
