"""The desk's and the auditor's side of the HTTP interface: who may see and do what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.keeping import staff
from bythebook.service.ports import CaseStore
from bythebook.settings import Settings, SettingWrong
from bythebook.web.app import create_app
from tests.web.customer import Customer, new_customer
from tests.web.installation import Installation, install
from tests.web.test_api import problem

DESK, AUDIT = "desk-" * 5, "audit-" * 5
SETTINGS = Settings(desk_token=DESK, audit_token=AUDIT)


def opened(store: CaseStore | None = None, settings: Settings = SETTINGS) -> tuple[Installation, TestClient]:
    installed = install(store)
    context = replace(installed.app.state.context, staff=staff(settings))
    return installed, TestClient(create_app(context))


@pytest.fixture
def client() -> Iterator[TestClient]:
    with opened()[1] as client:
        yield client


@pytest.fixture
def customer(client: TestClient) -> Customer:
    customer = new_customer(client)
    customer.say("API")
    return customer


def asked(client: TestClient, path: str, token: str = DESK, **body: str) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.post(path, json=body, headers=headers) if body else client.get(path, headers=headers)


def test_cases_are_found_by_either_role(client: TestClient, customer: Customer) -> None:
    other = new_customer(client)
    other.say("a person please")
    for token in (DESK, AUDIT):
        first = asked(client, "/v1/desk/cases?limit=1", token).json()
        rest = asked(client, f"/v1/desk/cases?limit=1&after={first['after']}", token).json()
        assert {row["case"] for row in (*first["cases"], *rest["cases"])} == {customer.case, other.case}
        assert rest["after"] is None
        (found,) = asked(client, "/v1/desk/cases?status=handed_off&reason=the customer", token).json()["cases"]
        assert (found["case"], found["status"]) == (other.case, "handed_off")
        assert (
            asked(client, f"/v1/desk/cases?id={customer.case}&changed_until=2020-01-01", token).json()["cases"] == []
        )


def test_only_the_desk_reads_what_people_said(client: TestClient, customer: Customer) -> None:
    whole = asked(client, f"/v1/desk/cases/{customer.case}")
    blank = asked(client, f"/v1/desk/cases/{customer.case}", AUDIT)
    assert whole.json()["private"] is True and '"API"' in whole.text
    assert blank.json()["private"] is False and '"API"' not in blank.text
    assert [each["event"]["kind"] for each in blank.json()["entries"]] == [
        each["event"]["kind"] for each in whole.json()["entries"]
    ]
    assert whole.headers["Cache-Control"] == "no-store"


def test_only_the_desk_erases(client: TestClient, customer: Customer) -> None:
    path = f"/v1/desk/cases/{customer.case}/erase"
    problem(asked(client, path, AUDIT, human="Eve", why="because"), "role-may-not")
    done = asked(client, path, human="Ann", why="by letter").json()
    assert (done["case"], done["status"], done["continued_in"]) == (customer.case, "erased", None)
    problem(asked(client, path, human="Ann", why="by letter"), "case-erased")
    problem(customer.post({"text": "hello?"}), "case-erased")
    told = asked(client, f"/v1/desk/cases/{customer.case}").json()
    assert (told["erased"]["by"], told["erased"]["why"]) == ("Ann", "by letter")
    (found,) = asked(client, "/v1/desk/cases?status=erased").json()["cases"]
    assert found["case"] == customer.case


@pytest.mark.parametrize("token", ["", "wrong-" * 5, "\u00e9" * 30])
@pytest.mark.parametrize("path", ["/v1/desk/cases", "/v1/desk/cases/case-1"])
def test_strangers_are_told_nothing(client: TestClient, customer: Customer, token: str, path: str) -> None:
    headers = {"Authorization": b"Bearer " + token.encode()} if token else {}
    problem(client.get(path, headers=headers), "staff-only")  # type: ignore[arg-type]
    problem(client.get(path, headers=customer.headers), "staff-only")


def test_without_tokens_it_is_closed() -> None:
    with opened(settings=Settings())[1] as client:
        problem(asked(client, "/v1/desk/cases"), "staff-only")
    with opened(settings=Settings(audit_token=AUDIT))[1] as client:
        problem(asked(client, "/v1/desk/cases", ""), "staff-only")
        assert asked(client, "/v1/desk/cases", AUDIT).json() == {"cases": [], "after": None}


@pytest.mark.parametrize(
    "query", ["status=new", "limit=0", "limit=501", "opened_from=soon", "text=secret", "after=x", "after=W10="]
)
def test_what_cannot_be_asked_is_said(client: TestClient, query: str) -> None:
    found = asked(client, f"/v1/desk/cases?{query}")
    assert found.status_code in (400, 409) and found.json()["detail"]


def test_a_case_without_a_key_is_kept(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "cases.db")
    with opened(store)[1] as client:
        customer = new_customer(client)
        path = f"/v1/desk/cases/{customer.case}/erase"
        problem(asked(client, path, human="Ann", why="by letter"), "case-not-sealed")
        problem(asked(client, "/v1/desk/cases/nobody/erase", human="Ann", why="by letter"), "case-not-found")
        problem(asked(client, "/v1/desk/cases/nobody"), "case-not-found")
        assert customer.look()["status"] == "open"
    store.close()


def test_tokens_that_are_weak_or_the_same_are_refused() -> None:
    for wrong in (Settings(desk_token="short"), Settings(desk_token=DESK, audit_token=DESK)):
        with pytest.raises(SettingWrong):
            staff(wrong)
    assert staff(Settings()) is None
    assert DESK not in repr(staff(SETTINGS)) and DESK not in repr(SETTINGS)
