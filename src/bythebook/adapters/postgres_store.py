"""Cases in PostgreSQL: any number of processes on any number of hosts may write.

An append is one statement: the case's row moves from the expected version, and only where it does are the events and
message ids added. So there is one round trip, no transaction is held open, and of two writers one is refused.
"""

from __future__ import annotations

import importlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, Delete, Engine, Update, create_engine, delete, make_url, select, text, update
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError

from bythebook.adapters.chain import GENESIS, Entry, chained
from bythebook.adapters.postgres_troubles import trouble_with
from bythebook.adapters.schema import HEAD, REVISIONS, SchemaTooNew, case_keys, events, snapshots
from bythebook.adapters.sql_reads import HEAD_OF, Answer, SqlReads, kept_key
from bythebook.adapters.sql_rows import Prepared
from bythebook.adapters.vault import Vault
from bythebook.service.ports import Append, MasterKeys, MessageIdTaken, StoreUnavailable, VersionConflict

CONNECTIONS: Final = 20
"""Connections of one process at most; PostgreSQL allows 100 in all unless told otherwise."""

CONNECT_SECONDS: Final = 5
WAIT_SECONDS: Final = 10.0
"""How long to wait for a connection of the pool."""

HEADS_KEPT: Final = 10_000
"""Last hashes kept in memory: a case that this process moved on last needs no look at its row first."""

UPGRADE_LOCK: Final = 0x42544231
"""The advisory lock under which tables are built or brought up to date."""

_ROW: Final = (
    "routine", "release", "status", "version", "opened_at", "updated_at", "owes", "timer_at", "step", "reason",
    "human", "waiting_since", "head_hash", "owner",
)  # fmt: skip
_ADVANCED: Final = f"""
    UPDATE cases SET {", ".join(f"{name} = %({name})s" for name in _ROW)}
    WHERE case_id = %(case_id)s AND version = %(expected)s AND head_hash = %(expected_hash)s
    RETURNING case_id"""
_OPENED: Final = f"""
    INSERT INTO cases (case_id, token_digest, {", ".join(_ROW)})
    VALUES (%(case_id)s, %(token_digest)s, {", ".join(f"%({name})s" for name in _ROW)})
    ON CONFLICT DO NOTHING RETURNING case_id"""
_REST: Final = """
WITH moved AS ({moved}),
added AS (
    INSERT INTO events (case_id, version, kind, body, hash)
    SELECT case_id, e.* FROM moved, unnest(%(versions)s::int[], %(kinds)s::text[], %(bodies)s::text[],
                                           %(hashes)s::text[]) AS e
),
keyed AS (
    INSERT INTO case_keys (case_id, master, wrapped)
    SELECT case_id, %(master)s, %(wrapped)s FROM moved WHERE %(master)s::text IS NOT NULL
),
said AS (
    INSERT INTO messages (case_id, message_id, version)
    SELECT case_id, m.* FROM moved, unnest(%(message_ids)s::text[], %(message_versions)s::int[]) AS m
)
SELECT count(*) FROM moved"""
_SNAPSHOT: Final = """,
snapped AS (
    INSERT INTO snapshots (case_id, version, shape, body)
    SELECT case_id, %(snapshot_version)s::int, %(shape)s::text, %(snapshot)s::bytea FROM moved
    ON CONFLICT (case_id) DO UPDATE SET version = excluded.version, shape = excluded.shape, body = excluded.body
)
SELECT"""
ADVANCE: Final = _REST.format(moved=_ADVANCED)
OPEN: Final = _REST.format(moved=_OPENED)

TAKE: Final = """
UPDATE cases SET owner = %(me)s WHERE owes AND case_id IN (
    SELECT case_id FROM cases WHERE owes AND (owner = %(me)s OR NOT EXISTS (
        SELECT 1 FROM executors
        WHERE executor = cases.owner AND beat > extract(epoch FROM clock_timestamp()) - %(dead)s))
    ORDER BY updated_at, case_id LIMIT %(limit)s FOR UPDATE SKIP LOCKED)
RETURNING case_id, updated_at"""
"""What is owed and with nobody alive is with this process from now on, and with no other that asks just then."""

DEAD_SECONDS: Final = 5.0
"""After how long without a sign of life the work of a process is taken over."""

KEEP: Final = """
INSERT INTO releases (digest, path, content)
SELECT %(digest)s, f.* FROM unnest(%(paths)s::text[], %(contents)s::bytea[]) AS f
WHERE NOT EXISTS (SELECT 1 FROM releases WHERE digest = %(digest)s)
ON CONFLICT DO NOTHING"""


