"""What stands behind a deed, under a question, beside a call: each of these was once read as something else."""

from __future__ import annotations

import pytest

from bythebook.compiler.compile import Compiled, compile_document
from bythebook.compiler.flows import compile_documents
from bythebook.compiler.slots import type_of
from bythebook.routine.model import (
    Ask,
    Call,
    Collect,
    Compare,
    Condition,
    ConditionKind,
    Goto,
    HandOver,
    Line,
    Outcome,
    QuestionKind,
    Repeat,
    Say,
    SlotType,
)
from bythebook.source.span import SourceFile

FUNCTIONS = """
## Functions
- `find_order(order_id)`: finds it. Returns: found (true/false), state: open, sent, lost
- `refund(order_id)`: pays it back.
- `verify(order_id)`: checks it. Returns match: true or false.
- `case_resolution()`: closes the case.
"""


def compiled(steps: str) -> Compiled:
    return compile_document(SourceFile.of("d.md", f"# Orders\n\n## Routine\n\n{steps}\n{FUNCTIONS}"))


def lines_of(steps: str) -> dict[str, Line]:
    return {line.label: line for step in compiled(steps).routine.steps for line in step.lines}


def holds(steps: str, label: str) -> Condition:
    """Return the condition of a line, or of the step that it stands in."""
    routine = compiled(steps).routine
    step = next(one for one in routine.steps if any(line.label == label for line in one.lines))
    line = next(line for line in step.lines if line.label == label)
    condition = line.condition or step.condition
    assert condition is not None
    return condition


@pytest.mark.parametrize(
    ("words", "what", "said"),
    [
        ("Transfer to a human only if the customer insists.", HandOver, "the customer insists"),
        ("Only transfer to a human if the customer insists.", HandOver, "the customer insists"),
        ("Only if they insist, transfer to a human.", HandOver, "they insist"),
        ("Call `refund(order_id)` when the customer insists.", Call, "the customer insists"),
        ('Say "Sorry." if the order is late.', Say, "the order is late"),
        ("Inform the customer of the deposit if the party is large.", Say, "the party is large"),
    ],
)
def test_a_condition_behind_a_deed_is_the_deeds_own(words: str, what: type, said: str) -> None:
    line = lines_of(f"1. Ask for the order_id.\n2. {words}\n3. Call `case_resolution()`.")["2"]
    assert isinstance(line.instruction, what)
    assert holds(f"1. Ask for the order_id.\n2. {words}\n3. Call `case_resolution()`.", "2").text == said


@pytest.mark.parametrize(
    "words",
    [
        "Tell the customer that they can call us if they have questions.",
        "Let the customer know when it is ready.",
        "Call `find_order(order_id)` to see if it was sent.",
    ],
)
def test_a_condition_that_belongs_to_what_is_told_stays_there(words: str) -> None:
    assert lines_of(f"1. Ask for the order_id.\n2. {words}\n3. Call `case_resolution()`.")["2"].condition is None


@pytest.mark.parametrize(
    "words",
    ["Ask the customer to confirm the cancellation.", "Confirm with the customer that they really want to cancel."],
)
def test_a_deed_is_confirmed_with_yes_or_no(words: str) -> None:
    asked = lines_of(f"1. {words}\n2. Call `case_resolution()`.")["1"].instruction
    assert isinstance(asked, Ask) and asked.kind is QuestionKind.YES_NO


def test_if_not_denies_the_question_right_before_it() -> None:
    steps = """1. If the order is about a gift:
   1a. Ask whether the shop was told.
   1b. If not, say: "Please tell the shop first."
   1c. If so, call `refund(order_id)`.
2. Call `case_resolution()`."""
    condition = holds(steps, "1b")
    assert (condition.question, condition.answer) == ("1a", "no")


def test_what_is_looked_up_is_found_by_the_field_that_says_so() -> None:
    steps = """1. Ask for the order_id.
2. Call `find_order(order_id)`.
   2a. If the order is not on record, say: "I can't find it."
3. Call `case_resolution()`."""
    assert holds(steps, "2a").test == Compare("found", "==", False)


@pytest.mark.parametrize(("words", "value"), [("an order matches", True), ("nothing matches", False)])
def test_a_verb_says_what_a_field_holds(words: str, value: bool) -> None:
    steps = f'1. Ask for the order_id.\n2. Call `verify(order_id)`.\n3. If {words}, say: "Seen."'
    assert holds(steps, "3").test == Compare("match", "==", value)


def test_any_heading_stands_over_the_cases_of_a_table_that_says_what_to_say() -> None:
    steps = """1. Ask for the order_id.
2. Call `find_order(order_id)`.
3. Tell the customer:

   | Where it is | Say |
   |---|---|
   | open | "It is being packed." |
   | sent | "It is on its way." |
"""
    assert holds(steps, "3.1").test == Compare("state", "==", "open")
    assert holds(steps, "3.2").test == Compare("state", "==", "sent")


