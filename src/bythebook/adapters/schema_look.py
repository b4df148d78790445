"""Which schema a database has, and what an upgrade would do to it: looked at, and nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Engine, create_engine, inspect
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bythebook.adapters import postgres_troubles, sqlite_troubles
from bythebook.adapters.postgres_opening import place_of, postgres_engine
from bythebook.adapters.schema import APPLICATION_ID, HEAD, REVISIONS
from bythebook.service.ports import StoreUnavailable

POSTGRES: Final = ("postgresql://", "postgres://")
VERSION_TABLE: Final = "alembic_version"


@dataclass(frozen=True, slots=True)
class SchemaLook:
    """What was found."""

    place: str
    """The file, or the address without its password."""

    kind: str
    """`SQLite` or `PostgreSQL`, with its version."""

    revision: str | None
    """The schema's revision; None where there are no tables yet."""

    head: str = HEAD

    @property
    def too_new(self) -> bool:
        """Whether a newer program wrote it."""
        return self.revision is not None and self.revision not in REVISIONS

    @property
    def to_do(self) -> tuple[str, ...]:
        """The revisions that an upgrade goes through."""
        if self.too_new:
            return ()
        return REVISIONS if self.revision is None else REVISIONS[REVISIONS.index(self.revision) + 1 :]


def is_postgres(database: str) -> bool:
    """Whether a database is a PostgreSQL server's, and no file."""
    return database.startswith(POSTGRES)


def look_at(database: str) -> SchemaLook:
    """Look at a database; raise StoreUnavailable where it cannot be reached or is another program's."""
    if is_postgres(database):
        engine = postgres_engine(database, 1)
        found = SchemaLook(place_of(engine), "PostgreSQL", None)
        with troubled(database):
            return _found(engine, found)
    path = Path(database)
    if not path.exists():
        return SchemaLook(database, "SQLite", None)
    with troubled(database):
        return _found(create_engine(URL.create("sqlite", database=str(path))), SchemaLook(database, "SQLite", None))


@contextmanager
def troubled(database: str) -> Iterator[None]:
    """Turn what a database complains of into a sentence about it."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreUnavailable(trouble_with(database, error)) from error


def trouble_with(database: str, error: BaseException) -> str:
    """Return what a database complains of, as a sentence about it."""
    origin = (error.orig if isinstance(error, DBAPIError) else None) or error
    if is_postgres(database):
        place = place_of(postgres_engine(database, 1))
        return postgres_troubles.trouble_with(place, origin)
    return sqlite_troubles.trouble_with(Path(database), origin)


def _found(engine: Engine, empty: SchemaLook) -> SchemaLook:
    try:
        with engine.connect() as connection:
            version = ".".join(str(part) for part in engine.dialect.server_version_info or ())
            tables = inspect(connection).get_table_names()
            if engine.dialect.name == "sqlite":
                mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
                if mark != APPLICATION_ID and (mark or tables):
                    raise StoreUnavailable(f"{empty.place} is the database of another program; name another file")
            revision = None
            if VERSION_TABLE in tables:
                revision = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()
        return replace(empty, kind=f"{empty.kind} {version}".strip(), revision=revision)
    finally:
        engine.dispose()
