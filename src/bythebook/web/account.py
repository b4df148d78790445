"""One's own account: another password, and the browsers one is signed in with."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bythebook.service.access import NotLetIn, PasswordUnfit, SignedIn, TooOften
from bythebook.service.people import PASSWORD_CHARACTERS_MIN, ROLES_SHOWN
from bythebook.web.access import AccessOf, SignInOf, came_from
from bythebook.web.sign_in import FIELD_MAX, too_often
from bythebook.web.templating import page

DONE: Final = {
    "password": "Your password is changed. Other browsers are signed out.",
    "ended": "That browser is signed out.",
    "others": "All other browsers are signed out.",
}

router = APIRouter(prefix="/account", include_in_schema=False)


class NewPassword(BaseModel):
    """What the form for another password sends."""

    old: str = Field("", max_length=FIELD_MAX)
    password: str = Field("", max_length=FIELD_MAX)
    again: str = Field("", max_length=FIELD_MAX)


@router.get("")
def account(
    request: Request, access: AccessOf, signed: SignInOf, done: Annotated[str, Query(max_length=20)] = ""
) -> HTMLResponse:
    """Show one's own account."""
    return _account(request, access, signed, done=DONE.get(done, ""))


@router.post("/password")
def change_password(
    request: Request, access: AccessOf, signed: SignInOf, given: Annotated[NewPassword, Form()]
) -> Response:
    """Change one's password, by the one until now."""
    errors: dict[str, str] = {}
    status = 400
    try:
        if given.password != given.again:
            errors["again"] = "The two passwords differ."
        else:
            access.change_password(signed, given.old, given.password, came_from(request))
    except NotLetIn:
        errors["old"] = "This is not your password."
    except PasswordUnfit as unfit:
        errors["password"] = str(unfit)
    except TooOften as wait:
        errors["old"], status = too_often(wait.seconds), 429
    if errors:
        return _account(request, access, signed, errors=errors, status_code=status)
    return RedirectResponse("/account?done=password", 303)


@router.post("/sign-ins/end")
def end(access: AccessOf, signed: SignInOf, which: Annotated[str, Form(max_length=FIELD_MAX)] = "") -> Response:
    """Sign one of one's browsers out; with none named, all but this one."""
    if which:
        access.end(signed, which)
    else:
        access.end_others(signed)
    return RedirectResponse(f"/account?done={'ended' if which else 'others'}", 303)


def _account(request: Request, access: AccessOf, signed: SignedIn, **shown: Any) -> HTMLResponse:
    says: dict[str, Any] = {"done": "", "errors": {}, "status_code": 200} | shown
    return page(
        request,
        "access/account.html",
        account=signed.account,
        roles=ROLES_SHOWN,
        own=signed.sign_in.token_digest,
        sign_ins=access.people.sign_ins(signed.account.name),
        password_min=PASSWORD_CHARACTERS_MIN,
        **says,
    )