class PostgresStore(SqlReads):
    """A `CaseStore` in a PostgreSQL database. Safe to use from several threads, beside any other processes."""

    def __init__(self, url: str, connections: int = CONNECTIONS, masters: MasterKeys | None = None) -> None:
        """Connect, build the tables or bring them up to date; with master keys, seal new cases.

        Raises StoreUnavailable when the database cannot be used, SchemaTooNew when a newer program wrote it.
        """
        self._engine: Final = postgres_engine(url, connections)
        self._place: Final = place_of(self._engine)
        self._closed = False
        self.executor: Final = secrets.token_hex(8)
        """This process among those on the database: the work owed by the cases it moves on is with it."""

        self._vault = Vault(masters)
        self._heads: Final[OrderedDict[str, tuple[int, str]]] = OrderedDict()
        self._guard: Final = threading.Lock()
        try:
            with self._troubles(), self._engine.connect() as connection:
                _prepare(connection, self._place)
        except BaseException:
            self._engine.dispose()
            raise

    def append(self, *appends: Append) -> None:
        work = [self._prepared(append) for append in appends]
        self._stored(work)
        self._remember(work)

    def erase(self, append: Append) -> None:
        work = self._sealed(append)
        case_id = append.summary.case_id
        destroyed = update(case_keys).where(case_keys.c.case_id == case_id).values(wrapped=None)
        self._stored([work], (destroyed, delete(snapshots).where(snapshots.c.case_id == case_id)))
        self._vault.forget(case_id)

    def scrub(self) -> None:
        with self._reading() as connection:
            # Until then the row's older version, with the key, stays in the file.
            connection.exec_driver_sql("VACUUM case_keys")

    def rewrap(self, case_id: str) -> None:
        """Wrap the key of a case with the current master key; raise StoreUnavailable."""
        with self._reading() as connection:
            kept = kept_key(connection, case_id)
            if kept is not None and kept.wrapped is not None:
                after = self._rewrapped(case_id, kept)
                this = (case_keys.c.case_id == case_id) & (case_keys.c.wrapped == kept.wrapped)
                connection.execute(update(case_keys).where(this).values(master=after.master, wrapped=after.wrapped))

    def _stored(self, work: Sequence[Prepared], also: Sequence[Update | Delete] = ()) -> None:
        """Write the appends, and `also` with them, or nothing."""
        try:
            with self._troubles():
                moved = self._written(work, also)
        except StoreUnavailable:
            # The connection may have gone after the write and before its answer: the log knows.
            if not self._is_written(work):
                raise
            return
        with self._guard:
            for case_id, version, head in moved:
                self._heads[case_id] = (version, head)
                self._heads.move_to_end(case_id)
            while len(self._heads) > HEADS_KEPT:
                self._heads.popitem(last=False)

    def _written(self, work: Sequence[Prepared], also: Sequence[Update | Delete]) -> Sequence[tuple[str, int, str]]:
        with self._engine.connect() as connection:
            appends = [each.append for each in work]
            hands_over = any(append.works for append in appends)
            if len(work) == 1 and not also and not hands_over:
                return [self._move(connection, work[0])]
            connection.exec_driver_sql("BEGIN")
            try:
                moved = [self._move(connection, each) for each in work]
                for statement in also:
                    connection.execute(statement)
                if hands_over:
                    self.hand_over(connection, appends)
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                _roll_back(connection)
                raise
            return moved

    def owing(self, limit: int = 1000) -> Sequence[str]:
        values = {"me": self.executor, "dead": DEAD_SECONDS, "limit": limit}
        with self._troubles(), self._engine.connect() as connection:
            taken = connection.exec_driver_sql(TAKE, values).all()
        return [row.case_id for row in sorted(taken, key=lambda row: (row.updated_at, row.case_id))]

    def keep_release(self, digest: str, files: Sequence[tuple[str, bytes]]) -> None:
        values = {
            "digest": digest, "paths": [path for path, _ in files], "contents": [content for _, content in files],
        }  # fmt: skip
        with self._troubles(), self._engine.connect() as connection:
            connection.exec_driver_sql(KEEP, values)

    def write(self, work: Callable[[Connection], Answer]) -> Answer:
        with self._reading() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                answer = work(connection)
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                _roll_back(connection)
                raise
            return answer

    def try_writing(self) -> None:
        """Write and take it back; raise StoreUnavailable."""
        with self._reading() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                connection.exec_driver_sql("INSERT INTO releases VALUES ('', '', '')")
            finally:
                _roll_back(connection)

    def close(self) -> None:
        """Let go of the connections. A second time changes nothing."""
        self._closed = True
        self._engine.dispose()

    # ------------------------------------------------------------ one append

    def _move(self, connection: Connection, each: Prepared) -> tuple[str, int, str]:
        """Write one append and return the case with its new version and last hash; raise what refused it."""
        case_id, expected = each.append.summary.case_id, each.append.expected_version
        known = self._known_head(case_id, expected)
        head = known or self._head(connection, case_id, expected)
        entries = chained(head, case_id, expected, each.texts)
        try:
            moved = _put(connection, each, head, entries, self.executor)
        except IntegrityError as error:
            self._forget(case_id)
            raise _refusal(each, error) from error
        if not moved and known is not None:
            # The row is not where this process left it: a database put back from a backup, or altered by hand.
            self._forget(case_id)
            return self._move(connection, each)
        if not moved:
            raise VersionConflict(f"case {case_id} was moved on by somebody else")
        return case_id, each.append.summary.version, entries[-1].hash if entries else head

    def _known_head(self, case_id: str, expected: int) -> str | None:
        with self._guard:
            kept = self._heads.get(case_id)
        return kept[1] if kept is not None and kept[0] == expected else None

    def _head(self, connection: Connection, case_id: str, expected: int) -> str:
        row = connection.execute(HEAD_OF, {"id": case_id}).first() if expected else None
        found = row.version if row is not None else 0
        if found != expected:
            raise VersionConflict(f"case {case_id} is at version {found}, not {expected}")
        return str(row.head_hash) if row is not None else GENESIS

    def _forget(self, case_id: str) -> None:
        with self._guard:
            self._heads.pop(case_id, None)

    def _is_written(self, work: Sequence[Prepared]) -> bool:
        """Whether these very events are in the log; False as well where nobody can say."""
        try:
            with self._reading() as connection:
                for each in work:
                    place = (events.c.case_id == each.append.summary.case_id) & (
                        events.c.version == each.append.summary.version
                    )
                    body = connection.execute(select(events.c.body).where(place)).scalar()
                    if not each.texts or body != each.texts[-1][1]:
                        return False
        except StoreUnavailable:
            return False
        return True

    # ------------------------------------------------------------ connections

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._troubles(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        """Turn what the database complains of into a sentence about it."""
        if self._closed:
            raise StoreUnavailable(f"{self._place} was closed")
        try:
            yield
        except SQLAlchemyError as error:
            origin = error.orig if isinstance(error, DBAPIError) else None
            raise StoreUnavailable(trouble_with(self._place, origin or error)) from error


def place_of(engine: Engine) -> str:
    """Return the address as it may be shown, and as it was given: without its password and our driver's name."""
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=True)


