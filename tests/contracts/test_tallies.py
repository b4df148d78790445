"""The contract of `Tallies`: the same numbers in memory, in a file, in PostgreSQL, whoever counts and how often."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.postgres import fresh_database, kinds

from bythebook.adapters.master_keys import new_master_key, read_master_keys
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.memory_tallies import MemoryTallies
from bythebook.adapters.postgres_store import PostgresStore
from bythebook.adapters.sql_tallies import SqlTallies
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import build_rehearsal
from bythebook.service.counting import Tallying, counted
from bythebook.service.erasing import Erasing
from bythebook.service.ports import CaseStore, NotSealed
from bythebook.service.tallies import Key, Kind, Standing, Tallies, TallyQuery
from bythebook.settings import Settings
from bythebook.testing.rehearsal import Rehearsal

ALL = tuple(Kind)
DAY = "2026-01-05"
SERVED = ("We need a BAA for the API", "how long does it take?", "no thanks")
LEFT = ("I need a BAA",)
JUNK = ("I need a BAA", "qwrtz", "xkcdq", "zzz zzz")


@dataclass(frozen=True, slots=True)
class Lab:
    store: CaseStore
    tallies: Tallies
    """The same counters, as two processes have them."""

    others: Tallies


def _memory(_: Path) -> Lab:
    store = MemoryStore()
    tallies = MemoryTallies(store)
    return Lab(store, tallies, tallies)


def _sealed(folder: Path) -> Lab:
    return _sql(SqliteStore(folder / "cases.db", masters=read_master_keys(new_master_key())))


def _sql(store: SqliteStore | PostgresStore) -> Lab:
    return Lab(store, SqlTallies(store), SqlTallies(store))


LABS: dict[str, Callable[[Path], Lab]] = {
    "memory": _memory,
    "sqlite": lambda folder: _sql(SqliteStore(folder / "cases.db")),
    "sqlite sealed": _sealed,
    **{kind: (lambda _, kind=kind: _sql(PostgresStore(fresh_database(kind)))) for kind in kinds()[-1:]},
}
SLOW = frozenset(kinds())


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.slow if name in SLOW else (), id=name) for name in LABS])
def lab(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Lab]:
    made = LABS[request.param](tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def customer(lab: Lab) -> Rehearsal:
    return build_rehearsal(Settings(reader="lexicon"), store=lab.store)


def talk(customer: Rehearsal, *said: str) -> str:
    customer.do({"new": True})
    for text in said:
        answer = customer.do({"say": text})
        assert "error" not in answer, answer
    assert customer.case_id is not None
    return customer.case_id


def sums(tallies: Tallies, *kinds: Kind) -> dict[tuple[str, str], int]:
    found = tallies.sums(TallyQuery(kinds or ALL))
    return {(key.kind, key.label): count for key, count in found.items()}


def test_each_case_has_one_standing_and_it_moves_with_the_case(lab: Lab, customer: Rehearsal) -> None:
    counting = Tallying(lab.tallies)
    talk(customer, *SERVED)
    talk(customer)
    talk(customer, *LEFT)
    assert counting.tick() == 3
    standing = Kind.STANDING.value
    assert sums(lab.tallies, Kind.STANDING) == {
        (standing, Standing.RESOLVED.value): 1,
        (standing, Standing.SILENT.value): 1,
        (standing, Standing.OPEN.value): 1,
    }
    customer.do({"advance": "80h"})  # the third is abandoned: a timer puts no case in front
    assert counting.tick() == 1
    assert sums(lab.tallies, Kind.STANDING, Kind.LEFT) == {
        (standing, Standing.RESOLVED.value): 1,
        (standing, Standing.SILENT.value): 1,
        (standing, Standing.LEFT.value): 1,
        (Kind.LEFT.value, "1a"): 1,
    }
    customer.do({"say": "the API"})  # and comes back
    assert counting.tick() == 1
    assert sums(lab.tallies, Kind.LEFT) == {}
    assert sums(lab.tallies, Kind.STANDING)[standing, Standing.OPEN.value] == 1


def test_a_line_is_reached_once_a_case_and_calls_count_each_time(lab: Lab, customer: Rehearsal) -> None:
    talk(customer, "BAA for the API", "BAA for the API")
    talk(customer, "BAA for the API")
    Tallying(lab.tallies).tick()
    found = sums(lab.tallies)
    assert found[Kind.REACHED.value, "2a"] == 2
    assert found[Kind.REACHED.value, "2"] == 2
    assert (Kind.REACHED.value, "3a") not in found
    assert found[Kind.CALLED.value, "provide_list_of_zero_retention_endpoints"] == 2
    assert found[Kind.MESSAGES.value, ""] == 3
    assert found[Kind.MEANT.value, "step:2"] == 3


def test_what_is_not_understood_counts_where_it_was_asked(lab: Lab, customer: Rehearsal) -> None:
    talk(customer, *JUNK)
    Tallying(lab.tallies).tick()
    found = sums(lab.tallies)
    assert found[Kind.MISSED.value, "1a"] == 3
    assert found[Kind.READ.value, "1a"] == 3
    assert found[Kind.READ.value, "opening"] == 1
    assert (Kind.MISSED.value, "opening") not in found
    assert found[Kind.HUMAN.value, ""] == 1
    assert found[Kind.HANDED.value, "1a"] == 1
    assert found[Kind.STANDING.value, Standing.WITH_HUMAN.value] == 1


def test_a_function_that_fails_for_good_is_counted_once(lab: Lab, customer: Rehearsal) -> None:
    customer.do({"new": True})
    customer.do({"fail": "provide_list_of_zero_retention_endpoints"})
    customer.do({"say": "BAA for the API"})
    Tallying(lab.tallies).tick()
    found = sums(lab.tallies, Kind.FAILED, Kind.CALLED, Kind.HANDED)
    assert found == {
        (Kind.FAILED.value, "provide_list_of_zero_retention_endpoints"): 1,
        (Kind.CALLED.value, "provide_list_of_zero_retention_endpoints"): 1,
        (Kind.HANDED.value, "2e.i"): 1,
    }


def test_counted_piece_by_piece_or_anew_the_numbers_are_the_same(lab: Lab, customer: Rehearsal) -> None:
    counting = Tallying(lab.tallies)
    for said in (SERVED, LEFT, JUNK):
        customer.do({"new": True})
        for text in said:
            customer.do({"say": text})
            counting.tick()
    customer.do({"advance": "80h"})
    counting.tick()
    pieces = dict(lab.tallies.sums(TallyQuery(ALL, by_day=True)))
    assert counting.tick() == 0
    assert counting.rebuild() == 3
    assert dict(lab.tallies.sums(TallyQuery(ALL, by_day=True))) == pieces


def test_an_erased_case_stays_counted(lab: Lab, customer: Rehearsal) -> None:
    case_id = talk(customer, *SERVED)
    open_still = talk(customer, "BAA for the API")
    counting = Tallying(lab.tallies)
    counting.tick()
    before = sums(lab.tallies)
    runner = customer.runner
    erasing = Erasing(runner.store, runner.clock, runner.forget)
    try:
        erasing.erase(case_id, "human", "asked for")
    except NotSealed:
        pytest.skip("without a key none is erased")
    counting.tick()
    assert sums(lab.tallies) == before
    erasing.erase(open_still, "human", "asked for")
    counting.tick()
    found = sums(lab.tallies)
    assert found[Kind.STANDING.value, Standing.ERASED.value] == 1
    assert (Kind.STANDING.value, Standing.OPEN.value) not in found
    counting.rebuild()
    assert sums(lab.tallies) == found


def test_two_that_count_at_once_count_once(lab: Lab, customer: Rehearsal) -> None:
    for _ in range(20):
        talk(customer, "BAA for the API")
    both = (lab.tallies, lab.others)
    found = [[counted(one) for one in tallies.uncounted(50)] for tallies in both]
    added: list[int] = []
    threads = [
        threading.Thread(target=lambda t=t, f=f: added.append(t.add(f))) for t, f in zip(both, found, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(added) == 20
    assert sums(lab.tallies)[Kind.REACHED.value, "2a"] == 20
    assert Tallying(lab.others).tick() == 0


def test_days_and_releases_are_asked_for(lab: Lab, customer: Rehearsal) -> None:
    talk(customer, *SERVED)
    Tallying(lab.tallies).tick()
    [release] = lab.tallies.releases()
    asked = lab.tallies.sums(TallyQuery((Kind.MESSAGES,), (release,), DAY, DAY, by_day=True))
    assert dict(asked) == {Key(release, Kind.MESSAGES.value, "", DAY): 3}
    assert not lab.tallies.sums(TallyQuery((Kind.MESSAGES,), ("another",)))
    assert not lab.tallies.sums(TallyQuery((Kind.MESSAGES,), first="2026-01-06"))
    assert not lab.tallies.sums(TallyQuery((Kind.MESSAGES,), last="2026-01-04"))
