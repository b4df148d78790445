"""Functions over HTTP, against a real server that is slow, broken, or lies."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping

import pytest

from bythebook.adapters.function_file import read_function_file
from bythebook.adapters.guarded_http import Hosts, HttpClient
from bythebook.adapters.http_functions import HttpFunctions
from bythebook.adapters.secrets import Secrets
from bythebook.routine.value import Value
from bythebook.service.ports import FunctionFailure
from tests.http.server import (
    Server,
    broken_off,
    dripping,
    endless,
    hanging,
    junk,
    sent,
    serving,
    status,
    told,
)

KEY = "case-1:7"
TOKEN = "a-very-secret-token"
OPENED: list[HttpClient] = []
"""Whose connections are closed after each test."""


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running
        while OPENED:
            OPENED.pop().close()


class Calling:
    """Functions of a functions.toml, called without waiting between tries."""

    def __init__(self, toml: str, hosts: str, files: Mapping[str, bytes] | None = None, **more: float) -> None:
        self.file = read_function_file({"functions.toml": toml.encode(), **(files or {})})
        assert not self.file.problems, [problem.diagnostic for problem in self.file.problems]
        self.pauses: list[float] = []
        secrets = Secrets({"BYTHEBOOK_SECRET_ORDERS_TOKEN": TOKEN})
        client = HttpClient(Hosts.of(hosts))
        OPENED.append(client)
        self.http = HttpFunctions(client, secrets, self.pauses.append, lambda: 1.0, **more)

    def __call__(self, function: str = "find_order", **arguments: Value) -> Mapping[str, Value]:
        return self.http.call(self.file.bindings[function], arguments, KEY)

    def failure(self, function: str = "find_order", **arguments: Value) -> str:
        with pytest.raises(FunctionFailure) as raised:
            self(function, **arguments)
        return str(raised.value)


def order(server: Server, more: str = "", result: str = "") -> Calling:
    toml = f"""
[function.find_order]
url = "{server.url}/orders/{{order_id}}"
method = "GET"
arguments = ["order_id"]
{more}
{result}
"""
    return Calling(toml, server.place)


def test_a_look_up_sends_its_argument_key_and_secret(server: Server) -> None:
    server.on("/orders/A%2F1%20b", told({"status": "sent", "items": [{"name": "cup", "price": 3}]}))
    calling = order(server, 'headers = { Authorization = "Bearer ${ORDERS_TOKEN}" }\nquery = { lang = "en" }')
    assert calling(order_id="A/1 b") == {"status": "sent", "items": ("name cup, price 3",)}
    (request,) = server.requests
    assert (request.method, request.path, request.body) == ("GET", "/orders/A%2F1%20b?lang=en", b"")
    assert request.headers["idempotency-key"] == KEY
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.headers["accept-encoding"] == "identity"


def test_an_effect_sends_a_body_that_its_schema_describes(server: Server) -> None:
    server.on("/refunds", told({"done": True}, 201))
    toml = f"""
