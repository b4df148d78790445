"""The log of releases, on memory and every SQL store: only ever added to, one number one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.contracts.beside import SQL, opened

from bythebook.adapters.memory_releases import MemoryReleases
from bythebook.adapters.sql_people import SqlPeople
from bythebook.adapters.sql_releases import SqlReleases
from bythebook.service.people import Deed, NotedQuery
from bythebook.service.releases import Act, LogMoved, Move, ReleaseLog, ReleaseStep, first_break, moved

AT = datetime(2026, 1, 5, 9, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture(params=["memory", *SQL])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ReleaseLog]:
    if request.param == "memory":
        yield MemoryReleases()
    else:
        for store in opened(request.param, tmp_path):
            yield SqlReleases(store)


def steps(*moves: Move, note: str = "", name: str = "refunds") -> list[ReleaseStep]:
    made: list[ReleaseStep] = []
    for move in moves:
        made.append(moved(made, Act(name, "d" * 64, move, "Ann", note, folder=True), AT))
    return made


def test_what_was_kept_is_returned_as_it_was(log: ReleaseLog) -> None:
    made = steps(Move.SUBMIT, Move.CHECK, note="two lines,\nand \u201cquotes\u201d \N{PARTY POPPER}")
    log.append(made[:1])
    log.append(made[1:])
    assert list(log.steps()) == made
    assert log.head() == 2
    assert first_break(log.steps()) is None


def test_an_empty_log_has_no_head(log: ReleaseLog) -> None:
    assert (log.head(), list(log.steps())) == (0, [])
    log.append([])
    assert log.head() == 0


def test_a_number_is_taken_once_and_all_are_kept_or_none(log: ReleaseLog) -> None:
    first, second, third = steps(Move.SUBMIT, Move.CHECK, Move.APPROVE)
    log.append([first])
    with pytest.raises(LogMoved):
        log.append([replace(first, by="Ben"), second])
    with pytest.raises(LogMoved):
        log.append([third])
    assert list(log.steps()) == [first]


@pytest.mark.parametrize("kind", SQL)
def test_steps_stand_in_the_log_of_access_or_neither_does(kind: str, tmp_path: Path) -> None:
    for store in opened(kind, tmp_path):
        log, people = SqlReleases(store), SqlPeople(store)
        made = steps(Move.SUBMIT, Move.CHECK, Move.APPROVE, Move.RELEASE, note="for autumn")
        log.append(made[:3])
        with pytest.raises(LogMoved):
            log.append(made[:1])
        log.append(made[3:])
        noted = people.noted(NotedQuery(), 10)
        assert [one.what for one in noted] == [Deed.RELEASED, *[Deed.RELEASE_CHANGED] * 3]
        assert (noted[0].who, noted[0].about, noted[0].detail) == (
            "Ann",
            f"refunds {'d' * 12}",
            "release: for autumn",
        )
