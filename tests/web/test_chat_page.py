"""The chat page in a real browser, over a real server, with the shipped document."""

from __future__ import annotations

import re

import httpx2
import pytest
from playwright.sync_api import Locator, Page, expect

from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.service.desk import Desk
from tests.web.conftest import Serving, Visit
from tests.web.installation import install

pytestmark = pytest.mark.browser

ASK = "Could you please specify whether you require a Business Associate Agreement (BAA)"
MAIL = "To obtain a BAA for our API, please email baa@openai.com"
SALES = "To explore a BAA for ChatGPT Enterprise, please contact our sales team."
ELSE = "Is there anything else I can assist you with today?"
TIMING = "Our team will respond within 1-2 business days. We review each BAA request"
THANKS = "Thank you for getting in touch."
XSS = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


def say(page: Page, text: str) -> None:
    """Write a message and send it with Enter."""
    page.get_by_label("Your message").fill(text)
    page.get_by_label("Your message").press("Enter")


def answers(page: Page) -> Locator:
    return page.get_by_role("group", name="Answers to choose from").get_by_role("button")


def paragraphs(page: Page) -> Locator:
    """Return what the assistant said, paragraph by paragraph."""
    return page.locator("#log .assistant .said > p")


def mine(page: Page) -> Locator:
    return page.locator("#log .customer .said")


def in_view(page: Page, found: Locator) -> bool:
    return bool(
        found.evaluate(
            """element => {
              const one = element.getBoundingClientRect();
              const all = element.getRootNode().getElementById("scroller").getBoundingClientRect();
              return one.top >= all.top && one.top < all.bottom && one.left >= 0 && one.right <= innerWidth + 0.5;
            }"""
        )
    )


