"""Who may do what over HTTP: every route by every role, and what somebody with bad intentions tries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import httpx2
import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from bythebook.adapters.argon2_passwords import quick_passwords
from bythebook.adapters.memory_people import MemoryPeople
from bythebook.service.access import Access
from bythebook.service.household import Household
from bythebook.service.people import Account, Deed, NotedQuery, Person, Role
from bythebook.testing.fakes import CountingIdentities, ManualClock
from bythebook.web.access import COOKIE
from bythebook.web.app import create_app
from bythebook.web.context import WebContext
from bythebook.web.route_table import CASE, NAVIGATION, PUBLIC, ROUTES, SIGNED_IN, Allowed
from tests.web.installation import install

PASSWORD: Final = "orange lantern gravel"
NAMES: Final = {role: role.value.capitalize() for role in Role}
KEYS: Final = (Role.HUMAN, Role.LEAD, Role.AUDITOR)
PAGE: Final = {"Accept": "text/html"}


class House:
    """An application with people in it."""

    def __init__(self, **more: object) -> None:
        self.clock, self.people = ManualClock(), MemoryPeople()
        made = quick_passwords()
        for role, name in NAMES.items():
            self.people.add(Account(name, frozenset({role}), self.clock.now(), made.made_of(PASSWORD)))
        self.access = Access(self.people, made, self.clock, CountingIdentities())
        self.household = Household(self.access)
        self.installed = install(clock=self.clock)
        context: WebContext = self.installed.app.state.context
        self.app: FastAPI = create_app(replace(context, access=self.access, **more))  # type: ignore[arg-type]
        admin = Person("Administrator", frozenset({Role.ADMINISTRATOR}))
        self.keys = {role: self.household.make_key(f"program {role.value}", role, admin) for role in KEYS}

    def client(self, role: Role | None = None) -> TestClient:
        """Return a browser, signed in with that role alone."""
        client = TestClient(self.app, follow_redirects=False)
        if role is not None:
            assert sign_in(client, NAMES[role]).status_code == 303
        return client


def sign_in(client: TestClient, name: str, password: str = PASSWORD, **more: str) -> httpx2.Response:
    return client.post("/sign-in", data={"name": name, "password": password, **more}, headers=PAGE)


@pytest.fixture(scope="module")
def shared() -> House:
    """One for tests that change nothing that another looks at; its streams end at once."""
    house = House()
    house.app.state.streams.stopping.set()
    return house


@pytest.fixture
def house() -> House:
    return House()


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Yield every method and path that the application answers."""

    def walk(found: Sequence[BaseRoute], before: str) -> Iterator[tuple[str, str]]:
        for route in found:
            included: Any = getattr(route, "original_router", None)
            if included is not None:
                yield from walk(included.routes, before + route.include_context.prefix)  # type: ignore[attr-defined]
            elif isinstance(route, Route):
                methods = (route.methods or set()) - {"HEAD", "OPTIONS"}
                yield from ((method, before + route.path) for method in methods)
            else:
                assert isinstance(route, Mount) and isinstance(route.app, StaticFiles), "files, for everybody"

    yield from walk(app.routes, "")


def test_every_route_stands_in_the_table(shared: House) -> None:
    answered = set(routes(shared.app))
    assert answered - set(ROUTES) == set(), "add them to web/route_table.py, with who may use them"
    assert len(answered) > 20


@pytest.mark.parametrize("role", Role)
def test_the_navigation_leads_everybody_to_what_is_theirs(shared: House, role: Role) -> None:
    client = shared.client(role)
    shown = set(re.findall(r'<a href="(/[^"]*)"', _navigation(client.get("/account", headers=PAGE).text)))
    theirs = {place.path for place in NAVIGATION if role in _roles(ROUTES.get(("GET", place.path)))}
    assert shown == theirs
    for path in shown:
        assert client.get(path, headers=PAGE).status_code in (200, 404)  # 404: that part is not installed here