def test_success_and_failure_before_a_colon_are_outcomes() -> None:
    steps = """1. Ask for the order_id.
2. Call `refund(order_id)`.
   - Success: say "Done."
   - Failure: escalate to a supervisor."""
    assert holds(steps, "2.1").test == Outcome("refund", "success")
    assert holds(steps, "2.2").test == Outcome("refund", "failure")


def test_a_comparison_needs_no_if_and_counts_what_it_counts() -> None:
    steps = """1. Ask for the order_id and the refund amount.
2. Call `find_order(order_id)`.
   - refund_amount > 100: hand over to a supervisor.
   - If the amount is 20 EUR or less, call `refund(order_id)`."""
    assert holds(steps, "2.1").test == Compare("refund_amount", ">", 100)
    assert holds(steps, "2.2").test == Compare("refund_amount", "<=", 20)


def test_a_reading_on_a_day_is_no_day() -> None:
    assert type_of("meter reading on the day of the move") is SlotType.TEXT
    assert type_of("the day of the move") is SlotType.DATE


def test_again_and_its_limit_are_one_repetition() -> None:
    steps = """1. Ask for the order_id.
2. Call `find_order(order_id)`.
   2a. If it is not found, ask for the order_id again. Repeat at most three times."""
    repeated = [line.instruction for line in lines_of(steps).values() if isinstance(line.instruction, Repeat)]
    assert [one.times for one in repeated] == [3]


def test_an_agreement_that_is_wanted_is_asked_for() -> None:
    steps = "1. If the customer is abroad, tell the customer that it costs $5 and get their agreement."
    kinds = [line.instruction.kind for line in lines_of(steps).values() if isinstance(line.instruction, Ask)]
    assert QuestionKind.YES_NO in kinds


def test_bullets_under_a_question_are_its_answers() -> None:
    steps = """1. Ask the customer why they want it back:
   - It never arrived
   - It is too small
2. If it never arrived, call `find_order(order_id)`.
3. If it is too small, call `refund(order_id)`."""
    assert [holds(steps, label).question for label in ("2", "3")] == ["1", "1"]


def test_answers_in_brackets_settle_conditions() -> None:
    steps = """1. Ask which kind of order it is (gift, subscription, other).
2. If the order is a gift, call `refund(order_id)`.
3. If the order is a subscription, hand over to a supervisor."""
    assert holds(steps, "2").kind is ConditionKind.ANSWER


def test_a_slip_of_otherwise_is_no_title() -> None:
    found = compiled("1. Ask for the order_id.\n2. Othrewise:\n   a. Call `refund(order_id)`.")
    assert not any(isinstance(line.instruction, Call) for step in found.routine.steps for line in step.lines)
    assert any(one.name == "unknown-instruction" for one in found.diagnostics)


def test_two_things_are_never_said_as_one() -> None:
    words = "Ask the customer to check the number; after the second failure hand over to a colleague."
    assert not any(isinstance(line.instruction, Say) for line in lines_of(f"1. {words}").values())
    both = [line.instruction for line in lines_of('1. Restart it once more, then Step 2\n2. Say: "Done."').values()]
    assert any(isinstance(one, Goto) for one in both)


def test_bullets_over_numbered_lists_are_the_steps() -> None:
    steps = """* Ask for the order_id.
* Walk the customer through it:
  1. "Open the lid."
  2. "Press the button."
* Call `case_resolution()`."""
    assert [step.label for step in compiled(steps).routine.steps] == ["1", "2", "3"]


def test_the_labels_of_one_section_are_the_steps() -> None:
    text = (
        "# Leave\n\n## 1 Purpose\nThis says how.\n\n## 2 Procedure\n\n2.1 Ask for the order_id.\n"
        "2.2 Call `find_order(order_id)`.\n2.2.1 If it is not found, go back to 2.1.\n2.3 Call `case_resolution()`.\n"
        + FUNCTIONS.replace("## Functions", "## 3 Functions")
    )
    routine = compile_document(SourceFile.of("d.md", text)).routine
    assert [step.label for step in routine.steps] == ["2.1", "2.2", "2.3"]
    lines = {line.label: line.instruction for step in routine.steps for line in step.lines}
    assert lines["2.2.1"] == Goto("2.1")


def test_headings_that_name_flows_open_routines() -> None:
    flow = "1. Ask for the order_id.\n2. Call `{}(order_id)`.\n3. Call `case_resolution()`.\n\n"
    text = f"# Flow A: Lost\n\n{flow.format('find_order')}# Flow B: Back\n\n{flow.format('refund')}{FUNCTIONS}"
    assert len(compile_documents(SourceFile.of("d.md", text))) == 2


def test_retry_behind_a_deed_does_the_deed_again() -> None:
    steps = """1. Ask for the order_id.
2. Call `refund(order_id)`.
   2a. On failure, retry once. If it fails again, escalate to a supervisor."""
    repeated = [line.instruction for line in lines_of(steps).values() if isinstance(line.instruction, Repeat)]
    assert repeated == [Repeat("2", 1)]


