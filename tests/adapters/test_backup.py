"""Backups are whole whatever happens meanwhile, go back into either kind of database, and write over nothing."""

from __future__ import annotations

import resource
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import insert
from tests.postgres import fresh_database, kinds
from tests.schema_dumps import MASTER_KEY, load_sqlite

from bythebook.adapters import backup
from bythebook.adapters.backup import back_up, put_back
from bythebook.adapters.master_keys import read_master_keys
from bythebook.adapters.postgres_store import PostgresStore
from bythebook.adapters.schema import SchemaTooNew, audit_log
from bythebook.adapters.schema_look import is_postgres
from bythebook.adapters.sql_reads import SqlReads
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.engine.event import CaseOpened, CustomerSaid
from bythebook.engine.evolve import replay
from bythebook.engine.state import Status
from bythebook.service.ports import Append, CaseStore, CaseSummary, StoreUnavailable

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
MASTERS = read_master_keys(MASTER_KEY)
POSTGRES = [pytest.param(kind, marks=pytest.mark.slow) for kind in kinds()]


def store_of(database: str) -> CaseStore:
    if is_postgres(database):
        return PostgresStore(database, masters=MASTERS)
    return SqliteStore(Path(database), masters=MASTERS)


def database_of(kind: str, folder: Path, name: str = "cases") -> str:
    return str(folder / f"{name}.db") if kind == "sqlite" else fresh_database(kind)


def row(case_id: str, version: int) -> CaseSummary:
    return CaseSummary(case_id, "baa", "d" * 64, Status.OPEN, version, NOW, NOW, True, None, "2", "", "")


def opening(case_id: str) -> Append:
    return Append(row(case_id, 1), 0, (CaseOpened(NOW, case_id, "baa", "d" * 64),), "d" * 64)


def saying(case_id: str, after: int, log: tuple[object, ...] = ()) -> Append:
    said = CustomerSaid(NOW, f"m{after}", f"message {after} “ü” \N{GRINNING FACE}")
    return Append(row(case_id, after + 1), after, (said,), state=replay((*log, said)) if log else None)  # type: ignore[arg-type]


def filled(database: str, cases: int = 20) -> CaseStore:
    """A store with some cases, one with a snapshot, and a release."""
    store = store_of(database)
    store.keep_release("d" * 64, [("document.md", b"\x00text\xff"), ("phrases.toml", b"")])
    for number in range(cases):
        store.append(opening(f"c{number}"))
        store.append(saying(f"c{number}", 1))
    store.append(saying("c0", 2, tuple(store.load("c0"))))
    for _ in range(3):
        noted(store)
    return store


def noted(store: CaseStore) -> int:
    """Add a line to the audit log; return its number."""
    assert isinstance(store, SqlReads)
    note = {"at": "2026-01-05", "who": "Ann", "what": "signed-in", "about": "Ann"}
    return store.write(lambda connection: connection.execute(insert(audit_log), note).inserted_primary_key[0])


def same(one: CaseStore, other: CaseStore) -> None:
    """See that two stores hold the same."""
    rows = one.summaries(limit=10_000)
    assert rows == other.summaries(limit=10_000)
    for found in rows:
        assert one.load(found.case_id) == other.load(found.case_id)
        assert one.token_digest(found.case_id) == other.token_digest(found.case_id)
        assert other.verify(found.case_id) is None
        assert one.recall(found.case_id) == other.recall(found.case_id)
        assert one.message_version(found.case_id, "m1") == other.message_version(found.case_id, "m1") == 2
    assert one.release_files("d" * 64) == other.release_files("d" * 64)
    assert list(one.owing()) == list(other.owing())


WAYS = [
    ("sqlite", False, "sqlite", "SQLite's online backup"),
    *((kind, True, "sqlite", "portable export") for kind in kinds()),
    *((kind, True, kind, "portable export") for kind in kinds()),
    *(("sqlite", False, kind, "SQLite's online backup") for kind in kinds()),
    *(("debian15", False, kind, "pg_dump") for kind in kinds() if kind == "debian15"),
]