def _navigation(page: str) -> str:
    found = re.search('<nav class="nav".*?</nav>', page, re.DOTALL)
    return found.group() if found else ""


def _roles(allowed: Allowed | None) -> frozenset[Role]:
    return allowed if isinstance(allowed, frozenset) else frozenset()


def path_of(pattern: str) -> str:
    return re.sub(r"\{(\w+)(:path)?\}", "unknown", pattern)


def let_in(client: TestClient, method: str, path: str, headers: dict[str, str]) -> bool:
    """Whether a request gets past who may: what it then lacks or does not find is another matter."""
    answer = client.request(method, path, headers=headers)
    if answer.status_code == 303:
        return not answer.headers["location"].startswith("/sign-in") or path == "/sign-out"
    if path == "/sign-in":  # what it is for
        return True
    return answer.status_code not in (401, 403)


TABLE: Final = sorted(ROUTES.items(), key=str)


@pytest.mark.parametrize(
    ("route", "allowed"), TABLE, ids=lambda value: str(value) if isinstance(value, tuple) else ""
)
def test_every_route_by_every_role(shared: House, route: tuple[str, str], allowed: Allowed) -> None:
    method, pattern = route
    if route not in set(routes(shared.app)):
        pytest.skip("not in this application")  # /metrics
    path, by_key = path_of(pattern), pattern.startswith("/v1/")
    for role in (None, *Role):
        if by_key:
            client, key = shared.client(), shared.keys.get(role) if role is not None else None
            headers = {"Authorization": f"Bearer {key}"} if key else {}
        else:
            client, headers = shared.client(role), dict(PAGE)
        expected = (
            allowed is PUBLIC
            or (allowed is SIGNED_IN and role is not None)
            or (isinstance(allowed, frozenset) and role in allowed)
        )
        if allowed is CASE:
            answer = client.request(method, path, headers=headers)
            assert answer.status_code in (400, 401, 404), f"{role} got {answer.status_code}"
            continue
        assert let_in(client, method, path, headers) is expected, f"{method} {pattern} as {role}"


@pytest.mark.parametrize("role", Role)
def test_a_sign_in_opens_nothing_below_v1(shared: House, role: Role) -> None:
    client = shared.client(role)
    for (method, pattern), allowed in ROUTES.items():
        if pattern.startswith("/v1/") and allowed is not PUBLIC:
            headers = {"Idempotency-Key": "1"}
            assert client.request(method, path_of(pattern), headers=headers, json={}).status_code in (400, 401)


@pytest.mark.parametrize("role", KEYS)
def test_a_key_opens_no_page(shared: House, role: Role) -> None:
    headers = {"Authorization": f"Bearer {shared.keys[role]}", **PAGE}
    answer = shared.client().get("/account", headers=headers)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")


def test_whoever_is_not_signed_in_is_led_there_and_back(shared: House) -> None:
    client = shared.client()
    led = client.get("/log?who=Adam", headers=PAGE)
    assert (led.status_code, led.headers["location"]) == (303, "/sign-in?next=/log%3Fwho%3DAdam")
    form = client.get(led.headers["location"], headers=PAGE).text
    assert 'name="next" value="/log?who=Adam"' in form
    assert sign_in(client, "Auditor", next="/log?who=Adam").headers["location"] == "/log?who=Adam"
    for program in ({}, {"Accept": "application/json"}):
        answer = shared.client().get("/log", headers=program)
        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/sign-in-first")
    part = shared.client().get("/log", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["hx-redirect"]) == (401, "/sign-in")


def test_a_role_that_may_not_is_told_so_on_a_page(shared: House) -> None:
    client = shared.client(Role.HUMAN)
    page = client.get("/people", headers=PAGE)
    assert page.status_code == 403 and "Your role does not give the right" in page.text
    part = client.get("/people", headers={"HX-Request": "true"})
    assert part.status_code == 403 and part.headers["hx-retarget"] == "#notices" and "<html" not in part.text


