"""The chat where things are hard: no connection, several tabs, erased cases, hostile and odd words, slow answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from tools import build_frontend

from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.service.desk import Desk
from tests.browser.conftest import Window
from tests.browser.house import House
from tests.chromium import PHONE, WIDE
from tests.web.installation import install

pytestmark = pytest.mark.browser

MAIL = "To obtain a BAA for our API, please email baa@openai.com"
MASTER_KEY = "k1:" + "A" * 43 + "="
HOSTILE = (
    "<script>window.owned=1</script>",
    "<img src=x onerror=window.owned=1>",
    "<svg/onload=window.owned=1>",
    '"><iframe srcdoc="<script>parent.owned=1</script>">',
    "<a href=javascript:window.owned=1>press</a>",
    "javascript:window.owned=1",
    "https://x.example/\"onmouseover='window.owned=1'",
    "{{constructor.constructor('window.owned=1')()}}",
    "</textarea></template><style>*{display:none}</style>",
    "<math><mtext><img src=x onerror=window.owned=1></mtext></math>",
    "a@b.example?body=<script>window.owned=1</script>",
    "\u202eevil\u202c &lt;b&gt; \\u003cscript\\u003e",
)
ODD = ("w" * 400, "שלום, אני צריך BAA", "🧑‍⚕️👍🏽 🇪🇺", "x\u0301" * 40, "مرحبا https://example.com/a/b")


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def chat(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Window]:
    """A window at the chat page, whose console may complain of what the test breaks."""
    if house.process is None:
        house.start()
    window = Window(browser, house, request.param)
    yield window
    window.close()


def open_chat(window: Window) -> Page:
    page = window.visitor()
    page.goto("/")
    expect(page.get_by_label("Your message")).to_be_visible()
    return page


def say(page: Page, text: str) -> None:
    box = page.get_by_label("Your message")
    box.fill(text)
    box.press("Enter")


def answers(page: Page) -> Locator:
    return page.get_by_role("group", name="Answers to choose from").get_by_role("button")


def mine(page: Page) -> Locator:
    return page.locator("#log .customer .said")


def status(page: Page) -> Locator:
    return page.locator("#status").get_by_role("status")


def kept(page: Page, what: str) -> object:
    return page.evaluate("what => JSON.parse(localStorage.getItem(`bythebook.${what}`))", what)


def case_of(page: Page) -> str:
    case = kept(page, "case")
    assert isinstance(case, dict)
    return str(case["id"])


# ---------------------------------------------------------------- no connection, several tabs


def test_what_is_written_offline_is_sent_once_and_in_order(chat: Window) -> None:
    page = open_chat(chat)
    page.context.set_offline(True)
    expect(status(page)).to_contain_text("You are offline.")
    say(page, "hi")
    say(page, "BAA for the API")
    expect(page.locator("#outbox .customer")).to_have_count(2)
    expect(page.locator("#outbox .customer").first).to_contain_text("Not sent yet.")
    waiting = kept(page, "outbox")
    assert isinstance(waiting, list) and [one["text"] for one in waiting] == ["hi", "BAA for the API"]
    page.context.set_offline(False)
    expect(mine(page)).to_have_text(["hi", "BAA for the API"])
    expect(page.get_by_text(MAIL)).to_have_count(1)
    expect(page.locator("#outbox .turn")).to_have_count(0)
    expect(status(page)).to_have_text("")
    expect(answers(page)).to_have_text(["Yes", "No"])
    assert kept(page, "outbox") is None
    chat.expect_good(page)


def test_no_more_is_kept_than_can_wait(chat: Window) -> None:
    page = open_chat(chat)
    page.context.set_offline(True)
    for number in range(20):
        say(page, f"message {number}")
    say(page, "one too many")
    expect(status(page)).to_contain_text("Please wait until what you wrote has been sent.")
    expect(page.get_by_label("Your message")).to_have_value("one too many")
    expect(page.locator("#outbox .customer")).to_have_count(20)
    waiting = kept(page, "outbox")
    assert isinstance(waiting, list) and len(waiting) == 20


def test_tabs_of_one_browser_stay_in_step(chat: Window) -> None:
    first = open_chat(chat)
    say(first, "hi")
    expect(answers(first)).to_have_count(2)
    second = first.context.new_page()
    second.goto("/")
    expect(mine(second)).to_have_text(["hi"])
    say(second, "BAA for the API")
    for page in (first, second):
        expect(mine(page)).to_have_text(["hi", "BAA for the API"])
        expect(page.get_by_text(MAIL)).to_have_count(1)
        expect(page.locator("#outbox .turn")).to_have_count(0)
    first.get_by_role("button", name="New conversation").click()
    first.get_by_role("button", name="Start a new conversation").click()
    for page in (first, second):
        expect(mine(page)).to_have_count(0)
    say(second, "hi")
    for page in (first, second):
        expect(mine(page)).to_have_text(["hi"])


def test_two_tabs_that_hold_the_same_message_send_it_once(chat: Window) -> None:
    first = open_chat(chat)
    second = first.context.new_page()
    for page in (first, second):
        page.route("**/v1/cases**", lambda route: route.abort())
    say(first, "BAA for the API")
    expect(first.locator("#outbox .customer")).to_contain_text("Not sent yet.")
    second.goto("/")
    expect(second.locator("#outbox .customer")).to_have_count(1)
    for page in (first, second):
        page.unroute("**/v1/cases**")
    for page in (first, second):
        expect(page.get_by_text(MAIL)).to_have_count(1)
        expect(mine(page)).to_have_text(["BAA for the API"])
        expect(page.locator("#outbox .turn")).to_have_count(0)
    assert case_of(first) == case_of(second)


def test_every_message_is_added_to_the_log_once(chat: Window) -> None:
    """What a screen reader says is what is added: each message once, also across a lost connection."""
    page = open_chat(chat)
    page.locator("#log").evaluate(
        """log => { window.added = []; new MutationObserver((changes) => changes.forEach((change) => change.addedNodes
          .forEach((node) => { if (node.matches?.("article, .said > *")) window.added.push(node.textContent); })))
          .observe(log, { childList: true, subtree: true }); }"""
    )
    expect(page.locator("#log")).to_have_attribute("aria-live", "polite")
    say(page, "hi")
    expect(answers(page)).to_have_count(2)
    page.context.set_offline(True)
    expect(status(page)).to_contain_text("You are offline.")
    page.context.set_offline(False)
    answers(page).first.click()
    expect(page.get_by_text(MAIL)).to_have_count(1)
    expect(page.get_by_text("Is there anything else")).to_have_count(1)
    added = page.evaluate("window.added")
    assert len(added) == len(set(added)), added
    assert page.locator("#log .delivery").first.get_attribute("aria-live") == "off"


# ---------------------------------------------------------------- erased


def test_nothing_is_sent_to_an_erased_case_and_nothing_of_it_stays(browser: Browser, tmp_path: Path) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith("BYTHEBOOK_")}
    run = [sys.executable, "-m", "bythebook"]
    key = subprocess.run([*run, "keys", "new"], env=own, capture_output=True, text=True, check=True).stdout.split()[
        -1
    ]
    sealed = {"BYTHEBOOK_MASTER_KEY": key}
    build_frontend.build(dev=True)
    house = House(tmp_path, settings=sealed)
    house.start()
    window = Window(browser, house, WIDE)
    try:
        page = open_chat(window)
        say(page, "hi")
        expect(answers(page)).to_have_count(2)
        page.context.set_offline(True)
        say(page, "my secret")
        expect(page.locator("#outbox .customer")).to_contain_text("my secret")
        case = case_of(page)
        erase = ["erase", case, "--why", "by letter", "--as", "Ada", "--yes", "--database", str(house.database)]
        subprocess.run([*run, *erase], env={**own, **sealed}, capture_output=True, text=True, check=True)
        page.context.set_offline(False)
        expect(status(page)).to_contain_text("What was said here was erased.")
        expect(page.locator(".turn")).to_have_count(0)
        assert page.evaluate("Object.keys(localStorage)") == []
        say(page, "hi")
        expect(mine(page)).to_have_text(["hi"])
        assert case_of(page) != case
    finally:
        window.close()
        house.kill()


# ---------------------------------------------------------------- hostile and odd words


def test_hostile_words_are_words_whoever_says_them(chat: Window) -> None:
    page = open_chat(chat)
    for text in HOSTILE:
        say(page, text)
        expect(mine(page).last).to_have_text(text)
    say(page, "I want to talk to a person")
    expect(status(page)).to_contain_text("Waiting for a person")
    store = SqliteStore(chat.house.database)
    try:
        desk = Desk(install(store).runner)
        name = HOSTILE[1]
        desk.take(case_of(page), name)
        for text in HOSTILE:
            desk.say(case_of(page), name, text)
        expect(page.locator("#log .human .said > p")).to_have_text(list(HOSTILE))
        expect(status(page)).to_contain_text(name)
        expect(page.locator("#log .human .speaker").first).to_contain_text(name)
        links = page.locator("#log a").evaluate_all("found => found.map(link => new URL(link.href).protocol)")
        assert set(links) <= {"https:", "mailto:"}
    finally:
        store.close()
    expect(page.locator("#log :is(img, script, iframe, svg, style, math)")).to_have_count(0)
    assert page.evaluate("window.owned") is None
    chat.expect_good(page)


def test_hostile_words_of_documents_and_functions_are_words(chat: Window) -> None:
    """As a server would send them whose document, or whose functions, hold them."""
    page = chat.visitor()

    def hostile(route: Route) -> None:
        answer = route.fetch()
        case = answer.json()
        for number, text in enumerate(HOSTILE):
            entry = {"version": 100 + 2 * number, "speaker": "assistant", "at": "2026-01-01T10:00:00Z", "id": None}
            mail = {"address": text, "subject": text, "headings": [text], "body": text}
            from_document = {
                "text": text,
                "line": text,
                "source": "quoted",
                "routine": text,
                "mail": mail,
                "human": "",
            }
            returned = {"text": "\n".join([*HOSTILE, text]), "line": "1", "source": "function", "routine": "x"}
            case["transcript"] += [
                {**entry, **from_document},
                {**entry, "version": entry["version"] + 1, **returned, "mail": None, "human": ""},
            ]
        case["buttons"] = [{"id": text, "label": text} for text in HOSTILE]
        route.fulfill(response=answer, body=json.dumps(case))

    page.goto("/")
    say(page, "hi")
    expect(answers(page)).to_have_count(2)
    page.route("**/v1/cases/*?after=0", hostile)
    page.route("**/v1/cases/*", hostile)
    page.route("**/v1/cases/*/events", lambda route: route.abort())
    page.reload()
    expect(answers(page)).to_have_text(list(HOSTILE))
    expect(page.locator("#log .assistant .said > p").first).to_be_visible()
    hrefs = page.locator("#log a").evaluate_all("found => found.map(link => new URL(link.href).protocol)")
    assert set(hrefs) <= {"https:", "mailto:"}
    expect(page.locator("#log :is(img, script, iframe, svg, style, math)")).to_have_count(0)
    assert page.evaluate("window.owned") is None and not chat.seen[0].outside


def test_odd_words_fit(chat: Window) -> None:
    page = open_chat(chat)
    for text in ODD:
        say(page, text)
        expect(mine(page).last).to_have_text(text)
    assert page.locator("#scroller").evaluate("element => element.scrollWidth <= element.clientWidth")
    hebrew = mine(page).nth(1).locator("p")
    assert hebrew.evaluate("element => getComputedStyle(element).direction") == "rtl"
    chat.expect_good(page)
    chat.shot(page, "chat-odd-words")


# ---------------------------------------------------------------- at work


SLOW = """## Slow help