@pytest.mark.parametrize(
    ("origin", "portable", "target", "how"),
    [pytest.param(*way, marks=[] if way[0] == way[2] == "sqlite" else pytest.mark.slow) for way in WAYS],
)
def test_what_was_backed_up_is_put_back(tmp_path: Path, origin: str, portable: bool, target: str, how: str) -> None:
    database, other = database_of(origin, tmp_path), database_of(target, tmp_path, "other")
    with closing(filled(database)) as store:
        done = back_up(database, tmp_path / "backup", portable=portable)
        assert (done.how, done.size) == (how, (tmp_path / "backup").stat().st_size)
        assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o600
        put_back(tmp_path / "backup", other)
        with closing(store_of(other)) as again:
            same(store, again)
            again.append(saying("c1", 2))
            assert again.verify("c1") is None
            assert noted(again) == 4
    assert {path.name for path in tmp_path.iterdir()} <= {"backup", "cases.db", "other.db"}


@pytest.mark.slow
@pytest.mark.skipif("wheel" not in kinds(), reason="needs a server newer than pg_dump")
def test_a_server_newer_than_pg_dump_is_exported(tmp_path: Path) -> None:
    database = fresh_database("wheel")
    filled(database).close()
    told: list[str] = []
    assert back_up(database, tmp_path / "backup", progress=told.append).how == "portable export"
    assert "older than the server" in told[0]