def test_attempts_behind_a_check_ask_again_for_what_it_was_given() -> None:
    steps = """1. Ask for the order_id.
2. Call `verify(order_id)`.
   2a. If it does not match, allow two more attempts."""
    repeated = [line.instruction for line in lines_of(steps).values() if isinstance(line.instruction, Repeat)]
    assert repeated == [Repeat("1", 2)]


def test_what_comes_then_is_no_argument() -> None:
    steps = """1. Ask for the order_id.
2. Call `refund` with the order id, then tell the customer that it is paid."""
    calls = [line.instruction for line in lines_of(steps).values() if isinstance(line.instruction, Call)]
    assert ("order_id",) in [one.arguments for one in calls if one.function == "refund"]


def test_a_value_that_a_call_names_in_capitals_stands_where_it_is_written() -> None:
    found = compiled("1. Ask which number it is.\n2. Call `refund` with the NUMBER")
    slots = [
        slot
        for line in found.routine.lines
        if isinstance(line.instruction, Collect)
        for slot in line.instruction.slots
    ]
    assert [found.file.slice(slot.span) for slot in slots] == ["NUMBER"]


@pytest.mark.parametrize("words", ["Close the case.", "Mark it as resolved.", "Mark the case as closed."])
def test_closing_the_case_calls_the_function_that_closes_cases(words: str) -> None:
    found = compiled(f'1. Say: "Done."\n2. Ask if there is anything else.\n3. {words}\n')
    assert found.routine.resolution is not None
    assert found.routine.resolution.label == "3"
    assert not {"missing-resolution", "unreachable-step"} & {finding.name for finding in found.diagnostics}


def test_where_a_line_calls_it_closing_the_case_goes_there() -> None:
    steps = '1. Ask the customer: "Is it late?"\n   - If no, close the case.\n2. Call `case_resolution`.\n'
    assert [line.label for line in compiled(steps).routine.lines if line.instruction == Call("case_resolution")] == [
        "2"
    ]


@pytest.mark.parametrize(
    "note",
    [
        "If at any point the customer gets angry, call `verify(order_id)`.",
        "At any time, if the customer gets angry, call `verify(order_id)`.",
        "If the customer gets angry at any stage, call `verify(order_id)`.",
    ],
)
def test_a_paragraph_that_says_so_holds_at_any_time(note: str) -> None:
    steps = "1. Ask for the order id.\n2. Ask if there is anything else.\n3. Call `case_resolution`.\n"
    found = compiled(f"{steps}\n{note}\n")
    assert any(line.label.startswith("note.1") for line in found.routine.lines)
    assert "resolution-not-last" not in {finding.name for finding in found.diagnostics}


def test_a_time_that_suits_the_customer_is_no_note() -> None:
    note = "If the customer can come at any time, call `verify(order_id)`."
    steps = f'1. Ask for the order id.\n\n{note}\n\n2. Say: "Done."\n'
    assert not any(line.label.startswith("note") for line in compiled(steps).routine.lines)


def test_asked_to_check_the_number_it_is_tried_again_before_it_still_fails() -> None:
    lines = lines_of(
        "1. Ask for the order id.\n2. Call `find_order(order_id)`. If the order is not found, apologise and ask them "
        "to double-check the number; if it still cannot be found, transfer the chat to a human.\n"
    )
    assert [line.instruction for line in lines.values() if isinstance(line.instruction, Repeat)] == [Repeat("1", 1)]


def test_what_comes_before_a_deed_and_stands_behind_it_is_reported() -> None:
    late = "1. Call `refund(order_id)`. Tell the customer about the fee before doing so.\n"
    early = "1. Tell the customer about the fee before you refund the order. Call `refund(order_id)`.\n"
    assert "said-too-late" in {finding.name for finding in compiled(late).diagnostics}
    assert "said-too-late" not in {finding.name for finding in compiled(early).diagnostics}


@pytest.mark.parametrize(
    ("asks", "times"),
    [
        ("ask the customer to re-enter the number. Repeat until it is found, up to three times.", 3),
        ("ask them to double-check the number.", 1),
        ("have the customer re-enter the order number, twice", 2),
    ],
)
def test_whoever_is_to_enter_it_again_is_asked_what_they_were_asked_before(asks: str, times: int) -> None:
    steps = f"1. Ask for the order id.\n2. Call `find_order(order_id)`.\n   a. If it is not found, {asks}\n"
    found = [line.instruction for line in lines_of(steps).values() if not isinstance(line.instruction, Call)]
    assert [one for one in found if isinstance(one, Repeat)] == [Repeat("1", times)]
    assert sum(isinstance(one, Collect) for one in found) == 1


def test_a_call_whose_definition_alone_says_what_it_takes_is_fed_by_the_question_of_its_step() -> None:
    steps = (
        "1. See to the order.\n   a. Ask for the order id.\n   b. Call `find_order`.\n   c. If it fails, try again.\n"
    )
    assert lines_of(steps)["1c"].instruction == Repeat("1a", 1)
