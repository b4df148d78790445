"""Which sites may hold the chat: the customers' interface answers their pages, and no others.

A browser names the site of a page in `Origin`. Pages of this installation, and callers that are no browser, need no
permission. Who is refused is told so in words that the page may read, before anything has happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bythebook.web.door import GUARDS, is_own_page
from bythebook.web.problems import KEY_HEADER, ORIGIN_REFUSED, problem_response

CUSTOMERS: Final = ("/v1/routines", "/v1/cases")
"""What a page elsewhere may ask for, and what is below."""

SCRIPTS: Final = ("/widget.js", "/static/chat/")
"""The chat itself: any page may load it, so that it can say where it is not allowed."""

ANY: Final = "*"
PREFLIGHT_SECONDS: Final = 7200
"""How long a browser remembers what it may ask for."""

SENT: Final = ("Accept", "Authorization", "Content-Type", KEY_HEADER, "Last-Event-ID")
READ: Final = ("Location", "Retry-After")


@dataclass(frozen=True, slots=True)
class Allowed:
    """The sites whose pages may hold the chat, as `scheme://host[:port]`; `https://*.host` for all below a host."""

    origins: tuple[str, ...] = ()

    def holds(self, origin: str) -> bool:
        """Whether pages of the site may."""
        origin = origin.lower()
        return any(one in (ANY, origin) or _below(origin, one) for one in self.origins) and origin != "null"


def _below(origin: str, allowed: str) -> bool:
    scheme, star, host = allowed.partition("://*.")
    return bool(star) and origin.startswith(f"{scheme}://") and origin.endswith(f".{host}")


class Origins:
    """Middleware: browsers' questions whether they may (CORS), and the refusal of pages that may not."""

    def __init__(self, app: ASGIApp, allowed: Sequence[str] = ()) -> None:
        self.app: Final = app
        self.allowed: Final = Allowed(tuple(allowed))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _for_customers(scope["path"]):
            loads = scope["type"] == "http" and scope["path"].startswith(SCRIPTS)
            await self.app(scope, receive, _varied(send, self._loaded()) if loads else send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None or is_own_page(headers):
            await self.app(scope, receive, _varied(send, {}))
            return
        told = {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": ", ".join(READ)}
        if not self.allowed.holds(origin):
            more = {**GUARDS, **told, "Vary": "Origin", "Cache-Control": "no-store"}
            await problem_response(ORIGIN_REFUSED, f"this installation does not know {origin}", more)(
                scope, receive, send
            )
        elif scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _may(origin)(scope, receive, send)
        else:
            await self.app(scope, receive, _varied(send, told))

    def _loaded(self) -> dict[str, str]:
        policy = {"Cross-Origin-Resource-Policy": "cross-origin"} if self.allowed.origins else {}
        return {"Access-Control-Allow-Origin": ANY, **policy}


def _for_customers(path: str) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in CUSTOMERS)


def _may(origin: str) -> Response:
    return Response(
        status_code=204,
        headers={
            **GUARDS,
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": ", ".join(SENT),
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
            "Vary": "Origin",
        },
    )


def _varied(send: Send, told: dict[str, str]) -> Send:
    """Return a `send` that adds what the page's browser must be told."""

    async def varied(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(told)
            headers.add_vary_header("Origin")
        await send(message)

    return varied
