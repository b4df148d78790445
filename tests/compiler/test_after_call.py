"""Two opposites behind a call that checks something, yes and no in branches beside each other, and who is served."""

from __future__ import annotations

import pytest

from bythebook.compiler.compile import compile_document
from bythebook.routine.model import Condition, ConditionKind, Outcome, Routine
from bythebook.source.span import SourceFile


def routine(text: str) -> Routine:
    return compile_document(SourceFile.of("document.md", text)).routine


def condition(found: Routine, label: str) -> Condition:
    line, step = found.line(label), found.step(label)
    held = line.condition if line is not None and line.condition is not None else step.condition if step else None
    assert held is not None, [one.label for one in found.lines]
    return held


COVERED = """\
1. Find out.
   a. Call {function}(address).
   b. If the new address is covered:
      - Say: "It works there."
   c. If the new address is not covered:
      - Say: "It does not work there."
"""


def test_two_opposites_behind_a_check_are_its_outcome() -> None:
    found = routine(COVERED.format(function="check_coverage"))
    assert condition(found, "1b").test == Outcome("check_coverage", "success")
    assert condition(found, "1c").test == Outcome("check_coverage", "failure")


def test_a_deed_tells_nothing_of_what_it_did_not_look_for() -> None:
    found = routine(COVERED.format(function="send_letter"))
    assert condition(found, "1b").kind is ConditionKind.REPORT


def test_what_is_said_of_people_is_theirs_to_say() -> None:
    text = COVERED.format(function="check_coverage").replace("the new address is", "the customer is")
    assert condition(routine(text), "1b").kind is not ConditionKind.RESULT


BRANCHES = """\
1. Ask the customer if they would like a new card.
1a) If the customer says yes, ask for the delivery address and call order_card(delivery_address).
1b) If the customer says no, say: "You can order one at any time."
"""


def test_a_no_answers_the_question_before_both_branches_and_not_the_one_inside_the_other() -> None:
    found = routine(BRANCHES)
    assert (condition(found, "1a").question, condition(found, "1a").answer) == ("1", "yes")
    assert (condition(found, "1b").question, condition(found, "1b").answer) == ("1", "no")


@pytest.mark.parametrize("who", ["customer", "guest", "patient", "passenger", "cardholder", "policy holder"])
def test_whoever_is_served_answers_the_question(who: str) -> None:
    found = routine(f'1. Ask the {who} if they want tea.\n2. If the {who} agrees, say: "Here it is."\n')
    assert condition(found, "2").question == "1"
