"""Who may come in: the people of the house over the store's database, and the link that makes the first of them."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from ipaddress import ip_network
from typing import Final, cast

from bythebook.adapters.identities import SecretsIdentities
from bythebook.adapters.system_clock import SystemClock
from bythebook.bootstrap import POSTGRES, beside
from bythebook.service.access import Access, Lasting
from bythebook.service.entrance import HOUR, MINUTE, Entrance, Rates
from bythebook.service.household import Household
from bythebook.service.limits import Buckets, Limit, SharedBuckets
from bythebook.service.people import Passwords, People
from bythebook.service.ports import CaseStore
from bythebook.settings import Settings, SettingWrong

ATTEMPTS_SECONDS: Final = 600.0
NAMES_OF_ADDRESS: Final = 5
"""How many names' attempts one address has."""


def access_of(settings: Settings, store: CaseStore) -> Access:
    """Return how people sign in, over the store that `open_store` gave; raise SettingWrong."""
    if not 0 < settings.sign_in_idle_minutes <= settings.sign_in_hours * 60:
        raise SettingWrong(
            "BYTHEBOOK_SIGN_IN_IDLE_MINUTES is more than 0, and no longer than BYTHEBOOK_SIGN_IN_HOURS in all"
        )
    lasting = Lasting(timedelta(minutes=settings.sign_in_idle_minutes), timedelta(hours=settings.sign_in_hours))
    people = cast(People, beside(store, "sql_people.SqlPeople"))
    # Loaded by name, as the store: most commands need neither.
    passwords = cast(Passwords, import_module("bythebook.adapters.argon2_passwords").Argon2Passwords())
    attempts = settings.sign_in_attempts
    of_name = Buckets(Limit(attempts, ATTEMPTS_SECONDS))
    of_address = Buckets(Limit(attempts * NAMES_OF_ADDRESS, ATTEMPTS_SECONDS))
    return Access(people, passwords, SystemClock(), SecretsIdentities(), lasting, of_name, of_address)


def entrance_of(settings: Settings, store: CaseStore | None = None) -> Entrance:
    """Return what is known of the way in; processes on one PostgreSQL count together. Raise SettingWrong."""
    rates = Rates(
        Limit(settings.cases_an_hour, HOUR),
        Limit(settings.messages_a_minute, MINUTE),
        Limit(settings.messages_a_minute_of_address, MINUTE),
    )
    try:
        given = [one.strip() for one in settings.trusted_proxies.split(",")]
        proxies = tuple(ip_network(one, strict=False) for one in given if one)
    except ValueError as wrong:
        raise SettingWrong(
            f"BYTHEBOOK_TRUSTED_PROXIES: {wrong}; write addresses or networks, 10.0.0.0/8 for example"
        ) from wrong
    shared: SharedBuckets | None = None
    if store is not None and settings.database.startswith(POSTGRES):
        shared = cast(SharedBuckets, beside(store, "sql_buckets.SqlBuckets"))
    return Entrance(settings.public_url, proxies, rates, shared)


def first_link(access: Access, address: str) -> str | None:
    """Return the link that makes the first administrator, None where there is one: good once, this start's alone."""
    secret = Household(access).first_invitation()
    return None if secret is None else link(address, secret)


def link(address: str, secret: str) -> str:
    """Return where a link that is good once leads."""
    return f"{address.rstrip('/')}/invitations/{secret}"
