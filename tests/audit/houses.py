"""Databases with cases in them that were run, to be audited and tampered with."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path

from bythebook.adapters.ed25519 import SigningKeys, read_signing_keys
from bythebook.adapters.master_keys import read_master_keys
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import build_rehearsal
from bythebook.settings import Settings

SIGNING = base64.b64encode(hashlib.sha256(b"a signing key of tests").digest()).decode()
MASTER = base64.b64encode(hashlib.sha256(b"a master key of tests").digest()).decode()
OTHER = base64.b64encode(hashlib.sha256(b"somebody else's key").digest()).decode()

CASES = (
    ("We need a BAA for the API", "how long does it take", "no thanks"),
    ("hi", "ChatGPT Enterprise", "can a human help me?"),
    ("We need a BAA for the API", "asdf", "thanks, that is all"),
)


def keys(text: str = SIGNING) -> SigningKeys:
    """Return the keys of a text of keys."""
    return read_signing_keys(text)


def store_at(path: Path, *, sealed: bool) -> SqliteStore:
    """Open a database whose cases are sealed, or not."""
    return SqliteStore(path, masters=read_master_keys(MASTER) if sealed else None)


def run_cases(store: SqliteStore, after: Callable[[], object] = bool) -> list[str]:
    """Run some cases on the shipped document, and return their ids; `after` is called after each."""
    played = build_rehearsal(Settings(reader="lexicon"), store=store)
    ids: list[str] = []
    for said in CASES:
        played.do({"new": True})
        for text in said:
            played.do({"say": text})
        assert played.case_id is not None
        ids.append(played.case_id)
        after()
    return ids
