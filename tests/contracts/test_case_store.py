"""The contract of `CaseStore`: one suite, every implementation. What is proved here the service may rely on."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
from tests.postgres import fresh_database, kinds

from bythebook.adapters.chain import GENESIS, Entry, link
from bythebook.adapters.event_codec import decode, encode
from bythebook.adapters.master_keys import new_master_key, read_master_keys
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.postgres_store import PostgresStore
from bythebook.adapters.private_fields import blanked
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.engine.decide import Refused
from bythebook.engine.erasure import CaseErased
from bythebook.engine.event import (
    AssistantSaid,
    CaseOpened,
    CustomerSaid,
    Event,
    FunctionReturned,
    Source,
    TurnEnded,
)
from bythebook.engine.evolve import replay
from bythebook.engine.state import Status
from bythebook.service.ports import (
    Append,
    CaseStore,
    CaseSummary,
    MasterKeys,
    MessageIdTaken,
    NotSealed,
    Recalled,
    UnknownCase,
    VersionConflict,
)
from bythebook.service.search import CaseQuery

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
DIGEST = "d" * 64


class Lab(Protocol):
    """A store, and the means to do to it what no store lets you do."""

    store: CaseStore

    def reopen(self) -> CaseStore: ...

    def alter(self, case_id: str, version: int, column: str, value: str) -> None:
        """Write over a column of a stored event."""

    def drop(self, case_id: str, version: int) -> None:
        """Delete a stored event."""


class MemoryLab:
    def __init__(self, _: Path) -> None:
        self._memory = MemoryStore()
        self.store: CaseStore = self._memory

    def reopen(self) -> CaseStore:
        self.store.close()
        return self.store

    def alter(self, case_id: str, version: int, column: str, value: str) -> None:
        self._change(case_id, lambda e: _altered(e, column, value) if e.version == version else e)

    def drop(self, case_id: str, version: int) -> None:
        self._change(case_id, lambda e: None if e.version == version else e)

    def _change(self, case_id: str, change: Callable[[Entry], Entry | None]) -> None:
        row = self._memory.rows[case_id]
        entries = tuple(entry for entry in map(change, row.entries) if entry is not None)
        self._memory.rows[case_id] = replace(row, entries=entries)


def _altered(entry: Entry, column: str, value: str) -> Entry:
    changes: dict[str, Any] = {column: value}
    return replace(entry, **changes)


class SqliteLab:
    def __init__(self, folder: Path, masters: MasterKeys | None = None) -> None:
        self._path, self._masters = folder / "cases.db", masters
        self.store: CaseStore = SqliteStore(self._path, masters=masters)

    def reopen(self) -> CaseStore:
        self.store.close()
        self.store = SqliteStore(self._path, masters=self._masters)
        return self.store

    def alter(self, case_id: str, version: int, column: str, value: str) -> None:
        self._run(f"UPDATE events SET {column} = ? WHERE case_id = ? AND version = ?", value, case_id, version)

    def drop(self, case_id: str, version: int) -> None:
        self._run("DELETE FROM messages WHERE case_id = ? AND version = ?", case_id, version)
        self._run("DELETE FROM events WHERE case_id = ? AND version = ?", case_id, version)

    def change_snapshots(self, column: str, value: str) -> None:
        """Write over a column of the stored snapshots."""
        self._run(f"UPDATE snapshots SET {column} = ?", value)

    def snapshot(self, case_id: str) -> bytes:
        """Return the snapshot as it is stored."""
        with closing(sqlite3.connect(self._path)) as connection:
            return bytes(connection.execute("SELECT body FROM snapshots WHERE case_id = ?", (case_id,)).fetchone()[0])

    def _run(self, statement: str, *values: str | int) -> None:
        with closing(sqlite3.connect(self._path)) as connection, connection:
            assert connection.execute(statement, values).rowcount <= 1


class PostgresLab:
    def __init__(self, kind: str, masters: MasterKeys | None = None) -> None:
        self._url, self._masters = fresh_database(kind), masters
        self.store: CaseStore = PostgresStore(self._url, masters=masters)

    def reopen(self) -> CaseStore:
        self.store.close()
        self.store = PostgresStore(self._url, masters=self._masters)
        return self.store

    def alter(self, case_id: str, version: int, column: str, value: str) -> None:
        self._run(f"UPDATE events SET {column} = %s WHERE case_id = %s AND version = %s", value, case_id, version)

    def drop(self, case_id: str, version: int) -> None:
        self._run("DELETE FROM messages WHERE case_id = %s AND version = %s", case_id, version)
        self._run("DELETE FROM events WHERE case_id = %s AND version = %s", case_id, version)

    def change_snapshots(self, column: str, value: str) -> None:
        """Write over a column of the stored snapshots."""
        self._run(f"UPDATE snapshots SET {column} = %s", value)

    def snapshot(self, case_id: str) -> bytes:
        """Return the snapshot as it is stored."""
        with psycopg.connect(self._url) as connection:
            row = connection.execute("SELECT body FROM snapshots WHERE case_id = %s", (case_id,)).fetchone()
            assert row is not None
            return bytes(row[0])

    def _run(self, statement: str, *values: str | int) -> None:
        with psycopg.connect(self._url) as connection:
            assert connection.execute(statement.encode(), values).rowcount <= 1


MASTERS = read_master_keys(new_master_key())
QUICK = ("memory", "sqlite", "sqlite sealed")
LABS: dict[str, Callable[[Path], Lab]] = {
    "memory": MemoryLab,
    "sqlite": SqliteLab,
    "sqlite sealed": lambda folder: SqliteLab(folder, MASTERS),
    **{kind: (lambda _, kind=kind: PostgresLab(kind)) for kind in kinds()},
    **{f"{kind} sealed": (lambda _, kind=kind: PostgresLab(kind, MASTERS)) for kind in kinds()[-1:]},
}
"""PostgreSQL is started for the slow tests only: it takes some seconds."""


@pytest.fixture(
    params=[pytest.param(name, marks=() if name in QUICK else pytest.mark.slow, id=name) for name in LABS]
)
def lab(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Lab]:
    made = LABS[request.param](tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def store(lab: Lab) -> CaseStore:
    return lab.store


def row(case_id: str, version: int, **other: Any) -> CaseSummary:
    """Return a case's row; `other` names what is not as usual."""
    usual = CaseSummary(case_id, "baa", DIGEST, Status.OPEN, version, NOW, NOW, False, None, "", "", "")
    return replace(usual, **other)


