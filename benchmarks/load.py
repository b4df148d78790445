"""What a store carries: turns a second and their times, by clients and processes, beside bare drivers; many cases.

`python benchmarks/load.py` prints one table: the turn "BAA for the API" (a case opened, the message, its reading,
nine texts, one call with its result: four transactions) by 1, 16 and 64 clients, on SQLite and PostgreSQL, in one
process and two, read by the lexicon or by a table; and the same rows by the drivers alone. `--stored 1000000` fills a
store first and measures turns in it and in an empty one by turns, lists and searches. Read the ratios within one run.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests import postgres

from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import build_installation, open_store
from bythebook.engine.state import Status
from bythebook.service.conversation import Conversation
from bythebook.service.ports import Bound, CaseStore
from bythebook.service.search import CaseQuery
from bythebook.settings import Settings
from bythebook.testing.fakes import ScriptedReader

TEXT = "BAA for the API"
BODY = "x" * 145
SIZES = (1, 1, 10, 7)
"""Events of the four transactions of the turn."""

WARM = 3


def turn_of(database: str, *, reading: bool) -> tuple[Callable[[], None], CaseStore]:
    """Return a customer's whole turn over a store, and the store."""
    settings = replace(Settings(), database=database, reader="lexicon")
    store = open_store(settings)
    installation = build_installation(settings, store)
    shelf = installation.shelf
    if not reading:
        bound = shelf.current()
        scripted = ScriptedReader({TEXT: ["step:2"]})
        shelf._by_digest[bound.release.digest] = Bound(bound.release, scripted, bound.functions)
    conversation = Conversation(installation.runner)

    def turn() -> None:
        said = conversation.say(conversation.open().case_id, TEXT, "1")
        assert len(said.said) == 9

    return turn, store


def bare_sqlite(path: str) -> Callable[[], None]:
    """Return the same transactions by Python's own driver, over one connection that all threads share in turn."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute("create table cases (id primary key, version, row)")
    connection.execute("create table events (id, version, kind, body, hash, primary key (id, version)) without rowid")
    one, numbers = threading.Lock(), iter(range(10**9))

    def turn() -> None:
        case, version = f"case{next(numbers):022}", 0
        for size in SIZES:
            rows = [(case, version + at, "AssistantSaid", BODY, "0" * 64) for at in range(size)]
            version += size
            with one:
                connection.execute("begin immediate")
                connection.execute("insert or replace into cases values (?, ?, ?)", (case, version, BODY))
                connection.executemany("insert into events values (?, ?, ?, ?, ?)", rows)
                connection.execute("commit")

    return turn


BARE_POSTGRES = """
WITH moved AS (INSERT INTO bare_cases VALUES (%(case)s, %(version)s, %(body)s)
    ON CONFLICT (id) DO UPDATE SET version = excluded.version RETURNING id)
INSERT INTO bare_events SELECT id, e.*, %(kind)s, %(body)s, %(hash)s FROM moved, unnest(%(versions)s::int[]) AS e"""


def bare_postgres(url: str, process: int) -> Callable[[], None]:
    """Return the same rows by psycopg, one statement a transaction, a connection a thread."""
    own, numbers = threading.local(), iter(range(10**9))

    def turn() -> None:
        if not hasattr(own, "connection"):
            own.connection = psycopg.connect(url, autocommit=True)
        case, version = f"case{process}{next(numbers):021}", 0
        for size in SIZES:
            values = {
                "case": case,
                "version": version + size,
                "body": BODY,
                "kind": "AssistantSaid",
                "hash": "0" * 64,
            }
            own.connection.execute(BARE_POSTGRES, {**values, "versions": list(range(version, version + size))})
            version += size

    return turn


def prepare_bare(url: str) -> None:
    """Make the tables of the bare turn."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE bare_cases (id text PRIMARY KEY, version int, row text)")
        connection.execute(
            "CREATE TABLE bare_events (id text, version int, kind text, body text, hash text, "
            "PRIMARY KEY (id, version))"
        )