[function.refund]
url = "{server.url}/refunds"
[function.refund.arguments]
type = "object"
required = ["orderId", "amount"]
[function.refund.arguments.properties]
orderId = {{ type = "string" }}
amount = {{ type = "number", exclusiveMinimum = 0 }}
note = {{ type = "string" }}
"""
    calling = Calling(toml, server.place)
    assert calling("refund", order_id=17, amount="12.50") == {"done": True}
    assert server.requests[0].json == {"orderId": "17", "amount": 12.5}
    assert calling.failure("refund", order_id="17", amount="-3") == (
        "`refund` cannot be called so: `amount` does not keep `exclusiveMinimum` of its description"
    )
    assert calling.failure("refund", order_id="17") == "`refund` needs `amount`, which is not known here"
    assert calling.failure("refund", order_id="17", amount="much") == (
        "`refund` cannot be called so: `amount` is not a number"
    )
    assert len(server.requests) == 1
    assert calling.file.bindings["refund"].effect


@pytest.mark.parametrize("path", ["..", ".", " "])
def test_an_argument_does_not_lead_to_another_place(server: Server, path: str) -> None:
    assert order(server).failure(order_id=path) == "`order_id` does not go into an address"
    assert server.requests == []


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (status(400), "status 400"),
        (status(403), "status 403"),
        (junk, "the answer was broken off, or is not HTTP (3 tries)"),
        (broken_off, "the answer was broken off, or is not HTTP (3 tries)"),
        (status(500), "status 500 (3 tries)"),
        (sent(b"<html>", Content_Type="text/html"), "the answer is not JSON"),
        (sent(b"{"), "the answer is not JSON"),
        (sent(b"\xff\xfe{"), "the answer is not JSON"),
        (sent(b'{"a": NaN}'), "the answer is not JSON"),
        (sent(b"[" * 100_000), "the answer is not JSON"),
        (told({"a": [[1]]}), "the result has `a` as `list`, which is neither text, number, yes or no, nor a list"),
        (sent(b"x" * 1_000_001), "the answer is longer than 1000000 bytes"),
        (endless, "the answer is longer than 1000000 bytes"),
        (sent(b"\x1f\x8b", Content_Encoding="gzip"), "the answer is packed, which was not asked for"),
        (status(302, Location="http://127.0.0.1:1/"), "status 302 sends on to another place"),
        (status(302, Location="//elsewhere.example/"), "status 302 sends on to another place"),
        (status(302, Location="http://[::1"), "status 302 sends on to another place"),
    ],
)
def test_what_comes_back_wrong_is_a_failure_and_tells_nothing(server: Server, answer, why: str) -> None:
    server.on("/orders/1", answer)
    failure = order(server, 'headers = { Authorization = "${ORDERS_TOKEN}" }').failure(order_id="1")
    assert failure.startswith(f"`find_order`: {why}")
    assert "own-words" not in failure
    assert TOKEN not in failure


@pytest.mark.parametrize("answer", [hanging, dripping])
def test_whoever_does_not_answer_in_time_is_not_waited_for(server: Server, answer) -> None:
    server.on("/orders/1", answer)
    failure = order(server, "timeout_ms = 150\ntries = 2").failure(order_id="1")
    assert failure == "`find_order`: there was no answer in time (2 tries)"
    assert len(server.requests) == 2


def test_a_place_that_is_down_is_tried_again_and_then_left_alone(server: Server) -> None:
    server.on("/orders/1", status(503), broken_off, told({"status": "sent"}))
    calling = order(server)
    assert calling(order_id="1") == {"status": "sent"}
    assert calling.pauses == [0.2, 0.4]
    assert {request.headers["idempotency-key"] for request in server.requests} == {KEY}
    server.on("/orders/1", status(500))
    assert calling.failure(order_id="1") == "`find_order`: status 500 (3 tries)"
    asked = len(server.requests)
    assert calling.failure(order_id="1").startswith("`find_order` is left alone for a while")
    assert len(server.requests) == asked


def test_it_waits_as_long_as_it_is_asked_to_and_never_beyond_its_budget(server: Server) -> None:
    server.on("/orders/1", status(429, Retry_After="3"), told({"status": "sent"}))
    calling = order(server)
    assert calling(order_id="1") == {"status": "sent"}
    assert calling.pauses == [3.0]
    server.on("/orders/1", status(429, Retry_After="3600"))
    assert calling.failure(order_id="1") == "`find_order`: status 429"
    assert calling.pauses == [3.0]


def test_a_status_may_be_an_answer(server: Server) -> None:
    calling = order(server, "status.404 = { found = false }")
    assert calling(order_id="1") == {"found": False}


def test_the_result_is_held_against_its_schema_and_only_what_it_names_is_kept(server: Server) -> None:
    schema = """
