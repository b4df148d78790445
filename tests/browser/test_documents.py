"""A support lead at work: from a paste to what customers get, with the page's own words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bythebook.service.people import Role
from tests.adapters.test_word_file import LOCKER
from tests.browser.conftest import Window
from tests.browser.house import House
from tests.chromium import WIDE

pytestmark = pytest.mark.browser

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "routines"
NAMES = count(1)
EVIL = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
LOCKERS = """\
# Empty lockers

1. Ask the customer: "Which locker is yours, the small one or the large one?"
2. If the customer means the small locker, then:
   a. Inform the customer that their locker has been emptied.
   b. Call the `empty_locker` function.
3. If the customer means the large locker, then:
   a. Inform the customer: "We empty it tonight."
4. Ask the customer: "Is there anything else I can help you with?"
5. If not, call the `case_resolution` function.

Function Definitions:
- `empty_locker`:
  - Purpose: Empties a locker.
  - Parameters: None.
- `case_resolution`:
  - Purpose: Marks the case as resolved.
  - Parameters: None.
"""


def paste(page: Page, text: str, name: str = "") -> str:
    """Make a draft of a text, and return its name."""
    name = name or f"lockers-{next(NAMES)}"
    page.goto("/documents")
    page.get_by_role("link", name="New document").first.click()
    page.get_by_label("The text").fill(text)
    page.get_by_label("A short name").fill(name)
    page.get_by_role("button", name="Make a draft").click()
    page.wait_for_selector("#editor[data-ready]")
    return name


def text_of(page: Page) -> str:
    return page.get_by_label("Text of the document").input_value()


def write(page: Page, text: str) -> None:
    """Put another text into the editor and wait until it is saved."""
    page.get_by_label("Text of the document").fill(text)
    expect(page.locator("#saved")).to_have_text("Saved")


def tab(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Parts of this document").get_by_role("link", name=name, exact=True).click()
    expect(page.locator(".tabs [aria-current=page]")).to_have_text(name)
    page.wait_for_load_state()  # what is typed before the page's own code has come goes the plain way, and reloads


def one_by_one(page: Page, button: str) -> None:
    """Press the button of each card that waits, as somebody does who goes through them."""
    waiting = page.locator(".card.waits")
    while left := waiting.count():
        card = waiting.first
        words = card.get_by_label("What the customer is told")
        if words.count() and not words.input_value().strip():
            words.fill("We will write to you today.")
        card.get_by_role("button", name=re.compile(button)).first.click()
        expect(waiting).not_to_have_count(left)


def task(page: Page, words: str) -> None:
    """Expect the list of what is to be done to say so."""
    expect(page.locator("#side .tasks")).to_contain_text(words)


def bring_live(page: Page, window: Window) -> None:
    """Do what the list says, part by part, and release."""
    tab(page, "Functions")
    window.expect_good(page)
    window.shot(page, "document-functions")
    one_by_one(page, "A person does it|No, nothing else has to happen")
    tab(page, "Phrases")
    window.expect_good(page)
    window.shot(page, "document-phrases")
    one_by_one(page, "Approve it")
    task(page, "done by a person")
    tab(page, "Changes")
    window.expect_good(page)
    tab(page, "Release")
    window.expect_good(page)
    page.get_by_label("A note for your colleagues").fill("the first one")
    page.get_by_role("button", name="Release it now").click()
    expect(page.get_by_text("This is live.")).to_be_visible()
    window.expect_good(page)
    window.shot(page, "document-released")


def test_from_a_paste_to_customers(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    page.goto("/documents")
    window.expect_good(page)
    page.goto("/new-document")
    window.expect_good(page)
    window.shot(page, "new-document")
    name = paste(page, LOCKERS)
    task(page, "The text is understood, every line of it")
    window.expect_good(page)
    window.shot(page, "document-text")
    for part in ("Conditions", "Examples"):
        tab(page, part)
        window.expect_good(page)
        window.shot(page, f"document-{part.lower()}")
    bring_live(page, window)
    page.goto("/documents")
    card = page.locator(".documents > li", has_text=name)
    expect(card.get_by_text("live", exact=True)).to_be_visible()
    window.shot(page, "documents")
    answer = page.request.get("/v1/routines")
    assert name in answer.text()


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the documents of other hands are not here")
def test_a_document_of_other_hands_goes_live(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    paste(page, (CORPUS / "swarm_flight_cancellation_policy.md").read_text(encoding="utf-8"), f"flight-{next(NAMES)}")
    bring_live(page, window)


def test_a_line_that_is_not_understood_is_shown_beside_its_words(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    paste(page, LOCKERS)
    write(page, LOCKERS.replace("Inform the customer that their locker", "Muse about lockers while the locker"))
    task(page, "1 place in the text to mend")
    finding = page.locator("#findings .finding.error")
    expect(finding).to_contain_text("line 2a")
    expect(page.locator(".lines > .error")).to_have_count(1)
    window.expect_good(page)
    window.shot(page, "document-finding")
    page.locator("#side").get_by_role("link", name="1 place in the text to mend").click()
    page.wait_for_function(
        "at => document.querySelector('#editor textarea').selectionStart === at", arg=LOCKERS.index("   a. Inform")
    )
    expect(page.locator("#line-note")).to_contain_text("line 2a:")
    expect(finding).to_have_class(re.compile(r"\bnow\b"))
    if not window.is_phone:
        line, card = page.locator(".lines > .error").bounding_box(), finding.bounding_box()
        assert line and card and abs(line["y"] - card["y"]) < line["height"] + 2, "the card stands beside its line"
    write(page, LOCKERS.replace("Inform the customer that their locker has been emptied.", "Refund the deposit."))
    task(page, "1 place in the text to mend")
    page.locator("#findings").get_by_role("button", name="Write: Transfer the customer to a human.").click()
    expect(page.get_by_label("Text of the document")).to_have_value(
        re.compile("a. Transfer the customer to a human.")
    )
    task(page, "The text is understood, every line of it")
    expect(page.locator(".lines > .error")).to_have_count(0)


def test_an_edit_can_be_undone_and_done_again(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    paste(page, LOCKERS)
    write(page, LOCKERS.replace("tonight", "tomorrow"))
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Text of the document")).to_have_value(re.compile("tonight"))
    page.get_by_role("button", name="Redo").click()
    expect(page.get_by_label("Text of the document")).to_have_value(re.compile("tomorrow"))
    page.get_by_role("link", name="Earlier saves").click()
    window.expect_good(page)
    page.get_by_role("button", name="Go back to this").last.click()
    expect(page.get_by_label("Text of the document")).to_have_value(re.compile("tonight"))


def test_two_leads_at_once_lose_nothing(window: Window) -> None:
    ann, bo = window.signed_in(Role.LEAD), window.signed_in(Role.LEAD)
    name = paste(ann, LOCKERS)
    bo.goto(f"/documents/{name}")
    bo.wait_for_selector("#editor[data-ready]")
    write(ann, LOCKERS.replace("tonight", "at noon"))
    bo.get_by_label("Text of the document").fill(LOCKERS.replace("tonight", "at midnight"))
    told = bo.locator("#notices")
    expect(told).to_contain_text("saved this text while you wrote")
    expect(told.locator("del")).to_contain_text("We empty it at noon.")
    expect(told.locator("ins")).to_contain_text("We empty it at midnight.")
    window.expect_good(bo)
    window.shot(bo, "document-two-at-once")
    assert "midnight" in text_of(bo)
    bo.get_by_role("button", name="Save mine").click()
    expect(bo.locator("#saved")).to_have_text("Saved")
    ann.reload()
    assert "midnight" in text_of(ann)
    ann.get_by_role("button", name="Undo").click()
    expect(ann.get_by_label("Text of the document")).to_have_value(re.compile("at noon"))


def test_what_is_live_stays_until_the_release(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    name = paste(page, LOCKERS)
    bring_live(page, window)
    tab(page, "Text")
    page.wait_for_selector("#editor[data-ready]")
    write(page, text_of(page).replace("We empty it tonight.", "We empty it at noon."))
    page.goto("/documents")
    expect(page.locator(".documents > li", has_text=name).get_by_text("draft ahead of it")).to_be_visible()
    page.goto(f"/documents/{name}/changes")
    change = page.locator(".change")
    expect(change).to_have_count(1)
    expect(change.locator("del")).to_contain_text("tonight")
    expect(change.locator("ins")).to_contain_text("at noon")
    window.expect_good(page)
    window.shot(page, "document-changes")


def test_nothing_that_people_write_runs(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    text = LOCKERS.replace("# Empty lockers", f"# {EVIL}").replace("locker has", "<b onclick='x'>locker</b> has")
    name = paste(page, text + f"\n{EVIL}\n")
    for part in ("Conditions", "Phrases", "Functions", "Examples", "Changes", "Release", "Text"):
        tab(page, part)
        expect(page.locator("h1")).to_be_visible()
        assert page.title() != "owned", part
        assert page.locator("main img").count() == 0, part
    tab(page, "Phrases")
    page.get_by_label("What the customer is told").first.fill(EVIL)
    page.get_by_role("button", name="Keep as a draft").first.click()
    expect(page.get_by_text("Done:").first).to_be_visible()
    page.goto("/documents")
    page.goto(f"/documents/{name}/files")
    assert page.title() != "owned"
    page.goto("/new-document")
    page.get_by_label("The text").fill(EVIL)
    page.get_by_label("A short name").fill(EVIL)
    page.get_by_role("button", name="Make a draft").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.title() != "owned" and page.get_by_label("The text").input_value() == EVIL


def test_the_help_is_the_compilers_own_table(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    page.goto("/writing-help")
    expect(page.get_by_text("Transfer the customer to a human agent.")).to_be_visible()
    window.expect_good(page)
    window.shot(page, "writing-help")


@pytest.fixture
def own_house(tmp_path: Path) -> Iterator[House]:
    """An installation that a test may kill."""
    house = House(tmp_path)
    house.start()
    house.add_people()
    yield house
    house.kill()


def test_the_server_is_killed_in_the_middle_of_typing(browser: Browser, house: House, own_house: House) -> None:
    window = Window(browser, own_house, WIDE)
    page = window.signed_in(Role.LEAD)
    name = paste(page, LOCKERS)
    own_house.kill()
    page.get_by_label("Text of the document").fill(LOCKERS.replace("tonight", "after the kill"))
    expect(page.locator("#saved")).to_contain_text("kept in this browser")
    own_house.start()
    expect(page.locator("#saved")).to_have_text("Saved")
    page.goto(f"/documents/{name}")
    assert "after the kill" in text_of(page)
    # And where the page itself is gone before the server is back.
    own_house.kill()
    page.get_by_label("Text of the document").fill(LOCKERS.replace("tonight", "once more"))
    expect(page.locator("#saved")).to_contain_text("kept in this browser")
    context = page.context
    page.close()
    own_house.start()
    page = context.new_page()
    page.goto(f"/documents/{name}")
    expect(page.get_by_label("Text of the document")).to_have_value(re.compile("once more"))
    expect(page.locator("#saved")).to_have_text("Saved")
    window.expect_nothing(but=("net::ERR_",))
    window.close()


def test_what_was_typed_last_is_saved_where_the_page_is_left_at_once(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    name = paste(page, LOCKERS)
    page.get_by_label("Text of the document").fill(LOCKERS.replace("tonight", "at once"))
    page.goto("/documents")
    colleague = window.signed_in(Role.LEAD)
    for _ in range(50):
        colleague.goto(f"/documents/{name}")
        if "at once" in text_of(colleague):
            break
    assert "at once" in text_of(colleague)
    window.expect_nothing(but=("net::ERR_",))


def test_whoever_goes_on_while_typing_is_not_asked_and_finds_what_they_typed(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    paste(page, LOCKERS)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Text of the document").fill(LOCKERS + "\nAfterwards: tell them that it was a pleasure.\n")
    tab(page, "Changes")
    expect(page.locator("#work")).to_contain_text("it was a pleasure")
    assert asked == []


COPIED = (
    "<h1>Lost keys</h1><ol><li>Ask the customer: &ldquo;Which locker is it?&rdquo;</li>"
    "<li>Inform the customer: <b>&ldquo;We open it tonight.&rdquo;</b></li></ol>"
)

PASTES = """([field, html]) => {
  const copied = new DataTransfer();
  copied.setData("text/html", html);
  copied.setData("text/plain", "plain words");
  field.focus();
  field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: copied, bubbles: true, cancelable: true}));
}"""


def test_what_is_copied_from_a_word_processor_keeps_its_headings_and_lists(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    page.goto("/new-document")
    field = page.get_by_label("The text")
    page.evaluate(PASTES, [field.element_handle(), COPIED])
    expected = (
        "# Lost keys\n\n1. Ask the customer: “Which locker is it?”\n2. Inform the customer: **“We open it tonight.”**"
    )
    expect(field).to_have_value(expected)
    page.get_by_label("A short name").fill(f"keys-{next(NAMES)}")
    page.get_by_role("button", name="Make a draft").click()
    page.wait_for_selector("#editor[data-ready]")
    editor = page.get_by_label("Text of the document")
    editor.press("Control+End")
    page.evaluate(PASTES, [editor.element_handle(), "<ul><li>hello <script>window.ran=1</script></li></ul>"])
    expect(editor).to_have_value(re.compile(r"tonight.”\*\*\n?- hello$"))
    expect(page.locator("#saved")).to_have_text("Saved")
    assert page.evaluate("window.ran") is None


def test_a_word_file_is_a_draft_and_a_pdf_says_what_to_do(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    page.goto("/new-document")
    page.get_by_label("Or a file").set_input_files(
        {"name": "keys.docx", "mimeType": "application/octet-stream", "buffer": LOCKER}
    )
    page.get_by_label("A short name").fill(f"word-{next(NAMES)}")
    page.get_by_role("button", name="Make a draft").click()
    expect(page.get_by_text("It was a Word file")).to_be_visible()
    window.expect_good(page)
    page.locator("#main li a").first.click()
    expect(page.get_by_label("Text of the document")).to_have_value(re.compile("^# Lockers\n\n1. Inform"))
    page.goto("/new-document")
    page.get_by_label("Or a file").set_input_files(
        {"name": "keys.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 and so on"}
    )
    page.get_by_role("button", name="Make a draft").click()
    expect(page.get_by_text("This is a PDF: open it, select all, copy, and paste the text here")).to_be_visible()


def test_an_outcome_is_chosen_a_remark_left_and_an_example_added(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    held = '   b. Call the `empty_locker` function.\n   c. If the bolt holds, inform the customer: "It is done."'
    name = paste(page, LOCKERS.replace("   b. Call the `empty_locker` function.", held))
    tab(page, "Conditions")
    card = page.locator(".card", has_text="the bolt holds")
    card.get_by_text("Something else decides it").click()
    card.get_by_label("empty_locker went well").check()
    card.get_by_role("button", name="This decides it").click()
    expect(page.locator(".card", has_text="the bolt holds").get_by_text("you chose")).to_be_visible()
    expect(page.locator(".card", has_text="the bolt holds")).to_contain_text("it holds when that went well")
    page.goto(f"/documents/{name}")
    remarks = page.locator("#findings .finding.warning")
    before = remarks.count()
    remarks.first.get_by_text("and why").click()
    remarks.first.get_by_label("Why, if you like").fill("they tell us by themselves")
    remarks.first.get_by_role("button", name="It is meant so").click()
    expect(remarks).to_have_count(before - 1)
    tab(page, "Examples")
    one = page.locator(".card").first
    one.get_by_label("One more").fill("mine is the tiny one")
    one.get_by_role("button", name="Add it").click()
    expect(page.locator(".said").first).to_contain_text("mine is the tiny one")
    page.get_by_role("link", name="Files").click()
    expect(page.get_by_label("phrases.toml")).to_have_value(re.compile("they tell us by themselves"))
    window.expect_good(page)


def test_an_answer_decides_a_condition_or_the_word_of_a_person(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    asks = (
        '   b. Ask the customer: "Did you keep the receipt?"\n   c. If the bolt holds, inform the customer: "Done."'
    )
    paste(page, LOCKERS.replace("   b. Call the `empty_locker` function.", asks))
    tab(page, "Conditions")
    card = page.locator(".card", has_text="the bolt holds")
    card.get_by_text("Something else decides it").click()
    card.get_by_label("A yes to question 2b: “Did you keep the receipt?”").check()
    window.expect_good(page)
    window.shot(page, "condition-answer")
    card.get_by_role("button", name="This decides it").click()
    expect(card.get_by_text("you chose")).to_be_visible()
    expect(card).to_contain_text("A yes to question 2b decides it")
    card.get_by_text("Something else decides it").click()
    expect(card.get_by_label("A yes to question 2b")).to_be_checked()
    card.get_by_label("What a person at the desk says").check()
    card.get_by_role("button", name="This decides it").click()
    expect(card).to_contain_text("What a person at the desk says decides it")
    page.get_by_role("link", name="Files").click()
    expect(page.get_by_label("phrases.toml")).to_have_value(re.compile('by = "person"'))


def test_a_line_put_in_takes_the_phrases_of_those_behind_it_along(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    paste(page, LOCKERS)
    tab(page, "Phrases")
    one_by_one(page, "Approve it")
    tab(page, "Text")
    page.wait_for_selector("#editor[data-ready]")
    first = '   a. Inform the customer: "One moment."\n   b. Inform the customer that'
    write(page, LOCKERS.replace("   a. Inform the customer that", first).replace("b. Call the", "c. Call the"))
    task(page, "Every phrase is approved")
    tab(page, "Phrases")
    expect(page.locator("#line-2b")).to_contain_text("approved by Leo")


def test_a_draft_is_thrown_away_by_its_name_alone(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    name = paste(page, LOCKERS)
    page.get_by_text("Begin again, or throw the draft away").click()
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_text("Nothing was thrown away")).to_be_visible()
    page.get_by_text("Begin again, or throw the draft away").click()
    page.get_by_label("To throw the draft").fill(name)
    page.get_by_role("button", name="Throw it away").click()
    expect(page).to_have_url(re.compile("/documents$"))
    expect(page.locator(".documents")).not_to_contain_text(name)


def test_what_is_typed_in_one_phrase_stays_while_another_is_approved(window: Window) -> None:
    page = window.signed_in(Role.LEAD)
    more = "   b. Tell the customer that the key is at the desk.\n   c. Call the `empty_locker`"
    paste(page, LOCKERS.replace("   b. Call the `empty_locker`", more))
    tab(page, "Phrases")
    second = page.locator("#line-2b").get_by_label("What the customer is told")
    second.fill("Your key waits for you at the desk.")
    page.locator("#line-2a").get_by_role("button", name="Approve it").click()
    expect(page.locator(".card.waits")).to_have_count(1)
    expect(second).to_have_value("Your key waits for you at the desk.")
    second.fill("  ")
    page.locator("#line-2b").get_by_role("button", name="Keep as a draft").click()
    expect(page.get_by_text("A phrase needs words")).to_be_visible()
    second.fill("Your key is at the desk.")
    page.locator("#line-2b").get_by_role("button", name="Approve it").click()
    task(page, "Every phrase is approved")
