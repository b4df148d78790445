"""What SQLite is told of an append: statements made once of the tables, and carried out by its own driver.

They are a dozen a turn and take microseconds each; a toolkit between the two would take longer than all of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, insert, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.expression import ClauseElement

from bythebook.adapters.chain import GENESIS, chained
from bythebook.adapters.schema import case_keys, cases, events, messages, snapshots
from bythebook.adapters.sql_reads import HEAD_OF
from bythebook.adapters.sql_rows import COLUMNS, Prepared
from bythebook.service.ports import MessageIdTaken, VersionConflict

_DIALECT: Final = sqlite.dialect(paramstyle="named")
_MOVED: Final = tuple(name for name in (*COLUMNS, "head_hash") if name != "opened_at")
"""The columns that an append moves: SQLite writes every index anew whose column is named."""


def _text(statement: ClauseElement) -> str:
    return str(statement.compile(dialect=_DIALECT))


_HEAD: Final = _text(HEAD_OF)
_OPEN: Final = _text(
    insert(cases).values(
        {name: bindparam(name) for name in (*COLUMNS, "head_hash", "case_id", "token_digest")},
    )
)
_ADVANCE: Final = _text(
    update(cases)
    .where(cases.c.case_id == bindparam("id"), cases.c.version == bindparam("expected"))
    .values({name: bindparam(name) for name in _MOVED})
)
_KEEP_KEY: Final = _text(insert(case_keys))
_ADD_EVENT: Final = _text(insert(events))
_ADD_MESSAGE: Final = _text(insert(messages))
_KEEP_SNAPSHOT: Final = _text(insert(snapshots).prefix_with("OR REPLACE"))


def append_all(appends: Sequence[Prepared], driver: sqlite3.Connection) -> None:
    """Write appends in the transaction that is open; raise VersionConflict or MessageIdTaken."""
    for each in appends:
        append(each, driver)


def append(prepared: Prepared, driver: sqlite3.Connection) -> None:
    """Write one append; raise VersionConflict or MessageIdTaken."""
    case_id, before = prepared.append.summary.case_id, prepared.append.expected_version
    row = driver.execute(_HEAD, {"id": case_id}).fetchone()
    found, head = (row[0], row[1]) if row is not None else (0, GENESIS)
    conflict = VersionConflict(f"case {case_id} is at version {found}, not {before}")
    if found != before:
        raise conflict
    entries = chained(head, case_id, before, prepared.texts)
    values = {**prepared.row, "head_hash": entries[-1].hash if entries else head}
    if row is None:
        driver.execute(_OPEN, values | {"case_id": case_id, "token_digest": prepared.append.token_digest or ""})
        if (kept := prepared.kept) is not None:
            driver.execute(_KEEP_KEY, {"case_id": case_id, "master": kept.master, "wrapped": kept.wrapped})
    elif driver.execute(_ADVANCE, values | {"id": case_id, "expected": before}).rowcount != 1:
        raise conflict
    driver.executemany(
        _ADD_EVENT,
        [{"case_id": case_id, "version": e.version, "kind": e.kind, "body": e.body, "hash": e.hash} for e in entries],
    )
    if prepared.snapshot is not None:
        driver.execute(_KEEP_SNAPSHOT, {"case_id": case_id, **prepared.snapshot._asdict()})
    if prepared.said:
        _add_messages(case_id, prepared.said, driver)


def _add_messages(case_id: str, said: Sequence[tuple[str, int]], driver: sqlite3.Connection) -> None:
    rows = [{"case_id": case_id, "message_id": name, "version": version} for name, version in said]
    try:
        driver.executemany(_ADD_MESSAGE, rows)
    except sqlite3.IntegrityError as error:
        ids = ", ".join(repr(name) for name, _ in said)
        raise MessageIdTaken(f"case {case_id} has a message {ids} already") from error
