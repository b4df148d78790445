"""Who works for the house, by the token they bring: the desk, or an auditor."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from bythebook.service.conversation import digest_of


class Role(Enum):
    """Who asks. The desk works with what people said; an audit looks at what was decided, and needs no words."""

    DESK = "desk"
    AUDIT = "audit"

    @property
    def may_read_private(self) -> bool:
        """Whether what is private is opened for the role."""
        return self is Role.DESK

    @property
    def may_erase(self) -> bool:
        """Whether the role may erase cases."""
        return self is Role.DESK


@dataclass(frozen=True, slots=True)
class Staff:
    """The roles that tokens give."""

    digests: Mapping[Role, str]

    def role(self, token: str) -> Role | None:
        """Return the role of whoever brings the token; None for a stranger."""
        given = digest_of(token)
        found = [role for role, digest in self.digests.items() if hmac.compare_digest(digest, given)]
        return found[0] if found else None


def staff_of(tokens: Mapping[Role, str]) -> Staff | None:
    """Return who is let in with which token; None where there are no tokens."""
    digests = {role: digest_of(token) for role, token in tokens.items() if token}
    return Staff(digests) if digests else None