def postgres_engine(url: str, connections: int = CONNECTIONS) -> Engine:
    """Return the way to a database; raise StoreUnavailable where the address cannot be read."""
    try:
        parsed = make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        raise StoreUnavailable("the database's address cannot be read; write postgresql://USER@HOST/NAME") from error
    return create_engine(
        parsed,
        isolation_level="AUTOCOMMIT",
        pool_size=connections,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        pool_use_lifo=True,
        connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "bythebook"},
    )


def _prepare(connection: Connection, place: str) -> None:
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
        _roll_back(connection)
        raise


def _revision(connection: Connection, place: str) -> str | None:
    """Return the schema's revision, None where there is none yet; raise SchemaTooNew."""
    if connection.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar() is None:
        return None
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if revision is not None and revision not in REVISIONS:
        raise SchemaTooNew(place, revision)
    return revision


def _roll_back(connection: Connection) -> None:
    """Undo what was begun; a connection that is gone has undone it already."""
    if not connection.invalidated:
        connection.exec_driver_sql("ROLLBACK")


def _put(connection: Connection, each: Prepared, head: str, entries: Sequence[Entry], owner: str) -> bool:
    append = each.append
    values: dict[str, Any] = {
        **each.row,
        "case_id": append.summary.case_id,
        "owner": owner,
        "head_hash": entries[-1].hash if entries else head,
        "expected": append.expected_version,
        "expected_hash": head,
        "token_digest": append.token_digest or "",
        "versions": [entry.version for entry in entries],
        "kinds": [entry.kind for entry in entries],
        "bodies": [entry.body for entry in entries],
        "hashes": [entry.hash for entry in entries],
        "master": each.kept.master if each.kept is not None else None,
        "wrapped": each.kept.wrapped if each.kept is not None else None,
        "message_ids": [name for name, _ in each.said],
        "message_versions": [version for _, version in each.said],
    }
    statement = ADVANCE if append.expected_version else OPEN
    if each.snapshot is not None:
        statement = _SNAPSHOT.join(statement.rsplit("\nSELECT", 1))
        kept = each.snapshot
        values |= {"snapshot_version": kept.version, "shape": kept.shape, "snapshot": kept.body}
    return bool(connection.exec_driver_sql(statement, values).scalar())


def _refusal(each: Prepared, error: IntegrityError) -> Exception:
    """Return what two rows with one key mean: a message id that is taken, or a version."""
    case_id = each.append.summary.case_id
    constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    if constraint == "pk_messages":
        ids = ", ".join(repr(name) for name, _ in each.said)
        return MessageIdTaken(f"case {case_id} has a message {ids} already")
    return VersionConflict(f"case {case_id} has version {each.append.expected_version + 1} already")
