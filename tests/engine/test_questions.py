"""Questions in their place: under conditions, lapsed, without an answer, and what a value that comes late changes."""

from __future__ import annotations

import pytest
from tests.engine.telling import Told, released

CLOSING = """\
{n}. Ask the customer: "Is there anything else?"
{m}. Call the `case_resolution` function.
"""

# ---------------------------------------------------------------- a question under a condition that a call decides

LOCKER = """\
1. Ask the customer for their locker number.
2. Open the locker.
   a. Call find_locker(locker_number).
   b. If the locker is found:
      - Ask the customer if they would like it opened.
      - If the customer agrees:
         - Call open_locker(locker_number).
         - Say: "It is open."
      - Else:
         - Say: "It stays shut."
   c. Else:
      - Say: "There is no such locker."
""" + CLOSING.format(n=3, m=4)


@pytest.mark.parametrize(
    ("answer", "then"),
    [("act:affirm", ["open_locker()", "2b.2.2", "3"]), ("act:deny", ["2b.3.1", "3"])],
)
def test_what_hangs_on_a_question_waits_for_its_answer_where_a_call_before_it_decides_that_it_is_asked(
    answer: str, then: list[str]
) -> None:
    case = Told(released(LOCKER), {"find_locker": {"found": True}})
    assert case.hears("act:greeting") == ["1"]
    assert case.hears(locker_number="12") == ["find_locker()", "2b.1"]
    assert case.hears(answer) == then


def test_the_other_branch_asks_nothing() -> None:
    case = Told(released(LOCKER), {"find_locker": {"found": False}})
    case.hears("act:greeting")
    assert case.hears(locker_number="12") == ["find_locker()", "2c.1", "3"]


ON_REQUEST = """\
1. Ask the customer: "Do you want a room or a desk?"
2. If the customer wants a room:
   a. Call find_room().
   b. If a room is found:
      - Ask the customer for their badge number.
      - Call book_room(badge_number).
      - Say: "It is yours."
3. If the customer wants a desk:
   a. Say: "Take any."
""" + CLOSING.format(n=4, m=5)


def test_so_it_is_in_a_step_that_words_have_entered() -> None:
    case = Told(released(ON_REQUEST), {"find_room": {"found": True}})
    assert case.hears("step:2") == ["find_room()", "2b.1"]
    assert case.hears(badge_number="77") == ["book_room()", "2b.3", "4"]


# ---------------------------------------------------------------- questions that lapse

SORTING = """\
1. Ask the customer whether they have a parcel or a letter.
2. If the customer has a parcel:
   a. Say: "Parcels come by noon."
3. If the customer has a letter:
   a. Say: "Letters come by ten."
4. If the customer was charged twice:
   a. Say: "We look into it."
""" + CLOSING.format(n=5, m=6)


def test_a_question_that_nobody_needs_any_more_lapses() -> None:
    case = Told(released(SORTING))
    assert case.hears("act:greeting") == ["1"]
    assert case.hears("step:4") == ["4a", "5"]
    assert "1" in case.state.settled and "1" not in case.state.answers


def test_and_may_be_answered_all_the_same() -> None:
    case = Told(released(SORTING))
    case.hears("step:4")
    assert case.hears("step:3") == ["3a", "5"]


CARD = """\
1. Ask the customer for their account number.
2. See to the card.
   a. Ask the customer if they would like help with it.
   b. If the customer agrees:
      - Say: "Let us begin."
   c. Else:
      - Say: "The page tells you how."
   d. If the customer wants to keep the service but change the card:
      - Ask the customer for the new card number.
      - Call add_card(new_card_number).
      - Say: "It is there."
""" + CLOSING.format(n=3, m=4)


def test_a_wish_put_in_place_of_an_answer_lets_the_question_beside_it_lapse() -> None:
    case = Told(released(CARD))
    case.hears("act:greeting")
    assert case.hears(account_number="A1") == ["2a"]
    assert case.hears("step:2d") == ["2d.1"]
    assert case.hears(new_card_number="77") == ["add_card()", "2d.3", "3"], "neither branch of the question is said"


def test_a_wish_told_early_waits_for_its_place() -> None:
    case = Told(released(CARD))
    assert case.hears("step:2d") == ["1"]
    assert case.hears(account_number="A1") == ["2d.1"]


def test_a_question_that_an_opening_has_answered_is_not_said_as_thanks() -> None:
    document = """\
1. Ask the customer whether the card was lost or stolen.
2. Ask the customer for their card number.
3. If the card was stolen, say: "Tell the police."
4. If the card was lost, say: "It may turn up."
""" + CLOSING.format(n=5, m=6)
    case = Told(released(document))
    assert case.hears("step:3") == ["2"]
    assert case.hears(card_number="4242") == ["3", "5"]


