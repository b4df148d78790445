"""The door of the application: nothing too large comes in, nothing goes out without its guards.

Plain ASGI, so that a stream passes through unbuffered and a body is measured while it comes.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bythebook.web.problems import FROM_ELSEWHERE, INTERNAL, NOT_JSON, STOPPING, TOO_LARGE, Problem
from bythebook.web.refusals import API_PREFIX, refused
from bythebook.web.stopping import Traffic

log = logging.getLogger(__name__)

BODY_BYTES_MAX: Final = 128 * 1024
"""The largest body that is read: a message of 8,000 characters fits, however its JSON is escaped."""

LARGE_BODIES: Final = {"/documents": 8 * 1024 * 1024, "/new-document": 8 * 1024 * 1024}
"""Where more is read, by how the path begins: a document of two megabytes fits, however escaped."""

SAFE: Final = ("GET", "HEAD", "OPTIONS")
STATIC_PREFIX: Final = "/static/"
"""Served to the end: a page that was given just before the process stops is given whole."""

OWN_PAGES: Final = ("same-origin", "none")
"""What a browser says of a request that a page of this installation made, or the person by themselves."""

GUARDS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with none at all, forms over plain http would not say where they come from
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


class Door:
    """Middleware: limits on what comes in, headers on what goes out, and the last answer when all else fails."""

    def __init__(self, app: ASGIApp, traffic: Traffic) -> None:
        self.app: Final = app
        self.traffic: Final = traffic

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        guarded = _Guarded(send, api=scope["path"].startswith(API_PREFIX))
        try:
            with self.traffic.counted():
                if self.traffic.closing and not scope["path"].startswith(STATIC_PREFIX):
                    raise Problem(STOPPING, headers={"Connection": "close"})
                _admit(scope)
                await self.app(scope, _Measured(receive, _body_max(scope)), guarded)
        except Problem as problem:
            answer = refused(Request(scope), problem.kind, problem.detail, problem.headers)
            await answer(scope, receive, guarded)
        except ClientDisconnect:
            pass  # nobody is there to be answered
        except Exception:
            log.exception("%s %s broke", scope["method"], scope["path"])
            if guarded.started:
                raise
            await refused(Request(scope), INTERNAL)(scope, receive, guarded)


@dataclass
class _Measured:
    """A `receive` that counts: a body without a length is stopped when it has grown too long."""

    receive: Receive
    most: int
    size: int = 0

    async def __call__(self) -> Message:
        message = await self.receive()
        self.size += len(message.get("body", b""))
        if self.size > self.most:
            raise _too_large(self.most)
        return message


@dataclass
class _Guarded:
    """A `send` that adds the headers every answer carries."""

    send: Send
    api: bool
    started: bool = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in GUARDS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store" if self.api else "no-cache")
        await self.send(message)


def _admit(scope: Scope) -> None:
    """Refuse by the headers alone what need not be read."""
    headers = Headers(scope=scope)
    length = headers.get("content-length", "")
    if length.isdigit() and int(length) > _body_max(scope):
        raise _too_large(_body_max(scope))
    if not scope["path"].startswith(API_PREFIX):
        if scope["method"] not in SAFE and not is_own_page(headers):
            raise Problem(FROM_ELSEWHERE)
        return
    brings_body = "transfer-encoding" in headers or length not in ("", "0")
    if not brings_body:
        return
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Problem(NOT_JSON, f"this is {media_type}" if media_type else "the request does not say what it is")


def is_own_page(headers: Headers) -> bool:
    """Whether a request comes from a page of this installation, or from no browser at all.

    Browsers say so (`Sec-Fetch-Site`; over plain http only `Origin`); what says neither carries no cookie by itself.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in OWN_PAGES
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _body_max(scope: Scope) -> int:
    path = scope["path"]
    return next((most for start, most in LARGE_BODIES.items() if path.startswith(start)), BODY_BYTES_MAX)


def _too_large(most: int) -> Problem:
    return Problem(TOO_LARGE, f"a request may have {most:,} bytes")
