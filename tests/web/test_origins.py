"""Pages of other sites: who may hold the chat, what their browsers are told, and what a refusal says."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from bythebook.service.desk import Desk
from bythebook.settings import Settings, SettingWrong
from bythebook.web.origins import Allowed
from tests.web.customer import Customer, answered, new_customer
from tests.web.installation import install

SHOP = "https://shop.example"
ALLOWED = (SHOP, "https://*.firm.example", "http://localhost:9000")


@pytest.fixture
def client() -> TestClient:
    return TestClient(install(origins=ALLOWED).app)


def asks(origin: str, site: str = "cross-site") -> dict[str, str]:
    return {"Origin": origin, "Sec-Fetch-Site": site}


@pytest.mark.parametrize(
    ("origin", "held"),
    [
        (SHOP, True),
        ("https://SHOP.example", True),
        ("https://help.firm.example", True),
        ("https://a.b.firm.example", True),
        ("http://localhost:9000", True),
        ("https://firm.example", False),
        ("https://evilfirm.example", False),
        ("http://help.firm.example", False),
        ("http://shop.example", False),
        ("https://shop.example:8443", False),
        ("https://shop.example.evil.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_sites_that_may(origin: str, held: bool) -> None:
    assert Allowed(ALLOWED).holds(origin) is held
    assert Allowed(("*",)).holds(origin) is (origin != "null")
    assert not Allowed().holds(origin)


def test_a_page_of_an_allowed_site_is_answered_and_told_so(client: TestClient) -> None:
    opened = client.post("/v1/cases", json={}, headers=asks(SHOP))
    assert opened.status_code == 201
    assert opened.headers["Access-Control-Allow-Origin"] == SHOP
    assert opened.headers["Vary"] == "Origin"
    assert "Retry-After" in opened.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in opened.headers
    case = opened.json()
    unknown = client.get(f"/v1/cases/{case['case']}", headers=asks(SHOP))
    assert unknown.status_code == 401 and unknown.headers["Access-Control-Allow-Origin"] == SHOP, "problems too"


def test_its_browser_may_ask_first(client: TestClient) -> None:
    may = client.options(
        "/v1/cases/x/messages",
        headers={
            **asks(SHOP),
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization",
        },
    )
    assert may.status_code == 204 and may.headers["Access-Control-Allow-Origin"] == SHOP
    assert {"Authorization", "Idempotency-Key", "Last-Event-ID"} <= set(
        may.headers["Access-Control-Allow-Headers"].split(", ")
    )


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_any_other_page_is_refused_in_words_and_nothing_happens(client: TestClient, origin: str) -> None:
    for refused in (
        client.get("/v1/routines", headers=asks(origin)),
        client.post("/v1/cases", headers=asks(origin)),
        client.options("/v1/cases", headers={**asks(origin), "Access-Control-Request-Method": "POST"}),
    ):
        assert refused.status_code == 403 and refused.json()["type"] == "/problems/site-not-allowed"
        assert origin in refused.json()["detail"] and "BYTHEBOOK_WIDGET_ORIGINS" in refused.json()["detail"]
        assert refused.headers["Access-Control-Allow-Origin"] == origin, "the page may read why"
        assert "Access-Control-Allow-Methods" not in refused.headers, "and may not ask for more"
        assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert list(install_cases(client)) == []


def install_cases(client: TestClient) -> list[object]:
    return list(client.app.state.context.conversation.runner.store.summaries())  # type: ignore[attr-defined]


def test_own_pages_and_callers_without_a_page_need_no_permission() -> None:
    client = TestClient(install().app)
    assert client.get("/v1/routines").status_code == 200
    assert client.get("/v1/routines", headers=asks("http://testserver", "same-origin")).status_code == 200
    old_browser = client.get("/v1/routines", headers={"Origin": "http://testserver"})
    assert old_browser.status_code == 200 and "Access-Control-Allow-Origin" not in old_browser.headers
    assert client.get("/v1/routines", headers={"Origin": "http://other"}).status_code == 403


def test_the_desk_and_notices_are_for_no_other_site(client: TestClient) -> None:
    for path in ("/widget.js", "/static/chat/main.js"):
        loaded = client.get(path, headers=asks("https://evil.example"))
        assert loaded.status_code == 200 and loaded.headers["Access-Control-Allow-Origin"] == "*", "it says why not"
        assert loaded.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        own = TestClient(install().app).get(path)
        assert own.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    for path in ("/v1/desk/cases", "/v1/handoffs/x", "/healthz", "/", "/openapi.json"):
        assert "Access-Control-Allow-Origin" not in client.get(path, headers=asks(SHOP)).headers, path


def test_the_setting_is_checked_at_the_start() -> None:
    given = Settings.read(
        {"BYTHEBOOK_WIDGET_ORIGINS": " https://Shop.example , https://*.firm.example:8443,http://[::1]:9 "}
    )
    assert given.origins == ("https://shop.example", "https://*.firm.example:8443", "http://[::1]:9")
    assert Settings.read({}).origins == ()
    for wrong in ("shop.example", "https://shop.example/", "https://shop.example/help", "https://*", "ftp://x"):
        with pytest.raises(SettingWrong, match="WIDGET_ORIGINS"):
            Settings.read({"BYTHEBOOK_WIDGET_ORIGINS": wrong})


# ---------------------------------------------------------------- what the chat shows besides


def test_a_line_that_asks_for_a_letter_comes_with_it() -> None:
    client = TestClient(install().app)
    customer = new_customer(client)
    turn = customer.say("API", "mine")
    with_mail = {said["line"]: said["mail"] for said in turn["said"] if said["mail"] is not None}
    assert with_mail == {
        "2a": {
            "address": "baa@openai.com",
            "subject": f"Business Associate Agreement (case {customer.case})",
            "headings": ["Company", "Use case"],
            "body": f"Company:\n\nUse case:\n\nCase: {customer.case}",
        }
    }
    shown = customer.look()["transcript"]
    assert [entry["mail"] is not None for entry in shown if entry["line"] == "2a"] == [True]
    assert shown[0]["id"] == "mine" and shown[1]["id"] is None


def test_where_a_case_waits_it_says_who_is_there() -> None:
    for on_duty in (True, False):
        installed = install(on_duty=on_duty)
        customer: Customer = new_customer(TestClient(installed.app))
        assert customer.look()["on_duty"] is None
        customer.say("a person please")
        assert customer.look()["on_duty"] is on_duty and customer.look()["human_name"] == ""
        Desk(installed.runner).take(customer.case, "Ada")
        Desk(installed.runner).say(customer.case, "Ada", "Hello.")
        seen = customer.look()
        assert (seen["human_name"], seen["on_duty"], seen["transcript"][-1]["human"]) == ("Ada", None, "Ada")
        assert seen["working"] is False
    assert answered(TestClient(install().app).get("/v1/routines"))
