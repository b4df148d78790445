"""Releases put together: where their log is kept, what follows it, what can be done with them."""

from __future__ import annotations

import getpass
from typing import cast

from bythebook.adapters.candidates import StoredCandidates
from bythebook.adapters.live import Live
from bythebook.adapters.memory_releases import MemoryReleases
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.shelf import Shelf, Unread
from bythebook.adapters.system_clock import SystemClock
from bythebook.bootstrap import Load, beside
from bythebook.service.ports import CaseStore, Clock
from bythebook.service.releases import ReleaseLog
from bythebook.service.releasing import Releasing
from bythebook.settings import Settings


def release_log(store: CaseStore) -> ReleaseLog:
    """Return where the steps of releases are kept: beside the cases."""
    if isinstance(store, MemoryStore):
        return MemoryReleases()
    return cast(ReleaseLog, beside(store, "sql_releases.SqlReleases"))


def following(log: ReleaseLog, who: str, clock: Clock | None = None) -> Load:
    """Return what puts on a shelf what is live, and releases what is new in the folders it is given."""
    return lambda shelf, library: Live(shelf, log, clock or SystemClock()).begin(library, who)


def as_released(log: ReleaseLog) -> Load:
    """Return what puts on a shelf what is live, and releases nothing: for whoever only looks, or sits at the desk."""
    return lambda shelf, library: Live(shelf, log, SystemClock()).take(library)


def releasing_on(shelf: Shelf, log: ReleaseLog, clock: Clock | None = None) -> Releasing:
    """Return what can be done with the releases of a server, by its shelf."""
    return Releasing(log, StoredCandidates(shelf, log), clock or SystemClock())


def releasing_in(settings: Settings, store: CaseStore) -> tuple[Releasing, StoredCandidates]:
    """Return what can be done with the releases in a store, and what looks at them; nothing is served."""
    clock = SystemClock()
    production_on = clock.now().date() if settings.production else None
    shelf = Shelf(store, Unread, production_on=production_on)
    log = release_log(store)
    candidates = StoredCandidates(shelf, log)
    return Releasing(log, candidates, clock), candidates


def whoever_starts() -> str:
    """Return the login name of whoever runs this process."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a process without a name, in a container
        return "nobody by name"
