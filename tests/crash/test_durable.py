"""Effects on the durable engine, in real processes that are killed: nothing lost, everything recorded once."""

from __future__ import annotations

import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bythebook.adapters.durable import DurableEffects
from bythebook.adapters.system_clock import SystemClock
from bythebook.bootstrap import Outside, build_installation, open_store
from bythebook.cli.serve import carrying_out
from bythebook.engine.event import FunctionCalled, FunctionFailed, FunctionReturned, HandoffRequested, HumanNotified
from bythebook.service.conversation import Conversation
from bythebook.service.ports import CaseStore, Work
from bythebook.service.timers import Timers
from bythebook.settings import Settings
from tests import postgres
from tests.crash.document import document_with_ledger, ledger_lines
from tests.crash.serving import Server, request
from tests.http.server import serving, status, told
from tests.service.test_effects import Elsewhere

LIST = "provide_list_of_zero_retention_endpoints"
SECONDS = 40.0
ENDED = (0, -signal.SIGTERM)
"""How a process ends that was asked to."""

KINDS = ["sqlite", *postgres.kinds()[:1]]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


class House:
    """Server processes over one database."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder = folder
        self.database = str(folder / "cases.db") if kind == "sqlite" else postgres.fresh_database(kind)
        self.document = document_with_ledger(folder, effects=True)
        self.servers: list[Server] = []

    def serve(self, fail_at: str = "", **settings: str) -> Server:
        environment = {
            "BYTHEBOOK_EFFECTS": "durable",
            **{f"BYTHEBOOK_{name.upper()}": value for name, value in settings.items()},
        }
        server = Server(self.document, self.database, environment=environment)
        self.servers.append(server)
        server.start(fail_at)
        assert server.wait()
        return server

    def open(self, server: Server) -> tuple[str, dict[str, str]]:
        answer = request(server.port, "POST", "/v1/cases")[1]
        return answer["case"], {"Authorization": f"Bearer {answer['token']}"}

    def store(self) -> CaseStore:
        return open_store(Settings(database=self.database))

    def until(self, case_id: str, *kinds: type, times: int = 1) -> list[Any]:
        """Wait until the case's log holds that many events of each kind; return the log."""
        store = self.store()
        try:
            end = time.monotonic() + SECONDS
            while True:
                log = list(store.load(case_id))
                if all(sum(isinstance(event, kind) for event in log) >= times for kind in kinds):
                    assert store.verify(case_id) is None
                    return log
                assert time.monotonic() < end, f"{kinds} did not come: {[type(event).__name__ for event in log]}"
                threading.Event().wait(0.05)
        finally:
            store.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Callable[[str], House]]:
    made: list[House] = []

    def make(kind: str) -> House:
        made.append(House(tmp_path, kind))
        return made[-1]

    yield make
    for one in made:
        for server in one.servers:
            if server.alive:
                server.kill()


def say(server: Server, case: tuple[str, dict[str, str]], text: str, key: str = "1") -> dict[str, Any] | None:
    """Say something; None where the server died over it."""
    headers = {**case[1], "Idempotency-Key": key}
    try:
        return request(server.port, "POST", f"/v1/cases/{case[0]}/messages", {"text": text}, headers)[1]
    except OSError:
        return None


def count(log: list[Any], kind: type) -> int:
    return sum(isinstance(event, kind) for event in log)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "place",
    [
        "after append MessageRead",  # handed over, not begun
        f"before call {LIST}",  # begun, not called
        f"after call {LIST}",  # called, not recorded
        "before append FunctionReturned",
        "after append FunctionReturned",
    ],
)
def test_a_kill_loses_nothing_and_records_once(house: Callable[[str], House], kind: str, place: str) -> None:
    at = house(kind)
    server = at.serve(place)
    case = at.open(server)
    say(server, case, "BAA for the API")
    assert server.process is not None and server.process.wait(SECONDS) == -signal.SIGKILL
    other = at.serve()
    log = at.until(case[0], FunctionReturned)
    assert (count(log, FunctionCalled), count(log, FunctionReturned), count(log, FunctionFailed)) == (1, 1, 0)
    done = ledger_lines(at.folder)
    assert {key for key, _, _ in done} == {next(e.key for e in log if isinstance(e, FunctionReturned))}
    assert len(done) == (2 if place in (f"after call {LIST}", "before append FunctionReturned") else 1)
    answer = say(other, case, "BAA for the API")
    assert answer is not None and answer["duplicate"] and answer["said"][-1]["line"] == "5.1"
    assert other.stop() in ENDED