def test_the_api_by_a_button_with_its_list_and_the_closing(visit: Visit) -> None:
    page = visit.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Business Associate Agreement")
    expect(page.get_by_text("Please do not share patients’ data or card numbers here.")).to_be_visible()
    say(page, "hi")
    expect(paragraphs(page)).to_have_text([re.compile(re.escape(ASK))])
    expect(answers(page)).to_have_text(["API", "ChatGPT Enterprise"])
    answers(page).first.focus()
    page.keyboard.press("Enter")
    expect(mine(page)).to_have_text(["hi", "API"])
    expect(page.locator("#log .assistant")).to_have_count(2)
    expect(paragraphs(page).nth(1)).to_contain_text(MAIL)
    assert in_view(page, mine(page).last), "the answer is read from its beginning"
    address = page.get_by_role("link", name="baa@openai.com", exact=True)
    expect(address).to_have_attribute("href", "mailto:baa@openai.com")
    letter = page.get_by_role("link", name="Write to baa@openai.com").get_attribute("href") or ""
    assert letter.startswith("mailto:baa@openai.com?subject=Business%20Associate%20Agreement%20(case%20")
    assert "&body=Company%3A%0D%0A%0D%0AUse%20case%3A%0D%0A%0D%0ACase%3A%20" in letter
    endpoint = page.get_by_text("/v1/embeddings")
    expect(endpoint).to_be_hidden()
    page.get_by_text("Show the list (12)").click()
    expect(endpoint).to_be_visible()
    expect(page.get_by_text("Hide the list (12)")).to_be_visible()
    expect(answers(page)).to_have_text(["Yes", "No"])
    answers(page).last.click()
    expect(paragraphs(page).last).to_contain_text(THANKS)
    expect(page.get_by_role("status")).to_contain_text("This case is resolved.")
    page.get_by_role("button", name="Start a new conversation").click()
    expect(page.locator("#log .turn")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("")
    visit.seen.expect_nothing()


def test_both_a_correction_and_a_need_after_the_end(visit: Visit) -> None:
    page = visit.page
    say(page, "hi")
    say(page, "both")
    expect(page.get_by_text(MAIL)).to_have_count(1)
    expect(page.get_by_text(SALES)).to_have_count(1)
    say(page, "no, I meant Enterprise")
    expect(page.get_by_text(SALES)).to_have_count(2)
    say(page, "no")
    expect(page.get_by_role("status")).to_contain_text("This case is resolved.")
    say(page, "and Enterprise?")
    expect(page.get_by_text(SALES)).to_have_count(3)
    expect(page.get_by_text("Continued as a new case")).to_have_count(1)
    expect(mine(page)).to_have_text(["hi", "both", "no, I meant Enterprise", "no", "and Enterprise?"])
    before = page.locator("#log").inner_text()
    page.reload()
    expect(page.get_by_text(SALES)).to_have_count(3)
    expect(page.locator("#log")).to_have_text(page.locator("#log").text_content() or "")
    assert page.locator("#log").inner_text() == before, "a reload shows the same"
    expect(answers(page)).to_have_text(["Yes", "No"])
    visit.seen.expect_nothing()


def test_questions_of_the_article_and_the_list_asked_for(visit: Visit) -> None:
    page = visit.page
    say(page, "Enterprise")
    expect(page.get_by_text(SALES)).to_have_count(1)
    link = page.get_by_role("link", name="https://openai.com/contact-sales")
    expect(link).to_have_attribute("href", "https://openai.com/contact-sales")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    say(page, "how long does it take?")
    expect(paragraphs(page).filter(has_text=TIMING)).to_have_count(1)
    say(page, "are all services covered?")
    expect(answers(page)).to_have_text(["list of those endpoints", "Yes", "No"])
    answers(page).first.click()
    expect(page.get_by_text("Show the list (12)")).to_have_count(1)
    say(page, "show me the list")
    expect(page.get_by_text("Show the list (12)")).to_have_count(2)
    expect(paragraphs(page).last).to_contain_text(ELSE)
    visit.seen.expect_nothing()


def test_every_paragraph_cites_its_line(visit: Visit) -> None:
    page = visit.page
    say(page, "BAA for the API")
    expect(answers(page)).to_have_text(["Yes", "No"])
    cited = page.locator("#log cite")
    page.mouse.move(0, 0)
    expect(cited.nth(1)).to_be_hidden()
    page.get_by_role("button", name="Show sources").click()
    expect(cited).to_have_text(["1", "2a", "2b", "2c", "2d", "2e", "2e.i", "2f", "5.1"])
    expect(cited.nth(1)).to_be_visible()
    expect(cited.nth(1)).to_have_attribute("title", "Line 2a of business-associate-agreement: quoted word for word")
    page.reload()
    expect(cited.nth(1)).to_be_visible()
    page.get_by_role("button", name="Hide sources").click()
    expect(cited.nth(1)).to_be_hidden()
    visit.seen.expect_nothing()


def test_what_looks_like_markup_is_text(visit: Visit) -> None:
    page = visit.page
    for text in (XSS, 'javascript:alert(1) https://evil.example/"onmouseover=alert(1)', "line one\nline two"):
        say(page, text)
        expect(mine(page).last).to_have_text(text)
    expect(page.locator("#log img, #log script, #log .customer a")).to_have_count(0)
    assert page.title() == "Business Associate Agreement"
    visit.seen.expect_nothing()


def test_shift_enter_begins_a_new_line_and_nothing_is_sent_empty(visit: Visit) -> None:
    page = visit.page
    box = page.get_by_label("Your message")
    box.press("Enter")
    box.fill("   ")
    box.press("Enter")
    expect(page.locator(".turn")).to_have_count(0)
    low = box.bounding_box()
    box.fill("")
    box.press_sequentially("one")
    box.press("Shift+Enter")
    box.press_sequentially("two")
    high = box.bounding_box()
    assert low is not None and high is not None and high["height"] > low["height"]
    page.get_by_role("button", name="Send").click()
    expect(mine(page)).to_have_text(["one\ntwo"])
    expect(box).to_have_value("")
    visit.seen.expect_nothing()


def test_a_person_is_asked_for_joins_and_speaks(visit: Visit, serving: Serving) -> None:
    page = visit.page
    page.get_by_role("button", name="Talk to a person").click()
    expect(page.get_by_role("status")).to_contain_text("Waiting for a person.")
    expect(page.get_by_role("button", name="A person was asked")).to_be_disabled()
    store = SqliteStore(serving.database)
    try:
        desk = Desk(install(store).runner)
        case = page.evaluate("JSON.parse(localStorage.getItem('bythebook.case')).id")
        assert case in [waiting.case_id for waiting in desk.waiting()]
        desk.take(case, "Ada")
        expect(page.get_by_role("status")).to_contain_text("A person has joined")
        desk.say(case, "Ada", "Hello, see https://example.com/help.")
        said = page.locator("#log .human .said")
        expect(said).to_have_text("Hello, see https://example.com/help.")
        expect(said.get_by_role("link")).to_have_attribute("href", "https://example.com/help")
        say(page, "hi")
        expect(mine(page).last).to_have_text("hi")
        desk.say(case, "Ada", "Goodbye.")
        desk.give_back(case, "Ada")
        expect(page.get_by_role("status")).to_have_text("")
        expect(page.get_by_role("button", name="Talk to a person")).to_be_enabled()
    finally:
        store.close()
    visit.seen.expect_nothing()


def test_the_page_recovers_from_a_server_that_was_killed(visit: Visit, serving: Serving) -> None:
    page = visit.page
    say(page, "hi")
    expect(answers(page)).to_have_text(["API", "ChatGPT Enterprise"])
    serving.kill()
    say(page, "API")
    waiting = page.locator("#outbox .customer")
    expect(waiting).to_contain_text("Not sent yet. Trying again…")
    expect(page.get_by_role("status")).to_contain_text("The connection is lost.")
    serving.start()
    expect(answers(page)).to_have_text(["Yes", "No"])
    expect(page.get_by_role("status")).to_have_text("")
    expect(mine(page)).to_have_text(["hi", "API"])
    expect(page.get_by_text(MAIL)).to_have_count(1)
    expect(waiting).to_have_count(0)
    say(page, "how long does it take?")
    expect(paragraphs(page).filter(has_text=TIMING)).to_have_count(1)
    visit.seen.expect_nothing(but_network=True)


def test_a_message_whose_answer_was_lost_is_not_said_twice(visit: Visit, serving: Serving) -> None:
    page = visit.page
    lost: list[str] = []

    def lose(route: object) -> None:
        """Let the first message reach the server, and its answer get lost."""
        assert hasattr(route, "fetch") and hasattr(route, "abort") and hasattr(route, "fallback")
        if lost:
            route.fallback()
            return
        lost.append(route.fetch().text())
        route.abort()

    page.route("**/messages", lose)
    say(page, "API")
    expect(answers(page)).to_have_text(["Yes", "No"])
    expect(mine(page)).to_have_text(["API"])
    expect(page.get_by_text(MAIL)).to_have_count(1)
    expect(page.locator("#outbox .turn")).to_have_count(0)
    assert len(lost) == 1
    visit.seen.expect_nothing(but_network=True)


def test_a_reload_in_the_middle_sends_what_was_not_sent(visit: Visit, serving: Serving) -> None:
    page = visit.page
    say(page, "hi")
    expect(answers(page)).to_have_text(["API", "ChatGPT Enterprise"])
    page.route("**/messages", lambda route: route.abort())
    say(page, "API")
    expect(page.locator("#outbox .customer")).to_contain_text("Not sent yet.")
    page.unroute("**/messages")
    page.reload()
    expect(answers(page)).to_have_text(["Yes", "No"])
    expect(mine(page)).to_have_text(["hi", "API"])
    visit.seen.expect_nothing(but_network=True)


def test_a_refused_message_says_why_and_the_page_goes_on(visit: Visit) -> None:
    page = visit.page
    say(page, "hi")
    expect(answers(page)).to_have_count(2)
    page.get_by_label("Your message").evaluate("element => { element.maxLength = 100000; }")
    say(page, "x" * 8_001)
    expect(page.locator("#outbox .customer .delivery")).to_contain_text("Not sent.")
    say(page, "API")
    expect(answers(page)).to_have_text(["Yes", "No"])
    assert all("400 (Bad Request)" in text for text in visit.seen.complaints)


def test_a_case_that_is_gone_leads_to_a_new_one(visit: Visit) -> None:
    page = visit.page
    say(page, "hi")
    expect(answers(page)).to_have_count(2)
    page.evaluate("localStorage.setItem('bythebook.case', JSON.stringify({id: 'gone', token: 'gone'}))")
    page.reload()
    expect(page.get_by_role("status")).to_have_text("This conversation is no longer available.")
    say(page, "API")
    page.get_by_role("button", name="Start a new conversation").click()
    expect(answers(page)).to_have_text(["Yes", "No"])
    expect(mine(page)).to_have_text(["API"])
    assert all("404 (Not Found)" in text for text in visit.seen.complaints)


def test_no_token_stands_in_an_address(visit: Visit) -> None:
    page, addresses = visit.page, list[str]()
    page.on("request", lambda request: addresses.append(request.url))
    say(page, "API")
    expect(answers(page)).to_have_text(["Yes", "No"])
    token = page.evaluate("JSON.parse(localStorage.getItem('bythebook.case')).token")
    assert token and not any(token in address for address in addresses)


def test_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    page = visit.page
    say(page, "API")
    expect(answers(page)).to_have_text(["Yes", "No"])
    page.get_by_text("Show the list (12)").click()
    say(page, "w" * 300)
    expect(mine(page)).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("#scroller").evaluate("element => element.scrollWidth <= element.clientWidth")
    box = page.get_by_label("Your message")
    assert float(str(box.evaluate("element => parseFloat(getComputedStyle(element).fontSize)"))) >= 16
    assert in_view(page, mine(page).last)


def test_without_scripts_the_page_says_what_it_needs(serving: Serving) -> None:
    page = httpx2.get(serving.base).text
    assert "<noscript>" in page and "needs JavaScript" in page
