"""The contract of `People`: one suite, every implementation."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.contracts.beside import SQL, opened

from bythebook.adapters.memory_people import MemoryPeople
from bythebook.adapters.sql_people import SqlPeople
from bythebook.service.people import (
    Account,
    ApiKey,
    Deed,
    Invitation,
    NameTaken,
    Noted,
    NotedQuery,
    People,
    Role,
    SignIn,
)

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ADA = Account("Ada Lovelace", frozenset({Role.LEAD, Role.HUMAN}), NOW, "hash of Ada's")
BOB = Account("Bob", frozenset({Role.ADMINISTRATOR}), NOW)


@pytest.fixture(params=["memory", *SQL])
def people(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[People]:
    if request.param == "memory":
        yield MemoryPeople()
        return
    for store in opened(request.param, tmp_path):
        yield SqlPeople(store)


def sign_in(digest: str, person: str, hours: int = 0) -> SignIn:
    return SignIn(digest, person, NOW, NOW + hours * HOUR, NOW + 12 * HOUR, f"device {digest}")


def invitation(digest: str, person: str = "", by: str = "Bob", days: int = 7) -> Invitation:
    return Invitation(digest, person, frozenset({Role.AUDITOR}), by, NOW, NOW + timedelta(days=days))


def test_people_are_kept_by_a_name_that_is_theirs_alone(people: People) -> None:
    assert people.find("Ada Lovelace") is None and people.everyone() == []
    people.add(BOB)
    people.add(ADA)
    assert list(people.everyone()) == [ADA, BOB]
    for written in ("Ada Lovelace", "ada lovelace", "  ADA   LOVELACE ", "\uff21da Lovelace"):
        assert people.find(written) == ADA
        with pytest.raises(NameTaken):
            people.add(replace(BOB, name=written))
    assert people.find("Ada") is None and people.find("") is None and people.find("\0\ud800") is None
    assert len(people.everyone()) == 2


def test_what_is_known_of_a_person_changes(people: People) -> None:
    people.add(BOB)
    people.add(ADA)
    people.set_password("Bob", "another hash")
    people.set_roles("Bob", frozenset({Role.AUDITOR}))
    assert people.find("bob") == replace(BOB, password="another hash", roles=frozenset({Role.AUDITOR}))
    people.set_disabled("Bob", NOW + HOUR)
    found = people.find("Bob")
    assert found is not None and found.disabled_at == NOW + HOUR and not found.may_sign_in
    people.set_disabled("Bob", None)
    assert people.find("Bob") == replace(found, disabled_at=None)
    assert people.find("Ada Lovelace") == ADA


def test_somebody_is_on_duty_who_says_so_is_signed_in_and_was_seen(people: People) -> None:
    people.add(BOB)
    people.add(ADA)
    people.begin(sign_in("c", "Bob", 1))
    assert not people.on_duty(NOW, NOW), "nobody says so"
    people.set_on_duty(ADA.name, True)
    assert not people.on_duty(NOW, NOW), "whoever says so is not signed in"
    people.set_on_duty("Bob", True)
    assert people.on_duty(NOW + HOUR, NOW)
    assert not people.on_duty(NOW + 3 * HOUR, NOW + 2 * HOUR), "not seen for a while"
    assert not people.on_duty(NOW + 12 * HOUR, NOW), "the sign-in is over"
    people.set_disabled("Bob", NOW)
    assert not people.on_duty(NOW + HOUR, NOW), "whoever is shut out is not at the desk"


def test_sign_ins_begin_are_seen_and_end(people: People) -> None:
    people.add(ADA)
    people.add(BOB)
    for one in (sign_in("a", ADA.name), sign_in("b", ADA.name, 2), sign_in("c", "Bob")):
        people.begin(one)
    assert people.signed_in("a") == (sign_in("a", ADA.name), ADA)
    assert people.signed_in("nobody's") is None
    assert [one.token_digest for one in people.sign_ins(ADA.name)] == ["b", "a"]
    people.seen("a", NOW + 3 * HOUR)
    assert [one.token_digest for one in people.sign_ins(ADA.name)] == ["a", "b"]
    assert people.end_all(ADA.name, but="a") == 1
    people.end("a")
    people.end("a")
    assert people.signed_in("a") is None and list(people.sign_ins(ADA.name)) == []
    assert people.signed_in("c") is not None


def test_whoever_is_shut_out_is_signed_out(people: People) -> None:
    people.add(ADA)
    people.add(BOB)
    people.begin(sign_in("a", ADA.name))
    people.begin(sign_in("c", "Bob"))
    people.set_disabled(ADA.name, NOW)
    assert people.signed_in("a") is None and people.signed_in("c") is not None


def test_a_link_is_good_once(people: People) -> None:
    people.invite(invitation("x"), instead=False)
    assert people.invitation("x") == invitation("x") and people.invitation("y") is None
    assert people.accept("x", ADA)
    assert people.find(ADA.name) == ADA and people.invitation("x") is None
    assert not people.accept("x", BOB)
    assert people.find("Bob") is None


def test_of_many_who_use_a_link_one_succeeds(people: People) -> None:
    people.invite(invitation("x"), instead=False)
    with ThreadPoolExecutor(8) as pool:
        used = list(pool.map(lambda n: people.accept("x", replace(ADA, name=f"Ada {n}")), range(8)))
    assert used.count(True) == 1 and len(people.everyone()) == 1


def test_a_link_for_somebody_new_takes_nobodys_place(people: People) -> None:
    people.add(ADA)
    people.invite(invitation("x"), instead=False)
    with pytest.raises(NameTaken):
        people.accept("x", replace(ADA, name="ada lovelace", password="a thief's"))
    assert people.find(ADA.name) == ADA
    assert people.invitation("x") is not None, "nothing was used up"


def test_a_link_for_somebody_known_changes_the_password_alone(people: People) -> None:
    people.add(ADA)
    people.begin(sign_in("a", ADA.name))
    people.invite(invitation("x", ADA.name), instead=False)
    assert people.accept("x", replace(ADA, password="new", roles=frozenset({Role.ADMINISTRATOR})))
    assert people.find(ADA.name) == replace(ADA, password="new")
    assert people.signed_in("a") is None


def test_links_are_withdrawn_replaced_and_forgotten(people: People) -> None:
    people.invite(invitation("x", "Ada"), instead=True)
    people.invite(invitation("y", "Ada"), instead=True)
    people.invite(invitation("z", "Ada", by="Eve"), instead=True)
    people.invite(invitation("late", "Cid", days=1), instead=False)
    assert {one.token_digest for one in people.invitations()} == {"y", "z", "late"}
    assert people.withdraw("y") and not people.withdraw("y")
    people.add(ADA)
    people.begin(sign_in("a", ADA.name))
    people.forget(NOW + timedelta(days=2))
    assert {one.token_digest for one in people.invitations()} == {"z"}
    assert people.signed_in("a") is None


def test_keys_are_seen_and_revoked(people: People) -> None:
    key = ApiKey("d", "nightly export", Role.AUDITOR, "Bob", NOW)
    people.add_key(key)
    people.add_key(replace(key, digest="e", name="other", created_at=NOW + HOUR))
    assert people.key("d") == key and people.key("f") is None
    people.key_seen("d", NOW + HOUR)
    assert people.revoke("d", NOW + 2 * HOUR) and not people.revoke("d", NOW + 3 * HOUR)
    assert people.key("d") == replace(key, seen_at=NOW + HOUR, revoked_at=NOW + 2 * HOUR)
    assert [one.name for one in people.api_keys()] == ["other", "nightly export"]


def test_the_log_is_read_newest_first_a_page_at_a_time(people: People) -> None:
    for number in range(7):
        who, what = ("Ada", Deed.SIGNED_IN) if number % 2 else ("Bob \ud800\0", Deed.SIGN_IN_FAILED)
        people.note(Noted(NOW + number * HOUR, who, what, about=f"case {number % 3}", detail="from 10.0.0.1"))
    first = people.noted(NotedQuery(), 4)
    rest = people.noted(NotedQuery(before=first[-1].seq), 4)
    assert [one.at for one in (*first, *rest)] == [NOW + n * HOUR for n in reversed(range(7))]
    assert len(people.noted(NotedQuery(who="Ada"), 10)) == 3
    assert len(people.noted(NotedQuery(what=Deed.SIGN_IN_FAILED), 10)) == 4
    assert [one.about for one in people.noted(NotedQuery(about="case 2", who="Ada"), 10)] == ["case 2"]
    assert first[0].detail == "from 10.0.0.1" and first[0].seq > first[1].seq
