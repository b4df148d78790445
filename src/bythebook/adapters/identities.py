"""Names that nobody can guess, from the system's source of randomness.

Lower-case base32 (RFC 4648) has no 0, 1, 8 or 9: the names can be read aloud, typed, and put into an address.
"""

from __future__ import annotations

import base64
import secrets
from typing import Final

CASE_ID_BYTES: Final = 16
TOKEN_BYTES: Final = 32


class SecretsIdentities:
    """Case ids of 128 bits (26 characters) and tokens of 256 bits (52 characters)."""

    def case_id(self) -> str:
        """Return a new case id."""
        return _name(CASE_ID_BYTES)

    def token(self) -> str:
        """Return a new token: who knows it may speak in the case. Stores keep its digest only."""
        return _name(TOKEN_BYTES)


def _name(size: int) -> str:
    return base64.b32encode(secrets.token_bytes(size)).decode("ascii").rstrip("=").lower()