def said(message_id: str, text: str = "hello") -> CustomerSaid:
    return CustomerSaid(NOW, message_id, text)


def adding(case_id: str, after: int, *events: Event, **other: Any) -> Append:
    return Append(row(case_id, after + len(events), **other), after, events, DIGEST if after == 0 else None)


def opening(case_id: str, *events: Event, **other: Any) -> Append:
    return adding(case_id, 0, CaseOpened(NOW, case_id, "baa", DIGEST), *events, **other)


THREE: tuple[Event, ...] = (said("m1"), AssistantSaid("Hello!", "1", Source.QUOTED), TurnEnded())


# ---------------------------------------------------------------- what was appended is there


def test_what_was_appended_is_loaded_in_order(store: CaseStore) -> None:
    store.append(opening("a", *THREE))
    later = FunctionReturned(NOW, "a:4", {"list": ("x", "y"), "count": 2, "ok": True, "none": None, "f": 0.5})
    store.append(adding("a", 4, later, TurnEnded()))
    assert store.load("a") == (CaseOpened(NOW, "a", "baa", DIGEST), *THREE, later, TurnEnded())
    assert store.verify("a") is None


def test_what_was_appended_is_there_after_opening_again(lab: Lab) -> None:
    lab.store.append(opening("a", *THREE, owes=True))
    before = lab.store.load("a")
    store = lab.reopen()
    assert store.load("a") == before
    assert list(store.owing()) == ["a"]
    store.append(adding("a", 4, TurnEnded()))
    assert store.verify("a") is None


