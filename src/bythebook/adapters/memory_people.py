"""People in memory, for tests and for trying a document out: they are forgotten with the process."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bythebook.service.people import (
    Account,
    ApiKey,
    Invitation,
    NameTaken,
    Noted,
    NotedQuery,
    Role,
    SignIn,
    folded,
)


class MemoryPeople:
    """`People` that forgets everything with the process. Safe to use from several threads."""

    def __init__(self) -> None:
        self._accounts: Final[dict[str, Account]] = {}
        self._sign_ins: Final[dict[str, SignIn]] = {}
        self._invitations: Final[dict[str, Invitation]] = {}
        self._keys: Final[dict[str, ApiKey]] = {}
        self._log: Final[list[Noted]] = []
        self._lock: Final = threading.RLock()

    def everyone(self) -> Sequence[Account]:
        with self._lock:
            return sorted(self._accounts.values(), key=lambda one: one.name)

    def find(self, name: str) -> Account | None:
        with self._lock:
            return self._accounts.get(folded(name))

    def add(self, account: Account) -> None:
        with self._lock:
            if folded(account.name) in self._accounts:
                raise NameTaken(account.name)
            self._accounts[folded(account.name)] = account

    def set_password(self, name: str, password: str) -> None:
        with self._lock:
            self._accounts[folded(name)] = replace(self._accounts[folded(name)], password=password)

    def set_roles(self, name: str, roles: frozenset[Role]) -> None:
        with self._lock:
            self._accounts[folded(name)] = replace(self._accounts[folded(name)], roles=roles)

    def set_disabled(self, name: str, at: datetime | None) -> None:
        with self._lock:
            self._accounts[folded(name)] = replace(self._accounts[folded(name)], disabled_at=at)
            self.end_all(name)

    def set_on_duty(self, name: str, on_duty: bool) -> None:
        with self._lock:
            self._accounts[folded(name)] = replace(self._accounts[folded(name)], on_duty=on_duty)

    def on_duty(self, now: datetime, seen_since: datetime) -> bool:
        with self._lock:
            live = [one for one in self._sign_ins.values() if one.ends_at > now and one.seen_at >= seen_since]
            names = {folded(one.person) for one in live}
            return any(
                one.on_duty and one.disabled_at is None and name in names for name, one in self._accounts.items()
            )

    def invite(self, invitation: Invitation, *, instead: bool) -> None:
        with self._lock:
            if instead:
                for digest, one in list(self._invitations.items()):
                    if (one.person, one.created_by) == (invitation.person, invitation.created_by):
                        del self._invitations[digest]
            self._invitations[invitation.token_digest] = invitation

    def invitation(self, token_digest: str) -> Invitation | None:
        with self._lock:
            return self._invitations.get(token_digest)

    def invitations(self) -> Sequence[Invitation]:
        with self._lock:
            return sorted(self._invitations.values(), key=lambda one: one.created_at, reverse=True)

    def withdraw(self, token_digest: str) -> bool:
        with self._lock:
            return self._invitations.pop(token_digest, None) is not None

    def accept(self, token_digest: str, account: Account) -> bool:
        with self._lock:
            invitation = self._invitations.get(token_digest)
            if invitation is None:
                return False
            known = self._accounts.get(folded(account.name))
            if known is not None and not invitation.person:
                raise NameTaken(account.name)
            del self._invitations[token_digest]
            if known is None:
                self._accounts[folded(account.name)] = account
            else:
                self._accounts[folded(account.name)] = replace(known, password=account.password)
                self.end_all(known.name)
            return True

    def begin(self, sign_in: SignIn) -> None:
        with self._lock:
            self._sign_ins[sign_in.token_digest] = sign_in

    def signed_in(self, token_digest: str) -> tuple[SignIn, Account] | None:
        with self._lock:
            sign_in = self._sign_ins.get(token_digest)
            return None if sign_in is None else (sign_in, self._accounts[folded(sign_in.person)])

    def seen(self, token_digest: str, at: datetime) -> None:
        with self._lock:
            if token_digest in self._sign_ins:
                self._sign_ins[token_digest] = replace(self._sign_ins[token_digest], seen_at=at)

    def end(self, token_digest: str) -> None:
        with self._lock:
            self._sign_ins.pop(token_digest, None)

    def end_all(self, person: str, but: str = "") -> int:
        with self._lock:
            over = [one for one in self.sign_ins(person) if one.token_digest != but]
            for one in over:
                del self._sign_ins[one.token_digest]
            return len(over)

    def sign_ins(self, person: str) -> Sequence[SignIn]:
        with self._lock:
            own = [one for one in self._sign_ins.values() if folded(one.person) == folded(person)]
            return sorted(own, key=lambda one: one.seen_at, reverse=True)

    def forget(self, before: datetime) -> None:
        with self._lock:
            for digest, sign_in in list(self._sign_ins.items()):
                if sign_in.ends_at <= before:
                    del self._sign_ins[digest]
            for digest, invitation in list(self._invitations.items()):
                if invitation.ends_at <= before:
                    del self._invitations[digest]

    def add_key(self, key: ApiKey) -> None:
        with self._lock:
            self._keys[key.digest] = key

    def key(self, digest: str) -> ApiKey | None:
        with self._lock:
            return self._keys.get(digest)

    def api_keys(self) -> Sequence[ApiKey]:
        with self._lock:
            return sorted(self._keys.values(), key=lambda one: one.created_at, reverse=True)

    def key_seen(self, digest: str, at: datetime) -> None:
        with self._lock:
            self._keys[digest] = replace(self._keys[digest], seen_at=at)

    def revoke(self, digest: str, at: datetime) -> bool:
        with self._lock:
            key = self._keys.get(digest)
            if key is None or key.revoked_at is not None:
                return False
            self._keys[digest] = replace(key, revoked_at=at)
            return True

    def note(self, noted: Noted) -> None:
        with self._lock:
            self._log.append(replace(noted, seq=len(self._log) + 1))

    def noted(self, query: NotedQuery, limit: int) -> Sequence[Noted]:
        with self._lock:
            return [one for one in reversed(self._log) if _asked_for(one, query)][:limit]


def _asked_for(one: Noted, query: NotedQuery) -> bool:
    return (
        query.who in ("", one.who)
        and query.what in (None, one.what)
        and query.about in ("", one.about)
        and (query.before is None or one.seq < query.before)
    )
