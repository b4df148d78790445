"""Documents as support teams write them, in words of their own: what becomes of them as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from bythebook.compiler.account import Fate, account
from bythebook.compiler.compile import Compiled, compile_document
from bythebook.routine.model import (
    Call,
    Collect,
    Compare,
    ConditionKind,
    Goto,
    HandOver,
    QuestionKind,
    Repeat,
    SlotType,
)
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile

FOLDER = Path(__file__).parent.parent / "fixtures" / "documents"
SHOWN = 60
NOT_UNDERSTOOD = {
    "bikes.md": {
        "shop within 20 km: arrange the swap with `book_swap(booking_",
        "no shop nearby: tell them to take a taxi and keep the receip",
        "something else: hand over to the shop team",
    },
    "dentist.md": {
        "If they are in pain, offer them an emergency appointment tod",
        "If the new time isn't available, apologise and go back to (i",
    },
    "hall.md": {
        "Find out the date wanted and how many people are coming.",
        "More than 120 people? Say sorry, the hall is too small, and ",
        "Check the diary - check_diary(date).",
        "Date taken: offer to put them on the waiting list; if they'd",
        "Date free: quote £18 an hour. Do they want to go ahead?",
        "On yes take name, phone number and email and make the bookin",
        "Anything else they need?",
    },
    "invoice.md": {
        "In case that the invoice was not found: ask the customer to ",
        "Amount: this can only a human decide, please forward to the ",
    },
    "isp.md": {
        "Wi-Fi only --> advise moving closer to the router; restart r",
        "Cable or both --> run_line_test(account_number)\n       PASS:",
    },
    "library.md": {
        "If any of them are overdue, waive the fine for the days sinc",
    },
    "meter.md": {
        "Ask the customer for the reading, day reading and night read",
    },
    "permit.md": {
        "If it's registered elsewhere, the resident must update their",
        "Complaints about a penalty charge notice are not dealt with ",
    },
    "pharmacy.md": {
        "IF THE CUSTOMER IS NOT VERIFIED AFTER 2 ATTEMPTS, TRANSFER T",
        "NEVER GIVE MEDICAL ADVICE. IF THE CUSTOMER ASKS FOR MEDICAL ",
    },
    "returns.md": {
        "Hi {{customer.first_name}}, thanks for reaching out! Could y",
    },
    "vet.md": {
        "If the animal is not breathing, is bleeding heavily or has b",
        "Ask for the owner's name, phone number and whether the anima",
        "Work out together whether the animal can wait until the morn",
        "Never recommend medicine.",
    },
}
"""Lines that are reported, as they begin: an author is told what to write instead."""


def compiled(name: str) -> Compiled:
    return compile_document(SourceFile.of(name, (FOLDER / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.md")))
def test_every_line_is_carried_out_or_reported(name: str) -> None:
    found = compiled(name)
    unknown = {
        found.file.slice(finding.label.span)[:SHOWN]
        for finding in found.diagnostics
        if finding.name == "unknown-instruction" and finding.severity is Severity.ERROR
    }
    assert unknown == NOT_UNDERSTOOD.get(name, set())
    assert not [row for row in account(found) if row.fate is Fate.LOST]


def test_a_greeting_and_a_question_are_two_things() -> None:
    routine = compiled("gym.md").routine
    line = routine.line("1(2)")
    assert line is not None and isinstance(line.instruction, Collect)
    assert [slot.name for slot in line.instruction.slots] == ["member_number"]


def test_a_question_for_what_a_call_takes_collects_it_and_is_compared() -> None:
    routine = compiled("gym.md").routine
    months, over, freeze = (routine.line(label) for label in ("4a", "4b", "4c"))
    assert months is not None and isinstance(months.instruction, Collect)
    assert [(slot.name, slot.type) for slot in months.instruction.slots] == [("months", SlotType.NUMBER)]
    assert over is not None and over.condition is not None and over.condition.test == Compare("months", ">", 3)
    assert freeze is not None and freeze.condition is not None and freeze.condition.kind is ConditionKind.OTHERWISE
    assert freeze.instruction == Call("freeze_membership", ("member_number", "months"))


def test_what_fails_twice_is_tried_again_once() -> None:
    routine = compiled("hotel.md").routine
    again, over = routine.line("1.3(1)"), routine.line("1.3(3)")
    assert again is not None and again.instruction == Repeat("1.1", 1)
    assert over is not None and isinstance(over.instruction, HandOver)


def test_a_branch_that_sends_on_sends_on() -> None:
    line = compiled("hotel.md").routine.line("3(2)")
    assert line is not None and line.instruction == Goto("6")


def test_else_under_a_conditional_step_is_the_other_branch() -> None:
    routine = compiled("hotel.md").routine
    step, free, other = routine.step("4"), routine.line("4.1"), routine.line("4.2")
    assert step is not None and step.condition is None
    assert free is not None and free.parent == "4(if)"
    assert other is not None and other.condition is not None and other.condition.instead_of == ("4(if)",)


def test_answers_with_arrows_hang_on_their_question() -> None:
    routine = compiled("refund.md").routine
    asks = next(line for line in routine.questions(QuestionKind.WHICH))
    assert asks.label == "6"
    assert [line.label for line in routine.lines if line.condition and line.condition.question == "6"] == ["6a", "6b"]


def test_asked_again_so_many_times_then_handed_over() -> None:
    routine = compiled("refund.md").routine
    repeats = [line.instruction for line in routine.lines if isinstance(line.instruction, Repeat)]
    assert repeats == [Repeat("2(1)", 2)]
    assert any(isinstance(line.instruction, HandOver) for line in routine.lines)


def test_definitions_without_backticks_and_in_tables_define() -> None:
    assert [f.name for f in compiled("password.md").routine.functions] == [
        "send_reset_link",
        "unlock_account",
        "case_resolution",
    ]
    assert compiled("broadband.md").routine.function("book_move") is not None


def test_an_answer_before_a_colon_is_a_condition() -> None:
    line = compiled("school.md").routine.line("5.1")
    assert line is not None and line.condition is not None
    assert (line.condition.question, line.condition.answer) == ("5", "yes")


def test_what_follows_a_condition_in_its_line_is_under_it() -> None:
    routine = compiled("warranty.md").routine
    under = [line for line in routine.lines if line.parent == "3.1"]
    assert isinstance(under[-1].instruction, Goto)
    assert [line.label for line in under] == ["3.1(1)", "3.1(2)", "3.1(3)"]


def test_steps_named_after_the_answers_of_the_question_before_them_hang_on_it() -> None:
    for name, question, labels in (("permit.md", "2", "345"), ("pharmacy.md", "2.1", "34"), ("bikes.md", "4", "56")):
        routine = compiled(name).routine
        steps = [routine.step(label) for label in labels]
        assert [step.condition.question for step in steps if step and step.condition] == [question] * len(labels)


def test_bullets_and_paragraphs_without_numbers_are_steps_and_that_is_said() -> None:
    for name, count in (("bikes.md", 9), ("furniture.md", 5)):
        found = compiled(name)
        assert [step.label for step in found.routine.steps] == [str(number) for number in range(1, count + 1)]
        assert any(finding.name == "empty-routine" for finding in found.diagnostics)


def test_rows_of_a_table_are_branches_and_what_stands_in_a_row_is_under_it() -> None:
    routine = compiled("meter.md").routine
    closed, active, lower = (routine.line(label) for label in ("2.2", "2.3", "4.2(2)"))
    assert closed is not None and closed.condition is not None
    assert closed.condition.test == Compare("status", "==", "closed")
    assert active is not None and active.instruction == Goto("3")
    assert lower is not None and lower.parent == "4.2(1)"


def test_functions_are_defined_in_tables_json_and_plain_lines() -> None:
    def defined(name: str) -> dict[str, list[str]]:
        return {one.name: [p.name for p in one.parameters] for one in compiled(name).routine.functions}

    assert defined("meter.md")["submit_reading"] == ["account_number", "reading"]
    assert defined("points.md")["get_member"] == ["member_number", "last_name"]
    assert defined("returns.md")["lookup_order"] == ["order_number"]
    assert defined("invoice.md")["correct_invoice"] == ["invoice_number", "new_data"]
    assert defined("furniture.md")["case_resolution"] == []
    assert defined("dentist.md")["free_slots"] == ["preferred_day"]


def test_what_definitions_say_is_returned_decides_conditions() -> None:
    def test_of(name: str, label: str) -> object:
        line = compiled(name).routine.line(label)
        return line.condition.test if line is not None and line.condition is not None else None

    assert test_of("dentist.md", "1A.iii") == Compare("registered", "==", False)
    assert test_of("points.md", "4b") == Compare("channel", "!=", "direct")
    assert test_of("points.md", "4d") == Compare("credited", "==", True)
    assert test_of("invoice.md", "2.2") == Compare("paid", "==", True)


def test_letters_numerals_and_bullets_of_other_programs_are_markers() -> None:
    dentist, library = compiled("dentist.md").routine, compiled("library.md").routine
    assert dentist.line("1A.viii(2)") is not None
    assert library.line("2.1") is not None and library.line("6.1") is not None


def test_a_second_thing_to_do_is_never_swallowed() -> None:
    bikes, school = compiled("bikes.md").routine, compiled("school.md").routine
    for routine, label in ((bikes, "2.1(3)"), (bikes, "3.1(2)"), (school, "3c(2)")):
        line = routine.line(label)
        assert line is not None and isinstance(line.instruction, HandOver), label


def test_an_accepted_offer_is_no_answer_to_the_question_before_it() -> None:
    line = compiled("pharmacy.md").routine.line("4.4(2)")
    assert line is not None and line.condition is not None
    assert (line.condition.question, line.condition.answer) == ("4.4(1)", "yes")


def test_repeat_until_under_the_condition_that_it_is_not() -> None:
    repeats = [one.instruction for one in compiled("points.md").routine.lines if isinstance(one.instruction, Repeat)]
    assert [one.times for one in repeats] == [3]


def test_bullets_under_which_of_these_are_the_answers() -> None:
    for name in ("cats.md", "password.md"):
        routine = compiled(name).routine
        steps = [routine.step(label) for label in "234"]
        assert [step.condition.question for step in steps if step and step.condition] == ["1", "1", "1"]


def test_a_condition_over_conditions_without_marks_holds_them() -> None:
    routine = compiled("cats.md").routine
    step, half, free = routine.step("4"), routine.line("4.1"), routine.line("4.2")
    assert step is not None and step.condition is not None and step.condition.text == "it is a cancellation"
    assert half is not None and half.condition is not None and half.condition.text == "the visit is tomorrow"
    assert free is not None and free.condition is not None and free.condition.instead_of == ("4.1",)


def test_questions_and_answers_in_one_line_are_told_apart() -> None:
    topics = compiled("cats.md").routine.article.topics
    assert [(topic.question, topic.text) for topic in topics] == [
        ("Do you come on Sundays?", "Yes, every day of the week."),
        ("What does a visit cost?", "15 euros."),
        ("Do you bring food?", "No, please leave enough."),
    ]


def test_what_is_to_be_asked_first_is_asked_first() -> None:
    routine = compiled("password.md").routine
    ask, call = routine.line("3a(1)"), routine.line("3a(2)")
    assert ask is not None and isinstance(ask.instruction, Collect)
    assert ask.condition is not None and ask.condition.test == Compare("email", "==", None)
    assert call is not None and call.instruction == Call("unlock_account", ("email",)) and call.condition is None


def test_what_is_not_known_yet_is_asked_for() -> None:
    text = "1. If you don't have the phone number yet, ask for it.\n2. Call book_sitter(phone_number).\n"
    line = compile_document(SourceFile.of("d.md", text)).routine.line("1")
    assert line is not None and isinstance(line.instruction, Collect)
    step = compile_document(SourceFile.of("d.md", text)).routine.step("1")
    assert step is not None and step.condition is not None
    assert (step.condition.kind, step.condition.test) == (ConditionKind.FACT, Compare("phone_number", "==", None))


def test_arguments_told_in_words_are_values() -> None:
    call = compiled("gift.md").routine.line("2.1")
    assert call is not None and call.instruction == Call("card_lookup", ("card_number", "pin"))
    title = compiled("gift.md").routine.step("2")
    assert title is not None and title.text == "Look it up"


def test_none_of_the_above_is_the_otherwise_of_what_stands_above() -> None:
    line = compiled("gift.md").routine.line("3.4")
    assert line is not None and line.condition is not None and line.condition.kind is ConditionKind.OTHERWISE


def test_numbers_without_dots_are_steps() -> None:
    assert [step.label for step in compiled("isp.md").routine.steps] == [str(number) for number in range(1, 9)]


def test_all_that_a_question_asks_for_and_a_call_takes_is_collected() -> None:
    asks = "1. Welcome them, and find out what order number and zip code they have."
    steps = (asks, "2. Call f_x(order_number, zip_code).")
    text = "\n".join(steps) + "\n"
    line = compile_document(SourceFile.of("d.md", text)).routine.line("1(2)")
    assert line is not None and isinstance(line.instruction, Collect)
    assert [slot.name for slot in line.instruction.slots] == ["order_number", "zip_code"]


def test_what_is_done_behind_a_question_is_no_value() -> None:
    for line in compiled("library.md").routine.lines:
        slots = line.instruction.slots if isinstance(line.instruction, Collect) else ()
        assert "look_it_up_again" not in [slot.name for slot in slots]
