"""Every construct that real documents are written with, each alone in a small document of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bythebook.compiler.account import Fate, account
from bythebook.compiler.compile import Compiled, compile_document
from bythebook.compiler.flows import compile_documents
from bythebook.engine.walk import arguments_of
from bythebook.routine.model import (
    All,
    Any,
    Ask,
    Call,
    Collect,
    Compare,
    Condition,
    ConditionKind,
    Goto,
    Group,
    HandOver,
    Instruction,
    Line,
    Not,
    Outcome,
    QuestionKind,
    Repeat,
    Say,
    SlotType,
)
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile


def compiled(text: str) -> Compiled:
    found = compile_document(SourceFile.of("document.md", text))
    assert not [one for one in account(found) if one.fate is Fate.LOST]
    return found


def line(found: Compiled, label: str) -> Line:
    one = found.routine.line(label)
    assert one is not None, [other.label for other in found.routine.lines]
    return one


def condition(found: Compiled, label: str) -> Condition:
    step = found.routine.step(label)
    one = found.routine.line(label)
    held = (step.condition if step else None) or (one.condition if one else None)
    assert held is not None, label
    return held


def labels(found: Compiled) -> list[str]:
    return [one.label for one in found.routine.lines]


def errors(found: Compiled) -> list[str]:
    return [one.name for one in found.diagnostics if one.severity is Severity.ERROR]


INDENTED = """\
1. Look up the parcel.
   a. Ask the customer for their parcel number.
   b. Call find_parcel(parcel_number).
   c. If the parcel cannot be found, then:
      - Inform the customer that nothing is known of it.
      - Proceed to step 3.
2. Arrange a new delivery.
   a. Ask the customer if they would like a new delivery.
   b. If the customer agrees:
      - Call redeliver(parcel_number).
      - Inform the customer that it comes tomorrow.
   c. Else:
      - Provide the following ways to get it:
         - Go to the shop.
         - Send somebody.
      - Inform the customer that it is kept for a week.
