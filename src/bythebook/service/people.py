"""Who works for the house: people with their roles, sign-ins, invitations, keys, and the log of what they did there.

Values and ports; what is done with them stands in `access.py` and `household.py`. Names are unique whatever their
case. Of every secret only its digest is kept, of a password what Argon2 makes of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final, Protocol

NAME_CHARACTERS_MAX: Final = 80
PASSWORD_CHARACTERS_MIN: Final = 12
PASSWORD_CHARACTERS_MAX: Final = 200


class Role(Enum):
    """What somebody is here for. One person may have several."""

    HUMAN = "human"
    """Works at the desk, with what customers said."""

    LEAD = "lead"
    """Writes and releases documents."""

    AUDITOR = "auditor"
    """Reads everything that was decided, and no private words."""

    ADMINISTRATOR = "administrator"
    """Looks after people, keys and settings, and reads nothing of customers."""


ROLES_SHOWN: Final = {
    Role.HUMAN: "Works at the desk: takes cases over and speaks with customers.",
    Role.LEAD: "Writes documents, approves their wording and releases them.",
    Role.AUDITOR: "Reads what was decided and by which line; sees no private words.",
    Role.ADMINISTRATOR: "Looks after people and keys; reads nothing of customers.",
}
"""The roles, as they are explained to whoever gives them."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in, or a key that speaks for a program."""

    name: str
    roles: frozenset[Role]

    def has(self, *roles: Role) -> bool:
        """Whether the person has one of the roles."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Account:
    """A person as the house knows them."""

    name: str
    roles: frozenset[Role]
    created_at: datetime
    password: str | None = None
    """Its hash; None until the person has chosen one."""

    disabled_at: datetime | None = None
    on_duty: bool = False

    @property
    def may_sign_in(self) -> bool:
        """Whether the person can come in at all."""
        return self.disabled_at is None and self.password is not None

    @property
    def person(self) -> Person:
        """Who they are to the rest of the house."""
        return Person(self.name, self.roles)


@dataclass(frozen=True, slots=True)
class SignIn:
    """One browser in which a person is signed in."""

    token_digest: str
    person: str
    created_at: datetime
    seen_at: datetime
    ends_at: datetime
    """When it is over, however often it is used."""

    device: str = ""
    """What the browser calls itself, for its person to know it by."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that is good once: to choose a password, and a name where none is given yet."""

    token_digest: str
    person: str
    roles: frozenset[Role]
    created_by: str
    created_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What a program brings in place of a person."""

    digest: str
    name: str
    role: Role
    created_by: str
    created_at: datetime
    seen_at: datetime | None = None
    revoked_at: datetime | None = None


class Deed(Enum):
    """What the log of access knows of. Stored names are promises."""

    SIGNED_IN = "signed in"
    SIGN_IN_FAILED = "sign-in failed"
    SIGNED_OUT = "signed out"
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation withdrawn"
    JOINED = "joined"
    PASSWORD_CHANGED = "password changed"
    PASSWORD_RESET = "password reset"
    ROLES_CHANGED = "roles changed"
    DISABLED = "disabled"
    ENABLED = "enabled"
    SIGN_IN_ENDED = "sign-in ended"
    KEY_MADE = "key made"
    KEY_REVOKED = "key revoked"
    CASE_ERASED = "case erased"
    CASE_EXPORTED = "case exported"
    RELEASED = "released"
    RELEASE_CHANGED = "release changed"


@dataclass(frozen=True, slots=True)
class Noted:
    """One entry of the log of access."""

    at: datetime
    who: str
    """A person's name, a key's, or `house`."""

    what: Deed
    about: str = ""
    """The person, key, case or release that it was done to."""

    detail: str = ""
    seq: int = 0
    """Where it stands in the log; the store gives it."""


@dataclass(frozen=True, slots=True)
class NotedQuery:
    """What of the log is asked for; newest first."""

    who: str = ""
    what: Deed | None = None
    about: str = ""
    before: int | None = None
    """Only what stands before this entry: the next page."""


class NameTaken(Exception):
    """Somebody has that name already. Nothing was stored."""


class People(Protocol):
    """Keeps people, sign-ins, invitations and keys. Every method is one transaction; raises StoreUnavailable."""

    def everyone(self) -> Sequence[Account]:
        """Return all people, by name."""

    def find(self, name: str) -> Account | None:
        """Return the person of that name, whatever its case."""

    def add(self, account: Account) -> None:
        """Keep a new person; raise NameTaken."""

    def set_password(self, name: str, password: str) -> None: ...

    def set_roles(self, name: str, roles: frozenset[Role]) -> None: ...

    def set_disabled(self, name: str, at: datetime | None) -> None:
        """Note since when the person may not come in, and end their sign-ins."""

    def set_on_duty(self, name: str, on_duty: bool) -> None: ...

    def on_duty(self, now: datetime, seen_since: datetime) -> bool:
        """Whether anybody is on duty who is signed in at `now`, and was seen since then."""

    def invite(self, invitation: Invitation, *, instead: bool) -> None:
        """Keep an invitation; with `instead`, in place of all others for the same person by the same one."""

    def invitation(self, token_digest: str) -> Invitation | None: ...

    def invitations(self) -> Sequence[Invitation]:
        """Return all invitations, newest first."""

    def withdraw(self, token_digest: str) -> bool:
        """Forget an invitation; return whether there was one."""

    def accept(self, token_digest: str, account: Account) -> bool:
        """Use an invitation up and keep its person, with their password, in one step.

        Return False, and change nothing, where it is gone: it is good once. Raise NameTaken where it is for somebody
        new and the name is somebody's. Of a person who is there only the password changes, and their sign-ins end.
        """

    def begin(self, sign_in: SignIn) -> None: ...

    def signed_in(self, token_digest: str) -> tuple[SignIn, Account] | None: ...

    def seen(self, token_digest: str, at: datetime) -> None: ...

    def end(self, token_digest: str) -> None: ...

    def end_all(self, person: str, but: str = "") -> int:
        """End a person's sign-ins, but the one of that digest; return how many."""

    def sign_ins(self, person: str) -> Sequence[SignIn]:
        """Return a person's sign-ins, the last seen first."""

    def forget(self, before: datetime) -> None:
        """Drop sign-ins and invitations that ended before."""

    def add_key(self, key: ApiKey) -> None: ...

    def key(self, digest: str) -> ApiKey | None: ...

    def api_keys(self) -> Sequence[ApiKey]:
        """Return all keys, newest first, revoked ones too."""

    def key_seen(self, digest: str, at: datetime) -> None: ...

    def revoke(self, digest: str, at: datetime) -> bool:
        """Revoke a key; return whether it was good until now."""

    def note(self, noted: Noted) -> None:
        """Add an entry to the log of access."""

    def noted(self, query: NotedQuery, limit: int) -> Sequence[Noted]:
        """Return entries of the log, newest first."""


class Passwords(Protocol):
    """Makes hashes of passwords, slowly on purpose."""

    def made_of(self, password: str) -> str: ...

    def fits(self, made: str, password: str) -> bool: ...

    def is_stale(self, made: str) -> bool:
        """Whether the hash was made in a way that is not today's."""


def tidy_name(name: str) -> str:
    """Return a name as it is kept: composed, no spaces around or runs of them, nothing that does not show."""
    composed = unicodedata.normalize("NFC", name.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    shown = "".join(" " if c.isspace() else c for c in composed if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(shown.split())


def same_name(one: str, other: str) -> bool:
    """Whether two names are one: case and form do not tell people apart."""
    return folded(one) == folded(other)


def folded(name: str) -> str:
    """Return what names are compared by."""
    return unicodedata.normalize("NFKC", tidy_name(name)).casefold()