# --------------------------------------------------------------- what somebody with bad intentions tries


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_forms_of_other_sites_change_nothing(house: House, headers: dict[str, str]) -> None:
    client = house.client(Role.ADMINISTRATOR)
    answer = client.post("/people/disable", data={"name": "Human"}, headers={**PAGE, **headers})
    assert answer.status_code == 403 and "another site" in answer.text
    account = house.people.find("Human")
    assert account is not None and account.disabled_at is None
    assert sign_in(TestClient(house.app), "Human").status_code == 200
    forced = TestClient(house.app).post(
        "/sign-in", data={"name": "Human", "password": PASSWORD}, headers={**PAGE, **headers}
    )
    assert forced.status_code == 403 and "set-cookie" not in forced.headers, "nobody is signed in by another site"


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}]
)
def test_our_own_forms_do(house: House, headers: dict[str, str]) -> None:
    client = house.client(Role.ADMINISTRATOR)
    assert client.post("/people/disable", data={"name": "Human"}, headers={**PAGE, **headers}).status_code == 303
    account = house.people.find("Human")
    assert account is not None and account.disabled_at is not None


def test_the_cookie_is_for_this_host_alone_and_out_of_reach_of_scripts(house: House) -> None:
    plain = sign_in(house.client(), "Human").headers["set-cookie"]
    assert plain.startswith("bythebook=") and {"HttpOnly", "SameSite=lax", "Path=/"} <= set(plain.split("; "))
    assert "Domain" not in plain and "Max-Age" not in plain
    https = TestClient(house.app, base_url="https://testserver", follow_redirects=False)
    secure = sign_in(https, "Human").headers["set-cookie"]
    assert secure.startswith("__Host-bythebook=") and "Secure" in secure.split("; ")
    assert https.get("/account", headers=PAGE).status_code == 200


def test_a_secret_that_was_there_before_is_worth_nothing_after(house: House) -> None:
    client = house.client()
    answer = client.post(
        "/sign-in", data={"name": "Human", "password": PASSWORD}, headers={"Cookie": f"{COOKIE}=fixed"}
    )
    assert answer.status_code == 303 and f"{COOKIE}=fixed" not in answer.headers["set-cookie"]
    assert TestClient(house.app, cookies={COOKIE: "fixed"}).get("/account").status_code == 401
    first = client.cookies[COOKIE]
    sign_in(client, "Lead")
    assert client.cookies[COOKIE] != first
    assert TestClient(house.app, cookies={COOKIE: first}).get("/account").status_code == 401, "it ended with the next"


def test_signing_out_ends_the_sign_in_itself(house: House) -> None:
    client = house.client(Role.HUMAN)
    secret = client.cookies[COOKIE]
    answer = client.post("/sign-out", headers=PAGE)
    assert answer.status_code == 303 and 'bythebook=""' in answer.headers["set-cookie"]
    assert TestClient(house.app, cookies={COOKIE: secret}).get("/account").status_code == 401


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "javascript:alert(1)",
        "/x\r\nSet-Cookie: a=b",
        "/\t/evil.example",
        "evil",
        "/a\\b",
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(shared: House, elsewhere: str) -> None:
    answer = sign_in(shared.client(), "Human", next=elsewhere)
    assert answer.headers["location"] == "/start" and "a=b" not in str(answer.headers.get_list("set-cookie"))
    shown = shared.client().get("/sign-in", params={"next": elsewhere}, headers=PAGE)
    assert "evil" not in shown.text


def test_unknown_names_and_wrong_passwords_look_the_same(shared: House) -> None:
    wrong = sign_in(shared.client(), "Human", "wrong")
    unknown = sign_in(shared.client(), "Humbert", "wrong")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.replace("Human", "?") == unknown.text.replace("Humbert", "?")


def test_whoever_tries_too_often_is_told_when_to_come_again(house: House) -> None:
    client = house.client()
    for _ in range(10):
        assert sign_in(client, "Human", "wrong").status_code == 401
    stopped = sign_in(client, "Human")
    assert stopped.status_code == 429 and int(stopped.headers["retry-after"]) >= 1
    assert "Too many attempts" in stopped.text


