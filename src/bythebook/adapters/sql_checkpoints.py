"""Checkpoints beside the cases, in the same database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Row, func, insert, select
from sqlalchemy.exc import IntegrityError

from bythebook.adapters.event_codec import instant, instant_text
from bythebook.adapters.schema import cases, checkpoint_heads, checkpoints
from bythebook.adapters.sql_reads import SqlReads
from bythebook.adapters.sql_rows import column_text
from bythebook.service.checkpoints import Checkpoint, CheckpointTaken, Head

ROWS: Final = 5_000
"""How many heads are inserted at once."""

_COVERED: Final = (
    select(checkpoint_heads.c.seq)
    .where(checkpoint_heads.c.case_id == cases.c.case_id, checkpoint_heads.c.version == cases.c.version)
    .exists()
)


class SqlCheckpoints:
    """A `CheckpointStore` in a SQL store. Safe to use from several threads and processes."""

    def __init__(self, store: SqlReads) -> None:
        self._store: Final = store

    def last(self) -> Checkpoint | None:
        with self._store.reading() as connection:
            row = connection.execute(select(checkpoints).order_by(checkpoints.c.seq.desc()).limit(1)).first()
        return _checkpoint(row) if row is not None else None

    def checkpoints(self) -> Sequence[Checkpoint]:
        with self._store.reading() as connection:
            rows = connection.execute(select(checkpoints).order_by(checkpoints.c.seq)).all()
        return tuple(_checkpoint(row) for row in rows)

    def changed(self, since: datetime | None, limit: int) -> Sequence[tuple[Head, datetime]]:
        query = select(cases.c.case_id, cases.c.version, cases.c.head_hash, cases.c.updated_at).where(~_COVERED)
        if since is not None:
            query = query.where(cases.c.updated_at >= instant_text(since))
        with self._store.reading() as connection:
            rows = connection.execute(query.order_by(cases.c.updated_at, cases.c.case_id).limit(limit)).all()
        return [(Head(row.case_id, row.version, row.head_hash), instant(row.updated_at)) for row in rows]

    def keep(self, checkpoint: Checkpoint, heads: Sequence[Head]) -> None:
        row = {
            "seq": checkpoint.number,
            "at": str(checkpoint.said["at"]),
            "body": checkpoint.body,
            "key": checkpoint.key,
            "signature": checkpoint.signature,
        }
        covered = [
            {"case_id": head.case_id, "seq": checkpoint.number, "version": head.version, "hash": head.hash}
            for head in heads
        ]

        def work(connection: Connection) -> bool:
            try:
                with connection.begin_nested():
                    connection.execute(insert(checkpoints), row)
            except IntegrityError:
                return False
            for at in range(0, len(covered), ROWS):
                connection.execute(insert(checkpoint_heads), covered[at : at + ROWS])
            return True

        if not self._store.write(work):
            raise CheckpointTaken

    def heads(self, number: int) -> Sequence[Head]:
        query = select(checkpoint_heads).where(checkpoint_heads.c.seq == number)
        with self._store.reading() as connection:
            rows = connection.execute(query.order_by(checkpoint_heads.c.case_id)).all()
        return [_head(row) for row in rows]

    def of_case(self, case_id: str) -> Sequence[tuple[int, Head]]:
        query = select(checkpoint_heads).where(checkpoint_heads.c.case_id == column_text(case_id))
        with self._store.reading() as connection:
            rows = connection.execute(query.order_by(checkpoint_heads.c.seq)).all()
        return [(row.seq, _head(row)) for row in rows]

    def uncovered(self) -> int:
        with self._store.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(cases).where(~_COVERED)).scalar() or 0)


def _checkpoint(row: Row[tuple[object, ...]]) -> Checkpoint:
    return Checkpoint(row.seq, row.body, row.key, row.signature)


def _head(row: Row[tuple[object, ...]]) -> Head:
    return Head(row.case_id, row.version, row.hash)
