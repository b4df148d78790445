"""Two opposites behind a call that checks something, yes and no in branches beside each other, and who is served."""

from __future__ import annotations

import pytest

from bythebook.compiler.compile import compile_document
from bythebook.routine.model import Call, Collect, Condition, ConditionKind, Outcome, Repeat, Routine, Told
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


CRACK = """\
1. Ask the customer whether the windscreen is chipped or cracked.
2. If it is chipped: say "We come to you."
3. If it is cracked: say "It is replaced." Ask the customer if they accept the excess. If they accept, call \
'book_repair' with car_number. If they do not accept, say "Come back to us."
"""


def test_a_condition_with_a_colon_holds_for_the_rest_of_its_line() -> None:
    found = routine(CRACK)
    parents = {line.label: line.parent for line in found.lines}
    assert [parents[f"3({number})"] for number in (2, 3, 4)] == ["3(1)"] * 3
    assert condition(found, "3(3)").question == "3(2)"


def test_branches_that_each_have_a_colon_stand_beside_each_other() -> None:
    found = routine('1. Ask: "Tea or milk?"\n2. If they want tea: say "Tea." If they want milk: say "Milk."\n')
    assert {line.label: line.parent for line in found.lines if line.label.startswith("2(")} == {
        "2(1)": None,
        "2(2)": None,
    }


def test_names_behind_with_are_arguments() -> None:
    call = next(line.instruction for line in routine(CRACK).lines if isinstance(line.instruction, Call))
    assert (call.function, call.arguments) == ("book_repair", ("car_number",))


def test_a_status_with_its_values_in_brackets_decides() -> None:
    found = routine(
        '1. Call track_parcel().\n2. If the parcel was delivered, say: "It is there."\n'
        '3. If the parcel is on its way, say: "Soon."\n\n'
        "Functions:\n- `track_parcel()`: Returns the status (delivered, on its way, unknown).\n"
    )
    values = ("delivered", "on its way", "unknown")
    assert condition(found, "2").test == Told("track_parcel", "delivered", values)
    assert condition(found, "3").test == Told("track_parcel", "on its way", values)


def test_a_question_for_a_number_collects_it_beside_a_wish_in_its_words() -> None:
    found = routine(
        "1. Ask the member how many months they want to pause.\n"
        '   - If the member wants to pause for a medical reason, say: "Bring a note."\n'
        "2. Call pause_membership(months).\n"
    )
    line = found.line("1")
    assert line is not None and isinstance(line.instruction, Collect)
    assert [slot.name for slot in line.instruction.slots] == ["months"]
    assert condition(found, "1.1").kind is ConditionKind.REPORT


def test_what_is_repeated_behind_a_message_is_repeated() -> None:
    found = routine(
        "1. Ask the customer for the tracking number.\n2. Call track_parcel(tracking_number).\n"
        "   a. If the parcel cannot be found, ask the customer to check the number, and repeat step 1 once.\n"
    )
    assert any(isinstance(line.instruction, Repeat) for line in found.lines)
