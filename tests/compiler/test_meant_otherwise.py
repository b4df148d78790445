"""What a line means by what stands around it: a value confirmed, a word as it stands, a case, answers in a list."""

from __future__ import annotations

import pytest

from bythebook.compiler.compile import Compiled, compile_document
from bythebook.routine.model import (
    Ask,
    Call,
    Collect,
    ConditionKind,
    Goto,
    QuestionKind,
    Repeat,
    Say,
    SlotType,
)
from bythebook.source.span import SourceFile

DOCUMENT = """## Parcels

### Routine

{lines}
{next}. Ask the customer: "Is there anything else I can assist you with today?"
{last}. Call the `case_resolution` function.

**Function Definitions:**

- `find_parcel(parcel_number)`: Finds the parcel. Returns the state: sent, lost or waiting.
- `redirect(address)`: Sends it elsewhere.
- `order(items, count, shipping)`: Orders. The shipping is standard or express.
- `case_resolution`: Marks the case as resolved.
"""


def compiled(*lines: str) -> Compiled:
    numbered = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    text = DOCUMENT.format(lines=numbered, next=len(lines) + 1, last=len(lines) + 2)
    return compile_document(SourceFile.of("document.md", text))


def names(one: Compiled) -> list[str]:
    return [finding.name for finding in one.diagnostics if finding.name != "unused-function"]


def test_a_value_that_a_later_call_takes_is_asked_for_where_it_is_to_be_confirmed() -> None:
    one = compiled("Confirm the delivery address.", "Call `redirect(address)`.")
    line = one.routine.steps[0].lines[0]
    assert isinstance(line.instruction, Collect)
    assert [slot.name for slot in line.instruction.slots] == ["address"]
    assert names(one) == []


def test_a_value_that_the_customer_gave_already_is_asked_about_with_yes_or_no() -> None:
    one = compiled(
        "Ask the customer for their new address.", "Confirm the address with them.", "Call `redirect(address)`."
    )
    line = one.routine.steps[1].lines[0]
    assert line.instruction == Ask(None, QuestionKind.YES_NO)
    assert names(one) == []


@pytest.mark.parametrize(
    "line",
    ["Confirm the new address.", "Confirm the address to the customer.", "Confirm that the address was changed."],
)
def test_behind_the_deed_it_is_told(line: str) -> None:
    one = compiled("Ask the customer for their address.", f"Call `redirect(address)`.\n   - {line}")
    assert isinstance(one.routine.steps[1].lines[-1].instruction, Say)
    assert names(one) == []


def test_between_the_two_a_finding_says_so() -> None:
    one = compiled(
        "Ask the customer for the parcel number.", "Call `find_parcel(parcel_number)`.", "Confirm the email address."
    )
    assert isinstance(one.routine.steps[2].lines[0].instruction, Say)
    assert names(one) == ["doubtful-telling"]


@pytest.mark.parametrize("words", ["the booking", "the refund", "the change"])
def test_what_is_no_value_is_told_as_before(words: str) -> None:
    one = compiled(f"Confirm {words}.", "Call `find_parcel(parcel_number)`.")
    assert isinstance(one.routine.steps[0].lines[0].instruction, Say)


def test_words_in_quotation_marks_are_given_as_they_stand_unless_they_name_a_value() -> None:
    one = compiled("Ask the customer for the items and the count.", 'Call `order("items", count, "standard")`.')
    assert one.routine.steps[1].lines[0].instruction == Call("order", ("items", "count", '"standard"'))


def test_a_bare_word_is_given_as_it_stands_where_the_definition_lists_it() -> None:
    one = compiled("Ask the customer for the items and the count.", "Call `order(items, count, express)`.")
    assert one.routine.steps[1].lines[0].instruction == Call("order", ("items", "count", '"express"'))


