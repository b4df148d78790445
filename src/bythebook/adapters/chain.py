"""The hash chain of a case's log: whoever alters, drops or reorders an entry breaks it from there on.

A hash covers the one before it, so the last hash vouches for the whole log. It does not stop somebody who may
write to the store from computing the whole chain anew: for that, keep last hashes elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.adapters.event_codec import kind_in

GENESIS: Final = "0" * 64
"""What stands before the first entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as a store keeps it: its place from 1, its class's name, its text, its hash."""

    version: int
    kind: str
    body: str
    hash: str


def link(previous: str, case_id: str, version: int, body: str) -> str:
    """Return the hash (SHA-256, hex) of an entry; `body` is one line, so no two entries make one text."""
    return hashlib.sha256(f"{previous}\n{version}\n{case_id}\n{body}".encode()).hexdigest()


def chained(previous: str, case_id: str, after: int, texts: Iterable[tuple[str, str]]) -> Sequence[Entry]:
    """Return the (kind, body) pairs as the entries that follow version `after`, whose hash is `previous`."""
    entries = []
    for version, (kind, body) in enumerate(texts, after + 1):
        previous = link(previous, case_id, version, body)
        entries.append(Entry(version, kind, body, previous))
    return entries


def first_break(case_id: str, entries: Iterable[Entry], version: int, head: str) -> int | None:
    """Return the first place at which the entries are not what was stored, or None.

    `version` and `head` are the number of entries and the last hash that the case's row remembers.
    """
    previous, place = GENESIS, 0
    for place, entry in enumerate(entries, 1):
        previous = link(previous, case_id, place, entry.body)
        whole = entry.hash == previous and entry.kind == kind_in(entry.body)
        if not whole or entry.version != place or place > version:
            return place
    if place < version:
        return place + 1
    return None if previous == head else max(place, 1)