### Routine

1. Ask the customer: "Shall we look it up?"

2. If the customer agrees, then:
   a. Call the `look_up` function.
   b. Inform the customer: "It was looked up."

3. Ask the customer if there is anything else you can help with:
   - "Anything else?"

4. Call the `case_resolution` function.
"""
FUNCTIONS = '''
from pathlib import Path
from bythebook.functions import function

@function(effect=False)
def look_up() -> None:
    """Wait until somebody opens the other end."""
    Path(GATE).read_text()

@function(effect=True)
def case_resolution() -> None:
    """End."""
'''


def test_at_work_is_said_while_the_server_is_and_never_else(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "slow"
    folder.mkdir()
    (folder / "document.md").write_text(SLOW, encoding="utf-8")
    (folder / "functions.py").write_text(FUNCTIONS.replace("GATE", repr(str(folder / "gate"))), encoding="utf-8")
    os.mkfifo(folder / "gate")
    build_frontend.build(dev=True)
    house = House(tmp_path, documents=[str(folder)])
    house.start()
    window = Window(browser, house, WIDE)
    try:
        page = open_chat(window)
        say(page, "hi")
        answers(page).first.click()
        expect(page.locator("#working")).to_have_text("Working on the answer…")
        expect(page.locator("#log .customer .delivery").last).to_contain_text("Delivered")
        window.expect_good(page)
        (folder / "gate").write_text("open")
        expect(page.get_by_text("It was looked up.")).to_be_visible()
        expect(page.locator("#working")).to_have_text("")
        expect(page.locator("#log .customer .delivery").last).to_contain_text("Answered")
        window.expect_nothing()
    finally:
        window.close()
        house.kill()


# ---------------------------------------------------------------- transcripts, small screens, motion


def test_a_conversation_is_saved_and_printed_as_text(chat: Window, tmp_path: Path) -> None:
    page = open_chat(chat)
    expect(page.get_by_role("button", name="Save")).to_be_hidden()
    say(page, "BAA for the API")
    expect(page.get_by_text("Is there anything else")).to_have_count(1)
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save").click()
    assert saving.value.suggested_filename == f"conversation-{case_of(page)[:8]}.txt"
    saving.value.save_as(tmp_path / "saved.txt")
    saved = (tmp_path / "saved.txt").read_text("utf-8")
    assert saved.startswith("Business Associate Agreement\nCase ") and case_of(page) in saved
    assert "You:\nBAA for the API\n" in saved and MAIL in saved and "/v1/embeddings" in saved
    with page.context.expect_page() as printing:
        page.get_by_role("button", name="Print").click()
    printed = printing.value.locator("pre").inner_text()
    assert printed.splitlines()[2:] == saved.splitlines()[2:], "the same, but for the time"


def test_a_keyboard_on_the_screen_leaves_the_field_in_sight(chat: Window) -> None:
    page = open_chat(chat)
    say(page, "BAA for the API")
    expect(page.get_by_text("Is there anything else")).to_have_count(1)
    page.set_viewport_size({"width": chat.size["width"], "height": 420})
    box = page.get_by_label("Your message")
    box.focus()
    expect(box).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Talk to a person")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nobody_is_moved_who_does_not_want_to(chat: Window) -> None:
    page = open_chat(chat)
    say(page, "hi")
    expect(answers(page)).to_have_count(2)
    moving = page.locator("by-the-book").evaluate(
        """chat => [...chat.shadowRoot.querySelectorAll("*")].filter((one) =>
          parseFloat(getComputedStyle(one).transitionDuration) > 0).length"""
    )
    assert moving == 0


def test_the_page_may_be_dark(chat: Window) -> None:
    chat.colours = "dark"
    page = open_chat(chat)
    say(page, "BAA for the API")
    expect(page.get_by_text("Is there anything else")).to_have_count(1)
    chat.expect_good(page)
    page.get_by_role("button", name="Talk to a person").click()
    expect(status(page)).to_contain_text("Waiting for a person")
    chat.expect_good(page)