def test_how_many_asks_for_the_number_of_them() -> None:
    one = compiled(
        "Ask the customer for the items.", "Ask how many items there are.", "Call `order(items, count, express)`."
    )
    asked = one.routine.steps[1].lines[0].instruction
    assert isinstance(asked, Collect)
    assert [slot.name for slot in asked.slots] == ["count"]


def test_no_yes_answers_how_many() -> None:
    one = compiled("Ask how many parcels there are.", "If they agree, call `redirect(address)`.")
    assert (
        not isinstance(one.routine.steps[0].lines[0].instruction, Ask)
        or not one.routine.steps[0].lines[0].instruction.answers
    )
    assert "report-only-condition" in names(one)


def test_an_agreement_with_another_condition_is_not_the_agreement_alone() -> None:
    one = compiled(
        "Ask the customer if they would like it to be sent elsewhere.",
        "If they agree or the parcel is lost, call `find_parcel(parcel_number)`.",
    )
    condition = one.routine.steps[1].condition
    assert condition is not None
    assert condition.kind is ConditionKind.REPORT
    assert "report-only-condition" in names(one)


def test_bullets_under_a_question_are_its_answers() -> None:
    one = compiled(
        'Ask the customer: "Which service do you use?"\n   - Basic\n   - Plus\n   - Neither',
        'If Basic, say: "It takes five days."',
        'If Plus, say: "It takes two days."',
    )
    assert [step.condition and step.condition.question for step in one.routine.steps[1:3]] == ["1", "1"]
    assert names(one) == []


def test_a_case_is_a_condition_for_what_stands_under_it() -> None:
    one = compiled(
        "Ask the customer for the parcel number.",
        "Call `find_parcel(parcel_number)`.\n"
        "   - Case 1: The parcel was sent.\n     - Tell the customer to wait.\n"
        "   - Case 2: The parcel was lost.\n     - Transfer the customer to a human.",
    )
    told = [line.condition.kind for line in one.routine.steps[1].lines if line.condition is not None]
    assert told == [ConditionKind.RESULT, ConditionKind.RESULT]


def test_a_case_without_a_marker_is_reported_at_its_line() -> None:
    one = compiled("Ask which speed it is.\n   case 1: The parcel was sent.\n   Tell the customer to wait.")
    assert names(one)[0] == "unknown-instruction"
    assert one.file.position(one.diagnostics[0].label.span.start)[0] == 6


@pytest.mark.parametrize("above", ["Tell the customer the price:", "Ask the customer which of these they have:"])
def test_a_table_that_nobody_looks_up_is_reported(above: str) -> None:
    one = compiled(
        above + "\n\n   | Tariff | Price |\n   |---|---|\n   | Basic | 5 euros |\n   | Plus | 10 euros |\n"
    )
    assert "doubtful-telling" in names(one) or "unknown-instruction" in names(one)


def test_letters_or_digits_are_a_form_and_no_choice() -> None:
    one = compiled("Ask for the parcel number (6 letters or digits).", "Call `find_parcel(parcel_number)`.")
    what = one.routine.steps[0].lines[0].instruction
    assert isinstance(what, Collect)
    assert (what.slots[0].pattern, what.slots[0].options) == ("[A-Za-z0-9]{6}", ())


def test_a_check_over_conditions_is_their_heading() -> None:
    one = compiled('Check the age of the child:\n   a. If the child is under 5, say: "No."')
    assert Say(None) not in [line.instruction for line in one.routine.steps[0].lines]


def test_an_age_that_nobody_asks_for_is_not_compared() -> None:
    one = compiled("If the child is between 5 and 11, tell them that it is free.")
    assert "report-only-condition" in names(one)


@pytest.mark.parametrize("words", ["it returns a credit of 5 or more", "there is a hold of 100 or more"])
def test_a_sentence_is_no_name_of_a_value(words: str) -> None:
    one = compiled(
        "Ask the customer for the parcel number.",
        f"Call `find_parcel(parcel_number)`.\n   - If {words}, go to step 3.",
    )
    assert names(one)[0] in ("report-only-condition", "undecidable-condition")


