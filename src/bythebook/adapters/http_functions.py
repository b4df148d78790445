"""Calls the functions that stand behind an address: several tries within one budget, and none where a place is down.

What may be private is told to the other side alone: a reason that goes to the log is made of our own words, a status
and the names of fields; never of an address, a header, a value or anything that came back.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from bythebook.adapters.breaker import Breaker
from bythebook.adapters.function_types import NotAllowed, as_values
from bythebook.adapters.guarded_http import Answered, Asked, HttpClient, NotAnswered
from bythebook.adapters.http_binding import HttpBinding
from bythebook.adapters.secrets import SecretMissing, Secrets, hidden
from bythebook.routine.value import Values
from bythebook.service.ports import FunctionFailure

BUDGET_SECONDS: Final = 20.0
"""How long all tries of one call take together, pauses included."""

PAUSE_SECONDS: Final = 0.2
"""The pause after the first try; it doubles, and a part of it is left to chance."""

PAUSE_SECONDS_MAX: Final = 5.0
_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which another try may go better."""

_DOWN: Final = 500
"""From this status on, the place counts as failing."""


class _Failed(Exception):
    """One try failed."""

    def __init__(self, why: str, *, again: bool, down: bool, wait: float = 0.0) -> None:
        super().__init__(why)
        self.again = again
        self.down = down
        self.wait = wait
        """How many seconds the other side asks to be left alone."""


@dataclass
class HttpFunctions:
    """Calls by binding. Safe to use from several threads; one for all releases, so that they share what is known of a
    place that is down."""

    client: HttpClient
    secrets: Secrets = field(default_factory=Secrets)
    pause: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    budget_seconds: float = BUDGET_SECONDS

    _breakers: dict[str, Breaker] = field(default_factory=dict, repr=False)
    _guard: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def call(self, binding: HttpBinding, arguments: Values, key: str) -> Values:
        """Return the result's fields; raise FunctionFailure."""
        try:
            asked = binding.request(arguments, key, self.secrets)
        except SecretMissing as missing:
            raise FunctionFailure(str(missing)) from missing
        breaker = self._breaker(binding.url)
        until = time.monotonic() + self.budget_seconds
        for attempt in range(1, binding.tries + 1):
            if not breaker.lets_through():
                raise FunctionFailure(f"`{binding.function}` is left alone for a while: its place failed repeatedly")
            try:
                result = self._try(binding, asked, min(binding.timeout_ms / 1000, until - time.monotonic()))
            except _Failed as failed:
                breaker.failed() if failed.down else breaker.succeeded()
                wait = max(failed.wait, self._pause(attempt))
                if not failed.again or attempt == binding.tries or time.monotonic() + wait >= until:
                    tries = f" ({attempt} tries)" if attempt > 1 else ""
                    raise FunctionFailure(f"`{binding.function}`: {failed}{tries}") from failed
                self.pause(wait)
            else:
                breaker.succeeded()
                return result
        raise AssertionError("the last try returns or raises")

    def preview(self, binding: HttpBinding, arguments: Values, key: str) -> str:
        """Return what a call would send, secrets left out; raise FunctionFailure where it would not be sent."""
        shown = _Hidden()
        asked = binding.request(arguments, key, shown)
        headers = "".join(f"\n    {name}: {value}" for name, value in asked.headers)
        body = f"\n    {asked.body.decode()}" if asked.body is not None else ""
        return f"{asked.method} {asked.url}{headers}{body}"

    def missing_secrets(self, binding: HttpBinding) -> list[str]:
        """Return the names of the secrets that the binding sends and that are not set."""
        return self.secrets.missing(binding.secrets)

    def _pause(self, attempt: int) -> float:
        longest: float = min(PAUSE_SECONDS * 2 ** (attempt - 1), PAUSE_SECONDS_MAX)
        return longest * (0.5 + self.chance() / 2)

    def _try(self, binding: HttpBinding, asked: Asked, seconds: float) -> Values:
        try:
            answer = self.client.send(asked, seconds)
        except NotAnswered as why:
            raise _Failed(str(why), again=why.again, down=why.again) from None
        if answer.status in binding.statuses:
            return binding.statuses[answer.status]
        if not 200 <= answer.status <= 299:
            again = answer.status in _AGAIN
            raise _Failed(
                f"status {answer.status}", again=again, down=answer.status >= _DOWN, wait=_seconds(answer.retry_after)
            )
        try:
            return _result(binding, answer)
        except NotAllowed as problem:
            raise _Failed(f"the result has {problem}", again=False, down=False) from None

    def _breaker(self, url: str) -> Breaker:
        parts = urlsplit(url)
        with self._guard:
            return self._breakers.setdefault(f"{parts.scheme}://{parts.netloc}", Breaker(time.monotonic))


class _Hidden(Secrets):
    """Stands for the secrets where what is sent is only shown."""

    def fill(self, text: str) -> str:
        return hidden(text)


def _result(binding: HttpBinding, answer: Answered) -> Values:
    if not answer.body.strip():
        told: object = {}
    elif answer.kind != "application/json" and not answer.kind.endswith("+json"):
        raise _Failed("the answer is not JSON", again=False, down=False)
    else:
        told = _json(answer.body)
    if answer.body.strip() or answer.status != 204:
        problem = binding.result.problem(told, "result")
        if problem:
            raise _Failed(f"the answer does not fit its description: {problem}", again=False, down=False)
    return as_values(binding.result.kept(told))


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise _Failed("the answer is not JSON", again=False, down=False) from None


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _seconds(retry_after: str) -> float:
    """Return how long the other side asks to wait, in seconds (RFC 9110, 10.2.3); a date is not looked at."""
    return float(retry_after) if retry_after.isdecimal() else 0.0
