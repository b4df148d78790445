"""Signing in and out: who somebody is, by the secret that their browser or program brings.

An unknown name takes as long to refuse as a wrong password, and is told the same. Names and addresses that fail too
often wait. A sign-in ends by itself after a while without use, and for good at its end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bythebook.service.conversation import digest_of
from bythebook.service.limits import Buckets, Limit
from bythebook.service.people import (
    NAME_CHARACTERS_MAX,
    PASSWORD_CHARACTERS_MAX,
    PASSWORD_CHARACTERS_MIN,
    Account,
    Deed,
    Noted,
    NotedQuery,
    Passwords,
    People,
    Person,
    Role,
    SignIn,
    folded,
    tidy_name,
)
from bythebook.service.ports import Clock, Identities

SEEN_SECONDS: Final = 60.0
"""How exactly it is kept when a sign-in or a key was last used: not every request is a write."""

DEVICE_CHARACTERS_MAX: Final = 200

SIGN_INS_OF_NAME: Final = Limit(10, 600)
SIGN_INS_OF_ADDRESS: Final = Limit(50, 600)
"""Attempts to sign in within ten minutes, of one name and of one address."""

NOTED_LOOKED_AT: Final = 500
"""So many of the newest entries of the log are looked through for failures that other processes noted."""


class NotLetIn(Exception):
    """The name or the password is wrong, or the person may not come in: which one, nobody is told."""


class TooOften(Exception):
    """Too many attempts. `seconds` says after how long there is another one."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many attempts; again in {seconds:.0f} seconds")
        self.seconds: Final = seconds


class PasswordUnfit(Exception):
    """A password that is not taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a sign-in lasts."""

    idle: timedelta = timedelta(hours=2)
    """Without use."""

    longest: timedelta = timedelta(hours=12)
    """In all."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who is signed in, with the sign-in itself."""

    account: Account
    sign_in: SignIn

    @property
    def person(self) -> Person:
        return self.account.person


@dataclass(frozen=True, slots=True)
class From:
    """Where a request comes from."""

    address: str = ""
    device: str = ""


