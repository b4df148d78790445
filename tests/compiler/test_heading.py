"""A line with lines under it: carried out before them, or only their heading; what is said of lines and of ifs."""

from __future__ import annotations

import pytest

from bythebook.compiler.account import Fate, account
from bythebook.compiler.compile import Compiled, compile_document
from bythebook.compiler.phrase_needs import phrase_needs
from bythebook.compiler.problems import Problems
from bythebook.compiler.sidecars import read_phrases
from bythebook.routine.model import Ask, Call, Collect, Outcome, QuestionKind, Say
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile

END = "\n\n**Function Definitions:**\n\n- `look_up`: Looks it up.\n"


def compiled(steps: str) -> Compiled:
    return compile_document(SourceFile.of("document.md", f"## It\n\n### Routine\n\n{steps}{END}"))


def kinds(steps: str) -> list[tuple[str, type]]:
    found = compiled(steps).routine.lines
    return [(line.label, type(line.instruction)) for line in found if not line.implied]


@pytest.mark.parametrize(
    ("above", "kind"),
    [
        ("Ask the customer for their full name.", Collect),
        ("Get the order number", Collect),
        ("Inform the customer that their code is on its way.", Say),
        ("Tell the customer to keep the phone near.", Say),
        ("Ask the customer whether they agree.", Ask),
        ("Confirm with the customer whether they agree.", Ask),
        ("Welcome the customer.", Say),
    ],
)
def test_what_no_line_below_does_is_carried_out_before_them(above: str, kind: type) -> None:
    assert kinds(f"1. {above}\n   a. Call the `look_up` function.") == [("1", kind), ("1a", Call)]


def test_of_several_sentences_over_lines_none_is_lost() -> None:
    found = kinds("1. Tell them that it was sent. Ask whether it is there.\n   a. Call the `look_up` function.")
    assert found == [("1(1)", Say), ("1(2)", Ask), ("1a", Call)]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Guide the customer through the change", "Call the `look_up` function."),
        ("Then guide the customer through the change", "Tell them to press the button."),
        ("Inform the customer about the steps:", '"Press the button."'),
        ("Inform the customer about the steps", "Tell them to press the button."),
        ("Ask for the trip:", "Ask where they go."),
        ("Request the necessary information.", "Ask for their order number."),
        ("Ask what was lost", "Ask for a description of what was lost."),
        ("Welcome the customer.", 'Say: "Welcome!"'),
    ],
)
def test_what_the_lines_below_do_is_a_heading(above: str, below: str) -> None:
    assert [label for label, _ in kinds(f"1. {above}\n   a. {below}")] == ["1a"]


def test_what_is_asked_below_under_a_condition_makes_no_heading() -> None:
    steps = (
        "1. Ask the customer for their order number.\n"
        "   a. If they do not have it, ask for their email address.\n   b. Call the `look_up` function."
    )
    assert kinds(steps)[0] == ("1", Collect)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Inform the customer that the phone must be off.", 'Say: "Please turn your phone off."'),
        ("Restart the router", "Ask the customer whether the light is on."),
        ("Go to step 3", "Call the `look_up` function."),
    ],
)
def test_where_it_cannot_be_told_a_finding_says_so(above: str, below: str) -> None:
    found = compiled(f"1. {above}\n   a. {below}\n2. Call the `look_up` function.\n3. Tell them that it is done.")
    assert [one.name for one in found.diagnostics].count("read-as-heading") == 1


@pytest.mark.parametrize("mark", ["-", "a."])
def test_short_words_below_a_question_are_its_answers(mark: str) -> None:
    marks = ("-", "-") if mark == "-" else ("a.", "b.")
    found = compiled(f"1. Ask which product:\n   {marks[0]} Radio\n   {marks[1]} Router")
    assert [type(line.instruction) for line in found.routine.lines if not line.implied] == [Ask]
    assert found.ok


