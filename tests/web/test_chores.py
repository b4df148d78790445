"""What the application does by itself: it goes on with what a crash left behind, and survives trouble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.memory_tallies import MemoryTallies
from bythebook.engine.state import Status
from bythebook.service.conversation import Conversation
from bythebook.service.counting import Tallying
from bythebook.service.erasing import Erasing, Retention
from bythebook.service.ports import Recalled, StoreUnavailable
from bythebook.service.tallies import Kind, TallyQuery
from bythebook.testing.fakes import ManualClock
from bythebook.web.app import create_app
from tests.web.installation import install
from tests.web.live import live
from tests.web.test_stream import following, utterances


def test_a_message_that_a_crash_left_unanswered_is_answered_at_start() -> None:
    store = MemoryStore()
    before = Conversation(install(store).runner)
    opened = before.open()
    before.accept(opened.case_id, "API", "key")
    after = install(store, poll_seconds=0.02)
    case = {"case": opened.case_id, "token": opened.token}
    with live(after.app) as base, following(base, case) as told:
        assert [event.data["line"] for event in utterances(told, 3)] == ["", "1", "2a"]


class ShakyStore(MemoryStore):
    """A store that is away the first time it is asked for due timers."""

    asked = 0

    def due(self, now: datetime, limit: int = 1000) -> Sequence[str]:
        self.asked += 1
        if self.asked == 1:
            raise StoreUnavailable("away for a moment")
        return super().due(now, limit)


def test_a_chore_that_fails_is_done_again(caplog: pytest.LogCaptureFixture) -> None:
    store = ShakyStore()
    installed = install(store, poll_seconds=0.02, timers_seconds=0.02, heartbeat_seconds=0.02)
    opened = Conversation(installed.runner).open()
    case = {"case": opened.case_id, "token": opened.token}
    with live(installed.app) as base:
        while store.asked < 3:
            with following(base, case) as told:
                next(told)
    away, back = [record for record in caplog.records if record.name.endswith("chores")]
    assert "the store is away" in away.message and "away for a moment" in away.message
    assert away.exc_info is None, "nobody needs to be told where in the program"
    assert back.message == "the store is back"


class FullStore(MemoryStore):
    """A store that can be read all the time, and takes no writes until it was looked into a few times more."""

    looked = 0
    enough = 0

    def due(self, now: datetime, limit: int = 1000) -> Sequence[str]:
        self.enough = self.enough or self.looked + 4
        if self.looked < self.enough:
            raise StoreUnavailable("the disk is full")
        return super().due(now, limit)

    def owing(self) -> Sequence[str]:
        self.looked += 1
        return super().owing()


def test_a_store_that_can_only_be_read_is_not_told_to_be_back(caplog: pytest.LogCaptureFixture) -> None:
    store = FullStore()
    installed = install(store, poll_seconds=0.02, timers_seconds=0.01, recover_seconds=0.05, heartbeat_seconds=0.02)
    opened = Conversation(installed.runner).open()
    case = {"case": opened.case_id, "token": opened.token}
    told: list[str] = []
    with live(installed.app) as base:
        while not store.enough or store.looked < store.enough or "the store is back" not in told:
            with following(base, case) as stream:
                next(stream)
            told = [record.message for record in caplog.records if record.name.endswith("chores")]
    assert told == ["the store is away; customers are told to come again: the disk is full", "the store is back"]


def test_cases_are_erased_by_schedule_while_the_application_runs() -> None:
    clock = ManualClock()
    installed = install(MemoryStore(), clock)
    store = installed.runner.store
    conversation = Conversation(installed.runner)
    case = conversation.open().case_id
    for number, text in enumerate(("API", "no")):
        conversation.say(case, text, f"m{number}")
    clock.advance(timedelta(days=31))
    retention = Retention(Erasing(store, clock), {Status.RESOLVED: timedelta(days=30)})
    context = replace(
        installed.app.state.context,
        retention=retention,
        timers_seconds=0.02,
        poll_seconds=0.02,
        heartbeat_seconds=0.02,
    )
    opened = conversation.open()
    with live(create_app(context)) as base, following(base, {"case": opened.case_id, "token": opened.token}) as told:
        while store.summary(case).status is not Status.ERASED:
            next(told)


def test_cases_are_counted_while_the_application_runs() -> None:
    store = MemoryStore()
    installed = install(store)
    tallies = MemoryTallies(store)
    counted = replace(installed.app.state.context, tallying=Tallying(tallies), tallying_seconds=0.02)
    opened = Conversation(installed.runner).open()
    Conversation(installed.runner).say(opened.case_id, "API", "key")
    case = {"case": opened.case_id, "token": opened.token}
    with live(create_app(replace(counted, heartbeat_seconds=0.02))) as base:
        while not tallies.sums(TallyQuery((Kind.REACHED,))):
            with following(base, case) as told:
                next(told)
    assert {key.label for key in tallies.sums(TallyQuery((Kind.REACHED,)))} >= {"1", "2", "2a", "5.1"}


class BrokenStore(MemoryStore):
    """A store in which one case cannot be read; it counts how often that is tried."""

    broken = ""
    tries = 0
    looks = 0

    def recall(self, case_id: str) -> Recalled:
        if case_id == self.broken:
            self.tries += 1
            raise ValueError("the words of a customer")
        return super().recall(case_id)

    def owing(self, limit: int = 1000) -> Sequence[str]:
        self.looks += 1
        return super().owing(limit)


def test_a_case_that_cannot_go_on_rests_and_is_told_in_a_line(caplog: pytest.LogCaptureFixture) -> None:
    store = BrokenStore()
    before = Conversation(install(store).runner)
    broken, well = before.open(), before.open()
    for opened in (broken, well):
        before.accept(opened.case_id, "API", "key")
    store.broken = broken.case_id
    after = install(store, poll_seconds=0.02, recover_seconds=0.02)
    case = {"case": well.case_id, "token": well.token}
    with live(after.app) as base, following(base, case) as told:
        assert [event.data["line"] for event in utterances(told, 3)] == ["", "1", "2a"]
        while store.looks < 5:
            pass
    assert store.tries == 1
    (line,) = [record for record in caplog.records if "cannot go on" in record.message]
    assert broken.case_id in line.message and "ValueError at test_chores.py:" in line.message
    assert "the words" not in caplog.text
