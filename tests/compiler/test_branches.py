"""What lines imply without saying it: ends, hand-overs, lines that only a jump leads to, answers that are one."""

from __future__ import annotations

import pytest

from bythebook.compiler.branches import hands_over
from bythebook.compiler.checks.base import Beside
from bythebook.compiler.compile import Compiled, compile_document
from bythebook.compiler.opposites import opposite_words
from bythebook.compiler.value_lists import value_lists
from bythebook.routine.model import (
    Ask,
    Call,
    Collect,
    ConditionKind,
    Goto,
    Group,
    HandOver,
    Line,
    Not,
    QuestionKind,
    Told,
)
from bythebook.routine.options import option_in
from bythebook.source.span import SourceFile

CLOSING = "\n9. Ask the customer if there is anything else.\n10. Call the `case_resolution` function.\n"


def compiled(text: str, does: dict[str, str] | None = None) -> Compiled:
    return compile_document(SourceFile.of("document.md", text + CLOSING), beside=Beside(does=does or {}))


def line(found: Compiled, label: str) -> Line:
    one = found.routine.line(label)
    assert one is not None, [line.label for line in found.routine.lines]
    return one


# ---------------------------------------------------------------- values that a definition lists

LOOK_UP = """
1. Call the `find_contract` function.
2. If the customer has a yearly contract:
   - Inform the customer: "It ends in May."
3. If the member is not on a daily pass:
   - Inform the customer: "No pass."

**Function Definitions:**

- `find_contract`: Looks up the contract (e.g., Yearly Contract, Monthly Contract or Daily Pass).
"""


def test_a_listed_value_decides_a_condition_that_names_it() -> None:
    found = compile_document(SourceFile.of("document.md", LOOK_UP)).routine
    among = ("Yearly Contract", "Monthly Contract", "Daily Pass")
    yearly, no_pass = (step.condition for step in found.steps[1:3])
    assert yearly is not None
    assert no_pass is not None
    assert yearly.test == Told("find_contract", "Yearly Contract", among)
    assert no_pass.test == Not(Told("find_contract", "Daily Pass", among))


@pytest.mark.parametrize(
    ("words", "lists"),
    [
        ("Retrieves the plan (e.g., Small, Large).", [("Small", "Large")]),
        ("Tells the state; one of: open, closed or lost.", [("open", "closed", "lost")]),
        ("Tells whether the parcel is delivered, lost or on its way", [("delivered", "lost", "on its way")]),
        ("Retrieves the account (plan, status, and balance).", []),
        ("Shows if a tunnel is active, connected, and displays its details.", []),
        ("Confirms it using details (e.g., the last four digits of the card)", []),
        ("Cancels the plan.", []),
    ],
)
def test_lists_of_values(words: str, lists: list[tuple[str, ...]]) -> None:
    assert list(value_lists(words)) == lists


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("has a yearly contract", "Yearly Contract"),
        ("yearly", "Yearly Contract"),
        ("DAILY PASS", "Daily Pass"),
        ("Yearly Contract (paid in advance)", "Yearly Contract"),
        ("has a contract", None),
        ("not yearly", None),
        ("weekly", None),
        ("yearly or daily", None),
    ],
)
def test_the_value_that_words_name(words: str, named: str | None) -> None:
    assert option_in(words, ("Yearly Contract", "Monthly Contract", "Daily Pass")) == named


# ---------------------------------------------------------------- opposites


@pytest.mark.parametrize(
    ("first", "second", "opposite"),
    [
        ("seats are available", "seats are not available", True),
        ("seats are available", "no seats are available", True),
        ("the room is available", "the room is unavailable", True),
        ("the customer is asking about the same flight", "the customer is not", True),
        ("the customer wants a refund", "the customer does not want a refund", True),
        ("the customer wants a refund", "the customer wants credits", False),
        ("the customer has a receipt", "the customer has no bag", False),
    ],
)
def test_opposite_words(first: str, second: str, opposite: bool) -> None:
    assert opposite_words(first, second) is opposite
    assert opposite_words(second, first) is opposite


