"""Backups: the whole database as one file, taken while cases go on, and put back into an empty one.

Of SQLite the file is a copy made by its online backup. Of PostgreSQL it is what `pg_dump` writes, or, where that is
not there or too old, a portable one: the same tables, read in one snapshot and written as a SQLite file, from which
either kind of database can be filled.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, create_engine, func, insert, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from bythebook.adapters import migrate, sqlite_troubles
from bythebook.adapters.postgres_opening import postgres_engine
from bythebook.adapters.schema import APPLICATION_ID, SchemaTooNew, metadata
from bythebook.adapters.schema_look import SchemaLook, is_postgres, look_at, troubled
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.service.ports import StoreUnavailable

SQLITE_MARK: Final = b"SQLite format 3\0"
PG_DUMP_MARK: Final = b"PGDMP"
PRIVATE_FILE: Final = 0o600
ROWS: Final = 1_000
"""How many rows are carried at once."""

IN_PARTS: Final = {"stream_results": True, "yield_per": ROWS}

OUTDATED: Final = "server version mismatch"
"""What `pg_dump` says of a server that is newer than itself."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """What was done."""

    path: Path
    how: str
    """`SQLite's online backup`, `pg_dump` or `portable export`; the same names for putting back."""

    size: int


def back_up(database: str, target: Path, *, portable: bool = False, progress: Progress = lambda _: None) -> Copied:
    """Write a backup of a database to a new file; raise StoreUnavailable, and then there is no such file."""
    found = look_at(database)
    if found.too_new:
        raise SchemaTooNew(found.place, str(found.revision))
    if found.revision is None:
        raise StoreUnavailable(f"{found.place} holds no cases yet; there is nothing to back up")
    with _new_file(target) as part:
        how = _written(database, found, part, portable=portable, progress=progress)
    return Copied(target, how, target.stat().st_size)


def put_back(file: Path, database: str, progress: Progress = lambda _: None) -> Copied:
    """Fill an empty database from a backup, of whatever kind; raise StoreUnavailable, and then it is still empty."""
    kind = _kind_of(file)
    target = look_at(database)
    if target.revision is not None or (not is_postgres(database) and Path(database).exists()):
        raise StoreUnavailable(f"{target.place} is not empty; a backup is put back into an empty database only")
    if kind == "pg_dump":
        if not is_postgres(database):
            raise StoreUnavailable(
                f"{file} was written by pg_dump and goes into PostgreSQL only; for a SQLite file take the backup "
                "with `bythebook backup FILE --portable`"
            )
        _run("pg_restore", database, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", file)
        return Copied(file, "pg_restore", file.stat().st_size)
    found = look_at(str(file))
    if found.too_new:
        raise SchemaTooNew(str(file), str(found.revision))
    if not is_postgres(database):
        with _new_file(Path(database)) as part:
            _copy_pages(file, part)
        return Copied(file, "SQLite's online backup", file.stat().st_size)
    with _up_to_date(file, found) as current, troubled(database):
        _into_postgres(current, database, progress)
    return Copied(file, "portable export", file.stat().st_size)


# ---------------------------------------------------------------- out of a database


def _written(database: str, found: SchemaLook, part: Path, *, portable: bool, progress: Progress) -> str:
    if not is_postgres(database):
        _copy_pages(Path(database), part)
        return "SQLite's online backup"
    if not portable and shutil.which("pg_dump"):
        try:
            _run("pg_dump", database, "--format=custom", "--no-owner", "--no-privileges", "--file", part)
            return "pg_dump"
        except StoreUnavailable as error:
            if OUTDATED not in str(error):
                raise
            progress("pg_dump here is older than the server: a portable export is made")
    if found.to_do:
        raise StoreUnavailable(f"{found.place} has an older schema ({found.revision}); first: bythebook db upgrade")
    with troubled(database):
        _out_of_postgres(database, part, progress)
    return "portable export"


def _copy_pages(source: Path, target: Path) -> None:
    """Copy a SQLite file that may be in use: one reading transaction, which in its journal mode holds up nobody."""
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as origin,
            closing(sqlite3.connect(target)) as copy,
        ):
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            (state,) = copy.execute("PRAGMA quick_check(1)").fetchone()
            if state != "ok":
                raise StoreUnavailable(f"{source} is damaged ({state}); put an earlier backup in its place")
    except sqlite3.Error as error:
        full = getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR"))
        raise StoreUnavailable(sqlite_troubles.trouble_with(target if full else source, error)) from error


def _out_of_postgres(database: str, part: Path, progress: Progress) -> None:
    origin = postgres_engine(database, 1)
    copy = create_engine(URL.create("sqlite", database=str(part)))
    try:
        with origin.connect() as source, copy.begin() as target:
            source.exec_driver_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            migrate.upgrade(target)
            target.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            for table in metadata.sorted_tables:
                done = 0
                rows = source.execute(select(table), execution_options=IN_PARTS)
                for some in rows.partitions(ROWS):
                    target.execute(insert(table), [row._asdict() for row in some])
                    done += len(some)
                    progress(f"{table.name}: {done:,} rows")
            source.exec_driver_sql("ROLLBACK")
    finally:
        origin.dispose()
        copy.dispose()


# ---------------------------------------------------------------- into a database


def _into_postgres(file: Path, database: str, progress: Progress) -> None:
    origin = create_engine(URL.create("sqlite", database=str(file)))
    target = postgres_engine(database, 1)
    try:
        with origin.connect() as source, target.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                migrate.upgrade(connection)
                for table in metadata.sorted_tables:
                    _copy_rows(source, connection, table.name, progress)
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                with suppress(SQLAlchemyError):
                    connection.exec_driver_sql("ROLLBACK")
                raise
    finally:
        origin.dispose()
        target.dispose()


def _copy_rows(source: Connection, connection: Connection, name: str, progress: Progress) -> None:
    table = metadata.tables[name]
    columns = ", ".join(table.columns.keys())
    raw: Any = connection.connection.driver_connection
    done = 0
    with raw.cursor() as cursor, cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
        rows = source.execute(select(table), execution_options=IN_PARTS)
        for some in rows.partitions(ROWS):
            for row in some:
                copy.write_row(tuple(row))
            done += len(some)
            progress(f"{name}: {done:,} rows")
    number = table.autoincrement_column
    if number is not None and done:
        # Rows that came with their numbers do not move the sequence that gives the next one.
        last = select(func.setval(func.pg_get_serial_sequence(name, number.name), func.max(number)))
        connection.execute(last.select_from(table))


@contextmanager
def _up_to_date(file: Path, found: SchemaLook) -> Iterator[Path]:
    """Yield a file of today's schema: the backup itself, or a copy that is brought up to date."""
    if not found.to_do:
        yield file
        return
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        copy = Path(folder) / "copy.db"
        _copy_pages(file, copy)
        SqliteStore(copy).close()
        yield copy


