"""Cases in one SQLite file: what `append` returned from survives a kill and a power cut.

SQLite takes one writer at a time, so all writes go through one connection. Whoever gets it first writes for
all that wait, in one transaction with a savepoint each: under load many appends share one flush to the disk.
"""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    delete,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from bythebook.adapters.group_commit import GroupCommit
from bythebook.adapters.schema import (
    APPLICATION_ID,
    HEAD,
    REVISIONS,
    SchemaTooNew,
    case_keys,
    releases,
    snapshots,
)
from bythebook.adapters.sql_reads import Answer, SqlReads, kept_key
from bythebook.adapters.sql_rows import Prepared
from bythebook.adapters.sqlite_appends import append, append_all
from bythebook.adapters.sqlite_troubles import trouble_with
from bythebook.adapters.vault import Vault, WrappedKey
from bythebook.service.ports import Append, MasterKeys, StoreUnavailable

BUSY_SECONDS: Final = 5.0
"""How long to wait for another process that writes to the same file."""

READERS: Final = 15
"""Connections for reading; the writer has its own."""

JOURNAL_ATTEMPTS: Final = 20
"""How often to ask for the write-ahead log while others open the same new file."""

PRAGMAS: Final = ("synchronous = FULL", "fullfsync = ON", "foreign_keys = ON", "secure_delete = ON")

TROUBLE: Final = (OperationalError, sqlite3.OperationalError)
"""Trouble with the file, as the toolkit and as the driver tell of it."""

Work: TypeAlias = Callable[[Connection], None]


class SqliteStore(SqlReads):
    """A `CaseStore` in one file. Safe to use from several threads and beside other processes."""

    def __init__(self, path: Path, busy_seconds: float = BUSY_SECONDS, masters: MasterKeys | None = None) -> None:
        """Open the file, make it if it is not there, bring its tables up to date; with master keys, seal new cases.

        Raises StoreUnavailable when it cannot be used, SchemaTooNew when a newer program wrote it.
        """
        self._path: Final = path
        self._closed = False
        self._vault = Vault(masters)
        self._engine: Final = _engine(path, busy_seconds)
        with self._troubles():
            self._writer: Final = _writer(self._engine, path)
        self._file: Final = _identity(path)
        self._group: Final[GroupCommit[Work]] = GroupCommit(self._commit)

    def append(self, *appends: Append) -> None:
        work = [self._prepared(append) for append in appends]
        self._write(partial(self._append_and_hand_over, work, appends))
        self._remember(work)

    def _append_and_hand_over(self, work: list[Prepared], appends: Sequence[Append], writer: Connection) -> None:
        append_all(work, _raw(writer))
        if any(append.works for append in appends):
            self.hand_over(writer, appends)

    def erase(self, append: Append) -> None:
        work = self._sealed(append)
        self._write(partial(_erase, work))
        self._vault.forget(append.summary.case_id)

    def scrub(self) -> None:
        with self._group.lock, self._troubles():
            # What a key was overwritten with is in the write-ahead log: have it written over the old page too.
            self._writer.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def rewrap(self, case_id: str) -> None:
        """Wrap the key of a case with the current master key; raise StoreUnavailable."""
        with self._reading() as connection:
            kept = kept_key(connection, case_id)
        if kept is not None and kept.wrapped is not None:
            self._write(partial(_keep_key, case_id, kept, self._rewrapped(case_id, kept)))

    def keep_release(self, digest: str, files: Sequence[tuple[str, bytes]]) -> None:
        self._write(partial(_keep_release, digest, files))

    def try_writing(self) -> None:
        """Write and take it back; raise StoreUnavailable."""
        with self._group.lock, self._troubles():
            self._writer.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                self._writer.execute(insert(releases), {"digest": "", "path": "", "content": b""})
            finally:
                self._writer.exec_driver_sql("ROLLBACK")

    def close(self) -> None:
        """Wait for the running write, then let go of the file. A second time changes nothing."""
        with self._group.lock:
            self._closed = True
            self._writer.close()
            self._engine.dispose()

    def write(self, work: Callable[[Connection], Answer]) -> Answer:
        answers: list[Answer] = []
        self._write(lambda writer: answers.append(work(writer)))
        return answers[0]

    def _write(self, work: Work) -> None:
        with self._troubles():
            self._group.run(work)

    def _commit(self, works: Sequence[Work]) -> Sequence[Exception | None]:
        """Write all in one transaction: what is refused is undone alone, trouble with the file undoes all."""
        self._in_place()
        with self._troubles():
            if len(works) == 1:
                return [_alone(self._writer, works[0])]
            with _transaction(self._writer):
                return [_apart(self._writer, work) for work in works]

    def _in_place(self) -> None:
        """Raise StoreUnavailable where the file was moved, removed or replaced: what is written would be lost."""
        try:
            found = _identity(self._path)
        except OSError:
            found = None
        if found != self._file:
            raise StoreUnavailable(
                f"{self._path} was moved, removed or replaced while it was in use; put the file back, or start again"
            )

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._troubles(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        """Turn what the database complains of into a sentence about the file."""
        if self._closed:
            raise StoreUnavailable(f"{self._path} was closed")
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            origin = error.orig if isinstance(error, DBAPIError) else None
            raise StoreUnavailable(trouble_with(self._path, origin or error)) from error


def _engine(path: Path, busy_seconds: float) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        isolation_level="AUTOCOMMIT",
        connect_args={"timeout": busy_seconds, "check_same_thread": False},
        pool_size=READERS + 1,
        max_overflow=0,
    )

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _: object) -> None:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _writer(engine: Engine, path: Path) -> Connection:
    """Return the connection for all writes, with the tables up to date; let go of the file on failure."""
    try:
        writer = engine.connect()
        try:
            _prepare(writer, path)
        except BaseException:
            writer.close()
            raise
    except BaseException:
        engine.dispose()
        raise
    return writer


