"""Real trouble under a running application: what was acknowledged is stored, what was not is refused with a reason,
and once the trouble is over the same application goes on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from starlette.testclient import TestClient

from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.postgres_store import PostgresStore
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.engine.event import CustomerSaid
from bythebook.engine.evolve import replay
from bythebook.engine.state import Status
from bythebook.service.conversation import Conversation
from bythebook.service.ports import CaseStore, StoreUnavailable
from bythebook.service.timers import Timers
from bythebook.testing.fakes import ManualClock
from tests.postgres import fresh_database, kinds, server
from tests.web.customer import Customer, lines, new_customer
from tests.web.installation import install
from tests.web.test_api import problem

DISK_BYTES = 3 * 1024 * 1024
LONG = "x" * 7_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def audited(store: CaseStore, customer: Customer, acknowledged: dict[str, str]) -> None:
    """See that every message that was acknowledged is in the log once, and the log whole."""
    log = store.load(customer.case)
    said = [event.message_id for event in log if isinstance(event, CustomerSaid)]
    assert sorted(said) == sorted(set(said)) and set(acknowledged) <= set(said)
    assert store.verify(customer.case) is None
    assert store.summary(customer.case).version == replay(log).version == len(log)


def test_a_full_disk_is_refused_and_gone_on_from(small_disk: Path) -> None:
    store = SqliteStore(small_disk / "cases.db")
    installed = install(store)
    with closing(store), TestClient(installed.app) as client:
        customer = new_customer(client)
        acknowledged: dict[str, str] = {}
        refused = None
        for number in range(2_000):
            answer = customer.post({"text": LONG}, f"k{number}")
            if answer.status_code != 200:
                refused = f"k{number}"
                break
            acknowledged[f"k{number}"] = "yes"
        assert refused is not None and acknowledged, "the disk was filled"
        assert int(answer.headers["Retry-After"]) > 0
        problem(answer, "store-unavailable")
        openings = (
            client.post("/v1/cases") for _ in range(2_000)
        )  # a small entry may find room where a long one did not
        problem(next(opening for opening in openings if opening.status_code != 201), "store-unavailable")
        assert customer.look()["status"] == "handed_off", "what is there can be read"
        audited(store, customer, acknowledged)
        with pytest.raises(StoreUnavailable, match="the disk or the quota is full"):
            Conversation(installed.runner).open()
        subprocess.run(["mount", "-o", f"remount,size={4 * DISK_BYTES}", str(small_disk)], check=True)
        answer = customer.post({"text": LONG}, refused)
        assert answer.status_code == 200 and not answer.json()["duplicate"]
        acknowledged[refused] = "yes"
        assert new_customer(client).say("API")["said"]
        audited(store, customer, acknowledged)


def test_a_disk_that_takes_no_writes_is_said_at_start(small_disk: Path) -> None:
    path = small_disk / "cases.db"
    SqliteStore(path).close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StoreUnavailable, match=r"cases\.db cannot be (written|opened)"):
        SqliteStore(path)
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    SqliteStore(path).close()


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_is_moved_away_takes_nothing_until_it_is_back(tmp_path: Path, replaced: bool) -> None:
    path = tmp_path / "cases.db"
    store = SqliteStore(path)
    with TestClient(install(store).app) as client:
        customer = new_customer(client)
        assert lines(customer.say("API"))
        path.rename(tmp_path / "away.db")
        if replaced:
            path.touch()
        problem(customer.post({"text": "no"}, "late"), "store-unavailable")
        with pytest.raises(StoreUnavailable, match="was moved, removed or replaced"):
            Conversation(install(store).runner).open()
        (tmp_path / "away.db").replace(path)
        answer = customer.post({"text": "no"}, "late")
        assert answer.status_code == 200 and answer.json()["status"] == "resolved"
        audited(store, customer, {"late": "yes"})
    store.close()


@pytest.mark.slow
@pytest.mark.parametrize("kind", kinds())
def test_a_database_that_is_down_is_refused_and_gone_on_from(kind: str) -> None:
    if kind == "given":
        pytest.skip("the server that was given is not ours to kill")
    store = PostgresStore(fresh_database(kind))
    with closing(store), TestClient(install(store).app) as client:
        customer = new_customer(client)
        assert lines(customer.say("API", "k1"))
        server(kind).kill()
        for _ in range(3):
            problem(customer.post({"text": "no"}, "k2"), "store-unavailable")
        server(kind).start()
        answers = [customer.post({"text": "no"}, "k2") for _ in range(30)]
        assert answers[-1].status_code == 200 and answers[-1].json()["status"] == "resolved"
        audited(store, customer, {"k1": "yes", "k2": "yes"})


@pytest.mark.slow
@pytest.mark.parametrize("kind", kinds())
def test_a_database_set_read_only_is_refused_and_gone_on_from(kind: str) -> None:
    url = fresh_database(kind)
    name = url.rsplit("/", 1)[1]

    def read_only(setting: str) -> None:
        with psycopg.connect(url.rsplit("/", 1)[0] + "/postgres", autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = {setting}'.encode())
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))

    store = PostgresStore(url)
    with closing(store), TestClient(install(store).app) as client:
        customer = new_customer(client)
        assert lines(customer.say("API", "k1"))
        read_only("on")
        refused = [customer.post({"text": "no"}, "k2") for _ in range(10)]
        problem(refused[-1], "store-unavailable")
        assert all(answer.status_code == 503 for answer in refused)
        read_only("off")
        answers = [customer.post({"text": "no"}, "k2") for _ in range(30)]
        assert answers[-1].status_code == 200 and answers[-1].json()["status"] == "resolved"
        audited(store, customer, {"k1": "yes", "k2": "yes"})


# ---------------------------------------------------------------- a clock that jumps


def test_a_clock_set_back_fires_nothing_twice_and_answers_go_on() -> None:
    store, clock = MemoryStore(), ManualClock()
    runner = install(store, clock).runner
    conversation, timers = Conversation(runner), Timers(runner)
    case = conversation.open().case_id
    conversation.say(case, "hi", "m1")
    clock.advance(timedelta(minutes=10))
    assert timers.fire_due() == 1, "the nudge"
    clock.set(clock.now() - timedelta(hours=5))
    assert timers.fire_due() == 0
    assert conversation.say(case, "API", "m2").said
    assert conversation.say(case, "API", "m2").duplicate
    assert timers.fire_due() == 0
    log = store.load(case)
    assert store.verify(case) is None and replay(log) == runner.state(case)
    clock.advance(timedelta(minutes=10))
    assert timers.fire_due() == 1, "the silence counts from the last word, by the clock of then"
    assert timers.fire_due() == 0
    clock.advance(timedelta(hours=72))
    assert timers.fire_due() == 1
    assert store.summary(case).status is Status.ABANDONED
    clock.set(clock.now() - timedelta(days=400))
    assert conversation.say(case, "Enterprise", "m3").status is Status.OPEN
    assert store.verify(case) is None


def test_a_clock_set_back_does_not_erase_or_forget(tmp_path: Path) -> None:
    store, clock = SqliteStore(tmp_path / "cases.db"), ManualClock()
    conversation = Conversation(install(store, clock).runner)
    first = conversation.open().case_id
    clock.set(clock.now() - timedelta(days=30))
    second = conversation.open().case_id
    assert {row.case_id for row in store.summaries()} == {first, second}
    assert conversation.say(first, "API", "m1").said and conversation.say(second, "API", "m1").said
    store.close()
