"""AES-256-GCM (NIST SP 800-38D): a random nonce of 96 bits before each ciphertext, and the place bound in."""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12


class CannotOpen(Exception):
    """The bytes were not sealed with this key for this place, or were altered since."""


def new_key() -> bytes:
    """Return a new key of 256 bits."""
    return os.urandom(KEY_BYTES)


def sealed(key: bytes, plain: bytes, place: bytes) -> bytes:
    """Return nonce and ciphertext; `place` says where they belong, and is not kept in them."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, place)


def opened(key: bytes, given: bytes, place: bytes) -> bytes:
    """Return what was sealed; raise CannotOpen."""
    try:
        return AESGCM(key).decrypt(given[:NONCE_BYTES], given[NONCE_BYTES:], place)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("it was sealed with another key, for another place, or altered since") from error
