"""What the durable engine costs: the same turn with effects carried out by it and without, one run, one table.

`python benchmarks/effects.py [--turns 200] [--postgres URL]`. The turn is "BAA for the API" in a new case, whose one
call has an effect. It ends when its last line is said, whoever made the call.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from bythebook.adapters.durable import DurableEffects
from bythebook.bootstrap import Outside, build_installation, open_store
from bythebook.cli.serve import carrying_out
from bythebook.service.conversation import Conversation
from bythebook.service.effects import InThisProcess
from bythebook.service.ports import Append
from bythebook.service.runner import Runner
from bythebook.service.timers import Timers
from bythebook.settings import Settings
from bythebook.testing.fakes import ScriptedReader

TEXT = "BAA for the API"
LINES = 9
HandOver = Callable[[Any, Sequence[Append]], None]
CLIENTS = (1, 16)
PROCESS, EFFECTS, ALL = "in this process", "durable: effects", "durable: effects and timers"


@contextmanager
def runner_of(database: str, mode: str) -> Iterator[Runner]:
    """Put an installation together in which the call of the turn has an effect."""
    settings = replace(Settings(), reader="lexicon", database=database)
    effects = DurableEffects(database) if mode != PROCESS else None
    store = open_store(settings, effects)
    if effects is not None and mode == EFFECTS:
        store.hand_over = partial(_without_timers, effects.hand_over)  # type: ignore[attr-defined]
    installation = build_installation(settings, store, outside=Outside(effects=effects or InThisProcess()))
    shelf = installation.shelf
    bound = shelf.current()
    names = frozenset({"provide_list_of_zero_retention_endpoints"})
    shelf._by_digest[bound.release.digest] = replace(bound, reader=ScriptedReader({TEXT: ["step:2"]}), effects=names)
    with carrying_out(effects, installation.runner, Timers(installation.runner)) if effects else nullcontext():
        yield installation.runner
    store.close()


def _without_timers(hand_over: HandOver, connection: Any, appends: Sequence[Append]) -> None:
    hand_over(
        connection, [replace(one, works=tuple(work for work in one.works if work.at is None)) for one in appends]
    )


def measured(runner: Runner, clients: int, turns: int) -> tuple[float, float, float]:
    """Return turns a second, and p50 and p99 of a turn in milliseconds."""
    talk = Conversation(runner)

    def turn(number: int) -> float:
        case = talk.open().case_id
        start = time.perf_counter()
        said = talk.say(case, TEXT, str(number)).said
        took = time.perf_counter() - start
        assert len(said) == LINES, "the turn was answered before the call came back"
        return took * 1000

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(turn, range(clients * 2)))
        start = time.perf_counter()
        times = sorted(pool.map(turn, range(turns)))
        seconds = time.perf_counter() - start
    return turns / seconds, statistics.median(times), times[int(len(times) * 0.99)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=200)
    parser.add_argument("--postgres", default="", help="an empty database: postgresql://USER@HOST/NAME")
    arguments = parser.parse_args()
    print("| database | clients | effects | turns/s | p50 ms | p99 ms |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        fresh: dict[str, Callable[[int], str]] = {"SQLite": lambda n: str(Path(folder) / f"{n}.db")}
        if arguments.postgres:
            fresh["PostgreSQL"] = lambda _: arguments.postgres
        number = 0
        for name, database in fresh.items():
            for clients in CLIENTS:
                for mode in (PROCESS, EFFECTS, ALL):
                    number += 1
                    with runner_of(database(number), mode) as runner:
                        rate, p50, p99 = measured(runner, clients, arguments.turns)
                    print(f"| {name} | {clients} | {mode} | {rate:.0f} | {p50:.1f} | {p99:.1f} |", flush=True)


if __name__ == "__main__":
    main()
