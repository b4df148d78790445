"""The page about people: who works here and as what, invitations, shutting somebody out. For administrators.

Links and keys are shown in the answer to the form that made them, this once, and stand in no address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bythebook.service.household import INVITATION_LASTS, CannotDo, Household, UnknownPerson
from bythebook.service.people import ROLES_SHOWN, NameTaken, Person, Role
from bythebook.web.access import HouseholdOf, needs
from bythebook.web.context import WebContext
from bythebook.web.problems import NOT_FOUND, Problem
from bythebook.web.sign_in import FIELD_MAX
from bythebook.web.templating import page

DONE: Final = {
    "roles": "The roles are changed.",
    "disabled": "Shut out. Every browser of theirs is signed out.",
    "enabled": "Let in again.",
    "ended": "Every browser of theirs is signed out.",
    "withdrawn": "The link is good for nothing now.",
}

router = APIRouter(prefix="/people", include_in_schema=False)

By = Annotated[Person, Depends(needs(Role.ADMINISTRATOR))]
Name = Annotated[str, Form(max_length=FIELD_MAX)]
Done = Annotated[str, Query(max_length=20)]


class Invited(BaseModel):
    """What the form of an invitation sends."""

    name: str = Field("", max_length=FIELD_MAX)
    roles: list[Role] = Field(default=[], max_length=len(Role))


@router.get("")
def people(request: Request, by: By, household: HouseholdOf, done: Done = "") -> HTMLResponse:
    """Show everybody, and who was invited."""
    return _people(request, household, done=DONE.get(done, ""))


@router.post("")
def invite(request: Request, by: By, household: HouseholdOf, given: Annotated[Invited, Form()]) -> HTMLResponse:
    """Make a link for somebody new, and show it this once."""
    roles = frozenset(given.roles)
    try:
        secret = household.invite(given.name, roles, by)
    except NameTaken:
        return _people(request, household, given=given, error="Somebody has that name; choose another.")
    except CannotDo as why:
        return _people(request, household, given=given, error=str(why))
    return _people(request, household, link=_link(request, secret), link_for=given.name)


@router.get("/one")
def person(
    request: Request,
    by: By,
    household: HouseholdOf,
    name: Annotated[str, Query(max_length=FIELD_MAX)],
    done: Done = "",
) -> HTMLResponse:
    """Show one person."""
    return _person(request, household, name, done=DONE.get(done, ""))


@router.post("/roles")
def roles(request: Request, by: By, household: HouseholdOf, given: Annotated[Invited, Form()]) -> Response:
    """Set what somebody is here for."""
    change = lambda: household.give_roles(given.name, frozenset(given.roles), by)  # noqa: E731
    return _changed(request, household, given.name, change, "roles")


@router.post("/disable")
def disable(request: Request, by: By, household: HouseholdOf, name: Name) -> Response:
    """Shut somebody out, at once."""
    return _changed(request, household, name, lambda: household.disable(name, by.name), "disabled")


@router.post("/enable")
def enable(request: Request, by: By, household: HouseholdOf, name: Name) -> Response:
    """Let somebody in again."""
    return _changed(request, household, name, lambda: household.enable(name, by.name), "enabled")


@router.post("/sign-out")
def sign_out(request: Request, by: By, household: HouseholdOf, name: Name) -> Response:
    """Sign somebody out everywhere."""
    return _changed(request, household, name, lambda: household.end_sign_ins(name, by.name), "ended")


@router.post("/reset")
def reset(request: Request, by: By, household: HouseholdOf, name: Name) -> HTMLResponse:
    """Make a link for somebody to choose another password, and show it this once."""
    try:
        secret = household.reset(name, by.name)
    except CannotDo as why:
        return _person(request, household, name, error=str(why))
    except UnknownPerson:
        raise Problem(NOT_FOUND, "nobody has that name") from None
    return _person(request, household, name, link=_link(request, secret))


@router.post("/withdraw")
def withdraw(by: By, household: HouseholdOf, which: Name) -> Response:
    """Make a link good for nothing."""
    household.withdraw(which, by)
    return RedirectResponse("/people?done=withdrawn", 303)


def _changed(request: Request, household: Household, name: str, change: Callable[[], object], done: str) -> Response:
    try:
        change()
    except CannotDo as why:
        return _person(request, household, name, error=str(why))
    except UnknownPerson:
        raise Problem(NOT_FOUND, "nobody has that name") from None
    url = request.url_for("person").include_query_params(name=name, done=done)
    return RedirectResponse(f"{url.path}?{url.query}", 303)


def _people(request: Request, household: Household, **shown: Any) -> HTMLResponse:
    people = household.access.people
    says = {"done": "", "error": "", "link": "", "link_for": "", "given": Invited(name="", roles=[])} | shown
    return page(
        request,
        "access/people.html",
        status_code=400 if says["error"] else 200,
        headers={"Cache-Control": "no-store"},
        everyone=people.everyone(),
        invitations=people.invitations(),
        now=household.access.clock.now(),
        roles=ROLES_SHOWN,
        days=INVITATION_LASTS.days,
        **says,
    )


def _person(request: Request, household: Household, name: str, **shown: Any) -> HTMLResponse:
    try:
        account = household.known(name)
    except UnknownPerson:
        raise Problem(NOT_FOUND, "nobody has that name") from None
    says = {"done": "", "error": "", "link": ""} | shown
    return page(
        request,
        "access/person.html",
        status_code=400 if says["error"] else 200,
        headers={"Cache-Control": "no-store"},
        account=account,
        sign_ins=household.access.people.sign_ins(account.name),
        roles=ROLES_SHOWN,
        days=INVITATION_LASTS.days,
        **says,
    )


def _link(request: Request, secret: str) -> str:
    context: WebContext = request.app.state.context
    base = context.entrance.public_url or str(request.base_url)
    return f"{base.rstrip('/')}/invitations/{secret}"
