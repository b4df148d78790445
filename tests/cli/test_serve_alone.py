"""One SQLite file is served by one process; a fail point that is no place is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bythebook.adapters.alone import alone
from bythebook.adapters.fail_points import PLACES, FailPoint, PlaceUnknown
from bythebook.service.ports import StoreUnavailable


def test_the_second_is_refused_and_the_place_is_free_again(tmp_path: Path) -> None:
    database = tmp_path / "cases.db"
    with alone(database):
        with pytest.raises(StoreUnavailable, match="served by another process already") as refused, alone(database):
            pass
        assert "PostgreSQL" in str(refused.value)
    with alone(database):
        pass


@pytest.mark.parametrize("place", PLACES)
def test_every_named_place_is_one(place: str) -> None:
    FailPoint(place)
    FailPoint(f"{place} 3")


@pytest.mark.parametrize("place", ["call", "after", "after lunch", "before call me maybe"])
def test_what_is_no_place_is_told(place: str) -> None:
    with pytest.raises(PlaceUnknown, match="after call 3"):
        FailPoint(place)


def test_a_fail_point_of_another_name_lets_everything_pass() -> None:
    with FailPoint("before call other").during("call", "this"):
        pass
