"""What a process that serves needs besides: its place among others, and who watches it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from bythebook.adapters.fail_points import FailPoint, PlaceUnknown
from bythebook.adapters.kept_releases import KeptReleases
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.memory_tallies import MemoryTallies
from bythebook.adapters.news import LocalNews
from bythebook.adapters.witnessed import Witnesses
from bythebook.bootstrap import beside, on_postgres
from bythebook.service.insight import Insight
from bythebook.service.ports import CaseStore, News
from bythebook.service.runner import Runner
from bythebook.service.tallies import Tallies
from bythebook.service.witness import Witness
from bythebook.settings import Settings, SettingWrong


def news_of(settings: Settings, store: CaseStore) -> News:
    """Return what tells that cases have moved: among all processes on a PostgreSQL, among the threads of one else.

    While it is open, this process is known to be alive there.
    """
    if not on_postgres(settings):
        return LocalNews()
    # Loaded by name: only here is the driver needed.
    news = import_module("bythebook.adapters.postgres_news").PostgresNews
    return cast(News, news(settings.database, cast(Any, store).executor))


def tallies_of(store: CaseStore) -> Tallies:
    """Return the counters beside the cases of a store."""
    if isinstance(store, MemoryStore):
        return MemoryTallies(store)
    return cast(Tallies, beside(store, "sql_tallies.SqlTallies"))


def insight_of(store: CaseStore, runner: Runner) -> Insight:
    """Return what leads look at of a store's cases."""
    return Insight(tallies_of(store), KeptReleases(store), runner.releases, runner.clock)


def several_may_serve(settings: Settings) -> None:
    """Raise SettingWrong where several processes are asked for and cannot be."""
    if settings.workers < 1:
        raise SettingWrong(f"BYTHEBOOK_WORKERS is {settings.workers}; write 1 or more")
    if settings.workers > 1 and not on_postgres(settings):
        raise SettingWrong(
            f"{settings.workers} workers cannot share the SQLite file {settings.database}: one process writes to it; "
            "leave --workers out, or give --database postgresql://USER@HOST/NAME"
        )


def serving_place(settings: Settings) -> AbstractContextManager[None]:
    """Return what a process holds while it serves; entering raises StoreUnavailable where another one does."""
    if on_postgres(settings):
        return nullcontext()
    # Loaded by name: not every system that can read a document has these locks.
    return cast(
        AbstractContextManager[None], import_module("bythebook.adapters.alone").alone(Path(settings.database))
    )


@dataclass(frozen=True, slots=True)
class Watching:
    """Who watches the work of a process that serves."""

    witness: Witness | None
    metrics: Any
    """What counts (`adapters/metrics.py`), None where nobody asks for it."""

    close: Callable[[], object]

    def counted(self, store: CaseStore) -> CaseStore:
        """Return the store; what it appends is counted, where anything is."""
        if self.metrics is None:
            return store
        return cast(CaseStore, import_module("bythebook.adapters.metrics").counted(store, self.metrics))


def watching(settings: Settings) -> Watching:
    """Return who watches, by the settings; raise SettingWrong."""
    witnesses: list[Witness] = []
    close: Callable[[], object] = bool
    metrics = None
    if settings.fail_at:
        try:
            witnesses.append(FailPoint(settings.fail_at))
        except PlaceUnknown as wrong:
            raise SettingWrong(f"BYTHEBOOK_FAIL_AT: {wrong}") from wrong
    if settings.metrics:
        # Loaded by name: most commands count nothing.
        metrics = import_module("bythebook.adapters.metrics").Metrics()
        witnesses.append(metrics)
    if settings.tracing:
        try:
            traces = import_module("bythebook.adapters.tracing").Traces()
        except ModuleNotFoundError as missing:
            how = f"tracing needs the package `{missing.name}`: pip install 'bythebook[tracing]'"
            raise SettingWrong(how) from missing
        witnesses.append(traces)
        close = traces.close
    return Watching(Witnesses(*witnesses) if witnesses else None, metrics, close)
