"""The keys of cases, in use: made when a case opens, unwrapped once, forgotten when there are many."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final, NamedTuple

from bythebook.adapters.aes import new_key
from bythebook.service.ports import KeyUnavailable, MasterKeys

KEYS_KEPT: Final = 10_000
"""Unwrapped keys in memory; unwrapping by a key management service is a call over the network."""


class WrappedKey(NamedTuple):
    """A case's key as a store keeps it."""

    master: str
    """The name of the master key that wrapped it."""

    wrapped: bytes | None
    """None once it was destroyed."""


class Vault:
    """Makes and unwraps the keys of cases. Safe to use from several threads."""

    def __init__(self, masters: MasterKeys | None) -> None:
        """Without master keys nothing is sealed, and what is sealed cannot be read."""
        self._masters: Final = masters
        self._keys: Final[OrderedDict[str, bytes | None]] = OrderedDict()
        self._guard: Final = threading.Lock()

    @property
    def seals(self) -> bool:
        """Whether cases that open from now on are sealed."""
        return self._masters is not None

    def make(self, case_id: str) -> tuple[bytes, WrappedKey]:
        """Return a new key and how to keep it; it is known here once the case is stored (`opened`)."""
        masters = self._need()
        key = new_key()
        return key, WrappedKey(masters.current, masters.wrap(key, case_id))

    def known(self, case_id: str) -> tuple[bool, bytes | None]:
        """Return whether this process knows how the case is kept, and its key; None for one that is not sealed."""
        with self._guard:
            return case_id in self._keys, self._keys.get(case_id)

    def open(self, case_id: str, kept: WrappedKey | None) -> bytes | None:
        """Return a case's key, None where it has none or none any more; raise KeyUnavailable."""
        if kept is not None and kept.wrapped is None:
            self.forget(case_id)
            return None
        known, key = self.known(case_id)
        if known:
            return key
        if kept is None or kept.wrapped is None:
            return self.keep(case_id, None)
        return self.keep(case_id, self._need().unwrap(kept.master, kept.wrapped, case_id))

    def rewrapped(self, case_id: str, kept: WrappedKey) -> WrappedKey:
        """Return the key as the current master key wraps it."""
        masters = self._need()
        assert kept.wrapped is not None
        return WrappedKey(masters.current, masters.wrap(masters.unwrap(kept.master, kept.wrapped, case_id), case_id))

    @property
    def current(self) -> str:
        """The name of the master key that wraps from now on."""
        return self._need().current

    def keep(self, case_id: str, key: bytes | None) -> bytes | None:
        """Remember a case's key, and return it."""
        with self._guard:
            self._keys[case_id] = key
            self._keys.move_to_end(case_id)
            while len(self._keys) > KEYS_KEPT:
                self._keys.popitem(last=False)
        return key

    def forget(self, case_id: str) -> None:
        """Let go of a case's key."""
        with self._guard:
            self._keys.pop(case_id, None)

    def _need(self) -> MasterKeys:
        if self._masters is None:
            raise KeyUnavailable("cases here are sealed; set BYTHEBOOK_MASTER_KEY_FILE to the master keys")
        return self._masters
