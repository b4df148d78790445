"""Handoff notices as signed webhooks, by the Standard Webhooks specification (standardwebhooks.com, version 1).

Headers `webhook-id`, `webhook-timestamp` and `webhook-signature`: `v1,` and the Base64 of HMAC-SHA-256 over
`id.timestamp.body`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from bythebook.adapters.guarded_http import PORTS, Asked, Hosts, HttpClient, NotAnswered
from bythebook.adapters.notices import NoticeFailure, body_of
from bythebook.adapters.system_clock import SystemClock

TIMEOUT_SECONDS: Final = 5.0
SECRET_PREFIX: Final = "whsec_"


@dataclass(frozen=True, slots=True)
class Webhook:
    """Posts notices to one address."""

    url: str = field(repr=False)
    secret: bytes = field(repr=False)
    client: HttpClient
    now: Callable[[], datetime]
    """What the signature is dated with."""

    @classmethod
    def to(cls, url: str, secret: str, now: Callable[[], datetime] | None = None) -> Webhook:
        """Return a webhook that reaches this address alone."""
        parts = urlsplit(url)
        place = f"{parts.hostname}:{parts.port or PORTS.get(parts.scheme, 0)}"
        return cls(url, secret_bytes(secret), HttpClient(Hosts((place.lower(),))), now or SystemClock().now)

    @property
    def name(self) -> str:
        return "webhook"

    def send(self, key: str, words: Mapping[str, object]) -> None:
        """Post the notice; raise NoticeFailure."""
        body, at = body_of(words), int(self.now().timestamp())
        headers = (
            ("Content-Type", "application/json"),
            ("webhook-id", key),
            ("webhook-timestamp", str(at)),
            ("webhook-signature", signature(self.secret, key, at, body)),
        )
        try:
            answer = self.client.send(Asked("POST", self.url, headers, body), TIMEOUT_SECONDS)
        except NotAnswered as why:
            raise NoticeFailure(str(why)) from None
        if not 200 <= answer.status <= 299:
            raise NoticeFailure(f"status {answer.status}")


def signature(secret: bytes, key: str, at: int, body: bytes) -> str:
    """Return what the header `webhook-signature` holds."""
    signed = hmac.new(secret, f"{key}.{at}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


def secret_bytes(secret: str) -> bytes:
    """Return the key in a secret: Base64 behind `whsec_`, as the specification has it, else its own bytes."""
    if secret.startswith(SECRET_PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
        except (binascii.Error, ValueError):
            pass
    return secret.encode()
