"""Paths: parts of a document that are carried out only if something goes there; and conditions that refer back."""

from __future__ import annotations

import pytest

from bythebook.compiler.account import Fate, account
from bythebook.compiler.compile import Compiled, compile_document
from bythebook.routine.model import (
    All,
    Any,
    Ask,
    Call,
    Compare,
    Condition,
    ConditionKind,
    Goto,
    HandOver,
    Leave,
    Line,
    Not,
    Outcome,
    QuestionKind,
    Say,
)
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile

GUIDE = """\
# Bicycle repair

## Available actions

- **Check Tyre** - Measures the air in the tyre.
- **Pump Tyre** - Pumps air into the tyre.
- **Check Brake** - Checks if the brake works. Shows whether the cable is torn.
- **Run Test Ride** - Rides the bicycle around the house.

## What is wrong?

Determine which of these describes the trouble best:

1. **Flat tyre**: The bicycle bumps or is hard to ride
2. **Brakes**: It does not stop

If both, begin with the tyre.

## Path 1: Flat tyre

### Step 1.0: Look
- Check the tyre
- If the tyre shows as FULL, the customer is not facing a tyre problem.
- If the tyre shows as FLAT, proceed to Step 1.1

### Step 1.1: Pump
- Pump the tyre
- Check the tyre to see if the tyre is FULL
    - If this is not the case, escalate to the workshop team.

## Path 2: Brakes

### Step 2.0: Tyre first
- Follow Path 1 (Flat tyre) first.
- Once you have confirmed that the tyre is fine, check the brake.
- If the brake works, proceed to Step 9 (Test ride)

### Step 2.1: Cable
- Follow the instructions in the workshop manual.
- Check the brake again

### Step 2.2: Test ride
- Run a test ride
"""


def compiled(text: str) -> Compiled:
    found = compile_document(SourceFile.of("document.md", text))
    assert not [one for one in account(found) if one.fate is Fate.LOST]
    return found


def line(found: Compiled, label: str) -> Line:
    one = found.routine.line(label)
    assert one is not None, [other.label for other in found.routine.lines]
    return one


def condition(found: Compiled, label: str) -> Condition:
    held = line(found, label).condition
    assert held is not None
    return held


def errors(found: Compiled) -> list[str]:
    return [one.message for one in found.diagnostics if one.severity is Severity.ERROR]


def test_the_list_before_the_paths_asks_which_to_take() -> None:
    found = compiled(GUIDE)
    assert errors(found) == []
    question = line(found, "start")
    assert question.instruction == Ask(None, QuestionKind.WHICH, ("start.1", "start.2"))
    assert line(found, "start.1").instruction == Goto("1.0")
    assert line(found, "start.2").instruction == Goto("2.0")
    held = condition(found, "start.1")
    assert (held.kind, held.name, held.text) == (
        ConditionKind.ANSWER,
        "Flat tyre",
        "Flat tyre: The bicycle bumps or is hard to ride",
    )
    assert [step.path for step in found.routine.steps] == [None, "path 1", "path 1", "path 2", "path 2", "path 2"]


def test_behind_a_path_the_house_asks_for_anything_else() -> None:
    closing = compiled(GUIDE).routine.closing_question
    assert closing is not None and closing.label == "start?" and closing.implied


def test_a_path_that_is_followed_first_is_come_back_from() -> None:
    found = compiled(GUIDE)
    assert line(found, "2.0.1").instruction == Goto("1.0", returns=True)
    assert line(found, "2.0.2").instruction == Call("check_brake")
    assert line(found, "2.0.2").condition is None


def test_a_number_that_is_nowhere_is_found_by_its_words() -> None:
    assert line(compiled(GUIDE), "2.0.3").instruction == Goto("2.2")
    wrong = compiled(GUIDE.replace("(Test ride)", "(Brakes)"))
    assert len(errors(wrong)) == 1
    target = next(one for one in wrong.diagnostics if one.name == "unknown-target")
    assert target.help == "if the next step is meant (Cable), write: Proceed to step 2.1"


def test_nothing_to_do_ends_the_path() -> None:
    found = compiled(GUIDE)
    assert line(found, "1.0.2").instruction == Say(None)
    assert line(found, "1.0.2>").instruction == Leave()
    assert line(found, "1.0.2>").implied


def test_a_check_made_again_ends_the_path_when_it_comes_out_well() -> None:
    found = compiled(GUIDE)
    assert line(found, "1.1.2>").instruction == Leave()
    assert condition(found, "1.1.2>").test == Compare("tyre", "==", "FULL")
    assert condition(found, "2.1.2>").test == Outcome("check_brake", "success")
    assert found.routine.line("1.0.1>") is None


def test_what_stands_elsewhere_is_for_a_person() -> None:
    found = compiled(GUIDE)
    assert isinstance(line(found, "2.1.1").instruction, HandOver)
    assert "outside-instructions" in [one.name for one in found.diagnostics]


