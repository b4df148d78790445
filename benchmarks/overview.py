"""How long the overview and a heat map take among many cases, and how long it takes to count them.

python benchmarks/overview.py [CASES]
"""

from __future__ import annotations

import secrets
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bythebook.adapters.kept_releases import KeptReleases
from bythebook.adapters.sql_tallies import SqlTallies
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import build_rehearsal
from bythebook.service.counting import Tallying
from bythebook.service.insight import Insight
from bythebook.service.overview import Span
from bythebook.settings import Settings

FIRST = date(2026, 1, 5)
"""The day on which the conversations below are had; copies of them are spread over the days after."""

DAYS = 180
BATCH = 5_000
TIMES = 20
TALKS = (
    ("We need a BAA for the API", "how long does it take?", "no thanks"),
    ("I need a BAA", "qwrtz blorp"),
    ("hi",),
    ("I need a BAA", "API"),
    ("you refused us", "no"),
)


def main(count: int) -> None:
    """Fill, count, look."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.db"
        with closing(SqliteStore(path)) as store:
            customer = build_rehearsal(Settings(reader="lexicon"), store=store)
            for talk in TALKS:
                customer.do({"new": True})
                for text in talk:
                    customer.do({"say": text})
        fill(path, count)
        print(f"{count:,} cases in SQLite, {path.stat().st_size / 1e6:,.0f} MB")
        with closing(SqliteStore(path)) as store:
            tallies = SqlTallies(store)
            counting = Tallying(tallies)
            began = time.perf_counter()
            counted = counting.catch_up()
            took = time.perf_counter() - began
            print(f"counted anew: {counted / took:,.0f} cases/s")
            told("a look at nothing new", counting.tick)
            insight = Insight(tallies, KeptReleases(store), customer.runner.releases, customer.runner.clock)
            for days in (28, DAYS):
                span = Span(FIRST, FIRST + timedelta(days=days - 1))
                told(f"figures of {days} days", lambda span=span: insight.figures(span))
            release = customer.runner.releases.current().release
            told("heat map of all", lambda: insight.map(release))


def fill(path: Path, count: int) -> None:
    """Write copies of the cases there are, under other ids and on other days; their chains do not matter here."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.row_factory = sqlite3.Row
        found = connection.execute("SELECT * FROM cases").fetchall()
        events = {
            row["case_id"]: connection.execute("SELECT * FROM events WHERE case_id = ?", (row["case_id"],)).fetchall()
            for row in found
        }
        for start in range(0, count, BATCH):
            copies = list(copied(found, events, start, min(start + BATCH, count)))
            with connection:
                insert(connection, "cases", [case for case, _ in copies])
                insert(connection, "events", [event for _, log in copies for event in log])


def copied(
    found: list[sqlite3.Row], events: dict[str, list[sqlite3.Row]], start: int, end: int
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Yield copies of cases with their events."""
    for number in range(start, end):
        row, case_id = found[number % len(found)], secrets.token_hex(8)
        day = (FIRST + timedelta(days=number % DAYS)).isoformat()
        case = {**dict(row), "case_id": case_id}
        case |= {name: day + case[name][10:] for name in ("opened_at", "updated_at")}
        log = [{**dict(event), "case_id": case_id} for event in events[row["case_id"]]]
        for event in log:
            event["body"] = event["body"].replace(FIRST.isoformat(), day)
        yield case, log


def insert(connection: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    names = list(rows[0])
    marks = ", ".join("?" for _ in names)
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", [[*r.values()] for r in rows]
    )


def told(name: str, work: Callable[[], object]) -> None:
    """Print the median and the longest of some times."""
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1e3)
    print(f"{name:<24} {statistics.median(taken):7.1f} ms, at most {max(taken):7.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
