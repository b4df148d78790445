"""People in the store's database: one row each, and a row for each sign-in, invitation, key and entry of the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Executable, Row, delete, insert, select, update

from bythebook.adapters.event_codec import instant, instant_text
from bythebook.adapters.schema import api_keys, audit_log, invitations, people, sign_ins
from bythebook.adapters.sql_reads import SqlReads
from bythebook.adapters.sql_rows import column_text
from bythebook.service.people import (
    Account,
    ApiKey,
    Deed,
    Invitation,
    NameTaken,
    Noted,
    NotedQuery,
    Role,
    SignIn,
    folded,
)


class SqlPeople:
    """`People` beside the cases of a store."""

    def __init__(self, store: SqlReads) -> None:
        self._store: Final = store

    def everyone(self) -> Sequence[Account]:
        with self._store.reading() as connection:
            return _everyone(connection)

    def find(self, name: str) -> Account | None:
        with self._store.reading() as connection:
            return _find(connection, name)

    def add(self, account: Account) -> None:
        self._store.write(lambda connection: _add(connection, account))

    def set_password(self, name: str, password: str) -> None:
        self._change(name, password=password)

    def set_roles(self, name: str, roles: frozenset[Role]) -> None:
        self._change(name, roles=_roles_text(roles))

    def set_disabled(self, name: str, at: datetime | None) -> None:
        def work(connection: Connection) -> None:
            _change(connection, name, disabled_at=None if at is None else instant_text(at))
            connection.execute(delete(sign_ins).where(sign_ins.c.person == column_text(name)))

        self._store.write(work)

    def set_on_duty(self, name: str, on_duty: bool) -> None:
        self._change(name, on_duty=on_duty)

    def on_duty(self, now: datetime, seen_since: datetime) -> bool:
        live = (sign_ins.c.ends_at > instant_text(now), sign_ins.c.seen_at >= instant_text(seen_since))
        asked = select(people.c.name).join(sign_ins, sign_ins.c.person == people.c.name)
        asked = asked.where(people.c.on_duty.is_(True), people.c.disabled_at.is_(None), *live).limit(1)
        with self._store.reading() as connection:
            return connection.execute(asked).first() is not None

    def invite(self, invitation: Invitation, *, instead: bool) -> None:
        def work(connection: Connection) -> None:
            same = (
                invitations.c.person == column_text(invitation.person),
                invitations.c.created_by == column_text(invitation.created_by),
            )
            if instead:
                connection.execute(delete(invitations).where(*same))
            row = {
                "token_digest": invitation.token_digest,
                "person": column_text(invitation.person),
                "roles": _roles_text(invitation.roles),
                "created_by": column_text(invitation.created_by),
                "created_at": instant_text(invitation.created_at),
                "ends_at": instant_text(invitation.ends_at),
            }
            connection.execute(insert(invitations), row)

        self._store.write(work)

    def invitation(self, token_digest: str) -> Invitation | None:
        with self._store.reading() as connection:
            row = connection.execute(select(invitations).where(_link(token_digest))).first()
        return None if row is None else _invitation(row)

    def invitations(self) -> Sequence[Invitation]:
        with self._store.reading() as connection:
            rows = connection.execute(select(invitations).order_by(invitations.c.created_at.desc())).all()
        return [_invitation(row) for row in rows]

    def withdraw(self, token_digest: str) -> bool:
        return self._store.write(lambda connection: _taken_away(connection, token_digest))

    def accept(self, token_digest: str, account: Account) -> bool:
        def work(connection: Connection) -> bool:
            row = connection.execute(select(invitations.c.person).where(_link(token_digest))).first()
            if row is None or not _taken_away(connection, token_digest):
                return False
            if _find(connection, account.name) is None:
                _add(connection, account)
                return True
            if not row.person:
                raise NameTaken(account.name)
            _change(connection, account.name, password=account.password)
            connection.execute(delete(sign_ins).where(sign_ins.c.person == column_text(account.name)))
            return True

        return self._store.write(work)

    def begin(self, sign_in: SignIn) -> None:
        row = {
            "token_digest": sign_in.token_digest,
            "person": column_text(sign_in.person),
            "created_at": instant_text(sign_in.created_at),
            "seen_at": instant_text(sign_in.seen_at),
            "ends_at": instant_text(sign_in.ends_at),
            "device": column_text(sign_in.device),
        }
        self._do(insert(sign_ins), row)

    def signed_in(self, token_digest: str) -> tuple[SignIn, Account] | None:
        with self._store.reading() as connection:
            row = connection.execute(select(sign_ins).where(sign_ins.c.token_digest == token_digest)).first()
            if row is None:
                return None
            person = connection.execute(select(people).where(people.c.name == row.person)).one()
        return _sign_in(row), _account(person)

    def seen(self, token_digest: str, at: datetime) -> None:
        change = update(sign_ins).where(sign_ins.c.token_digest == token_digest).values(seen_at=instant_text(at))
        self._do(change)

    def end(self, token_digest: str) -> None:
        gone = delete(sign_ins).where(sign_ins.c.token_digest == token_digest)
        self._do(gone)

    def end_all(self, person: str, but: str = "") -> int:
        gone = delete(sign_ins).where(sign_ins.c.person == column_text(person), sign_ins.c.token_digest != but)
        return self._store.write(lambda connection: connection.execute(gone).rowcount)

    def sign_ins(self, person: str) -> Sequence[SignIn]:
        asked = select(sign_ins).where(sign_ins.c.person == column_text(person)).order_by(sign_ins.c.seen_at.desc())
        with self._store.reading() as connection:
            return [_sign_in(row) for row in connection.execute(asked)]

    def forget(self, before: datetime) -> None:
        def work(connection: Connection) -> None:
            for table in (sign_ins, invitations):
                connection.execute(delete(table).where(table.c.ends_at <= instant_text(before)))

        self._store.write(work)

    def add_key(self, key: ApiKey) -> None:
        row = {
            "digest": key.digest,
            "name": column_text(key.name),
            "role": key.role.value,
            "created_by": column_text(key.created_by),
            "created_at": instant_text(key.created_at),
        }
        self._do(insert(api_keys), row)

    def key(self, digest: str) -> ApiKey | None:
        with self._store.reading() as connection:
            row = connection.execute(select(api_keys).where(api_keys.c.digest == column_text(digest))).first()
        return None if row is None else _key(row)

    def api_keys(self) -> Sequence[ApiKey]:
        with self._store.reading() as connection:
            return [_key(row) for row in connection.execute(select(api_keys).order_by(api_keys.c.created_at.desc()))]

    def key_seen(self, digest: str, at: datetime) -> None:
        change = update(api_keys).where(api_keys.c.digest == digest).values(seen_at=instant_text(at))
        self._do(change)

    def revoke(self, digest: str, at: datetime) -> bool:
        good = (api_keys.c.digest == column_text(digest), api_keys.c.revoked_at.is_(None))
        change = update(api_keys).where(*good).values(revoked_at=instant_text(at))
        return self._store.write(lambda connection: connection.execute(change).rowcount == 1)

    def note(self, noted: Noted) -> None:
        self._do(insert(audit_log), noted_row(noted))

    def noted(self, query: NotedQuery, limit: int) -> Sequence[Noted]:
        asked = select(audit_log).order_by(audit_log.c.seq.desc()).limit(limit)
        if query.who:
            asked = asked.where(audit_log.c.who == column_text(query.who))
        if query.what is not None:
            asked = asked.where(audit_log.c.what == query.what.value)
        if query.about:
            asked = asked.where(audit_log.c.about == column_text(query.about))
        if query.before is not None:
            asked = asked.where(audit_log.c.seq < query.before)
        with self._store.reading() as connection:
            return [_noted(row) for row in connection.execute(asked)]

    def _do(self, statement: Executable, row: dict[str, Any] | None = None) -> None:
        def work(connection: Connection) -> None:
            connection.execute(statement, row)

        self._store.write(work)

    def _change(self, name: str, **columns: object) -> None:
        self._store.write(lambda connection: _change(connection, name, **columns))


def noted_row(noted: Noted) -> dict[str, Any]:
    """Return an entry of the log of access as a row, for whoever notes it with what was done."""
    return {
        "at": instant_text(noted.at),
        "who": column_text(noted.who),
        "what": noted.what.value,
        "about": column_text(noted.about),
        "detail": column_text(noted.detail),
    }


def _everyone(connection: Connection) -> list[Account]:
    return [_account(row) for row in connection.execute(select(people).order_by(people.c.name))]


def _find(connection: Connection, name: str) -> Account | None:
    """Look by what names are compared by, which no database's own rules are: there are few people."""
    wanted = folded(name)
    return next((one for one in _everyone(connection) if folded(one.name) == wanted), None)