@pytest.mark.parametrize("kind", KINDS[1:])
def test_the_work_of_a_process_that_died_is_taken_over(house: Callable[[str], House], kind: str) -> None:
    at = house(kind)
    hold = at.folder / "ledger" / f"hold-{LIST}"
    hold.touch()
    first = at.serve()
    case = at.open(first)
    threading.Thread(target=say, args=(first, case, "BAA for the API"), daemon=True).start()
    end = time.monotonic() + SECONDS
    while not ledger_lines(at.folder, "begun"):
        assert time.monotonic() < end
        threading.Event().wait(0.02)
    second = at.serve()
    first.kill()
    hold.unlink()
    log = at.until(case[0], FunctionReturned)
    assert count(log, FunctionReturned) == 1
    begun = ledger_lines(at.folder, "begun")
    assert len({key for key, _, _ in begun}) == 1
    assert begun[-1][2] == second.process.pid if second.process else False


def test_a_live_process_is_not_taken_for_dead(house: Callable[[str], House]) -> None:
    if len(KINDS) < 2:
        pytest.skip("there is no PostgreSQL")
    at = house(KINDS[1])
    hold = at.folder / "ledger" / f"hold-{LIST}"
    hold.touch()
    first = at.serve()
    at.serve()
    case = at.open(first)
    threading.Thread(target=say, args=(first, case, "BAA for the API"), daemon=True).start()
    threading.Event().wait(4.0)  # several looks of both
    hold.unlink()
    at.until(case[0], FunctionReturned)
    assert len(ledger_lines(at.folder, "begun")) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_function_that_fails_is_tried_three_times_and_the_desk_is_told(
    house: Callable[[str], House], kind: str
) -> None:
    at = house(kind)
    file = at.document / "functions.py"
    body = file.read_text().replace(
        f'    done("{LIST}", key)\n', f'    done("{LIST}", key)\n    raise OSError("away")\n'
    )
    file.write_text(body)
    with serving() as hook:
        hook.on("/hook", status(503), told({}))
        settings = {"notice_url": f"{hook.url}/hook", "notice_secret": "a secret of some length"}
        server = at.serve(**settings)
        case = at.open(server)
        say(server, case, "BAA for the API")
        log = at.until(case[0], HumanNotified)
        assert (count(log, FunctionFailed), count(log, HandoffRequested), count(log, HumanNotified)) == (3, 1, 1)
        assert len({key for key, _, _ in ledger_lines(at.folder)}) == 1
        assert len({request.headers["webhook-id"] for request in hook.requests}) == 1
        assert len(hook.requests) == 2
        assert server.stop() in ENDED


@pytest.mark.parametrize("place", ["before notice", "after notice", "before append HumanNotified"])
def test_a_notice_comes_out_of_a_kill_under_one_key(house: Callable[[str], House], place: str) -> None:
    at = house("sqlite")
    with serving() as hook:
        hook.on("/hook", told({}))
        settings = {"notice_url": f"{hook.url}/hook", "notice_secret": "a secret of some length"}
        server = at.serve(place, **settings)
        case = at.open(server)
        say(server, case, "I want to talk to a human")
        assert server.process is not None and server.process.wait(SECONDS) == -signal.SIGKILL
        at.serve(**settings)
        log = at.until(case[0], HumanNotified)
        assert count(log, HumanNotified) == 1
        assert len({request.headers["webhook-id"] for request in hook.requests}) == 1


