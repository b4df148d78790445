"""What an SQL store tells of itself to whoever examines it: damage, keys, its own clock."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from bythebook.adapters.schema import case_keys, cases


class SqlExamined(ABC):
    """The part of a store that a doctor asks."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """Yield a connection to read on."""

    def damage(self) -> str | None:
        """Return what the database itself says is broken, or None; raise StoreUnavailable."""
        with self._reading() as connection:
            if connection.dialect.name != "sqlite":
                return None  # a server minds its files itself
            said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
            lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if said != "ok":
            return str(said)
        return f"a row of {lost[0]} belongs to nothing" if lost is not None else None

    def server_time(self) -> datetime | None:
        """Return the time of the database's own clock, None where it has none; raise StoreUnavailable."""
        with self._reading() as connection:
            if connection.dialect.name == "sqlite":
                return None
            now: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
        return now.astimezone(UTC)

    def wrapped_by(self) -> Mapping[str, int]:
        """Return by how many keys of cases each master key is needed."""
        query = select(case_keys.c.master, func.count()).where(case_keys.c.wrapped.is_not(None))
        with self._reading() as connection:
            return {name: count for name, count in connection.execute(query.group_by(case_keys.c.master))}

    def unsealed_in_all(self) -> int:
        """Return how many cases have no key."""
        with self._reading() as connection:
            every = connection.execute(select(func.count()).select_from(cases)).scalar_one()
            sealed = connection.execute(select(func.count()).select_from(case_keys)).scalar_one()
        return int(every) - int(sealed)
