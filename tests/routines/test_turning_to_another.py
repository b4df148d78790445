"""Two documents are loaded, and the customer turns to the other one while a value is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from bythebook.bootstrap import build_rehearsal
from bythebook.cli.stand_in import Nothing
from bythebook.settings import Settings
from bythebook.testing.rehearsal import Rehearsal

TESTS: Final = Path(__file__).parent.parent
DOCUMENTS: Final = (TESTS / "fixtures" / "together" / "court-booking", TESTS / "foreign" / "tool-rental")


@pytest.fixture(scope="module")
def two() -> Rehearsal:
    settings = Settings(document=tuple(map(str, DOCUMENTS)))
    return build_rehearsal(settings, stand_in=Nothing)


@pytest.mark.parametrize("text", ["Actually I want to book a tennis court", "sorry, can we book a court instead"])
def test_a_wish_is_no_value(two: Rehearsal, text: str) -> None:
    two.do({"new": True, "routine": "tool-rental"})
    two.do({"say": "hello"})
    answer = two.do({"say": text})
    assert not answer["reading"]["slots"]  # type: ignore[index]
    offered = [button["label"] for button in answer["buttons"]]  # type: ignore[attr-defined]
    assert answer["routine"] == "court-booking" or "Court booking" in offered


def test_a_value_stays_one(two: Rehearsal) -> None:
    two.do({"new": True, "routine": "tool-rental"})
    two.do({"say": "hello"})
    answer = two.do({"say": "Tom Court, locker 3"})
    assert answer["reading"]["slots"] == {"full_name": "Tom Court", "locker_number": "3"}  # type: ignore[index]
    assert answer["routine"] == "tool-rental"
