"""How long a page of a search takes among many cases, and what the indexes cost an append.

    python benchmarks/search.py [CASES] [DATABASE]

DATABASE is an empty `postgresql://` address; without one a SQLite file is made and thrown away.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, insert

from bythebook.adapters.event_codec import instant_text
from bythebook.adapters.postgres_opening import postgres_engine
from bythebook.adapters.postgres_store import PostgresStore
from bythebook.adapters.schema import cases
from bythebook.adapters.schema_look import is_postgres
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.engine.event import CaseOpened, TurnEnded
from bythebook.engine.state import Status
from bythebook.service.ports import Append, CaseStore, CaseSummary
from bythebook.service.search import CaseQuery

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
TIMES = 200
BATCH = 10_000
STATUSES = {"resolved": 80, "abandoned": 12, "open": 5, "handed_off": 2, "erased": 1}
REASONS = ("the customer asked for a person", "three misses", "list_endpoints failed", "the document hands over")
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
LATER_INDEXES = ("ix_cases_opened", "ix_cases_routine", "ix_cases_step", "ix_cases_human", "ix_cases_reason")


def main(count: int, database: str) -> None:
    """Fill, search, append."""
    with tempfile.TemporaryDirectory() as folder:
        path = database or str(Path(folder) / "cases.db")
        with closing(PostgresStore(path) if is_postgres(path) else SqliteStore(Path(path))) as store:
            engine = (
                postgres_engine(path) if is_postgres(path) else create_engine(URL.create("sqlite", database=path))
            )
            fill(engine, count)
            print(f"{count:,} cases in {'PostgreSQL' if database else 'SQLite'}, {TIMES} times each, pages of 50")
            search(store)
            appends(store, engine)
            engine.dispose()


def fill(engine: Engine, count: int) -> None:
    """Write rows as they are after a year."""
    with engine.begin() as connection:
        batch: list[dict[str, Any]] = []
        for row in rows(count):
            batch.append(row)
            if len(batch) == BATCH:
                connection.execute(insert(cases), batch)
                batch.clear()
        if batch:
            connection.execute(insert(cases), batch)
    if engine.dialect.name == "postgresql":  # which does so by itself, in a while; SQLite does not
        with engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE cases")


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Yield rows: always the same."""
    chance = random.Random(7)
    for number in range(count):
        opened = NOW - timedelta(seconds=chance.random() * 365 * 86400)
        status = chance.choices([*STATUSES], [*STATUSES.values()])[0]
        waits = status == "handed_off"
        human = chance.choice(("ann", "bob", "", "")) if waits else ""
        yield {
            "case_id": "".join(chance.choices(LETTERS, k=26)),
            "routine": f"routine-{min(chance.randrange(14), chance.randrange(14))}",
            "release": "d" * 64,
            "status": status,
            "version": chance.randrange(5, 60),
            "opened_at": instant_text(opened),
            "updated_at": instant_text(opened + timedelta(seconds=chance.expovariate(1 / 3600))),
            "owes": number % 5000 == 0,
            "timer_at": instant_text(opened + timedelta(days=3)) if status == "open" else None,
            "step": "" if status == "erased" else str(min(chance.randrange(12), chance.randrange(12))),
            "reason": chance.choice(REASONS) if waits else "",
            "human": human,
            "waiting_since": instant_text(opened) if waits and not human else None,
            "token_digest": "d" * 64,
            "head_hash": "0" * 64,
        }


def search(store: CaseStore) -> None:
    """Time searches of every kind, each with other values every time."""
    chance = random.Random(11)
    somebody = [row.case_id for row in store.search(CaseQuery(by_id=True), 1000).cases]
    day = timedelta(days=1)

    def then() -> datetime:
        return NOW - timedelta(days=chance.randrange(1, 360))

    kinds = {
        "id, its beginning": lambda: CaseQuery(beginning=chance.choice(somebody)[:8]),
        "everything": lambda: CaseQuery(),
        "status": lambda: CaseQuery(status=Status(chance.choice([*STATUSES]))),
        "document": lambda: CaseQuery(routine=f"routine-{chance.randrange(14)}"),
        "step": lambda: CaseQuery(step=str(chance.randrange(12))),
        "document and step": lambda: CaseQuery(
            routine=f"routine-{chance.randrange(14)}", step=str(chance.randrange(12))
        ),
        "document and status": lambda: CaseQuery(routine=f"routine-{chance.randrange(14)}", status=Status.HANDED_OFF),
        "step and status": lambda: CaseQuery(step=str(chance.randrange(12)), status=Status.HANDED_OFF),
        "human": lambda: CaseQuery(human=chance.choice(("ann", "bob", "eve"))),
        "reason": lambda: CaseQuery(reason=chance.choice(REASONS)[:9]),
        "opened on a day": lambda: CaseQuery(opened_from=(at := then()), opened_until=at + day),
        "changed on a day": lambda: CaseQuery(changed_from=(at := then()), changed_until=at + day),
        "changed on a day, status": lambda: CaseQuery(changed_from=then(), status=Status.OPEN),
        "nothing fits": lambda: CaseQuery(routine="no-such"),
        "nothing fits, of three": lambda: CaseQuery(routine="routine-3", step="99", status=Status.OPEN),
    }
    for name, make in kinds.items():
        timed(name, [took(store, make(), None) for _ in range(TIMES)])
    page, deep = store.search(CaseQuery(), 50), []
    for _ in range(TIMES):
        began = time.perf_counter()
        page = store.search(CaseQuery(), 50, page.after)
        deep.append(time.perf_counter() - began)
    timed("page after page", deep)


def took(store: CaseStore, query: CaseQuery, after: str | None) -> float:
    """Return the seconds that a search takes."""
    began = time.perf_counter()
    store.search(query, 50, after)
    return time.perf_counter() - began


def timed(name: str, seconds: list[float]) -> None:
    """Print median and 95th percentile."""
    slow = statistics.quantiles(seconds, n=20)[-1]
    print(f"  {name:<26} p50 {statistics.median(seconds) * 1000:7.2f} ms, p95 {slow * 1000:7.2f} ms")


def appends(store: CaseStore, engine: Engine) -> None:
    """Time appends with the indexes of searches and without, in turn."""
    opening = [f"new-{number}" for number in range(40)]
    for case_id in opening:
        event = CaseOpened(NOW, case_id, "routine-1", "d" * 64)
        store.append(Append(row_at(case_id, 1), 0, (event,), "d" * 64))
    version, seconds = 1, {"with": [], "without": []}
    indexes = {index.name: index for index in cases.indexes}
    for _ in range(4):
        for way in ("with", "without"):
            with engine.begin() as connection:
                for name in LATER_INDEXES:
                    index = indexes[name]
                    index.drop(connection, checkfirst=True) if way == "without" else index.create(
                        connection, checkfirst=True
                    )
            for _ in range(5):
                for case_id in opening:
                    began = time.perf_counter()
                    store.append(Append(row_at(case_id, version + 1), version, (TurnEnded(),)))
                    seconds[way].append(time.perf_counter() - began)
                version += 1
    for way, found in seconds.items():
        timed(f"append, {way} them", found)


def row_at(case_id: str, version: int) -> CaseSummary:
    """Return the row of a case that moves on."""
    at = NOW + timedelta(seconds=version)
    return CaseSummary(
        case_id, "routine-1", "d" * 64, Status.OPEN, version, NOW, at, False, at, str(version % 9), "", ""
    )


if __name__ == "__main__":
    main(int([*sys.argv[1:], "100000"][0]), "".join(sys.argv[2:3]))