def test_the_same_values_of_somebody_else_are_found() -> None:
    one = compiled("Ask for the name and the number of the sender, and of the receiver.")
    assert "unheld-words" in names(one)


def test_what_is_tried_again_behind_an_apology_is_tried_again() -> None:
    one = compiled(
        "Ask the customer for the address.",
        "Call `redirect(address)`.\n   - If it returns an error, apologize, wait a minute and try again once.",
    )
    assert any(isinstance(line.instruction, Repeat) for line in one.routine.steps[1].lines)
    assert "unheld-words" in names(one)


def test_a_repetition_under_a_no_asks_that_question_again() -> None:
    one = compiled(
        "Ask the customer for the parcel number.",
        "Call `find_parcel(parcel_number)`.",
        'Ask: "Do you see it?"\n   - No: ask them to look behind the door, then ask again. Repeat up to 2 times.',
    )
    again = [line.instruction for line in one.routine.steps[2].lines if isinstance(line.instruction, Repeat)]
    assert again == [Repeat("3", 2)]


def test_answers_that_a_question_letters_hang_on_it() -> None:
    one = compiled(
        'Ask: "Is it (a) a scratch, (b) a dent, or (c) something else?"\n'
        "   - (a) Tell them that it can be polished.\n   - (b) Tell them that it is mended.\n"
        "   - (c) Transfer the customer to a human."
    )
    kinds = [line.condition and line.condition.question for line in one.routine.steps[0].lines[1:4]]
    assert kinds == ["1", "1", "1"]


def test_several_else_ifs_are_branches_of_the_step_each() -> None:
    one = compiled(
        "Ask the customer for the parcel number.",
        "Call `find_parcel(parcel_number)`.",
        'If state is "sent":\n   - Say: "Sent."\n   Else if state is "lost":\n   - Say: "Lost."\n'
        '   Else if state is "waiting":\n   - Say: "Waiting."\n   Else:\n   - Transfer the customer to a human.',
    )
    parents = {line.label: line.parent for line in one.routine.steps[2].lines if line.condition is not None}
    assert set(parents.values()) == {None}
    assert len(parents) == 4


def test_bullets_that_say_what_to_do_are_no_answers() -> None:
    one = compiled('Ask: "Are you moving in or out?"\n   - Moving in → steps 2 to 4\n   - Moving out → steps 5 to 6')
    assert "unknown-instruction" in names(one)


def test_all_values_of_a_listed_line_are_asked_for() -> None:
    one = compiled("Collect the following:\n   - Full name\n   - Name and phone number of the current pharmacy")
    what = one.routine.steps[0].lines[0].instruction
    assert isinstance(what, Collect)
    assert len(what.slots) == 3


def test_how_many_is_a_number_where_lines_compare_it() -> None:
    one = compiled(
        "Ask how many days the customer has left.\n   - 3 days or less: transfer the customer to a human.\n"
        "   - More than 3 days: tell them to wait."
    )
    what = one.routine.steps[0].lines[0].instruction
    assert isinstance(what, Collect)
    assert what.slots[0].type is SlotType.NUMBER


def test_a_refusal_is_no_answer_to_which() -> None:
    one = compiled(
        'Ask: "Which glass is it: the front, the side, or the rear?"',
        "If the customer refuses a repair, transfer them to a human.",
    )
    assert "report-only-condition" in names(one)


def test_behind_stop_what_is_done_is_done_first() -> None:
    one = compiled("Stop and call `redirect(address)`.", 'Say: "Hello."')
    does = [line.instruction for line in one.routine.steps[0].lines]
    assert not isinstance(does[-1], Call)
    assert any(isinstance(what, Call) for what in does)


def test_a_jump_to_a_line_of_several_sentences_leads_to_its_first() -> None:
    one = compiled(
        "Ask the customer for the parcel number.\n   a. Call `find_parcel(parcel_number)` and tell them the state.",
        "Go to 1a.",
    )
    assert one.routine.steps[1].lines[0].instruction == Goto("1a(1)")