def test_parts_that_nothing_goes_to_are_walked_in_order() -> None:
    text = '## Path 1: Greet\n\n### Step 1: a\n- Say: "Hi."\n\n## Path 2: Go\n\n### Step 2: b\n- Say: "Bye."\n'
    found = compiled(text)
    assert [step.path for step in found.routine.steps] == [None, None]
    again = compiled(text + "- Go to Path 1\n")
    assert [step.path for step in again.routine.steps] == [None, None]


def test_a_list_that_leads_nowhere_stays_an_article() -> None:
    found = compiled(GUIDE.replace("1. **Flat tyre**", "1. **Bell**").replace("bumps or is hard to ride", "rings"))
    assert found.routine.step("start") is None
    assert "What is wrong?" in [topic.question for topic in found.routine.article.topics]


def test_without_a_path_nothing_to_do_leads_to_the_closing_question() -> None:
    found = compiled(
        "1. Call the `check_tyre` function.\n"
        "2. If it fails, the customer is not facing a tyre problem.\n"
        "3. Call the `pump` function.\n"
        "4. Ask the customer if there is anything else you can help with.\n"
    )
    assert line(found, "2>").instruction == Goto("4")


CHECKED = (
    '1. Call the `check_light` function to see if the light is on.\n   - If {condition}, then:\n     - Say: "x"\n'
)


@pytest.mark.parametrize(
    ("words", "test"),
    [
        ("this is the case", Outcome("check_light", "success")),
        ("this is not the case", Outcome("check_light", "failure")),
        ("it still does not work", Outcome("check_light", "failure")),
        ("still not resolved", Outcome("check_light", "failure")),
        ("the problem persists", Outcome("check_light", "failure")),
        ("turning it off didn't help", Outcome("check_light", "failure")),
        ("there is still no light", Outcome("check_light", "failure")),
        ("the lamp is ON but not working", All((Compare("lamp", "==", "ON"), Outcome("check_light", "failure")))),
        ("the lamp is BROKEN with a crack", Compare("lamp", "==", "BROKEN")),
        (
            "no light or the lamp is BROKEN",
            Any((Outcome("check_light", "failure"), Compare("lamp", "==", "BROKEN"))),
        ),
    ],
)
def test_conditions_that_refer_to_what_was_checked(words: str, test: object) -> None:
    found = compiled(CHECKED.replace("{condition}", words))
    assert condition(found, "1.1").test == test


def test_what_is_not_the_case_is_what_the_line_looks_for() -> None:
    found = compiled(
        "1. Call the `check_speed` function and check if speed improved to 'Excellent'.\n"
        "2. Call the `run_test` function to see if speed is 'Excellent'.\n"
        '   - If this is not the case, say: "Sorry."\n'
    )
    assert condition(found, "2.1").test == Not(Compare("speed", "==", "Excellent"))


def test_after_a_change_nothing_was_found_out() -> None:
    found = compiled('1. Call the `restart_router` function.\n   - If the problem persists, say: "Sorry."\n')
    assert condition(found, "1.1").kind is ConditionKind.REPORT


def test_after_a_question_it_is_the_answer() -> None:
    found = compiled(
        '1. Call `check_light`.\n2. Ask the customer: "Is it on?"\n   - If this is not the case, say: "Sorry."\n'
    )
    held = condition(found, "2.1")
    assert (held.question, held.answer) == ("2", "no")


def test_the_only_other_thing_that_is_returned() -> None:
    found = compiled(
        "1. Call `run_test`.\n"
        "   - If the test returns 'none', say: \"None.\"\n"
        '   - If the test returns the speed, say: "Some."\n'
    )
    assert condition(found, "1.1").test == Compare("test", "==", "none")
    assert condition(found, "1.2").test == Not(Compare("test", "==", "none"))


def test_a_statement_over_lines_that_do_something() -> None:
    found = compiled(
        "1. Call `run_test`.\n"
        "   - If the test returns 'none', the line is dead.\n"
        '     - Say: "Dead."\n'
        "   - For any other result ('slow', 'fast'), the line might be slow and you must call `run_other`.\n"
    )
    assert errors(found) == []
    assert line(found, "1.1.1").instruction == Say("Dead.")
    assert condition(found, "1.2").kind is ConditionKind.OTHERWISE
    assert line(found, "1.2").instruction == Call("run_other")
    alone = compiled("1. Call `run_test`.\n   - If the test returns 'none', the line is dead.\n")
    assert errors(alone) == ["line 1.1 is not in words that can be carried out: `the line is dead`"]


def test_by_then_it_has_happened() -> None:
    found = compiled(
        "1. Call `run_test`.\n"
        '   - Once the line is mended, if speed is not "fast", call `run_other`.\n'
        "   - When you have confirmed that it is mended, call `close_line`.\n"
    )
    assert condition(found, "1.1").test == Compare("speed", "!=", "fast")
    assert line(found, "1.2").condition is None


def test_what_to_check_for_is_part_of_the_check() -> None:
    found = compiled("## Step 1: Look\n- Call `run_test`.\n\n**Specifically check for:**\n- The speed of it\n")
    assert errors(found) == []
    assert [one.label for one in found.routine.lines] == ["1.1"]
