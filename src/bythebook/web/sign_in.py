"""The pages to come in by: sign-in, sign-out, the link that is good once, and one's own account."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bythebook.service.access import NotLetIn, PasswordUnfit, TooOften
from bythebook.service.household import CannotDo, InvitationGone
from bythebook.service.people import PASSWORD_CHARACTERS_MIN, ROLES_SHOWN, NameTaken, Role
from bythebook.web.access import (
    AccessOf,
    HouseholdOf,
    Signed,
    Visitor,
    came_from,
    let_in,
    let_out,
    local,
)
from bythebook.web.route_table import places
from bythebook.web.templating import page

FIELD_MAX: Final = 1_000
STARTS: Final = {
    Role.HUMAN: "/desk",
    Role.LEAD: "/documents",
    Role.AUDITOR: "/overview",
    Role.ADMINISTRATOR: "/people",
}
"""Where a role begins; of several the first."""

WRONG: Final = "The name or the password is not right."

router = APIRouter(include_in_schema=False)

Next = Annotated[str, Query(max_length=FIELD_MAX)]


class Name(BaseModel):
    """What the form of the sign-in sends."""

    name: str = Field("", max_length=FIELD_MAX)
    password: str = Field("", max_length=FIELD_MAX)
    next: str = Field("", max_length=FIELD_MAX)


class NewName(BaseModel):
    """What the form of an invitation sends."""

    name: str = Field("", max_length=FIELD_MAX)
    password: str = Field("", max_length=FIELD_MAX)
    again: str = Field("", max_length=FIELD_MAX)


def too_often(seconds: float) -> str:
    """Return what somebody is told who tried too often."""
    minutes = max(round(seconds / 60), 1)
    return f"Too many attempts. Try again in about {minutes} minute{'' if minutes == 1 else 's'}."


@router.get("/sign-in")
def show_sign_in(request: Request, visitor: Visitor, access: AccessOf, next: Next = "") -> Response:
    """Show the form; somebody who is in already goes on."""
    if visitor is not None:
        return RedirectResponse(local(next), 303)
    return page(request, "access/sign_in.html", next=local(next) if next else "", name="", error="")


@router.post("/sign-in")
def sign_in(request: Request, access: AccessOf, visitor: Visitor, given: Annotated[Name, Form()]) -> Response:
    """Let somebody in, or tell them that name and password do not fit."""
    if visitor is not None:
        access.people.end(visitor.sign_in.token_digest)
        request.state.person = None
    says: dict[str, Any] = {"next": local(given.next) if given.next else "", "name": given.name}
    try:
        secret = access.sign_in(given.name, given.password, came_from(request))
    except NotLetIn:
        return page(request, "access/sign_in.html", status_code=401, error=WRONG, **says)
    except TooOften as wait:
        headers = {"Retry-After": f"{wait.seconds:.0f}"}
        shown = {"error": too_often(wait.seconds), **says}
        return page(request, "access/sign_in.html", status_code=429, headers=headers, **shown)
    answer = RedirectResponse(local(given.next), 303)
    let_in(request, answer, secret)
    return answer


@router.post("/sign-out")
def sign_out(request: Request, access: AccessOf, visitor: Visitor) -> Response:
    """Let somebody out."""
    if visitor is not None:
        access.sign_out(visitor)
    answer = RedirectResponse("/sign-in", 303)
    let_out(request, answer)
    return answer


@router.get("/start")
def start(person: Signed) -> Response:
    """Lead somebody to the first page that is theirs."""
    theirs = [place.path for place in places(person.roles)]
    own = [STARTS[role] for role in STARTS if role in person.roles and STARTS[role] in theirs]
    return RedirectResponse(next(iter([*own, *theirs]), "/account"), 303)


@router.get("/invitations/{secret}")
def show_invitation(request: Request, household: HouseholdOf, secret: str) -> HTMLResponse:
    """Show what a link is for. Looking uses nothing up."""
    return _invitation(request, household, secret)


@router.post("/invitations/{secret}")
def accept(request: Request, household: HouseholdOf, secret: str, given: Annotated[NewName, Form()]) -> Response:
    """Use a link: somebody has a name and a password now, and is signed in."""
    name = given.name
    if given.password != given.again:
        return _invitation(request, household, secret, name, {"again": "The two passwords differ."})
    try:
        opened = household.accept(secret, name, given.password, came_from(request))
    except InvitationGone:
        return _invitation(request, household, secret)
    except PasswordUnfit as unfit:
        return _invitation(request, household, secret, name, {"password": str(unfit)})
    except NameTaken:
        return _invitation(request, household, secret, name, {"name": "Somebody has that name; choose another."})
    except CannotDo as why:
        return _invitation(request, household, secret, name, {"name": str(why)})
    answer = RedirectResponse("/start", 303)
    let_in(request, answer, opened)
    return answer


def _invitation(
    request: Request, household: HouseholdOf, secret: str, name: str = "", errors: dict[str, str] | None = None
) -> HTMLResponse:
    try:
        invitation = household.invitation(secret)
    except InvitationGone:
        return page(request, "access/link_gone.html", status_code=410)
    return page(
        request,
        "access/invitation.html",
        status_code=400 if errors else 200,
        invitation=invitation,
        roles=[(role, ROLES_SHOWN[role]) for role in ROLES_SHOWN if role in invitation.roles],
        name=name,
        errors=errors or {},
        password_min=PASSWORD_CHARACTERS_MIN,
    )