def test_a_wish_that_nobody_is_sure_of_is_neither_kept_nor_asked_about_where_something_is_asked_first() -> None:
    case = Told(released(CARD))
    assert case.hears("step:2d", unsure=True) == ["1"]
    assert case.hears(account_number="A1") == ["2a"]


# ---------------------------------------------------------------- values that are not given, or change

LOST = """\
1. Find the booking.
   a. Ask the customer for their booking number.
   b. If the customer cannot find it:
      - Say: "It is in the letter."
   c. Call find_booking(booking_number).
2. Say: "We have it."
""" + CLOSING.format(n=3, m=4)


def test_without_a_value_the_documents_guidance_comes_once_and_then_a_person_is_offered() -> None:
    case = Told(released(LOST))
    case.hears("act:greeting")
    assert case.hears("other:not_given") == ["1b.1", "1a"]
    assert case.hears("other:not_given") == ["house:cannot_go_on", "house:offer_human"]
    assert case.hears(booking_number="B7") == ["find_booking()", "2", "3"]


def test_who_will_not_say_it_is_not_told_where_it_stands() -> None:
    case = Told(released(LOST))
    case.hears("act:greeting")
    assert case.hears("other:withheld") == ["house:cannot_go_on", "house:offer_human"]
    assert case.hears("act:affirm") == ["house:handoff"]


def test_a_value_that_the_document_does_not_insist_on_is_left_out() -> None:
    optional = LOST.replace("their booking number.", "their booking number (optional).")
    case = Told(released(optional))
    case.hears("act:greeting")
    assert case.hears("other:not_given") == ["find_booking()", "2", "3"]


def test_a_value_that_changes_before_it_is_passed_on_is_taken_and_after_that_a_person_is_offered() -> None:
    document = """\
1. Ask the customer for their booking number.
2. Ask the customer for their last name.
3. Call find_booking(booking_number, last_name).
""" + CLOSING.format(n=4, m=5)
    case = Told(released(document))
    case.hears("act:greeting")
    assert case.hears(booking_number="B7") == ["2"]
    assert case.hears(booking_number="B8") == ["house:correction", "2"]
    assert case.hears(last_name="Lee") == ["find_booking()", "4"]
    assert case.state.facts["booking_number"] == "B8"
    assert case.hears(booking_number="B8") == ["4"], "the same again changes nothing"
    assert case.hears(booking_number="B9") == ["house:passed_on_already", "house:offer_human"]


# ---------------------------------------------------------------- hello, notes, and what came to nothing

DEEDS = """\
Note: If the customer demands a supervisor, call escalate_to_supervisor. \
Note: If the customer's request is about another matter, call transfer_to_triage.

1. Call start_search().
2. If the parcel is found, say: "It is here."
3. If the parcel is not found, say: "It is not here."
""" + CLOSING.format(n=4, m=5)
FOUND = {"start_search": {"found": True}}


def test_a_bare_hello_starts_nothing_that_is_done() -> None:
    case = Told(released(DEEDS), FOUND)
    assert case.hears("act:greeting") == ["house:how_can_i_help"]
    assert case.hears("routine") == ["start_search()", "2", "4"]


def test_a_bare_hello_is_answered_with_the_question_that_comes_first() -> None:
    assert Told(released(LOST)).hears("act:greeting") == ["1a"]


@pytest.mark.parametrize(
    ("meant", "called"),
    [("act:human", "escalate_to_supervisor()"), ("other:off_topic", "transfer_to_triage()")],
)
def test_a_note_binds_before_anything_else_is_done(meant: str, called: str) -> None:
    case = Told(released(DEEDS), FOUND)
    assert case.hears(meant) == [called, "house:handoff"]


def test_a_note_binds_in_the_middle_too() -> None:
    case = Told(released(DEEDS), FOUND)
    case.hears("routine")
    assert case.hears("act:human") == ["escalate_to_supervisor()", "house:handoff"]


def test_what_is_the_routines_matter_leaves_its_question_where_it_is() -> None:
    case = Told(released(LOST))
    case.hears("act:greeting")
    for _ in range(4):
        assert case.hears("routine") == ["1a"], "that is no miss"


NEEDED = """\
1. Ask the customer for their email address.
2. Call find_account(email_address).
3. Call close_account({argument}).
""" + CLOSING.format(n=4, m=5)


def test_what_is_not_found_ends_with_a_person_where_what_follows_needs_it() -> None:
    missing = {"find_account": {"found": False}}
    case = Told(released(NEEDED.format(argument="account_id")), missing)
    case.hears("act:greeting")
    assert case.hears(email_address="a@b.example") == ["find_account()", "house:function_failed", "house:handoff"]
    case = Told(released(NEEDED.format(argument="email_address")), missing)
    case.hears("act:greeting")
    assert case.hears(email_address="a@b.example") == ["find_account()", "close_account()", "4"]
