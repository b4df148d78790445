"""Lists of actions define functions by words; lines of the steps call them by these words, freely put."""

from __future__ import annotations

import pytest

from bythebook.compiler.account import Fate, account
from bythebook.compiler.compile import Compiled, compile_document
from bythebook.routine.model import Call
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile

LIST = """\
# Coffee machine

## Introduction

This guide is for people at the counter.

## Available actions

The machine can be told to do these:

### Looking

1. **Check Water Level** - Shows how much water is in the tank. Tells if the tank is missing or the filter is old.
2. **Check Pump Pressure** - Measures the pressure of the pump, in bar.
3. **Can Brew** - Checks if the machine can brew a cup.

### Doing

- **Rinse Brew Group**: Rinses the brew group with hot water.
- **Toggle Steam** - Turns the steam wand ON or OFF.
- **Reboot Machine** - Restarts the machine completely.
- **Set Grind Size** - Changes how fine the beans are ground (e.g., fine, medium, coarse).

## Repair

### Step 1: Look
{lines}
"""


def compiled(lines: str) -> Compiled:
    found = compile_document(SourceFile.of("document.md", LIST.format(lines=lines)))
    assert not [one for one in account(found) if one.fate is Fate.LOST]
    return found


def calls(found: Compiled) -> list[str]:
    return [line.instruction.function for line in found.routine.lines if isinstance(line.instruction, Call)]


def errors(found: Compiled) -> list[str]:
    return [one.message for one in found.diagnostics if one.severity is Severity.ERROR]


def test_the_list_defines_functions_and_ends_where_the_next_part_begins() -> None:
    found = compiled("- Check the water level\n")
    functions = {one.name: (one.words, one.purpose) for one in found.routine.functions}
    assert list(functions) == [
        *("check_water_level", "check_pump_pressure", "can_brew"),
        *("rinse_brew_group", "toggle_steam", "reboot_machine", "set_grind_size"),
    ]
    assert functions["rinse_brew_group"] == ("Rinse Brew Group", "Rinses the brew group with hot water.")
    assert [topic.question for topic in found.routine.article.topics] == ["Introduction"]
    assert errors(found) == []
    assert "unused-function" not in [one.name for one in found.diagnostics]


@pytest.mark.parametrize(
    ("words", "function"),
    [
        ("Check the water level", "check_water_level"),
        ("Check the water level to see if there is any", "check_water_level"),
        ("Verify that the tank is not missing", "check_water_level"),
        ("Re-check the pump pressure.", "check_pump_pressure"),
        ("Rinse the brew group with hot water again", "rinse_brew_group"),
        ("Turn the steam wand OFF", "toggle_steam"),
        ("Turn off the steam", "toggle_steam"),
        ("Restart the machine", "reboot_machine"),
        ("Change the grind size to coarse", "set_grind_size"),
        ("Try to brew a cup again", "can_brew"),
        ("Check if a cup can be brewed", "can_brew"),
    ],
)
def test_a_line_names_an_action(words: str, function: str) -> None:
    found = compiled(f"- {words}\n")
    assert calls(found) == [function]
    assert errors(found) == []


@pytest.mark.parametrize(
    "words",
    [
        "Restart the router",
        "Check the milk",
        "Ask the customer if the water level is low",
        "Inform the customer that the machine was restarted.",
        "Turn to the next page",
        "Transfer the customer to a human agent.",
    ],
)
def test_other_words_name_none(words: str) -> None:
    assert calls(compiled(f"- {words}\n")) == []


def test_two_actions_in_a_sentence() -> None:
    found = compiled("- Turn the steam OFF and check the water level.\n- If it fails, restart the machine.\n")
    assert calls(found) == ["toggle_steam", "check_water_level", "reboot_machine"]


def test_a_paragraph_under_a_heading_may_call_and_say_more() -> None:
    found = compiled("Check the pump pressure. Old machines have less.\n\n- Restart the machine\n")
    assert calls(found) == ["check_pump_pressure", "reboot_machine"]
    assert errors(found) == []
    told = [found.file.slice(one.label.span) for one in found.diagnostics if one.name == "unread-note"]
    assert told == ["Old machines have less."]


def test_one_call_for_two_sentences_that_say_the_same() -> None:
    assert calls(compiled("Check the water level. Determine if the tank is missing.\n\n- Restart the machine\n")) == [
        "check_water_level",
        "reboot_machine",
    ]


def test_without_a_list_nothing_is_called() -> None:
    found = compile_document(SourceFile.of("d.md", "1. Check the water level.\n2. Restart the machine.\n"))
    assert calls(found) == []


def test_functions_in_bold_are_defined_too() -> None:
    found = compile_document(
        SourceFile.of("d.md", "1. Call the `find_cup` function.\n\n## Functions\n\n- **find_cup**: Finds one.\n")
    )
    assert [(one.name, one.purpose, one.words) for one in found.routine.functions] == [("find_cup", "Finds one.", "")]
