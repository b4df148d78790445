"""Documents in the styles of other teams: steps by letters, bullets alone, decision trees, answers before a colon."""

from __future__ import annotations

import pytest

from bythebook.compiler.compile import Compiled, compile_document
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
    QuestionKind,
    Repeat,
    Say,
    Test,
)
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile


def compiled(*lines: str) -> Compiled:
    return compile_document(SourceFile.of("d.md", "\n".join(lines) + "\n"))


def unread(found: Compiled) -> list[str]:
    return [
        found.file.slice(one.label.span)
        for one in found.diagnostics
        if one.name == "unknown-instruction" and one.severity is Severity.ERROR
    ]


def does(found: Compiled, label: str) -> Instruction:
    line = found.routine.line(label)
    assert line is not None, [one.label for one in found.routine.lines]
    return line.instruction


def condition(found: Compiled, label: str) -> Condition:
    line, step = found.routine.line(label), found.routine.step(label)
    what = (line.condition if line is not None else None) or (step.condition if step is not None else None)
    assert what is not None
    return what


def test_lettered_steps_hold_the_numbers_under_them() -> None:
    found = compiled(
        "A. Find the boat",
        "1. Ask for the berth number.",
        "2. Look up the boat with find_boat.",
        "B. Moor it",
        "1. If the berth is taken: go to C.",
        "C. Finish",
        "1. Tell the customer that the harbour master will phone.",
    )
    assert [step.label for step in found.routine.steps] == ["A", "B", "C"]
    assert isinstance(does(found, "A.1"), Collect)
    assert does(found, "A.2") == Call("find_boat", ())
    assert does(found, "B.1") == Goto("C")
    assert not unread(found)


def test_bullets_alone_under_a_title_are_steps() -> None:
    found = compiled(
        "# Lost umbrella",
        "",
        "- Ask where they left it",
        "- Call find_umbrella(place)",
        "- If it was found",
        "  - Tell the customer that they can fetch it at the desk",
        "- Ask if there is anything else",
    )
    assert [step.label for step in found.routine.steps] == ["1", "2", "3", "4"]
    assert not unread(found)


def test_sections_of_bullets_are_gone_to_by_their_names() -> None:
    found = compiled(
        "•\u00a0Ask for the order number.",
        "•\tCall\u00a0find_order with the order number.",
        "o\tIf it was found, go to “Exchange”.",
        "",
        "Exchange",
        "•\tTell the customer that the new one is on its way.",
        "•\tAsk if there is anything else.",
    )
    assert does(found, "2") == Call("find_order", ("order_number",))
    assert does(found, "2.1") == Goto("3")


def test_a_decision_tree_asks_its_questions() -> None:
    found = compiled(
        "Q1. Is the lid shut?",
        "If yes -> go to Q2",
        "If no -> ask them to shut it, then go to Q2",
        "Q2. Is the lamp red or green?",
        "Red -> go to 3",
        "Green -> go to 4",
        "3. Hand over to a colleague and tell the customer that somebody will call.",
        "4. Check there is nothing else, then close.",
    )
    asked = does(found, "Q1")
    assert isinstance(asked, Ask) and asked.kind is QuestionKind.YES_NO and asked.answers == ("Q1.1", "Q1.2")
    assert does(found, "Q1.1") == Goto("Q2")
    assert does(found, "Q1.2(2)") == Goto("Q2")
    lamp = does(found, "Q2")
    assert isinstance(lamp, Ask) and lamp.kind is QuestionKind.WHICH and len(lamp.answers) == 2
    # Once a human has the case it would be too late to say so.
    assert isinstance(does(found, "3(1)"), Say) and isinstance(does(found, "3(2)"), HandOver)
    assert does(found, "4(1)") == Ask(None, QuestionKind.ANYTHING_ELSE)


