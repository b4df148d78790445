"""A case as plain data for somebody else: the whole log, with what is private in it only for a role that may."""

from __future__ import annotations

import json
from typing import Any, Final

from bythebook.service.ports import CaseStore, CaseSummary

FORMAT: Final = "bythebook case 1"
"""Names the form of the data; a later form has another name."""


def exported(store: CaseStore, case_id: str, *, private: bool, stored: bool = False) -> dict[str, Any]:
    """Return a case as JSON's plain data; raise UnknownCase, or StoreUnavailable where a key is needed and missing.

    Without `private` no key is needed, and nothing of what is private is in it. `stored` adds each entry's text as it
    is kept, so that the chain can be computed by whoever has the export; of a case that is not sealed it is private.
    """
    kept = store.kept(case_id, private=private)
    broken = store.verify(case_id)
    entries = []
    for each in kept:
        entry: dict[str, Any] = {"version": each.version, "hash": each.hash, "event": json.loads(each.event)}
        if each.digest:
            entry["text_digest"] = each.digest
        if stored:
            entry["stored"] = each.stored
        entries.append(entry)
    last = entries[-1]["event"]
    erased = {name: last[name] for name in ("at", "by", "why")} if last["kind"] == "CaseErased" else None
    return {
        "format": FORMAT,
        "case": row_as_data(store.summary(case_id)),
        "private": private,
        "erased": erased,
        "chain": {"whole": broken is None, "broken_at": broken},
        "entries": entries,
    }


def row_as_data(row: CaseSummary) -> dict[str, Any]:
    """Return a case's row as JSON's plain data."""
    return {
        "case": row.case_id,
        "routine": row.routine,
        "release": row.release,
        "status": row.status.value,
        "version": row.version,
        "step": row.step,
        "reason": row.reason,
        "human": row.human,
        "owes": row.owes,
        "opened_at": row.opened_at.isoformat(timespec="seconds"),
        "updated_at": row.updated_at.isoformat(timespec="seconds"),
        "timer_at": row.timer_at.isoformat(timespec="seconds") if row.timer_at is not None else None,
    }
