"""What only the SQLite store promises: the disk, the file's safety, and sentences that say what is wrong with it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, create_engine

from bythebook.adapters.migrate import migration_config
from bythebook.adapters.schema import APPLICATION_ID, HEAD, REVISIONS, SchemaTooNew, cases, metadata
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.engine.event import CaseOpened, CustomerSaid, Event, TurnEnded
from bythebook.engine.state import Status
from bythebook.service.ports import Append, CaseSummary, StoreUnavailable, VersionConflict

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
NOBODY = 65534
"""A user without rights, by number."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cases.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(path, busy_seconds=0.05)
    yield opened
    opened.close()


def opening(case_id: str, *events: Event) -> Append:
    all_events = (CaseOpened(NOW, case_id, "baa", "d" * 64), *events)
    version = len(all_events)
    return Append(
        CaseSummary(case_id, "baa", "d" * 64, Status.OPEN, version, NOW, NOW, True, NOW, "", "", ""), 0, all_events
    )


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def ask(path: Path, query: str) -> Any:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


# ---------------------------------------------------------------- the disk


def test_every_connection_flushes_each_commit_and_minds_its_keys(store: SqliteStore, path: Path) -> None:
    wanted = {"synchronous": 2, "foreign_keys": 1, "fullfsync": 1, "busy_timeout": 50, "journal_mode": "wal"}
    connections = [store._writer, store._engine.connect(), store._engine.connect()]
    for connection in connections:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
        assert found == wanted
    for connection in connections[1:]:
        connection.close()
    assert ask(path, "PRAGMA application_id") == [(APPLICATION_ID,)]


WRITER = """
import sys, threading
from pathlib import Path
from bythebook.adapters.sqlite_store import SqliteStore
from test_sqlite_store import opening, NOW
from bythebook.engine.event import CustomerSaid

store, out = SqliteStore(Path(sys.argv[1])), threading.Lock()

def write(thread):
    for number in range(1_000_000):
        case_id = f"{thread}.{number}"
        store.append(opening(case_id, CustomerSaid(NOW, "m1", "x" * 500)))
        with out:
            print(case_id, flush=True)

for thread in range(4):
    threading.Thread(target=write, args=(thread,), daemon=True).start()
threading.Event().wait()
"""


@pytest.mark.parametrize("kept", [1, 37, 200])
def test_what_append_returned_from_survives_a_kill(path: Path, kept: int) -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline().strip() for _ in range(kept)]
        writer.send_signal(signal.SIGKILL)
        told += [line.strip() for line in writer.stdout if line.endswith("\n")]
    store = SqliteStore(path)
    for case_id in told:
        assert len(store.load(case_id)) == 2
        assert store.message_version(case_id, "m1") == 2
    for summary in store.summaries(limit=10_000):
        assert store.verify(summary.case_id) is None
    store.append(opening("after"))
    store.close()
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]
    assert ask(path, "PRAGMA foreign_key_check") == []


def test_two_processes_may_write(path: Path) -> None:
    patient = 60.0  # SQLite's waiting is not fair: on a busy machine one writer may wait long for the other
    store, beside = SqliteStore(path, patient), SqliteStore(path, patient)
    start = threading.Barrier(2)

    def write(number: int) -> int:
        start.wait()
        won = 0
        for case in range(50):
            try:
                (store, beside)[number].append(opening(str(case)))
                won += 1
            except VersionConflict:
                pass
        return won

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(write, range(2))) == 50
    assert len(beside.summaries()) == 50
    store.close()
    beside.close()


# ---------------------------------------------------------------- tables


def test_the_migrations_build_exactly_the_tables_of_the_code(store: SqliteStore, path: Path, tmp_path: Path) -> None:
    context = MigrationContext.configure(store._writer)
    assert compare_metadata(context, metadata) == []
    built = tmp_path / "built.db"
    engine = create_engine(URL.create("sqlite", database=str(built)))
    metadata.create_all(engine)
    engine.dispose()
    query = "SELECT type, name, sql FROM sqlite_master WHERE sql > '' AND name != 'alembic_version' ORDER BY name"
    assert [_squeezed(row) for row in ask(path, query)] == [_squeezed(row) for row in ask(built, query)]


