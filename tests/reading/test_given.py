"""What a message gives beyond the value that was asked for, and what it tells of a value that is not there."""

from __future__ import annotations

import pytest

from bythebook.reading.given import read_given
from bythebook.reading.slot_early import early
from bythebook.reading.slots import NOT_GIVEN
from bythebook.routine.model import Slot, SlotType
from bythebook.source.span import Span


def slot(name: str, kind: SlotType = SlotType.TEXT, at: int = 0, words: str = "") -> Slot:
    return Slot(name, words or name.replace("_", " "), Span(at, at + 1), kind)


NAME, EMAIL = slot("company_name", at=1), slot("billing_email", SlotType.EMAIL, at=2)
ADDRESS, TAX = slot("business_address", SlotType.ADDRESS, at=3), slot("business_tax_id", SlotType.ID, at=4)
SECURITY = slot("security_information")
BOOKING, DAY = slot("booking_reference", SlotType.ID, at=1), slot("departure_date", SlotType.DATE, at=2)
LAST = slot("last_four_digits", SlotType.ID, words="last four digits of the card")


def test_values_of_the_next_questions_are_taken_where_the_message_lists_them() -> None:
    text = "Oak GmbH, tax@oak.example, 12 Harbour Road, London E1 6AN, GB123456789"
    assert read_given(text, (NAME,), (EMAIL, ADDRESS, TAX)).values == {
        "company_name": "Oak GmbH",
        "billing_email": "tax@oak.example",
        "business_address": "12 Harbour Road, London E1 6AN",
        "business_tax_id": "GB123456789",
    }


@pytest.mark.parametrize("text", ["Hafenstrasse 12, 20457 Hamburg", "12 Harbour Road, London E1 6AN"])
def test_an_address_is_no_list_of_an_address_and_a_number(text: str) -> None:
    assert read_given(text, (ADDRESS,), (TAX,)).values == {"business_address": text}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the last four are 4242", "4242"),
        ("it ends with 9999 I think", "9999"),
        ("it's 1881, and btw how long does this take?", "1881"),
        ("4242 but hurry up", "4242"),
        ("4242", "4242"),
    ],
)
def test_a_code_is_taken_out_of_its_sentence(text: str, code: str) -> None:
    assert read_given(text, (SECURITY,), ()).values == {"security_information": code}


@pytest.mark.parametrize("text", ["4 2 4 2", "ends in 4242", "last digits 4242", "4242"])
def test_the_last_digits_of_a_number(text: str) -> None:
    assert read_given(text, (LAST,), ()).values == {"last_four_digits": "4242"}


def test_last_digits_are_taken_unasked_where_they_are_called_so() -> None:
    assert read_given("lost my card, last digits 1881", (), (LAST,)).values == {"last_four_digits": "1881"}
    assert not read_given("I have 1881 questions", (), (LAST,)).values


@pytest.mark.parametrize(
    "text",
    [
        "I don't have the card with me", "I can't find it right now", "where do I find that?", "I left it at home",
        "where can I see the security information?",
    ],
)  # fmt: skip
def test_what_is_not_at_hand_is_no_value(text: str) -> None:
    found = read_given(text, (SECURITY,), ())
    assert not found.values and found.problems == {"security_information": NOT_GIVEN}


def test_a_code_may_be_given_before_it_is_asked_for() -> None:
    account = slot("email_or_account_id", at=1)
    later = Slot("security_information", "security information", Span(2, 3))
    given = {"email_or_account_id": "kim@oak.example", "security_information": "4242"}
    assert read_given("kim@oak.example, 4242", (account,), (later,)).values == given
    assert "security_information" not in read_given("kim@oak.example, I think", (account,), (later,)).values


@pytest.mark.parametrize("text", ["maybe", "whatever", "hm"])
def test_wavering_is_no_value(text: str) -> None:
    assert not read_given(text, (SECURITY,), ()).values


def test_an_assent_is_no_value() -> None:
    assert not read_given("no, go on", (ADDRESS,), ()).values


def test_a_correction_names_the_value_it_corrects() -> None:
    found = read_given("sorry, the full company name is Oak Tools Ltd", (EMAIL,), (NAME,))
    assert found.values == {"company_name": "Oak Tools Ltd"}


def test_a_value_for_another_slot_is_not_also_the_whole_answer() -> None:
    found = read_given("oh wait my billing email is kim@oak.example", (SECURITY,), (EMAIL,))
    assert found.values == {"billing_email": "kim@oak.example"}


def test_two_codes_are_two_values_in_their_order() -> None:
    plate = slot("registration_number", SlotType.ID, at=2)
    policy = slot("policy_number", SlotType.ID, at=1)
    found = read_given("POL-88123. The plate? AB12CDE", (policy, plate), ())
    assert found.values == {"policy_number": "POL-88123", "registration_number": "AB12CDE"}


def test_the_day_may_come_first_in_a_date() -> None:
    assert read_given("3/4/2027", (DAY,), ()).values == {"departure_date": "2027-03-04"}
    assert read_given("3/4/2027", (DAY,), (), month_first=False).values == {"departure_date": "2027-04-03"}
    both = read_given("AB1234, 3/4/2027", (BOOKING,), (DAY,), month_first=False)
    assert both.values == {"booking_reference": "AB1234", "departure_date": "2027-04-03"}