@pytest.fixture(params=["sqlite", *POSTGRES])
def under_load(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, CaseStore, threading.Event]]:
    """A database to which four threads write until the event is set."""
    database = database_of(request.param, tmp_path)
    store, stop = filled(database, cases=4), threading.Event()

    def write(case_id: str) -> None:
        version = store.summary(case_id).version
        while not stop.is_set():
            store.append(saying(case_id, version))
            version += 1

    threads = [threading.Thread(target=write, args=(f"c{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    yield database, store, stop
    stop.set()
    for thread in threads:
        thread.join()
    store.close()


@pytest.mark.parametrize("portable", [False, True])
def test_a_backup_under_load_is_a_moment_of_every_case(
    under_load: tuple[str, CaseStore, threading.Event], tmp_path: Path, portable: bool
) -> None:
    database, store, stop = under_load
    before = {found.case_id: found.version for found in store.summaries()}
    while any(store.summary(case_id).version < version + 20 for case_id, version in before.items()):
        pass
    middle = {found.case_id: found.version for found in store.summaries()}
    done = back_up(database, tmp_path / "backup", portable=portable)
    while all(store.summary(case_id).version < version + 40 for case_id, version in middle.items()):
        pass
    stop.set()
    other = fresh_database(kinds()[0]) if done.how == "pg_dump" else str(tmp_path / "other.db")
    put_back(tmp_path / "backup", other)
    with closing(store_of(other)) as again:
        assert {found.case_id for found in again.summaries()} == before.keys()
        for case_id, version in middle.items():
            kept = again.load(case_id)
            assert len(kept) >= version, "what was there when the backup began is in it"
            assert tuple(kept) == tuple(store.load(case_id))[: len(kept)]
            assert again.verify(case_id) is None
            assert again.summary(case_id).version == len(kept)


# ---------------------------------------------------------------- an older, a newer, another


def test_a_backup_of_an_older_schema_is_put_back_and_brought_up_to_date(tmp_path: Path) -> None:
    load_sqlite(tmp_path / "old.db", "0001")
    back_up(str(tmp_path / "old.db"), tmp_path / "backup")
    put_back(tmp_path / "backup", str(tmp_path / "new.db"))
    with closing(store_of(str(tmp_path / "new.db"))) as store:
        assert len(store.summaries()) == 4 and store.verify("case-1") is None


@pytest.mark.slow
def test_a_backup_of_an_older_schema_goes_into_postgresql(tmp_path: Path) -> None:
    load_sqlite(tmp_path / "old.db", "0001")
    back_up(str(tmp_path / "old.db"), tmp_path / "backup")
    url = fresh_database(kinds()[0])
    put_back(tmp_path / "backup", url)
    with closing(store_of(url)) as store:
        assert len(store.summaries()) == 4 and store.verify("case-1") is None


def test_a_newer_backup_is_refused(tmp_path: Path) -> None:
    filled(str(tmp_path / "cases.db")).close()
    with closing(sqlite3.connect(tmp_path / "cases.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaTooNew):
        back_up(str(tmp_path / "cases.db"), tmp_path / "backup")
    with pytest.raises(SchemaTooNew):
        put_back(tmp_path / "cases.db", str(tmp_path / "other.db"))
    assert not (tmp_path / "other.db").exists()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    database = str(tmp_path / "cases.db")
    filled(database).close()
    (tmp_path / "backup").write_text("mine")
    with pytest.raises(StoreUnavailable, match="is there already"):
        back_up(database, tmp_path / "backup")
    assert (tmp_path / "backup").read_text() == "mine"
    back_up(database, tmp_path / "second")
    with pytest.raises(StoreUnavailable, match="is not empty"):
        put_back(tmp_path / "second", database)
    (tmp_path / "third.part").touch()
    with pytest.raises(StoreUnavailable, match="broken off"):
        back_up(database, tmp_path / "third")


@pytest.mark.parametrize("content", [b"", b"Dear support team", b"SQLite format 3\0 and nothing more"])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(StoreUnavailable):
        put_back(tmp_path / "file", str(tmp_path / "cases.db"))
    with pytest.raises(StoreUnavailable, match="cannot be read"):
        put_back(tmp_path / "nowhere", str(tmp_path / "cases.db"))
    assert {path.name for path in tmp_path.iterdir()} == {"file"}


def test_of_nothing_there_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="no cases yet"):
        back_up(str(tmp_path / "cases.db"), tmp_path / "backup")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_is_said_and_no_backup_is_left(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    filled(str(path), cases=300).close()
    content = bytearray(path.read_bytes())
    for page in range(8, len(content) // 4096 - 1):
        content[page * 4096 : page * 4096 + 200] = b"\xee" * 200
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable, match="damaged"):
        back_up(str(path), tmp_path / "backup")
    assert {found.name for found in tmp_path.iterdir()} <= {"cases.db", "cases.db-wal", "cases.db-shm"}


LIMITED = """
import resource, signal, sys
from pathlib import Path
from bythebook.adapters.backup import back_up, put_back
from bythebook.service.ports import StoreUnavailable
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
work = {
    "back_up": lambda: back_up(sys.argv[2], Path(sys.argv[3])),
    "put_back": lambda: put_back(Path(sys.argv[2]), sys.argv[3]),
}
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    work[sys.argv[1]]()
except StoreUnavailable as error:
    print(error)
"""


@pytest.mark.parametrize("work", ["back_up", "put_back"])
def test_a_full_disk_is_said_and_nothing_is_left(tmp_path: Path, work: str) -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    filled(str(tmp_path / "cases.db"), cases=600).close()
    target = tmp_path / "small" / "target"
    target.parent.mkdir()
    command = [sys.executable, "-c", LIMITED, work, str(tmp_path / "cases.db"), str(target)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "target" in told and ("full" in told or "check the disk" in told), told
    assert list(target.parent.iterdir()) == []
    with closing(store_of(str(tmp_path / "cases.db"))) as store:
        assert store.verify("c1") is None


@pytest.mark.slow
def test_a_backup_of_pg_dump_goes_into_postgresql_only(tmp_path: Path) -> None:
    if "debian15" not in kinds():
        pytest.skip("needs pg_dump and its server")
    database = fresh_database("debian15")
    filled(database).close()
    back_up(database, tmp_path / "backup")
    with pytest.raises(StoreUnavailable, match="--portable"):
        put_back(tmp_path / "backup", str(tmp_path / "cases.db"))


@pytest.mark.slow
def test_a_restore_that_breaks_off_leaves_the_database_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(str(tmp_path / "cases.db")).close()
    url = fresh_database(kinds()[0])
    copied = backup._copy_rows

    def broken(*given: object) -> None:
        if given[2] == "messages":
            raise KeyboardInterrupt
        copied(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(backup, "_copy_rows", broken)
        put_back(tmp_path / "cases.db", url)
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert found == (0,)
    put_back(tmp_path / "cases.db", url)


def test_a_password_is_not_on_the_command_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "pg_dump"
    program.write_text('#!/bin/sh\necho "given $* with $PGPASSWORD" >&2\nexit 1\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(StoreUnavailable, match=r"pg_dump failed: given .* with s3cret") as failed:
        backup._run("pg_dump", "postgresql://ann:s3cret@db.example/cases", "--file", tmp_path)
    arguments = str(failed.value).partition(" with ")[0]
    assert "ann@db.example/cases" in arguments and "s3cret" not in arguments


def test_rows_of_a_store_are_those_of_the_backup(tmp_path: Path) -> None:
    """The comparison that these tests rest on sees a difference."""
    with closing(filled(str(tmp_path / "a.db"))) as one, closing(filled(str(tmp_path / "b.db"))) as other:
        same(one, other)
        other.append(saying("c3", 2))
        with pytest.raises(AssertionError):
            same(one, other)
        assert replace(one.summary("c3"), version=3) == other.summary("c3")
