"""What a document leaves to a person, at the desk: said in words, found in one click, asked for before it is left."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bythebook.service.people import Role
from tests.browser.cards import cards_in, serving
from tests.browser.conftest import Window, clean
from tests.browser.house import House
from tests.browser.test_desk import Customer, opened, waiting
from tests.chromium import PHONE, WIDE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation with a document of which a person does three lines."""
    folder = tmp_path_factory.mktemp("cards")
    with serving(folder, cards_in(folder)) as own:
        yield own


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def desk(request: pytest.FixtureRequest, browser: Browser, cards: House) -> Iterator[Window]:
    with clean(Window(browser, cards, request.param)) as window:
        yield window


def at_hand(desk: Window) -> tuple[Page, Customer]:
    """Somebody has just taken a case that waits at line 1a."""
    customer = Customer(desk.house.base)
    customer.say("I have a question about my cards")
    customer.say("M-1234")
    page = desk.signed_in(Role.HUMAN)
    page.goto(f"/desk/cases/{customer.case}")
    page.get_by_role("button", name="Take the case").click()
    expect(page.get_by_text("with you", exact=True)).to_be_visible()
    return page, customer


def test_a_person_does_three_lines_and_the_document_goes_on(desk: Window) -> None:
    page, customer = at_hand(desk)
    work = page.locator("#work")
    expect(work.get_by_role("heading")).to_have_text("Yours to do")
    expect(work).to_contain_text("finds the member.")
    expect(work).to_contain_text("M-1234")
    expect(page.locator("#about")).to_contain_text("line 1a is done by hand")
    expect(page.locator("#paper li.pending")).to_contain_text("find_member")
    desk.expect_good(page)
    desk.shot(page, "desk-work")
    work.get_by_role("button", name="It is done: go on").click()
    expect(work).to_contain_text("whether they are who they say")
    work.get_by_label("the identity can be verified").check()
    desk.expect_good(page)
    work.get_by_role("button", name="Go on").click()
    expect(work).to_contain_text("the kind of membership")
    work.get_by_label("the customer is a silver member").check()
    desk.expect_good(page)
    desk.shot(page, "desk-work-choices")
    work.get_by_role("button", name="Go on").click()
    expect(work).to_have_count(0)
    expect(page.locator("#talk")).to_contain_text("Hanna settled: the customer is a silver member")
    assert customer.heard()[-2:] == ["Silver members may keep none.", "Is there anything else I can help you with?"]


def test_what_cannot_be_done_goes_on_elsewhere(desk: Window) -> None:
    page, customer = at_hand(desk)
    customer.say("wait, leave it")
    work = page.locator("#work")
    expect(work).to_contain_text("The customer has written since.")
    expect(work).to_contain_text("wait, leave it")
    work.get_by_text("They want something else now").click()
    work.get_by_label("Where the assistant goes on").select_option("1c.2")
    desk.expect_good(page)
    desk.shot(page, "desk-work-cannot")
    work.get_by_role("button", name="Hand back there").click()
    expect(work).to_have_count(0)
    assert customer.heard()[-1] == "Is there anything else I can help you with?"


def test_what_could_not_be_done_is_told_so_and_stays_with_the_person(desk: Window) -> None:
    page, customer = at_hand(desk)
    work = page.locator("#work")
    expect(work).to_contain_text("The case stays with you.")
    work.get_by_role("button", name="I could not do it").click()
    expect(work).to_contain_text("You said that it could not be done.")
    expect(page.locator("#talk")).to_contain_text("Hanna could not do it")
    expect(page.get_by_text("with you", exact=True)).to_be_visible()
    expect(work.get_by_role("button", name="I could not do it")).to_have_count(0)
    assert customer.heard()[-1] == "I'm sorry, something went wrong on our side and I couldn't complete this step."
    desk.expect_good(page)
    desk.shot(page, "desk-work-undone")
    work.get_by_label("Where the assistant goes on").select_option("1c.2")
    work.get_by_role("button", name="Hand back there").click()
    expect(work).to_have_count(0)
    assert customer.heard()[-1] == "Is there anything else I can help you with?"


def test_the_choices_of_a_finding_are_two_plain_sentences(desk: Window) -> None:
    page, _ = at_hand(desk)
    page.locator("#work").get_by_role("button", name="It is done: go on").click()
    work = page.locator("#work")
    expect(work.get_by_label("the identity cannot be verified")).to_be_visible()
    expect(work.get_by_label("the identity can be verified")).to_be_visible()
    expect(work).not_to_contain_text("It is not so")
    opened(page, "Settle a fact")
    shown = page.get_by_label("What is settled").locator("option").all_inner_texts()
    assert "the identity can be verified" in shown and "the customer is not a gold member" in shown
    page.get_by_label("What is settled").select_option("the customer is not a gold member")
    page.get_by_role("button", name="Settle it").click()
    said = page.locator("#talk .fact").last
    expect(said).to_contain_text("the customer is a gold member")
    expect(said).to_contain_text("no")


