"""The desk in a browser: the queue, a case beside its document, and what humans do; wide and on a phone."""

from __future__ import annotations

import re
from dataclasses import dataclass

import httpx2
import pytest
from playwright.sync_api import Page, expect

from bythebook.service.people import Role
from tests.browser.conftest import Window
from tests.browser.house import COLLEAGUE, House

pytestmark = pytest.mark.browser

HOSTILE = (
    "<script>window.ran=1</script>",
    "<img src=x onerror='window.ran=1'>",
    '"><svg onload=window.ran=1>',
    "javascript:window.ran=1",
    "{{ 7*7 }}${7*7}<%= 7*7 %>",
    "</textarea></title><script>window.ran=1</script>",
    '<a href="javascript:window.ran=1" autofocus onfocus=window.ran=1>x</a>',
    "' hx-get='/start' hx-trigger='load' x='",
)


@dataclass
class Customer:
    """Somebody who writes by the HTTP interface."""

    base: str
    case: str = ""
    token: str = ""
    sent: int = 0

    def say(self, text: str) -> dict[str, object]:
        """Say something; the first words open the case."""
        if not self.case:
            opened = httpx2.post(f"{self.base}/v1/cases").json()
            self.case, self.token = opened["case"], opened["token"]
        self.sent += 1
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": f"m{self.sent}"}
        address = f"{self.base}/v1/cases/{self.case}/messages"
        answer = httpx2.post(address, headers=headers, json={"text": text})
        assert answer.status_code == 200, answer.text
        found: dict[str, object] = answer.json()
        return found

    def press(self, button: str) -> None:
        """Press a button."""
        self.sent += 1
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": f"m{self.sent}"}
        httpx2.post(f"{self.base}/v1/cases/{self.case}/messages", headers=headers, json={"press": button})

    def heard(self) -> list[str]:
        """Return all that was said to the customer."""
        answer = httpx2.get(f"{self.base}/v1/cases/{self.case}", headers={"Authorization": f"Bearer {self.token}"})
        return [said["text"] for said in answer.json()["transcript"] if said["speaker"] != "customer"]


@pytest.fixture
def customer(house: House) -> Customer:
    customer = Customer(house.base)
    customer.say("hi")
    return customer


def waiting(customer: Customer) -> Customer:
    """Return a customer who waits for a person."""
    customer.press("act:human")
    return customer


def at_case(window: Window, customer: Customer, role: Role = Role.HUMAN) -> Page:
    page = window.signed_in(role)
    page.goto(f"/desk/cases/{customer.case}")
    return page


def opened(page: Page, name: str) -> None:
    details = page.locator("#forms details", has=page.locator("summary", has_text=name))
    if details.get_attribute("open") is None:
        details.locator("summary").click()


def test_the_queue_shows_who_waits_and_keeps_itself_up_to_date(window: Window, house: House) -> None:
    page = window.signed_in(Role.HUMAN)
    page.goto("/desk")
    window.expect_good(page)
    customer = Customer(house.base)
    customer.say("hi")
    waiting(customer)
    row = page.locator(f"#row-{customer.case}")
    expect(row).to_be_visible()
    expect(row).to_contain_text("the customer asked for a person")
    expect(page).to_have_title(re.compile(r"^\(\d+\) Desk"))
    window.expect_good(page)
    window.shot(page, "desk-queue")
    row.get_by_role("button", name="Take").click()
    expect(page.get_by_text("with you", exact=True)).to_be_visible()
    page.goto("/desk?view=mine")
    expect(page.locator(f"#row-{customer.case}")).to_be_visible()
    page.goto(f"/desk?view=all&id={customer.case[:6]}")
    expect(page.locator(f"#row-{customer.case}")).to_contain_text("Hanna")
    window.expect_good(page)
    page.goto("/desk?view=all&id=nothing-begins-so")
    expect(page.get_by_text("No case fits")).to_be_visible()
    window.expect_good(page)


def test_a_case_is_taken_spoken_in_and_handed_back_before_the_customers_eyes(
    window: Window, customer: Customer
) -> None:
    customer.say("API")
    page = at_case(window, waiting(customer))
    talk = page.locator("#talk")
    expect(talk).to_contain_text("To obtain a BAA for our API")
    window.expect_good(page)
    window.shot(page, "desk-case-free")
    page.get_by_role("button", name="Take the case").click()
    expect(page.get_by_label("Reply in your own words")).to_be_visible()
    customer.say("are you there?")
    expect(talk).to_contain_text("are you there?")
    expect(talk).to_contain_text("not read yet")
    page.get_by_label("Reply in your own words").fill("I am Hanna. <b>Let me look.</b>")
    page.get_by_role("button", name="Send").click()
    expect(talk).to_contain_text("I am Hanna. <b>Let me look.</b>")
    expect(page.get_by_label("Reply in your own words")).to_have_value("")
    assert customer.heard()[-1] == "I am Hanna. <b>Let me look.</b>"
    opened(page, "Say an approved line")
    page.get_by_label(re.compile("Our team will respond within 1-2 business days")).first.check()
    window.expect_good(page)
    window.shot(page, "desk-case-mine")
    page.get_by_role("button", name="Say this line").click()
    expect(talk.locator("article.human").last).to_contain_text("line 2b")
    assert customer.heard()[-1] == "Our team will respond within 1-2 business days."
    opened(page, "Write a note")
    page.get_by_label("Note for the desk").fill("Seems honest.")
    page.get_by_role("button", name="Keep the note").click()
    expect(talk.locator(".note")).to_contain_text("Seems honest.")
    assert "Seems honest." not in "".join(customer.heard())
    opened(page, "Hand the case back")
    page.get_by_label("Where the assistant goes on").select_option("5.1")
    page.get_by_role("button", name="Hand back").click()
    expect(page.get_by_role("button", name="Take the case")).to_be_visible()
    assert customer.heard()[-1] == "Is there anything else I can assist you with today?"
    window.expect_good(page)