@pytest.mark.parametrize("secret", ["unknown", "..%2f..%2fpeople", "%00", "a" * 5000])
def test_links_cannot_be_guessed(shared: House, secret: str) -> None:
    shown = shared.client().get(f"/invitations/{secret}", headers=PAGE)
    assert shown.status_code in (404, 410)
    used = shared.client().post(f"/invitations/{secret}", data={"name": "Eve"}, headers=PAGE)
    assert used.status_code in (404, 410)


def test_a_link_is_used_once_and_looking_at_it_uses_nothing_up(house: House) -> None:
    admin = house.client(Role.ADMINISTRATOR)
    made = admin.post("/people", data={"name": "Nina", "roles": ["human", "lead"]}, headers=PAGE)
    (link,) = re.findall(r'value="http://testserver(/invitations/[^"]+)"', made.text)
    assert made.headers["cache-control"] == "no-store"
    guest = house.client()
    for _ in range(2):
        assert "Welcome, Nina" in guest.get(link, headers=PAGE).text
    differ = guest.post(link, data={"password": PASSWORD, "again": "another one here"}, headers=PAGE)
    assert differ.status_code == 400 and "differ" in differ.text
    short = guest.post(link, data={"password": "short", "again": "short"}, headers=PAGE)
    assert short.status_code == 400 and "12 characters" in short.text
    welcome = guest.post(link, data={"password": PASSWORD, "again": PASSWORD, "name": "Administrator"}, headers=PAGE)
    assert welcome.status_code == 303
    assert guest.get("/account", headers=PAGE).text.count("Nina") >= 1
    assert house.client().post(link, data={"password": PASSWORD, "again": PASSWORD}, headers=PAGE).status_code == 410
    assert link.rpartition("/")[2] not in admin.get("/people", headers=PAGE).text


def test_shutting_out_is_felt_by_the_next_request(house: House) -> None:
    human, admin = house.client(Role.HUMAN), house.client(Role.ADMINISTRATOR)
    assert human.get("/account", headers=PAGE).status_code == 200
    admin.post("/people/disable", data={"name": "Human"}, headers=PAGE)
    assert human.get("/account", headers=PAGE).status_code == 303
    assert sign_in(human, "Human").status_code == 401


def test_the_last_administrator_cannot_be_shut_out(house: House) -> None:
    admin = house.client(Role.ADMINISTRATOR)
    answer = admin.post("/people/disable", data={"name": "Administrator"}, headers=PAGE)
    assert answer.status_code == 400 and "last administrator" in answer.text


def test_a_key_is_shown_once_and_revoked_at_once(house: House) -> None:
    admin = house.client(Role.ADMINISTRATOR)
    made = admin.post("/keys", data={"name": "export", "role": "auditor"}, headers=PAGE)
    (key,) = re.findall(r'value="(btb_[^"]+)"', made.text)
    listed = admin.get("/keys", headers=PAGE).text
    assert key not in listed and "export" in listed
    program, headers = house.client(), {"Authorization": f"Bearer {key}"}
    assert program.get("/v1/desk/cases", headers=headers).status_code == 200
    assert program.post("/v1/desk/cases/x/erase", json={"human": "A", "why": "b"}, headers=headers).status_code == 403
    (digest,) = [one.digest for one in house.people.api_keys() if one.name == "export"]
    admin.post("/keys/revoke", data={"which": digest}, headers=PAGE)
    assert program.get("/v1/desk/cases", headers=headers).status_code == 401
    assert admin.post("/keys", data={"name": "x", "role": "administrator"}, headers=PAGE).status_code == 400
    assert admin.post("/keys", data={"name": "x", "role": "root"}, headers=PAGE).status_code == 400


