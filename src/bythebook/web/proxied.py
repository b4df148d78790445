"""Whom a request comes from, where proxies stand between: `X-Forwarded-For` and `-Proto`, of trusted ones alone."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from bythebook.service.entrance import Entrance

SCHEMES: Final = ("http", "https")


class Proxied:
    """Middleware, the outermost: what stands in the scope is what our own proxies say."""

    def __init__(self, app: ASGIApp, entrance: Entrance) -> None:
        self.app: Final = app
        self.entrance: Final = entrance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        peer = scope["client"][0] if scope.get("client") else ""
        if scope["type"] == "http" and self.entrance.trusts(peer):
            headers = Headers(scope=scope)
            named = [one for given in headers.getlist("x-forwarded-for") for one in given.split(",") if one.strip()]
            scheme = headers.get("x-forwarded-proto", "").rpartition(",")[2].strip().lower()
            scope = {**scope, "client": (self.entrance.caller(peer, named), 0)}
            if scheme in SCHEMES:
                scope["scheme"] = scheme
        await self.app(scope, receive, send)
