"""Coming in, and being led to what is one's own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from bythebook.service.people import Role
from tests.browser.conftest import Window
from tests.browser.house import NAMES, PASSWORD

pytestmark = pytest.mark.browser


def test_somebody_signs_in_and_out(window: Window) -> None:
    page = window.visitor()
    page.goto("/account")
    expect(page).to_have_url(re.compile("/sign-in"))
    window.expect_good(page)
    window.shot(page, "sign-in")
    page.get_by_label("Name").fill(NAMES[Role.LEAD])
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("The name or the password is not right.")
    expect(page.get_by_label("Password")).to_have_value("")
    window.expect_good(page)
    window.expect_nothing(but=("401",))
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/account$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(NAMES[Role.LEAD])
    window.expect_good(page)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page).to_have_url(re.compile("/sign-in$"))
    page.goto("/account")
    expect(page).to_have_url(re.compile("/sign-in"))


@pytest.mark.parametrize("path", ["/docs", "/problems", "/problems/busy"])
def test_the_pages_about_the_interface(window: Window, path: str) -> None:
    page = window.visitor()
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    window.expect_good(page)
    window.shot(page, path.strip("/").replace("/", "-"))


def test_htmx_runs_under_the_guards(window: Window) -> None:
    page = window.visitor()
    page.goto("/problems")
    assert page.evaluate("htmx.version") == "4.0.1"
    assert page.evaluate("htmx.config.includeIndicatorCSS") is False
