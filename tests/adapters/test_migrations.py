"""Databases of every earlier schema, with cases in them, are brought up to date: nothing is lost, and cases go on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, select
from tests.postgres import fresh_database, kinds
from tests.schema_dumps import (
    HOUSE,
    HOUSE_SINCE,
    MASTER_KEY,
    SEALED_SINCE,
    STATUSES,
    dump_of,
    load_postgres,
    load_sqlite,
    row_of_house,
)

from bythebook.adapters.master_keys import read_master_keys
from bythebook.adapters.postgres_store import PostgresStore
from bythebook.adapters.schema import HEAD, REVISIONS
from bythebook.adapters.schema_look import look_at
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import build_installation
from bythebook.engine.event import CustomerSaid
from bythebook.engine.evolve import replay
from bythebook.service.conversation import Conversation
from bythebook.service.runner import summary_of
from bythebook.service.search import CaseQuery
from bythebook.settings import Settings

EARLIER = REVISIONS[:-1]
LAST_OF_SECOND = "ChatGPT Enterprise, said Zebulon"


def house_is_there(connection: Connection, revision: str) -> None:
    """See that the people of the house and what they did are as they were."""
    if revision >= HOUSE_SINCE:
        for table in HOUSE:
            assert [dict(row) for row in connection.execute(select(table)).mappings()] == [row_of_house(table)]


def looked_through(store: PostgresStore | SqliteStore, revision: str) -> None:
    """See that all is there, and go on with it."""
    sealed = revision >= SEALED_SINCE
    ids = sorted(row.case_id for row in store.summaries())
    assert ids == [f"case-{number}" for number in range(1, 9 if sealed else 5)]
    assert [store.summary(case_id).status.value for case_id in ids] == [*STATUSES, *(STATUSES if sealed else ())]
    with store.reading() as connection:
        house_is_there(connection, revision)
    runner = build_installation(replace(Settings(), reader="lexicon"), store).runner
    for case_id in ids:
        assert store.verify(case_id) is None
        state = replay(store.load(case_id))
        assert summary_of(runner.releases.get(state.release).release, state) == store.summary(case_id)
    assert LAST_OF_SECOND in repr(store.load("case-2")[1])
    asked = {row.case_id for row in store.search(CaseQuery(reason="the customer asked")).cases}
    assert asked == ({"case-3", "case-7"} if sealed else {"case-3"})
    conversation = Conversation(runner)
    for case_id in ("case-2", "case-6") if sealed else ("case-2",):
        turn = conversation.say(case_id, "no", "after the upgrade")
        assert turn.status.value == "resolved"
        assert store.verify(case_id) is None
    new = conversation.open().case_id
    assert conversation.say(new, "hi", "1").said
    assert any(isinstance(event, CustomerSaid) for event in store.load(new))


def test_every_earlier_schema_is_kept_with_cases_in_it() -> None:
    for revision in EARLIER:
        for kind in ("sqlite", "postgres"):
            assert dump_of(kind, revision).exists(), f"python -m tests.schema_dumps {revision}"


@pytest.mark.parametrize("revision", EARLIER)
def test_sqlite_is_brought_up_to_date(tmp_path: Path, revision: str) -> None:
    path = tmp_path / "cases.db"
    load_sqlite(path, revision)
    assert look_at(str(path)).revision == revision
    store = SqliteStore(path, masters=read_master_keys(MASTER_KEY))
    looked_through(store, revision)
    store.close()
    assert look_at(str(path)).revision == HEAD


@pytest.mark.slow
@pytest.mark.parametrize("revision", EARLIER)
@pytest.mark.parametrize("kind", kinds())
def test_postgresql_is_brought_up_to_date(kind: str, revision: str) -> None:
    url = fresh_database(kind)
    load_postgres(url, revision)
    assert look_at(url).revision == revision
    store = PostgresStore(url, masters=read_master_keys(MASTER_KEY))
    looked_through(store, revision)
    store.close()
    assert look_at(url).revision == HEAD


def test_an_upgrade_that_is_broken_off_has_changed_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "cases.db"
    load_sqlite(path, EARLIER[0])
    before = look_at(str(path))

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("bythebook.adapters.migrate.upgrade", _half)
        SqliteStore(path)
    assert look_at(str(path)) == before
    SqliteStore(path).close()
    assert look_at(str(path)).revision == HEAD


def _half(connection: object) -> None:
    connection.exec_driver_sql("CREATE TABLE case_keys (half TEXT)")  # type: ignore[attr-defined]
    raise KeyboardInterrupt
