"""A case that something is wrong with: tried less and less often, told in one line, in nobody's way."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest
from tests.service.test_desk import House
from tests.service.test_desk import house as house  # the fixture

from bythebook.service.ports import StoreUnavailable
from bythebook.service.resting import PAUSE, PAUSE_MAX, Resting
from bythebook.service.timers import Timers

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PRIVATE = "the words of a customer"


def test_each_failure_doubles_the_pause_and_a_success_ends_it() -> None:
    resting, now = Resting(), NOW
    for pause in (PAUSE, PAUSE * 2, PAUSE * 4):
        resting.fell("a", now, ValueError(PRIVATE))
        assert resting.rests("a", now)
        assert resting.rests("a", now + pause - timedelta(seconds=1))
        assert not resting.rests("a", now + pause)
        assert not resting.rests("a", now - timedelta(days=1)), "the clock was put back"
        assert not resting.rests("b", now)
        now += pause
    for _ in range(40):
        said = resting.fell("a", now, ValueError(PRIVATE))
    assert said == "failed 43 times: ValueError; tried again in 3600 s"
    assert not resting.rests("a", now + PAUSE_MAX)
    resting.rose("a")
    assert not resting.rests("a", now)
    assert resting.fell("a", now, ValueError(PRIVATE)) == "failed: ValueError; tried again in 30 s"


def test_only_so_many_are_known() -> None:
    resting = Resting(cases=3)
    for case in "abcd":
        resting.fell(case, NOW, ValueError())
    assert [resting.rests(case, NOW) for case in "abcd"] == [False, True, True, True]


def test_a_broken_timer_is_told_in_a_line_rests_and_holds_up_nobody(
    house: House, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk, timers = house.conversation, Timers(house.runner)
    cases = [talk.open().case_id for _ in range(3)]
    for case in cases:
        talk.say(case, "BAA for the API", "1")
    load, broken = house.runner.store.recall, cases[0]

    def recall(case_id: str) -> object:
        if case_id == broken:
            raise ValueError(PRIVATE)
        return load(case_id)

    monkeypatch.setattr(house.runner.store, "recall", recall)
    house.clock.advance(timedelta(days=1))
    with caplog.at_level(logging.INFO):
        assert timers.fire_due() == 2
        assert timers.fire_due() == 0, "it rests"
    assert len(caplog.records) == 1
    line = caplog.records[0].getMessage()
    assert broken in line and "ValueError at test_resting.py:" in line and PRIVATE not in caplog.text
    assert "Traceback" not in caplog.text
    house.clock.advance(PAUSE)
    assert timers.fire_due() == 0
    assert len(caplog.records) == 2
    broken = ""
    house.clock.advance(PAUSE * 2)
    assert timers.fire_due() == 1, "what is well again goes on"


def test_a_store_that_is_away_is_no_fault_of_a_case(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    timers = Timers(house.runner)
    case = house.conversation.open().case_id
    house.conversation.say(case, "BAA for the API", "1")
    house.clock.advance(timedelta(days=1))

    def away(case_id: str) -> object:
        raise StoreUnavailable("away")

    with monkeypatch.context() as patched, pytest.raises(StoreUnavailable):
        patched.setattr(house.runner.store, "recall", away)
        timers.fire_due()
    assert timers.fire_due() == 1