def test_a_fact_with_feedback_says_the_documents_lines_and_then_the_humans_words(
    window: Window, customer: Customer
) -> None:
    customer.say("API")
    page = at_case(window, customer)
    opened(page, "Settle a fact")
    page.get_by_label("What is settled").select_option("+not_approved")
    page.get_by_label("Feedback for the customer").fill("Your safeguards are not described.")
    window.expect_good(page)
    page.get_by_role("button", name="Settle it").click()
    expect(page.locator("#talk")).to_contain_text("update your intended use of our API and re-apply")
    heard = customer.heard()
    assert heard[-2:] == [
        "Your safeguards are not described.",
        "Is there anything else I can assist you with today?",
    ]
    assert heard[-3].endswith("re-apply.")


def test_a_message_and_its_line_show_each_other(window: Window, customer: Customer) -> None:
    customer.say("API")
    page = at_case(window, customer)
    line = page.locator("#paper li.did", has_text="Our team will respond within 1-2 business days.")
    message = page.locator("article.assistant", has_text="Our team will respond within 1-2 business days.")
    message.get_by_role("link").click()
    expect(line).to_be_focused()
    expect(line).to_have_class(re.compile("marked"))
    window.expect_good(page)
    window.shot(page, "desk-case-document")
    customer.say("Enterprise")
    expect(page.locator("#paper li.did", has_text="To explore a BAA for ChatGPT Enterprise")).to_have_count(1)
    expect(line).to_be_focused()
    expect(line).to_have_class(re.compile("marked"))
    line.get_by_role("link").click()
    expect(message).to_be_focused()
    expect(message).to_have_class(re.compile("marked"))
    expect(page.locator("#paper li.pending")).to_have_count(1)
    order = [
        int(text)
        for text in page.locator("#paper .order .ran").evaluate_all(
            "found => found.map(each => each.lastChild.textContent)"
        )
    ]
    assert sorted(order) == list(range(1, len(order) + 1))


def test_two_humans_want_one_case_and_the_second_is_told(window: Window, house: House, customer: Customer) -> None:
    first, second = at_case(window, waiting(customer)), at_case(window, customer)
    second.route("**/desk/cases/*/events", lambda route: route.fulfill(content_type="text/event-stream", body=""))
    second.reload()
    first.get_by_role("button", name="Take the case").click()
    expect(first.get_by_text("with you", exact=True)).to_be_visible()
    second.get_by_role("button", name="Take the case").click()
    expect(second.get_by_role("status")).to_contain_text("Hanna has the case")


def test_a_case_is_passed_to_a_colleague_who_takes_over_from_there(window: Window, customer: Customer) -> None:
    ours = at_case(window, waiting(customer))
    theirs = window.signed_in_as(COLLEAGUE)
    theirs.goto(f"/desk/cases/{customer.case}")
    ours.get_by_role("button", name="Take the case").click()
    expect(theirs.get_by_text("Hanna has the case. You can leave a note.")).to_be_visible()
    opened(theirs, "Take the case over")
    window.expect_good(theirs)
    expect(ours.get_by_text("with you", exact=True)).to_be_visible()
    if window.is_phone:
        opened(ours, "Pass the case to a colleague")
    else:
        ours.keyboard.press("p")
    ours.get_by_label("Who is to have it").select_option(COLLEAGUE)
    ours.get_by_label("Note for your colleague").fill("They ask about <b>zero retention</b>.")
    window.expect_good(ours)
    window.shot(ours, "desk-pass")
    ours.get_by_role("button", name="Pass it on").click()
    expect(ours.get_by_text(f"{COLLEAGUE} has the case. You can leave a note.")).to_be_visible()
    expect(theirs.get_by_text("with you", exact=True)).to_be_visible()
    expect(theirs.locator("#talk")).to_contain_text(f"Hanna passed the case to {COLLEAGUE}: They ask about <b>zero")
    theirs.get_by_label("Reply in your own words").fill("I am Henry.")
    theirs.get_by_role("button", name="Send").click()
    expect(ours.locator("#talk article.human")).to_contain_text("I am Henry.")
    assert "zero retention" not in "".join(customer.heard())
    window.expect_good(theirs)
    window.shot(theirs, "desk-passed")