def test_lines_named_after_answers_are_their_branches() -> None:
    found = compiled(
        "1. Ask how they want the ticket (paper, phone or counter).",
        "1a) Paper: ask for the address.",
        "1b) Phone: call the 'send_ticket' function.",
        "1c) Counter: the desk is open until six.",
        "2. If the customer chose paper, call the 'post_ticket' function.",
    )
    asked = does(found, "1")
    assert isinstance(asked, Ask) and asked.answers == ("1a", "1b", "1c")
    assert isinstance(does(found, "1a"), Collect)
    assert isinstance(does(found, "1c"), Say)
    assert condition(found, "2").answer == "1a"


def test_results_before_a_colon_are_compared() -> None:
    found = compiled(
        "1. Call the 'measure_queue' function:",
        "1a) Queue under 10 minutes: tell the customer that it will not be long.",
        "1b) Queue between 10 and 30 minutes: tell the customer to take a seat.",
        "1c) Queue of 31 minutes or more: tell the customer to come back.",
    )
    assert condition(found, "1a").test == Compare("queue", "<", 10)
    assert condition(found, "1b").test == All((Compare("queue", ">=", 10), Compare("queue", "<=", 30)))
    assert condition(found, "1c").test == Compare("queue", ">=", 31)


@pytest.mark.parametrize(
    ("words", "test"),
    [
        ("seat is Window or Aisle", Any((Compare("seat", "==", "Window"), Compare("seat", "==", "Aisle")))),
        (
            "free is True and seat is neither Window nor Aisle",
            All(
                (
                    Compare("free", "==", True),
                    All((Compare("seat", "!=", "Window"), Compare("seat", "!=", "Aisle"))),
                )
            ),
        ),
    ],
)
def test_several_values_of_one_name(words: str, test: Test) -> None:
    found = compiled("1. Call `get_seat()`", f"   - If {words}: tell the customer that it is booked.")
    assert condition(found, "1.1").test == test


def test_why_something_happened_is_an_answer_and_no_result() -> None:
    found = compiled(
        "1. Call `get_course(number)`.",
        "2. Find the reason:",
        "   a. Ask why the course was dropped.",
        "   b. If it was dropped because of a move: call `refund(number)`.",
        "   c. If it was dropped by the school: tell the customer that we are sorry.",
    )
    assert condition(found, "2b").kind is ConditionKind.ANSWER
    assert condition(found, "2b").question == "2a"


def test_going_back_has_its_limit() -> None:
    found = compiled(
        "1. Ask for the hall number.",
        "2. Call `book_hall(hall_number)`.",
        "   - If the hall is not available: return to step 1. Do this at most 2 times, then go to step 4.",
        "3. Tell the customer that it is booked.",
        "4. Ask if there is anything else.",
    )
    assert does(found, "2.1(1)") == Repeat("1", 2)
    assert does(found, "2.1(2)") == Goto("4")


def test_to_continue_is_to_go_on_with_the_next_line() -> None:
    found = compiled(
        "1. Move out:",
        '   1. Ask "Have you paid the last rent?"',
        "      - If no, go to step 2.",
        "      - If yes, continue.",
        "   2. Call `end_lease(flat)`.",
        "2. Ask if there is anything else.",
    )
    assert isinstance(does(found, "1.1.2"), Group)


def test_a_condition_under_a_question_is_never_part_of_it() -> None:
    found = compiled(
        "1. Say hello and ask for the locker number.",
        "   1a. If the key is lost, call the `open_locker` function with their full name.",
        "   1b. A locker has 3 figures. If it does not, ask again.",
        "2. Call `find_locker(locker_number)`.",
    )
    assert isinstance(does(found, "1(2)"), Collect)
    assert does(found, "1a") == Call("open_locker", ("full_name",))
    assert [words[:8] for words in unread(found)] == ["A locker"]


def test_what_is_told_before_conditions_is_said() -> None:
    found = compiled(
        "1. Call `get_bill(number)`.",
        "2. Tell the customer what the bill is and when it is due.",
        "   a. If the bill is under £5:",
        '      i. Say "You can pay it next month."',
    )
    assert isinstance(does(found, "2"), Say)


