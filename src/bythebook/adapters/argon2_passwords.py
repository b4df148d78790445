"""Argon2id over passwords, with the parameters that its library recommends (RFC 9106, low memory)."""

from __future__ import annotations

import threading
import unicodedata
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE: Final = 4
"""Hashes of one process that are computed at the same time: each takes 64 MiB."""


class Argon2Passwords:
    """Passwords as Argon2id keeps them."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher: Final = hasher or PasswordHasher()
        self._room: Final = threading.BoundedSemaphore(AT_ONCE)

    def made_of(self, password: str) -> str:
        with self._room:
            return self._hasher.hash(_typed(password))

    def fits(self, made: str, password: str) -> bool:
        with self._room:
            try:
                return self._hasher.verify(made, _typed(password))
            except (VerificationError, InvalidHashError):
                return False

    def is_stale(self, made: str) -> bool:
        return self._hasher.check_needs_rehash(made)


def _typed(password: str) -> bytes:
    """Return what is hashed: the same for one password, however a keyboard composes it."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def quick_passwords() -> Argon2Passwords:
    """Return one that computes little, for tests that sign in often."""
    return Argon2Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