def _squeezed(row: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(" ".join((column or "").split()) for column in row)


def test_the_revisions_are_those_of_the_migrations() -> None:
    scripts = ScriptDirectory.from_config(migration_config())
    found = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(found)) == REVISIONS
    assert scripts.get_heads() == [HEAD]


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_a_store_of_every_earlier_schema_is_brought_up_to_date(path: Path, revision: str) -> None:
    engine = create_engine(URL.create("sqlite", database=str(path)))
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        command.upgrade(migration_config(connection), revision)
        connection.exec_driver_sql(
            "INSERT INTO cases (case_id, routine, release, status, version, opened_at, updated_at, owes, timer_at,"
            " step, reason, human, token_digest, head_hash)"
            " VALUES ('c', 'baa', 'd', 'open', 0, '2026-01-05T09:00:00.000000Z',"
            " '2026-01-05T09:00:00.000000Z', 0, NULL, '', '', '', 'd', 'x')"
        )
    engine.dispose()
    store = SqliteStore(path)
    assert store.summary("c").routine == "baa"
    store.append(opening("new"))
    assert store.load("new")
    assert ask(path, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    store.close()


def test_a_case_has_a_column_for_every_field_of_its_summary() -> None:
    assert {field.name for field in fields(CaseSummary)} <= set(cases.c.keys())


@pytest.mark.parametrize(
    ("index", "ask_for"),
    [
        ("ix_cases_owing", lambda store: store.owing()),
        ("ix_cases_due", lambda store: store.due(NOW)),
        ("ix_cases_updated", lambda store: store.summaries()),
        ("ix_cases_status", lambda store: store.summaries(Status.OPEN)),
    ],
)
def test_lists_are_read_off_an_index(
    store: SqliteStore, path: Path, index: str, ask_for: Callable[[SqliteStore], object]
) -> None:
    store.append(opening("a"))
    statements: list[str] = []
    with store._engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.set_trace_callback(statements.append)
    ask_for(store)
    raw.set_trace_callback(None)
    plan = ask(path, f"EXPLAIN QUERY PLAN {statements[-1]}")
    assert index in plan[0][-1], plan


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.touch()
    SqliteStore(path).close()
    assert ask(path, "SELECT version_num FROM alembic_version") == [(HEAD,)]


def test_a_store_at_the_newest_schema_opens_without_alembic(path: Path) -> None:
    SqliteStore(path).close()
    program = (
        "import sys; from pathlib import Path; from bythebook.adapters.sqlite_store import SqliteStore; "
        "SqliteStore(Path(sys.argv[1])).close(); assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=True)


def test_several_may_open_a_new_file_at_once(path: Path) -> None:
    start = threading.Barrier(4)

    def open_it(number: int) -> None:
        start.wait()
        opened = SqliteStore(path)
        opened.append(opening(str(number)))
        opened.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(open_it, range(4)))
    store = SqliteStore(path)
    assert len(store.summaries()) == 4
    store.close()


# ---------------------------------------------------------------- trouble


def test_a_newer_schema_is_left_alone(path: Path) -> None:
    SqliteStore(path).close()
    run(path, "UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(SchemaTooNew, match=r"cases\.db was written by a newer By the Book.*9999.*Upgrade"):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_left_alone(path: Path) -> None:
    run(path, "CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match="the database of another program"):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(path: Path) -> None:
    path.write_bytes(b"Dear support team,\n" * 100)
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match="is not a SQLite database"):
        SqliteStore(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("where", ["missing/cases.db", "."])
def test_a_path_that_cannot_be_opened_is_said(tmp_path: Path, where: str) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be opened; its folder must exist"):
        SqliteStore(tmp_path / where)


READ_ONLY = """
import os, sys
from pathlib import Path
import bythebook.adapters.migrate
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.service.ports import StoreUnavailable
if os.geteuid() == 0:
    os.seteuid(int(sys.argv[2]))
try:
    SqliteStore(Path(sys.argv[1]))
except StoreUnavailable as error:
    print(error)
"""


@pytest.mark.parametrize("exists", [False, True])
def test_a_folder_that_cannot_be_written_to_is_said(exists: bool) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        path = folder / "cases.db"
        if exists:
            SqliteStore(path).close()
            path.chmod(0o444)
        folder.chmod(0o555)
        command = [sys.executable, "-c", READ_ONLY, str(path), str(NOBODY)]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)
    assert told.startswith(str(path))
    assert "folder" in told


def test_a_locked_file_is_said_and_nothing_is_stored(store: SqliteStore, path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="is locked by another program"):
            store.append(opening("a"))
        assert store.summaries() == ()
    store.append(opening("a"))
    assert len(store.summaries()) == 1


def test_a_full_disk_is_said_and_nothing_is_stored(store: SqliteStore) -> None:
    store.append(opening("a"))
    pages = store._writer.exec_driver_sql("PRAGMA page_count").scalar()
    store._writer.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    large = CustomerSaid(NOW, "m1", "x" * 100_000)
    with pytest.raises(StoreUnavailable, match="the disk or the quota is full"):
        store.append(opening("b"), opening("c", large))
    assert [summary.case_id for summary in store.summaries()] == ["a"]
    store._writer.exec_driver_sql("PRAGMA max_page_count = 1000000")
    store.append(opening("b"), opening("c", large))
    assert store.verify("c") is None


def test_a_full_disk_fails_all_that_were_written_together(store: SqliteStore) -> None:
    store.append(opening("a"))
    pages = store._writer.exec_driver_sql("PRAGMA page_count").scalar()
    store._writer.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def write(number: int) -> bool:
        try:
            store.append(opening(str(number), CustomerSaid(NOW, "m1", "x" * (100_000 if number == 3 else 1))))
        except StoreUnavailable as error:
            assert "full" in str(error)
            return False
        return True

    store._group.lock.acquire()
    with ThreadPoolExecutor(6) as pool:
        outcomes = pool.map(write, range(6))
        while len(store._group._waiting) < 6:
            pass
        store._group.lock.release()
        assert list(outcomes) == [False] * 6
    assert [summary.case_id for summary in store.summaries()] == ["a"]


def test_those_that_wait_are_written_together_and_refused_alone(store: SqliteStore, path: Path) -> None:
    commits: list[str] = []
    raw: Any = store._writer.connection.driver_connection
    raw.set_trace_callback(lambda statement: commits.append(statement) if statement == "COMMIT" else None)

    def write(number: int) -> bool:
        try:
            store.append(opening(str(number // 2)))
        except VersionConflict:
            return False
        return True

    store._group.lock.acquire()
    with ThreadPoolExecutor(8) as pool:
        outcomes = pool.map(write, range(8))
        while len(store._group._waiting) < 8:
            pass
        store._group.lock.release()
        assert sum(outcomes) == 4
    raw.set_trace_callback(None)
    assert commits == ["COMMIT"]
    assert [store.verify(str(number)) for number in range(4)] == [None] * 4


def test_a_closed_store_says_so(path: Path) -> None:
    store = SqliteStore(path)
    store.close()
    store.close()
    for use in (lambda: store.append(opening("a")), store.owing, lambda: store.keep_release("d", [])):
        with pytest.raises(StoreUnavailable, match="was closed"):
            use()
    assert not path.with_name("cases.db-wal").exists()


def test_an_event_that_stands_there_already_is_trouble_not_a_crash(store: SqliteStore, path: Path) -> None:
    store.append(opening("a", TurnEnded()))
    run(path, "UPDATE cases SET version = 1")
    late = opening("a", TurnEnded())
    with pytest.raises(StoreUnavailable, match="could not be used: UNIQUE"):
        store.append(Append(late.summary, 1, late.events[1:]))
    assert store.verify("a") == 2
