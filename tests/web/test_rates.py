"""How often customers may knock, and who is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from bythebook.letting_in import entrance_of
from bythebook.service.entrance import Entrance
from bythebook.settings import Settings
from bythebook.testing.fakes import ManualClock
from bythebook.web.app import create_app
from bythebook.web.proxied import Proxied
from tests.web.customer import new_customer
from tests.web.installation import install

TIGHT = Settings(cases_an_hour=2, messages_a_minute=3, messages_a_minute_of_address=5)


def client_of(entrance: Entrance, clock: ManualClock) -> TestClient:
    context = replace(install(clock=clock).app.state.context, entrance=entrance)
    return TestClient(create_app(context), client=("10.0.0.1", 50000))


def tight() -> Entrance:
    return entrance_of(replace(TIGHT, trusted_proxies="10.0.0.0/8"))


def test_an_address_opens_so_many_cases_an_hour() -> None:
    clock = ManualClock()
    client = client_of(tight(), clock)
    assert [client.post("/v1/cases").status_code for _ in range(3)] == [201, 201, 429]
    refused = client.post("/v1/cases")
    assert refused.json()["type"] == "/problems/too-often"
    assert int(refused.headers["retry-after"]) == 1800
    other = {"X-Forwarded-For": "203.0.113.9"}
    assert client.post("/v1/cases", headers=other).status_code == 201
    clock.advance(timedelta(seconds=1800))
    assert client.post("/v1/cases").status_code == 201


def test_a_case_sends_so_many_messages_a_minute_and_an_address_so_many_in_all() -> None:
    clock = ManualClock()
    client = client_of(tight(), clock)
    one, other = new_customer(client), new_customer(client)
    assert [one.post({"text": "hi"}).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert [other.post({"text": "hi"}).status_code for _ in range(2)] == [200, 429], "five of one address"
    clock.advance(timedelta(seconds=60))
    assert one.post({"text": "hi"}).status_code == 200
    stranger = client.post(
        f"/v1/cases/{one.case}/messages",
        json={"text": "x"},
        headers={"Authorization": "Bearer x", "Idempotency-Key": "1"},
    )
    assert stranger.status_code == 404, "whoever has no token uses nothing up"


def test_a_message_that_was_refused_is_answered_when_it_comes_again() -> None:
    clock = ManualClock()
    client = client_of(tight(), clock)
    customer = new_customer(client)
    for _ in range(3):
        customer.say("hi")
    assert customer.post({"text": "API"}, "the one").status_code == 429
    clock.advance(timedelta(seconds=20))
    assert not customer.say("API", "the one")["duplicate"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "caller"),
    [
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),  # no proxy of ours: it may say what it likes
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"),  # what the caller wrote itself is not believed
        ("10.0.0.1", "1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
        ("10.0.0.1", "[2001:db8::9]:4711", "2001:db8::9"),
        ("10.0.0.1", "2001:db8::9", "2001:db8::9"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "rubbish", "rubbish"),
        ("unix", "203.0.113.9", "unix"),
    ],
)
def test_whom_a_proxy_speaks_for(peer: str, forwarded: str, caller: str) -> None:
    named = [one for one in forwarded.split(",") if one.strip()]
    assert tight().caller(peer, named) == caller


@pytest.mark.parametrize(
    ("peer", "told", "scheme"),
    [("10.0.0.1", "https", "https"), ("198.51.100.7", "https", "http"), ("10.0.0.1", "gopher", "http")],
)
def test_a_proxy_tells_the_scheme_and_strangers_do_not(peer: str, told: str, scheme: str) -> None:
    async def told_back(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(f"{scope['scheme']} {scope['client'][0]}")(scope, receive, send)

    client = TestClient(Proxied(told_back, tight()), client=(peer, 1))
    answer = client.get("/", headers={"X-Forwarded-Proto": told, "X-Forwarded-For": "203.0.113.9"}).text
    assert answer == f"{scheme} {'203.0.113.9' if peer.startswith('10.') else peer}"
