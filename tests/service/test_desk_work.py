"""What a line that a person does asks of them: its purpose in words, the values, and what is found there."""

from __future__ import annotations

from typing import Final

import pytest
from tests.engine.telling import AT, Told, released
from tests.engine.test_by_hand import CARDS, FAILING, PEOPLE, handed

from bythebook.engine.event import FactLearned, HumanNotified, HumanReturned, HumanTook
from bythebook.service.beside import waiting_at
from bythebook.service.desk_choices import facts_to_settle, otherwise
from bythebook.service.desk_work import Finding, Taken, work_of

RELEASE = released(CARDS, PEOPLE)


def taken_on(told: Told) -> Told:
    """The case is taken and handed back, and the desk is told of what comes next."""
    for fact in (HumanTook(AT, "Sam"), HumanReturned(AT, "Sam"), HumanNotified(AT, on_duty=True)):
        told.feed(fact)
    return told


def test_the_purpose_the_values_and_the_line_it_waits_at() -> None:
    told = handed()
    work = work_of(RELEASE, told.state)
    assert work is not None
    assert (work.label, work.purpose) == ("1a", "finds the member.")
    assert work.values == (Taken("member_number", "member number", "M-1"),)
    assert (work.finds, work.open) == ((), False)
    assert waiting_at(told.state) == ("1a",)


def test_what_is_found_is_tied_to_its_line() -> None:
    told = taken_on(handed())
    work = work_of(RELEASE, told.state)
    assert work is not None and (work.label, work.open) == ("1b", True)
    assert [one.words for one in work.finds] == ["the identity cannot be verified"]
    assert work.finds[0].otherwise == "the identity can be verified"
    told.feed(FactLearned(AT, work.finds[0].name, False, "Sam"))
    again = work_of(RELEASE, told.state)
    assert again is not None and (again.finds[0].known, again.open) == (True, False)


def test_each_branch_is_a_choice() -> None:
    work = work_of(RELEASE, taken_on(taken_on(handed())).state)
    assert work is not None
    assert work.finds == (
        Finding("gold_member", "the customer is a gold member", False),
        Finding("silver_member", "the customer is a silver member", False),
    )
    assert ("gold_member", work.finds[0].words) in facts_to_settle(RELEASE.routine)


def test_who_only_wants_a_person_is_no_work_of_a_line() -> None:
    told = Told(RELEASE)
    told.hears("act:human")
    assert work_of(RELEASE, told.state) is None


CARD_OF: Final = """\
# Another card

1. Find the customer.
   a. Ask the customer for their email address.
   b. Call find_customer(email_address).
2. Change the card.
   a. Ask the customer for their new address.
   b. Call order_card(customer_id, new_address).
   c. Call close_card(customer_id, old_card_id).
   d. Inform the customer of the number of the new card.
3. Ask: "Is there anything else I can help you with?"
   - If not, call `case_resolution`.

Functions:
- `find_customer(email_address)`: finds the customer.
- `order_card(customer_id, new_address)`: orders a card.
- `close_card(customer_id, old_card_id)`: closes the old card.
- `case_resolution()`: ends the case.
"""
BY_PEOPLE: Final = (
    "".join(
        f'[line."{label}"]\ndoes = "Transfer the customer to a human."\nsource = "Call {call}."\n\n'
        for label, call in (
            ("1b", "find_customer(email_address)"),
            ("2b", "order_card(customer_id, new_address)"),
            ("2c", "close_card(customer_id, old_card_id)"),
        )
    )
    + '[line."2d"]\ntext = "Your new card is {new_card}."\n'
    + 'approved_by = "Sam"\nsource = "Inform the customer of the number of the new card."\n'
)


def named(values: tuple[Taken, ...]) -> list[str]:
    return [one.name for one in values]


def test_what_lines_behind_it_need_and_nobody_gives_can_be_written_down() -> None:
    told = Told(released(CARD_OF, BY_PEOPLE))
    told.hears("routine")
    told.hears(email_address="mia@mill.example")
    work = work_of(told.release, told.state)
    assert work is not None and work.label == "1b"
    assert named(work.missing) == ["customer_id"], "the next line takes it; the address is asked for"
    assert named(work.later) == ["old_card_id", "new_card"]
    for name, value in (("customer_id", "C-12"), ("new_card", "7")):
        told.feed(FactLearned(AT, name, value, "Sam"))
    told.feed(HumanTook(AT, "Sam"))
    told.feed(HumanReturned(AT, "Sam"))
    assert told.state.pending == "2a"
    told.hears(new_address="9 Mill Lane, Leeds")
    work = work_of(told.release, told.state)
    assert work is not None and work.label == "2b"
    assert work.values[0] == Taken("customer_id", "customer id", "C-12")
    assert (named(work.missing), named(work.later)) == (["old_card_id"], [])


@pytest.mark.parametrize(
    ("words", "opposite"),
    [
        ("the identity cannot be verified", "the identity can be verified"),
        ("the customer is a gold member", "the customer is not a gold member"),
        ("the payment has not arrived", "the payment has arrived"),
        ("the customer agrees", "not so: the customer agrees"),
        ("the order is late or is lost", "not so: the order is late or is lost"),
        ("the card cannot be read, or is old", "not so: the card cannot be read, or is old"),
        ("no account is found", "not so: no account is found"),
        ("it is clear that the parcel is lost", "not so: it is clear that the parcel is lost"),
    ],
)
def test_the_opposite_of_a_condition_is_plain_or_said_to_be_not_so(words: str, opposite: str) -> None:
    assert otherwise(words) == opposite
    assert otherwise(words).count(" not ") <= 1


def test_the_line_that_a_failure_leads_to_is_named() -> None:
    told = Told(released(FAILING, PEOPLE))
    told.hears("routine")
    told.hears(member_number="M-1")
    work = work_of(told.release, told.state)
    assert work is not None and work.failing == "6a"
    unsaid = work_of(RELEASE, handed().state)
    assert unsaid is not None and unsaid.failing == ""
    assert unsaid.apology.startswith("I'm sorry")


def test_two_findings_of_which_one_is_the_opposite_of_the_other_are_one_choice() -> None:
    document = CARDS.replace(
        '      - Say: "We cannot go on without it."\n      - Proceed to step 5.\n',
        '      - Say: "We cannot go on without it."\n      - Proceed to step 5.\n'
        '   d. If the identity can be verified:\n      - Say: "Thank you."\n',
    )
    told = Told(released(document, PEOPLE))
    told.hears("routine")
    told.hears(member_number="M-1")
    work = work_of(told.release, taken_on(told).state)
    assert work is not None and (len(work.finds), work.opposed) == (2, True)
    branches = work_of(RELEASE, taken_on(taken_on(handed())).state)
    assert branches is not None and not branches.opposed, "gold and silver are not all there is"
