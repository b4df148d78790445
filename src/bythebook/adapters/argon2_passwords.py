"""Argon2id over passwords, with the parameters that its library recommends (RFC 9106, low memory)."""

from __future__ import annotations

import threading
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
            return self._hasher.hash(password)

    def fits(self, made: str, password: str) -> bool:
        with self._room:
            try:
                return self._hasher.verify(made, password)
            except (VerificationError, InvalidHashError):
                return False

    def is_stale(self, made: str) -> bool:
        return self._hasher.check_needs_rehash(made)


def quick_passwords() -> Argon2Passwords:
    """Return one that computes little, for tests that sign in often."""
    return Argon2Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
