"""Documents in layouts of other offices: paragraphs by §, questions by number, macros by tags, bullets."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.routines.tabled import Desks

from bythebook.compiler.compile import Compiled, compile_document
from bythebook.compiler.measures import read_measure
from bythebook.routine.model import (
    All,
    Ask,
    Call,
    Collect,
    Compare,
    ConditionKind,
    Goto,
    HandOver,
    Instruction,
    QuestionKind,
    Repeat,
    Say,
)
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile

FUNCTIONS = "\n\n## Functions\n\n- `find_key(key)`: looks it up\n- `case_resolution()`: closes the case\n"


def compiled(text: str) -> Compiled:
    return compile_document(SourceFile.of("document.md", text + FUNCTIONS))


def told(found: Compiled) -> list[str]:
    return [one.name for one in found.diagnostics]


def instruction(found: Compiled, label: str) -> Instruction:
    line = found.routine.line(label)
    assert line is not None, does(found)
    return line.instruction


def does(found: Compiled) -> dict[str, str]:
    return {line.label: type(line.instruction).__name__ for line in found.routine.lines}


def unread(found: Compiled) -> list[str]:
    return [
        found.file.slice(one.label.span)
        for one in found.diagnostics
        if one.name == "unknown-instruction" and one.severity is Severity.ERROR
    ]


def test_paragraphs_of_a_directive_are_steps() -> None:
    found = compiled(
        "## Part II. Handling of requests\n\n§ 1 Key\n(1) The resident is asked for the key.\n"
        "(2) The clerk checks by `find_key(key)` whether it is known.\n(3) If the check fails, § 2 applies.\n\n"
        "§ 2 Conclusion\n(1) The resident is asked whether further matters exist.\n"
        "(2) If none exist, `case_resolution()` is called."
    )
    assert unread(found) == []
    assert does(found) == {"1.1": "Collect", "1.2": "Call", "1.3": "Goto", "2.1": "Ask", "2.2": "Call"}
    asked, close = found.routine.line("2.1"), found.routine.line("2.2")
    assert asked is not None and isinstance(asked.instruction, Ask)
    assert asked.instruction.kind is QuestionKind.ANYTHING_ELSE
    assert close is not None and close.condition is None


def test_questions_by_number_are_steps_and_arrows_their_answers() -> None:
    found = compiled(
        "## How the office answers\n\nQuestion 1: Is it about a key or a lock?\n  → Key: go to Question 2.\n"
        "  → Lock: put the parent through to the office.\n\nQuestion 2: What is your key?\n"
        "  → Look it up with find_key(key).\n"
        "  → Not found: ask once more. Still not found: put the parent through to the office.\n\n"
        "Question 3: Is there anything else?\n  → No: case_resolution()."
    )
    assert unread(found) == []
    assert instruction(found, "1.1") == Goto("2")
    assert does(found)["1.2"] == "HandOver" and does(found)["2"] == "Collect" and does(found)["2.1"] == "Call"
    again, handed = found.routine.line("2.2(1)"), found.routine.line("2.2(2)")
    assert again is not None and again.instruction == Repeat("2", 1)
    assert handed is not None and isinstance(handed.instruction, HandOver)


def test_a_question_only_the_system_could_answer_is_reported() -> None:
    found = compiled("1. Was the request accepted by the system?\n   - Yes: go to 2.\n2. Call `case_resolution()`.")
    assert any(words.startswith("Was the request") for words in unread(found))


def test_macros_are_steps_by_their_tags() -> None:
    found = compiled(
        '## Macro flow\n\n[LCO-1] GREETING\n>> "Which key is it?"\nAction: find_key(key)\n\n[LCO-2] MORE\n'
        '>> "Do you like it?" If yes: LCO-3. If no: LCO-1.\n\n[LCO-3] CLOSE\n>> "Is there anything else?"\n'
        "If no: case_resolution()"
    )
    assert [step.label for step in found.routine.steps] == ["LCO-1", "LCO-2", "LCO-3"]
    assert instruction(found, "LCO-2.1(3)") == Goto("LCO-1")


def test_lettered_steps_of_a_routine_hold_bullets() -> None:
    found = compiled(
        "## Procedure\n\nA) Ask for the key.\n\nB) Thereupon the key is checked by means of `find_key(key)`.\n"
        "   - Is it unknown, one continues at C).\n\nC) Ask for further questions. In the case that there are none, "
        "`case_resolution` is to be called."
    )
    assert unread(found) == []
    assert [step.label for step in found.routine.steps] == ["A", "B", "C"]
    assert does(found) == {"A": "Collect", "B": "Call", "B.1": "Goto", "C(1)": "Ask", "C(2)": "Call"}


def test_bullets_under_headings_are_steps() -> None:
    found = compiled(
        "## Handling\n\n### Facts\n- Ask for the key.\n- `find_key(key)`\n"
        "- No hit → ask to re-check the key, max. 2x\n\n"
        "### Finish\n- Anything else?\n- `case_resolution`"
    )
    assert unread(found) == []
    third = found.routine.line("3")
    assert third is not None and third.instruction == Repeat("1", 2)


@pytest.mark.parametrize(
    ("words", "reads"),
    [
        ("**Verify the key.** Ask for the key. Call `find_key(key)`.", ["Collect", "Call"]),
        ('**Apologise.** Say: "We are sorry."', ["Say"]),
        ("**Block the card.** Tell them that it is blocked.", []),
        ("**Collect feedback:** Ask for a rating from 1 to 5.", ["Collect"]),
    ],
)
def test_a_bold_name_is_a_title_where_the_line_does_what_it_says(words: str, reads: list[str]) -> None:
    found = compiled(f"1. {words}\n2. Call `case_resolution()`.")
    lines = [type(one.instruction).__name__ for one in found.routine.lines if one.label.startswith("1")]
    assert lines == reads
    assert bool(unread(found)) is not bool(reads)


def test_bounds_without_a_subject_measure_what_stands_above() -> None:
    found = compiled(
        "1. Call `find_key(key)`.\n2. The delay (`late_by`) decides:\n   - Less than 120: go to 3.\n"
        "   - 120 to 179: go to 4.\n"
        "   - 180 or more: go to 3.\n3. How many days are left?\n   - 1 to 3 days: go to 4.\n"
        "4. Call `case_resolution()`."
    )
    tests = {
        line.label: line.condition.test
        for line in found.routine.lines
        if line.condition is not None and line.condition.kind is not ConditionKind.REPORT
    }
    assert tests["2.1"] == Compare("late_by", "<", 120)
    assert tests["2.2"] == All((Compare("late_by", ">=", 120), Compare("late_by", "<=", 179)))
    assert tests["3.1"] == All((Compare("days", ">=", 1), Compare("days", "<=", 3)))
    assert read_measure("2 pm") is None and read_measure("12") is None


def test_a_value_in_plain_words_that_nothing_finds_out_is_reported() -> None:
    found = compiled(
        "1. Ask what was inside and what it was worth.\n2. Worth over 500 EUR: go to 3.\n3. Call `case_resolution()`."
    )
    assert "unfilled-slot" in told(found)


def test_what_has_a_default_may_be_left_out() -> None:
    text = '1. Ask for the code.\n2. Call `pay(code, "card")`.\n3. Call `look`.\n\n## Functions\n\n'
    text += '- `pay(code, method, iban="")`: pays\n- `look(code, notes=None)`: looks\n'
    found = compile_document(SourceFile.of("document.md", text))
    calls = [line.instruction for line in found.routine.lines if isinstance(line.instruction, Call)]
    assert [call.arguments for call in calls] == [("code", 'method="card"'), ("code",)]
    assert not {"missing-argument", "unfilled-slot"} & set(told(found))


def test_what_is_to_be_described_is_asked_for() -> None:
    found = compiled("1. Ask the customer to describe the problem.\n2. Call `case_resolution()`.")
    line = found.routine.line("1")
    assert line is not None and isinstance(line.instruction, Collect)
    assert [slot.name for slot in line.instruction.slots] == ["problem"]


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("Ask for a rating (a number from 1 to 10).", True),
        ("Ask for the licence key (format XXXX-XXXX).", True),
        ("Ask for their age, at least 18.", False),
        ("Ask for the date of delivery, which must not be a Sunday.", False),
    ],
)
def test_what_a_value_must_be_is_held_or_reported(words: str, held: bool) -> None:
    found = compiled(f"1. {words}\n2. Call `case_resolution()`.")
    line = found.routine.line("1")
    assert line is not None and isinstance(line.instruction, Collect)
    assert len(line.instruction.slots) == 1
    assert bool(line.instruction.slots[0].options or line.instruction.slots[0].pattern) is held
    assert ("unheld-words" in told(found)) is not held


def test_where_to_go_is_not_what_a_call_is_for() -> None:
    found = compiled(
        "1. Ask for the key.\n2. If they ask for a human, go straight to step 3 and flag it with "
        "`find_key(key)`.\n3. Bye."
    )
    assert [type(line.instruction) for line in found.routine.lines if line.label.startswith("2(")] == [Call, Goto]


def test_an_arrow_behind_words_to_be_told_leads_on() -> None:
    found = compiled(
        "1. If it is late, tell them that it is late → finish.\n2. Is there anything else?\n"
        "3. Call `case_resolution()`."
    )
    assert [type(line.instruction) for line in found.routine.lines if line.label.startswith("1(")] == [Say, Goto]


ANSWERS = """1. Ask the customer: "Do you agree?" If yes, call `find_key("a")` and go to step 3. If no, go to step 4.
2. Say: "two"
3. Say: "three"
4. Say: "four"
5. Ask the customer: "Is there anything else?"
6. Call `case_resolution()`.
"""


@pytest.mark.parametrize(("answer", "said"), [("no", ["4", "5"]), ("yes", ["3", "4", "5"])])
def test_two_answers_in_one_line_stand_beside_each_other(tmp_path: Path, answer: str, said: list[str]) -> None:
    talk = Desks(tmp_path).talk(ANSWERS + FUNCTIONS, {"find_key": None, "case_resolution": None})
    assert talk.say("hello") == ["1(1)"]
    assert talk.say(answer) == said


def test_bold_answers_are_answers_and_bold_people_no_title() -> None:
    found = compiled(
        "1. Ask how they want to pay.\n   - **Card:** Call `find_key(key)`.\n   - **Cash:** Tell them so.\n"
        "2. **Members.** Call `find_key(key)`."
    )
    card = found.routine.line("1.1")
    assert card is not None and card.condition is not None and card.condition.kind is ConditionKind.ANSWER
    assert unread(found) == ["**Members.** Call `find_key(key)`."]


def test_what_is_asked_for_again_is_what_was_just_asked_for() -> None:
    found = compiled("1. Call `case_resolution()`.\n2. Ask for the key. If the key is wrong, ask for it again.")
    assert instruction(found, "2(2)") == Repeat("2(1)", 1)