FULL, FLAT = slot("full_name", at=1), slot("flat_number", SlotType.ID, at=2)
PHONE = slot("phone_number", SlotType.PHONE, at=3)
ORDER = slot("order_number", SlotType.ID, at=1)
LOGIN = slot("email_or_account_id", at=1, words="email address or account ID")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Tom Berger, flat 7", {"full_name": "Tom Berger", "flat_number": "7"}),
        ("flat 14B, my name is Rosa Keller", {"full_name": "Rosa Keller", "flat_number": "14B"}),
        ("sorry it's flat 17, not flat 7", {"flat_number": "17"}),
        ("we have 2 flats and 3 keys", {}),
    ],
)
def test_a_number_stands_behind_what_it_is_the_number_of(text: str, values: dict[str, str]) -> None:
    assert read_given(text, (FULL, FLAT, PHONE), ()).values == values


@pytest.mark.parametrize("text", ["I want to order 2 pizzas", "can I order 3?", "my order 2 days ago"])
def test_what_is_counted_is_no_number_of_a_thing(text: str) -> None:
    assert read_given(text, (), (ORDER,)).values == {}


def test_a_number_of_a_thing_is_known_before_it_is_asked_for() -> None:
    assert read_given("my coat is missing from order A-1009", (), (ORDER,)).values == {"order_number": "A-1009"}


def test_an_email_is_known_where_nothing_else_takes_one() -> None:
    text = "hi, I want to remove my card, my email is jo.parker@example.org"
    assert read_given(text, (), (LOGIN, SECURITY)).values == {"email_or_account_id": "jo.parker@example.org"}
    assert read_given(text, (), (LOGIN, EMAIL)).values == {"billing_email": "jo.parker@example.org"}


def test_a_value_of_another_slot_is_no_name() -> None:
    assert read_given("billing@steps.example", (NAME,), (EMAIL,)).values == {"billing_email": "billing@steps.example"}


def test_a_label_that_begins_a_sentence_names_its_value() -> None:
    assert read_given("We pay no tax. Company is Bright Steps Ltd", (), (NAME,)).values == {
        "company_name": "Bright Steps Ltd"
    }
    assert read_given("Company is closed today", (), (NAME,)).values == {}


@pytest.mark.parametrize(
    "text",
    [
        "and can I have a refund",
        "so how do I pay",
        "I have a number",
        "the locker opened fine",
        "I thought it was free",
    ],
)
def test_what_asks_or_tells_is_no_name(text: str) -> None:
    assert read_given(text, (FULL,), ()).values == {}
    assert read_given(text, (slot("nationality"),), ()).values.get("nationality") in (None, "the locker opened fine")


@pytest.mark.parametrize("text", ["didn't get any code", "I never received it", "we haven't got one"])
def test_what_did_not_come_is_not_given(text: str) -> None:
    assert read_given(text, (slot("code", SlotType.ID),), ()).problems == {"code": NOT_GIVEN}


def test_keeping_a_thing_refuses_nothing() -> None:
    found = read_given("actually no, I'd rather keep using it but with a different card", (SECURITY,), ())
    assert not found.problems


DEPARTURE = slot("departure_date", SlotType.DATE, at=3)
ORIGIN, DESTINATION = (
    slot("origin_airport", at=1, words="Origin"),
    slot("destination_airport", at=2, words="Destination"),
)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "I need to fly from Boston to Denver on the 12th of December 2026",
            {"departure_date": "2026-12-12", "origin_airport": "Boston", "destination_airport": "Denver"},
        ),
        ("we are leaving 3 January 2027", {"departure_date": "2027-01-03"}),
        ("I booked on 3 May 2026 and it went wrong", {}),
        ("my bag was lost on 3 May 2026", {}),
    ],
)
def test_an_opening_tells_where_and_when(text: str, values: dict[str, str]) -> None:
    assert early(text, (ORIGIN, DESTINATION, DEPARTURE), month_first=True) == values


def test_of_two_days_none_is_told_by_an_opening() -> None:
    assert not early("we leave on 3 January 2027", (DAY, DEPARTURE), month_first=True)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("from Boston", {"origin_airport": "Boston"}),
        ("to Denver", {"destination_airport": "Denver"}),
        ("to Denver, sorry, Dallas", {"destination_airport": "Dallas"}),
    ],
)
def test_a_place_is_for_what_leads_in_to_it(text: str, values: dict[str, str]) -> None:
    assert read_given(text, (ORIGIN, DESTINATION, DEPARTURE), ()).values == values


@pytest.mark.parametrize(
    ("text", "value"),
    [("it's GB 884 2231 09", "GB884223109"), ("it says 99 12 34", "991234"), ("NO 884 2231", "8842231")],
)
def test_an_id_in_groups_is_one(text: str, value: str) -> None:
    assert read_given(text, (TAX,), ()).values == {"business_tax_id": value}


def test_somebody_who_is_wanted_is_no_address() -> None:
    assert read_given("a person please", (ADDRESS,), ()).values == {}
