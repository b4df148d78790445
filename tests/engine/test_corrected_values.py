"""A value that the customer puts right is taken, and they are told so (R10)."""

from __future__ import annotations

from typing import Final

from tests.engine.telling import Told, released

CARDS: Final = """\
# Birthday cards

1. Ask the customer: "What is your street?"
2. Ask the customer: "What is your birthday?"
3. Say: "Thank you. It comes on that day."
4. Ask: "Is there anything else I can help you with?"
   - If not, call `case_resolution`.
"""


def asked() -> Told:
    """A case that knows the street, and asks for the birthday."""
    told = Told(released(CARDS))
    told.hears("routine")
    assert told.hears(street="Mill Lane 3") == ["2"]
    return told


def test_a_value_that_takes_the_place_of_another_is_acknowledged_before_the_question_goes_on() -> None:
    told = asked()
    assert told.hears(street="Mill Lane 5") == ["house:correction", "2"]
    assert told.state.facts["street"] == "Mill Lane 5"
    assert told.hears(street="Mill Lane 7", birthday="1 May 1990") == ["house:correction", "3", "4"]


def test_what_is_only_said_once_more_is_no_correction() -> None:
    told = asked()
    assert told.hears(street="mill  lane 3.", birthday="1 May 1990") == ["3", "4"]
