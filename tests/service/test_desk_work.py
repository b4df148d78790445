"""What a line that a person does asks of them: its purpose in words, the values, and what is found there."""

from __future__ import annotations

from tests.engine.telling import AT, Told, released
from tests.engine.test_by_hand import CARDS, PEOPLE, handed

from bythebook.engine.event import FactLearned, HumanNotified, HumanReturned, HumanTook
from bythebook.service.beside import waiting_at
from bythebook.service.desk_choices import facts_to_settle
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