def test_lines_of_a_paragraph_that_each_tell_what_to_do_are_lines() -> None:
    found = compiled(
        "Step 1: Get the meter",
        "Ask the custmer for there meter number.",
        "Call find_meter(meter_number)",
        "",
        "Step 2: Finish",
        "Ask if there is anything else.",
        "",
        "Please note:",
        "- if the customer smells smoke: tell them to leave and call alarm_desk(meter_number) straight away",
    )
    assert isinstance(does(found, "1.1"), Collect)
    assert does(found, "1.2") == Call("find_meter", ("meter_number",))
    assert [step.label for step in found.routine.steps][-1].startswith("note.")


def test_before_anything_else_closes_nothing() -> None:
    found = compiled(
        "1. Ask whether they are safe before anything else.",
        "2. If they ask about anything else, call `hand_over_to_desk()`.",
    )
    asked = does(found, "1")
    assert isinstance(asked, Ask) and asked.kind is QuestionKind.YES_NO
    assert condition(found, "2").text == "they ask about anything else"


def test_a_second_deed_behind_a_call_is_not_passed_over() -> None:
    found = compiled("1. Call the `close_shop` function to end the day and then tell the customer that it is shut.")
    assert does(found, "1(1)") == Call("close_shop", ())
    assert isinstance(does(found, "1(2)"), Say)


def test_parts_with_letters_are_steps_and_gone_to() -> None:
    found = compiled(
        "Part A – Opening",
        "a. Thank the caller for phoning.",
        "b. Ask if they want to renew or to cancel.",
        "c. Renew ⇒ Part B.",
        "d. Cancel ⇒ Part C.",
        "Part B – Renewing",
        "a. Run `renew_card`.",
        "Part C – Close",
        "a. Ask whether we can help with anything else.",
    )
    assert [step.label for step in found.routine.steps] == ["A", "B", "C"]
    assert does(found, "Ac") == Goto("B")
    assert condition(found, "Ad").question == "Ab"
    assert not unread(found)


def test_titles_in_another_form_of_the_verb_hang_on_the_question() -> None:
    found = compiled(
        "1. Ask whether they would like to swap or return the shoes.",
        "2. Swapping",
        "   2.1. Call `swap_shoes(order)`.",
        "3. Returning",
        "   3.1. Call `return_shoes(order)`.",
    )
    assert condition(found, "2").question == "1" and condition(found, "3").question == "1"


def test_titles_after_listed_answers_may_stand_behind_another_step() -> None:
    found = compiled(
        "1. Ask the customer which of these they need:",
        "   - a copy of the bill",
        "   - to pay the bill late",
        "2. Check who they are:",
        "   1. Ask for the account number.",
        "   2. Call `find_account(account_number)`.",
        "3. **Copy of the bill**",
        "   1. Call `send_bill(account_number)`.",
        "4. **Paying the bill late**",
        "   1. Call `allow_delay(account_number)`.",
    )
    assert condition(found, "3").question == "1" and condition(found, "4").question == "1"


def test_names_over_lines_under_a_question_are_its_answers() -> None:
    found = compiled(
        "1. Ask what kind of room they want.",
        "   1.1 Small room:",
        "       - call hold_small(name)",
        "   1.2 Large room:",
        "       - call hold_large(name)",
    )
    assert condition(found, "1.1").question == "1" and condition(found, "1.2").question == "1"
    assert does(found, "1.2.1") == Call("hold_large", ("name",))


def test_what_ends_with_a_preposition_is_no_value() -> None:
    found = compiled(
        "1. Call `get_train(number)`.",
        "   - If the train leaves in less than 20 minutes, tell the customer to hurry.",
    )
    assert condition(found, "1.1").test is None


def test_a_condition_holds_no_sentence_of_its_own() -> None:
    found = compiled(
        "1. If a dog comes along, it needs a ticket; tell the customer.", "2. Ask if there is anything else."
    )
    assert [words[:8] for words in unread(found)] == ["If a dog"]