def test_opposite_answers_are_a_yes_and_a_no() -> None:
    found = compiled("""
1. Confirm which bag the customer means.
1a) If the customer means the blue bag, call the `find_bag` function.
1b) If the customer does not, call the `search` function.
""")
    ask = line(found, "1").instruction
    assert isinstance(ask, Ask)
    assert (ask.kind, ask.answers) == (QuestionKind.YES_NO, ("1a", "1b"))
    conditions = [line(found, label).condition for label in ("1a", "1b")]
    assert [(one.answer, one.fact) for one in conditions if one] == [
        ("yes", "means_the_blue_bag"),
        ("no", "not_means_the_blue_bag"),
    ]


def test_two_conditions_in_the_same_words_are_one_answer() -> None:
    found = compiled("""
1. Ask the customer: "Do you want a repair or a voucher?"
2. If the customer wants a repair follow step 2a). If the customer wants a voucher move to step 3.
2a) Call the `repair` function.
2b) Inform the customer: "It takes a week."
3. If the customer wants a voucher, call the `give_voucher` function.
""")
    ask, third = line(found, "1").instruction, found.routine.step("3")
    assert isinstance(ask, Ask)
    assert ask.answers == ("2(1)", "2(2)")
    assert third is not None
    assert third.condition is not None
    assert third.condition.answer == "2(2)"
    # The lines that only the first answer sends to hang on it.
    assert line(found, "2(1)").instruction == Group()
    assert [line(found, label).parent for label in ("2a", "2b")] == ["2(1)", "2(1)"]
    assert line(found, "2(2)").instruction == Goto("3")


# ---------------------------------------------------------------- ends, hand-overs, what nobody finds out

SEATS = """
1. Call the `check_rules` function.
1a) If the ticket is valid: proceed to the next step.
1b) If the ticket is not valid: inform the customer: "It cannot be changed."
2. Check for free rooms:
2a) If rooms are available, proceed to the next step.
2b) If rooms are not available, advise the customer to ask again later.
3. Call the `change` function.
"""


def test_where_one_branch_goes_on_its_opposite_ends() -> None:
    found = compiled(SEATS)
    assert line(found, "1a").instruction == Goto("2")
    end = line(found, "1b>")
    assert (end.instruction, end.parent) == (Goto("9"), "1b")
    assert line(found, "2b>").instruction == Goto("9")


def test_what_nothing_finds_out_a_human_does() -> None:
    found = compiled(SEATS)
    asks = line(found, "2!")
    assert asks.instruction == HandOver("Check for free rooms:")
    assert asks.condition is not None
    assert (asks.condition.kind, asks.condition.instead_of) == (ConditionKind.OTHERWISE, ("2a", "2b"))
    assert found.routine.line("1!") is None  # a function has found it out


def test_a_pair_about_the_customer_is_theirs_to_say() -> None:
    found = compiled("""
1. Look at the receipt:
   - If the customer has a receipt: call the `refund` function.
   - If the customer has no receipt: call the `voucher` function.
""")
    assert not [one.label for one in found.routine.lines if one.label.endswith("!")]


@pytest.mark.parametrize(
    ("name", "purpose", "hands"),
    [
        ("escalate_to_agent", "", True),
        ("transfer_to_triage", "", True),
        ("transfer_to_human_agents", "", True),
        ("handoff", "", True),
        ("open_case", "Transfers the call to a human agent.", True),
        ("transfer_money", "Transfers money to another account.", False),
        ("forward_parcel", "Sends the parcel on.", False),
        ("connect_line", "Connects the line.", False),
    ],
)
def test_functions_that_hand_over(name: str, purpose: str, hands: bool) -> None:
    assert hands_over(name, purpose) is hands


def test_a_call_that_hands_over_is_followed_by_the_hand_over() -> None:
    found = compiled("1. If the customer asks for a manager, call the `escalate_to_manager` function.\n")
    labels = [one.label for one in found.routine.lines]
    assert labels[:2] == ["1", "1!"]
    assert line(found, "1!").parent == "1"
    assert isinstance(line(found, "1!").instruction, HandOver)


