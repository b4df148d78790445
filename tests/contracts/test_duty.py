"""Who is on duty, by every store of people: only those who said so, and are signed in and were seen lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.contracts.beside import SQL, opened

from bythebook.adapters.memory_people import MemoryPeople
from bythebook.adapters.sql_people import SqlPeople
from bythebook.service.duty import WithDuty
from bythebook.service.people import Account, People, Role, SignIn
from bythebook.service.ports import Handoff

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
LATELY = NOW - timedelta(hours=2)
HUMAN = frozenset({Role.HUMAN})


@pytest.fixture(params=["memory", *SQL])
def people(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[People]:
    if request.param == "memory":
        yield MemoryPeople()
        return
    for store in opened(request.param, tmp_path):
        yield SqlPeople(store)


def come_in(people: People, name: str, seen: datetime, ends: datetime = NOW + timedelta(hours=8)) -> None:
    people.add(Account(name, HUMAN, NOW, "hash"))
    people.begin(SignIn(f"digest of {name}", name, LATELY, seen, ends))


def test_nobody_is_on_duty_who_did_not_say_so(people: People) -> None:
    come_in(people, "Ann", NOW)
    assert not people.on_duty(NOW, LATELY)
    people.set_on_duty("Ann", True)
    assert people.on_duty(NOW, LATELY)
    account = people.find("Ann")
    assert account is not None and account.on_duty
    people.set_on_duty("Ann", False)
    assert not people.on_duty(NOW, LATELY)


def test_who_went_home_without_saying_so_is_not_on_duty(people: People) -> None:
    come_in(people, "Ann", LATELY - timedelta(seconds=1))
    come_in(people, "Bob", NOW, ends=NOW)
    people.add(Account("Cem", HUMAN, NOW, "hash"))
    for name in ("Ann", "Bob", "Cem"):
        people.set_on_duty(name, True)
    assert not people.on_duty(NOW, LATELY)


def test_who_may_not_come_in_any_more_is_not_on_duty(people: People) -> None:
    come_in(people, "Ann", NOW)
    people.set_on_duty("Ann", True)
    people.set_disabled("Ann", NOW)
    assert not people.on_duty(NOW, LATELY)


class Sent:
    """Notices that go out, or do not."""

    def __init__(self, *, reached: bool) -> None:
        self.reached = reached

    def handed_off(self, handoff: Handoff) -> bool:
        return self.reached


@pytest.mark.parametrize(("reached", "somebody"), [(True, True), (True, False), (False, True)])
def test_a_person_is_announced_who_is_there_and_was_told(*, reached: bool, somebody: bool) -> None:
    handoff = Handoff("c", 3, "baa", "BAA", "asked", "", NOW, NOW, 1, ())
    assert WithDuty(Sent(reached=reached), lambda: somebody).handed_off(handoff) is (reached and somebody)
