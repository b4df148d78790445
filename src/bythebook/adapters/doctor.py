"""Whether the place is fit: file, disk, clock, keys, model, schema. What is looked at stays as it is."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from bythebook.adapters.schema_look import SchemaLook
from bythebook.service.doctor import Finding, Level
from bythebook.service.how_many import how_many
from bythebook.service.ports import MasterKeys, StoreUnavailable

FREE_WRONG: Final = 100 * 1024 * 1024
FREE_WARNING: Final = 1024 * 1024 * 1024
"""Bytes free on the disk of the database; a WAL and a backup beside it need room too."""

CLOCKS_APART: Final = timedelta(seconds=5)
AHEAD: Final = timedelta(minutes=1)
"""By how much the newest entry may be ahead of the clock."""


@runtime_checkable
class Examinable(Protocol):
    """A store that can be looked into."""

    def damage(self) -> str | None:
        """Return what the database itself says is broken, or None."""

    def try_writing(self) -> None:
        """Write and take it back; raise StoreUnavailable."""

    def server_time(self) -> datetime | None:
        """Return the time of the database's own clock, None where it has none."""

    def wrapped_by(self) -> Mapping[str, int]:
        """Return by how many keys of cases each master key is needed."""

    def unsealed_in_all(self) -> int:
        """Return how many cases have no key."""


def of_schema(look: SchemaLook) -> Finding:
    """Say how old the schema is."""
    what = f"{look.place} ({look.kind}): schema {look.revision or 'none yet'}"
    if look.too_new:
        return Finding("schema", Level.WRONG, f"{what}, this program's is {look.head}", "upgrade the program")
    if look.to_do:
        how = "bythebook backup FILE, then bythebook db upgrade" if look.revision else ""
        return Finding("schema", Level.WARNING, f"{what}, this program's is {look.head}", how)
    return Finding("schema", Level.WELL, f"{what}, up to date")


def of_database(store: Examinable) -> Iterator[Finding]:
    """Say whether the database is sound and takes writes."""
    damage = store.damage()
    if damage is not None:
        yield Finding("database", Level.WRONG, f"the database is damaged: {damage}", "restore the latest backup")
    else:
        yield Finding("database", Level.WELL, "the database is sound")
    try:
        store.try_writing()
        yield Finding("writing", Level.WELL, "the database takes writes")
    except StoreUnavailable as error:
        yield Finding("writing", Level.WRONG, str(error))


def of_disk(path: Path) -> Finding:
    """Say how much room is left beside a database file."""
    free = shutil.disk_usage(path.absolute().parent).free
    size = path.stat().st_size if path.exists() else 0
    text = f"{free / 1e9:,.1f} GB free, the database has {size / 1e9:,.3f} GB"
    if free < FREE_WRONG:
        return Finding("disk", Level.WRONG, text, "make room: what cannot be stored is not accepted")
    if free < max(FREE_WARNING, size):
        return Finding("disk", Level.WARNING, text, "make room: a backup needs as much as the database")
    return Finding("disk", Level.WELL, text)


def of_clock(now: datetime, newest: datetime | None, server: datetime | None) -> Finding:
    """Say whether the clock can be believed."""
    shown = f"{now:%Y-%m-%d %H:%M:%S} UTC"
    if newest is not None and newest - now > AHEAD:
        text = f"the clock says {shown}, and the newest entry is of {newest:%Y-%m-%d %H:%M:%S}: one of them was wrong"
        return Finding("clock", Level.WRONG, text, "set the clock (timedatectl); timers wait until it has caught up")
    if server is not None and abs(server - now) > CLOCKS_APART:
        apart = abs(server - now).total_seconds()
        return Finding("clock", Level.WARNING, f"this clock and the database's are {apart:,.0f} s apart", "use NTP")
    return Finding("clock", Level.WELL, shown)


def of_keys(store: Examinable, masters: MasterKeys | None, known: frozenset[str]) -> Iterator[Finding]:
    """Say whether the keys of cases can be unwrapped, and which master keys are still needed."""
    needed = store.wrapped_by()
    missing = {name: count for name, count in needed.items() if name not in known}
    if missing:
        names = ", ".join(f"{name} ({how_many(count, 'case')})" for name, count in sorted(missing.items()))
        how = "add them to the file of BYTHEBOOK_MASTER_KEY_FILE: without them these cases cannot be read"
        yield Finding("keys", Level.WRONG, f"master keys that are not here: {names}", how)
    elif masters is not None and (old := sum(count for name, count in needed.items() if name != masters.current)):
        text = f"the master key is {masters.current}; an older one still wraps {how_many(old, 'key')} of cases"
        yield Finding("keys", Level.WARNING, text, "bythebook keys rotate")
    elif masters is not None:
        yield Finding("keys", Level.WELL, f"the master key {masters.current} wraps every key of a case")
    unsealed = store.unsealed_in_all()
    if masters is None:
        yield Finding(
            "sealing", Level.WARNING, "no master key is set: what people say is kept as it is", "bythebook keys new"
        )
    elif unsealed:
        yield Finding(
            "sealing",
            Level.WARNING,
            f"{how_many(unsealed, 'case was', 'cases were')} opened without a key and cannot be erased",
        )
    else:
        yield Finding("sealing", Level.WELL, "every case is sealed")


def of_retention(kept_days: int, store: Examinable, masters: MasterKeys | None) -> Finding:
    """Say whether what is to be erased by schedule can be."""
    if not kept_days:
        return Finding("retention", Level.WELL, "no case is erased by schedule")
    if masters is None:
        text = "cases are to be erased by schedule, and without a master key none can be"
        return Finding("retention", Level.WRONG, text, "set BYTHEBOOK_MASTER_KEY_FILE: `serve` refuses to start")
    if unsealed := store.unsealed_in_all():
        text = f"{how_many(unsealed, 'case was', 'cases were')} opened without a key: the schedule passes over those"
        return Finding("retention", Level.WARNING, text)
    return Finding("retention", Level.WELL, "what is due is erased by schedule")


def of_file(file: Path, digest: str) -> Finding:
    """Say whether a file of the model is the one this release was built with."""
    try:
        found = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        return Finding("model", Level.WRONG, f"{file.name} cannot be read: {error.strerror}", "install again")
    if found != digest:
        return Finding("model", Level.WRONG, f"{file.name} is not the file of this release", "install again")
    return Finding("model", Level.WELL, f"{file.name} is the file of this release")
