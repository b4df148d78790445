"""The log of releases beside the cases, in the same database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, func, insert, select
from sqlalchemy.exc import IntegrityError

from bythebook.adapters.event_codec import instant, instant_text
from bythebook.adapters.schema import audit_log, release_steps
from bythebook.adapters.sql_people import noted_row
from bythebook.adapters.sql_reads import SqlReads
from bythebook.service.people import Deed, Noted
from bythebook.service.releases import DIGEST_SHOWN, LogMoved, Move, ReleaseStep

_HEAD: Final = select(func.max(release_steps.c.seq))


class SqlReleases:
    """A `ReleaseLog` in a SQL store. Safe to use from several threads and processes."""

    def __init__(self, store: SqlReads) -> None:
        self._store: Final = store

    def steps(self) -> Sequence[ReleaseStep]:
        with self._store.reading() as connection:
            rows = connection.execute(select(release_steps).order_by(release_steps.c.seq)).mappings().all()
        return tuple(_step(row) for row in rows)

    def head(self) -> int:
        with self._store.reading() as connection:
            return int(connection.execute(_HEAD).scalar() or 0)

    def append(self, steps: Sequence[ReleaseStep]) -> None:
        if not steps:
            return
        rows = [_row(step) for step in steps]

        def work(connection: Connection) -> bool:
            if (connection.execute(_HEAD).scalar() or 0) != steps[0].number - 1:
                return False
            try:
                with connection.begin_nested():
                    connection.execute(insert(release_steps), rows)
                    connection.execute(insert(audit_log), [noted_row(_noted(step)) for step in steps])
            except IntegrityError:
                return False
            return True

        if not self._store.write(work):
            raise LogMoved


def _noted(step: ReleaseStep) -> Noted:
    """Return the step as the log of access tells it; `release_steps` is the record."""
    what = Deed.RELEASED if step.move is Move.RELEASE else Deed.RELEASE_CHANGED
    detail = f"{step.move.value}: {step.note}" if step.note else step.move.value
    return Noted(step.at, step.by, what, f"{step.name} {step.digest[:DIGEST_SHOWN]}", detail)


def _row(step: ReleaseStep) -> dict[str, Any]:
    return {
        "seq": step.number,
        "document": step.name,
        "digest": step.digest,
        "move": step.move.value,
        "at": instant_text(step.at),
        "who": step.by,
        "note": step.note,
        "before": step.before,
        "folder": step.folder,
        "hash": step.hash,
    }


def _step(row: RowMapping) -> ReleaseStep:
    return ReleaseStep(
        number=row["seq"],
        name=row["document"],
        digest=row["digest"],
        move=Move(row["move"]),
        by=row["who"],
        at=instant(row["at"]),
        note=row["note"],
        before=row["before"],
        folder=row["folder"],
        hash=row["hash"],
    )
