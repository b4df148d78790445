"""A yes or no that is changed later: the other branch is gone through, and nothing is called twice."""

from __future__ import annotations

import pytest
from tests.engine.telling import Told, released

from bythebook.adapters.shelf import house
from bythebook.compiler.release import build_release
from bythebook.engine.menu import Situation, build_menu
from bythebook.reading.local import build_reader

WARRANTY = """\
1. Ask the customer: "Is the device still under warranty?"
   - If the customer says yes:
      - Call book_repair().
      - Say: "Then it is free."
      - Ask the customer for their serial number.
      - Call keep_serial(serial_number).
   - If the customer says no:
      - Say: "Then it costs 20 euros."
2. Ask the customer: "Is there anything else?"
3. Call the `case_resolution` function.
"""


GREETING = """\
1. Say: "Hello."
2. Ask the customer: "Is there anything else?"
3. Call the `case_resolution` function.
"""


def told(*answers: str) -> Told:
    case = Told(released(WARRANTY))
    case.hears("act:greeting")
    for answer in answers:
        case.hears(answer)
    return case


def test_a_yes_that_was_none_goes_through_the_other_branch() -> None:
    case = told("act:affirm")
    assert case.hears("act:deny!") == ["house:correction", "1.2.1", "2"]
    assert case.state.answers == {"1": "no"}


def test_a_no_that_was_none_carries_out_what_was_passed_over() -> None:
    case = told("act:deny")
    assert case.hears("act:affirm!") == ["house:correction", "book_repair()", "1.1.2", "1.1.3"]


def test_nothing_is_called_twice_and_what_was_said_is_said_again() -> None:
    case = told("act:affirm", "act:deny!")
    assert case.hears("act:affirm!") == ["house:correction", "1.1.2", "1.1.3"]


@pytest.mark.parametrize("mark", ["act:affirm!", "act:affirm"])
def test_the_same_answer_again_changes_nothing(mark: str) -> None:
    case = told("act:affirm")
    assert case.hears(mark) == ["house:not_understood", "1.1.3"]


def test_the_closing_no_stays_one_where_nothing_was_answered_before() -> None:
    case = Told(released(GREETING))
    case.hears("act:greeting")
    assert case.hears("act:deny!") == ["house:goodbye", "case_resolution()"]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("sorry, I meant no", "act:deny"),
        ("I said yes but it's no", "act:deny"),
        ("that should be a yes", "act:affirm"),
        ("please change it from yes to no", "act:deny"),
    ],
)
def test_it_is_read_as_a_change(text: str, act: str) -> None:
    release, _, problems = build_release("told", {"document.md": WARRANTY.encode()}, house())
    assert release is not None, problems
    reading = build_reader(release, None).read(text, build_menu(release, Situation(pending="2")))
    assert [(found.id, found.correction) for found in reading.choices] == [(act, True)]


@pytest.mark.parametrize("text", ["no", "I meant no harm", "the answer was no", "they said no", "it was no problem"])
def test_other_words_change_nothing(text: str) -> None:
    release, _, _ = build_release("told", {"document.md": WARRANTY.encode()}, house())
    assert release is not None
    reading = build_reader(release, None).read(text, build_menu(release, Situation(pending="2")))
    assert not any(found.correction for found in reading.choices)
