"""The overview and a document in use, as leads and auditors find them: figures, lines, the graph beside the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import build_rehearsal
from bythebook.service.people import Role
from bythebook.settings import Settings
from tests.browser.conftest import Window
from tests.browser.house import House

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=\"document.title='broken'\"> {{7*7}} '\"><script>document.title='broken'</script>"
TALKS = (
    ("We need a BAA for the API", "how long does it take?", "no thanks"),
    ("I need a BAA", "qwrtz blorp"),
    ("I need a BAA", "both please", HOSTILE),
    ("hi",),
    ("you refused us",),
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation of its own: where others release the document anew, its figures begin anew."""
    house = House(tmp_path_factory.mktemp("house"))
    house.start()
    house.add_people()
    yield house
    house.kill()


@pytest.fixture(scope="module")
def used(house: House) -> House:
    """The house, with some cases in it."""
    with closing(SqliteStore(house.database)) as store:
        customer = build_rehearsal(Settings(reader="lexicon"), store=store)
        for number, talk in enumerate(TALKS * 3):
            customer.do({"new": True})
            for text in talk:
                customer.do({"say": text})
            if number % 2:
                customer.do({"advance": "80h"})
    return house


def test_the_overview(window: Window, used: House) -> None:
    page = window.signed_in(Role.LEAD)
    counted(page)
    window.expect_good(page)
    window.shot(page, "overview")
    page.get_by_text("The same as a table").click()
    expect(page.get_by_role("row", name=re.compile("5 Jan 2026")).first).to_be_visible()
    window.expect_good(page)


def counted(page: Page) -> None:
    """Show the overview once all cases are counted."""
    for _ in range(60):
        page.goto("/overview?first=2026-01-01&last=2026-01-31")
        if (
            page.locator(".tile .number").first.is_visible()
            and page.locator(".tile .number").first.inner_text() == "15"
        ):
            return
    raise AssertionError("the cases were not counted in time")


def test_a_document_in_use(window: Window, used: House) -> None:
    page = window.signed_in(Role.AUDITOR)
    counted(page)
    page.get_by_role("link", name="Business Associate Agreement").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Business Associate Agreement")
    row = page.locator("#t48")
    expect(row).to_contain_text("2a")
    expect(row.locator(".count")).to_contain_text("6")
    window.expect_good(page)
    window.shot(page, "map")
    row.get_by_role("link", name="2a").click()
    view = "narrow"
    expect(page.locator(f"[id='{view}-line:2a']")).to_be_focused()
    page.locator(f"[id='{view}-line:2b']").click()
    expect(page).to_have_url(re.compile("#t49$"))
    before = page.locator(f"svg.bythebook-graph.{view}").bounding_box()
    page.get_by_role("button", name="Larger").click()
    after = page.locator(f"svg.bythebook-graph.{view}").bounding_box()
    assert before and after and after["width"] > before["width"]
    page.get_by_role("button", name="In columns").click()
    expect(page.locator("svg.bythebook-graph.wide")).to_be_visible()


def test_what_was_not_understood_is_accepted_with_one_click(window: Window, used: House) -> None:
    page = window.signed_in(Role.LEAD)
    page.goto("/overview/business-associate-agreement")
    card = page.locator(".unsure .card").first
    expect(card).to_be_visible()
    window.expect_good(page)
    window.shot(page, "not-understood")
    card.locator("select").select_option(index=0)
    card.get_by_role("button", name="It means this").click()
    expect(page.locator("#unsure-list .notice")).to_contain_text("in the draft of business-associate-agreement")
    assert "broken" not in page.title()


def test_what_customers_said_is_for_leads_alone(window: Window, used: House) -> None:
    page = window.signed_in(Role.AUDITOR)
    page.goto("/overview/business-associate-agreement")
    expect(page.get_by_role("heading", level=1)).to_have_text("Business Associate Agreement")
    expect(page.locator("#unsure")).to_have_count(0)
