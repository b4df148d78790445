"""What makes a lead's work easy: words put away, what a function is for, sentences of every document."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from bythebook.service.people import Role
from tests.browser.conftest import Window
from tests.browser.test_documents import LOCKERS, bring_live, one_by_one, paste, tab, task, text_of, write

pytestmark = pytest.mark.browser


def test_approved_words_of_a_line_that_is_taken_out_are_put_away_and_come_back(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    paste(page, LOCKERS)
    tab(page, "Phrases")
    one_by_one(page, "Approve it")
    tab(page, "Text")
    page.wait_for_selector("#editor[data-ready]")
    line = "   a. Inform the customer that their locker has been emptied.\n"
    write(page, LOCKERS.replace(line, "").replace("b. Call the `empty", "a. Call the `empty"))
    expect(page.locator("#side")).to_contain_text("The approved words of 1 line that you took out are put away.")
    expect(page.locator("#side")).not_to_contain_text("mistake")
    tab(page, "Phrases")
    page.get_by_text("1 put away").click()
    expect(page.locator("#put-away")).to_contain_text("their locker has been emptied")
    window.expect_good(page)
    tab(page, "Text")
    page.wait_for_selector("#editor[data-ready]")
    write(page, LOCKERS)
    task(page, "Every phrase is approved")
    expect(page.locator("#side")).not_to_contain_text("put away")


def test_examples_begin_with_how_the_matter_begins_and_can_be_removed(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    paste(page, LOCKERS)
    tab(page, "Examples")
    first = page.locator(".card").first
    expect(first.get_by_role("heading")).to_have_text("How this matter begins")
    for text in ("my locker is full", "please empty my locker"):
        first.get_by_label("One more").fill(text)
        first.get_by_role("button", name="Add it").click()
        expect(first.locator(".said")).to_contain_text(text)
    window.expect_good(page)
    window.shot(page, "document-examples-said")
    first.get_by_role("button", name=re.compile("Remove ?: my locker is full")).click()
    expect(first.locator(".said li")).to_have_count(1)
    expect(first.locator(".said")).to_contain_text("please empty my locker")


def test_what_a_function_is_for_is_written_in_a_form_and_a_developer_is_told_all(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    paste(page, LOCKERS.partition("Function Definitions")[0])
    page.get_by_role("link", name="Say what it is for").first.click()
    card = page.locator("#function-empty_locker")
    card.get_by_label("What is it for?").fill("Empties the small locker of a customer")
    card.get_by_role("button", name="Write it into the text").click()
    expect(page.locator("#function-empty_locker")).to_contain_text("Empties the small locker of a customer.")
    card.get_by_text("Ask a developer").click()
    expect(card.locator("pre")).to_contain_text("What goes in: nothing")
    expect(card.locator("pre")).to_contain_text("What it is for: Empties the small locker of a customer.")
    window.expect_good(page)
    window.shot(page, "document-functions-asked")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card.get_by_role("button", name="Copy").click()
    expect(card.get_by_role("button", name="Copied")).to_be_visible()
    assert "empty_locker" in page.evaluate("navigator.clipboard.readText()")
    tab(page, "Text")
    assert re.search(r"- `empty_locker`:\n +- Purpose: Empties the small locker of a customer\.", text_of(page))


def test_a_standing_sentence_is_said_in_the_documents_own_words(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    paste(page, LOCKERS)
    tab(page, "Phrases")
    page.get_by_text("Standing sentences").click()
    window.expect_good(page)
    own = page.locator("#house-not_understood")
    own.get_by_text("I'm sorry, I didn't quite get that.").first.click()
    own.get_by_label("What the customer is told").fill("Sorry, that went past us.")
    own.get_by_role("button", name="Approve these words").click()
    expect(page.locator("#standing .card").first).to_contain_text("your words, approved by Leo")
    tab(page, "Try")
    for text in ("hello", "the blue one", "blorp the wug"):
        page.get_by_label("What the customer writes").fill(text)
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".turn.mine").last).to_contain_text(text)
    expect(page.locator(".turn.theirs").last).to_contain_text("Sorry, that went past us.")
    tab(page, "Phrases")
    page.get_by_text("Standing sentences").click()
    page.locator("#house-not_understood").get_by_role("button", name="As in every document").click()
    expect(page.locator("#standing .badge")).to_have_count(0)


def test_what_came_with_the_installation_is_taken_off_and_put_back(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    name = paste(page, LOCKERS)
    bring_live(page, window)
    page.get_by_text("Take it off", exact=True).click()
    window.expect_good(page)
    page.get_by_role("button", name="Take it off now").click()
    expect(page.get_by_text("No new case begins with it.")).to_be_visible()
    assert name not in page.request.get("/v1/routines").text()
    page.get_by_role("button", name="Release it now").click()
    expect(page.get_by_text("This is live.")).to_be_visible()