# ---------------------------------------------------------------- arguments, and what is said along

EXEMPTION = """
1. Ask the customer for the billing email.
2. Ask the customer: "Could you please send us your **certificate**?"
3. Tell the customer how to send it:
   - Say: "Use the form."
   - Say: "Name your invoice."
4. Once the customer has provided the certificate:
   a. Call the `process` function.

**Function Definitions:**

- `process`:
  - **Purpose**: Processes it.
  - **Parameters**:
    - certificate
    - account_identifier (organization ID/invoice number/email address)
"""


def test_an_argument_is_filled_by_the_one_value_that_its_definition_allows() -> None:
    found = compile_document(SourceFile.of("document.md", EXEMPTION))
    assert line(found, "4a").instruction == Call("process", ("certificate", "billing_email"))
    assert "unfilled-argument" not in {finding.name for finding in found.diagnostics}


def test_lines_between_a_question_and_once_they_have_provided_it_are_said_with_it() -> None:
    found = compile_document(SourceFile.of("document.md", EXEMPTION))
    asks = [one.instruction for one in found.routine.lines if isinstance(one.instruction, Collect)]
    assert [ask.along for ask in asks] == [(), ("3.1", "3.2")]
    waiting = EXEMPTION.replace("4. Once the customer has provided the certificate:", "4. Process it:")
    found = compile_document(SourceFile.of("document.md", waiting))
    asks = [one.instruction for one in found.routine.lines if isinstance(one.instruction, Collect)]
    assert [ask.along for ask in asks] == [(), ()]


def test_words_that_quoted_lines_fulfil_need_no_phrase() -> None:
    found = compiled("""
1. Greet the customer.
   - If the customer needs help finding it, provide guidance.
     - Say: "It is on your bill."
""")
    assert line(found, "1.1").instruction == Group()


# ---------------------------------------------------------------- what a line does instead


def test_a_line_may_do_what_is_written_beside_the_document() -> None:
    text = "\n1. Call the `search` function.\n2. If the bag is found:\n2a) Arrange for it to be delivered.\n"
    assert "unknown-instruction" in {finding.name for finding in compiled(text).diagnostics}
    found = compiled(text, {"2a": "Call the `deliver` function."})
    assert "unknown-instruction" not in {finding.name for finding in found.diagnostics}
    assert line(found, "2a").instruction == Call("deliver", ())
    found = compiled(text, {"2a": "Ask the customer for their address."})
    ask = line(found, "2a").instruction
    assert isinstance(ask, Collect)
    assert [(slot.name, slot.span) for slot in ask.slots] == [("address", line(found, "2a").span)]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("If the customer agrees, call the `deliver` function.", "the customer agrees"),
        ("If the customer agrees, then `call deliver(address)`", "the customer agrees"),
        ("Call the `deliver` function if the customer agrees.", "the customer agrees"),
        ('If the customer agrees, call `deliver`. Otherwise, say: "It stays here."', "the customer agrees"),
        ('If the customer agrees, say: "It is on its way." and call the `deliver` function.', "the customer agrees"),
    ],
)
def test_a_person_who_does_the_call_of_a_line_leaves_all_else_in_it(words: str, kept: str) -> None:
    text = f'\n1. Ask the customer: "Shall we bring it?"\n2. {words}\n'
    was, now = compiled(text).routine, compiled(text, {"2": "Transfer the customer to a human."}).routine
    conditions = [one.condition.text for one in (*now.steps, *now.lines) if one.condition is not None]
    assert kept in conditions
    assert [one.label for one in now.lines] == [one.label for one in was.lines]
    changed = [
        (one.instruction, other.instruction)
        for one, other in zip(was.lines, now.lines, strict=True)
        if one.instruction != other.instruction
    ]
    assert len(changed) == 1 and isinstance(changed[0][0], Call) and isinstance(changed[0][1], HandOver)
    assert "deliver" in changed[0][1].reason
