"""Trying a document out in the browser: as the customer, with why, with results that the tester gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from bythebook.adapters.sql_drafts import SqlDrafts
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.service.drafts import Revision
from bythebook.service.people import Role
from tests.browser.conftest import Window
from tests.browser.house import House
from tests.engine.test_by_hand import CARDS, PEOPLE
from tests.service.test_sandbox import ORDERS

pytestmark = pytest.mark.browser

SHIPPED = "/documents/business-associate-agreement/try"
HOSTILE = "<img src=x onerror=\"document.title='broken'\"> {{7*7}} '\"><script>document.title='broken'</script>"


@pytest.fixture
def orders(house: House) -> Iterator[str]:
    """A draft that nobody has connected to anything."""
    yield from drafted(house, "orders", {"document.md": ORDERS.encode()})


@pytest.fixture
def by_hand(house: House) -> Iterator[str]:
    """A draft of which a person does three lines."""
    yield from drafted(house, "by-hand", {"document.md": CARDS.encode(), "phrases.toml": PEOPLE.encode()})


def drafted(house: House, name: str, files: dict[str, bytes]) -> Iterator[str]:
    """Keep a draft for as long as a test takes; yield where it is tried."""
    with closing(SqliteStore(house.database)) as store:
        drafts = SqlDrafts(store)
        drafts.discard(name)
        drafts.append(Revision(name, 1, files, "Leo", datetime(2026, 1, 5, tzinfo=UTC)))
    yield f"/documents/{name}/try"
    with closing(SqliteStore(house.database)) as store:
        SqlDrafts(store).discard(name)


def say(page: Page, text: str) -> None:
    page.get_by_label("What the customer writes").fill(text)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".turn.mine .bubble").last).to_contain_text(text[:20])


def test_a_case_with_why(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    page.goto(f"{SHIPPED}?on=live")
    window.expect_good(page)
    say(page, "We need a BAA for the API")
    said = page.locator(".turn.theirs", has_text="To obtain a BAA for our API")
    said.get_by_text("why", exact=True).click()
    expect(page.locator(".turn.theirs")).to_have_count(1)  # one box, as in the chat
    expect(said.locator(".bubble > p")).not_to_have_count(1)
    expect(said).to_contain_text("the customer meant “the API”")
    expect(said).to_contain_text("step 2 is for this: the customer requires a BAA for the API")
    cited = said.locator(".bubble .cite").filter(has_text="2a").first
    cited.click()
    expect(page.locator("tr#t48")).to_have_class(re.compile("led"))
    expect(page.locator("tr#t48 th")).to_contain_text("2a")
    expect(page.locator(".walked")).not_to_contain_text("**")
    expect(page.locator(".walked")).not_to_contain_text("`")
    inner = page.locator(".walked").evaluate("room => room.scrollHeight - room.clientHeight")
    assert inner <= 1, "the document scrolls inside itself"
    expect(page.locator("tr#t48")).to_have_class(re.compile("here"))
    expect(page.locator("tr#t57")).not_to_have_class(re.compile("here"))
    window.expect_good(page)
    window.shot(page, "sandbox")
    page.get_by_role("button", name="No").click()
    expect(page.get_by_text("The case is closed.")).to_be_visible()
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_text("Write what a customer would write first.")).to_be_visible()


def test_results_are_asked_for_and_the_case_is_kept(window: Window, orders: str) -> None:
    page = window.signed_in(Role.LEAD)
    page.goto(orders)
    say(page, "where is my order?")
    say(page, "my order number is 4711")
    expect(page.get_by_role("heading", name="Let us say that find_order…")).to_be_visible()
    window.expect_good(page)
    window.shot(page, "sandbox-asks")
    page.get_by_label("went well", exact=True).check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Let us say that send_again…")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".turn.theirs", has_text="It is sent again.").last).to_be_visible()
    before = page.locator(".turn.theirs").count()
    page.get_by_role("button", name="Let time pass").click()
    expect(page.locator(".turn.theirs")).to_have_count(before + 1)
    page.get_by_text("Keep this as a test").click()
    page.get_by_label("What it shows").fill("An order that is found")
    page.get_by_role("button", name="Keep it in the draft").click()
    expect(page.get_by_text("Kept in tests/conversations.md")).to_be_visible()
    expect(page.locator("#told pre")).to_contain_text("### An order that is found")
    window.expect_good(page)


def test_who_tries_it_says_what_a_person_would_find(window: Window, by_hand: str) -> None:
    page = window.signed_in(Role.LEAD)
    page.goto(by_hand)
    say(page, "I have a question about my cards")
    say(page, "M-1234")
    expect(page.get_by_role("heading", name="At the desk: finds the member.")).to_be_visible()
    expect(page.locator(".asks")).to_contain_text("M-1234")
    page.get_by_role("button", name="It is done: go on").click()
    page.get_by_label("the identity can be verified").check()
    window.expect_good(page)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("the customer is a silver member").check()
    window.expect_good(page)
    window.shot(page, "sandbox-by-hand")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".turn.theirs").last).to_contain_text("Silver members may keep none.")


def test_what_was_not_understood_becomes_an_example(window: Window, orders: str) -> None:
    page = window.signed_in(Role.LEAD)
    page.goto(orders)
    say(page, "blorp the wug")
    turn = page.locator(".turn.mine").last
    turn.get_by_text("not understood").click()
    turn.get_by_label("It means").select_option(value="routine")
    turn.get_by_role("button", name="Add as an example").click()
    expect(page.get_by_text("in the draft from now on")).to_be_visible()
    expect(page.locator(".turn.mine .why summary").last).to_contain_text("understood as")
    window.expect_good(page)


def test_nothing_runs_that_a_customer_writes(window: Window, orders: str) -> None:
    page = window.signed_in(Role.LEAD)
    page.goto(orders)
    say(page, HOSTILE)
    expect(page.locator(".turn.mine .bubble").last).to_contain_text("{{7*7}}")
    assert "broken" not in page.title()


def test_what_was_understood_wrongly_is_put_right_a_yes_to_a_no_too(window: Window, orders: str) -> None:
    page = window.signed_in(Role.LEAD)
    page.goto(orders)
    say(page, "where is my order?")
    say(page, "the wug stays where it is")
    turn = page.locator(".turn.mine").last
    turn.locator(".why summary").click()
    offered = turn.get_by_label(re.compile("t means")).locator("option").all_inner_texts()
    assert {"yes", "no", "thanks"} <= set(offered)
    turn.get_by_label(re.compile("t means")).select_option(label="no")
    turn.get_by_role("button", name="Add as an example").click()
    expect(page.locator("#told")).to_contain_text("“the wug stays where it is”")
    expect(page.locator("#told")).to_contain_text("in the draft")
    window.expect_good(page)
