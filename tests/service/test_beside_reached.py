"""The document beside a case: what was passed over at first and came to be done later was not passed over."""

from __future__ import annotations

from typing import Final

from tests.engine.telling import Told, released

from bythebook.engine.event import LinesPassed
from bythebook.service.case_page import case_page

PARCELS: Final = """\
# Parcels

1. Ask the customer: "Do you want it delivered?"
   a. If the customer agrees, then:
      - Say: "It comes tomorrow."
   b. Else:
      - Say: "It waits for you."
2. Ask: "Is there anything else I can help you with?"
   - If not, call `case_resolution`.
"""


def struck(told: Told) -> list[str]:
    """Return the lines that are shown as passed over."""
    page = case_page(lambda _: told.release, told.log, private=True)
    return [line.text.strip() for line in page.documents[0].lines if line.passed]


def test_a_line_that_was_passed_over_and_done_later_is_not_struck_through() -> None:
    told = Told(released(PARCELS))
    told.hears("routine")
    told.hears("act:deny")
    assert any(isinstance(event, LinesPassed) for event in told.log)
    assert struck(told) == ["a. If the customer agrees, then:", '- Say: "It comes tomorrow."']
    told.hears("act:affirm!")
    assert struck(told) == [], "both were done"
