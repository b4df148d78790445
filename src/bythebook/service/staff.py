"""Programs of the house that are let in by a token of the settings: the desk, or an auditor."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from bythebook.service.conversation import digest_of
from bythebook.service.people import Person, Role


@dataclass(frozen=True, slots=True)
class Staff:
    """The tokens, by the role they give."""

    digests: Mapping[Role, str]

    def person(self, token: str) -> Person | None:
        """Return whom the token speaks for; None for a stranger's."""
        given = digest_of(token)
        found = [role for role, digest in self.digests.items() if hmac.compare_digest(digest, given)]
        return Person(f"{found[0].value} token", frozenset(found[:1])) if found else None


def staff_of(tokens: Mapping[Role, str]) -> Staff | None:
    """Return who is let in with which token; None where there are no tokens."""
    digests = {role: digest_of(token) for role, token in tokens.items() if token}
    return Staff(digests) if digests else None
