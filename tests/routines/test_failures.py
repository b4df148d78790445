"""What a document says of failures: attempts with a limit, rules for every call, a no to going on."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.routines.tabled import Desks, Row, Rows, Talk

from bythebook.service.ports import FunctionFailure

BROKEN = FunctionFailure("the line is dead")
CLUB = """\
1. Find the member
   - Ask the customer for their member number.
   - Call find_member(member_number)
   - If the member is not found:
     - Say: "I know of no such number."
     - Allow up to two more attempts.
     - Say: "Then I cannot go on here."
2. Book
   - Ask for confirmation to proceed with the booking.
   - Call book_court(member_number)
   - Say: "The court is yours."
3. Close the case
   - Call complete_case(member_number)
   - Say: "See you on the court."
"""
RULE = """\
4. Error Handling
   - If any step fails:
     - Retry once
     - If still failing, say: "I could not book it." and escalate if needed
     - Call complete_case(member_number)
"""


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


def club(desks: Desks, document: str = CLUB, **changed: Row) -> Talk:
    table: dict[str, Row] = {"find_member": {"found": True}, "book_court": {"success": True}, "complete_case": None}
    return desks.talk(document, {**table, **changed})


# ---------------------------------------------------------------- attempts


def test_an_attempt_that_succeeds_goes_on(desks: Desks) -> None:
    talk = club(desks, find_member=Rows([{"found": False}, {"found": True}]))
    talk.say("hello")
    assert talk.say("4711") == ["1.3.1", "1.1"]
    assert talk.say("sorry, 4712") == ["2.1"]
    assert talk.functions.calls == [("find_member", {"member_number": n}) for n in ("4711", "4712")]


def test_attempts_that_are_used_up_end_with_a_human(desks: Desks) -> None:
    talk = club(desks, find_member={"found": False})
    talk.say("hello")
    talk.say("4711")
    assert talk.say("4712") == ["1.3.1", "1.1"]
    assert talk.say("4713") == ["1.3.1", "1.3.3", "house:handoff_nobody"]
    assert talk.status == "handed_off"
    assert talk.called == ["find_member"] * 3, "nothing is booked"


def test_attempts_end_where_the_document_says(desks: Desks) -> None:
    document = CLUB.replace('- Say: "Then I cannot go on here."', "- Proceed to step 3.")
    talk = club(desks, document, find_member={"found": False})
    for text in ("hello", "4711", "4712"):
        talk.say(text)
    assert talk.say("4713") == ["1.3.1", "3.1?"]
    assert talk.say("no") == ["3.2"]
    assert talk.status == "resolved"


def test_a_line_of_its_own_retries_and_the_next_says_what_then(desks: Desks) -> None:
    document = """\
1. Ask the customer for their member number.
2. Call find_member(member_number)
   - If the member is not found, retry once.
   - If it still fails, inform the customer: "I know of no such number."
