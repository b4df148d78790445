"""Who asks, and whether they may: the cookie of a sign-in or the key of a program, made into a `Person`.

    @router.get("/desk")
    def queue(request: Request, person: Annotated[Person, Depends(needs(Role.HUMAN, Role.LEAD))]) -> HTMLResponse: ...

Pages go by the cookie, `/v1` by keys alone: what a browser sends by itself opens nothing there. What each route needs
stands in `route_table.py` too, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.responses import Response

from bythebook.service.access import Access, From, SignedIn
from bythebook.service.household import Household
from bythebook.service.people import Deed, Noted, Person, Role
from bythebook.web.context import WebContext
from bythebook.web.problems import NOT_FOUND, ROLE_MAY_NOT, SIGN_IN_FIRST, STAFF_ONLY, Problem

COOKIE: Final = "bythebook"
SECURE_COOKIE: Final = "__Host-bythebook"
"""Over https: browsers take it from this host alone, and from no page that came over http."""

bearer = HTTPBearer(auto_error=False, scheme_name="Key", description="A key that an administrator made.")


def access_of(request: Request) -> Access:
    """Return the use cases of signing in; a problem where the installation keeps no people."""
    context: WebContext = request.app.state.context
    if context.access is None:
        raise Problem(NOT_FOUND, "this installation keeps no people, so nobody can sign in")
    return context.access


def household_of(request: Request) -> Household:
    """Return the use cases of looking after people."""
    return Household(access_of(request))


def came_from(request: Request) -> From:
    """Return where a request comes from."""
    address = request.client.host if request.client is not None else ""
    return From(address, request.headers.get("user-agent", ""))


def signed_in(request: Request) -> SignedIn | None:
    """Return who is signed in; None where nobody is."""
    context: WebContext = request.app.state.context
    secret = request.cookies.get(_cookie(request))
    found = context.access.who(secret) if context.access is not None and secret else None
    request.state.person = found.person if found is not None else None
    return found


def needs_sign_in(request: Request) -> SignedIn:
    """Return who is signed in, with the sign-in; a problem where nobody is."""
    access_of(request)
    found = signed_in(request)
    if found is None:
        raise Problem(SIGN_IN_FIRST)
    return found


def needs(*roles: Role) -> Callable[[Request], Person]:
    """Return a dependency: whoever is signed in and has one of the roles; with none named, whoever is signed in."""

    def person(request: Request) -> Person:
        found = needs_sign_in(request).person
        if roles and not found.has(*roles):
            raise Problem(ROLE_MAY_NOT)
        return found

    return person


def needs_key(*roles: Role) -> Callable[..., Person]:
    """Return a dependency for `/v1`: whom a key with one of the roles speaks for."""

    def person(
        request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
    ) -> Person:
        found = _by_key(request, credentials.credentials) if credentials is not None else None
        if found is None:
            raise Problem(STAFF_ONLY, headers={"WWW-Authenticate": "Bearer"})
        if not found.has(*roles):
            raise Problem(ROLE_MAY_NOT)
        return found

    return person


def still_signed_in(request: Request) -> bool:
    """Whether whoever began this request may go on: streams ask it now and then, from a thread."""
    context: WebContext = request.app.state.context
    secret = request.cookies.get(_cookie(request))
    return bool(context.access is not None and secret and context.access.who(secret) is not None)


def _by_key(request: Request, secret: str) -> Person | None:
    context: WebContext = request.app.state.context
    found = context.staff.person(secret) if context.staff is not None else None
    if found is None and context.access is not None:
        found = context.access.by_key(secret)
    return found


def note(request: Request, by: Person, what: Deed, about: str, detail: str = "") -> None:
    """Add to the log of access, where the installation keeps one."""
    context: WebContext = request.app.state.context
    if context.access is not None:
        context.access.note(Noted(context.access.clock.now(), by.name, what, about, detail))


def let_in(request: Request, response: Response, secret: str) -> None:
    """Give the browser the secret of its sign-in: for this host alone, out of reach of scripts."""
    secure = _is_secure(request)
    response.set_cookie(_cookie(request), secret, path="/", secure=secure, httponly=True, samesite="lax")


def let_out(request: Request, response: Response) -> None:
    """Take the secret from the browser."""
    response.delete_cookie(_cookie(request), path="/", secure=_is_secure(request), httponly=True, samesite="lax")


def local(path: str) -> str:
    """Return a path of this installation to go to, or where everybody starts for anything else."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if plain else "/start"


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"


def _cookie(request: Request) -> str:
    return SECURE_COOKIE if _is_secure(request) else COOKIE


Signed = Annotated[Person, Depends(needs())]
"""Whoever is signed in."""

Visitor = Annotated[SignedIn | None, Depends(signed_in)]
"""Whoever is signed in, or None: for pages that are for everybody."""

SignInOf = Annotated[SignedIn, Depends(needs_sign_in)]
AccessOf = Annotated[Access, Depends(access_of)]
HouseholdOf = Annotated[Household, Depends(household_of)]

__all__ = ["Person", "Role", "Signed", "Visitor", "needs", "needs_key"]