YES_OR_NO = '1. Ask the customer: "Can you still read mail at that address?"\n   a. {}, call the `look_up` function.'


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        ("If they cannot", "no"),
        ("If they can’t", "no"),
        ("If they do not", "no"),
        ("If they have not", "no"),
        ("If they no longer can", "no"),
        ("If they are unable to", "no"),
        ("If the customer is not able to", "no"),
        ("If they cannot read it", "no"),
        ("If they can", "yes"),
        ("If they can still read mail", "yes"),
        ("If they agree", "yes"),
        ("If they decline", "no"),
    ],
)
def test_what_hangs_on_a_question_of_yes_or_no_is_its_yes_or_its_no(condition: str, answer: str) -> None:
    found = compiled(YES_OR_NO.format(condition)).routine
    asked = found.line("1")
    below = next(line for line in found.lines if line.condition is not None)
    assert asked is not None and isinstance(asked.instruction, Ask)
    assert asked.instruction.kind is QuestionKind.YES_NO
    assert below.condition is not None and below.condition.answer == answer


def test_a_question_of_two_things_is_none_of_yes_or_no() -> None:
    found = compiled(
        '1. Ask: "Is it the radio or the router?"\n   a. If it is the radio, call the `look_up` function.'
        "\n   b. If it is the router, call the `look_up` function."
    )
    asked = found.routine.line("1")
    assert asked is not None and isinstance(asked.instruction, Ask)
    assert asked.instruction.kind is QuestionKind.WHICH


def test_what_is_not_understood_behind_a_condition_is_shown() -> None:
    found = compiled(
        "1. Call the `look_up` function.\n   a. If it fails, the problem can be solved by the people of the shop."
    )
    told = [one.message for one in found.diagnostics if one.severity is Severity.ERROR]
    assert told == [
        "line 1a is not in words that can be carried out: `the problem can be solved by the people of the shop`"
    ]


def test_no_wording_is_offered_that_has_nothing_to_do_with_the_line() -> None:
    found = compiled("1. Frobnicate the whole thing.").diagnostics
    told = [one.help for one in found if one.name == "unknown-instruction"]
    assert told == ["say it, ask it, call a function for it, or take it out"]


def test_nobody_found_is_how_the_call_before_it_ended() -> None:
    found = compiled("1. Call the `look_up` function.\n   a. If nobody matches, transfer the customer to a human.")
    below = next(line for line in found.routine.lines if line.condition is not None)
    assert below.condition is not None and below.condition.test == Outcome("look_up", "failure")


def test_if_not_behind_the_closing_question_resolves_the_case_as_any_other() -> None:
    steps = (
        '1. Ask the customer: "Is there anything else I can assist you with today?"\n'
        "2. If not, call the `case_resolution` function."
    )
    assert "resolution-not-last" not in [one.name for one in compiled(steps).diagnostics]


def test_a_heading_that_may_have_been_meant_counts_as_reported() -> None:
    found = compiled("1. Restart the router\n   a. Ask the customer whether the light is on.")
    fates = {found.file.position(one.row.span.start)[0]: one.fate for one in account(found)}
    assert fates[5] is Fate.REPORTED


def test_what_stands_under_what_is_told_is_told_with_it_and_a_word_to_the_assistant_leaves_it_to_the_author() -> None:
    safe = "1. Inform the customer that they should be careful.\n   a. Use a long password.\n   b. Lock the door."
    words = "Inform the customer that they should be careful. Use a long password. Lock the door."
    needs = phrase_needs(compiled(safe), read_phrases(None, Problems.of("phrases.toml", None)))
    assert [(one.words, one.draft) for one in needs] == [
        (words, "You should be careful.\n- Use a long password.\n- Lock the door.")
    ]
    ours = safe.replace("Lock the door", "Never mention the price")
    needs = phrase_needs(compiled(ours), read_phrases(None, Problems.of("phrases.toml", None)))
    assert [one.draft for one in needs] == [None]


def test_what_one_may_do_behind_a_condition_is_no_note() -> None:
    found = compiled("1. Ask whether they agree.\n   a. If not, you can bypass it with the other form.")
    assert "unknown-instruction" in [one.name for one in found.diagnostics]


def test_a_function_that_a_line_writes_with_dashes_is_used() -> None:
    found = compiled("1. Call the look-up function.")
    assert "unused-function" not in [one.name for one in found.diagnostics]
