"""Keys that sign checkpoints: Ed25519 (RFC 8032), from a file or the environment as master keys are.

A text of keys has one a line, the current one first: a private key in base64. `public` before a line makes it a
public key, which is believed and signs nothing: what stays of a key that was replaced.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bythebook.service.ports import KeyUnavailable

KEY_BYTES: Final = 32
COMMENT: Final = "#"
PUBLIC: Final = "public "


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """Implements the Signer and the Trust port."""

    private: Ed25519PrivateKey | None
    """The current key; None where there are public keys alone."""

    public: Mapping[str, Ed25519PublicKey]
    """By name, the current one among them."""

    @property
    def name(self) -> str:
        """The name of the current key; raise KeyUnavailable where nothing can be signed."""
        return name_of(_raw(self._current().public_key()))

    def sign(self, text: bytes) -> str:
        """Return the signature, in base64; raise KeyUnavailable."""
        return base64.b64encode(self._current().sign(text)).decode("ascii")

    def verifies(self, key: str, text: bytes, signature: str) -> bool:
        """Whether the key of that name is among them, and the signature is its own over the text."""
        if key not in self.public:
            return False
        try:
            self.public[key].verify(base64.b64decode(signature, validate=True), text)
        except (InvalidSignature, binascii.Error, ValueError):
            return False
        return True

    def knows(self, key: str) -> bool:
        """Whether the key of that name is among them."""
        return key in self.public

    @property
    def empty(self) -> bool:
        """Whether there is no key at all."""
        return not self.public

    def public_lines(self) -> tuple[str, ...]:
        """Return the public keys as lines of a text of keys."""
        return tuple(f"{PUBLIC}{base64.b64encode(_raw(key)).decode('ascii')}" for key in self.public.values())

    def _current(self) -> Ed25519PrivateKey:
        if self.private is None:
            raise KeyUnavailable("there is no private key to sign with, only public ones")
        return self.private


NO_KEYS: Final = SigningKeys(None, {})


def read_signing_keys(text: str) -> SigningKeys:
    """Return the keys in a text; raise KeyUnavailable."""
    current: Ed25519PrivateKey | None = None
    public: dict[str, Ed25519PublicKey] = {}
    for number, line in enumerate(text.splitlines(), 1):
        given = line.strip()
        if not given or given.startswith(COMMENT):
            continue
        raw = _bytes(given.removeprefix(PUBLIC).strip(), number)
        if given.startswith(PUBLIC):
            key = Ed25519PublicKey.from_public_bytes(raw)
        else:
            private = Ed25519PrivateKey.from_private_bytes(raw)
            current, key = current or private, private.public_key()
        public[name_of(_raw(key))] = key
    if not public:
        raise KeyUnavailable("there is no key to sign with; `bythebook checkpoint new-key` makes one")
    return SigningKeys(current, public)


def name_of(public: bytes) -> str:
    """Return the name of a key: the beginning of its public half's digest."""
    return hashlib.sha256(b"checkpoint key " + public).hexdigest()[:12]


def new_signing_key() -> str:
    """Return a new private key as a line of a text of keys."""
    return base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode("ascii")


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes_raw()


def _bytes(line: str, number: int) -> bytes:
    try:
        key = base64.b64decode(line, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyUnavailable(f"line {number} of the signing keys is no key of {KEY_BYTES} bytes in base64")
    return key
