"""Every route and who may use it. A test walks this table against the real application, role by role.

Who may is enforced by the routes themselves (`web/access.py`); this is what is checked against, and what the
navigation shows. A route that is not here fails the test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from bythebook.service.people import Role


class Open(Enum):
    """Routes that no role stands before."""

    PUBLIC = "anybody"
    CASE = "whoever has the token of the case, or of its notice"
    SIGNED_IN = "everybody who is signed in"


PUBLIC: Final = Open.PUBLIC
CASE: Final = Open.CASE
SIGNED_IN: Final = Open.SIGNED_IN

Allowed: TypeAlias = Open | frozenset[Role]


def only(*roles: Role) -> frozenset[Role]:
    """Return the roles that may use a route."""
    return frozenset(roles)


ROUTES: Final[Mapping[tuple[str, str], Allowed]] = {
    # --- customers
    ("GET", "/"): PUBLIC,
    ("GET", "/widget.js"): PUBLIC,
    ("GET", "/v1/routines"): PUBLIC,
    ("POST", "/v1/cases"): PUBLIC,
    ("GET", "/v1/cases/{case_id}"): CASE,
    ("POST", "/v1/cases/{case_id}/messages"): CASE,
    ("GET", "/v1/cases/{case_id}/events"): CASE,
    # --- a desk elsewhere
    ("GET", "/v1/handoffs/{case_id}"): CASE,
    ("POST", "/v1/handoffs/{case_id}/reply"): CASE,
    ("POST", "/v1/handoffs/{case_id}/hand-back"): CASE,
    # --- programs of the house, by their keys
    ("GET", "/v1/desk/cases"): only(Role.HUMAN, Role.AUDITOR),
    ("GET", "/v1/desk/cases/{case_id}"): only(Role.HUMAN, Role.AUDITOR),
    ("POST", "/v1/desk/cases/{case_id}/erase"): only(Role.HUMAN),
    # --- operations
    ("GET", "/healthz"): PUBLIC,
    ("GET", "/metrics"): PUBLIC,
    # --- the description
    ("GET", "/docs"): PUBLIC,
    ("GET", "/openapi.json"): PUBLIC,
    ("GET", "/problems"): PUBLIC,
    ("GET", "/problems/{name}"): PUBLIC,
    # --- signing in
    ("GET", "/sign-in"): PUBLIC,
    ("POST", "/sign-in"): PUBLIC,
    ("POST", "/sign-out"): PUBLIC,
    ("GET", "/invitations/{secret}"): PUBLIC,
    ("POST", "/invitations/{secret}"): PUBLIC,
    ("GET", "/start"): SIGNED_IN,
    ("GET", "/account"): SIGNED_IN,
    ("POST", "/account/password"): SIGNED_IN,
    ("POST", "/account/sign-ins/end"): SIGNED_IN,
    # --- people and keys
    ("GET", "/people"): only(Role.ADMINISTRATOR),
    ("POST", "/people"): only(Role.ADMINISTRATOR),
    ("GET", "/people/one"): only(Role.ADMINISTRATOR),
    ("POST", "/people/roles"): only(Role.ADMINISTRATOR),
    ("POST", "/people/disable"): only(Role.ADMINISTRATOR),
    ("POST", "/people/enable"): only(Role.ADMINISTRATOR),
    ("POST", "/people/sign-out"): only(Role.ADMINISTRATOR),
    ("POST", "/people/reset"): only(Role.ADMINISTRATOR),
    ("POST", "/people/withdraw"): only(Role.ADMINISTRATOR),
    ("GET", "/keys"): only(Role.ADMINISTRATOR),
    ("POST", "/keys"): only(Role.ADMINISTRATOR),
    ("POST", "/keys/revoke"): only(Role.ADMINISTRATOR),
    ("GET", "/log"): only(Role.ADMINISTRATOR, Role.AUDITOR),
    ("GET", "/log.csv"): only(Role.ADMINISTRATOR, Role.AUDITOR),
    # --- the desk
    ("GET", "/desk"): only(Role.HUMAN, Role.LEAD, Role.AUDITOR),
    ("GET", "/desk/events"): only(Role.HUMAN, Role.LEAD, Role.AUDITOR),
    ("POST", "/desk/duty"): only(Role.HUMAN),
    ("GET", "/desk/cases/{case_id}"): only(Role.HUMAN, Role.LEAD, Role.AUDITOR),
    ("GET", "/desk/cases/{case_id}/events"): only(Role.HUMAN, Role.LEAD, Role.AUDITOR),
    ("POST", "/desk/cases/{case_id}/take"): only(Role.HUMAN),
    ("POST", "/desk/cases/{case_id}/pass"): only(Role.HUMAN),
    ("POST", "/desk/cases/{case_id}/take-over"): only(Role.HUMAN),
    ("POST", "/desk/cases/{case_id}/reply"): only(Role.HUMAN),
    ("POST", "/desk/cases/{case_id}/line"): only(Role.HUMAN),
    ("POST", "/desk/cases/{case_id}/note"): only(Role.HUMAN),
    ("POST", "/desk/cases/{case_id}/fact"): only(Role.HUMAN),
    ("POST", "/desk/cases/{case_id}/found"): only(Role.HUMAN),
    ("POST", "/desk/cases/{case_id}/undone"): only(Role.HUMAN),
    ("POST", "/desk/cases/{case_id}/return"): only(Role.HUMAN),
    ("POST", "/desk/cases/{case_id}/close"): only(Role.HUMAN),
    ("POST", "/desk/cases/{case_id}/follow"): only(Role.HUMAN),
    # --- documents
    ("GET", "/documents"): only(Role.LEAD),
    ("GET", "/new-document"): only(Role.LEAD),
    ("POST", "/new-document"): only(Role.LEAD),
    ("POST", "/new-document/pasted"): only(Role.LEAD),
    ("GET", "/writing-help"): only(Role.LEAD),
    ("GET", "/documents/{name}"): only(Role.LEAD),
    ("POST", "/documents/{name}/text"): only(Role.LEAD),
    ("GET", "/documents/{name}/version"): only(Role.LEAD),
    ("GET", "/documents/{name}/conditions"): only(Role.LEAD),
    ("POST", "/documents/{name}/conditions"): only(Role.LEAD),
    ("GET", "/documents/{name}/phrases"): only(Role.LEAD),
    ("POST", "/documents/{name}/phrases"): only(Role.LEAD),
    ("POST", "/documents/{name}/phrases/all"): only(Role.LEAD),
    ("GET", "/documents/{name}/functions"): only(Role.LEAD),
    ("POST", "/documents/{name}/functions"): only(Role.LEAD),
    ("GET", "/documents/{name}/examples"): only(Role.LEAD),
    ("POST", "/documents/{name}/examples"): only(Role.LEAD),
    ("GET", "/documents/{name}/files"): only(Role.LEAD),
    ("POST", "/documents/{name}/files"): only(Role.LEAD),
    ("POST", "/documents/{name}/accepted"): only(Role.LEAD),
    ("POST", "/documents/{name}/taken-out"): only(Role.LEAD),
    ("GET", "/documents/{name}/changes"): only(Role.LEAD),
    ("GET", "/documents/{name}/release"): only(Role.LEAD),
    ("POST", "/documents/{name}/release"): only(Role.LEAD),
    ("POST", "/documents/{name}/shown"): only(Role.LEAD),
    ("GET", "/documents/{name}/saves"): only(Role.LEAD),
    ("POST", "/documents/{name}/saves"): only(Role.LEAD),
    ("POST", "/documents/{name}/undo"): only(Role.LEAD),
    ("POST", "/documents/{name}/redo"): only(Role.LEAD),
    ("POST", "/documents/{name}/restart"): only(Role.LEAD),
    ("POST", "/documents/{name}/discard"): only(Role.LEAD),
    # --- figures
    ("GET", "/overview"): only(Role.LEAD, Role.AUDITOR, Role.ADMINISTRATOR),
    ("GET", "/overview.csv"): only(Role.LEAD, Role.AUDITOR, Role.ADMINISTRATOR),
    ("GET", "/overview/{name}"): only(Role.LEAD, Role.AUDITOR, Role.ADMINISTRATOR),
    ("GET", "/overview/{name}/not-understood"): only(Role.LEAD),
    ("POST", "/overview/{name}/not-understood"): only(Role.LEAD),
    ("GET", "/documents/{name}/try"): only(Role.LEAD),
    ("POST", "/documents/{name}/try"): only(Role.LEAD),
    # --- audit
    ("GET", "/audit"): only(Role.AUDITOR, Role.ADMINISTRATOR),
    ("GET", "/audit/archive"): only(Role.AUDITOR),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the navigation may lead to: what it is called, and its address."""

    label: str
    path: str


NAVIGATION: Final = (
    Place("Desk", "/desk"),
    Place("Documents", "/documents"),
    Place("Overview", "/overview"),
    Place("People", "/people"),
    Place("Keys", "/keys"),
    Place("Audit", "/audit"),
    Place("Log", "/log"),
)
"""In order; shown to whom `ROUTES` lets in."""


def may(allowed: Allowed, roles: frozenset[Role]) -> bool:
    """Whether somebody who is signed in with these roles may use a route."""
    match allowed:
        case Open.PUBLIC | Open.SIGNED_IN:
            return True
        case Open.CASE:
            return False
        case _:
            return not allowed.isdisjoint(roles)


def places(roles: frozenset[Role]) -> list[Place]:
    """Return where the navigation leads somebody with these roles."""
    return [place for place in NAVIGATION if may(ROUTES.get(("GET", place.path), frozenset()), roles)]