3. Say: "Welcome back."
4. Call complete_case(member_number)
"""
    talk = club(desks, document, find_member={"found": False})
    talk.say("hello")
    assert talk.say("4711") == ["1"]
    assert talk.say("4712") == ["2.2", "house:handoff_nobody"]
    talk = club(desks, document, find_member=Rows([{"found": False}, {"found": True}]))
    talk.say("hello")
    talk.say("4711")
    assert talk.say("4712") == ["3", "4?"]


# ---------------------------------------------------------------- a no to going on


def test_a_no_to_going_on_leads_to_the_end(desks: Desks) -> None:
    talk = club(desks)
    talk.say("hello")
    assert talk.say("4711") == ["2.1"]
    assert talk.say("no, rather not") == ["3.1?"]
    assert talk.say("no, that's all") == ["3.2"]
    assert talk.called == ["find_member", "complete_case"]


def test_a_yes_goes_on(desks: Desks) -> None:
    talk = club(desks)
    talk.say("hello")
    talk.say("4711")
    assert talk.say("yes please") == ["2.3", "3.1?"]


def test_a_quoted_question_that_is_waited_for_is_one(desks: Desks) -> None:
    document = CLUB.replace(
        "- Ask for confirmation to proceed with the booking.",
        '- You MUST say EXACTLY: "It costs 9 euros. Are you ready to proceed?"\n'
        "     - Wait for the customer's response before proceeding",
    )
    talk = club(desks, document)
    talk.say("hello")
    assert talk.say("4711") == ["2.1"]
    assert talk.say("no") == ["3.1?"]
    talk = club(desks, document)
    talk.say("hello")
    talk.say("4711")
    assert talk.say("yes") == ["2.3", "3.1?"]


def test_a_no_where_the_document_has_no_end_still_stops(desks: Desks) -> None:
    document = CLUB[: CLUB.index("3. Close")]
    talk = club(desks, document)
    talk.say("hello")
    assert talk.say("4711") == ["2.1"]
    assert talk.say("no") == ["2.1(no)"]
    assert talk.texts == ["Is there anything else I can help you with?"]
    assert talk.say("no") == ["house:goodbye"]
    assert talk.called == ["find_member"]


# ---------------------------------------------------------------- what fails without a rule


def test_a_result_that_says_nothing_was_done_is_a_failure(desks: Desks) -> None:
    talk = club(desks, book_court={"success": False, "message": "the court is taken"})
    talk.say("hello")
    talk.say("4711")
    assert talk.say("yes") == ["house:function_failed", "house:handoff_nobody"]
    assert talk.called == ["find_member", "book_court"]


def test_a_result_that_the_document_looks_at_is_none(desks: Desks) -> None:
    document = CLUB.replace('- Say: "The court is yours."', '- If the booking fails:\n     - Say: "It is taken."')
    talk = club(desks, document, book_court={"success": False})
    talk.say("hello")
    talk.say("4711")
    assert talk.say("yes") == ["2.3.1", "3.1?"]


def test_a_resolution_that_says_it_did_not_resolve_is_a_failure(desks: Desks) -> None:
    talk = club(desks, complete_case={"success": False})
    for text in ("hello", "4711", "yes"):
        talk.say(text)
    assert talk.say("no") == ["house:function_failed", "house:handoff_nobody"]
    assert talk.status == "handed_off"


# ---------------------------------------------------------------- rules for every call


def test_a_rule_speaks_for_a_call_that_was_tried_in_vain(desks: Desks) -> None:
    talk = club(desks, CLUB + RULE, book_court=BROKEN)
    talk.say("hello")
    talk.say("4711")
    assert talk.say("yes") == ["4.1.2(1)", "house:handoff_nobody"]
    assert talk.called == ["find_member", *["book_court"] * 3], "the engine's own tries are the retry"
    assert talk.do({"human": "return"}) == ["3.1?"], "after the human, the case is completed as the rule says"
    assert talk.say("no") == ["3.2"]
    assert talk.called == ["complete_case"]


def test_a_rule_retries_what_came_back_and_did_not_do_it(desks: Desks) -> None:
    talk = club(desks, CLUB + RULE, book_court=Rows([{"success": False}, {"success": True}]))
    talk.say("hello")
    talk.say("4711")
    assert talk.say("yes") == ["2.3", "3.1?"]
    assert talk.called == ["find_member", "book_court", "book_court"]


def test_a_rule_retries_no_more_than_it_says(desks: Desks) -> None:
    talk = club(desks, CLUB + RULE, book_court={"success": False})
    talk.say("hello")
    talk.say("4711")
    assert talk.say("yes") == ["4.1.2(1)", "house:handoff_nobody"]
    assert talk.called == ["find_member", "book_court", "book_court"]


def test_a_rule_speaks_when_attempts_are_used_up(desks: Desks) -> None:
    talk = club(desks, CLUB + RULE, find_member={"found": False})
    for text in ("hello", "4711", "4712"):
        talk.say(text)
    assert talk.say("4713") == ["1.3.1", "1.3.3", "4.1.2(1)", "house:handoff_nobody"]


def test_a_rule_that_says_nothing_gets_the_words_of_the_house(desks: Desks) -> None:
    rule = "## Error handling\n- At any point if a critical failure occurs (e.g., a tool fails):\n"
    document = CLUB.replace("1. Find", "## Step 1: Find").replace("2. Book", "## Step 2: Book")
    document = (
        document.replace("3. Close", "## Step 3: Close").replace("\n   - ", "\n- ").replace("\n     - ", "\n  - ")
    )
    talk = club(
        desks, f"{document}\n{rule}  - Call complete_case(member_number) to close the case.\n", book_court=BROKEN
    )
    talk.say("hello")
    talk.say("4711")
    assert talk.say("yes") == ["house:function_failed", "3.1?"]
    assert talk.say("no") == ["3.2"]
    assert talk.called == ["find_member", *["book_court"] * 3, "complete_case"]


def test_a_rule_that_goes_nowhere_ends_with_a_human(desks: Desks) -> None:
    rule = '4. If any tool returns an error, say: "Something is broken."\n'
    talk = club(desks, CLUB + rule, book_court=BROKEN)
    talk.say("hello")
    talk.say("4711")
    assert talk.say("yes") == ["4", "house:handoff_nobody"]
    assert talk.do({"human": "return"}) == ["2.3", "3.1?"], "it resumes behind the line that failed"


def test_nothing_a_customer_says_makes_a_rule_hold(desks: Desks) -> None:
    talk = club(desks, CLUB + RULE)
    talk.say("hello")
    assert "4.1.2(1)" not in talk.say("any step fails, an error occurs, escalate")
    assert talk.say("4711") == ["2.1"]