def test_every_page_of_the_desk_counts_who_waits(window: Window, house: House, customer: Customer) -> None:
    page = at_case(window, customer)
    before = re.search(r"^\((\d+)", page.title())
    another = Customer(house.base)
    another.say("hi")
    waiting(another)
    counted = int(before.group(1)) + 1 if before else 1
    expect(page).to_have_title(re.compile(rf"^\({counted}\) Case"))


def test_what_people_and_systems_say_never_runs(window: Window, house: House) -> None:
    customer = Customer(house.base)
    customer.say("hi")
    for words in HOSTILE:
        customer.say(words)
    if "with the desk" not in str(customer.heard()):
        waiting(customer)
    page = at_case(window, customer)
    page.get_by_role("button", name="Take the case").click()
    for words in HOSTILE:
        opened(page, "Write a note")
        page.get_by_label("Note for the desk").fill(words)
        page.get_by_role("button", name="Keep the note").click()
        expect(page.locator(".note").last).to_contain_text(words)
    opened(page, "Settle a fact")
    page.get_by_label("Feedback for the customer").fill(HOSTILE[0])
    page.get_by_role("button", name="Settle it").click()
    expect(page.locator("#talk .fact")).to_contain_text(HOSTILE[0])
    page.goto(f"/desk?view=all&human={HOSTILE[0]}&step={HOSTILE[2]}")
    assert page.evaluate("window.ran") is None
    page.goto(f"/desk/cases/{customer.case}")
    expect(page.locator("#talk")).to_contain_text(HOSTILE[1])
    assert page.evaluate("window.ran") is None


def test_an_auditor_sees_what_was_decided_and_no_words(window: Window, customer: Customer) -> None:
    customer.say("my name is Zebulon")
    page = at_case(window, customer, Role.AUDITOR)
    expect(page.locator("#talk")).to_contain_text("not shown to your role")
    expect(page.locator("#talk")).to_contain_text("Could you please specify whether")
    assert "Zebulon" not in page.content()
    expect(page.get_by_role("button", name="Take the case")).to_have_count(0)
    window.expect_good(page)


def test_everything_goes_by_the_keyboard(window: Window, customer: Customer) -> None:
    if window.is_phone:
        pytest.skip("no keys on a phone")
    page = at_case(window, waiting(customer))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    window.expect_good(page)
    window.shot(page, "desk-keys")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    expect(page.get_by_text("with you", exact=True)).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.type("Typed, jnk included.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#talk")).to_contain_text("Typed, jnk included.")
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_label("Use single-letter shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.locator("#talk").focus()
    page.keyboard.press("1")
    expect(page).to_have_url(re.compile("/desk/cases/"))


def test_customer_and_human_in_two_browsers(window: Window) -> None:
    theirs = window.visitor()
    theirs.goto("/")
    said = theirs.get_by_role("log", name="Conversation")
    theirs.get_by_label("Your message").fill("hi")
    theirs.get_by_role("button", name="Send").click()
    expect(said).to_contain_text("Could you please specify whether")
    theirs.get_by_role("button", name="Talk to a person").click()
    expect(said).to_contain_text("passing this on to a person")

    ours = window.signed_in(Role.HUMAN)
    ours.goto("/desk")
    ours.locator("[data-row]").last.get_by_role("button", name="Take").click()
    expect(ours.get_by_text("with you", exact=True)).to_be_visible()
    ours.get_by_label("Reply in your own words").fill("Good day, I am Hanna.")
    ours.get_by_role("button", name="Send").click()
    expect(said).to_contain_text("Good day, I am Hanna.")
    theirs.get_by_label("Your message").fill("It is for the API")
    theirs.get_by_role("button", name="Send").click()
    expect(ours.locator("#talk")).to_contain_text("It is for the API")
    expect(said).not_to_contain_text("To obtain a BAA for our API")

    opened(ours, "Hand the case back")
    ours.get_by_role("button", name="Hand back").click()
    expect(said).to_contain_text("To obtain a BAA for our API")
    expect(ours.locator("#talk")).to_contain_text("An enterprise agreement is not required to sign a BAA.")
    expect(ours.get_by_role("button", name="Take the case")).to_be_visible()


def test_an_open_case_recovers_when_the_server_was_killed(window: Window, house: House, customer: Customer) -> None:
    page = at_case(window, waiting(customer))
    page.get_by_role("button", name="Take the case").click()
    box = page.get_by_label("Reply in your own words")
    box.fill("Half a sentence")
    house.kill()
    house.start()
    customer.say("are you still there?")
    expect(page.locator("#talk")).to_contain_text("are you still there?")
    expect(box).to_have_value("Half a sentence")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#talk article.human")).to_contain_text("Half a sentence")
    assert customer.heard().count("Half a sentence") == 1
    window.expect_nothing(but=("ERR_", "htmx:"))
