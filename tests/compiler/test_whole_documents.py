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
NOT_UNDERSTOOD = {
    "password.md": {
        "they forgot their password",
        "their account is locked",
        "they no longer have access to their email",
        "Call `unlock_account(email)`; if you don't have the email yet, ask for it first.",
    }
}
"""Lines that are reported: an author is told what to write instead."""


def compiled(name: str) -> Compiled:
    return compile_document(SourceFile.of(name, (FOLDER / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.md")))
def test_every_line_is_carried_out_or_reported(name: str) -> None:
    found = compiled(name)
    unknown = {
        found.file.slice(finding.label.span)
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