class Later:
    """A clock by which what is owed is owed for long."""

    def now(self) -> datetime:
        return SystemClock().now() + timedelta(minutes=5)


def test_what_nobody_knows_of_is_handed_over_again_and_what_is_under_way_is_not(tmp_path: Path) -> None:
    document, database = document_with_ledger(tmp_path, effects=True), str(tmp_path / "cases.db")
    settings = Settings(document=str(document), database=database, reader="lexicon")
    store = open_store(settings)
    store.hand_over = lambda *_: None  # type: ignore[attr-defined]  # an engine that forgets
    talk = Conversation(build_installation(settings, store, outside=Outside(effects=Elsewhere())).runner)
    case = talk.open().case_id
    talk.say(case, "BAA for the API", "1")
    store.close()
    hold = tmp_path / "ledger" / f"hold-{LIST}"
    hold.touch()
    effects = DurableEffects(database)
    store = open_store(settings, effects)
    runner = build_installation(settings, store, outside=Outside(clock=Later(), effects=effects)).runner
    with carrying_out(effects, runner, Timers(runner)):
        runner.recover()
        end = time.monotonic() + SECONDS
        while not ledger_lines(tmp_path, "begun"):
            assert time.monotonic() < end
            threading.Event().wait(0.02)
        effects.again(Work(ledger_lines(tmp_path, "begun")[0][0], case))
        threading.Event().wait(1.0)
        hold.unlink()
        while count(list(store.load(case)), FunctionReturned) == 0:
            assert time.monotonic() < end
            threading.Event().wait(0.02)
    assert len(ledger_lines(tmp_path, "begun")) == 1
    store.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_process_that_is_asked_to_stop_finishes_what_it_has_begun(house: Callable[[str], House], kind: str) -> None:
    at = house(kind)
    hold = at.folder / "ledger" / f"hold-{LIST}"
    hold.touch()
    server = at.serve()
    case = at.open(server)
    say(server, case, "BAA for the API")  # answered with what was said until the call
    assert len(ledger_lines(at.folder, "begun")) == 1
    server.signal(signal.SIGTERM)
    threading.Event().wait(1.0)
    assert server.alive
    hold.unlink()
    assert server.process is not None and server.process.wait(SECONDS) in ENDED
    log = at.until(case[0], FunctionReturned)
    assert count(log, FunctionReturned) == 1
    assert len(ledger_lines(at.folder)) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_silence_is_noticed_by_the_engine(house: Callable[[str], House], kind: str) -> None:
    at = house(kind)
    phrases = at.document / "phrases.toml"
    phrases.write_text(phrases.read_text() + "\n[conduct]\nnudge_after_s = 1\n")
    server = at.serve()
    case = at.open(server)
    say(server, case, "hello")
    end = time.monotonic() + 20.0
    while True:
        shown = request(server.port, "GET", f"/v1/cases/{case[0]}", None, case[1])[1]
        if any(one["line"] == "house:nudge" for one in shown["transcript"]):
            break
        assert time.monotonic() < end
        threading.Event().wait(0.1)


def test_nothing_that_was_said_is_handed_to_the_engine(house: Callable[[str], House]) -> None:
    at = house("sqlite")
    server = at.serve()
    case = at.open(server)
    say(server, case, "BAA for the API, and my dog is called Barnaby")
    at.until(case[0], FunctionReturned)
    server.stop()
    with sqlite3.connect(at.database) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = [name for name in tables if name.startswith(("workflow", "operation", "notifications", "streams"))]
        assert "workflow_status" in ours
        kept = [str(row) for name in ours for row in connection.execute(f"SELECT * FROM {name}")]
    assert kept and not any("Barnaby" in row or "/v1/a" in row for row in kept)
