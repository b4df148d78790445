"""The door of the application: nothing too large comes in, nothing goes out without its guards.

Plain ASGI, so that a stream passes through unbuffered and a body is measured while it comes.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bythebook.web.problems import INTERNAL, NOT_JSON, STOPPING, TOO_LARGE, Problem, problem_response
from bythebook.web.stopping import Traffic

log = logging.getLogger(__name__)

BODY_BYTES_MAX: Final = 128 * 1024
"""The largest body that is read: a message of 8,000 characters fits, however its JSON is escaped."""

API_PREFIX: Final = "/v1/"

GUARDS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
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
                if self.traffic.closing:
                    raise Problem(STOPPING, headers={"Connection": "close"})
                _admit(scope)
                await self.app(scope, _Measured(receive), guarded)
        except Problem as problem:
            await problem_response(problem.kind, problem.detail, problem.headers)(scope, receive, guarded)
        except ClientDisconnect:
            pass  # nobody is there to be answered
        except Exception:
            log.exception("%s %s broke", scope["method"], scope["path"])
            if guarded.started:
                raise
            await problem_response(INTERNAL)(scope, receive, guarded)


@dataclass
class _Measured:
    """A `receive` that counts: a body without a length is stopped when it has grown too long."""

    receive: Receive
    size: int = 0

    async def __call__(self) -> Message:
        message = await self.receive()
        self.size += len(message.get("body", b""))
        if self.size > BODY_BYTES_MAX:
            raise _too_large()
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
    if length.isdigit() and int(length) > BODY_BYTES_MAX:
        raise _too_large()
    brings_body = "transfer-encoding" in headers or length not in ("", "0")
    if not brings_body or not scope["path"].startswith(API_PREFIX):
        return
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Problem(NOT_JSON, f"this is {media_type}" if media_type else "the request does not say what it is")


def _too_large() -> Problem:
    return Problem(TOO_LARGE, f"a request may have {BODY_BYTES_MAX:,} bytes")