def _prepare(writer: Connection, path: Path) -> None:
    """Check whose file it is, and bring its tables up to date."""
    # In this order: tables and mark come in one commit, perhaps of another process, perhaps just now.
    holds = writer.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
    mark = writer.exec_driver_sql("PRAGMA application_id").scalar()
    if mark != APPLICATION_ID and (mark or holds):
        raise StoreUnavailable(f"{path} is the database of another program; give the path of another file")
    revision = writer.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if holds else None
    if revision is not None and revision not in REVISIONS:
        raise SchemaTooNew(str(path), revision)
    _set_journal(writer)
    if revision == HEAD:
        return
    with _transaction(writer):
        writer.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        importlib.import_module("bythebook.adapters.migrate").upgrade(writer)


def _set_journal(writer: Connection) -> None:
    """Have the file keep a write-ahead log: readers and the writer do not wait for each other.

    SQLite does not wait for others here, so when several open a new file at once, this does.
    """
    for _ in range(JOURNAL_ATTEMPTS - 1):
        with suppress(OperationalError):
            writer.exec_driver_sql("PRAGMA journal_mode = WAL")
            return
        with _transaction(writer):
            pass
    writer.exec_driver_sql("PRAGMA journal_mode = WAL")


@contextmanager
def _transaction(writer: Connection) -> Iterator[None]:
    """Take the file for writing now; to wait for it later, with something read already, may fail."""
    driver = _raw(writer)
    driver.execute("BEGIN IMMEDIATE")
    try:
        yield
        driver.execute("COMMIT")
    except BaseException:
        # SQLite has rolled back by itself after some errors (full, input/output), not after others.
        if driver.in_transaction:
            driver.execute("ROLLBACK")
        raise


def _alone(writer: Connection, work: Work) -> Exception | None:
    """Do the work in a transaction of its own; return what undid it, or None. Trouble with the file is raised."""
    try:
        with _transaction(writer):
            work(writer)
    except TROUBLE:
        raise
    except Exception as error:
        return error
    return None


def _apart(writer: Connection, work: Work) -> Exception | None:
    """Do the work under a savepoint; return what undid it, or None. Trouble with the file is raised."""
    driver = _raw(writer)
    driver.execute("SAVEPOINT apart")
    refusal: Exception | None = None
    try:
        work(writer)
    except TROUBLE:
        raise
    except Exception as error:
        driver.execute("ROLLBACK TO apart")
        refusal = error
    driver.execute("RELEASE apart")
    return refusal


def _identity(path: Path) -> tuple[int, int]:
    """Return what tells a file from another one of its name."""
    found = path.stat()
    return found.st_dev, found.st_ino


def _raw(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def _erase(work: Prepared, writer: Connection) -> None:
    append(work, _raw(writer))
    this = case_keys.c.case_id == work.append.summary.case_id
    writer.execute(update(case_keys).where(this).values(wrapped=None))
    writer.execute(delete(snapshots).where(snapshots.c.case_id == work.append.summary.case_id))


def _keep_key(case_id: str, before: WrappedKey, after: WrappedKey, writer: Connection) -> None:
    this = (case_keys.c.case_id == case_id) & (case_keys.c.wrapped == before.wrapped)
    writer.execute(update(case_keys).where(this).values(master=after.master, wrapped=after.wrapped))


def _keep_release(digest: str, files: Sequence[tuple[str, bytes]], writer: Connection) -> None:
    kept = writer.execute(select(releases.c.digest).where(releases.c.digest == digest).limit(1)).first()
    if kept is None and files:
        writer.execute(
            insert(releases),
            [{"digest": digest, "path": path, "content": content} for path, content in files],
        )
