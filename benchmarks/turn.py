"""What a turn costs: the engine alone, with SQLite, with the reader, beside bare commits of the same rows.

One command, one run, one table: `python benchmarks/turn.py [--turns 300]`. Every row does the turn "BAA for the API"
in a new case: the message stored, its reading, nine texts, one call, its result. The rows are measured in turn, in
rounds, so that a noisy machine is noisy for all of them; ratios and medians are what to read.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import Installation, build_installation
from bythebook.engine.choice import Choice
from bythebook.engine.decide import ForFunction, ForReading, advance, owed
from bythebook.engine.event import CaseOpened, CustomerSaid, Fact, FunctionReturned, MessageRead
from bythebook.engine.menu import Situation, build_menu
from bythebook.engine.state import CaseState
from bythebook.routine.wording import Release
from bythebook.service.conversation import Conversation
from bythebook.service.ports import Append, Bound, CaseStore
from bythebook.settings import Settings
from bythebook.testing.fakes import ScriptedReader

TEXT = "BAA for the API"
AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
ROUNDS = 10


def engine_alone(release: Release, result: dict[str, object]) -> Callable[[], None]:
    """The pure core: facts in, decisions out, nothing stored."""

    def turn() -> None:
        _, state = advance(release, CaseState(), CaseOpened(AT, "c", release.name, release.digest))
        facts: Fact = CustomerSaid(AT, "m", TEXT)
        while True:
            _, state = advance(release, state, facts)
            match owed(state):
                case ForReading(version=version):
                    facts = MessageRead(AT, version, (Choice("step:2", 0.9),), False, {}, "scripted")
                case ForFunction(key=key):
                    facts = FunctionReturned(AT, key, result)  # type: ignore[arg-type]
                case _:
                    return

    return turn


def whole(installation: Installation, *, scripted: bool) -> Callable[[], None]:
    """A customer's turn as a channel does it: open, say, answer."""
    shelf = installation.shelf
    if scripted:
        bound = shelf.current()
        reader = ScriptedReader({TEXT: ["step:2"]})
        shelf._by_digest[bound.release.digest] = Bound(bound.release, reader, bound.functions)
    conversation = Conversation(installation.runner)
    count = iter(range(10**9))

    def turn() -> None:
        case = conversation.open().case_id
        said = conversation.say(case, TEXT, str(next(count)))
        assert len(said.said) == len(("1", "2a", "2b", "2c", "2d", "2e", "2e.i", "2f", "5.1"))

    return turn


class Recorder:
    """Counts what a turn appends, so that the bare rows are as many and as long."""

    def __init__(self, store: CaseStore) -> None:
        self.behind, self.sizes = store, list[int]()

    def __getattr__(self, name: str) -> object:
        return getattr(self.behind, name)

    def append(self, *appends: Append) -> None:
        """Note how many events come, then pass them on."""
        self.sizes.append(sum(len(append.events) for append in appends))
        self.behind.append(*appends)


def bare_commits(path: Path, sizes: Sequence[int], body: str) -> Callable[[], None]:
    """The same transactions with the same number of rows, by the bare driver: what the disk and SQLite cost."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute("create table cases (case_id primary key, version, row)")
    connection.execute("create table events (case_id, version, kind, body, hash, primary key (case_id, version))")
    count = iter(range(10**9))

    def turn() -> None:
        case, version = f"case{next(count):022}", 0
        for size in sizes:
            connection.execute("begin immediate")
            connection.execute("insert or replace into cases values (?, ?, ?)", (case, version, body))
            rows = [(case, version + at, "AssistantSaid", body, "0" * 64) for at in range(size)]
            connection.executemany("insert into events values (?, ?, ?, ?, ?)", rows)
            connection.execute("commit")
            version += size

    return turn


def reading_alone(installation: Installation) -> Callable[[], None]:
    """One message read at the opening, without anything else."""
    bound = installation.shelf.current()
    menu = build_menu(bound.release, Situation())

    def turn() -> None:
        bound.reader.read("we would need that agreement for our integration with your models", menu)

    return turn


def measured(rows: dict[str, Callable[[], None]], turns: int) -> dict[str, list[float]]:
    """Return milliseconds by row, measured in rounds."""
    times: dict[str, list[float]] = {name: [] for name in rows}
    for work in rows.values():
        for _ in range(5):
            work()
    for _ in range(ROUNDS):
        for name, work in rows.items():
            for _ in range(max(1, turns // ROUNDS)):
                started = time.perf_counter()
                work()
                times[name].append((time.perf_counter() - started) * 1000)
    return times


def first_reply(reader: str) -> float:
    """Return seconds from starting `bythebook chat` to its first answer, median of five fresh processes."""
    times = []
    for _ in range(5):
        started = time.perf_counter()
        chat = subprocess.Popen(
            [sys.executable, "-m", "bythebook", "chat", "--reader", reader],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert chat.stdin is not None and chat.stdout is not None
        chat.stdin.write("BAA for the API\n")
        chat.stdin.flush()
        while "Thank you for reaching out" not in chat.stdout.readline():
            pass
        times.append(time.perf_counter() - started)
        chat.communicate("\n")
    return statistics.median(times)


def memory_mb() -> float:
    """Return this process's resident memory, in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return float("nan")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=300, help="turns measured of each row (default: 300)")
    turns = parser.parse_args().turns
    with tempfile.TemporaryDirectory() as folder:
        stores = [SqliteStore(Path(folder) / name) for name in ("scripted.db", "read.db")]
        settings = Settings()
        lexicon = replace(settings, reader="lexicon")
        recorder = Recorder(MemoryStore())
        whole(build_installation(lexicon, recorder), scripted=True)()  # type: ignore[arg-type]
        local = build_installation(settings, stores[1])
        result = {"endpoints": ("/v1/a",) * 12, "as_of": "now", "source": "here", "review": ""}
        rows = {
            "engine alone": engine_alone(local.shelf.current().release, result),
            "bare SQLite commits of the same rows": bare_commits(Path(folder) / "bare.db", recorder.sizes, "x" * 145),
            "engine + SQLite": whole(build_installation(lexicon, stores[0]), scripted=True),
            "reading alone": reading_alone(local),
            "whole turn: engine + SQLite + reading": whole(local, scripted=False),
        }
        print(
            f"a turn: {len(recorder.sizes)} transactions, {sum(recorder.sizes)} events; {turns} turns of each row\n"
        )
        print("| what | p50 ms | p99 ms | turns/s | x bare commits |\n|---|---|---|---|---|")
        times = measured(rows, turns)
        bare = statistics.median(times["bare SQLite commits of the same rows"])
        for name, found in times.items():
            p50, p99 = statistics.median(found), statistics.quantiles(found, n=100)[98]
            rate = 1000 / statistics.fmean(found)
            print(f"| {name} | {p50:.3f} | {p99:.3f} | {rate:,.0f} | {p50 / bare:.2f} |")
        print(f"\nmemory of this process with everything loaded: {memory_mb():.0f} MB")
        for store in stores:
            store.close()
    for reader in ("local", "lexicon"):
        print(f"first reply of `bythebook chat --reader {reader}` from cold: {first_reply(reader):.2f} s")


if __name__ == "__main__":
    main()
