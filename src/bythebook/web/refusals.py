"""Answers to what cannot be done: problem details for programs, pages for people, the same words for both.

Whoever is asked to sign in first is led there, and back to where they were going.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bythebook.engine.decide import CaseGone, Refused
from bythebook.service.conversation import MessageIdReused
from bythebook.service.ports import Busy, NotSealed, StoreUnavailable, UnknownCase, VersionConflict
from bythebook.service.replies import HandoffOver
from bythebook.web.problems import (
    BAD_REQUEST,
    BUSY,
    CASE_ERASED,
    CASE_NOT_FOUND,
    HANDOFF_OVER,
    KEY_HEADER,
    KEY_MISSING,
    KEY_REUSED,
    METHOD,
    NOT_FOUND,
    NOT_JSON,
    NOT_SEALED,
    REFUSED,
    RETRY_SECONDS,
    SIGN_IN_FIRST,
    STORE_UNAVAILABLE,
    TOKEN_MISSING,
    TOO_LARGE,
    Kind,
    Problem,
    problem_response,
    told,
)
from bythebook.web.templating import is_part, page

log = logging.getLogger(__name__)

TELL_SECONDS: Final = 60.0
"""How often the log tells that callers are turned away."""

API_PREFIX: Final = "/v1/"
SIGN_IN: Final = "/sign-in"


def refused(
    request: Request, kind: Kind, detail: str = "", headers: Mapping[str, str] | None = None, **more: object
) -> Response:
    """Return the problem as an answer that whoever asked can read."""
    if not _reads_pages(request):
        return problem_response(kind, detail, headers, **more)
    headers = {**({"Retry-After": str(RETRY_SECONDS)} if kind.status in (429, 503) else {}), **(headers or {})}
    if kind is SIGN_IN_FIRST:
        return _to_sign_in(request)
    says = {"kind": kind, "detail": told(kind, detail)}
    if is_part(request):
        aimed = {"HX-Retarget": "#notices", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"}
        return page(request, "problems/part.html", status_code=kind.status, headers={**headers, **aimed}, **says)
    return page(request, "problems/one.html", status_code=kind.status, headers=headers, **says)


def _reads_pages(request: Request) -> bool:
    if request.url.path.startswith(API_PREFIX):
        return False
    return is_part(request) or "text/html" in request.headers.get("accept", "")


def _to_sign_in(request: Request) -> Response:
    """Lead to where one signs in; a page that was asked for is come back to."""
    if is_part(request):
        return Response(status_code=SIGN_IN_FIRST.status, headers={"HX-Redirect": SIGN_IN})
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = f"?next={quote(path, safe='/')}" if request.method == "GET" and path not in ("/", "/start") else ""
    return RedirectResponse(f"{SIGN_IN}{back}", 303)


def handle_problems(app: FastAPI) -> None:
    """Let the application answer every error as its caller can read it."""

    @app.exception_handler(HTTPException)
    def answered(request: Request, error: HTTPException) -> Response:
        if isinstance(error, Problem):
            return refused(request, error.kind, error.detail, error.headers)
        return refused(request, _BY_STATUS.get(error.status_code, BAD_REQUEST), "", error.headers)

    @app.exception_handler(RequestValidationError)
    def not_understood(request: Request, error: RequestValidationError) -> Response:
        return _not_understood(request, error.errors())

    for cause, kind in _BY_CAUSE.items():
        app.add_exception_handler(cause, _caused(kind))
    app.add_exception_handler(StoreUnavailable, _store_away())


def _store_away() -> Any:
    """Answer where the store is away, or takes no writes: what is wrong with it is for the log, once a minute."""
    told_at = -TELL_SECONDS

    def away(request: Request, error: Exception) -> Response:
        nonlocal told_at
        if time.monotonic() - told_at >= TELL_SECONDS:
            told_at = time.monotonic()
            log.warning("callers are told to come again: %s", error)
        return refused(request, STORE_UNAVAILABLE)

    return away


def _caused(kind: Kind) -> Any:
    def caused(request: Request, error: Exception) -> Response:
        says_why = kind in (KEY_REUSED, REFUSED)
        return refused(request, kind, str(error) if says_why else "")

    return caused


def _not_understood(request: Request, errors: Sequence[Mapping[str, Any]]) -> Response:
    key = ("header", KEY_HEADER.lower())
    if any(error["type"] == "missing" and tuple(map(_lower, error["loc"])) == key for error in errors):
        return refused(request, KEY_MISSING)
    told = [{"where": ".".join(map(str, error["loc"])), "what": _what(error)} for error in errors]
    return refused(request, BAD_REQUEST, f"`{told[0]['where']}`: {told[0]['what']}", errors=told)


def _what(error: Mapping[str, Any]) -> str:
    if error["type"] == "json_invalid":
        return "this is not JSON"
    return str(error["msg"]).removeprefix("Value error, ")


def _lower(part: object) -> str:
    return str(part).lower()


_BY_STATUS: Final = {
    kind.status: kind for kind in (BAD_REQUEST, TOKEN_MISSING, NOT_FOUND, METHOD, TOO_LARGE, NOT_JSON)
}
_BY_CAUSE: Final[Mapping[type[Exception], Kind]] = {
    UnknownCase: CASE_NOT_FOUND,
    MessageIdReused: KEY_REUSED,
    NotSealed: NOT_SEALED,
    CaseGone: CASE_ERASED,
    HandoffOver: HANDOFF_OVER,
    Refused: REFUSED,
    VersionConflict: BUSY,
    Busy: BUSY,
}
