"""The auditor's page, as auditors find it: how it stands with checkpoints, and one case."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import expect

from bythebook.adapters.ed25519 import new_signing_key
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import build_rehearsal
from bythebook.service.people import Role
from bythebook.settings import Settings
from tests.browser.conftest import Window
from tests.browser.house import House

pytestmark = pytest.mark.browser

ALTERED = "UPDATE cases SET status = 'open' WHERE case_id = ?"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation that signs, with two cases in it; nobody altered the first."""
    folder = tmp_path_factory.mktemp("audited")
    (folder / "signing.key").write_text(new_signing_key(), encoding="utf-8")
    house = House(folder, settings={"BYTHEBOOK_SIGNING_KEY_FILE": str(folder / "signing.key")})
    with closing(SqliteStore(house.database)) as store:
        customer = build_rehearsal(Settings(reader="lexicon"), store=store)
        for talk in (("We need a BAA for the API", "no thanks"), ("I need a BAA", "Enterprise", "bye")):
            customer.do({"new": True})
            for text in talk:
                customer.do({"say": text})
    house.start()
    house.add_people()
    yield house
    house.kill()


def cases_of(house: House) -> list[str]:
    with closing(SqliteStore(house.database)) as store:
        return sorted(row.case_id for row in store.summaries())


def test_a_case_that_is_as_it_was(window: Window, house: House) -> None:
    page = window.signed_in(Role.AUDITOR)
    page.goto(f"{house.base}/audit")
    expect(page.get_by_role("heading", name="Checkpoints")).to_be_visible()
    window.expect_good(page)
    window.shot(page, "audit")
    page.get_by_label("Its id, or the beginning of it").fill(cases_of(house)[0])
    page.get_by_role("button", name="Audit").click()
    expect(page.get_by_text("all holds")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("We need a BAA")
    window.expect_good(page)
    window.shot(page, "audit-case")


def test_from_a_case_to_its_audit_and_back(window: Window, house: House) -> None:
    page = window.signed_in(Role.AUDITOR)
    page.goto(f"/desk/cases/{cases_of(house)[0]}")
    page.get_by_role("link", name="Audit this case").click()
    expect(page.get_by_text("all holds")).to_be_visible()
    expect(page.get_by_text("does not seal what people say")).to_be_visible()
    window.expect_good(page)
    page.get_by_role("link", name="The case beside its document").click()
    expect(page.get_by_text("Your role sees what was decided")).to_be_visible()


def test_a_case_that_was_altered(window: Window, house: House) -> None:
    altered = cases_of(house)[-1]
    with closing(sqlite3.connect(house.database)) as database, database:
        assert database.execute(ALTERED, (altered,)).rowcount == 1
    page = window.signed_in(Role.AUDITOR)
    page.goto(f"{house.base}/audit?case={altered}")
    expect(page.get_by_role("listitem").filter(has_text="state")).to_be_visible()
    window.expect_good(page)
    window.shot(page, "audit-altered")


def test_a_case_that_is_not_there(window: Window, house: House) -> None:
    page = window.signed_in(Role.AUDITOR)
    page.goto(f"{house.base}/audit?case=nowhere")
    expect(page.get_by_role("alert")).to_be_visible()
    window.expect_good(page)