3. Ask the customer if there is anything else you can help with.
4. Call case_resolution().
"""


def test_lost_indentation_gives_the_same_routine() -> None:
    flat = "\n".join(row.strip() for row in INDENTED.split("\n"))
    one, other = compiled(INDENTED), compiled(flat)
    assert errors(one) == errors(other) == []

    def shape(found: Compiled) -> list[tuple[object, ...]]:
        return [
            (step.label, step.condition and step.condition.text, one.label, one.parent, _kept(one.instruction))
            for step in found.routine.steps
            for one in step.lines
        ]

    assert shape(one) == shape(other)
    assert labels(one) == [
        *("1a", "1b", "1c", "1c.1", "1c.2", "2a", "2b", "2b.1", "2b.2", "2c", "2c.1", "2c.2", "3", "4")
    ]


def _kept(what: Instruction) -> object:
    return [slot.name for slot in what.slots] if isinstance(what, Collect) else what


@pytest.mark.parametrize(
    "text",
    [
        '1. Help them:\n1a. Say: "One."\n1b. Say: "Two."\n',
        '1. Help them:\n1a) Say: "One."\n1b) Say: "Two."\n',
        '1) Help them:\n   a) Say: "One."\n   b) Say: "Two."\n',
        '1. Help them:\n- a. Say: "One."\n- b. Say: "Two."\n',
        '## Step 1: Help them\na. Say: "One."\nb. Say: "Two."\n',
        '### Step 1 - Help them\n\na. Say: "One."\n\nb. Say: "Two."\n',
    ],
)
def test_layouts_of_letters(text: str) -> None:
    found = compiled(text)
    assert labels(found) == ["1a", "1b"]
    assert errors(found) == []


def test_headings_are_steps_and_numbers_under_them_are_lines() -> None:
    found = compiled(
        '# Parcels\n\n## Step 1: Greet\n\n1. Say: "Hello."\n2. Say: "Here."\n\n## Step 1.1: Part\n- Say: "x"\n'
    )
    assert [step.label for step in found.routine.steps] == ["1", "1.1"]
    assert [one.instruction for one in found.routine.lines] == [Say("Hello."), Say("Here."), Say("x")]
    assert found.routine.article.title == "Parcels"


def test_a_step_nought() -> None:
    found = compiled(
        '0. Start:\n   a. If the customer says something like "Hi", then proceed to step 1.\n1. Say: "Hello."\n'
    )
    assert line(found, "0a").instruction == Goto("1")


def test_two_letters_alike_in_one_step() -> None:
    found = compiled('1. Help them:\n   a. Say: "One."\n   a. Say: "Two."\n')
    assert labels(found) == ["1a", "1a-2"]


def test_conditions_without_a_marker_have_the_lines_that_follow() -> None:
    found = compiled(
        '1. Call the `find_parcel` function.\n\n**If the parcel is found:**\n- Say: "Found."\n\n'
        '**If the parcel is not found:**\n- Say: "Gone."\n'
    )
    assert labels(found) == ["1", "1.1", "1.1.1", "1.2", "1.2.1"]
    assert condition(found, "1.1").test == Outcome("find_parcel", "success")
    assert condition(found, "1.2").test == Outcome("find_parcel", "failure")


def test_letters_under_a_condition_without_a_marker_keep_their_labels() -> None:
    found = compiled('1. Ask the customer: "Is it a gift?"\nIf yes:\na. Say: "Nice."\nOtherwise:\nb. Say: "Good."\n')
    assert [(one.label, one.parent) for one in tuple(found.routine.lines)[1:]] == [
        ("1.1", None),
        ("1a", "1.1"),
        ("1.2", None),
        ("1b", "1.2"),
    ]
    assert condition(found, "1.1").answer == "yes"
    assert condition(found, "1.2").instead_of == ("1.1",)


@pytest.mark.parametrize(
    ("words", "call"),
    [
        ("Call the find_parcel(number)", Call("find_parcel", ("number",))),
        ("call find_parcel(number, day)", Call("find_parcel", ("number", "day"))),
        ("Call the `find_parcel` function", Call("find_parcel")),
        ("`call the find_parcel function`", Call("find_parcel")),
        ("Call the 'find_parcel' function to begin.", Call("find_parcel")),
        ("Call the find_parcel function.", Call("find_parcel")),
        ("Call `find_parcel(number)` -> [day, place]", Call("find_parcel", ("number",))),
        ("call the `find_parcel` function with parameters: number, day.", Call("find_parcel", ("number", "day"))),
        ("Call the tool: find_parcel(number).", Call("find_parcel", ("number",))),
        ("Use the find-parcel tool", Call("find_parcel")),
        ("`find_parcel(number)`", Call("find_parcel", ("number",))),
        ("Call `find_parcel(number)", Call("find_parcel", ("number",))),
    ],
)
def test_calls(words: str, call: Call) -> None:
    assert line(compiled(f"1. {words}\n"), "1").instruction == call


def test_two_calls_in_a_sentence() -> None:
    found = compiled("1. Call the `find_parcel` function and call the `hold_parcel` function.\n")
    assert [one.instruction for one in found.routine.lines] == [Call("find_parcel"), Call("hold_parcel")]
    assert labels(found) == ["1(1)", "1(2)"]


def test_a_call_if_needed() -> None:
    found = compiled("1. Call the `find_parcel` function if needed.\n")
    assert line(found, "1").instruction == Call("find_parcel")
    assert condition(found, "1").text == "if needed"


def test_definitions_among_the_steps() -> None:
    found = compiled(
        "1. `call find_parcel(number)`\n   - **Function:** `find_parcel(number)`\n     - **Purpose:** Looks it up.\n"
        "     - **Parameters:**\n       - `number`: The number on it.\n"
        "2. Define `hold_parcel function`:\n   - **Purpose**: Keeps it.\n   - **Parameters**:\n     - number\n"
    )
    functions = [(one.name, one.purpose, [p.name for p in one.parameters]) for one in found.routine.functions]
    assert functions[0] == ("find_parcel", "Looks it up.", ["number"])
    assert labels(found) == ["1"]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Inform the customer that it is on its way.", Say(None)),
        ("Thank the customer.", Say(None)),
        ("Remind them to keep the receipt.", Say(None)),
        ("Ask them to weigh the parcel.", Say(None)),
        ("Ask the customer if they would like a receipt.", Ask(None, QuestionKind.YES_NO)),
        ("Confirm whether the customer is at home.", Ask(None, QuestionKind.YES_NO)),
        ("Ask which shop is nearest to them.", Ask(None, QuestionKind.OPEN)),
        ("Ask if there is anything more you can do.", Ask(None, QuestionKind.ANYTHING_ELSE)),
        ("Transfer the customer to a human agent.", HandOver("Transfer the customer to a human agent.")),
        ("Escalate", HandOver("Escalate")),
        ("Close the case.", Group()),
    ],
)
def test_what_is_not_quoted(words: str, what: Instruction) -> None:
    assert line(compiled(f"1. {words}\n"), "1").instruction == what


@pytest.mark.parametrize(
    ("words", "slots"),
    [
        ("Politely ask the customer for their email address to find them.", [("email_address", SlotType.EMAIL)]),
        ("Ask for the client's phone number.", [("phone_number", SlotType.PHONE)]),
        ("Request the delivery date.", [("delivery_date", SlotType.DATE)]),
        (
            "Ask the customer to provide their order number (e.g., the one in the mail).",
            [("order_number", SlotType.ID)],
        ),
        ("Collect the refund amount.", [("refund_amount", SlotType.MONEY)]),
        (
            "Ask the customer for the new address (street, city, zip).",
            [("street", SlotType.TEXT), ("city", SlotType.TEXT), ("zip", SlotType.TEXT)],
        ),
        (
            "Ask for their full name, email and date of birth.",
            [("full_name", SlotType.TEXT), ("email", SlotType.EMAIL), ("date_of_birth", SlotType.DATE)],
        ),
        (
            "Ask the customer for:\n   - **Street**\n   - Home phone",
            [("street", SlotType.TEXT), ("home_phone", SlotType.PHONE)],
        ),
        ("Ask the customer for the email address or order ID.", [("email_address_or_order_id", SlotType.TEXT)]),
        ('Ask the customer: "Could you please tell us your **tax number**?"', [("tax_number", SlotType.ID)]),
    ],
)
def test_values_that_are_asked_for(words: str, slots: list[tuple[str, SlotType]]) -> None:
    what = line(compiled(f"1. {words}\n"), "1").instruction
    assert isinstance(what, Collect)
    assert [(slot.name, slot.type) for slot in what.slots] == slots


def test_a_slot_gets_the_name_that_a_call_takes() -> None:
    found = compiled("1. Ask for the new address (street, zip).\n2. Call move(customer_id, street, zip_code).\n")
    what = line(found, "1").instruction
    assert isinstance(what, Collect)
    assert [slot.name for slot in what.slots] == ["street", "zip_code"]
    assert errors(found) == []


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("Proceed to step 3.", "3"),
        ("go to step 3", "3"),
        ("follow step 3a)", "3a"),
        ("move to step 3", "3"),
        ("Skip directly to step 3", "3"),
        ("proceed to the next step", "2"),
        ("-Step 3", "3"),
        ("Go back to Step 1.", "1"),
        ("Proceed to the Final Action", "3"),
    ],
)
def test_places_to_go_on_at(words: str, target: str) -> None:
    found = compiled(f'1. {words}\n2. Say: "x"\n3. Help them:\n   3a) Say: "y"\n')
    assert line(found, "1").instruction == Goto(target)
    assert "unknown-target" not in errors(found)


def test_a_path_is_its_first_step() -> None:
    found = compiled(
        '## Path 1: Lost\n\n### Step 1.0: Look\n- Say: "x"\n- Follow Path 2.\n\n'
        '## Path 2: Found\n\n### Step 2.0: Tell\n- Say: "y"\n'
    )
    assert line(found, "1.0.2").instruction == Goto("2.0")


def test_again_with_a_limit() -> None:
    found = compiled(
        "1. Ask for the street.\n2. Call check_street(street).\n   - If it fails:\n     - Retry the check twice\n"
    )
    assert line(found, "2.1.1").instruction == Repeat("1", 2)
    assert condition(found, "2.1").test == Outcome("check_street", "failure")


@pytest.mark.parametrize(
    ("words", "test"),
    [
        ("age < 18", Compare("age", "<", 18)),
        ("the age is under 18", Compare("age", "<", 18)),
        ('plan_name is "SMALL"', Compare("plan_name", "==", "SMALL")),
        ("plan is not Gold", Compare("plan", "!=", "Gold")),
        ("loyalty status is None", Compare("loyalty_status", "==", None)),
        ("total > $1,000 and not insured", All((Compare("total", ">", 1000), Not(Compare("insured", "==", True))))),
        (
            "age < 18 or (age > 60 and a_member)",
            Any((Compare("age", "<", 18), All((Compare("age", ">", 60), Compare("a_member", "==", True))))),
        ),
    ],
)
def test_comparisons(words: str, test: object) -> None:
    found = compiled(f'1. If {words}:\n   - Say: "x"\n')
    assert condition(found, "1").test == test
    assert condition(found, "1").kind is ConditionKind.FACT


def test_a_comparison_after_a_call_is_about_its_result() -> None:
    found = compiled('1. Call the `find_plan` function.\n2. If plan_name is "SMALL":\n   - Say: "x"\n')
    assert condition(found, "2").kind is ConditionKind.RESULT


def test_chains_over_steps() -> None:
    found = compiled('1. If age < 18:\n   - Say: "a"\n2. Else if age < 60:\n   - Say: "b"\n3. Else:\n   - Say: "c"\n')
    assert condition(found, "2").instead_of == ("1",)
    assert condition(found, "3").instead_of == ("1", "2")
    assert condition(found, "3").kind is ConditionKind.OTHERWISE


def test_a_condition_and_a_chain_of_arrows() -> None:
    found = compiled('1. Ask the customer: "Is it heavy?"\n   - If YES -> call weigh_parcel -> Step 2\n2. Say: "x"\n')
    held = condition(found, "1.1")
    assert (held.kind, held.question, held.answer) == (ConditionKind.ANSWER, "1", "yes")
    assert [(one.instruction, one.parent) for one in tuple(found.routine.lines)[2:4]] == [
        (Call("weigh_parcel"), "1.1"),
        (Goto("2"), "1.1"),
    ]


def test_declining_is_a_no() -> None:
    found = compiled("1. Ask the customer if they agree to it.\n2. If the customer declines, close the case.\n")
    assert (condition(found, "2").question, condition(found, "2").answer) == ("1", "no")


def test_what_has_happened_by_then_is_no_condition() -> None:
    found = compiled(
        "1. Ask for the street.\n2. Once the customer has provided the street:\n   - Call move(street).\n"
    )
    step = found.routine.step("2")
    assert step is not None
    assert step.condition is None
    assert line(found, "2.1").instruction == Call("move", ("street",))


def test_the_closing_question_that_a_condition_implies() -> None:
    found = compiled('1. Say: "x"\n2. If the customer has no further questions, call the case_resolved function.\n')
    assert labels(found) == ["1", "2?", "2"]
    assert line(found, "2?").instruction == Ask(None, QuestionKind.ANYTHING_ELSE)
    assert found.routine.resolution_function == "case_resolved"
    assert found.routine.resolution is not None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Call complete_case().", "complete_case"),
        ("Call `close_conversation`.", "close_conversation"),
        ("Call `wrap_up`.\n\n### Functions\n\n- `wrap_up`: Marks the case as resolved.", "wrap_up"),
        ("Call `ship_it`.", "case_resolution"),
    ],
)
def test_the_resolution_by_other_names(words: str, name: str) -> None:
    assert compiled(f"1. {words}\n").routine.resolution_function == name


def test_notes_that_bind_hold_at_any_time() -> None:
    found = compiled(
        "Always be polite.\n\nNote: If the customer demands a human, call the hand_over_case function.\n\n"
        '1. Say: "x"\n\nNote: if the customer is angry, call the `hand_over_case` function.\n'
    )
    notes = [step for step in found.routine.steps if step.label.startswith("note.")]
    assert [step.label for step in found.routine.steps] == ["1", *(step.label for step in notes)]
    assert [one.instruction for step in notes for one in step.lines] == [Call("hand_over_case")] * 2
    assert all(step.condition and step.condition.kind is ConditionKind.REPORT for step in notes)
    assert [one.name for one in found.diagnostics if one.severity is Severity.WARNING].count("unread-note") == 1


def test_several_flows_are_several_routines() -> None:
    text = '# Help\n\n## Returns\n\n1. Say: "One."\n2. Say: "Two."\n\n## Repairs\n\n1. Say: "Three."\n'
    text += "\n## Functions\n\n- `a`: b\n"
    file = SourceFile.of("document.md", text)
    found = compile_documents(file)
    assert [[file.slice(one.span) for one in flow.routine.lines] for flow in found] == [
        ['Say: "One."', 'Say: "Two."'],
        ['Say: "Three."'],
    ]
    assert [len(flow.routine.functions) for flow in found] == [1, 1]


def test_one_flow_is_what_compiling_gives() -> None:
    file = SourceFile.of("document.md", INDENTED)
    assert compile_documents(file) == (compile_document(file),)


def test_a_binding_beside_the_document_decides() -> None:
    text = '1. Call the `find_plan` function.\n2. If it is a special one:\n   - Say: "x"\n'
    test = Compare("kind", "==", "special")
    found = compile_document(SourceFile.of("document.md", text), None, {"2": test})
    held = found.routine.steps[1].condition
    assert held is not None
    assert (held.kind, held.test) == (ConditionKind.RESULT, test)


def test_a_condition_is_never_passed_over_as_a_title() -> None:
    found = compiled("1. If the parcel is heavy, it is slow.\n   - Call the `weigh_parcel` function.\n")
    assert errors(found) == []
    assert labels(found) == ["1.1"]
    assert condition(found, "1").text == "the parcel is heavy"


def test_a_question_and_what_its_answers_lead_to() -> None:
    found = compiled(
        "1. Confirm which parcel the customer means.\n"
        "1a) If the customer means the last one, proceed to the next step.\n"
        "1b) If the customer does not, call the `transfer_case` function.\n"
        '2. Say: "x"\n'
    )
    assert line(found, "1").instruction == Ask(None, QuestionKind.YES_NO, ("1a", "1b"))
    assert condition(found, "1b").question == "1"


def test_an_else_after_several_conditions_is_none_of_them() -> None:
    found = compiled(
        '1. If age < 18:\n   - Say: "a"\n2. Help them:\n   a. If the customer is new, say: "x"\n'
        '   b. If the customer is a member, say: "y"\n   c. Otherwise, say: "z"\n'
    )
    assert condition(found, "2c").instead_of == ("2a", "2b")


def test_a_condition_that_only_names_an_answer() -> None:
    found = compiled(
        "1. Ask the customer whether they prefer mail or phone.\n"
        "   - If mail: call send_mail().\n   - If phone: call send_text().\n"
    )
    assert line(found, "1").instruction == Ask(None, QuestionKind.WHICH, ("1.1", "1.2"))


def test_lines_numbered_without_a_dot_are_lines() -> None:
    found = compiled('1. Help them\n   1.1 If age < 18, say: "a"\n   1.2 Say: "b"\n')
    assert labels(found) == ["1.1", "1.2"]


def test_a_sentence_that_goes_on_with_then_is_under_the_same_condition() -> None:
    found = compiled(
        "1. Call the `find_it` function.\n   - If it fails, tell the customer. Then proceed to step 1.\n"
    )
    assert [(one.label, one.parent) for one in found.routine.lines][1:] == [
        ("1.1", None),
        ("1.1(1)", "1.1"),
        ("1.1(2)", "1.1"),
    ]


def test_bold_step_lines_are_steps() -> None:
    found = compiled('**Step 1**: Greet\n- Say: "Hello."\n\n**Step 2: Part**\n- Say: "Bye."\n')
    assert labels(found) == ["1.1", "2.1"]


CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def test_no_line_of_the_shared_corpus_is_lost() -> None:
    if not CORPUS.exists():
        pytest.skip("needs the shared corpus, which is not here")
    for path in sorted(CORPUS.rglob("*.md")):
        for found in compile_documents(SourceFile.of(path.name, path.read_text(encoding="utf-8"))):
            assert not [one for one in account(found) if one.fate is Fate.LOST], path.name


def test_the_flattened_documents_of_the_shared_corpus_compile_to_the_same_routine() -> None:
    pairs = [(path, path.with_name(path.name.replace("__flat_web", ""))) for path in CORPUS.rglob("*__flat_web.md")]
    if not pairs:
        pytest.skip("needs the shared corpus, which is not here")
    for pair in pairs:
        one, other = (compiled(path.read_text(encoding="utf-8")) for path in pair)
        assert _whole(one) == _whole(other), pair[0].name


def _whole(found: Compiled) -> list[object]:
    return [
        (
            (step.label, step.text, _held(step.condition)),
            [(one.label, one.parent, _kept(one.instruction), _held(one.condition)) for one in step.lines],
        )
        for step in found.routine.steps
    ]


def _held(one: Condition | None) -> object:
    return one and (one.text, one.kind, one.name, one.fact, one.question, one.answer, one.test, one.instead_of)


def test_what_a_title_tells_is_not_passed_over() -> None:
    found = compiled(
        "1. Fill in the form. Tell them that a code will come. Mind the dots.\n   - Call the `send_code` function.\n"
    )
    assert errors(found) == ["unknown-instruction"]


WITH_VALUES = """1. Ask the customer for their account number.
2. Call {call}.

