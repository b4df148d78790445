"""What is asked to be said becomes a sentence to the customer, or nothing where that is not sure."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bythebook.compiler.drafting.asking import CLOSING_ROWS
from bythebook.compiler.drafting.builders import Rule
from bythebook.compiler.drafting.fields import told_example
from bythebook.compiler.drafting.pieces import Kind
from bythebook.compiler.phrasing import LISTS, RULES, draft, draft_result

TABLE = (*LISTS, *RULES, *CLOSING_ROWS)
KINDS: tuple[Kind, ...] = ("say", "ask", "collect", "closing")


@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: rule.name)
def test_every_row_drafts_its_own_sample(rule: Rule) -> None:
    sample = rule.sample
    assert rule.pattern.match(sample.words)
    assert draft(sample.words, rule.kinds[0], sample.bullets) == sample.drafted


SAID = """
Inform the customer that their locker has been emptied and the fee will be refunded on Friday.
= Your locker has been emptied and the fee will be refunded on Friday.
Tell the customer that our couriers call before they ring.
=
Inform the guest that breakfast ends at 10:30 a.m. and that the bar opens at 6 p.m.
= Breakfast ends at 10:30 a.m. and the bar opens at 6 p.m.
Let the customer know that if they have questions, they can call 555-0100.
= If you have questions, you can call 555-0100.
Let them know we'll refund them once they've returned the lamp.
= We'll refund you once you've returned the lamp.
Tell the customer that our team will contact them within 2 days.
= Our team will contact you within 2 days.
Inform the customer that a fee of $25.00 applies unless they cancel before noon on the day of arrival.
= A fee of $25.00 applies unless you cancel before noon on the day of arrival.
Explain to them that they can't change the name on a voucher.
= You can't change the name on a voucher.
Inform the client they are not eligible for the bonus.
= You are not eligible for the bonus.
Advise the customer that the customer's plan renews on the 1st of each month.
= Your plan renews on the 1st of each month.
Let the customer know that the customer agrees to the rules and pays the deposit by booking.
= You agree to the rules and pay the deposit by booking.
Tell the customer that he or she is entitled to a second visit.
= You are entitled to a second visit.
Inform the customer that "Plan B" is no longer sold.
= "Plan B" is no longer sold.
Tell them to press 'Delete their copy' at the bottom.
= Please press 'Delete their copy' at the bottom.
Remind them that their password must have at least 12 characters.
= Your password must have at least 12 characters.
Reassure the customer that their data is safe and that we never sell it.
= Your data is safe and we never sell it.
State that no refund is possible after check-in.
= No refund is possible after check-in.
Advise customers that delays are possible on Sundays.
= Delays are possible on Sundays.
Tell the customer that the customer service desk is closed.
= The customer service desk is closed.
Tell the client that their request was declined because the card was expired.
= Your request was declined because the card was expired.
You should always tell the caller that the line is recorded.
= The line is recorded.
Politely remind the member not to lend their card to others.
= Please do not lend your card to others.
Ask the customer to wait while you check their account.
= Please wait while I check your account.
Ask them to send you a photo of the dent.
= Please send me a photo of the dent.
Ask the customer to log out and log back in.
= Please log out and log back in.
Tell the customer to call their doctor if they feel unwell.
= Please call your doctor if you feel unwell.
Instruct the user to go to Settings > Privacy and turn off 'Share data'.
= Please go to Settings > Privacy and turn off 'Share data'.
Direct the customer to our help page at https://help.example.com/returns.
= Please go to our help page at https://help.example.com/returns.
Refer the customer to their phone provider.
= Please contact your phone provider.
Suggest that the customer contacts the harbour office.
= I suggest that you contact the harbour office.
Recommend a smaller basket.
= I recommend a smaller basket.
Offer the customer alternative dates.
= I can offer you alternative dates.
Thank the customer for their purchase and inform them that the order ships on Monday.
= Thank you for your purchase. The order ships on Monday.
Apologise for the wait and tell the customer that their call is important to us.
= I apologize for the wait. Your call is important to us.
Greet the customer and thank them for calling.
= Hello! Thank you for calling.
Tell the customer that their account has been locked. Apologize for the trouble.
= Your account has been locked. I apologize for the trouble.
Wish the customer a great day!
= Have a great day!
Reset the meter and check that the light is green
= Please reset the meter and check that the light is green.
"""

ASKED = """
Ask the customer whether they have already tried another socket.
= Have you already tried another socket?
Ask whether they received the parcel.
= Did you receive the parcel?
Ask the customer if they are moving within the city or abroad.
= Are you moving within the city or abroad?
Ask the customer when the noise started.
= When did the noise start?
Ask the customer what the error message is.
= What is the error message?
Ask the customer what happened.
= What happened?
Ask the customer which of their bookings they want to change.
= Which of your bookings do you want to change?
Ask the customer how many children will be travelling.
= How many children will be travelling?
Ask the customer for what reason they are leaving.
= For what reason are you leaving?
Ask the customer whether the boiler turns on.
= Does the boiler turn on?
Ask if their watch is still under warranty.
= Is your watch still under warranty?
Ask the customer if their order has arrived or if they are still waiting.
= Has your order arrived, or are you still waiting?
Ask the customer which tariff they use and when they signed up.
= Which tariff do you use? When did you sign up?
Check with the customer whether they still need help.
= Do you still need help?
Find out whether the customer has changed their address.
= Have you changed your address?
Ask the customer if there are any changes they would like to make.
= Are there any changes you would like to make?
Ask the customer if it is OK to put them on hold.
= Is it OK to put you on hold?
Ask the customer why they want to leave.
= Why do you want to leave?
Ask the customer how they'd like to receive the money.
= How would you like to receive the money?
Ask who placed the order.
= Who placed the order?
Ask the customer how long they have been a member.
= How long have you been a member?
Ask whether the name on the lease is correct.
= Is the name on the lease correct?
Ask the customer where the sofa should be delivered.
= Where should the sofa be delivered?
Ask the customer if this solved their problem.
= Did this solve your problem?
Ask if Night Mode is on.
= Is Night Mode on?
Verify whether the customer is over 18.
= Are you over 18?
Ask the customer to confirm that their address is 12 Main Street.
= Could you please confirm that your address is 12 Main Street?
Confirm that the customer wants to close the account.
= Could you please confirm that you want to close the account?
Offer the customer a 10% discount or free shipping.
= Would you like a 10% discount or free shipping?
Offer to call the customer back tomorrow.
= Would you like me to call you back tomorrow?
Thank the customer and ask which boat they booked.
= Thank you for reaching out. Which boat did you book?
"""

COLLECTED = """
Ask the customer for their full name, date of birth, and zip code.
= Could you please give me your full name, date of birth, and zip code?
Ask for order number and email.
= Could you please give me your order number and email?
Ask the customer for a photo of the scratch.
= Could you please send me a photo of the scratch?
Collect the customer's shipping address.
= Could you please give me your shipping address?
Request the last 4 digits of their card.
= Could you please give me the last 4 digits of your card?
Please request that the customer provide a valid ID.
= Could you please provide a valid ID?
Ask the caller for their member ID.
= Could you please give me your member ID?
Ask the customer to describe the problem in their own words.
= Could you please describe the problem in your own words?
Ask the customer to tell you which oven they use.
= Could you please tell me which oven you use?
Ask for the name of the person who placed the order.
= Could you please give me the name of the person who placed the order?
Politely prompt the user for their booking code to look up their booking.
= Could you please give me your booking code so that I can look up your booking?
"""

CLOSED = """
Ask whether the customer needs anything else.
= Do you need anything else?
Ask if the customer has any other questions.
= Do you have any other questions?
Confirm with the customer that they have no other questions, then end the chat.
= Do you have any further questions?
Thank the customer and ask if there is anything else they need.
= Thank you for reaching out. Is there anything else you need?
Ask if you can help with anything else.
= Can I help with anything else?
the user has no additional requests
= Do you have any further questions?
"""

UNSURE = """
say Inform the customer that their refunds have been issued and they will arrive in 3 days.
say Inform the customer that the shoes must be in their original box.
say Tell the customer to contact their bank, as they may have blocked the charge.
say Inform the customer that the driver has their parcel and that they will call first.
say Tell the customer to ask the seller for their address.
say Inform the customer that both parties must sign and return their copies.
say Tell the customer that children must be with their parents.
say Warn the customer that points expire after 12 months and they lose their value.
say Inform the customer that vouchers can be used once and that they expire after a year.
say Tell the customer you can return lamps within 30 days.
say Inform the customer that the user has been removed.
say Tell the customer she can come in at 10.
say Tell the customer the price they will pay.
say Tell the customer the date the refund will arrive.
say Let the customer know their options.
say Inform the customer of the 30-day return policy.
say Explain how the deposit works.
say Instruct the customer on how to send the form.
say Inform customer if a deposit is due.
say Ask the customer to wait and check the order status.
say Tell the customer to restart their phone, then ask whether it works.
say Inform the customer that the refund is processed and close the case.
say Thank the customer and close the case.
say Do not tell the customer that the account is flagged.
say Never inform the customer that we count visits.
say Inform the customer, if necessary, that fees apply.
say Inform the customer that their ticket [number] was created.
say Inform the customer that their refund of {amount} is on its way.
say Greet the customer by name.
say Note that the customer may be angry.
say Confirm that the change has been made.
say Offer the customer the choice between tea and coffee, then call the `serve` function.
say Tell the customer: "It is done."
say Ask the customer if they would like tea.
ask Inform the customer that tea is served.
ask Ask the customer if they have a loyalty card and, if so, what its number is.
ask Ask whether someone else is travelling with them.
ask Ask the customer whether they do not want the refund.
ask Ask the customer if they want to go on before proceeding to step 4.
collect Ask for their patience.
collect Ask for it.
collect Collect the name, the phone number and check the database.
collect Ask for the last four digits of their card and verify them.
collect Get the customer's email and look up the account.
"""


def pairs(text: str) -> list[tuple[str, str | None]]:
    lines = text.strip().split("\n")
    return [(words, drafted[2:] or None) for words, drafted in zip(lines[::2], lines[1::2], strict=True)]


@pytest.mark.parametrize(("words", "drafted"), pairs(SAID))
def test_what_is_to_be_said(words: str, drafted: str | None) -> None:
    assert draft(words, "say") == drafted


@pytest.mark.parametrize(("words", "drafted"), pairs(ASKED))
def test_what_is_to_be_asked(words: str, drafted: str) -> None:
    assert draft(words, "ask") == drafted


@pytest.mark.parametrize(("words", "drafted"), pairs(COLLECTED))
def test_what_is_to_be_collected(words: str, drafted: str) -> None:
    assert draft(words, "collect") == drafted


@pytest.mark.parametrize(("words", "drafted"), pairs(CLOSED))
def test_what_closes(words: str, drafted: str) -> None:
    assert draft(words, "closing") == drafted


@pytest.mark.parametrize("line", UNSURE.strip().split("\n"))
def test_what_is_not_sure_is_left_to_the_author(line: str) -> None:
    kind, _, words = line.partition(" ")
    assert kind in KINDS
    assert draft(words, kind) is None


def test_bullets() -> None:
    steps = ("Open the **side door**.", "Press 'Drain'.", "Wait 5 minutes.")
    assert draft("Give the customer the following instructions to drain their boiler:", "say", steps) == (
        "Please follow these steps to drain your boiler:\n"
        "1. Open the side door.\n2. Press 'Drain'.\n3. Wait 5 minutes."
    )
    assert draft("Request the following information:", "collect", ("Size", "Colour of their choice")) == (
        "Could you please give me the following?\n- Size\n- Colour of your choice"
    )
    questions = ('"What is your size?"', "“Which colour do you like?”")
    assert draft("Ask for the following:", "collect", questions) == "What is your size?\nWhich colour do you like?"
    assert draft("Inform the customer that they can choose:", "say", ("Red", "Blue")) is None


def test_results() -> None:
    assert draft_result("list_shops", "Provides the customer with a list of shops near them.", ["shops"]) == (
        "Shops: {shops}"
    )
    assert draft_result("list_shops", "Provides the customer with a list of our shops.", ["shops"]) == (
        "A list of our shops:\n{shops}"
    )
    assert draft_result("price", "Gives the price of a stay.", ["price", "valid_until"]) == (
        "The price of a stay:\nPrice: {price}\nValid until: {valid_until}"
    )
    assert draft_result("find_order", "Finds the order.", ["status"]) == "Status: {status}"
    assert draft_result("find_order", "Finds the order.", []) is None
    assert draft_result("find_order", "Finds the order.", ["not a name"]) is None


@settings(max_examples=600)
@given(st.text(max_size=200), st.sampled_from(KINDS), st.lists(st.text(max_size=40), max_size=3))
def test_any_words_give_a_sentence_or_nothing(words: str, kind: Kind, bullets: list[str]) -> None:
    found = draft(words, kind, bullets)
    assert found is None or found.strip()


TRADE = """
inform tell ask the customer user them that if whether they their to for which is are has will and or not 'Save'
"Plus" order refunds $5 3-5 days 12% you we please confirm thank , . : call step restart
"""
WORDS = st.lists(st.sampled_from(TRADE.split()), max_size=25).map(" ".join)


@settings(max_examples=600)
@given(WORDS, st.sampled_from(KINDS), st.lists(WORDS, max_size=2))
def test_words_of_the_trade_give_a_sentence_or_nothing(words: str, kind: Kind, bullets: list[str]) -> None:
    found = draft(words, kind, bullets)
    assert found is None or found.strip()


OPENINGS = st.sampled_from(
    (
        "Inform the customer that ",
        "Advise the user to ",
        "Ask the customer for ",
        "Ask them if they want ",
        "Let the customer know that ",
        "Confirm which plan the customer uses for ",
        "Remind them that they need ",
    )
)
FACTS = st.sampled_from(
    (
        "the fee of $4.50",
        "'Start plan'",
        "version 2.1",
        "an email to help@example.com",
        "3-5 days",
        "not more than 7 items",
        "Harbour Lane 12",
        "https://example.com/a",
        "“Gold” status",
        "50%",
        "no refund",
        "unless it is late",
    )
)
JOINTS = st.sampled_from([" is due within ", ", before ", " and ", " with ", " or ", " for "])


@settings(max_examples=600)
@given(OPENINGS, FACTS, JOINTS, FACTS, st.sampled_from(KINDS))
def test_a_draft_keeps_numbers_names_and_limits(opening: str, one: str, joint: str, two: str, kind: Kind) -> None:
    words = f"{opening}{one}{joint}{two}."
    found = draft(words, kind)
    if found is None:
        return
    for kept in re.findall(r"[$\d][\d.\-%]*\d|'[^']+'|“[^”]+”|\S+@\S+\.com|https\S+/a", words):
        assert kept in found, (words, found)
    for limit in ("not", "no", "unless", "within", "before", "Harbour Lane", "or"):
        assert len(re.findall(rf"(?i)\b{limit}\b", found)) >= len(re.findall(rf"\b{limit}\b", words)), (words, found)


def test_a_long_line_is_nobodys_to_say() -> None:
    assert draft("Inform the customer that " + "very " * 400 + "soon.", "say") is None
    assert draft("ask the customer " * 30000, "ask") is None


@pytest.mark.parametrize(
    ("words", "example"),
    [
        ("Inform the customer of their account type", "Your account type is {account_type}."),
        ("Provide confirmation number", "The confirmation number is {confirmation_number}."),
        ("inform the customer", None),
        ("Inform the customer if a visa is required", None),
    ],
)
def test_an_example_names_the_values_that_a_line_tells(words: str, example: str | None) -> None:
    assert told_example(words) == example
