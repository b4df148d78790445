"""Parts of an address, however few of them come at a time."""

from __future__ import annotations

import pytest

from bythebook.reading.address_parts import PARTS, parts_by_form
from bythebook.reading.slots import read_slots
from bythebook.routine.model import Slot, SlotType
from bythebook.source.span import Span

WANTED = tuple(
    Slot(name, words, Span(0, 0), SlotType.TEXT)
    for name, words in (
        ("street", "street"), ("city", "city"), ("state", "state"), ("zip_code", "zip"), ("country", "country"),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("it's 42 Wallaby Way", {"street": "42 Wallaby Way"}),
        ("Madison, NY", {"city": "Madison", "state": "NY"}),
        ("San Jose, California", {"city": "San Jose", "state": "California"}),
        ("02118, USA", {"zip_code": "02118", "country": "USA"}),
        ("Madison", {"city": "Madison"}),
        ("New Jersey", {"state": "New Jersey"}),
        ("we moved to 5 Elm Street", {}),
        ("I don't know it yet", {}),
        ("my new place", {}),
        ("one moment please", {}),
        ("742 Evergreen Terrace, Greenville, NC 28202, USA",
         {"street": "742 Evergreen Terrace", "city": "Greenville", "state": "NC", "zip_code": "28202",
          "country": "USA"}),
        ("17 Oak Ave, Springfield, IL",
         {"street": "17 Oak Ave", "city": "Springfield", "state": "IL"}),
        ("zip is 02118 and the country is USA", {"zip_code": "02118", "country": "USA"}),
    ],
)  # fmt: skip
def test_what_a_message_gives_of_an_address(text: str, values: dict[str, str]) -> None:
    assert read_slots(text, WANTED).values == values


def test_only_what_is_asked_for_is_taken() -> None:
    assert parts_by_form(["Madison", "NY"], {"city", "zip"}) == {}
    assert parts_by_form(["Madison", "NY"], {"state"}) == {}
    assert parts_by_form([], PARTS) == {}
    assert parts_by_form(["a"] * 6, PARTS) == {}
