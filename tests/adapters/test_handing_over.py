"""Work is handed over within the transaction of the append that brings it: both are stored, or neither."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from tests import postgres
from tests.service.test_effects import Elsewhere

from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import Outside, build_installation, open_store
from bythebook.engine.event import CustomerSaid, Event
from bythebook.service.conversation import Conversation
from bythebook.service.ports import Append, VersionConflict, Work
from bythebook.settings import Settings

KINDS = ["sqlite", *postgres.kinds()[:1]]


class Outbox:
    """A table of work in the same database."""

    def __init__(self) -> None:
        self.fails = False

    def hand_over(self, connection: Any, appends: Sequence[Append]) -> None:
        connection.execute(text("CREATE TABLE IF NOT EXISTS outbox (key TEXT PRIMARY KEY)"))
        for append in appends:
            for work in append.works:
                connection.execute(text("INSERT INTO outbox VALUES (:key)"), {"key": work.key})
        if self.fails:
            raise RuntimeError("the engine is not there")


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    database = str(tmp_path / "c.db") if request.param == "sqlite" else postgres.fresh_database(request.param)
    opened = open_store(replace(Settings(), database=database))
    yield opened
    opened.close()


def keys(store: Any) -> list[str]:
    with store._reading() as connection:
        return list(connection.execute(text("SELECT key FROM outbox ORDER BY key")).scalars())


def said(store: Any, case_id: str) -> list[Event]:
    return [event for event in store.load(case_id) if isinstance(event, CustomerSaid)]


@pytest.fixture
def talk(store: Any) -> tuple[Conversation, Outbox]:
    box = Outbox()
    store.hand_over = box.hand_over
    outside = Outside(effects=Elsewhere())
    return Conversation(build_installation(Settings(reader="lexicon"), store, outside=outside).runner), box


def test_both_are_stored(store: Any, talk: tuple[Conversation, Outbox]) -> None:
    case = talk[0].open().case_id
    talk[0].say(case, "I want to talk to a human", "1")
    log = store.load(case)
    place = next(n for n, event in enumerate(log, 1) if type(event).__name__ == "HandoffRequested")
    assert f"{case}:{place}" in keys(store)


def more(store: Any, case: str, version: int) -> Append:
    """A message that brings work."""
    event = CustomerSaid(store.load(case)[0].at, f"more {version}", "more")
    row = replace(store.summary(case), version=version + 1)
    return Append(row, version, [event], works=(Work(f"{case}:more", case),))


def test_neither_is_stored(store: Any, talk: tuple[Conversation, Outbox]) -> None:
    conversation, box = talk
    case = conversation.open().case_id
    conversation.say(case, "hello", "1")
    before, log = keys(store), store.load(case)
    assert before
    box.fails = True
    with pytest.raises(RuntimeError, match="the engine is not there"):
        store.append(more(store, case, len(log)))
    assert (keys(store), store.load(case)) == (before, log)
    box.fails = False
    conversation.say(case, "hello again", "2")
    assert len(said(store, case)) == 2
    assert store.verify(case) is None


def test_an_append_that_comes_late_hands_nothing_over(store: Any, talk: tuple[Conversation, Outbox]) -> None:
    case = talk[0].open().case_id
    talk[0].say(case, "hello", "1")
    before = keys(store)
    with pytest.raises(VersionConflict):
        store.append(more(store, case, 0))
    assert keys(store) == before


def test_without_an_engine_no_append_brings_work(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "c.db")
    try:
        talk = Conversation(build_installation(Settings(reader="lexicon"), store).runner)
        case = talk.open().case_id
        assert talk.say(case, "I want to talk to a human", "1").said
    finally:
        store.close()
