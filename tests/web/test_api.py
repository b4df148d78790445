"""The HTTP interface as a channel meets it: what is answered, what is refused, and how."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import httpx2
import pytest
from starlette.testclient import TestClient

from bythebook.adapters.memory_store import MemoryStore
from bythebook.service.desk import Desk
from bythebook.service.erasing import Erasing
from bythebook.service.ports import CaseSummary, StoreUnavailable, VersionConflict
from bythebook.web.door import BODY_BYTES_MAX, GUARDS
from bythebook.web.problems import KINDS, MEDIA_TYPE
from tests.conftest import ROOT
from tests.web.customer import Customer, lines, new_customer
from tests.web.installation import API, ENTERPRISE, Installation, install

KEY: Final = {"Idempotency-Key": "k"}
S: Final = ["2a", "2b", "2c", "2d", "2e", "2e.i", "2f"]
E: Final = ["3a", "3a.i"]
JSON: Final = {"Content-Type": "application/json"}


@pytest.fixture
def installed() -> Installation:
    return install()


@pytest.fixture
def client(installed: Installation) -> Iterator[TestClient]:
    with TestClient(installed.app) as client:
        yield client


@pytest.fixture
def customer(client: TestClient) -> Customer:
    return new_customer(client)


def problem(response: httpx2.Response, name: str) -> dict[str, Any]:
    """Return the problem, once it is whole and is the one that is expected."""
    found: dict[str, Any] = response.json()
    kind = next(kind for kind in KINDS if kind.name == name)
    assert (found["type"], response.status_code) == (kind.uri, kind.status), found
    assert response.headers["Content-Type"] == MEDIA_TYPE
    assert found["status"] == kind.status and found["title"] == kind.title
    assert found["detail"].endswith(kind.way_out), "every problem names a way out"
    return found


# ---------------------------------------------------------------- a conversation


def test_opening_a_case_gives_it_with_its_token(client: TestClient) -> None:
    opened = client.post("/v1/cases")
    assert opened.status_code == 201
    assert opened.headers["Location"] == "/v1/cases/case-1"
    assert opened.json() == {
        "case": "case-1",
        "token": "token-1",
        "status": "open",
        "version": 1,
        "transcript": [],
        "buttons": [],
    }


def test_a_document_can_be_named_and_an_unknown_one_is_refused(client: TestClient) -> None:
    named = client.post("/v1/cases", json={"routine": "business-associate-agreement"})
    assert named.status_code == 201
    problem(client.post("/v1/cases", json={"routine": "no such"}), "routine-unknown")


def test_a_message_is_answered_by_its_turn(customer: Customer) -> None:
    turn = customer.say("hi", "first")
    assert lines(turn) == ["1a"]
    assert turn["said"][0]["source"] == "quoted"
    assert turn["buttons"] == [{"id": API, "label": "API"}, {"id": ENTERPRISE, "label": "ChatGPT Enterprise"}]
    assert (turn["id"], turn["case"], turn["status"], turn["served"]) == ("first", customer.case, "open", False)
    assert (turn["duplicate"], turn["continued_in"]) == (False, None)
    assert turn["version"] == customer.look()["version"]


def test_calls_and_readings_are_not_for_customers(customer: Customer) -> None:
    turn = customer.say("API")
    assert set(turn) == {
        "id", "case", "routine", "status", "served", "duplicate", "said", "buttons", "version", "continued_in",
    }  # fmt: skip
    assert "provide_list" not in json.dumps([turn, customer.look()])


def test_both_run_in_document_order(customer: Customer) -> None:
    customer.say("hi")
    assert lines(customer.say("both")) == [*S, *E, "5.1"]


def test_the_same_key_gives_the_same_answer_and_nothing_happens_twice(customer: Customer) -> None:
    first = customer.say("API", "same")
    version = customer.look()["version"]
    second = customer.say("API", "same")
    assert second == {**first, "duplicate": True}
    assert customer.look()["version"] == version


def test_an_old_key_gives_the_old_answer(customer: Customer) -> None:
    first = customer.say("API", "old")
    customer.say("no, I meant Enterprise", "new")
    again = customer.say("API", "old")
    assert again["said"] == first["said"] and again["duplicate"]


def test_a_key_for_another_text_is_refused_and_nothing_happens(customer: Customer) -> None:
    customer.say("hi", "same")
    version = customer.look()["version"]
    problem(customer.post({"text": "API"}, "same"), "message-key-reused")
    assert customer.look()["version"] == version


def test_a_button_needs_no_reader(customer: Customer, installed: Installation) -> None:
    customer.say("hi")
    asked = len(installed.reader.asked)
    assert lines(customer.press(API)) == [*S, "5.1"]
    assert len(installed.reader.asked) == asked
    assert customer.look()["transcript"][2]["text"] == "API"


def test_a_stale_button_is_that_choice_now(customer: Customer) -> None:
    customer.say("hi")
    customer.press(API)
    assert lines(customer.press(API)) == [*S, "5.1"]
    assert lines(customer.press(ENTERPRISE)) == [*E, "5.1"]


def test_a_button_that_is_on_no_menu_is_refused(customer: Customer) -> None:
    refused = problem(customer.post({"press": "step:99"}), "does-not-fit")
    assert "step:99" in refused["detail"]
    assert customer.look()["version"] == 1


def test_a_need_after_resolution_goes_on_in_a_linked_case(customer: Customer) -> None:
    customer.say("API")
    assert customer.say("no")["status"] == "resolved"
    assert customer.say("thanks")["said"] == []
    turn = customer.say("and Enterprise?", "need")
    assert lines(turn) == ["1", *E, "5.1"]
    assert turn["case"] == turn["continued_in"] != customer.case
    assert customer.look()["continued_in"] == turn["case"]
    follower = Customer(customer.client, turn["case"], customer.token)
    view = follower.look()
    assert (view["previous"], view["status"]) == (customer.case, "open")
    assert view["transcript"][0]["text"] == "and Enterprise?"
    assert follower.say("and Enterprise?", "need")["duplicate"]


def test_the_transcript_has_everything_said_by_everybody(customer: Customer, installed: Installation) -> None:
    customer.say("a person please")
    desk = Desk(installed.runner)
    assert (customer.look()["status"], customer.look()["human"]) == ("handed_off", False)
    desk.take(customer.case, "Ada")
    desk.say(customer.case, "Ada", "Hello, I am Ada.")
    assert customer.say("hi")["said"] == [], "while a human has the case the assistant is silent"
    view = customer.look()
    assert view["human"] and view["buttons"] == []
    assert [entry["speaker"] for entry in view["transcript"]] == ["customer", "assistant", "human", "customer"]
    said = view["transcript"][2]
    assert (said["text"], said["line"], said["source"]) == ("Hello, I am Ada.", "", "human")
    versions = [entry["version"] for entry in view["transcript"]]
    assert versions == sorted(set(versions))
    assert [entry["version"] for entry in customer.look(after=versions[1])["transcript"]] == versions[2:]


def test_health_says_what_runs(client: TestClient, installed: Installation) -> None:
    found = client.get("/healthz").json()
    release = installed.runner.releases.current().release
    assert (found["status"], found["release"], found["routine"]) == ("ok", release.digest, release.name)


# ---------------------------------------------------------------- whose case


def test_a_token_is_needed(customer: Customer) -> None:
    for method, rest in (("GET", ""), ("GET", "/events"), ("POST", "/messages")):
        body = {"text": "hi"} if method == "POST" else None
        answer = customer.client.request(method, f"/v1/cases/{customer.case}{rest}", json=body, headers=KEY)
        problem(answer, "token-missing")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_an_unknown_case_and_a_wrong_token_look_the_same(customer: Customer) -> None:
    answers = [
        Customer(customer.client, case, token).post({"text": "hi"})
        for case, token in ((customer.case, "wrong"), ("case-99", customer.token), ("case-99", "wrong"))
    ]
    for answer in answers:
        problem(answer, "case-not-found")
    assert len({answer.text for answer in answers}) == 1
    events = customer.client.get("/v1/cases/case-99/events", headers=customer.headers)
    problem(events, "case-not-found")


def test_a_token_opens_its_own_case_only(client: TestClient) -> None:
    first, second = new_customer(client), new_customer(client)
    problem(Customer(client, first.case, second.token).post({"text": "hi"}), "case-not-found")


@pytest.mark.parametrize("case", ["%00", "..", "x" * 5_000, "%ff", "' or 1=1 --"])
def test_odd_case_ids_are_unknown_cases(customer: Customer, case: str) -> None:
    answer = customer.client.get(f"/v1/cases/{case}", headers=customer.headers)
    assert answer.status_code == 404 and answer.headers["Content-Type"] == MEDIA_TYPE


# ---------------------------------------------------------------- what cannot be understood


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "hi", "press": API},
        {"text": None},
        {"text": 5},
        {"text": ["hi"]},
        {"press": ""},
        {"press": "x" * 201},
        {"text": "x" * 8_001},
        {"text": "hi", "extra": 1},
        [],
        "hi",
        7,
        None,
    ],
    ids=repr,
)
def test_bodies_of_another_shape_are_refused_with_the_place(customer: Customer, body: object) -> None:
    found = problem(customer.post(body), "request-not-understood")
    assert found["errors"] and all(set(error) == {"where", "what"} for error in found["errors"])
    assert customer.look()["version"] == 1


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe\x00", b"[" * 100_000, b'{"text": "\x01"}', b"\0"])
def test_what_is_not_json_is_refused(customer: Customer, body: bytes) -> None:
    answer = customer.client.post(
        f"/v1/cases/{customer.case}/messages", content=body, headers={**customer.headers, **KEY, **JSON}
    )
    problem(answer, "request-not-understood")


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_taken(customer: Customer, media_type: str) -> None:
    headers = {**customer.headers, **KEY, "Content-Type": media_type}
    answer = customer.client.post(f"/v1/cases/{customer.case}/messages", content=b'{"text": "hi"}', headers=headers)
    problem(answer, "not-json")


def test_a_message_needs_a_key(customer: Customer) -> None:
    path = f"/v1/cases/{customer.case}/messages"
    problem(customer.client.post(path, json={"text": "hi"}, headers=customer.headers), "message-key-missing")
    for key in ("", "x" * 201):
        headers = {**customer.headers, "Idempotency-Key": key}
        answer = customer.client.post(path, json={"text": "hi"}, headers=headers)
        problem(answer, "request-not-understood")


@pytest.mark.parametrize("after", ["-1", "x", "1.5", ""])
def test_a_cursor_is_a_number(customer: Customer, after: str) -> None:
    answer = customer.client.get(f"/v1/cases/{customer.case}?after={after}", headers=customer.headers)
    problem(answer, "request-not-understood")


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        (r"a\ud800b", "a\ufffdb"),
        (r"a\udc00", "a\ufffd"),
        (r"\ud83d\ude00", "\U0001f600"),
        (r"a\u0000b", "a\ufffdb"),
        (r"", ""),
        (r"   ", "   "),
    ],
)
def test_odd_texts_are_messages_like_any_other(customer: Customer, sent: str, stored: str) -> None:
    for key in ("same", "same"):
        answer = customer.client.post(
            f"/v1/cases/{customer.case}/messages",
            content=f'{{"text": "{sent}"}}'.encode(),
            headers={**customer.headers, **JSON, "Idempotency-Key": key},
        )
        assert answer.status_code == 200, answer.text
    assert answer.json()["duplicate"]
    assert customer.look()["transcript"][0]["text"] == stored


def test_markup_comes_back_as_the_text_it_is(customer: Customer) -> None:
    text = "<script>alert(1)</script> \"'&<img src=x onerror=alert(1)>"
    customer.say(text)
    assert customer.look()["transcript"][0]["text"] == text


def test_a_name_made_up_by_the_caller_does_no_harm(customer: Customer) -> None:
    answer = customer.client.post(
        f"/v1/cases/{customer.case}/messages",
        content=rb'{"text": "hi", "\ud800<b>": 1}',
        headers={**customer.headers, **KEY, **JSON},
    )
    problem(answer, "request-not-understood")


# ---------------------------------------------------------------- what is too much


def test_the_longest_message_fits_however_it_is_escaped(customer: Customer) -> None:
    body = '{"text": "' + r"\ud83d\ude00" * 8_000 + '"}'
    answer = customer.client.post(
        f"/v1/cases/{customer.case}/messages", content=body.encode(), headers={**customer.headers, **KEY, **JSON}
    )
    assert answer.status_code == 200


def test_a_long_text_is_refused_by_its_length(customer: Customer) -> None:
    found = problem(customer.post({"text": "x" * 100_000}), "request-not-understood")
    assert found["errors"][0]["where"] == "body.text"
    assert "8000" in found["detail"]


def test_a_body_over_the_limit_is_not_read(customer: Customer) -> None:
    problem(customer.post({"text": "x" * BODY_BYTES_MAX}), "body-too-large")


# ---------------------------------------------------------------- what is not there


def test_an_erased_case_says_so_and_takes_no_more(installed: Installation, client: TestClient) -> None:
    customer = new_customer(client)
    customer.say("API")
    Erasing(installed.runner.store, installed.runner.clock).erase(customer.case, "Ann", "asked for")
    shown = customer.look()
    assert (shown["status"], shown["transcript"], shown["buttons"]) == ("erased", [], [])
    problem(customer.post({"text": "hello?"}), "case-erased")


def test_unknown_places_and_methods_are_problems(client: TestClient) -> None:
    problem(client.get("/no/such/place"), "not-found")
    problem(client.get("/static/no-such.js"), "not-found")
    problem(client.get("/static/../app.py"), "not-found")
    problem(client.get("/problems/no-such"), "not-found")
    refused = client.delete("/v1/cases")
    problem(refused, "method-not-allowed")
    assert refused.headers["Allow"] == "POST"


# ---------------------------------------------------------------- when we fail


class FailingStore(MemoryStore):
    """A store that fails when told to."""

    trouble: Exception | None = None

    def summary(self, case_id: str) -> CaseSummary:
        if self.trouble is not None:
            raise self.trouble
        return super().summary(case_id)


@pytest.mark.parametrize(
    ("trouble", "name"),
    [
        (StoreUnavailable("/secret/path is locked"), "store-unavailable"),
        (VersionConflict("case is busy"), "busy"),
        (RuntimeError("secret"), "internal"),
    ],
)
def test_our_failures_keep_our_insides_to_ourselves(trouble: Exception, name: str) -> None:
    store = FailingStore()
    with TestClient(install(store).app) as client:
        customer = new_customer(client)
        store.trouble = trouble
        answer = customer.post({"text": "hi"}, "k")
        found = problem(answer, name)
        assert "secret" not in answer.text and set(found) == {"type", "title", "status", "detail"}
        if found["status"] == 503:
            assert int(answer.headers["Retry-After"]) > 0
        assert answer.headers["Content-Security-Policy"]
        store.trouble = None
        assert customer.say("hi", "k")["duplicate"], "what was accepted is kept"


def test_why_callers_are_turned_away_is_told_in_the_log_and_once(caplog: pytest.LogCaptureFixture) -> None:
    store = FailingStore()
    with TestClient(install(store).app) as client:
        customer = new_customer(client)
        store.trouble = StoreUnavailable("its disk is full")
        for key in ("a", "b"):
            problem(customer.post({"text": "hi"}, key), "store-unavailable")
    (line,) = [record.message for record in caplog.records if "come again" in record.message]
    assert line == "callers are told to come again: its disk is full"


# ---------------------------------------------------------------- guards and descriptions


@pytest.mark.parametrize("path", ["/", "/docs", "/problems", "/openapi.json", "/static/chat.js", "/healthz", "/nope"])
def test_every_answer_carries_its_guards(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers[name] for name in GUARDS} == GUARDS
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-cache"


def test_nothing_of_a_case_is_kept_by_caches(customer: Customer) -> None:
    for answer in (customer.post({"text": "hi"}), customer.client.get("/v1/cases/case-1", headers=customer.headers)):
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/docs", "/problems", "/problems/busy"])
def test_pages_load_nothing_from_elsewhere_and_hold_no_inline_code(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert "://" not in page and " style=" not in page and " onclick=" not in page
    assert page.count("<script") == len(re.findall('<script type="module" src="/?(?:static/|widget)', page))


def test_the_description_is_true(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert "422" not in json.dumps(described["paths"])
    operations = [(path, method) for path, methods in described["paths"].items() for method in methods]
    docs = client.get("/docs").text
    for path, method in operations:
        assert f"{method.upper()} {path}" in docs
    say = described["paths"]["/v1/cases/{case_id}/messages"]["post"]["responses"]
    assert {"200", "400", "401", "403", "404", "409", "410", "413", "415", "429", "500", "503"} == set(say)
    for kind in KINDS:
        assert client.get(kind.uri).status_code == 200


def test_every_problem_stands_in_the_manual() -> None:
    manual = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
    for kind in KINDS:
        assert f"| `{kind.uri}` | {kind.status} |" in manual, f"docs/http.md says nothing of {kind.name}"
    assert f"{BODY_BYTES_MAX:,} bytes" in manual
