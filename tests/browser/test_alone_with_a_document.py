"""Somebody alone with a document: all that is left in one click, who is on duty, what else customers are offered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bythebook.adapters.argon2_passwords import quick_passwords
from bythebook.adapters.sql_people import SqlPeople
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.adapters.system_clock import SystemClock
from bythebook.service.people import Account, Role
from tests.browser.conftest import Window, clean
from tests.browser.house import PASSWORD, House
from tests.browser.test_documents import paste, tab, task
from tests.chromium import PHONE, WIDE

pytestmark = pytest.mark.browser

KEYS = """\
1. Ask the customer: "Which locker is **yours**, the small one or the large one?"
2. If the customer means the small locker, then:
   a. Inform the customer that their locker has been emptied.
   b. Call the `empty_locker` function.
3. If the customer means the large locker, then:
   a. Inform the customer that their locker has been emptied.
   b. Call the `send_key` function.
   c. Ask the customer for their card number.
   d. Inform the customer: "You can upload a photo of it."
4. Ask the customer: "Is there anything else I can help you with?"
5. If not, call the `case_resolution` function.
"""


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def alone(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Window]:
    """An installation where nobody is on duty, and somebody who is all there is."""
    own = House(tmp_path, settings={"BYTHEBOOK_ON_DUTY": "no"})
    own.start()
    with closing(SqliteStore(own.database)) as store:
        made = quick_passwords().made_of(PASSWORD)
        SqlPeople(store).add(Account("Sam", frozenset({Role.LEAD, Role.HUMAN}), SystemClock().now(), made))
    try:
        with clean(Window(browser, own, request.param)) as window:
            yield window
    finally:
        own.kill()


def test_alone_from_a_paste_to_the_only_document(alone: Window) -> None:
    page = alone.signed_in_as("Sam")
    paste(page, KEYS, "your-lockers")
    tab(page, "Functions")
    alone.expect_good(page)
    page.get_by_role("button", name="A person does all that are left").click()
    expect(page.get_by_text("a person does all that was left")).to_be_visible()
    page.get_by_role("button", name="No, nothing else has to happen").click()
    task(page, "2 done by a person")
    tab(page, "Phrases")
    alone.expect_good(page)
    expect(page.locator(".card.waits")).to_have_count(2)
    expect(page.locator("#line-2a .where")).to_contain_text("also line 3a")
    alone.shot(page, "document-phrases-alike")
    page.locator("#line-2a").get_by_label("What the customer is told").fill("Your locker is empty now.")
    page.get_by_role("button", name="Approve all 3 as they stand").click()
    task(page, "Every phrase is approved")
    page.get_by_text("3 approved").click()
    expect(page.locator("#line-3a").get_by_label("What the customer is told")).to_have_value(
        "Your locker is empty now."
    )
    tab(page, "Release")
    expect(page.get_by_text("Nobody is on duty.")).to_be_visible()
    expect(page.get_by_text("2 lines wait for a person")).to_be_visible()
    expect(page.get_by_text("The chat takes out what one line asks for.")).to_be_visible()
    expect(page.get_by_text("Line 3c asks for “card number”. Numbers of cards, passwords")).to_be_visible()
    task(page, "Line 3c asks for “card number”")
    task(page, "Line 3d speaks of a file (“upload”)")
    expect(page.get_by_text("Customers cannot send files in this chat.")).to_be_visible()
    alone.expect_good(page)
    alone.shot(page, "document-release")
    page.get_by_role("button", name="Go on duty").click()
    expect(page.get_by_text("somebody is on duty")).to_be_visible()
    page.get_by_label("What it is called").fill("Lockers & keys")
    page.get_by_label("What customers are asked not to share").fill("Please do not share passwords here.")
    page.get_by_role("button", name="Keep it in the draft").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lockers & keys")
    expect(page.get_by_text("Customers choose between this and")).to_be_visible()
    page.get_by_label("Take it off").check()
    page.get_by_role("button", name="Release it now").click()
    expect(page.get_by_text("This is live.")).to_be_visible()
    alone.expect_good(page)
    chat = alone.visitor()
    chat.goto("/")
    expect(chat.get_by_role("heading", name="Lockers & keys")).to_be_visible()
    expect(chat.get_by_text("Please do not share passwords here.")).to_be_visible()
    chat.get_by_label("Your message").fill("my locker is full")
    chat.get_by_role("button", name="Send").click()
    expect(chat.locator("strong", has_text="yours")).to_be_visible()
    expect(chat.get_by_role("log", name="Conversation")).not_to_contain_text("**")
    assert "Business Associate" not in chat.request.get("/v1/routines").text()
