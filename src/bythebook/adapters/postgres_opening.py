"""The way to a PostgreSQL database: its address, its connections, its tables made or brought up to date."""

from __future__ import annotations

import importlib
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from bythebook.adapters.schema import HEAD, REVISIONS, SchemaTooNew
from bythebook.service.ports import StoreUnavailable

CONNECTIONS: Final = 20
"""Connections of one process at most; PostgreSQL allows 100 in all unless told otherwise."""

CONNECT_SECONDS: Final = 5
WAIT_SECONDS: Final = 10.0
"""How long to wait for a connection of the pool."""

UPGRADE_LOCK: Final = 0x42544231
"""The advisory lock under which tables are built or brought up to date."""


def place_of(engine: Engine) -> str:
    """Return the address as it may be shown, and as it was given: without its password and our driver's name."""
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=True)


def postgres_engine(url: str, connections: int = CONNECTIONS) -> Engine:
    """Return the way to a database; raise StoreUnavailable where the address cannot be read."""
    try:
        parsed = make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        raise StoreUnavailable("the database's address cannot be read; write postgresql://USER@HOST/NAME") from error
    try:
        engine = create_engine(
            parsed,
            isolation_level="AUTOCOMMIT",
            pool_reset_on_return=None,
            pool_size=connections,
            max_overflow=0,
            pool_timeout=WAIT_SECONDS,
            pool_use_lifo=True,
            connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "bythebook"},
        )
    except ModuleNotFoundError as missing:
        raise StoreUnavailable("PostgreSQL needs an extra: pip install 'bythebook[postgres]'") from missing
    event.listen(engine, "reset", _reset)
    return engine


def _reset(connection: Any, *_: object) -> None:
    """Undo what was left begun when a connection goes back to the pool; asking costs less than undoing each time."""
    # By its name: whoever looks at a file only may have no driver for PostgreSQL.
    if connection.info.transaction_status.name != "IDLE" and not connection.closed:
        connection.rollback()


def prepare(connection: Connection, place: str) -> None:
    """Bring the tables up to date, one process at a time."""
    if _revision(connection, place) == HEAD:
        return
    connection.exec_driver_sql("BEGIN")
    try:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})
        if _revision(connection, place) != HEAD:
            importlib.import_module("bythebook.adapters.migrate").upgrade(connection)
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        roll_back(connection)
        raise


def _revision(connection: Connection, place: str) -> str | None:
    """Return the schema's revision, None where there is none yet; raise SchemaTooNew."""
    if connection.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar() is None:
        return None
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if revision is not None and revision not in REVISIONS:
        raise SchemaTooNew(place, revision)
    return revision


def roll_back(connection: Connection) -> None:
    """Undo what was begun; a connection that is gone has undone it already."""
    if not connection.invalidated:
        connection.exec_driver_sql("ROLLBACK")
