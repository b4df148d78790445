"""Cases in PostgreSQL: any number of processes on any number of hosts may write.

An append is one statement: the case's row moves from the expected version, and only where it does are the events and
message ids added. So there is one round trip, no transaction is held open, and of two writers one is refused. Appends
that wait for each other go together, one after the other in one round trip and one flush.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from typing import Any, Final

import psycopg
from sqlalchemy import (
    Connection,
    Delete,
    PoolProxiedConnection,
    Update,
    delete,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from bythebook.adapters.chain import GENESIS, Entry, chained
from bythebook.adapters.group_commit import GroupCommit
from bythebook.adapters.postgres_appends import refusal_of, statement_of
from bythebook.adapters.postgres_opening import CONNECTIONS, place_of, postgres_engine, prepare, roll_back
from bythebook.adapters.postgres_troubles import trouble_with
from bythebook.adapters.schema import case_keys, events, snapshots
from bythebook.adapters.sql_reads import HEAD_OF, Answer, SqlReads, kept_key
from bythebook.adapters.sql_rows import Prepared
from bythebook.adapters.vault import Vault
from bythebook.service.ports import Append, MasterKeys, MessageIdTaken, StoreUnavailable, VersionConflict

HEADS_KEPT: Final = 10_000
"""Last hashes kept in memory: a case that this process moved on last needs no look at its row first."""

WRITERS: Final = 8
"""How many appends are written at a time; those that wait for their turn go together."""

UNDONE: Final = ("22", "23", "40")
"""SQLSTATEs of what undid a transaction with nothing wrong about the database: values, keys taken, locks crossed."""

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
        self._group: Final = GroupCommit(self._commit, WRITERS)
        try:
            with self._troubles(), self._engine.connect() as connection:
                prepare(connection, self._place)
        except BaseException:
            self._engine.dispose()
            raise

    def append(self, *appends: Append) -> None:
        work = [self._prepared(append) for append in appends]
        if len(work) == 1 and not work[0].append.works:
            self._group.run(work[0])
        else:
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
            if not all(self._are_written(work)):
                raise
            return
        for case_id, version, head in moved:
            self._know_head(case_id, version, head)

    def _commit(self, group: Sequence[Prepared]) -> Sequence[Exception | None]:
        """Write the appends that wait, and return what befell each."""
        # In one order, so that no two processes wait for each other's rows.
        order = sorted(range(len(group)), key=lambda place: group[place].append.summary.case_id)
        try:
            moved = self._together([group[place] for place in order])
        except StoreUnavailable as trouble:
            return [None if written else trouble for written in self._are_written(group)]
        outcomes: list[Exception | None] = [None] * len(group)
        for place, done in zip(order, moved, strict=True):
            outcomes[place] = None if done else self._alone(group[place])
        return outcomes

    def _alone(self, each: Prepared) -> Exception | None:
        """Write one append and return what refused it."""
        try:
            self._stored([each])
        except (StoreUnavailable, VersionConflict, MessageIdTaken) as refusal:
            return refusal
        return None

    def _together(self, group: Sequence[Prepared]) -> Sequence[bool]:
        """Write appends in one transaction and one round trip; return which are written: the others are to go alone.

        What is refused of one undoes all, and is found out alone. Raises StoreUnavailable.
        """
        with self._troubles():
            links = [self._links(each) for each in group]
            with self._driver() as (pooled, driver):
                try:
                    with driver.pipeline() if len(group) > 1 else nullcontext():
                        if len(group) > 1:
                            driver.execute("BEGIN")
                        counts = [
                            driver.execute(*statement_of(each, *link, self.executor)) if link else None
                            for each, link in zip(group, links, strict=True)
                        ]
                        if len(group) > 1:
                            driver.execute("COMMIT")
                    moved = [count is not None and bool(count.fetchone()[0]) for count in counts]
                except Exception as error:  # of one of them, or of the database
                    if not (getattr(error, "sqlstate", None) or "").startswith(UNDONE):
                        pooled.invalidate(error)
                        self._engine.dispose()  # where one connection is gone, all are
                        raise StoreUnavailable(trouble_with(self._place, error)) from error
                    driver.execute("ROLLBACK")
                    return [False for _ in group]
        for each, link, done in zip(group, links, moved, strict=True):
            if done and link:
                self._know_head(each.append.summary.case_id, each.append.summary.version, _last(*link))
        return moved

    def _links(self, each: Prepared) -> tuple[str, Sequence[Entry]] | None:
        """Return the last hash of the case and the entries that follow it; None where it was moved on."""
        case_id, expected = each.append.summary.case_id, each.append.expected_version
        try:
            head = self._known_head(case_id, expected) or self._head_now(case_id, expected)
        except VersionConflict:
            return None
        return head, chained(head, case_id, expected, each.texts)

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
                roll_back(connection)
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
                roll_back(connection)
                raise
            return answer

    def try_writing(self) -> None:
        """Write and take it back; raise StoreUnavailable."""
        with self._reading() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                connection.exec_driver_sql("INSERT INTO releases VALUES ('', '', '')")
            finally:
                roll_back(connection)

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
        statement, values = statement_of(each, head, entries, self.executor)
        try:
            moved = connection.exec_driver_sql(statement, values).scalar()
        except IntegrityError as error:
            self._forget(case_id)
            raise refusal_of(each, error.orig) from error
        if not moved and known is not None:
            # The row is not where this process left it: a database put back from a backup, or altered by hand.
            self._forget(case_id)
            return self._move(connection, each)
        if not moved:
            raise VersionConflict(f"case {case_id} was moved on by somebody else")
        return case_id, each.append.summary.version, _last(head, entries)

    def _known_head(self, case_id: str, expected: int) -> str | None:
        with self._guard:
            kept = self._heads.get(case_id)
        return kept[1] if kept is not None and kept[0] == expected else None

    def _head_now(self, case_id: str, expected: int) -> str:
        if not expected:
            return GENESIS
        with self._engine.connect() as connection:
            return self._head(connection, case_id, expected)

    def _head(self, connection: Connection, case_id: str, expected: int) -> str:
        row = connection.execute(HEAD_OF, {"id": case_id}).first() if expected else None
        found = row.version if row is not None else 0
        if found != expected:
            raise VersionConflict(f"case {case_id} is at version {found}, not {expected}")
        return str(row.head_hash) if row is not None else GENESIS

    def _know_head(self, case_id: str, version: int, head: str) -> None:
        with self._guard:
            self._heads[case_id] = (version, head)
            self._heads.move_to_end(case_id)
            while len(self._heads) > HEADS_KEPT:
                self._heads.popitem(last=False)

    def _forget(self, case_id: str) -> None:
        with self._guard:
            self._heads.pop(case_id, None)

    def _are_written(self, work: Sequence[Prepared]) -> Sequence[bool]:
        """Whether the very events of each are in the log; False as well where nobody can say."""
        found: list[bool] = []
        with suppress(StoreUnavailable), self._reading() as connection:
            for each in work:
                place = (events.c.case_id == each.append.summary.case_id) & (
                    events.c.version == each.append.summary.version
                )
                body = connection.execute(select(events.c.body).where(place)).scalar()
                found.append(bool(each.texts) and body == each.texts[-1][1])
        return found if len(found) == len(work) else [False for _ in work]

    # ------------------------------------------------------------ connections

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._troubles(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _driver(self) -> Iterator[tuple[PoolProxiedConnection, Any]]:
        """Yield a connection as the pool and the driver know it: what is written most often goes past all else."""
        pooled = self._engine.raw_connection()
        try:
            yield pooled, pooled.driver_connection
        finally:
            pooled.close()

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
        except psycopg.Error as error:
            raise StoreUnavailable(trouble_with(self._place, error)) from error


def _last(head: str, entries: Sequence[Entry]) -> str:
    return entries[-1].hash if entries else head