def test_no_value_of_a_list_is_dropped() -> None:
    found = compiled("1. Ask for two of these three things: mother's first name, street of birth, first pet.")
    asked = does(found, "1")
    assert isinstance(asked, Collect)
    assert [slot.name for slot in asked.slots] == ["mothers_first_name", "street_of_birth", "first_pet"]


def test_values_listed_behind_a_question_are_the_choices() -> None:
    found = compiled(
        "1. Ask which phone they would like: Elm, Oak or Birch.", "2. Call `order_phone(phone)`.", "3. Say goodbye."
    )
    asked = does(found, "1")
    assert isinstance(asked, Collect) and asked.slots[0].options == ("Elm", "Oak", "Birch")


def test_what_a_document_works_with_is_told_to_nobody() -> None:
    found = compiled(
        "# Late keys", "", "**Inputs:** room_number, name", "", "## Step 1 - Look", "- Call `find_room(name)`"
    )
    assert not found.routine.article.topics
    assert [one.name for one in found.diagnostics if one.label.span.start < 40] == ["unread-note"]


def test_only_behind_the_closing_question_is_if_not_its_no() -> None:
    found = compiled('1. Ask "Is there anything else?" and, if not, call `close_case`.')
    assert does(found, "1(2)") == Call("close_case", ())
    assert unread(compiled('1. Ask "Is it paid?" and, if not, call `send_bill`.'))


def test_what_is_to_be_found_out_is_asked_by_the_line_under_it() -> None:
    found = compiled(
        "1. Greet the customer and find out what is broken.",
        '   a. Ask the customer: "Is it the lamp at the door, the lamp at your own desk, or the heating?"',
        "2. If it is the lamp at the customer's own desk:",
        "   a. Ask if the neighbours have light.",
        '   b. If the neighbours have light: "Please change the bulb."',
        "   c. If the neighbours have no light either: call `check_fuse(floor)`.",
        "3. If it is the heating:",
        '   a. Say "Somebody will come today."',
    )
    assert condition(found, "2").question == "1a" and condition(found, "3").question == "1a"
    assert (condition(found, "2c").question, condition(found, "2c").answer) == ("2a", "no")
    assert not unread(found)


def test_a_day_is_not_shorter_than_a_number() -> None:
    found = compiled(
        "1. Ask for the last day of the stay.",
        "2. If the stay is shorter than 3 days, tell the customer that it is too short.",
        "3. Call `book_stay(last_day_of_the_stay)`.",
    )
    assert condition(found, "2").test is None


@pytest.mark.parametrize(("words", "value"), [("the child is younger than 6", 6), ("the guest is under 6", 6)])
def test_who_is_older_or_younger_is_told_by_the_age(words: str, value: int) -> None:
    found = compiled("1. Ask for the age of the child.", f"2. If {words}, call `book_seat(age)`.")
    assert condition(found, "2").test == Compare("age", "<", value)


def test_what_is_done_instead_hangs_on_what_is_not_done() -> None:
    found = compiled(
        "1. Call `get_order(number)`.",
        "2. If the order is a gift, do not charge anything. Call the `wrap_gift` function instead.",
        "3. Ask if there is anything else.",
    )
    assert condition(found, "2").text == "the order is a gift"
    calls = [line.label for line in found.routine.lines if line.instruction == Call("wrap_gift", ())]
    assert calls and all(label.startswith("2") for label in calls)


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("Ask the customer for the reason for the return.", True),
        ("Collect the deadline for the project.", True),
        ("Ask the custmer for their name.", True),
        ("Ask the manager for the code.", False),
    ],
)
def test_only_behind_ask_does_somebody_stand_before_the_value(line: str, asks: bool) -> None:
    lines = compiled(f"1. {line}").routine.lines
    assert [isinstance(one.instruction, Collect) for one in lines] == [True] * asks
