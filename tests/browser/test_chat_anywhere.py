"""The chat as a bubble on a page of another site, under that site's own strict policy."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tools import build_frontend

from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.service.desk import Desk
from tests.browser.conftest import Window, clean
from tests.browser.host import Site, somebody_elses
from tests.browser.house import House
from tests.chromium import PHONE, WIDE
from tests.web.installation import install

pytestmark = pytest.mark.browser

ELEMENT = '<by-the-book heading="Help"></by-the-book>'
MAIL = "To obtain a BAA for our API, please email baa@openai.com"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with somebody_elses() as site:
        yield site


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[House]:
    """The shipped document, and one site that may hold its chat."""
    build_frontend.build(dev=True)
    house = House(tmp_path_factory.mktemp("open"), settings={"BYTHEBOOK_WIDGET_ORIGINS": site.base})
    house.start()
    yield house
    house.kill()


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def there(request: pytest.FixtureRequest, browser: Browser, open_house: House, site: Site) -> Iterator[Window]:
    """A window, wide and on a phone, before the other site."""
    if open_house.process is None:
        open_house.start()
    site.server, site.element = open_house.base, ELEMENT
    with clean(Window(browser, open_house, request.param)) as window:
        yield window


def visit(window: Window, site: Site) -> Page:
    page = window.visitor()
    page.goto(site.base)
    return page


def launcher(page: Page) -> Locator:
    return page.locator("#launcher")


def say(page: Page, text: str) -> None:
    box = page.get_by_label("Your message")
    box.fill(text)
    box.press("Enter")


def answers(page: Page) -> Locator:
    return page.get_by_role("group", name="Answers to choose from").get_by_role("button")


def mine(page: Page) -> Locator:
    return page.locator("#log .customer .said")


def case_of(page: Page) -> str:
    kept = page.evaluate(
        "JSON.parse(localStorage[Object.keys(localStorage).find(k => k.startsWith('bythebook.case'))])"
    )
    return str(kept["id"])


def test_a_customer_talks_on_a_page_of_another_site(there: Window, site: Site) -> None:
    page, asked = there.visitor(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.base)
    page.evaluate(
        """() => { window.told = [];
          for (const name of ["opened", "closed", "case", "said", "state", "unread"])
            document.addEventListener(`bythebook:${name}`, (event) => window.told.push(name)); }"""
    )
    expect(launcher(page)).to_have_accessible_name("Open the chat")
    there.expect_good(page)
    assert not [url for url in asked if "/v1/" in url], "a chat that nobody opened asks for nothing"
    launcher(page).click()
    expect(page.get_by_role("dialog", name="Help")).to_be_visible()
    expect(launcher(page)).to_have_attribute("aria-expanded", "true")
    there.expect_good(page)
    say(page, "hi")
    expect(answers(page)).to_have_text(["API", "ChatGPT Enterprise"])
    answers(page).first.click()
    expect(page.get_by_text(MAIL)).to_have_count(1)
    expect(page.get_by_role("button", name="Talk to a person")).to_be_visible()
    letter = page.get_by_role("link", name="Write to baa@openai.com").get_attribute("href") or ""
    assert f"case%20{case_of(page)}" in letter
    there.expect_good(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(launcher(page)).to_be_focused()
    told = page.evaluate("window.told")
    assert told[0] == "opened" and told[-1] == "closed" and {"case", "said", "state"} <= set(told)
    token = page.evaluate("Object.entries(localStorage).find(([k]) => k.startsWith('bythebook.case'))[1]")
    secret = re.search(r'"token":"(\w+)"', token)
    assert secret and not any(secret.group(1) in url for url in asked)


def test_a_site_that_may_not_is_told_so(browser: Browser, there: Window, site: Site) -> None:
    page = there.visitor()
    with somebody_elses() as other:
        other.server = there.house.base
        page.goto(other.base)
        launcher(page).click()
        expect(page.get_by_role("status").filter(has_text="BYTHEBOOK_WIDGET_ORIGINS")).to_contain_text(other.base)
        expect(page.get_by_label("Your message")).to_be_disabled()
        expect(page.get_by_role("button", name="Talk to a person")).to_be_disabled()
        said = [text for seen in there.seen for text in seen.complaints]
        assert any(text.startswith("error: <by-the-book>:") and other.base in text for text in said), said
        there.expect_nothing(but=("<by-the-book>", "403"))


def test_what_was_not_read_is_counted_and_kept(there: Window, site: Site) -> None:
    page = visit(there, site)
    launcher(page).click()
    page.get_by_role("button", name="Talk to a person").click()
    expect(page.get_by_role("status").filter(has_text="Waiting for a person")).to_have_count(1)
    page.get_by_role("button", name="Close the chat").last.click()
    expect(launcher(page)).to_have_accessible_name("Open the chat")
    store = SqliteStore(there.house.database)
    try:
        desk = Desk(install(store).runner)
        desk.take(case_of(page), "Ada")
        desk.say(case_of(page), "Ada", "Hello.")
        desk.say(case_of(page), "Ada", "Are you there?")
        expect(launcher(page)).to_have_accessible_name("Open the chat, 2 unread")
        expect(page.locator("#news")).to_have_text("New messages: 2")
        page.reload()
        expect(launcher(page)).to_have_accessible_name("Open the chat, 2 unread")
        launcher(page).click()
        expect(page.get_by_role("status").filter(has_text="Ada answers you here")).to_have_count(1)
        expect(page.locator("#log .human .speaker")).to_contain_text("Ada")
        expect(page.get_by_role("button", name="A person is here")).to_be_disabled()
        page.keyboard.press("Escape")
        expect(launcher(page)).to_have_accessible_name("Open the chat")
        page.reload()
        expect(launcher(page)).to_have_accessible_name("Open the chat")
        desk.say(case_of(page), "Ada", "Goodbye.")
        expect(launcher(page)).to_have_accessible_name("Open the chat, 1 unread")
    finally:
        store.close()


def test_what_was_read_in_an_earlier_case_is_not_counted_again(there: Window, site: Site) -> None:
    page = visit(there, site)
    launcher(page).click()
    say(page, "BAA for the API")
    answers(page).last.click()
    expect(page.get_by_role("status").filter(has_text="This case is resolved.")).to_have_count(1)
    say(page, "BAA for ChatGPT Enterprise")
    expect(page.get_by_text("Continued as a new case")).to_have_count(1)
    expect(page.get_by_text("please contact our sales team")).to_have_count(1)
    expect(answers(page)).to_have_text(["Yes", "No"])
    page.keyboard.press("Escape")
    page.reload()
    launcher(page).wait_for()
    expect(page.locator("#log .customer")).to_have_count(3)
    expect(launcher(page)).to_have_accessible_name("Open the chat")


def test_by_keyboard_alone(there: Window, site: Site) -> None:
    page = visit(there, site)
    expect(launcher(page)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(launcher(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Help")).to_be_visible()
    inside = "document.querySelector('by-the-book').shadowRoot.activeElement?.id"
    for _ in range(12):
        if page.evaluate(inside) == "text":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("hi")
    page.keyboard.press("Enter")
    expect(answers(page).first).to_be_visible()
    for _ in range(12):
        if page.evaluate("document.querySelector('by-the-book').shadowRoot.activeElement?.textContent") == "API":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text(MAIL)).to_have_count(1)
    assert page.evaluate(inside) == "log", "the next Tab is at what can be answered now"
    if there.is_phone:
        for _ in range(20):
            page.keyboard.press("Tab")
            outside = page.evaluate("document.activeElement.id === 'goods'")
            assert not outside, "what lies over the whole page keeps the focus"
    page.keyboard.press("Escape")
    expect(launcher(page)).to_be_focused()


def test_a_new_conversation_asks_first_and_keeps_the_focus_inside(there: Window, site: Site) -> None:
    page = visit(there, site)
    launcher(page).click()
    say(page, "hi")
    expect(answers(page)).to_have_count(2)
    page.get_by_role("button", name="New conversation").click()
    question = page.get_by_role("dialog", name="Start a new conversation?")
    expect(question).to_be_visible()
    there.expect_good(page)
    page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    expect(page.get_by_role("dialog", name="Help")).to_be_visible()
    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("button", name="Start a new conversation").click()
    expect(mine(page)).to_have_count(0)
    say(page, "hi")
    expect(mine(page)).to_have_text(["hi"])


def test_a_server_killed_in_the_middle(there: Window, site: Site) -> None:
    page = visit(there, site)
    launcher(page).click()
    say(page, "hi")
    expect(answers(page)).to_have_text(["API", "ChatGPT Enterprise"])
    there.house.kill()
    say(page, "BAA for the API")
    expect(page.locator("#outbox .customer")).to_contain_text("Not sent yet. Trying again…")
    there.house.start()
    expect(page.get_by_text(MAIL)).to_have_count(1)
    expect(mine(page)).to_have_text(["hi", "BAA for the API"])
    expect(page.locator("#outbox .turn")).to_have_count(0)
    expect(page.locator("#log .customer .delivery").last).to_contain_text("Answered")
    expect(answers(page)).to_have_text(["Yes", "No"])  # all of the answer is there
    before = page.locator("#log").inner_text()
    page.reload()
    if there.is_phone:
        launcher(page).click()
    expect(page.get_by_text(MAIL)).to_have_count(1)
    expect(answers(page)).to_have_text(["Yes", "No"])
    assert page.locator("#log").inner_text() == before, "nothing lost, nothing twice"
    there.expect_nothing(but=("net::ERR_",))
