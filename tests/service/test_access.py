"""Signing in, and looking after people."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bythebook.adapters.argon2_passwords import quick_passwords
from bythebook.adapters.memory_people import MemoryPeople
from bythebook.service.access import Access, From, NotLetIn, PasswordUnfit, SignedIn, TooOften
from bythebook.service.household import CannotDo, Household, InvitationGone, UnknownPerson
from bythebook.service.limits import Buckets, Limit
from bythebook.service.people import Account, Deed, NameTaken, NotedQuery, Person, Role
from bythebook.testing.fakes import CountingIdentities, ManualClock

PASSWORD = "orange lantern gravel"
HERE = From("192.0.2.7", "Firefox")
ADMIN = Person("Adam", frozenset({Role.ADMINISTRATOR}))


class Counting:
    """Passwords, and how often one was tried."""

    def __init__(self) -> None:
        self.own = quick_passwords()
        self.tried = 0

    def made_of(self, password: str) -> str:
        return self.own.made_of(password)

    def fits(self, made: str, password: str) -> bool:
        self.tried += 1
        return self.own.fits(made, password)

    def is_stale(self, made: str) -> bool:
        return self.own.is_stale(made)


class House:
    def __init__(self) -> None:
        self.clock, self.people, self.passwords = ManualClock(), MemoryPeople(), Counting()
        self.access = Access(self.people, self.passwords, self.clock, CountingIdentities())
        self.household = Household(self.access)

    def add(self, name: str, *roles: Role) -> Account:
        account = Account(name, frozenset(roles), self.clock.now(), self.passwords.made_of(PASSWORD))
        self.people.add(account)
        return account

    def come_in(self, name: str, password: str = PASSWORD) -> SignedIn:
        found = self.access.who(self.access.sign_in(name, password, HERE))
        assert found is not None
        return found

    def deeds(self) -> list[Deed]:
        return [one.what for one in reversed(self.people.noted(NotedQuery(), 100))]


@pytest.fixture
def house() -> House:
    house = House()
    house.add("Adam", Role.ADMINISTRATOR)
    house.add("Hanna", Role.HUMAN)
    return house


def test_a_person_is_who_their_secret_says(house: House) -> None:
    assert house.come_in(" hanna ").person == Person("Hanna", frozenset({Role.HUMAN}))
    assert house.access.who("another secret") is None
    assert house.deeds() == [Deed.SIGNED_IN]


@pytest.mark.parametrize(
    ("name", "password"), [("Hanna", "wrong"), ("Nobody", PASSWORD), ("", ""), ("Hanna", ""), ("\0\ud800", "\ud800")]
)
def test_what_does_not_fit_is_refused_alike(house: House, name: str, password: str) -> None:
    with pytest.raises(NotLetIn):
        house.access.sign_in(name, password, HERE)
    assert house.passwords.tried == 1, "an unknown name costs what a wrong password does"
    assert house.deeds() == [Deed.SIGN_IN_FAILED]


def test_who_is_shut_out_or_has_no_password_does_not_come_in(house: House) -> None:
    house.household.disable("Hanna", "Adam")
    house.people.add(Account("New", frozenset({Role.LEAD}), house.clock.now()))
    for name in ("Hanna", "New"):
        with pytest.raises(NotLetIn):
            house.access.sign_in(name, PASSWORD, HERE)
    assert house.passwords.tried == 2


def test_a_sign_in_ends_without_use_and_for_good(house: House) -> None:
    secret = house.access.sign_in("Hanna", PASSWORD, HERE)
    for _ in range(7):
        house.clock.advance(timedelta(minutes=100))
        assert house.access.who(secret) is not None
    house.clock.advance(timedelta(minutes=20))
    assert house.access.who(secret) is None, "twelve hours are over"
    secret = house.access.sign_in("Hanna", PASSWORD, HERE)
    house.clock.advance(timedelta(hours=2))
    assert house.access.who(secret) is None, "two hours without use"


def test_whoever_fails_too_often_waits(house: House) -> None:
    for _ in range(10):
        with pytest.raises(NotLetIn):
            house.access.sign_in("Hanna", "wrong", HERE)
    tried = house.passwords.tried
    with pytest.raises(TooOften) as wait:
        house.access.sign_in("HANNA", PASSWORD, From("198.51.100.1"))
    assert house.passwords.tried == tried, "nothing is computed for whoever must wait"
    assert 0 < wait.value.seconds <= 60
    house.come_in("Adam")
    house.clock.advance(timedelta(seconds=61))
    house.come_in("Hanna")


def test_what_failed_in_one_process_counts_in_all(house: House) -> None:
    here = house.access
    for number in range(10):
        elsewhere = Access(here.people, here.passwords, here.clock, here.identities)
        with pytest.raises(NotLetIn):
            elsewhere.sign_in("Hanna", "wrong", From(f"198.51.100.{number}"))
    with pytest.raises(TooOften) as wait:
        here.sign_in("hanna", PASSWORD, HERE)
    assert 0 < wait.value.seconds <= 60
    house.come_in("Adam")
    house.clock.advance(timedelta(seconds=61))
    house.come_in("Hanna")


def test_one_address_cannot_try_many_names(house: House) -> None:
    for number in range(50):
        with pytest.raises(NotLetIn):
            house.access.sign_in(f"name {number}", "wrong", HERE)
    with pytest.raises(TooOften):
        house.access.sign_in("Hanna", PASSWORD, HERE)
    house.access.sign_in("Hanna", PASSWORD, From("198.51.100.1"))


def test_signing_in_rightly_uses_nothing_up(house: House) -> None:
    for _ in range(60):
        house.come_in("Hanna")


def test_another_password_ends_other_sign_ins(house: House) -> None:
    other = house.access.sign_in("Hanna", PASSWORD, HERE)
    here = house.come_in("Hanna")
    with pytest.raises(NotLetIn):
        house.access.change_password(here, "wrong", "a new long password", HERE)
    for unfit in ("short", "x" * 300, "aaaaaaaaaaaaaaaa", "hanna hanna hanna"):
        with pytest.raises(PasswordUnfit):
            house.access.change_password(here, PASSWORD, unfit, HERE)
    assert house.access.who(other) is not None
    house.access.change_password(here, PASSWORD, "a new long password", HERE)
    assert house.access.who(other) is None
    assert [one.token_digest for one in house.people.sign_ins("Hanna")] == [here.sign_in.token_digest]
    house.come_in("Hanna", "a new long password")


def test_nobody_ends_a_sign_in_of_others(house: House) -> None:
    adams = house.come_in("Adam")
    house.access.end(house.come_in("Hanna"), adams.sign_in.token_digest)
    assert len(house.people.sign_ins("Adam")) == 1


def test_the_first_administrator_comes_by_a_link_of_this_start_alone() -> None:
    house = House()
    first = house.household.first_invitation()
    second = house.household.first_invitation()
    assert first and second and first != second
    with pytest.raises(InvitationGone):
        house.household.accept(first, "Mallory", PASSWORD, HERE)
    secret = house.household.accept(second, "Ada", PASSWORD, HERE)
    found = house.access.who(secret)
    assert found is not None and found.person == Person("Ada", frozenset(Role))
    assert house.household.first_invitation() is None
    with pytest.raises(InvitationGone):
        house.household.accept(second, "Eve", PASSWORD, HERE)
    assert house.deeds() == [Deed.JOINED, Deed.SIGNED_IN]


def test_the_first_link_is_good_for_nothing_once_there_is_an_administrator() -> None:
    house = House()
    first = house.household.first_invitation()
    house.add("Adam", Role.ADMINISTRATOR)
    assert first
    with pytest.raises(InvitationGone):
        house.household.accept(first, "Eve", PASSWORD, HERE)
    assert house.household.first_invitation() is None and list(house.people.invitations()) == []


def test_an_invitation_makes_a_person_with_its_roles(house: House) -> None:
    secret = house.household.invite("Leo", frozenset({Role.LEAD}), ADMIN)
    with pytest.raises(PasswordUnfit):
        house.household.accept(secret, "", "short", HERE)
    house.household.accept(secret, "somebody else", PASSWORD, HERE)
    assert house.come_in("Leo").person.roles == {Role.LEAD}
    with pytest.raises(NameTaken):
        house.household.invite("LEO", frozenset({Role.LEAD}), ADMIN)
    for name, roles in (("", {Role.LEAD}), ("x" * 81, {Role.LEAD}), ("house", {Role.LEAD}), ("Max", set())):
        with pytest.raises(CannotDo):
            house.household.invite(name, frozenset(roles), ADMIN)


def test_a_link_ends_after_a_week_and_can_be_withdrawn(house: House) -> None:
    late = house.household.invite("Leo", frozenset({Role.LEAD}), ADMIN)
    house.clock.advance(timedelta(days=7))
    with pytest.raises(InvitationGone):
        house.household.accept(late, "", PASSWORD, HERE)
    secret = house.household.invite("Max", frozenset({Role.LEAD}), ADMIN)
    house.household.withdraw(house.household.invitation(secret).token_digest, ADMIN)
    with pytest.raises(InvitationGone):
        house.household.invitation(secret)


def test_shutting_out_ends_everything_at_once(house: House) -> None:
    secret = house.access.sign_in("Hanna", PASSWORD, HERE)
    link = house.household.reset("Hanna", "Adam")
    house.household.disable("hanna", "Adam")
    assert house.access.who(secret) is None
    with pytest.raises(InvitationGone):
        house.household.accept(link, "", "a new long password", HERE)
    with pytest.raises(CannotDo):
        house.household.reset("Hanna", "Adam")
    house.household.enable("Hanna", "Adam")
    assert house.access.who(secret) is None
    house.come_in("Hanna")


def test_somebody_who_looks_after_people_always_stays(house: House) -> None:
    with pytest.raises(CannotDo, match="last administrator"):
        house.household.disable("Adam", "Adam")
    with pytest.raises(CannotDo, match="last administrator"):
        house.household.give_roles("Adam", frozenset({Role.LEAD}), ADMIN)
    house.household.give_roles("Hanna", frozenset({Role.HUMAN, Role.ADMINISTRATOR}), ADMIN)
    house.household.disable("Adam", "Hanna")
    with pytest.raises(UnknownPerson):
        house.household.disable("Nobody", "Hanna")


def test_roles_change_under_a_sign_in(house: House) -> None:
    secret = house.access.sign_in("Hanna", PASSWORD, HERE)
    house.household.give_roles("Hanna", frozenset({Role.AUDITOR}), ADMIN)
    found = house.access.who(secret)
    assert found is not None and found.person.roles == {Role.AUDITOR}


def test_a_key_speaks_for_a_program_until_it_is_revoked(house: House) -> None:
    secret = house.household.make_key("export", Role.AUDITOR, ADMIN)
    assert house.access.by_key(secret) == Person("key export", frozenset({Role.AUDITOR}))
    assert house.access.by_key(secret + "x") is None and house.access.who(secret) is None
    with pytest.raises(NameTaken):
        house.household.make_key("Export", Role.HUMAN, ADMIN)
    with pytest.raises(CannotDo):
        house.household.make_key("root", Role.ADMINISTRATOR, ADMIN)
    (key,) = house.people.api_keys()
    assert key.seen_at == house.clock.now() and secret not in repr(key)
    house.household.revoke_key(key.digest, ADMIN)
    assert house.access.by_key(secret) is None
    house.household.make_key("export", Role.AUDITOR, ADMIN)


def test_buckets_fill_evenly_and_forget_the_oldest() -> None:
    clock, buckets = ManualClock(), Buckets(Limit(2, 60), most=2)
    assert [buckets.take("a", clock.now()) for _ in range(3)] == [0.0, 0.0, 30.0]
    clock.advance(timedelta(seconds=30))
    assert [buckets.take("a", clock.now()) for _ in range(2)] == [0.0, 30.0]
    clock.advance(timedelta(hours=1))
    assert [buckets.take("a", clock.now()) for _ in range(3)] == [0.0, 0.0, 30.0], "never more than the limit"
    buckets.take("b", clock.now())
    buckets.take("c", clock.now())
    assert buckets.take("a", clock.now()) == 0.0, "forgotten"
    assert all(Buckets(Limit(0, 60)).take("a", clock.now()) == 0.0 for _ in range(1000))