def test_times_come_back_to_the_microsecond_whatever_the_zone(store: CaseStore) -> None:
    at = datetime(2026, 1, 5, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    store.append(opening("a", said("m1"), updated_at=at, timer_at=at))
    assert store.summary("a").updated_at == at == store.summary("a").timer_at


def test_text_that_no_file_can_hold_is_replaced_not_refused(store: CaseStore) -> None:
    store.append(opening("a", said("m\ud800", "half a \udfff pair, and a whole one: \ud83d\ude00, NUL: \x00")))
    message = store.load("a")[1]
    assert message == said("m\ufffd", "half a \ufffd pair, and a whole one: \U0001f600, NUL: \x00")
    assert store.message_version("a", "m\ud800") == 2
    assert store.message_version("a", "m\ufffd") == 2


def test_an_unknown_case_is_said_to_be_unknown(store: CaseStore) -> None:
    for case_id in ("nobody", "", "\ud800", "a'; DROP TABLE cases; --"):
        for ask in (store.load, store.summary, store.token_digest, store.verify):
            with pytest.raises(UnknownCase):
                ask(case_id)
        assert store.message_version(case_id, "m1") is None


def test_nothing_appended_changes_nothing(store: CaseStore) -> None:
    store.append()
    assert store.summaries() == ()


# ---------------------------------------------------------------- refusals


def test_the_second_of_two_writers_is_refused(store: CaseStore) -> None:
    store.append(opening("a", *THREE))
    store.append(adding("a", 4, said("m2")))
    with pytest.raises(VersionConflict):
        store.append(adding("a", 4, said("m3")))
    assert len(store.load("a")) == 5
    assert store.message_version("a", "m3") is None


def test_a_case_opens_once(store: CaseStore) -> None:
    store.append(opening("a", *THREE))
    with pytest.raises(VersionConflict):
        store.append(opening("a", said("m9")))
    assert len(store.load("a")) == 4


def test_a_case_that_was_not_opened_cannot_go_on(store: CaseStore) -> None:
    with pytest.raises(VersionConflict):
        store.append(adding("a", 4, said("m1")))
    with pytest.raises(UnknownCase):
        store.load("a")


def test_a_message_id_is_taken_once_a_case(store: CaseStore) -> None:
    store.append(opening("a", *THREE), opening("b", *THREE))
    with pytest.raises(MessageIdTaken):
        store.append(adding("a", 4, said("m2"), said("m1")))
    with pytest.raises(MessageIdTaken):
        store.append(adding("a", 4, said("m5"), said("m5")))
    assert len(store.load("a")) == 4
    assert [store.message_version("a", name) for name in ("m1", "m2", "m5")] == [2, None, None]
    assert store.message_version("b", "m1") == 2


def test_several_cases_are_stored_together_or_not_at_all(store: CaseStore) -> None:
    store.append(opening("a", *THREE), opening("b", *THREE))
    with pytest.raises(VersionConflict):
        store.append(adding("a", 4, said("m2"), status=Status.RESOLVED), adding("b", 3, said("m2")))
    with pytest.raises(MessageIdTaken):
        store.append(opening("c"), adding("b", 4, said("m1")))
    assert (len(store.load("a")), len(store.load("b"))) == (4, 4)
    assert store.summary("a").status is Status.OPEN
    with pytest.raises(UnknownCase):
        store.load("c")
    store.append(adding("a", 4, said("m2")), adding("b", 4, said("m2")), adding("a", 5, said("m3")))
    assert (len(store.load("a")), len(store.load("b"))) == (6, 5)
    assert store.verify("a") is None


def test_a_row_that_is_not_of_its_append_is_our_mistake(store: CaseStore) -> None:
    with pytest.raises(AssertionError):
        store.append(Append(row("a", 7), 0, THREE, DIGEST))


# ---------------------------------------------------------------- rows


def test_a_summary_says_what_the_last_append_said(store: CaseStore) -> None:
    first = opening("a", said("m1"), owes=True, timer_at=NOW, step="2", reason="asked", human="Ada")
    store.append(first)
    assert store.summary("a") == first.summary
    second = adding("a", 2, TurnEnded(), status=Status.RESOLVED, updated_at=NOW + timedelta(seconds=1))
    store.append(second)
    assert store.summary("a") == second.summary


def test_the_versions_of_many_cases_are_found_at_once(store: CaseStore) -> None:
    for case_id in ("a", "b", "c"):
        store.append(opening(case_id))
    store.append(adding("b", 1, TurnEnded()))
    wanted = ["a", "b", "no such case", *(f"{number}" for number in range(1_200))]
    assert store.versions(wanted) == {"a": 1, "b": 2}
    assert store.versions([]) == {}


def test_summaries_come_newest_change_first(store: CaseStore) -> None:
    for number, case_id in enumerate("cabd"):
        status = Status.HANDED_OFF if case_id in "ab" else Status.OPEN
        store.append(opening(case_id, status=status, updated_at=NOW + timedelta(minutes=number // 2)))
    assert [row.case_id for row in store.summaries()] == ["b", "d", "a", "c"]
    assert [row.case_id for row in store.summaries(limit=3)] == ["b", "d", "a"]
    assert [row.case_id for row in store.summaries(Status.HANDED_OFF)] == ["b", "a"]
    assert store.summaries(Status.RESOLVED) == ()


def test_owing_cases_come_oldest_change_first(store: CaseStore) -> None:
    for number, case_id in enumerate("cab"):
        store.append(opening(case_id, owes=case_id != "a", updated_at=NOW + timedelta(minutes=number)))
    assert list(store.owing()) == ["c", "b"]
    assert list(store.owing(limit=1)) == ["c"]
    store.append(adding("c", 1, TurnEnded()))
    assert list(store.owing()) == ["b"]


def test_due_cases_are_those_whose_timer_has_come(store: CaseStore) -> None:
    for minutes, case_id in enumerate("cab"):
        store.append(opening(case_id, timer_at=NOW + timedelta(minutes=minutes)))
    store.append(opening("never"))
    assert list(store.due(NOW - timedelta(microseconds=1))) == []
    assert list(store.due(NOW)) == ["c"]
    assert list(store.due(NOW + timedelta(hours=1))) == ["c", "a", "b"]
    assert list(store.due(NOW + timedelta(hours=1), limit=2)) == ["c", "a"]
    store.append(adding("c", 1, TurnEnded(), timer_at=None))
    assert list(store.due(NOW)) == []


def test_the_token_digest_is_that_of_the_opening(store: CaseStore) -> None:
    store.append(opening("a"))
    store.append(Append(row("b", 1), 0, (CaseOpened(NOW, "b", "baa", DIGEST),)))
    store.append(adding("a", 1, said("m1")))
    assert store.token_digest("a") == DIGEST
    assert store.token_digest("b") == ""


# ---------------------------------------------------------------- releases


def test_a_release_is_kept_once(store: CaseStore) -> None:
    assert store.release_files(DIGEST) is None
    files = [("phrases.toml", b"\x00\xff"), ("document.md", "“quoted”".encode())]
    store.keep_release(DIGEST, files)
    store.keep_release(DIGEST, [("document.md", b"another text"), ("more.md", b"")])
    assert store.release_files(DIGEST) == tuple(sorted(files))
    assert store.release_files("e" * 64) is None


# ---------------------------------------------------------------- whoever alters the log is found out


@pytest.mark.parametrize("version", [1, 2, 4])
def test_an_altered_text_is_found(lab: Lab, version: int) -> None:
    lab.store.append(opening("a", *THREE))
    body = encode(AssistantSaid("You are approved.", "1", Source.QUOTED))
    lab.alter("a", version, "body", body)
    assert lab.store.verify("a") == version


@pytest.mark.parametrize("column", ["hash", "kind"])
@pytest.mark.parametrize("version", [1, 3, 4])
def test_an_altered_column_is_found(lab: Lab, version: int, column: str) -> None:
    lab.store.append(opening("a", *THREE))
    lab.alter("a", version, column, "0" * 64)
    assert lab.store.verify("a") == version


@pytest.mark.parametrize("version", [1, 2, 4])
def test_a_deleted_event_is_found(lab: Lab, version: int) -> None:
    lab.store.append(opening("a", *THREE))
    lab.drop("a", version)
    assert lab.store.verify("a") == version


def test_a_log_that_was_emptied_is_found(lab: Lab) -> None:
    lab.store.append(opening("a"))
    lab.drop("a", 1)
    assert lab.store.verify("a") == 1


def test_an_altered_text_with_its_own_hash_made_anew_is_found(lab: Lab) -> None:
    lab.store.append(opening("a", *THREE))
    first = link(GENESIS, "a", 1, encode(CaseOpened(NOW, "a", "baa", DIGEST)))
    body = encode(said("m1", "I agree to everything"))
    lab.alter("a", 2, "body", body)
    lab.alter("a", 2, "hash", link(first, "a", 2, body))
    assert lab.store.verify("a") == 3


# ---------------------------------------------------------------- threads

THREADS = 8


def test_threads_append_to_their_own_cases(store: CaseStore) -> None:
    def talk(case_id: str) -> None:
        store.append(opening(case_id))
        for turn in range(10):
            store.append(adding(case_id, 1 + 3 * turn, said(f"m{turn}"), *THREE[1:]))

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(talk, map(str, range(THREADS))))
    for case_id in map(str, range(THREADS)):
        assert len(store.load(case_id)) == 31
        assert store.verify(case_id) is None


def test_of_threads_at_one_case_exactly_one_wins_each_version(store: CaseStore) -> None:
    store.append(opening("a"))
    start = threading.Barrier(THREADS)

    def race(name: str) -> list[int]:
        won = []
        for version in range(1, 21):
            start.wait()
            try:
                store.append(adding("a", version, said(f"{name}:{version}")))
            except VersionConflict:
                continue
            won.append(version)
        return won

    with ThreadPoolExecutor(THREADS) as pool:
        wins = list(pool.map(race, map(str, range(THREADS))))
    assert sorted(version for won in wins for version in won) == list(range(1, 21))
    assert len(store.load("a")) == 21
    assert store.verify("a") is None


def test_a_refused_thread_does_not_pull_the_others_down(store: CaseStore) -> None:
    store.append(opening("taken", said("m1")))
    start = threading.Barrier(THREADS)

    def write(number: int) -> bool:
        start.wait()
        for turn in range(10):
            if number % 2:
                store.append(opening(f"{number}.{turn}", *THREE))
            else:
                with pytest.raises(MessageIdTaken):
                    store.append(opening(f"{number}.{turn}"), adding("taken", 2, said("m1")))
        return True

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(pool.map(write, range(THREADS)))
    assert len(store.summaries()) == 1 + 10 * THREADS // 2
    assert len(store.load("taken")) == 2


# ---------------------------------------------------------------- erased


PRIVATE: tuple[Event, ...] = (
    said("m1", "my account is 4711"),
    FunctionReturned(NOW, "c:2", {"balance": 12}),
    AssistantSaid("Your balance is 12.", "2", Source.FUNCTION),
    AssistantSaid("Hello!", "1", Source.QUOTED),
)


def test_an_erased_case_keeps_its_log_without_what_was_private(lab: Lab) -> None:
    if isinstance(lab, SqliteLab | PostgresLab) and lab._masters is None:
        pytest.skip("only sealed cases can be erased")
    lab.store.append(opening("c", *PRIVATE), opening("d", *PRIVATE))
    assert lab.store.load("c")[1:] == PRIVATE
    lab.store.erase(adding("c", 5, TurnEnded()))
    for again in (False, True):
        store = lab.reopen() if again else lab.store
        log = store.load("c")
        assert [type(event) for event in log] == [CaseOpened, *(type(event) for event in PRIVATE), TurnEnded]
        assert "4711" not in repr(log) and "12" not in repr(log[1:])
        assert log[3] == AssistantSaid("", "2", Source.FUNCTION)
        assert store.message_version("c", "m1") == 2
        assert store.verify("c") is None
        assert store.load("d")[1:] == PRIVATE


def test_what_opened_without_a_key_cannot_be_erased(lab: Lab) -> None:
    if isinstance(lab, MemoryLab) or getattr(lab, "_masters", None) is not None:
        pytest.skip("a store that seals, or forgets")
    lab.store.append(opening("c", *PRIVATE))
    with pytest.raises(NotSealed):
        lab.store.erase(adding("c", 5, TurnEnded()))
    assert lab.store.load("c")[1:] == PRIVATE


# ---------------------------------------------------------------- what a schedule may erase


def test_cases_to_erase_are_those_long_unchanged_that_can_be(lab: Lab) -> None:
    seals = isinstance(lab, MemoryLab) or getattr(lab, "_masters", None) is not None
    for days, case_id in enumerate("dabc"):
        status = Status.OPEN if case_id == "b" else Status.RESOLVED
        lab.store.append(opening(case_id, status=status, updated_at=NOW + timedelta(days=days)))
    until = NOW + timedelta(days=1)
    assert list(lab.store.erasable(Status.RESOLVED, until)) == (["d", "a"] if seals else [])
    assert list(lab.store.erasable(Status.RESOLVED, until, limit=1)) == (["d"] if seals else [])
    assert lab.store.unsealed(Status.RESOLVED, until) == (0 if seals else 2)
    assert list(lab.store.erasable(Status.ABANDONED, until)) == []
    if seals:
        lab.store.erase(adding("d", 1, TurnEnded(), status=Status.RESOLVED))
        found = list(lab.store.erasable(Status.RESOLVED, until))
        assert found == (["d", "a"] if isinstance(lab, MemoryLab) else ["a"]), "a key is destroyed once"


# ---------------------------------------------------------------- search


def shelved(store: CaseStore) -> None:
    """Eight cases that differ in all that can be asked for."""
    for number in range(8):
        opened = NOW + timedelta(hours=number)
        store.append(
            opening(
                f"{'ab'[number % 2]}{number}",
                routine=("refund", "baa")[number // 4],
                status=(Status.OPEN, Status.HANDED_OFF)[number % 2],
                step=str(number % 3),
                human="Ada" if number == 3 else "",
                reason="three misses" if number in (3, 5) else "",
                opened_at=opened,
                updated_at=NOW + timedelta(days=1) - timedelta(hours=number // 2),
                waiting_since=NOW + timedelta(hours=7 - number // 4) if number in (1, 5, 7) else None,
            )
        )


SEARCHES: tuple[tuple[CaseQuery, list[str]], ...] = (
    (CaseQuery(), ["a0", "b1", "a2", "b3", "a4", "b5", "a6", "b7"]),
    (CaseQuery(beginning="b"), ["b1", "b3", "b5", "b7"]),
    (CaseQuery(beginning="a2"), ["a2"]),
    (CaseQuery(beginning="a%"), []),
    (CaseQuery(status=Status.HANDED_OFF), ["b1", "b3", "b5", "b7"]),
    (CaseQuery(routine="baa"), ["a4", "b5", "a6", "b7"]),
    (CaseQuery(routine="baa", step="1"), ["a4", "b7"]),
    (CaseQuery(step="0"), ["a0", "b3", "a6"]),
    (CaseQuery(human="Ada"), ["b3"]),
    (CaseQuery(human="ada"), []),
    (CaseQuery(reason="three"), ["b3", "b5"]),
    (CaseQuery(reason="misses"), []),
    (CaseQuery(changed_from=NOW + timedelta(hours=23)), ["a0", "b1", "a2", "b3"]),
    (CaseQuery(changed_until=NOW + timedelta(hours=23)), ["a4", "b5", "a6", "b7"]),
    (CaseQuery(opened_from=NOW + timedelta(hours=6)), ["b7", "a6"]),
    (CaseQuery(opened_until=NOW + timedelta(hours=2)), ["b1", "a0"]),
    (CaseQuery(opened_from=NOW + timedelta(hours=1), opened_until=NOW + timedelta(hours=2)), ["b1"]),
    (CaseQuery(waiting=True), ["b5", "b7", "b1"]),
    (CaseQuery(waiting=True, routine="baa"), ["b5", "b7"]),
    (CaseQuery(waiting=True, beginning="b1"), ["b1"]),
    (CaseQuery(beginning="b", status=Status.HANDED_OFF, routine="refund", step="0", human="Ada"), ["b3"]),
)


@pytest.mark.parametrize(("query", "wanted"), SEARCHES)
@pytest.mark.parametrize("size", [1, 2, 50])
def test_cases_are_found_by_what_their_rows_say_page_after_page(
    store: CaseStore, query: CaseQuery, wanted: list[str], size: int
) -> None:
    shelved(store)
    found: list[str] = []
    after: str | None = None
    while True:
        page = store.search(query, size, after)
        assert len(page.cases) <= size
        found += [row.case_id for row in page.cases]
        after = page.after
        if after is None:
            break
    assert found == wanted
    assert [store.summary(case_id).case_id for case_id in found] == found
    assert store.count(query, 100) == len(wanted)
    assert store.count(query, size) == min(size, len(wanted))


def test_a_page_goes_on_where_it_was_when_cases_change_meanwhile(store: CaseStore) -> None:
    shelved(store)
    first = store.search(CaseQuery(), 3)
    store.append(adding("b7", 1, TurnEnded(), updated_at=NOW + timedelta(days=2)))
    rest = store.search(CaseQuery(), 50, first.after)
    assert [row.case_id for row in rest.cases] == ["b3", "a4", "b5", "a6"]


@pytest.mark.parametrize("after", ["", "x", "bm90IGpzb24=", "W10=", "WyJpZCIsICIiLCAiYTAiXQ=="])
def test_a_place_of_no_such_search_is_refused(store: CaseStore, after: str) -> None:
    shelved(store)
    with pytest.raises(Refused, match="first page"):
        store.search(CaseQuery(), 2, after)


# ---------------------------------------------------------------- snapshots


def long(store: CaseStore, case_id: str = "c") -> tuple[Event, ...]:
    """A log of twelve events, with a snapshot after the seventh."""
    log: tuple[Event, ...] = (CaseOpened(NOW, case_id, "baa", DIGEST), *(said(f"m{n}", "4711") for n in range(6)))
    state = replay(log)
    store.append(replace(opening(case_id, *log[1:]), state=state))
    more = tuple(said(f"later {n}") for n in range(5))
    store.append(adding(case_id, 7, *more))
    return (*log, *more)


def test_what_is_recalled_folds_to_what_the_whole_log_does(lab: Lab) -> None:
    log = long(lab.store)
    for again in (False, True):
        store = lab.reopen() if again else lab.store
        recalled = store.recall("c")
        assert recalled.state == replay(log[:7])
        assert tuple(recalled.events) == log[7:]
        assert replay(recalled.events, recalled.state) == replay(store.load("c"))


def test_without_a_snapshot_the_whole_log_is_recalled(store: CaseStore) -> None:
    store.append(opening("a", *THREE))
    assert store.recall("a") == Recalled(None, store.load("a"))
    with pytest.raises(UnknownCase):
        store.recall("nobody")


def test_a_later_snapshot_takes_the_place_of_the_one_before(store: CaseStore) -> None:
    log = long(store)
    state = replay((*log, said("last")))
    store.append(replace(adding("c", 12, said("last")), state=state))
    assert store.recall("c") == Recalled(state, ())


def test_a_refused_append_leaves_no_snapshot(store: CaseStore) -> None:
    log = long(store)
    stale = replace(adding("c", 11, said("last")), state=replay((*log[:11], said("last"))))
    with pytest.raises(VersionConflict):
        store.append(stale)
    assert store.recall("c").state == replay(log[:7])


def test_a_snapshot_of_another_shape_is_passed_over(lab: Lab) -> None:
    log = long(lab.store)
    if not isinstance(lab, SqliteLab | PostgresLab):
        pytest.skip("what is in memory has the shape of this program")
    lab.change_snapshots("shape", "0" * 64)
    assert lab.store.recall("c") == Recalled(None, log)


def test_a_snapshot_goes_with_the_key_and_was_sealed(lab: Lab) -> None:
    if isinstance(lab, SqliteLab | PostgresLab) and lab._masters is None:
        pytest.skip("only sealed cases can be erased")
    log = long(lab.store)
    if isinstance(lab, SqliteLab | PostgresLab):
        assert b"4711" not in lab.snapshot("c")
    lab.store.erase(adding("c", 12, CaseErased(NOW, "Ann", "asked for"), status=Status.ERASED))
    recalled = lab.store.recall("c")
    assert recalled.state is None and len(recalled.events) == len(log) + 1
    assert replay(recalled.events).status is Status.ERASED


# ---------------------------------------------------------------- a case for somebody else


def test_a_case_is_shown_with_and_without_what_is_private(lab: Lab) -> None:
    lab.store.append(opening("c", *PRIVATE))
    open_, blank = lab.store.kept("c", private=True), lab.store.kept("c", private=False)
    assert [decode(each.event) for each in open_] == list(lab.store.load("c"))
    assert [decode(each.event) for each in blank] == [decode(blanked(each.event)) for each in open_]
    assert "4711" not in "".join(each.event for each in blank)
    assert [each.stored for each in open_] == [each.stored for each in blank]
    assert [bool(each.digest) for each in blank] == [False, False, False, False, True], "of a quoted line"
    head = GENESIS
    for each in blank:
        head = link(head, "c", each.version, each.stored)
        assert head == each.hash
    with pytest.raises(UnknownCase):
        lab.store.kept("nobody", private=True)


def test_all_cases_are_gone_through_in_the_order_of_ids(store: CaseStore) -> None:
    shelved(store)
    first = store.search(CaseQuery(by_id=True), 5)
    rest = store.search(CaseQuery(by_id=True), 5, first.after)
    assert [row.case_id for row in (*first.cases, *rest.cases)] == ["a0", "a2", "a4", "a6", "b1", "b3", "b5", "b7"]
