"""A person does what a line calls a function for: the case waits there, and the order of the document stays."""

from __future__ import annotations

from typing import Final

import pytest
from tests.engine.telling import AT, Told, released

from bythebook.engine.decide import Refused
from bythebook.engine.event import (
    FactLearned,
    FunctionCalled,
    FunctionFailed,
    HandoffRequested,
    HumanNotified,
    HumanReturned,
    HumanSaid,
    HumanTook,
)
from bythebook.engine.menu import build_menu
from bythebook.engine.situation import situation_of
from bythebook.engine.state import Status
from bythebook.routine.model import ConditionKind

CARDS: Final = """\
# Cards

1. Ask the customer: "What is your member number?"
   a. `call find_member(member_number)`.
   b. `call check_identity(member_number)`.
   c. If the identity cannot be verified:
      - Say: "We cannot go on without it."
      - Proceed to step 5.
2. Determine the kind of membership.
   a. `call check_membership(member_number)`.
3. If the customer is a gold member:
   a. Say: "Gold members keep one card."
4. Else if the customer is a silver member:
   a. Say: "Silver members may keep none."
5. Ask: "Is there anything else I can help you with?"
   - If not, call `case_resolution`.

Functions:
- `find_member(member_number)`: finds the member.
- `check_identity(member_number)`: whether they are who they say.
- `check_membership(member_number)`: the kind of membership, gold member or silver member.
- `case_resolution()`: ends the case.
"""
PEOPLE: Final = "".join(
    f'[line."{label}"]\ndoes = "Transfer the customer to a human."\nsource = "`call {call}(member_number)`."\n\n'
    for label, call in (("1a", "find_member"), ("1b", "check_identity"), ("2a", "check_membership"))
)


def handed() -> Told:
    """A case whose customer has given their number, and which waits for a person at line 1a."""
    told = Told(released(CARDS, PEOPLE))
    told.hears("routine")
    told.hears(member_number="M-1")
    assert told.state.status is Status.HANDED_OFF
    return told


def goes_on(told: Told, **found: bool) -> list[str]:
    """A person takes the case, says what they found, and hands it back; return what is said then."""
    since = len(told.log)
    told.feed(HumanTook(AT, "Sam"))
    for name, value in found.items():
        told.feed(FactLearned(AT, name, value, "Sam"))
    told.feed(HumanReturned(AT, "Sam"))
    if told.state.status is Status.HANDED_OFF:
        told.feed(HumanNotified(AT, on_duty=True))
    return told.since(since)


def test_what_the_function_would_decide_only_a_person_says() -> None:
    release = released(CARDS, PEOPLE)
    kinds = {
        holder.label: (holder.condition.kind, holder.condition.found_at)
        for step in release.routine.steps
        for holder in (step, *step.lines)
        if holder.condition is not None
    }
    result = ConditionKind.RESULT
    by_hand = {"1c": (result, "1b"), "3": (result, "2a"), "4": (result, "2a")}
    assert kinds == {**by_hand, "5.1": (ConditionKind.ANSWER, "")}
    entries = build_menu(release, situation_of(Told(release).state)).entries
    assert not [entry.id for entry in entries if entry.id.startswith(("step:", "line:"))]


def test_the_order_of_the_document_stays() -> None:
    told = handed()
    assert goes_on(told) == []
    assert told.state.handoff == "`call check_identity(member_number)`."
    assert goes_on(told) == []
    assert told.state.handoff == "`call check_membership(member_number)`."
    assert goes_on(told, silver_member=True) == ["4a", "5"]


def test_customers_are_told_once_of_one_person() -> None:
    told = handed()
    goes_on(told)
    announced = [event.announced for event in told.log if isinstance(event, HandoffRequested)]
    assert announced == [True, False]


def test_neither_branch_before_somebody_has_looked() -> None:
    told = handed()
    goes_on(told)
    goes_on(told)
    assert goes_on(told) == ["5"], "who hands back without a word of it says that none of them holds"


def test_what_a_person_found_leads_on_as_a_result_would() -> None:
    told = handed()
    goes_on(told)
    assert goes_on(told, identity_cannot_verified=True) == ["1c.1", "5"]


