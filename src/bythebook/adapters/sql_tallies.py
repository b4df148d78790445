"""The counters in a database, beside the cases that they count.

A case is found to have grown by its row's version; nothing is added to the transaction of a turn. Two looks find
them: one at the cases that changed last, one that goes round all cases, a window at a time, so that each is found in
time (a timer that fires moves no case to the front) and no look reads more than so many rows.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from functools import partial
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import Connection, Row, bindparam, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert as insert_into_postgres
from sqlalchemy.dialects.sqlite import insert as insert_into_sqlite

from bythebook.adapters.event_codec import UnreadableEvent, decode
from bythebook.adapters.schema import cases, events, tallied, tallies
from bythebook.adapters.sealing import unseal
from bythebook.engine.event import Event
from bythebook.service.tallies import Counted, Key, Sums, TallyQuery, Uncounted

log = logging.getLogger(__name__)

T = TypeVar("T")

LATEST: Final = 1_000
"""Rows that one look at the cases that changed last takes in."""

WINDOW: Final = 5_000
"""Rows that one look round all cases takes in."""

CASES_PER_READ: Final = 100
"""Logs that are asked for at once."""

_BEFORE: Final = func.coalesce(tallied.c.version, 0).label("before")
_LOOKED_AT: Final = select(cases.c.case_id, cases.c.version, _BEFORE).select_from(
    cases.outerjoin(tallied, cases.c.case_id == tallied.c.case_id)
)
_LATEST: Final = _LOOKED_AT.order_by(cases.c.updated_at.desc()).limit(LATEST)
_WINDOW: Final = _LOOKED_AT.where(cases.c.case_id > bindparam("place")).order_by(cases.c.case_id).limit(WINDOW)
_EVENTS: Final = select(events.c.case_id, events.c.version, events.c.body).order_by(
    events.c.case_id, events.c.version
)
INSERTS: Final[Mapping[str, Any]] = {"sqlite": insert_into_sqlite, "postgresql": insert_into_postgres}


class SqlStore(Protocol):
    """What a SQL store lends to those beside it."""

    def reading(self) -> AbstractContextManager[Connection]: ...

    def write(self, work: Callable[[Connection], T]) -> T: ...


class SqlTallies:
    """`Tallies` in the database of a store."""

    def __init__(self, store: SqlStore) -> None:
        self._store: Final = store
        self._place = ""
        """The last case that the look round all cases came to."""

        self._lock: Final = threading.Lock()

    def uncounted(self, limit: int, *, everywhere: bool = False) -> Sequence[Uncounted]:
        with self._lock, self._store.reading() as connection:
            found = _grown(connection.execute(_LATEST).all())
            windows = 0
            while len(found) < limit and (windows == 0 or (everywhere and not found and self._place)):
                found |= self._window(connection, limit)
                windows += 1
            wanted = dict(list(found.items())[:limit])
            logs = _logs(connection, sorted(wanted))
        return [Uncounted(case_id, wanted[case_id], log) for case_id, log in logs.items()]

    def _window(self, connection: Connection, limit: int) -> dict[str, int]:
        """Look at the next cases of the round."""
        rows = connection.execute(_WINDOW, {"place": self._place}).all()
        found = dict(list(_grown(rows).items())[:limit])
        ends = len(rows) < WINDOW and len(found) < limit
        self._place = "" if ends else max(found) if len(found) == limit else rows[-1].case_id
        return found

    def add(self, counted: Sequence[Counted]) -> int:
        return self._store.write(partial(_add, sorted(counted, key=lambda one: one.case_id)))

    def clear(self) -> None:
        self._store.write(_clear)

    def sums(self, query: TallyQuery) -> Sums:
        day = tallies.c.day if query.by_day else literal("").label("day")
        kept = (tallies.c.release, tallies.c.kind, tallies.c.label)
        total = func.sum(tallies.c.count).label("total")
        wanted = select(*kept, day, total).where(tallies.c.kind.in_([kind.value for kind in query.kinds]))
        if query.releases:
            wanted = wanted.where(tallies.c.release.in_(query.releases))
        if query.first:
            wanted = wanted.where(tallies.c.day >= query.first)
        if query.last:
            wanted = wanted.where(tallies.c.day <= query.last)
        grouped = wanted.group_by(*kept, *((tallies.c.day,) if query.by_day else ()))
        with self._store.reading() as connection:
            rows = connection.execute(grouped).all()
        return {Key(row.release, row.kind, row.label, row.day): int(row.total) for row in rows if row.total}

    def releases(self) -> Sequence[str]:
        with self._store.reading() as connection:
            found = connection.execute(select(tallies.c.release).distinct().order_by(tallies.c.release))
            return found.scalars().all()


def _grown(rows: Sequence[Row[Any, Any, Any]]) -> dict[str, int]:
    return {row.case_id: row.before for row in rows if row.version > row.before}


def _logs(connection: Connection, case_ids: Sequence[str]) -> Mapping[str, Sequence[Event]]:
    """Return logs without what is private in them; a log that cannot be read is left out."""
    logs: dict[str, list[Event]] = {}
    broken: set[str] = set()
    for at in range(0, len(case_ids), CASES_PER_READ):
        some = case_ids[at : at + CASES_PER_READ]
        rows = connection.execute(_EVENTS.where(events.c.case_id.in_(some)))
        for case_id, version, body in rows:
            try:
                logs.setdefault(case_id, []).append(decode(unseal(None, case_id, version, body)))
            except UnreadableEvent as wrong:
                broken.add(case_id)
                log.warning("case %s is not counted: %s", case_id, wrong)
    return {case_id: found for case_id, found in logs.items() if case_id not in broken}


def _add(counted: Sequence[Counted], writer: Connection) -> int:
    """Add in the order of their keys: two processes that count the same wait for each other, and for nothing else."""
    insert = INSERTS[writer.dialect.name]
    taken = [one for one in counted if _takes(writer, insert, one)]
    more: Counter[Key] = Counter()
    for one in taken:
        more.update(one.more)
    rows = [{**asdict(key), "count": more[key]} for key in sorted(more) if more[key]]
    if rows:
        adding = insert(tallies)
        on = [tallies.c.release, tallies.c.kind, tallies.c.label, tallies.c.day]
        summed = {"count": tallies.c.count + adding.excluded.count}
        writer.execute(adding.on_conflict_do_update(index_elements=on, set_=summed), rows)
    return len(taken)


def _takes(writer: Connection, insert: Any, one: Counted) -> bool:
    """Note how far the case is counted; return whether nobody else did meanwhile."""
    values = {"case_id": one.case_id, "version": one.after}
    noting: Any = insert(tallied).values(values).on_conflict_do_nothing()
    if one.before:
        this = (tallied.c.case_id == one.case_id) & (tallied.c.version == one.before)
        noting = update(tallied).where(this).values(values)
    return writer.execute(noting.returning(tallied.c.version)).first() is not None


def _clear(writer: Connection) -> None:
    writer.execute(delete(tallied))
    writer.execute(delete(tallies))
