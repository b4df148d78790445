"""The keys that wrap the keys of cases: from a file, from the environment, or from a service that keeps them.

A text of keys has one a line, in base64, the current one first; older ones stay until every case was wrapped anew.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final

from bythebook.adapters.aes import KEY_BYTES, CannotOpen, new_key, opened, sealed
from bythebook.service.ports import KeyUnavailable

COMMENT: Final = "#"


@dataclass(frozen=True, slots=True)
class LocalMasterKeys:
    """Master keys in this process; the first is current."""

    keys: tuple[tuple[str, bytes], ...]
    """Name and key."""

    def __repr__(self) -> str:
        return f"LocalMasterKeys({', '.join(name for name, _ in self.keys)})"

    @property
    def current(self) -> str:
        return self.keys[0][0]

    def wrap(self, key: bytes, case_id: str) -> bytes:
        return sealed(self.keys[0][1], key, _place(case_id))

    def unwrap(self, name: str, wrapped: bytes, case_id: str) -> bytes:
        master = dict(self.keys).get(name)
        if master is None:
            raise KeyUnavailable(f"the master key {name} is not here; add it to the master keys")
        try:
            return opened(master, wrapped, _place(case_id))
        except CannotOpen as error:
            raise KeyUnavailable(f"the key of case {case_id} cannot be unwrapped: {error}") from error


def read_master_keys(text: str) -> LocalMasterKeys:
    """Return the keys in a text; raise KeyUnavailable."""
    lines = [line.strip() for line in text.splitlines()]
    keys = [_read(line, number) for number, line in enumerate(lines, 1) if line and not line.startswith(COMMENT)]
    if not keys:
        raise KeyUnavailable("there is no master key; `bythebook keys new` makes one")
    return LocalMasterKeys(tuple((name_of(key), key) for key in keys))


def name_of(key: bytes) -> str:
    """Return the name of a master key: the beginning of its digest."""
    return hashlib.sha256(b"master key " + key).hexdigest()[:12]


def written(key: bytes) -> str:
    """Return a key as a line of a text of keys."""
    return base64.b64encode(key).decode("ascii")


def new_master_key() -> str:
    """Return a new key as a line of a text of keys."""
    return written(new_key())


def _read(line: str, number: int) -> bytes:
    try:
        key = base64.b64decode(line, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyUnavailable(f"line {number} of the master keys is no key of {KEY_BYTES} bytes in base64")
    return key


def _place(case_id: str) -> bytes:
    return b"key of case " + case_id.encode("utf-8", "replace")