@pytest.mark.parametrize("path", ["/sign-in", "/account", "/people", "/log", "/problems", "/docs", "/nothing"])
def test_pages_are_guarded(shared: House, path: str) -> None:
    answer = shared.client(Role.ADMINISTRATOR).get(path, headers=PAGE)
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'" and policy["script-src"] == "'self'" == policy["style-src"]
    assert policy["frame-ancestors"] in ("'none'", "'self'") and policy["form-action"] == "'self'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    if path != "/sign-in":
        assert not re.search(r"<script(?![^>]*src=)|<[^>]+ (style|on\w+)=", answer.text)


HOSTILE: Final = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'"


def test_names_are_text_wherever_they_are_shown(house: House) -> None:
    admin = house.client(Role.ADMINISTRATOR)
    made = admin.post("/people", data={"name": HOSTILE, "roles": "human"}, headers=PAGE)
    admin.post("/keys", data={"name": HOSTILE, "role": "human"}, headers=PAGE)
    sign_in(house.client(), HOSTILE)
    link = re.findall(r'value="http://testserver(/invitations/[^"]+)"', made.text)[0]
    guest = house.client()
    pages = [made.text, guest.get(link, headers=PAGE).text]
    guest.post(link, data={"password": PASSWORD, "again": PASSWORD}, headers=PAGE)
    pages.append(guest.get("/account", headers=PAGE).text)
    pages += [
        admin.get(path, headers=PAGE).text for path in ("/people", "/keys", "/log", f"/people/one?name={HOSTILE}")
    ]
    for shown in pages:
        assert "<script>" not in shown and "<img src=x" not in shown
        assert "&lt;script&gt;" in shown


def test_the_log_tells_what_happened_and_no_secret(house: House) -> None:
    admin = house.client(Role.ADMINISTRATOR)
    sign_in(house.client(), "Human", "wrong but long enough")
    admin.post("/people/roles", data={"name": "Human", "roles": ["auditor"]}, headers=PAGE)
    auditor = house.client(Role.AUDITOR)
    page = auditor.get("/log", headers=PAGE).text
    assert "sign-in failed" in page and "roles changed" in page and "testclient" in page
    table = auditor.get("/log.csv", headers=PAGE)
    assert (
        table.headers["content-type"].startswith("text/csv") and "attachment" in table.headers["content-disposition"]
    )
    assert table.text.count("\r\n") == len(house.people.noted(NotedQuery(), 1000)) + 1
    for text in (page, table.text):
        assert PASSWORD not in text and "wrong but long enough" not in text and "token-" not in text
    assert "Human" in auditor.get("/log?what=roles+changed", headers=PAGE).text
    assert "Nothing is noted" in auditor.get("/log?who=nobody", headers=PAGE).text


def test_the_table_is_no_program_for_a_spreadsheet(house: House) -> None:
    sign_in(house.client(), '=HYPERLINK("http://evil.example")', "wrong")
    table = house.client(Role.AUDITOR).get("/log.csv").text
    assert "'=HYPERLINK" in table and ",=HYPERLINK" not in table


def test_a_case_that_is_erased_by_a_key_is_noted(house: House) -> None:
    program = house.client()
    case = program.post("/v1/cases").json()["case"]
    headers = {"Authorization": f"Bearer {house.keys[Role.HUMAN]}"}
    program.get(f"/v1/desk/cases/{case}", headers=headers)
    program.post(f"/v1/desk/cases/{case}/erase", json={"human": "Ann", "why": "by letter"}, headers=headers)
    noted = house.people.noted(NotedQuery(about=case), 10)
    assert [one.what for one in noted] == [Deed.CASE_ERASED, Deed.CASE_EXPORTED]
    assert {one.who for one in noted} == {"key program human"} and noted[0].detail == "for Ann"


def test_without_people_the_pages_say_so() -> None:
    client = TestClient(install().app)
    answer = client.get("/sign-in", headers=PAGE)
    assert answer.status_code == 404 and "keeps no people" in answer.text
    assert client.get("/problems").status_code == 200