def times_of(turn: Callable[[], None], clients: int, seconds: float) -> list[float]:
    """Return the seconds of each turn that so many threads do in the time."""
    found: list[list[float]] = [[] for _ in range(clients)]
    until = time.perf_counter() + seconds

    def client(times: list[float]) -> None:
        while (started := time.perf_counter()) < until:
            turn()
            times.append(time.perf_counter() - started)

    threads = [threading.Thread(target=client, args=(times,)) for times in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [seconds for times in found for seconds in times]


@dataclass(frozen=True)
class Share:
    """What one process of a row does."""

    what: str
    database: str
    number: int
    clients: int
    seconds: float


def worker(share: Share, ready: Any, result: Any) -> None:
    """One process of a row: make ready, wait for the others, measure."""
    what, database, number = share.what, share.database, share.number
    if what == "bare":
        turn = bare_postgres(database, number) if "://" in database else bare_sqlite(database)
    else:
        turn, _ = turn_of(database, reading=what == "read")
    for _ in range(WARM):
        turn()
    ready.wait()
    result.put(times_of(turn, share.clients, share.seconds))


def row(what: str, database: str, processes: int, clients: int, seconds: float) -> tuple[float, float, float]:
    """Return turns a second, and the median and 99th of a hundred in milliseconds."""
    context = multiprocessing.get_context("spawn")
    ready, result = context.Barrier(processes), context.Queue()
    each = max(1, clients // processes)
    running = [
        context.Process(target=worker, args=(Share(what, database, number, each, seconds), ready, result))
        for number in range(processes)
    ]
    for process in running:
        process.start()
    times = [second for _ in running for second in result.get(timeout=300)]
    for process in running:
        process.join()
    spread = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
    return len(times) / seconds, statistics.median(times) * 1000, spread[98] * 1000


@contextmanager
def fresh(kind: str) -> Iterator[str]:
    """Give the address of an empty database."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield str(Path(folder) / "cases.db")
    else:
        yield postgres.fresh_database(kind)


def table(kinds: Sequence[str], counts: Sequence[int], seconds: float) -> None:
    """Print the table of all rows."""
    print("| database | processes | clients | turn | turns/s | p50 ms | p99 ms | x bare |")
    print("|---|---|---|---|---|---|---|---|")
    for kind in kinds:
        for processes in (1, 2) if kind != "sqlite" else (1,):
            for clients in counts:
                if clients < processes:
                    continue
                bare = 0.0
                for what in ("bare", "stored", "read"):
                    with fresh(kind) as database:
                        if what == "bare" and kind != "sqlite":
                            prepare_bare(database)
                        rate, p50, p99 = row(what, database, processes, clients, seconds)
                    bare = bare or rate
                    print(
                        f"| {kind} | {processes} | {clients} | {what} | {rate:.0f} | {p50:.1f} | {p99:.1f} "
                        f"| {rate / bare:.2f} |",
                        flush=True,
                    )


# ---------------------------------------------------------------- many cases


def fill(path: str, cases: int, events: int) -> None:
    """Fill a SQLite store with copies of a case's rows, each under an id, a time and a status of its own."""
    store = SqliteStore(Path(path))
    store.close()
    with tempfile.TemporaryDirectory() as folder:
        turn, template = turn_of(str(Path(folder) / "one.db"), reading=False)
        turn()
        one = sqlite3.connect(Path(folder) / "one.db")
        one.row_factory = sqlite3.Row
        case = dict(one.execute("select * from cases").fetchone())
        log = [dict(found) for found in one.execute("select * from events order by version").fetchall()]
        template.close()
    log = (log * (events // len(log) + 1))[:events]
    start = datetime(2025, 1, 1, tzinfo=UTC)
    statuses = ("open", "resolved", "resolved", "abandoned", "handed_off")

    def rows() -> Iterator[dict[str, Any]]:
        for number in range(cases):
            at = (start + timedelta(seconds=number)).isoformat(timespec="microseconds")
            own = {"case_id": f"old{number:023}", "opened_at": at, "updated_at": at, "timer_at": None, "owes": False}
            yield {**case, **own, "version": events, "status": statuses[number % len(statuses)]}

    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma synchronous = off")
    connection.execute("begin")
    names = list(case)
    places = ", ".join(f":{name}" for name in names)
    connection.executemany(f"insert into cases ({', '.join(names)}) values ({places})", rows())
    bodies = [(entry["kind"], entry["body"], entry["hash"]) for entry in log]
    connection.executemany(
        "insert into events values (?, ?, ?, ?, ?)",
        (
            (f"old{number:023}", version, *body)
            for number in range(cases)
            for version, body in enumerate(bodies, start=1)
        ),
    )
    connection.execute("commit")
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()


def memory_mb() -> float:
    """Return this process's resident memory, in MB."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """Return how long each of so many takes."""
    found = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        found.append((time.perf_counter() - started) * 1000)
    return found


def stored(cases: int, events: int, rounds: int = 30) -> None:
    """Print what many stored cases cost: turns in a full store and an empty one in turns, lists, searches, memory."""
    with tempfile.TemporaryDirectory() as folder:
        full, empty = (str(Path(folder) / name) for name in ("full.db", "empty.db"))
        started = time.perf_counter()
        fill(full, cases, events)
        size = Path(full).stat().st_size / 2**20
        took = time.perf_counter() - started
        print(f"{cases:,} cases, {cases * events:,} events, {size:,.0f} MB, filled in {took:.0f} s")
        turns = {name: turn_of(path, reading=False) for name, path in (("full", full), ("empty", empty))}
        for turn, _ in turns.values():
            milliseconds(turn, WARM)
        before = memory_mb()
        times: dict[str, list[float]] = {name: [] for name in turns}
        for _ in range(rounds):
            for name, (turn, _) in turns.items():
                times[name] += milliseconds(turn, 10)
        after = memory_mb()
        medians = {name: statistics.median(found) for name, found in times.items()}
        print(f"turn p50: {medians['full']:.2f} ms full, {medians['empty']:.2f} ms empty, "
              f"x {medians['full'] / medians['empty']:.2f}; memory {before:.0f} -> {after:.0f} MB")  # fmt: skip
        store = turns["full"][1]
        looks: dict[str, Callable[[], object]] = {
            "the newest 50 cases": lambda: store.search(CaseQuery()),
            "those with the desk": lambda: store.search(CaseQuery(status=Status.HANDED_OFF)),
            "by the beginning of an id": lambda: store.search(CaseQuery(beginning="old0000000000000004")),
            "what is owed": lambda: store.owing(),
            "what is due": lambda: store.due(datetime(2026, 1, 1, tzinfo=UTC)),
        }
        for name, look in looks.items():
            found = milliseconds(look, 100)
            print(f"{name}: p95 {statistics.quantiles(found, n=20)[18]:.1f} ms")
        for _, opened in turns.values():
            opened.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each row is measured (default: 3)")
    parser.add_argument("--clients", default="1,16,64", help="how many clients, with commas")
    parser.add_argument("--databases", default=",".join(["sqlite", *postgres.kinds()[:1]]))
    parser.add_argument("--stored", type=int, default=0, help="measure a store with so many cases instead")
    parser.add_argument("--events", type=int, default=2, help="events of each stored case (default: 2)")
    given = parser.parse_args()
    if given.stored:
        stored(given.stored, given.events)
        return
    table(given.databases.split(","), [int(count) for count in given.clients.split(",")], given.seconds)


if __name__ == "__main__":
    main()
