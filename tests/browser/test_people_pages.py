"""The first administrator's way in, and looking after people, keys and the log, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bythebook.service.people import Role
from tests.browser.conftest import Window
from tests.browser.house import PASSWORD, House
from tests.chromium import PHONE, WIDE

pytestmark = pytest.mark.browser


def fill_twice(page: Page, first: str, again: str, password: str = PASSWORD) -> None:
    page.get_by_label(first, exact=True).fill(password)
    page.get_by_label(again).fill(password)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_from_an_empty_folder_to_a_second_person(browser: Browser, tmp_path: Path, size: dict[str, int]) -> None:
    house = House(tmp_path)
    window = Window(browser, house, size)
    try:
        house.start()
        house.stop()
        house.start()
        old, link = house.first_links()
        page = window.visitor()
        page.goto(old)
        expect(page.get_by_role("heading", level=1)).to_have_text("This link is used up")
        window.expect_good(page)
        window.expect_nothing(but=("410",))
        page.goto(link)
        expect(page.get_by_role("heading", level=1)).to_have_text("Welcome")
        window.expect_good(page)
        window.shot(page, "first-administrator")
        page.get_by_label("Your name").fill("Ada Lovelace")
        fill_twice(page, "Password", "The password again")
        page.get_by_role("button", name="Go in").click()
        expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
        page.goto("/people")
        page.get_by_label("Name").fill("Bob")
        page.get_by_label("Human").check()
        page.get_by_role("button", name="Make a link").click()
        made = page.get_by_label("A link for Bob").input_value()
        assert made.startswith(f"{house.base}/invitations/")
        window.expect_good(page)
        window.shot(page, "people-link")
        guest = window.visitor()
        guest.goto(made)
        expect(guest.get_by_role("heading", level=1)).to_have_text("Welcome, Bob")
        fill_twice(guest, "Password", "The password again")
        guest.get_by_role("button", name="Go in").click()
        expect(guest.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
        guest.wait_for_load_state()
        house.stop()
        house.start()
        assert len(house.first_links()) == 2, "there is an administrator: no more links"
        page.goto("/people")
        expect(page.get_by_role("row").filter(has_text="Bob")).to_contain_text("may come in")
        window.expect_nothing(but=("503", "net::ERR_"))  # the desk's stream, while the server was away
    finally:
        window.close()
        house.kill()


def test_an_administrator_looks_after_somebody(window: Window) -> None:
    page = window.signed_in(Role.ADMINISTRATOR)
    name = f"Nina {window.size['width']}"
    page.goto("/people")
    window.expect_good(page)
    window.shot(page, "people")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_role("alert")).to_have_text("Choose one role or more.")
    window.expect_good(page)
    window.expect_nothing(but=("400",))
    page.get_by_label("Lead").check()
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label(f"A link for {name}").input_value()
    guest = window.visitor()
    guest.goto(link)
    fill_twice(guest, "Password", "The password again")
    guest.get_by_role("button", name="Go in").click()
    expect(guest.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
    page.goto("/people")
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    window.expect_good(page)
    window.shot(page, "person")
    page.get_by_label("Auditor").check()
    page.get_by_role("button", name="Save the roles").click()
    expect(page.get_by_text("The roles are changed.")).to_be_visible()
    expect(page.get_by_label("Auditor")).to_be_checked()
    page.get_by_role("button", name="Shut them out").click()
    expect(page.get_by_text("Shut out. Every browser of theirs is signed out.")).to_be_visible()
    window.expect_good(page)
    guest.goto("/account")
    expect(guest).to_have_url(re.compile("/sign-in"))
    page.get_by_role("button", name="Let them in again").click()
    expect(page.get_by_text("Let in again.")).to_be_visible()
    page.get_by_role("link", name="What was done with this account").click()
    expect(page.get_by_role("row").filter(has_text="roles changed")).to_have_count(1)
    window.expect_good(page)
    window.shot(page, "log")


def test_a_key_is_shown_once_and_revoked(window: Window) -> None:
    page = window.signed_in(Role.ADMINISTRATOR)
    name = f"export {window.size['width']}"
    page.goto("/keys")
    window.expect_good(page)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Auditor").check()
    page.get_by_role("button", name="Make the key").click()
    key = page.get_by_label("The new key").input_value()
    window.expect_good(page)
    window.shot(page, "keys")
    bearer = {"Authorization": f"Bearer {key}"}
    assert page.request.get("/v1/desk/cases", headers=bearer).status == 200
    page.get_by_role("button", name=f"Revoke the key {name}").click()
    expect(page.get_by_text("The key is good for nothing now.")).to_be_visible()
    assert page.request.get("/v1/desk/cases", headers=bearer).status == 401
    assert key not in page.content()


def test_somebody_signs_another_browser_out_and_changes_the_password(window: Window, house: House) -> None:
    page, other = window.signed_in(Role.AUDITOR), window.signed_in(Role.AUDITOR)
    page.goto("/account")
    window.expect_good(page)
    window.shot(page, "account")
    page.get_by_role("button", name="Sign out everywhere else").click()
    expect(page.get_by_text("All other browsers are signed out.")).to_be_visible()
    other.goto("/account")
    expect(other).to_have_url(re.compile("/sign-in"))
    fresh = "violet anchor meadow"
    for old, new in ((PASSWORD, fresh), (fresh, PASSWORD)):
        page.get_by_label("The password until now").fill(old)
        fill_twice(page, "The new password", "The new password again", new)
        page.get_by_role("button", name="Change the password").click()
        expect(page.get_by_text("Your password is changed.")).to_be_visible()
    page.get_by_label("The password until now").fill("not this one")
    fill_twice(page, "The new password", "The new password again", fresh)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("This is not your password.")).to_be_visible()
    expect(page.get_by_label("The password until now")).to_have_attribute("aria-invalid", "true")
    window.expect_good(page)
    window.expect_nothing(but=("400",))


def test_a_role_that_may_not_is_led_back(window: Window) -> None:
    page = window.signed_in(Role.HUMAN)
    page.goto("/people")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your role does not give the right to do that")
    window.expect_good(page)
    window.shot(page, "may-not")
    window.expect_nothing(but=("403",))


def test_everything_is_reached_by_the_keyboard(window: Window) -> None:
    if window.is_phone:
        pytest.skip("a phone has no Tab")
    page = window.signed_in(Role.ADMINISTRATOR)
    page.goto("/people")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
