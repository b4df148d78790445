"""The page about keys, which let programs in by `/v1`. For administrators."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bythebook.service.household import KEY_ROLES, CannotDo, Household
from bythebook.service.people import ROLES_SHOWN, NameTaken, Person, Role
from bythebook.web.access import HouseholdOf, needs
from bythebook.web.sign_in import FIELD_MAX
from bythebook.web.templating import page

DONE: Final = {"revoked": "The key is good for nothing now."}

router = APIRouter(prefix="/keys", include_in_schema=False)

By = Annotated[Person, Depends(needs(Role.ADMINISTRATOR))]


class NewKey(BaseModel):
    """What the form of a key sends."""

    name: str = Field("", max_length=FIELD_MAX)
    role: Role = Role.AUDITOR


@router.get("")
def keys(
    request: Request, by: By, household: HouseholdOf, done: Annotated[str, Query(max_length=20)] = ""
) -> HTMLResponse:
    """Show all keys, by name."""
    return _keys(request, household, done=DONE.get(done, ""))


@router.post("")
def make(request: Request, by: By, household: HouseholdOf, given: Annotated[NewKey, Form()]) -> HTMLResponse:
    """Make a key, and show it this once."""
    try:
        secret = household.make_key(given.name, given.role, by)
    except NameTaken:
        return _keys(request, household, given=given, error="There is a key of that name; choose another.")
    except CannotDo as why:
        return _keys(request, household, given=given, error=str(why))
    return _keys(request, household, secret=secret)


@router.post("/revoke")
def revoke(by: By, household: HouseholdOf, which: Annotated[str, Form(max_length=FIELD_MAX)]) -> Response:
    """Make a key good for nothing."""
    household.revoke_key(which, by)
    return RedirectResponse("/keys?done=revoked", 303)


def _keys(request: Request, household: Household, **shown: Any) -> HTMLResponse:
    says = {"done": "", "error": "", "secret": "", "given": NewKey(name="", role=Role.AUDITOR)} | shown
    return page(
        request,
        "access/keys.html",
        status_code=400 if says["error"] else 200,
        headers={"Cache-Control": "no-store"},
        keys=household.access.people.api_keys(),
        roles=[(role, ROLES_SHOWN[role]) for role in KEY_ROLES],
        **says,
    )