def test_an_amount_that_a_person_looks_up_is_theirs_and_one_that_is_asked_for_is_not() -> None:
    document = CARDS.replace("3. If the customer is a gold member:", "3. If the balance is more than 100:").replace(
        "4. Else if the customer is a silver member:", '4. If the member number is "M-1":'
    )
    told = Told(released(document, PEOPLE))
    found = {step.label: step.condition.found_at for step in told.release.routine.steps if step.condition}
    assert found == {"3": "2a", "4": ""}


def test_what_a_jump_passed_is_due_where_a_person_hands_back_before_it() -> None:
    told = handed()
    goes_on(told)
    assert goes_on(told, identity_cannot_verified=True) == ["1c.1", "5"]
    told.feed(HumanTook(AT, "Sam"))
    told.feed(HumanReturned(AT, "Sam", "2a"))
    told.feed(HumanNotified(AT, on_duty=True))
    assert told.state.handing == "2a"
    assert goes_on(told, gold_member=True, identity_cannot_verified=False) == ["3a", "5"]


FAILING: Final = CARDS.replace(
    "Functions:",
    '6. If any step fails:\n   a. Say: "It could not be done today."\n   b. Proceed to step 5.\n\nFunctions:',
)


def could_not(told: Told) -> list[str]:
    """A person takes the case and could not do what the line asks for; return what is said then."""
    since = len(told.log)
    told.feed(HumanTook(AT, "Sam"))
    told.feed(HumanReturned(AT, "Sam", undone=True, why="The system is down."))
    if told.state.status is Status.HANDED_OFF:
        told.feed(HumanNotified(AT, on_duty=True))
    return told.since(since)


def test_what_a_person_could_not_do_leads_to_what_the_document_says_of_failures() -> None:
    told = Told(released(FAILING, PEOPLE))
    told.hears("routine")
    told.hears(member_number="M-1")
    assert could_not(told) == ["6a", "5"]
    assert told.state.status is Status.OPEN
    assert not any(isinstance(event, FunctionFailed | FunctionCalled) for event in told.log)


def test_where_the_document_says_nothing_of_failures_it_stays_with_a_person_and_nothing_claims_a_success() -> None:
    told = handed()
    assert could_not(told) == ["house:function_failed"]
    assert (told.state.status, told.state.handing) == (Status.HANDED_OFF, "1a")
    assert told.state.handoff == "line 1a could not be done"
    assert goes_on(told) == [], "it is done after all: the next line asks for a person again"
    assert told.state.handing == "1b"


def test_only_what_was_asked_of_a_person_can_fail_them() -> None:
    told = Told(released(CARDS, PEOPLE))
    told.hears("act:human")
    told.feed(HumanTook(AT, "Sam"))
    with pytest.raises(Refused, match="no line of the document asks a person for anything here"):
        told.feed(HumanReturned(AT, "Sam", undone=True))
    told = handed()
    told.feed(HumanTook(AT, "Sam"))
    with pytest.raises(Refused, match="name no line"):
        told.feed(HumanReturned(AT, "Sam", "2a", undone=True))


TWICE: Final = CARDS.replace("2. Determine the kind of membership.", '2. Ask the customer: "What is your birthday?"')


def asked_between() -> Told:
    """A case that was with a person, and has put a question since: behind its answer a person is due again."""
    told = Told(released(TWICE, PEOPLE))
    told.hears("routine")
    assert told.hears(member_number="M-1") == ["house:handoff"]
    goes_on(told)
    assert goes_on(told) == ["2"]
    return told


def test_a_customer_who_waits_for_a_person_is_told_so_once() -> None:
    told = asked_between()
    assert told.hears(birthday="1 May 1990") == []
    assert told.state.handing == "2a" and told.state.waiting_since is not None


def test_they_are_told_anew_once_nobody_is_there_or_a_person_has_spoken() -> None:
    told = asked_between()
    told.duty = False
    assert told.hears(birthday="1 May 1990") == ["house:handoff_nobody"]
    told = asked_between()
    told.feed(HumanTook(AT, "Sam"))
    told.feed(HumanSaid(AT, "Sam", "One moment."))
    told.feed(HumanReturned(AT, "Sam"))
    assert told.hears(birthday="1 May 1990") == ["house:handoff"]


def test_who_asks_for_a_person_is_told_of_one_whatever_they_were_told_before() -> None:
    told = asked_between()
    assert told.hears("act:human") == ["house:handoff"]
