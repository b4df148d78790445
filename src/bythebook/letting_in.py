"""Who may come in: the people of the house over the store's database, and the link that makes the first of them."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any, cast

from bythebook.adapters.identities import SecretsIdentities
from bythebook.adapters.system_clock import SystemClock
from bythebook.service.access import Access, Lasting
from bythebook.service.household import Household
from bythebook.service.people import Passwords, People
from bythebook.service.ports import CaseStore
from bythebook.settings import Settings, SettingWrong


def access_of(settings: Settings, store: CaseStore) -> Access:
    """Return how people sign in, over the store that `open_store` gave; raise SettingWrong."""
    if not 0 < settings.sign_in_idle_minutes <= settings.sign_in_hours * 60:
        raise SettingWrong(
            "BYTHEBOOK_SIGN_IN_IDLE_MINUTES is more than 0, and no longer than BYTHEBOOK_SIGN_IN_HOURS in all"
        )
    lasting = Lasting(timedelta(minutes=settings.sign_in_idle_minutes), timedelta(hours=settings.sign_in_hours))
    # Loaded by name, as the store: most commands need neither.
    people = cast(People, import_module("bythebook.adapters.sql_people").SqlPeople(cast(Any, store)))
    passwords = cast(Passwords, import_module("bythebook.adapters.argon2_passwords").Argon2Passwords())
    return Access(people, passwords, SystemClock(), SecretsIdentities(), lasting)


def first_link(access: Access, address: str) -> str | None:
    """Return the link that makes the first administrator, None where there is one: good once, this start's alone."""
    secret = Household(access).first_invitation()
    return None if secret is None else link(address, secret)


def link(address: str, secret: str) -> str:
    """Return where a link that is good once leads."""
    return f"{address.rstrip('/')}/invitations/{secret}"
