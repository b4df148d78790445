"""The fakes do as they are told, remember what they were asked, and keep the promises of their ports."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from bythebook.engine.choice import Choice
from bythebook.engine.menu import Menu, Situation
from bythebook.reading.port import Reader, Reading
from bythebook.service.ports import Clock, FunctionFailure, Functions, Identities
from bythebook.testing.fakes import CountingIdentities, ManualClock, ScriptedFunctions, ScriptedReader

MENU = Menu((), Situation(), None, ())


def test_the_clock_stands_still_until_it_is_moved() -> None:
    clock = ManualClock(datetime(2026, 1, 5, 10, tzinfo=timezone(timedelta(hours=1))))
    port: Clock = clock
    assert port.now() == clock.now() == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert clock.advance(timedelta(minutes=10)) == clock.now() == datetime(2026, 1, 5, 9, 10, tzinfo=UTC)
    clock.set(datetime(2026, 1, 6, tzinfo=UTC))
    assert clock.now().tzinfo is UTC
    with pytest.raises(ValueError, match="zone"):
        clock.set(datetime(2026, 1, 6))  # noqa: DTZ001


def test_identities_count() -> None:
    identities: Identities = CountingIdentities()
    assert [identities.case_id(), identities.token(), identities.case_id()] == ["case-1", "token-1", "case-2"]


def test_the_reader_reads_what_stands_in_the_script() -> None:
    whole = Reading((Choice("step:3", 0.4), Choice("step:2", 0.3)), True, {"plan": "api"}, "other")
    sure = Choice("act:deny", 0.8, correction=True)
    reader = ScriptedReader({"hi": ("act:greeting", sure), "hm": whole, "": ()})
    port: Reader = reader
    assert port.read("hi", MENU) == Reading((Choice("act:greeting", 1.0), sure), False, {}, "scripted")
    assert port.read("hm", MENU) is whole
    assert port.read("", MENU) == Reading((), False, {}, "scripted")
    assert port.read("what?", MENU) == Reading((), True, {}, port.name)
    assert [text for text, _ in reader.asked] == ["hi", "hm", "", "what?"]


def test_functions_return_fail_and_remember() -> None:
    def double(arguments: Any) -> Any:
        return {"twice": arguments["n"] * 2}

    functions = ScriptedFunctions({"double": double, "list": {"items": ("a", "b")}})
    port: Functions = functions
    functions.fail("double", times=2, reason="timed out")
    for _ in range(2):
        with pytest.raises(FunctionFailure, match="timed out"):
            port.call("double", {"n": 2}, "c:1")
    assert port.call("double", {"n": 2}, "c:1") == {"twice": 4}
    assert port.call("list", {}, "c:2") == {"items": ("a", "b")}
    assert [(call.function, call.key) for call in functions.calls] == [("double", "c:1")] * 3 + [("list", "c:2")]
    with pytest.raises(AssertionError, match="`unknown` was called"):
        port.call("unknown", {}, "c:3")
