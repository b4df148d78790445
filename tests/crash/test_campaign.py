"""Kill -9 at random and at every named place, on SQLite and PostgreSQL, under traffic: nothing lost, nothing twice.

More of the same: `make crash KILLS=1000`. docs/reliability.md says what is audited.
"""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest

from tests import postgres
from tests.crash.audit import audit
from tests.crash.campaign import Campaign
from tests.crash.customers import Customers
from tests.crash.document import document_with_ledger
from tests.crash.serving import Server

KILLS = 25
"""On each database."""

DURABLE_KILLS = 8
"""The same with effects handed over to the durable engine."""

MINUTES = 60

pytestmark = [pytest.mark.slow, pytest.mark.timeout(25 * MINUTES)]


def database_of(folder: Path, kind: str) -> str:
    """Return the address of a fresh database."""
    return str(folder / "cases.db") if kind == "sqlite" else postgres.fresh_database(kind)


@pytest.mark.parametrize(("kind", "servers"), [("sqlite", 1), *((kind, 2) for kind in postgres.kinds()[:1])])
def test_killed_again_and_again(tmp_path: Path, kind: str, servers: int) -> None:
    campaign = Campaign(tmp_path, database_of(tmp_path, kind), servers)
    found = campaign.run(KILLS)
    assert sum(campaign.died.values()) == KILLS
    assert found.messages >= KILLS and found.calls > 0


@pytest.mark.parametrize(("kind", "servers"), [("sqlite", 1), *((kind, 2) for kind in postgres.kinds()[:1])])
def test_killed_again_and_again_with_effects_handed_over(tmp_path: Path, kind: str, servers: int) -> None:
    campaign = Campaign(tmp_path, database_of(tmp_path, kind), servers, durable=True)
    found = campaign.run(DURABLE_KILLS)
    assert sum(campaign.died.values()) == DURABLE_KILLS
    assert found.messages > 0 and found.calls > 0
    assert found.recovered == 0, "the engine carried out all that it was given"


@pytest.mark.parametrize("kind", [kind for kind in postgres.kinds()[:1] if kind != "given"])
def test_the_database_is_killed_and_comes_back(tmp_path: Path, kind: str) -> None:
    document, database = document_with_ledger(tmp_path), postgres.fresh_database(kind)
    server = Server(document, database)
    server.start()
    assert server.wait()
    customers = Customers([server.port], 3, 1)
    customers.start()
    try:
        for _ in range(3):
            answered(customers, 5)
            postgres.server(kind).kill()
            assert not server.answers(), "without its database it does not say that it is well"
            postgres.server(kind).start()
        answered(customers, 5)
        customers.stop()
        server.stop()
    finally:
        customers.gone.set()
        if server.alive:
            server.kill()
    assert not customers.refused
    audit(tmp_path, document, database, customers.told)


@pytest.mark.parametrize(("kind", "servers"), [("sqlite", 1), *((kind, 2) for kind in postgres.kinds()[:1])])
def test_a_server_is_stopped_and_woken(tmp_path: Path, kind: str, servers: int) -> None:
    document, database = document_with_ledger(tmp_path), database_of(tmp_path, kind)
    running = [Server(document, database) for _ in range(servers)]
    for server in running:
        server.start()
        assert server.wait()
    customers = Customers([server.port for server in running], 3, 1)
    customers.start()
    try:
        for _ in range(3):
            answered(customers, 5)
            running[0].signal(signal.SIGSTOP)
            threading.Event().wait(0.5)
            running[0].signal(signal.SIGCONT)
        customers.stop()
        for server in running:
            server.stop()
    finally:
        customers.gone.set()
        for server in running:
            if server.alive:
                server.kill()
    assert not customers.refused
    audit(tmp_path, document, database, customers.told)


def test_a_second_process_on_one_sqlite_file_is_refused(tmp_path: Path) -> None:
    document, database = document_with_ledger(tmp_path), str(tmp_path / "cases.db")
    first, second = Server(document, database), Server(document, database)
    first.start()
    try:
        assert first.wait()
        second.start()
        assert not second.wait(), "the second one serves too"
        assert second.process is not None and second.process.returncode == 2
        assert first.answers()
        first.kill()
        second.start()  # the place was let go of by the death of the first
        assert second.wait()
    finally:
        for server in (first, second):
            if server.alive:
                server.kill()


def answered(customers: Customers, more: int) -> None:
    """Wait until so many more messages were answered."""
    until = len(customers.told) + more
    for _ in range(6000):
        if len(customers.told) >= until:
            return
        threading.Event().wait(0.01)
    raise AssertionError("no answers come")
