"""Looking after people: invite them, give and take roles, shut somebody out, let programs in.

Nobody can take the last way in: somebody who can look after people always stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bythebook.service.access import Access, From, fit
from bythebook.service.conversation import digest_of
from bythebook.service.people import (
    NAME_CHARACTERS_MAX,
    Account,
    ApiKey,
    Deed,
    Invitation,
    NameTaken,
    Noted,
    Person,
    Role,
    same_name,
    tidy_name,
)

INVITATION_LASTS: Final = timedelta(days=7)
HOUSE: Final = "house"
"""Who invites the first administrator: the installation itself, by what it prints when it starts."""

KEY_PREFIX: Final = "btb_"
"""How a key begins, for people and scanners to know it by."""

KEY_ROLES: Final = (Role.HUMAN, Role.AUDITOR, Role.LEAD)
"""What a program may be let in as."""


class CannotDo(Exception):
    """It would harm, or makes no sense; the message says why and what else to do."""


class UnknownPerson(Exception):
    """Nobody has that name."""


class InvitationGone(Exception):
    """The link was used, withdrawn, or has ended."""


@dataclass(frozen=True, slots=True)
class Household:
    """Looks after people; everything is noted."""

    access: Access

    def first_invitation(self) -> str | None:
        """Return the secret of a link that makes the first administrator; None where there is one.

        Whoever begins alone writes the document, sits at the desk and looks at the figures: the first has every role
        until the house has others for them. What earlier starts gave out and nobody used is good no more.
        """
        if self._administrators():
            self._withdraw_first_links()
            return None
        return self._invite("", frozenset(Role), HOUSE)

    def invite(self, name: str, roles: frozenset[Role], by: Person) -> str:
        """Return the secret of a link for somebody new; raise CannotDo or NameTaken."""
        name = self._fit_name(name)
        if not roles:
            raise CannotDo("Choose one role or more.")
        if self.access.people.find(name) is not None:
            raise NameTaken(name)
        secret = self._invite(name, roles, by.name)
        self._note(by.name, Deed.INVITED, name, _shown(roles))
        return secret

    def reset(self, name: str, by: str) -> str:
        """Return the secret of a link for somebody to choose another password; raise UnknownPerson or CannotDo."""
        account = self.known(name)
        if account.disabled_at is not None:
            raise CannotDo(f"{account.name} may not come in; let them in again first.")
        secret = self._invite(account.name, account.roles, by)
        self._note(by, Deed.PASSWORD_RESET, account.name)
        return secret

    def invitation(self, secret: str) -> Invitation:
        """Return what a link is for; raise InvitationGone."""
        found = self.access.people.invitation(digest_of(secret))
        if found is None or self.access.clock.now() >= found.ends_at:
            raise InvitationGone
        if _is_first(found) and self._administrators():
            raise InvitationGone
        return found

    def accept(self, secret: str, name: str, password: str, came: From) -> str:
        """Use a link: keep the person with their password, and return the secret of their sign-in.

        Raise InvitationGone, CannotDo, NameTaken or PasswordUnfit.
        """
        invitation = self.invitation(secret)
        name = invitation.person or self._fit_name(name)
        fit(password, name)
        access, now = self.access, self.access.clock.now()
        known = access.people.find(name) if invitation.person else None
        roles = known.roles if known is not None else invitation.roles
        account = Account(name, roles, now, access.passwords.made_of(password))
        if not access.people.accept(invitation.token_digest, account):
            raise InvitationGone
        if _is_first(invitation):
            self._withdraw_first_links()
        joined = Deed.PASSWORD_CHANGED if known is not None else Deed.JOINED
        self._note(name, joined, name, "" if known is not None else _shown(roles))
        return access.begin(name, came)

    def withdraw(self, token_digest: str, by: Person) -> None:
        """Make a link good for nothing; one that is gone already is none to complain about."""
        found = self.access.people.invitation(token_digest)
        if found is not None and self.access.people.withdraw(token_digest):
            self._note(by.name, Deed.INVITATION_WITHDRAWN, found.person)

    def give_roles(self, name: str, roles: frozenset[Role], by: Person) -> None:
        """Set what a person is here for; raise UnknownPerson or CannotDo."""
        account = self.known(name)
        if not roles:
            raise CannotDo("Choose one role or more; to keep somebody out, shut them out.")
        if Role.ADMINISTRATOR not in roles:
            self._not_the_last(account)
        if roles != account.roles:
            self.access.people.set_roles(account.name, roles)
            self._note(by.name, Deed.ROLES_CHANGED, account.name, _shown(roles))

    def disable(self, name: str, by: str) -> None:
        """Shut a person out; their sign-ins end at once. Raise UnknownPerson or CannotDo."""
        account = self.known(name)
        self._not_the_last(account)
        if account.disabled_at is None:
            self.access.people.set_disabled(account.name, self.access.clock.now())
            for one in self.access.people.invitations():
                if same_name(one.person, account.name):
                    self.access.people.withdraw(one.token_digest)
            self._note(by, Deed.DISABLED, account.name)

    def enable(self, name: str, by: str) -> None:
        """Let a person in again; raise UnknownPerson."""
        account = self.known(name)
        if account.disabled_at is not None:
            self.access.people.set_disabled(account.name, None)
            self._note(by, Deed.ENABLED, account.name)

    def end_sign_ins(self, name: str, by: str) -> int:
        """End all of a person's sign-ins; return how many. Raise UnknownPerson."""
        account = self.known(name)
        ended = self.access.people.end_all(account.name)
        self._note(by, Deed.SIGN_IN_ENDED, account.name, f"{ended}")
        return ended

    def make_key(self, name: str, role: Role, by: Person) -> str:
        """Return a new key for a program; it is shown this once. Raise CannotDo or NameTaken."""
        name = self._fit_name(name)
        if role not in KEY_ROLES:
            raise CannotDo(f"A key cannot be {role.value}; people look after people.")
        if any(same_name(key.name, name) for key in self.access.people.api_keys() if key.revoked_at is None):
            raise NameTaken(name)
        secret = f"{KEY_PREFIX}{self.access.identities.token()}"
        self.access.people.add_key(ApiKey(digest_of(secret), name, role, by.name, self.access.clock.now()))
        self._note(by.name, Deed.KEY_MADE, name, role.value)
        return secret

    def revoke_key(self, digest: str, by: Person) -> None:
        """Make a key good for nothing, at once."""
        key = self.access.people.key(digest)
        if key is not None and self.access.people.revoke(digest, self.access.clock.now()):
            self._note(by.name, Deed.KEY_REVOKED, key.name)

    def known(self, name: str) -> Account:
        """Return a person; raise UnknownPerson."""
        account = self.access.people.find(name)
        if account is None:
            raise UnknownPerson(tidy_name(name))
        return account

    def _invite(self, name: str, roles: frozenset[Role], by: str) -> str:
        secret, now = self.access.identities.token(), self.access.clock.now()
        invitation = Invitation(digest_of(secret), name, roles, by, now, now + INVITATION_LASTS)
        self.access.people.invite(invitation, instead=True)
        return secret

    def _withdraw_first_links(self) -> None:
        for one in self.access.people.invitations():
            if _is_first(one):
                self.access.people.withdraw(one.token_digest)

    def _administrators(self) -> list[Account]:
        everyone = self.access.people.everyone()
        return [one for one in everyone if Role.ADMINISTRATOR in one.roles and one.may_sign_in]

    def _not_the_last(self, account: Account) -> None:
        others = [one for one in self._administrators() if one.name != account.name]
        if Role.ADMINISTRATOR in account.roles and account.may_sign_in and not others:
            raise CannotDo(f"{account.name} is the last administrator; make somebody else one first.")

    def _fit_name(self, name: str) -> str:
        tidy = tidy_name(name)
        if not tidy or len(tidy) > NAME_CHARACTERS_MAX:
            raise CannotDo(f"Give a name of 1 to {NAME_CHARACTERS_MAX} characters.")
        if same_name(tidy, HOUSE):
            raise CannotDo(f"`{HOUSE}` is what the log calls the installation itself; give another name.")
        return tidy

    def _note(self, who: str, what: Deed, about: str, detail: str = "") -> None:
        self.access.note(Noted(self.access.clock.now(), who, what, about, detail))


def _is_first(invitation: Invitation) -> bool:
    """Whether it is a link for the first administrator."""
    return invitation.created_by == HOUSE and not invitation.person


def _shown(roles: frozenset[Role]) -> str:
    return ", ".join(role.value for role in Role if role in roles)