Functions:
- `add_credit(account_number, kind, amount)`: adds it.
"""


@pytest.mark.parametrize(
    ("call", "given"),
    [
        ("`add_credit(account_number, 5)`", {"account_number": "A1"}),
        ('`add_credit(account_number, kind="goodwill, once", amount=5)`', {"kind": "goodwill, once", "amount": 5}),
        ("`add_credit(account_number=account_number, kind='goodwill', amount=2.5)`", {"amount": 2.5}),
        ("`add_credit(account_number, true, -3)`", {"kind": True, "amount": -3}),
    ],
)
def test_a_call_is_given_values_that_the_document_itself_writes(call: str, given: dict[str, object]) -> None:
    found = compiled(WITH_VALUES.format(call=call))
    assert not [one for one in found.diagnostics if one.name == "unfilled-slot"]
    made = line(found, "2").instruction
    assert isinstance(made, Call)
    assert made.named == ("account_number",)
    arguments = arguments_of(found.routine, made, {"account_number": "A1"})
    assert {**arguments, **given} == arguments


def test_what_a_line_says_it_asks_tells_the_answers_of_its_quoted_question() -> None:
    found = compiled(
        '1. Ask the customer whether they want sugar or milk: "How do you take it?"\n'
        '   a. If sugar, say "Sweet."\n   b. If milk, say "White."\n'
    )
    assert condition(found, "1a").kind is ConditionKind.ANSWER
    asked = line(found, "1").instruction
    assert isinstance(asked, Ask) and asked.answers == ("1a", "1b")