def _add(connection: Connection, account: Account) -> None:
    if _find(connection, account.name) is not None:
        raise NameTaken(account.name)
    row = {
        "name": column_text(account.name),
        "password": account.password,
        "roles": _roles_text(account.roles),
        "on_duty": account.on_duty,
        "created_at": instant_text(account.created_at),
        "disabled_at": None if account.disabled_at is None else instant_text(account.disabled_at),
    }
    connection.execute(insert(people), row)


def _change(connection: Connection, name: str, **columns: object) -> None:
    connection.execute(update(people).where(people.c.name == column_text(name)).values(**columns))


def _link(token_digest: str) -> Any:
    return invitations.c.token_digest == token_digest


def _taken_away(connection: Connection, token_digest: str) -> bool:
    return connection.execute(delete(invitations).where(_link(token_digest))).rowcount == 1


def _roles_text(roles: frozenset[Role]) -> str:
    return " ".join(role.value for role in Role if role in roles)


def _roles(text: str) -> frozenset[Role]:
    return frozenset(Role(word) for word in text.split())


def _when(text: str | None) -> datetime | None:
    return None if text is None else instant(text)


def _account(row: Row[Any]) -> Account:
    return Account(
        name=row.name,
        roles=_roles(row.roles),
        created_at=instant(row.created_at),
        password=row.password,
        disabled_at=_when(row.disabled_at),
        on_duty=row.on_duty,
    )


def _sign_in(row: Row[Any]) -> SignIn:
    times = (instant(row.created_at), instant(row.seen_at), instant(row.ends_at))
    return SignIn(row.token_digest, row.person, *times, device=row.device)


def _invitation(row: Row[Any]) -> Invitation:
    times = (instant(row.created_at), instant(row.ends_at))
    return Invitation(row.token_digest, row.person, _roles(row.roles), row.created_by, *times)


def _key(row: Row[Any]) -> ApiKey:
    times = (instant(row.created_at), _when(row.seen_at), _when(row.revoked_at))
    return ApiKey(row.digest, row.name, Role(row.role), row.created_by, *times)


def _noted(row: Row[Any]) -> Noted:
    return Noted(instant(row.at), row.who, Deed(row.what), row.about, row.detail, row.seq)
