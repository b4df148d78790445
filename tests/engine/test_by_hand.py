"""A person does what a line calls a function for: the case waits there, and the order of the document stays."""

from __future__ import annotations

from typing import Final

from tests.engine.telling import AT, Told, released

from bythebook.engine.event import FactLearned, HandoffRequested, HumanNotified, HumanReturned, HumanTook
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
