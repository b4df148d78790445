"""What a function or a model that hangs costs other cases: turns beside it and without it, by turns, in one run.

`python benchmarks/beside_slow.py [--rounds 4] [--turns 60] [--database debian15] [--slow model]` serves the shipped
document by the command. Four customers have their turns ("BAA for the API", each in a new case, over HTTP) while
nothing else happens, and while others wait: for a function that does not come back, or for a language model that
takes nearly its whole deadline over every message that is not understood. Read the ratio.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests import postgres
from tests.crash.document import document_with_ledger, ledger_lines
from tests.crash.serving import Server, request
from tests.model.server import Script, served

CLIENTS = 4
HANGING = 12
"""As many calls of one function as a process makes at a time."""

SLOW, TEXT = "provide_sales_contact_information", "Enterprise"
PATIENCE_SECONDS = 60.0
UNCLEAR = "we might need something signed maybe"
DEADLINE_MS = 2_000
QUESTIONS = 8
"""As many questions as a process has open at a time."""


def said(server: Server, text: str) -> float:
    """Say something in a new case; return the seconds that the answer took."""
    opened = request(server.port, "POST", "/v1/cases")[1]
    headers = {"Authorization": f"Bearer {opened['token']}", "Idempotency-Key": "1"}
    began = time.perf_counter()
    status, _, _ = request(
        server.port, "POST", f"/v1/cases/{opened['case']}/messages", {"text": text}, headers, seconds=PATIENCE_SECONDS
    )
    assert status == 200, f"{text!r} was answered with {status}"
    return time.perf_counter() - began


def turns(server: Server, count: int) -> list[float]:
    """Return the milliseconds of so many turns by a few customers."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        return [seconds * 1000 for seconds in pool.map(lambda _: said(server, "BAA for the API"), range(count))]


@contextmanager
def hanging(server: Server, folder: Path) -> Iterator[None]:
    """Have customers wait for the function for as long as this lasts."""
    hold = folder / "ledger" / f"hold-{SLOW}"
    hold.touch()
    before = len(ledger_lines(folder, "begun"))
    with ThreadPoolExecutor(HANGING) as pool:
        waiting = [pool.submit(said, server, TEXT) for _ in range(HANGING)]
        until = time.monotonic() + PATIENCE_SECONDS
        while len(ledger_lines(folder, "begun")) < before + HANGING:
            assert time.monotonic() < until, "the calls that are to hang did not begin"
            threading.Event().wait(0.02)
        try:
            yield
        finally:
            hold.unlink()
        for one in waiting:
            one.result()


@contextmanager
def thinking(server: Server, script: Script) -> Iterator[None]:
    """Have customers write what only the model could understand, again and again, for as long as this lasts."""
    enough, before = threading.Event(), len(script.asked)

    def write() -> None:
        while not enough.is_set():
            said(server, UNCLEAR)

    with ThreadPoolExecutor(QUESTIONS) as pool:
        writing = [pool.submit(write) for _ in range(QUESTIONS)]
        until = time.monotonic() + PATIENCE_SECONDS
        while len(script.asked) < before + QUESTIONS:
            assert time.monotonic() < until, "the model was not asked"
            threading.Event().wait(0.02)
        try:
            yield
        finally:
            enough.set()
        for one in writing:
            one.result()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--turns", type=int, default=60, help="turns of each half of a round (default: 60)")
    parser.add_argument("--database", default="sqlite", choices=["sqlite", *postgres.kinds()])
    parser.add_argument("--slow", default="function", choices=["function", "model"])
    given = parser.parse_args()
    script = Script(seconds=DEADLINE_MS / 1000 * 0.95)
    with tempfile.TemporaryDirectory() as name, served(script) as url:
        folder = Path(name)
        sqlite = given.database == "sqlite"
        database = str(folder / "cases.db") if sqlite else postgres.fresh_database(given.database)
        model = {
            "BYTHEBOOK_MODEL_URL": url,
            "BYTHEBOOK_MODEL": "slow",
            "BYTHEBOOK_MODEL_DEADLINE_MS": str(DEADLINE_MS),
        }
        by_model = given.slow == "model"
        server = Server(document_with_ledger(folder), database, environment=model if by_model else {})
        server.start()
        try:
            assert server.wait()
            turns(server, CLIENTS * 3)
            alone: list[float] = []
            beside: list[float] = []
            for _ in range(given.rounds):
                alone += turns(server, given.turns)
                with thinking(server, script) if by_model else hanging(server, folder):
                    beside += turns(server, given.turns)
        finally:
            server.kill()
    print("| database | turns of others | p50 ms | p99 ms |\n|---|---|---|---|")
    slow = f"a model that thinks ({len(script.asked)} questions)" if by_model else f"{HANGING} calls that hang"
    for label, times in (("nothing beside", alone), (slow, beside)):
        p99 = statistics.quantiles(times, n=100)[98]
        print(f"| {given.database} | {label} | {statistics.median(times):.1f} | {p99:.1f} |")
    print(f"\np50 x {statistics.median(beside) / statistics.median(alone):.2f}")


if __name__ == "__main__":
    main()