[function.find_order.result]
type = "object"
required = ["status"]
[function.find_order.result.properties]
status = { enum = ["sent", "lost"] }
address = { type = "object", properties = { city = { type = "string" } } }
"""
    server.on(
        "/orders/1",
        told({"status": "sent", "address": {"city": "Rome", "street": "Via 1"}, "card": "4111"}),
        told({"status": "eaten"}),
        told({"state": "sent"}),
        told([]),
    )
    calling = order(server, result=schema)
    assert calling.file.bindings["find_order"].fields == ("status", "address_city")
    assert calling(order_id="1") == {"status": "sent", "address_city": "Rome"}
    fits = "`find_order`: the answer does not fit its description: "
    assert calling.failure(order_id="1") == f"{fits}`result_status` is none of the values that are allowed"
    assert calling.failure(order_id="1") == f"{fits}`result` has no `status`"
    assert calling.failure(order_id="1") == f"{fits}`result` is not a record"


def test_nothing_comes_back_is_no_fields(server: Server) -> None:
    server.on("/orders/1", sent(b"", 204))
    assert order(server)(order_id="1") == {}


def test_a_redirect_within_the_place_is_followed_by_a_look_up(server: Server) -> None:
    server.on("/orders/1", status(301, Location="/v2/orders/1"))
    server.on("/v2/orders/1", told({"status": "sent"}))
    assert order(server)(order_id="1") == {"status": "sent"}
    server.on("/v2/orders/1", status(302, Location="/orders/1"))
    assert order(server).failure(order_id="1") == "`find_order`: it was sent on more than 3 times"


def test_an_effect_is_not_sent_on(server: Server) -> None:
    server.on("/refunds", status(303, Location="/done"))
    calling = Calling(f'[function.refund]\nurl = "{server.url}/refunds"', server.place)
    assert calling.failure("refund") == "`refund`: status 303 sends on, and only a look-up follows"


@pytest.mark.parametrize(
    ("url", "hosts", "why"),
    [
        ("http://{place}/", "", "http is for hosts that BYTHEBOOK_FUNCTION_HOSTS names; use https"),
        ("http://{place}/", "shop.example.com", "its host is not among BYTHEBOOK_FUNCTION_HOSTS"),
        ("http://{place}/", "127.0.0.1:1", "its host is not among BYTHEBOOK_FUNCTION_HOSTS"),
        ("https://{place}/", "", "its host leads to a private address"),
        ("https://localhost/", "", "its host leads to a private address"),
        ("https://169.254.169.254/latest", "", "its host leads to a private address"),
        ("https://[::ffff:127.0.0.1]/", "", "its host leads to a private address"),
        ("https://[fd00::1]/", "", "its host leads to a private address"),
    ],
)
def test_where_nothing_is_sent(server: Server, url: str, hosts: str, why: str) -> None:
    toml = f'[function.refund]\nurl = "{url.format(place=server.place)}"'
    assert Calling(toml, hosts).failure("refund").startswith(f"`refund`: {why}")
    assert server.requests == []


@pytest.mark.parametrize(
    ("listed", "host", "named"),
    [
        ("shop.example.com", "SHOP.example.com", True),
        ("*.example.com", "shop.example.com", True),
        ("*.example.com", "example.com", False),
        ("*.example.com", "badexample.com", False),
        ("10.0.0.1:443, b", "10.0.0.1", True),
        ("10.0.0.1:80", "10.0.0.1", False),
        ("[::1]:443", "::1", True),
    ],
)
def test_how_hosts_are_named(listed: str, host: str, named: bool) -> None:
    assert Hosts.of(listed).names(host, 443) is named


def test_a_secret_that_is_not_set_stops_the_call_and_none_is_ever_shown(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.on("/orders/1", told({"status": "sent"}))
    calling = order(server, 'headers = { Authorization = "Bearer ${ORDERS_TOKEN}" }')
    assert calling(order_id="1")
    binding = calling.file.bindings["find_order"]
    shown = calling.http.preview(binding, {"order_id": "1"}, KEY)
    assert shown.startswith(f"GET {server.url}/orders/1\n")
    assert "Authorization: Bearer ***" in shown
    assert TOKEN not in shown + caplog.text + repr(calling.http) + repr(binding)
    assert "127.0.0.1" not in caplog.text
    other = order(server, 'headers = { Authorization = "${OTHER}" }')
    assert other.failure(order_id="1") == "the secret OTHER is not set; set BYTHEBOOK_SECRET_OTHER"
    assert other.http.missing_secrets(other.file.bindings["find_order"]) == ["OTHER"]


def test_secrets_stand_in_files_too(tmp_path) -> None:
    (tmp_path / "ORDERS_TOKEN").write_text("one\n")
    secrets = Secrets({"BYTHEBOOK_SECRET_ORDERS_TOKEN": "two", "HOME": "three"}, str(tmp_path))
    assert secrets.fill("Bearer ${ORDERS_TOKEN}") == "Bearer one"
    (tmp_path / "ORDERS_TOKEN").write_text("changed\n")
    assert secrets.fill("${ORDERS_TOKEN}") == "changed"
    assert secrets.missing(["HOME", "ORDERS_TOKEN"]) == ["HOME"]
