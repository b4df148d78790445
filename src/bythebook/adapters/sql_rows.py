"""Cases as rows: what every SQL store makes of an append before it is written, and of a row once it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Final, NamedTuple

from sqlalchemy import RowMapping

from bythebook.adapters.event_codec import clean_text, encode, instant, instant_text, kind_of
from bythebook.adapters.schema import cases
from bythebook.adapters.sealing import seal, seal_state
from bythebook.adapters.state_codec import encode_state, shape
from bythebook.adapters.vault import WrappedKey
from bythebook.engine.event import CustomerSaid
from bythebook.engine.state import Status
from bythebook.service.ports import Append, CaseSummary

SUMMARY: Final = [cases.c[field.name] for field in fields(CaseSummary)]
"""The columns of a case's row that make its summary."""


COLUMNS: Final = (
    "routine", "release", "status", "version", "opened_at", "updated_at", "owes", "timer_at", "step", "reason",
    "human", "waiting_since",
)  # fmt: skip
"""What `row_of` makes of a summary."""


class Snapshot(NamedTuple):
    """A state as a store keeps it."""

    version: int
    shape: str
    body: bytes


class Prepared(NamedTuple):
    """All of an append that can be made before it is its turn to be written."""

    append: Append
    row: dict[str, Any]
    texts: Sequence[tuple[str, str]]
    """Kind and body of each event."""

    said: Sequence[tuple[str, int]]
    """Message ids, each with the version of its message."""

    key: bytes | None
    """The key of a sealed case."""

    kept: WrappedKey | None
    """The same as it is kept, where the case opens."""

    snapshot: Snapshot | None = None


def prepared(append: Append, key: bytes | None = None, kept: WrappedKey | None = None) -> Prepared:
    """Return the append as it will be written, sealed with the case's key where it has one; raise UnstorableEvent."""
    before = append.expected_version
    assert append.summary.version == before + len(append.events), "the row is not of this append"
    said = [
        (column_text(event.message_id), version)
        for version, event in enumerate(append.events, before + 1)
        if isinstance(event, CustomerSaid)
    ]
    texts = [(kind_of(event), encode(event)) for event in append.events]
    if key is not None:
        case_id = append.summary.case_id
        texts = [(kind, seal(key, case_id, version, body)) for version, (kind, body) in enumerate(texts, before + 1)]
    return Prepared(append, row_of(append.summary), texts, said, key, kept, _snapshot(append, key))


def _snapshot(append: Append, key: bytes | None) -> Snapshot | None:
    if append.state is None:
        return None
    version = append.summary.version
    assert append.state.version == version, "the state is not of this append"
    return Snapshot(version, shape(), seal_state(key, append.summary.case_id, version, encode_state(append.state)))


def row_of(summary: CaseSummary) -> dict[str, Any]:
    """Return the columns that an append may change: never the key, which the events hang on."""
    return {
        "routine": summary.routine,
        "release": summary.release,
        "status": summary.status.value,
        "version": summary.version,
        "opened_at": instant_text(summary.opened_at),
        "updated_at": instant_text(summary.updated_at),
        "owes": summary.owes,
        "timer_at": summary.timer_at and instant_text(summary.timer_at),
        "step": column_text(summary.step),
        "reason": column_text(summary.reason),
        "human": column_text(summary.human),
        "waiting_since": summary.waiting_since and instant_text(summary.waiting_since),
    }


def summary_in(row: RowMapping) -> CaseSummary:
    """Return the summary that a row holds."""
    values = dict(row)
    for name in ("opened_at", "updated_at", "timer_at", "waiting_since"):
        values[name] = instant(values[name]) if values[name] is not None else None
    values["status"] = Status(values["status"])
    return CaseSummary(**values)


def column_text(text: str) -> str:
    """Return a text as every database's column can hold it: no lone surrogates, no NUL."""
    return clean_text(text).replace("\0", "\ufffd")
