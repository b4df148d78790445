"""What is kept beside the cases is written whole or not at all, on every SQL store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError
from tests.contracts.beside import SQL, opened

from bythebook.adapters.schema import audit_log, checkpoints
from bythebook.adapters.sql_reads import SqlReads
from bythebook.service.ports import StoreUnavailable

NOTE = {"at": "2026-01-05", "who": "Ann", "what": "signed-in", "about": "Ann"}


@pytest.fixture(params=SQL)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlReads]:
    yield from opened(request.param, tmp_path)


def noted(connection: Connection) -> int:
    connection.execute(insert(audit_log), NOTE)
    return connection.execute(select(func.max(audit_log.c.seq))).scalar_one()


def count(store: SqlReads) -> int:
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(audit_log)).scalar_one()


def test_work_is_stored_and_its_answer_returned(store: SqlReads) -> None:
    assert [store.write(noted), store.write(noted)] == [1, 2]
    assert count(store) == 2


def test_what_is_raised_undoes_the_work(store: SqlReads) -> None:
    def broken(connection: Connection) -> None:
        noted(connection)
        raise LookupError("changed my mind")

    with pytest.raises(LookupError, match="changed my mind"):
        store.write(broken)
    assert count(store) == 0
    assert store.write(noted) >= 1


def test_a_row_that_is_taken_is_for_the_work_to_catch(store: SqlReads) -> None:
    row = {"seq": 1, "at": "2026-01-05", "body": "{}", "key": "k", "signature": "s"}

    def once(connection: Connection) -> bool:
        try:
            with connection.begin_nested():
                connection.execute(insert(checkpoints), row)
        except IntegrityError:
            return False
        return True

    assert [store.write(once), store.write(once)] == [True, False]


def test_a_closed_store_says_so(store: SqlReads) -> None:
    store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        store.write(noted)
