"""What PostgreSQL is told of an append: one statement, which writes it whole where the case is as it was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from bythebook.adapters.chain import Entry
from bythebook.adapters.sql_rows import COLUMNS, Prepared
from bythebook.service.ports import MessageIdTaken, VersionConflict

_ROW: Final = (*COLUMNS, "head_hash", "owner")
_MOVES: Final = f"""
    UPDATE cases SET {", ".join(f"{name} = %({name})s" for name in _ROW)}
    WHERE case_id = %(case_id)s AND version = %(expected)s AND head_hash = %(expected_hash)s
    RETURNING case_id"""
_OPENS: Final = f"""
    INSERT INTO cases (case_id, token_digest, {", ".join(_ROW)})
    VALUES (%(case_id)s, %(token_digest)s, {", ".join(f"%({name})s" for name in _ROW)})
    ON CONFLICT DO NOTHING RETURNING case_id"""
_REST: Final = """
WITH moved AS ({moved}),
added AS (
    INSERT INTO events (case_id, version, kind, body, hash)
    SELECT case_id, e.* FROM moved,
        json_to_recordset(%(entries)s::json) AS e(version int, kind text, body text, hash text)
),
keyed AS (
    INSERT INTO case_keys (case_id, master, wrapped)
    SELECT case_id, %(master)s, %(wrapped)s FROM moved WHERE %(master)s::text IS NOT NULL
),
said AS (
    INSERT INTO messages (case_id, message_id, version)
    SELECT case_id, m.* FROM moved, json_to_recordset(%(said)s::json) AS m(id text, version int)
)
SELECT count(*) FROM moved"""
_SNAPSHOT: Final = """,
snapped AS (
    INSERT INTO snapshots (case_id, version, shape, body)
    SELECT case_id, %(snapshot_version)s::int, %(shape)s::text, %(snapshot)s::bytea FROM moved
    ON CONFLICT (case_id) DO UPDATE SET version = excluded.version, shape = excluded.shape, body = excluded.body
)
SELECT"""
_ADVANCE: Final = _REST.format(moved=_MOVES)
_OPEN: Final = _REST.format(moved=_OPENS)

_AS_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def statement_of(each: Prepared, head: str, entries: Sequence[Entry], owner: str) -> tuple[str, dict[str, Any]]:
    """Return the statement that writes an append, and its values; it counts the cases that it moved, one or none."""
    append = each.append
    values: dict[str, Any] = {
        **each.row,
        "case_id": append.summary.case_id,
        "owner": owner,
        "head_hash": entries[-1].hash if entries else head,
        "expected": append.expected_version,
        "expected_hash": head,
        "token_digest": append.token_digest or "",
        # As JSON: arrays cost the driver more, and PostgreSQL a new plan each time.
        "entries": _AS_JSON(
            [{"version": e.version, "kind": e.kind, "body": e.body, "hash": e.hash} for e in entries]
        ),
        "master": each.kept.master if each.kept is not None else None,
        "wrapped": each.kept.wrapped if each.kept is not None else None,
        "said": _AS_JSON([{"id": name, "version": version} for name, version in each.said]),
    }
    statement = _ADVANCE if append.expected_version else _OPEN
    if each.snapshot is not None:
        statement = _SNAPSHOT.join(statement.rsplit("\nSELECT", 1))
        kept = each.snapshot
        values |= {"snapshot_version": kept.version, "shape": kept.shape, "snapshot": kept.body}
    return statement, values


def refusal_of(each: Prepared, error: BaseException | None) -> Exception:
    """Return what two rows with one key mean: a message id that is taken, or a version."""
    case_id = each.append.summary.case_id
    constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
    if constraint == "pk_messages":
        ids = ", ".join(repr(name) for name, _ in each.said)
        return MessageIdTaken(f"case {case_id} has a message {ids} already")
    return VersionConflict(f"case {case_id} has version {each.append.expected_version + 1} already")