@dataclass
class Access:
    """Signs people in and out."""

    people: People
    passwords: Passwords
    clock: Clock
    identities: Identities
    lasting: Lasting = Lasting()
    of_name: Buckets = field(default_factory=lambda: Buckets(SIGN_INS_OF_NAME))
    of_address: Buckets = field(default_factory=lambda: Buckets(SIGN_INS_OF_ADDRESS))
    _nobody: str = ""

    def __post_init__(self) -> None:
        self._nobody = self.passwords.made_of(self.identities.token())

    def sign_in(self, name: str, password: str, came: From) -> str:
        """Return the secret of a new sign-in; raise NotLetIn or TooOften."""
        now, name = self.clock.now(), tidy_name(name)[:NAME_CHARACTERS_MAX]
        for buckets, key in ((self.of_address, came.address), (self.of_name, folded(name))):
            if wait := buckets.take(key, now):
                raise TooOften(wait)
        if wait := self._failed_elsewhere(name, came.address, now):
            raise TooOften(wait)
        account = self.people.find(name)
        made = account.password if account is not None and account.password is not None else self._nobody
        fits = self.passwords.fits(made, password[:PASSWORD_CHARACTERS_MAX])
        if account is None or not account.may_sign_in or not fits:
            self.note(Noted(now, name, Deed.SIGN_IN_FAILED, detail=came.address))
            raise NotLetIn
        self.of_name.give_back(folded(name))
        self.of_address.give_back(came.address)
        if self.passwords.is_stale(made):
            self.people.set_password(account.name, self.passwords.made_of(password))
        return self.begin(account.name, came)

    def _failed_elsewhere(self, name: str, address: str, now: datetime) -> float:
        """Return how long to wait for failures that any process has noted: all of them serve the same people."""
        of_name, of_address = Buckets(self.of_name.limit), Buckets(self.of_address.limit)
        for noted in reversed(self.people.noted(NotedQuery(), NOTED_LOOKED_AT)):
            if noted.what is Deed.SIGN_IN_FAILED:
                of_name.take(folded(noted.who), noted.at)
                of_address.take(noted.detail, noted.at)
        return of_address.take(address, now) or of_name.take(folded(name), now)

    def begin(self, name: str, came: From) -> str:
        """Return the secret of a new sign-in of somebody who has proved who they are."""
        now, secret = self.clock.now(), self.identities.token()
        device = tidy_name(came.device)[:DEVICE_CHARACTERS_MAX]
        self.people.begin(SignIn(digest_of(secret), name, now, now, now + self.lasting.longest, device))
        self.note(Noted(now, name, Deed.SIGNED_IN, detail=came.address))
        return secret

    def who(self, secret: str) -> SignedIn | None:
        """Return who is signed in with a secret; None where the sign-in is over, or there never was one."""
        found = self.people.signed_in(digest_of(secret))
        if found is None:
            return None
        sign_in, account = found
        now = self.clock.now()
        over = now >= sign_in.ends_at or now - sign_in.seen_at >= self.lasting.idle
        if over or not account.may_sign_in:
            return None
        if (now - sign_in.seen_at).total_seconds() >= SEEN_SECONDS:
            self.people.seen(sign_in.token_digest, now)
        return SignedIn(account, sign_in)

    def somebody_on_duty(self) -> bool:
        """Whether a person is on duty who is signed in."""
        now = self.clock.now()
        return self.people.on_duty(now, now - self.lasting.idle)

    def at_the_desk(self) -> tuple[tuple[str, bool], ...]:
        """Return who may work at the desk and whether they are on duty and signed in; those who are come first."""
        since = self.clock.now() - self.lasting.idle
        here = []
        for account in self.people.everyone():
            if account.may_sign_in and account.person.has(Role.HUMAN):
                live = account.on_duty and any(
                    one.seen_at >= since and one.ends_at > self.clock.now()
                    for one in self.people.sign_ins(account.name)
                )
                here.append((account.name, live))
        return tuple(sorted(here, key=lambda one: (not one[1], one[0].casefold())))

    def by_key(self, secret: str) -> Person | None:
        """Return whom a key speaks for; None for a stranger's."""
        key = self.people.key(digest_of(secret))
        if key is None or key.revoked_at is not None:
            return None
        now = self.clock.now()
        if key.seen_at is None or (now - key.seen_at).total_seconds() >= SEEN_SECONDS:
            self.people.key_seen(key.digest, now)
        return Person(f"key {key.name}", frozenset({key.role}))

    def sign_out(self, signed: SignedIn) -> None:
        """End the sign-in somebody came with."""
        self.people.end(signed.sign_in.token_digest)
        self.note(Noted(self.clock.now(), signed.account.name, Deed.SIGNED_OUT))

    def change_password(self, signed: SignedIn, old: str, new: str, came: From) -> None:
        """Set another password and end their other sign-ins; raise NotLetIn, TooOften or PasswordUnfit."""
        now, name = self.clock.now(), signed.account.name
        if wait := self.of_name.take(folded(name), now):
            raise TooOften(wait)
        if not self.passwords.fits(signed.account.password or self._nobody, old[:PASSWORD_CHARACTERS_MAX]):
            self.note(Noted(now, name, Deed.SIGN_IN_FAILED, detail=came.address))
            raise NotLetIn
        self.of_name.give_back(folded(name))
        fit(new, name)
        self.people.set_password(name, self.passwords.made_of(new))
        self.people.end_all(name, but=signed.sign_in.token_digest)
        self.note(Noted(now, name, Deed.PASSWORD_CHANGED, name))

    def end(self, signed: SignedIn, token_digest: str) -> None:
        """End another of one's own sign-ins."""
        if any(one.token_digest == token_digest for one in self.people.sign_ins(signed.account.name)):
            self.people.end(token_digest)
            self.note(Noted(self.clock.now(), signed.account.name, Deed.SIGN_IN_ENDED, signed.account.name))

    def end_others(self, signed: SignedIn) -> None:
        """End all of one's own sign-ins but this one."""
        name = signed.account.name
        if ended := self.people.end_all(name, but=signed.sign_in.token_digest):
            self.note(Noted(self.clock.now(), name, Deed.SIGN_IN_ENDED, name, f"{ended}"))

    def note(self, noted: Noted) -> None:
        """Add an entry to the log of access."""
        self.people.note(noted)

    def forget_ended(self) -> int:
        """Drop sign-ins and links that are over; nobody needs to hear how many: 0."""
        self.people.forget(self.clock.now())
        return 0


def fit(password: str, name: str) -> None:
    """Raise PasswordUnfit where a password is too easily guessed."""
    if len(password) < PASSWORD_CHARACTERS_MIN:
        raise PasswordUnfit(
            f"Use {PASSWORD_CHARACTERS_MIN} characters or more; a few words that mean nothing together are good."
        )
    if len(password) > PASSWORD_CHARACTERS_MAX:
        raise PasswordUnfit(f"Use {PASSWORD_CHARACTERS_MAX} characters or fewer.")
    if len(set(password)) < 5 or (name and folded(name) in folded(password)):
        raise PasswordUnfit("This is too easily guessed; use a few words that mean nothing together.")
