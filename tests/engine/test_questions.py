"""Questions in their place: under conditions, lapsed, without an answer, and what a value that comes late changes."""

from __future__ import annotations

import pytest
from tests.engine.telling import Told, released

CLOSING = """\
{n}. Ask the customer: "Is there anything else?"
{m}. Call the `case_resolution` function.
"""

# ---------------------------------------------------------------- a question under a condition that a call decides

LOCKER = """\
1. Ask the customer for their locker number.
2. Open the locker.
   a. Call find_locker(locker_number).
   b. If the locker is found:
      - Ask the customer if they would like it opened.
      - If the customer agrees:
         - Call open_locker(locker_number).
         - Say: "It is open."
      - Else:
         - Say: "It stays shut."
   c. Else:
      - Say: "There is no such locker."
""" + CLOSING.format(n=3, m=4)


@pytest.mark.parametrize(
    ("answer", "then"),
    [("act:affirm", ["open_locker()", "2b.2.2", "3"]), ("act:deny", ["2b.3.1", "3"])],
)
def test_what_hangs_on_a_question_waits_for_its_answer_where_a_call_before_it_decides_that_it_is_asked(
    answer: str, then: list[str]
) -> None:
    case = Told(released(LOCKER), {"find_locker": {"found": True}})
    assert case.hears("act:greeting") == ["1"]
    assert case.hears(locker_number="12") == ["find_locker()", "2b.1"]
    assert case.hears(answer) == then


def test_the_other_branch_asks_nothing() -> None:
    case = Told(released(LOCKER), {"find_locker": {"found": False}})
    case.hears("act:greeting")
    assert case.hears(locker_number="12") == ["find_locker()", "2c.1", "3"]


ON_REQUEST = """\
1. Ask the customer: "Do you want a room or a desk?"
2. If the customer wants a room:
   a. Call find_room().
   b. If a room is found:
      - Ask the customer for their badge number.
      - Call book_room(badge_number).
      - Say: "It is yours."
3. If the customer wants a desk:
   a. Say: "Take any."
""" + CLOSING.format(n=4, m=5)


def test_so_it_is_in_a_step_that_words_have_entered() -> None:
    case = Told(released(ON_REQUEST), {"find_room": {"found": True}})
    assert case.hears("step:2") == ["find_room()", "2b.1"]
    assert case.hears(badge_number="77") == ["book_room()", "2b.3", "4"]
