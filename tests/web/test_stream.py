"""Event streams on a real server: a cursor, a reconnect, a heartbeat, an end."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bythebook.service.desk import Desk
from bythebook.testing.fakes import ManualClock
from bythebook.web.door import BODY_BYTES_MAX
from tests.web.customer import Told, events
from tests.web.installation import install
from tests.web.live import free_port, live, wait_for

LINES = ["1", "2a", "2b", "2c", "2d", "2e", "2e.i", "2f", "5.1"]


@contextmanager
def following(
    base: str, opened: dict[str, Any], query: str = "", headers: dict[str, str] | None = None
) -> Iterator[Iterator[Told]]:
    """Follow a case."""
    given = {"Authorization": f"Bearer {opened['token']}", **(headers or {})}
    path = f"{base}/v1/cases/{opened['case']}/events{query}"
    with httpx2.stream("GET", path, headers=given, timeout=10) as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        assert answer.headers["Cache-Control"] == "no-store"
        yield events(answer.iter_text())


def say(base: str, opened: dict[str, Any], text: str) -> dict[str, Any]:
    """Say something; each text once."""
    answer = httpx2.post(
        f"{base}/v1/cases/{opened['case']}/messages",
        json={"text": text},
        headers={"Authorization": f"Bearer {opened['token']}", "Idempotency-Key": text},
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def open_case(base: str) -> dict[str, Any]:
    """Open a case."""
    found: dict[str, Any] = httpx2.post(f"{base}/v1/cases").json()
    return found


def utterances(told: Iterator[Told], count: int) -> list[Told]:
    """Return the next things said."""
    found: list[Told] = []
    while len(found) < count:
        event = next(told)
        if event.type == "utterance":
            found.append(event)
    return found


def test_a_stream_tells_what_is_said_and_where_the_case_stands() -> None:
    with live(install(poll_seconds=0.02).app) as base:
        opened = open_case(base)
        with following(base, opened) as told:
            first = next(told)
            assert (first.type, first.data["status"], first.data["buttons"]) == ("state", "open", [])
            say(base, opened, "API")
            said = utterances(told, 10)
            assert [event.data["line"] for event in said] == ["", *LINES]
            assert [event.data["speaker"] for event in said] == ["customer", *["assistant"] * 9]
            assert all(event.id == event.data["version"] for event in said)
            state = next(event for event in told if event.type == "state" and event.data["buttons"])
            assert [button["id"] for button in state.data["buttons"]] == ["act:affirm", "act:deny"]
            assert set(state.data) == {
                "status",
                "served",
                "human",
                "human_name",
                "on_duty",
                "working",
                "buttons",
                "version",
                "continued_in",
            }


@pytest.mark.parametrize("by_header", [True, False])
def test_a_reconnect_goes_on_at_its_cursor(by_header: bool) -> None:
    with live(install(poll_seconds=0.02).app) as base:
        opened = open_case(base)
        say(base, opened, "API")
        with following(base, opened) as told:
            seen = utterances(told, 4)
        query = "?after=0" if by_header else f"?after={seen[-1].id}"
        header = {"Last-Event-ID": str(seen[-1].id)} if by_header else {}
        with following(base, opened, query, header) as told:
            rest = utterances(told, 6)
        numbers = [event.data["version"] for event in (*seen, *rest)]
        assert numbers == sorted(set(numbers))
        assert [event.data["line"] for event in (*seen, *rest)] == ["", *LINES]


def test_a_stream_tells_of_humans_and_of_time() -> None:
    clock = ManualClock()
    installed = install(clock=clock, poll_seconds=0.02, timers_seconds=0.05)
    with live(installed.app) as base:
        opened = open_case(base)
        say(base, opened, "hi")
        with following(base, opened) as told:
            utterances(told, 2)
            clock.advance(timedelta(minutes=11))
            (nudge,) = utterances(told, 1)
            assert nudge.data["line"] == "house:nudge"
            say(base, opened, "a person please")
            utterances(told, 2)
            desk = Desk(installed.runner)
            desk.take(opened["case"], "Ada")
            assert next(e for e in told if e.type == "state" and e.data["human"]).data["status"] == "handed_off"
            desk.say(opened["case"], "Ada", "Hello")
            (human,) = utterances(told, 1)
            assert (human.data["speaker"], human.data["text"]) == ("human", "Hello")


def test_a_stream_tells_where_the_case_goes_on() -> None:
    with live(install(poll_seconds=0.02).app) as base:
        opened = open_case(base)
        for text in ("API", "no"):
            say(base, opened, text)
        with following(base, opened) as told:
            new = say(base, opened, "and Enterprise?")["case"]
            assert next(e for e in told if e.data.get("continued_in")).data["continued_in"] == new
        with following(base, {**opened, "case": new}) as told:
            assert [event.data["line"] for event in utterances(told, 5)] == ["", "1", "3a", "3a.i", "5.1"]


def test_a_quiet_stream_shows_that_it_is_alive() -> None:
    with live(install(poll_seconds=0.01, heartbeat_seconds=0.05).app) as base:
        opened = open_case(base)
        headers = {"Authorization": f"Bearer {opened['token']}"}
        path = f"{base}/v1/cases/{opened['case']}/events"
        with httpx2.stream("GET", path, headers=headers, timeout=5) as answer:
            assert any(": still here" in chunk for chunk in answer.iter_text())


def test_a_chunked_body_is_stopped_when_it_has_grown_too_long() -> None:
    with live(install().app) as base:
        chunks = (b" " * 16_384 for _ in range(BODY_BYTES_MAX // 16_384 + 2))
        answer = httpx2.post(f"{base}/v1/cases", content=chunks, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/body-too-large")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_with_open_streams_stops_at_once(tmp_path: Path, number: signal.Signals) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "tests.web.installation", str(port), str(tmp_path / "cases.db")]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        wait_for(base)
        opened = open_case(base)
        with following(base, opened) as told:
            next(told)
            server.send_signal(number)
            assert list(told) == []
        server.wait(5)
    finally:
        server.kill()
        _, errors = server.communicate()
    assert errors == ""
