"""The adapter against a real server on this machine: whatever it does, a turn is answered in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from bythebook.adapters.openai_model import ANSWER_BYTES_MAX, CALLS_AT_ONCE_MAX, Endpoint, OpenAIModel
from bythebook.reading.model import ModelUnavailable
from tests.model.server import Script, completion, served

SCHEMA = {"type": "object", "properties": {"choices": {"type": "array"}}}


@pytest.fixture
def script() -> Script:
    return Script(content='{"choices": ["step:2"]}')


@pytest.fixture
def url(script: Script) -> Iterator[str]:
    with served(script) as address:
        yield address


def model(url: str, deadline_s: float = 20.0, *, strict: bool = False) -> OpenAIModel:
    return OpenAIModel(Endpoint(url, "small", "s3cret", deadline_s, strict))


def test_it_asks_once_with_the_closed_schema_and_nothing_is_kept_there(script: Script, url: str) -> None:
    answer = model(url).ask("read", "the question", SCHEMA)
    assert answer.text == '{"choices": ["step:2"]}'
    assert (answer.tokens_in, answer.tokens_out) == (321, 8)
    assert len(script.asked) == 1
    asked = script.asked[0]
    assert (asked["temperature"], asked["store"], asked["model"]) == (0, False, "small")
    assert asked["response_format"]["json_schema"]["schema"] == SCHEMA
    assert "strict" not in asked["response_format"]["json_schema"]
    assert [message["content"] for message in asked["messages"]] == ["read", "the question"]
    assert script.keys == ["Bearer s3cret"]


def test_strict_is_sent_to_servers_that_know_it(script: Script, url: str) -> None:
    model(url, strict=True).ask("read", "q", SCHEMA)
    assert script.asked[0]["response_format"]["json_schema"]["strict"] is True


@pytest.mark.parametrize(("refuses", "asked_in_all"), [(("store",), 2), (("response_format",), 4)])
def test_a_server_that_knows_less_is_asked_more_plainly_from_the_next_message_on(
    script: Script, url: str, refuses: tuple[str, ...], asked_in_all: int
) -> None:
    script.refuses = refuses
    asking = model(url)
    for times in range(1, asked_in_all):
        with pytest.raises(ModelUnavailable, match="400"):
            asking.ask("read", "q", SCHEMA)
        assert len(script.asked) == times, "one call a message, not one more"
    assert asking.ask("read", "q", SCHEMA).text
    assert not set(refuses) & script.asked[-1].keys()


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (500, b"oh no", "500"),
        (429, b"{}", "429"),
        (401, b"{}", "401"),
        (200, b"<html>", "JSON"),
        (200, b"{}", "no completion"),
        (200, b'{"choices": []}', "no completion"),
        (200, b"[1]", "no completion"),
        (200, b'{"choices": [{"message": {"content": 3}}]}', "no text"),
        (200, b"[" * 20_000, "RecursionError|JSON"),
        (200, b"", "JSON"),
        (200, b"\xff\xfe\x00", "Unicode|JSON"),
    ],
)
def test_what_is_no_answer_is_said_so(script: Script, url: str, status: int, body: bytes, why: str) -> None:
    script.status, script.body = status, body
    with pytest.raises(ModelUnavailable, match=why):
        model(url).ask("read", "q", SCHEMA)
    assert len(script.asked) == 1, "the client tries nothing again by itself"


def test_odd_counts_of_tokens_count_as_none(script: Script, url: str) -> None:
    script.body = completion("x").replace(b"321", b'"many"').replace(b": 8,", b": -8,")
    answer = model(url).ask("read", "q", SCHEMA)
    assert (answer.tokens_in, answer.tokens_out) == (0, 0)


def test_an_answer_without_end_is_cut_off(script: Script, url: str) -> None:
    script.endless = True
    with pytest.raises(ModelUnavailable, match=f"{ANSWER_BYTES_MAX:,}"):
        model(url).ask("read", "q", SCHEMA)


@pytest.mark.parametrize("how", ["holds", "trickles"])
def test_nobody_waits_longer_than_the_deadline(script: Script, url: str, how: str) -> None:
    script.holds = threading.Event() if how == "holds" else None
    script.trickles = how == "trickles"
    began = time.monotonic()
    with pytest.raises(ModelUnavailable, match=r"0\.3 s|too slowly"):
        model(url, 0.3).ask("read", "q", SCHEMA)
    assert time.monotonic() - began < 10, "an order of magnitude above the deadline, for a loaded machine"


def test_after_three_failures_it_is_left_alone(script: Script, url: str) -> None:
    script.status = 503
    asking = model(url)
    for _ in range(3):
        with pytest.raises(ModelUnavailable, match="503"):
            asking.ask("read", "q", SCHEMA)
    with pytest.raises(ModelUnavailable, match="left alone"):
        asking.ask("read", "q", SCHEMA)
    assert len(script.asked) == 3


def test_a_server_that_refuses_every_form_is_left_alone_too(script: Script, url: str) -> None:
    script.status = 500
    asking = model(url)
    for _ in range(6):
        with pytest.raises(ModelUnavailable, match="500"):
            asking.ask("read", "q", SCHEMA)
    with pytest.raises(ModelUnavailable, match="left alone"):
        asking.ask("read", "q", SCHEMA)


def test_questions_beyond_the_bound_are_not_asked(script: Script, url: str) -> None:
    script.holds = threading.Event()
    asking = model(url, 20.0)
    askers = [threading.Thread(target=asking.ask, args=("read", "q", SCHEMA)) for _ in range(CALLS_AT_ONCE_MAX)]
    for asker in askers:
        asker.start()
    while len(script.asked) < CALLS_AT_ONCE_MAX:
        threading.Event().wait(0.005)
    with pytest.raises(ModelUnavailable, match="open already"):
        asking.ask("read", "q", SCHEMA)
    script.holds.set()
    for asker in askers:
        asker.join()
    assert asking.ask("read", "q", SCHEMA).text


def test_nobody_home(url: str) -> None:
    gone = model("http://127.0.0.1:9/v1")
    with pytest.raises(ModelUnavailable, match="Connection"):
        gone.ask("read", "q", SCHEMA)


def test_the_key_is_not_shown() -> None:
    assert "s3cret" not in repr(Endpoint("http://x/v1", "small", "s3cret", 1.0))
