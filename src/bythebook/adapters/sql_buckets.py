"""Implements the SharedBuckets port: what has been taken of each limit, for all processes of a database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Final, Protocol, TypeVar

from sqlalchemy import Connection, delete, text

from bythebook.adapters.schema import buckets
from bythebook.service.limits import Limit

Answer = TypeVar("Answer")

FORGOTTEN_SECONDS: Final = 7_200.0
"""What was not touched for so long is full again, whatever its limit."""

SWEEP_EVERY: Final = 2_000
"""So many are taken between two looks for what can be forgotten."""

# Clocks of several machines differ: one that is behind gives nothing, and takes nothing away either.
_SINCE: Final = "CASE WHEN :now > buckets.at THEN :now - buckets.at ELSE 0 END"
_FILLED: Final = (
    f"CASE WHEN buckets.remaining + ({_SINCE}) * :rate > :times THEN :times "
    f"ELSE buckets.remaining + ({_SINCE}) * :rate END"
)
_TAKE: Final = text(f"""
INSERT INTO buckets (name, remaining, at, taken) VALUES (:name, :times - 1, :now, 1)
ON CONFLICT (name) DO UPDATE SET
  remaining = CASE WHEN {_FILLED} >= 1 THEN {_FILLED} - 1 ELSE {_FILLED} END,
  taken = CASE WHEN {_FILLED} >= 1 THEN 1 ELSE 0 END,
  at = CASE WHEN :now > buckets.at THEN :now ELSE buckets.at END
RETURNING remaining, taken
""")


class Writes(Protocol):
    """What is needed of a SQL store."""

    def write(self, work: Callable[[Connection], Answer]) -> Answer:
        """Do something in one transaction."""


class SqlBuckets:
    """One row a name. Names are kept as digests: some are addresses."""

    def __init__(self, store: Writes) -> None:
        self._store: Final = store
        self._count: Final = count(1)

    def take(self, name: str, limit: Limit, now: datetime) -> float:
        """Take one; return 0, or after how many seconds there is one again. Nothing is taken then."""
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        rate, seconds = limit.times / limit.seconds, now.timestamp()
        values = {"name": digest, "times": float(limit.times), "rate": rate, "now": seconds}
        sweeps = next(self._count) % SWEEP_EVERY == 0

        def work(connection: Connection) -> tuple[float, int]:
            if connection.dialect.name == "postgresql":
                # A crash may forget what was taken: nobody waits for the disk.
                connection.exec_driver_sql("SET LOCAL synchronous_commit TO OFF")
            remaining, taken = connection.execute(_TAKE, values).one()
            if sweeps:
                connection.execute(delete(buckets).where(buckets.c.at < seconds - FORGOTTEN_SECONDS))
            return float(remaining), int(taken)

        remaining, taken = self._store.write(work)
        return 0.0 if taken else (1.0 - remaining) / rate