def test_the_queue_shows_what_each_wrote_last_to_who_may_read_it(desk: Window) -> None:
    customer = Customer(desk.house.base)
    customer.say("I have a question about my cards")
    customer.say("M-77 and my card is 4111 1111 1111 1111 thanks")
    waiting(customer)
    page = desk.signed_in(Role.HUMAN)
    page.goto(f"/desk?id={customer.case}")
    row = page.locator(f"#row-{customer.case}")
    expect(row).to_contain_text("M-77 and my card is [card number] thanks")
    customer.say("are you there?")
    expect(row).to_contain_text("are you there?")
    desk.expect_good(page)
    desk.shot(page, "desk-queue-words")
    looking = desk.signed_in(Role.AUDITOR)
    looking.goto(f"/desk?id={customer.case}")
    expect(looking.locator(f"#row-{customer.case}")).to_be_visible()
    expect(looking.locator(f"#row-{customer.case}")).not_to_contain_text("are you there?")


def test_what_a_line_is_to_find_out_is_asked_for_before_it_is_given_back(desk: Window) -> None:
    page, customer = at_hand(desk)
    page.locator("#work").get_by_role("button", name="It is done: go on").click()
    expect(page.locator("#work")).to_contain_text("What did you find?")
    opened(page, "Hand the case back")
    back = page.get_by_role("button", name="Hand back")
    back.click()
    expect(page.get_by_text("with you", exact=True)).to_be_visible()
    answer = page.request.post(f"/desk/cases/{customer.case}/return", headers={"Origin": desk.house.base})
    assert answer.status == 409 and "say what you found first" in answer.text()
    page.get_by_label(re.compile("Hand it back without saying what was found")).check()
    desk.expect_good(page)
    desk.shot(page, "desk-work-asked")
    back.click()
    expect(page.locator("#work")).to_contain_text("the kind of membership")


def test_a_case_that_comes_to_nothing_is_closed_and_opens_again(desk: Window) -> None:
    customer = Customer(desk.house.base)
    customer.say("I have a question about my cards")
    page = desk.signed_in(Role.HUMAN)
    page.goto(f"/desk/cases/{waiting(customer).case}")
    page.get_by_role("button", name="Take the case").click()
    opened(page, "Close the case")
    page.get_by_label("Why (for the desk, never sent)").fill("They called us instead.")
    desk.expect_good(page)
    page.get_by_role("button", name="Close it").click()
    expect(page.locator("#talk")).to_contain_text("Hanna closed the case: They called us instead.")
    expect(page.locator("#about")).to_contain_text("left")
    desk.expect_good(page)
    assert "called us" not in "".join(customer.heard())
    customer.say("hello again")
    expect(page.locator("#talk")).to_contain_text("hello again")
    expect(page.locator("#about")).to_contain_text("with the assistant")


def test_who_slept_sees_who_has_the_case_as_soon_as_they_are_awake_and_loses_no_word(desk: Window) -> None:
    page, customer = at_hand(desk)
    sleeps = desk.signed_in_as("Henry")
    sleeps.goto(f"/desk/cases/{customer.case}")
    about = sleeps.locator("#about")
    expect(about).to_contain_text("with Hanna")
    opened(page, "Hand the case back")
    page.get_by_role("button", name="Hand back").click()
    expect(page.locator("#work")).to_contain_text("whether they are who they say")
    opened(sleeps, "Write a note")
    sleeps.context.set_offline(True)
    sleeps.get_by_label("Note for the desk").fill("I know this one.")
    sleeps.get_by_role("button", name="Keep the note").click()
    expect(sleeps.locator("#notices")).to_contain_text("That was not sent")
    expect(sleeps.get_by_label("Note for the desk")).to_have_value("I know this one.")
    opened(page, "Close the case")
    page.get_by_role("button", name="Close it").click()
    expect(page.locator("#about")).to_contain_text("left")
    expect(about).to_contain_text("with Hanna")
    sleeps.context.set_offline(False)
    expect(about).to_contain_text("left")
    expect(sleeps.get_by_label("Note for the desk")).to_have_value("I know this one.")
    sleeps.get_by_role("button", name="Keep the note").click()
    expect(sleeps.locator("#talk")).to_contain_text("I know this one.")
    expect(sleeps.locator("#notices")).to_be_empty()
    desk.expect_nothing(but=("ERR_INTERNET_DISCONNECTED", "Failed to fetch"))
