"""Instructions in the passive and with "shall" are what the imperative says; what states a fact is none."""

from __future__ import annotations

import pytest

from bythebook.compiler.compile import Compiled, compile_document
from bythebook.compiler.forms import Collecting, Doing, Quoted
from bythebook.compiler.imperative import REWRITINGS, Rewriting, imperative
from bythebook.compiler.phrasing import draft
from bythebook.compiler.recognise import recognise, recognise_at
from bythebook.routine.model import Ask, Call, Collect, Goto, QuestionKind, Say
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile

FUNCTIONS = "\n## Functions\n\n- `find_lamp(lamp_number)`: looks it up\n- `send_lamp(address)`: posts it\n"


def compiled(steps: str) -> Compiled:
    return compile_document(SourceFile.of("document.md", f"# Lamps\n\n## Routine\n\n{steps}{FUNCTIONS}"))


def errors(found: Compiled) -> list[str]:
    return [one.name for one in found.diagnostics if one.severity is Severity.ERROR]


@pytest.mark.parametrize("rewriting", REWRITINGS, ids=lambda one: one.name)
def test_each_row_reads_its_example_as_the_imperative(rewriting: Rewriting) -> None:
    first = next(one for one in REWRITINGS if one.pattern.match(rewriting.example))
    assert first is rewriting
    assert imperative(rewriting.example) == rewriting.means
    form = recognise(rewriting.example)
    assert form is not None
    assert type(form) is type(recognise(rewriting.means))


@pytest.mark.parametrize(
    ("words", "plainly"),
    [
        ("The customer shall then be informed that it is on its way.", "Inform the customer that it is on its way."),
        ("They are to be asked whether they want a receipt.", "Ask them whether they want a receipt."),
        ("Agents must always ask for the order number.", "Ask for the order number."),
        ("We should express our regret that it is late.", "Express our regret that it is late."),
        ("The `send_lamp` function has to be called.", "Call the `send_lamp` function."),
        ("send_lamp(address) should be called", "Call send_lamp(address)"),
        ("The customer has to be transferred to a colleague.", "Transfer the customer to a colleague."),
        ("The reason for the delay should be explained.", "Explain the reason for the delay."),
    ],
)
def test_it_is_the_same_as_the_imperative(words: str, plainly: str) -> None:
    form = recognise(words)
    assert form is not None
    assert type(form) is type(recognise(plainly))


@pytest.mark.parametrize(
    "words",
    [
        "The customer is called back by the team.",
        "The customer should be called back by the team.",
        "The customer should be asked by the bank whether it was them.",
        "The fee was charged.",
        "The fee must be paid.",
        "The customer must be 18.",
        "The lamp should be on by now.",
        "The customer will be told by email.",
        "The officer will call back.",
        "The agent has asked for the number.",
        "The customer should have been asked.",
        "We should ask our manager.",
        "The steps are not necessary.",
        "`find_lamp` was called, which found nothing.",
        "The function `send_lamp` should be called (for which the address is needed, so please ask for it).",
        "Collecting should be offered once more as in step 4.",
    ],
)
def test_what_states_a_fact_or_more_is_no_instruction(words: str) -> None:
    assert recognise(words) is None or isinstance(recognise(words), Doing)


def test_places_are_those_of_the_document() -> None:
    words = 'xx The guest should be told: "It is here."'
    form = recognise_at(words, 3, len(words))
    assert isinstance(form, Quoted)
    assert words[form.text.start : form.text.end] == "It is here."
    words = "xx The full postal address shall be asked for."
    form = recognise_at(words, 3, len(words))
    assert isinstance(form, Collecting)
    assert words[form.words.start : form.words.end] == "The full postal address"


def test_a_routine_in_the_passive() -> None:
    found = compiled(
        "1. The officer shall ask the customer for the lamp number and shall call `find_lamp(lamp_number)`.\n"
        "2. The customer should be asked whether he or she would like to collect it in person.\n"
        "   2.1 Should the customer wish to collect it in person, the opening hours of the shop should be given, and"
        " step 3 comes next.\n"
        "   2.2 Should the customer decline, the address should be asked for and the function `send_lamp(address)`"
        ' should be called, after which the customer should be told: "It is on its way."\n'
        "3. Finally, the customer should be asked whether there is anything else.\n"
    )
    lines = {line.label: line.instruction for line in found.routine.lines}
    assert not errors(found)
    assert isinstance(lines["1(1)"], Collect)
    assert lines["1(2)"] == Call("find_lamp", ("lamp_number",))
    asked = lines["2"]
    assert isinstance(asked, Ask)
    assert (asked.text, asked.kind) == (None, QuestionKind.YES_NO)
    assert lines["2.1(1)"] == Say(None)
    assert lines["2.1(2)"] == Goto("3")
    assert isinstance(lines["2.2(1)"], Collect)
    assert lines["2.2(2)"] == Call("send_lamp", ("address",))
    assert lines["2.2(3)"] == Say("It is on its way.")
    assert lines["3"] == Ask(None, QuestionKind.ANYTHING_ELSE)
    assert asked.answers == ("2.1", "2.2")


@pytest.mark.parametrize(
    ("step", "does"),
    [
        ("The customer must be told the price and must be asked whether he or she agrees.", [Say, Ask]),
        ("The customer shall be asked to sign the form and the form should be given to the manager.", None),
        ("The officer shall ask which room it was and, if none is known, shall close the case.", None),
        ("The customer should be thanked, and then he should be asked for the address.", [Say, Collect]),
    ],
)
def test_two_things_are_taken_apart_or_reported(step: str, does: list[type] | None) -> None:
    found = compiled(f"1. {step}\n")
    if does is None:
        assert "unknown-instruction" in errors(found)
    else:
        assert [type(line.instruction) for line in found.routine.lines] == does


def test_should_at_the_head_of_a_question_is_no_condition() -> None:
    assert recognise("Should the customer be told?") == recognise("Is the customer told?")


def test_where_nothing_is_found_is_a_condition() -> None:
    found = compiled(
        "1. Ask for the lamp number.\n2. Call `find_lamp(lamp_number)`.\n"
        "3. Where no lamp is found, the customer shall be informed that nothing is known.\n"
    )
    condition = found.routine.steps[2].condition
    assert condition is not None
    assert condition.text == "no lamp is found"
    assert condition.test is not None
    assert "find_lamp" in repr(condition.test)


def test_the_draft_is_that_of_the_imperative() -> None:
    passive = draft("The customer should be asked whether they would like a receipt.", "ask")
    assert passive is not None
    assert passive == draft("Ask the customer whether they would like a receipt.", "ask")


def test_a_word_that_opens_a_condition_is_not_taken_for_the_end_of_one() -> None:
    found = compiled(
        "1. Ask for the lamp number.\n2. After this number has been given, call `find_lamp(lamp_number)`.\n"
    )
    assert not errors(found)


def test_what_has_been_asked_for_is_there_by_then() -> None:
    found = compiled(
        "1. Ask for the lamp number.\n2. Once the lamp number is known, `find_lamp(lamp_number)` is to be called.\n"
    )
    assert not errors(found)
    assert found.routine.steps[1].condition is None


def test_a_question_that_begins_with_a_preposition_asks_for_no_value_of_that_name() -> None:
    found = compiled("1. The customer should be asked in which of our shops the lamp was bought.\n")
    asked = next(iter(found.routine.lines)).instruction
    assert isinstance(asked, Ask) or (isinstance(asked, Collect) and asked.slots[0].name != "in")
