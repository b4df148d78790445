"""Limits that several processes share, by every store: together they let through what one alone would."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.contracts.beside import SQL, opened

from bythebook.adapters.schema import buckets
from bythebook.adapters.sql_buckets import SqlBuckets
from bythebook.adapters.sql_reads import SqlReads
from bythebook.service.limits import Buckets, Limit

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
THREE = Limit(3, 60.0)


@pytest.fixture(params=SQL)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlReads]:
    yield from opened(request.param, tmp_path)


def process(store: SqlReads, limit: Limit = THREE) -> Buckets:
    """Return what one process counts with."""
    return Buckets(limit, shared=SqlBuckets(store), kind="messages of")  # type: ignore[arg-type]


def test_what_one_process_let_through_another_one_knows(store: SqlReads) -> None:
    one, other = process(store), process(store)
    assert [one.take("10.0.0.1", NOW), other.take("10.0.0.1", NOW), one.take("10.0.0.1", NOW)] == [0, 0, 0]
    assert 0 < other.take("10.0.0.1", NOW) <= 20
    assert other.take("10.0.0.2", NOW) == 0
    assert other.take("10.0.0.1", NOW + timedelta(seconds=20)) == 0
    assert other.take("10.0.0.1", NOW + timedelta(seconds=20)) > 0


def test_whoever_was_long_away_has_no_more_than_all_of_it(store: SqlReads) -> None:
    one, other = process(store), process(store)
    one.take("case", NOW)
    later = NOW + timedelta(days=1)
    assert [other.take("case", later) > 0 for _ in range(4)] == [False, False, False, True]


def test_many_at_once_get_just_what_there_is(store: SqlReads) -> None:
    limit = Limit(10, 3600.0)
    processes = [process(store, limit) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        waits = list(pool.map(lambda at: processes[at % 4].take("case", NOW), range(32)))
    assert waits.count(0) == 10


def test_a_clock_that_is_behind_takes_nothing_away(store: SqlReads) -> None:
    one, behind = process(store), process(store)
    assert one.take("case", NOW) == 0
    assert behind.take("case", NOW - timedelta(seconds=50)) == 0
    assert one.take("case", NOW) == 0
    assert 0 < one.take("case", NOW) <= 20


def test_no_address_is_kept(store: SqlReads) -> None:
    process(store).take("203.0.113.9", NOW)
    with store.reading() as connection:
        names = [str(name) for name in connection.execute(select(buckets.c.name)).scalars()]
    assert len(names) == 1 and "203" not in names[0]