def test_a_passive_order_over_lines_is_no_heading() -> None:
    one = compiled("The guest should now be asked how it should be sent:\n   - Tell them the price.")
    asked = one.routine.steps[0].lines[0].instruction
    assert asked == Ask(None, QuestionKind.OPEN)


def test_an_instruction_to_call_and_use_the_result_calls() -> None:
    one = compiled("Ask the customer for the parcel number.", "Call `find_parcel(parcel_number)` and use the result.")
    assert one.routine.steps[1].lines[0].instruction == Call("find_parcel", ("parcel_number",))


def test_more_help_is_the_closing_question() -> None:
    one = compiled('Ask: "Can I help you with something more?"')
    what = one.routine.steps[0].lines[0].instruction
    assert isinstance(what, Ask)
    assert what.kind is QuestionKind.ANYTHING_ELSE


def test_what_goes_on_behind_a_conditional_step_goes_on_only_then() -> None:
    one = compiled(
        "Ask the customer for the parcel number.",
        "Call `find_parcel(parcel_number)`.",
        'If the state is "lost", say: "It is lost." Go to step 5.',
        "Tell them that it is on its way.",
    )
    step = one.routine.steps[2]
    goes = next(line for line in step.lines if isinstance(line.instruction, Goto))
    assert step.condition is not None or goes.condition is not None or goes.parent is not None
    assert "unreachable-step" not in names(one)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("The customer should be asked whether they want it.", Ask(None, QuestionKind.YES_NO)),
        ('The customer shall be told: "It is lost."', Say("It is lost.")),
        ("They should be told that it is lost.", Say(None)),
        ("The officer shall inform the customer that it is lost.", Say(None)),
    ],
)
def test_a_passive_order_is_one(line: str, what: object) -> None:
    assert compiled(line).routine.steps[0].lines[0].instruction == what


CHAPTER = """# 7. Card declined

Applies to debit cards.

7.1 Identification
7.1.1 Ask for the customer number.
7.1.2 Call `verify_customer(customer_number)`.

7.2 Limit
7.2.1 Ask to which amount the limit should be raised.
7.2.2 Call `raise_limit(customer_number, amount)`.
7.2.3 Ask whether there is anything else.
7.2.4 Call `case_resolution`.

7.3 Functions

- `verify_customer(customer_number)`: Verifies.
- `raise_limit(customer_number, amount)`: Raises the limit.
- `case_resolution`: Marks the case as resolved.
"""


def test_the_sections_of_a_chapter_are_steps() -> None:
    one = compile_document(SourceFile.of("document.md", CHAPTER))
    assert [step.label for step in one.routine.steps] == ["7.1", "7.2"]
    asked = one.routine.line("7.2.1")
    assert asked is not None
    assert isinstance(asked.instruction, Collect)
    assert [slot.name for slot in asked.instruction.slots] == ["amount"]
    assert names(one) == []


def test_steps_may_be_numbered_in_tenths() -> None:
    text = (
        "## Parcels\n\n### Routine\n\n1.0 Ask the customer for the parcel number.\n\n"
        "1.1 Call `find_parcel(parcel_number)`.\n\n"
        '2.0 If the state is "lost", proceed to 4.0.\n\n3.0 Say: "It was sent."\n\n'
        "4.0 Ask whether there is anything else.\n\n5.0 Call `case_resolution`.\n\n**Function Definitions:**\n\n"
        "- `find_parcel(parcel_number)`: Finds it. Returns the state: sent or lost.\n"
        "- `case_resolution`: Closes it.\n"
    )
    one = compile_document(SourceFile.of("document.md", text))
    assert [step.label for step in one.routine.steps] == ["1", "2", "3", "4", "5"]
    assert [line.label for line in one.routine.steps[0].lines] == ["1", "1.1"]
    assert one.routine.steps[1].lines[-1].instruction == Goto("4")
    assert names(one) == []
