"""Values that nobody gives and later lines need: written down by the person who finds them, known from then on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from bythebook.service.people import Role
from tests.browser.cards import cards_in, serving
from tests.browser.conftest import Window, clean
from tests.browser.house import House
from tests.browser.test_desk import Customer
from tests.chromium import PHONE, WIDE
from tests.service.test_desk_work import BY_PEOPLE, CARD_OF

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def another_card(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation with a document of which people find out what it goes on with."""
    folder = tmp_path_factory.mktemp("another-card")
    with serving(folder, cards_in(folder, CARD_OF, BY_PEOPLE)) as own:
        yield own


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def desk(request: pytest.FixtureRequest, browser: Browser, another_card: House) -> Iterator[Window]:
    with clean(Window(browser, another_card, request.param)) as window:
        yield window


def test_what_a_person_finds_is_known_at_the_lines_that_need_it(desk: Window) -> None:
    customer = Customer(desk.house.base)
    customer.say("I need another card")
    customer.say("mia@mill.example")
    page = desk.signed_in(Role.HUMAN)
    page.goto(f"/desk/cases/{customer.case}")
    page.get_by_role("button", name="Take the case").click()
    work = page.locator("#work")
    work.get_by_label("Customer id, if you know it").fill("C-12")
    work.get_by_text("What later lines need").click()
    work.get_by_label("New card, if you know it").fill("7000")
    desk.expect_good(page)
    desk.shot(page, "desk-work-values")
    work.get_by_role("button", name="It is done: go on").click()
    expect(work).to_have_count(0)
    customer.say("9 Mill Lane, Leeds LS1 4AP")
    expect(work).to_contain_text("orders a card.")
    expect(work).to_contain_text("C-12")
    page.get_by_role("button", name="Take the case").click()
    work.get_by_label("Old card id, if you know it").fill("K-1")
    work.get_by_role("button", name="It is done: go on").click()
    expect(work).to_contain_text("closes the old card.")
    expect(work).to_contain_text("K-1")
    work.get_by_role("button", name="It is done: go on").click()
    expect(work).to_have_count(0)
    assert "Your new card is 7000." in customer.heard()