# ---------------------------------------------------------------- files and programs


def _kind_of(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            beginning = opened.read(len(SQLITE_MARK))
    except OSError as error:
        raise StoreUnavailable(f"{file} cannot be read: {error.strerror}") from error
    if beginning.startswith(PG_DUMP_MARK):
        return "pg_dump"
    if beginning == SQLITE_MARK:
        return "sqlite"
    raise StoreUnavailable(f"{file} is no backup of By the Book; `bythebook backup FILE` makes one")


@contextmanager
def _new_file(target: Path) -> Iterator[Path]:
    """Yield a file to be written, which takes its name once it is whole and on the disk; else nothing is left."""
    if target.exists():
        raise StoreUnavailable(f"{target} is there already; give another name, or move it away")
    part = target.with_name(f"{target.name}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))
    except FileExistsError as error:
        raise StoreUnavailable(f"{part} is left of a backup that was broken off; remove it") from error
    except OSError as error:
        raise StoreUnavailable(f"{target} cannot be written: {error.strerror}") from error
    try:
        yield part
        with part.open("rb") as written:
            os.fsync(written.fileno())
        os.link(part, target)  # in place of a rename, which would write over a file that came meanwhile
    except FileExistsError as error:
        raise StoreUnavailable(f"{target} is there already; give another name, or move it away") from error
    except OSError as error:
        raise StoreUnavailable(f"{target} cannot be written: {error.strerror}") from error
    finally:
        for left in (part, part.with_name(f"{part.name}-journal"), part.with_name(f"{part.name}-wal")):
            left.unlink(missing_ok=True)


def _run(program: str, database: str, *arguments: object) -> None:
    """Run a program of PostgreSQL; the password goes by the environment, where other users do not see it."""
    url = make_url(database)
    environment = os.environ | ({"PGPASSWORD": url.password} if url.password else {})
    shown = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    if shutil.which(program) is None:
        raise StoreUnavailable(f"{program} is not here; install PostgreSQL's client programs")
    given = [str(argument) for argument in arguments]
    done = subprocess.run(
        [program, "--dbname", shown.render_as_string(), *given],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["it did not say why"]
        raise StoreUnavailable(f"{program} failed: {' '.join(said[:2])}")
