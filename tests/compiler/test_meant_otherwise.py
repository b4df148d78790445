"""What a line means by what stands around it: a value confirmed, a word as it stands, a case, answers in a list."""

from __future__ import annotations

import pytest

from bythebook.compiler.compile import Compiled, compile_document
from bythebook.routine.model import Ask, Call, Collect, ConditionKind, QuestionKind, Say
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
