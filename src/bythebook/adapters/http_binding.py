"""A function that stands behind an address: what is sent where, and what comes back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final
from urllib.parse import quote, urlencode

from bythebook.adapters.guarded_http import Asked
from bythebook.adapters.json_schema import Shape
from bythebook.adapters.secrets import Secrets, names_in
from bythebook.engine.outcome import plain
from bythebook.routine.value import Value, Values
from bythebook.service.ports import FunctionFailure

IDEMPOTENCY_KEY: Final = "Idempotency-Key"
LOOKING: Final = frozenset({"GET", "HEAD"})
HOLE: Final = re.compile(r"\{([^{}$]+)\}")
_WHOLE: Final = re.compile(r"[+-]?\d{1,18}")
_NUMBER: Final = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?")
_FLAGS: Final = {"true": True, "yes": True, "false": False, "no": False}


class Place(Enum):
    """Where an argument goes."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a function."""

    name: str
    """As the other side calls it."""

    place: Place
    required: bool = True
    shape: Shape = field(default_factory=lambda: Shape({}))


@dataclass(frozen=True, slots=True)
class HttpBinding:
    """How one function is called."""

    function: str
    method: str
    url: str
    """With `{name}` where an argument of the path goes."""

    arguments: tuple[Argument, ...] = ()
    body: Shape = field(default_factory=lambda: Shape({}))
    result: Shape = field(default_factory=lambda: Shape({}))
    headers: Mapping[str, str] = field(default_factory=dict)
    """Secrets stand in them by name: `Bearer ${ORDERS_TOKEN}`."""

    query: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[int, Values] = field(default_factory=dict)
    """What a status that is no success returns: 404, for one, may be an answer."""

    effect: bool = True
    timeout_ms: int = 5_000
    tries: int = 3

    @property
    def takes(self) -> tuple[str, ...]:
        """The names of its arguments, those it needs first."""
        return tuple(one.name for one in sorted(self.arguments, key=lambda one: not one.required))

    @property
    def needs(self) -> tuple[str, ...]:
        """The names of the arguments without which it cannot be called."""
        return tuple(one.name for one in self.arguments if one.required)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The names of the secrets it sends."""
        texts = (*self.headers.values(), *self.query.values())
        return tuple(dict.fromkeys(name for text in texts for name in names_in(text)))

    @property
    def fields(self) -> tuple[str, ...] | None:
        """The names of the result's fields, as far as its schema names them; None where only a call can tell."""
        named = _names(self.result, "")
        told = {name for values in self.statuses.values() for name in values}
        return tuple(dict.fromkeys([*named, *sorted(told)])) if named else None

    def request(self, arguments: Values, key: str, secrets: Secrets) -> Asked:
        """Return what is sent; raise FunctionFailure where the arguments do not fit, and SecretMissing."""
        given = self._fitted(arguments)
        problem = self.body.problem(given[Place.BODY], self.function) if Place.BODY in self._places else ""
        if problem:
            raise FunctionFailure(f"`{self.function}` cannot be called so: {problem}")
        url = HOLE.sub(lambda match: _in_path(match[1], given[Place.PATH].get(match[1])), self.url)
        asked_for = {**{name: _text(value) for name, value in given[Place.QUERY].items()}, **self._filled(secrets)}
        if asked_for:
            url += ("&" if "?" in url else "?") + urlencode(asked_for, quote_via=quote)
        headers = {"Accept": "application/json", IDEMPOTENCY_KEY: key}
        headers |= {name: secrets.fill(value) for name, value in self.headers.items()}
        headers |= {name: _in_header(name, value) for name, value in given[Place.HEADER].items()}
        body = None
        if Place.BODY in self._places or self.method not in LOOKING:
            headers["Content-Type"] = "application/json"
            body = json.dumps(given[Place.BODY], ensure_ascii=False, separators=(",", ":")).encode()
        return Asked(self.method, url, tuple(headers.items()), body)

    @property
    def _places(self) -> frozenset[Place]:
        return frozenset(one.place for one in self.arguments)

    def _filled(self, secrets: Secrets) -> dict[str, str]:
        return {name: secrets.fill(value) for name, value in self.query.items()}

    def _fitted(self, arguments: Values) -> dict[Place, dict[str, Any]]:
        """Return the arguments by place, under the names of the other side, each as its schema wants it."""
        given: dict[Place, dict[str, Any]] = {place: {} for place in Place}
        by_name = {plain(name): value for name, value in arguments.items()}
        for one in self.arguments:
            value = by_name.get(plain(one.name))
            if value is None and (one.required or plain(one.name) not in by_name):
                if one.required:
                    raise FunctionFailure(f"`{self.function}` needs `{one.name}`, which is not known here")
                continue
            sent = fitted(value, one.shape.types)
            problem = one.shape.problem(sent, one.name)
            if problem:
                raise FunctionFailure(f"`{self.function}` cannot be called so: {problem}")
            given[one.place][one.name] = sent
        return given


def fitted(value: Value, types: tuple[str, ...]) -> object:
    """Return a value as a type wants it, where nothing is lost: "12" is a number to whom wants one, 12 a text."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, str):
        if "string" in types or not types:
            return value
        text = value.strip()
        if "integer" in types and _WHOLE.fullmatch(text):
            return int(text)
        if "number" in types and _NUMBER.fullmatch(text):
            return float(text)
        if "boolean" in types:
            return _FLAGS.get(text.lower(), value)
        return [value] if "array" in types else value
    if types and "string" in types and type(value) in (int, float) and not {"integer", "number"} & set(types):
        return _text(value)
    return value


def _names(shape: Shape, above: str) -> list[str]:
    found: list[str] = []
    for name, schema in shape.properties().items():
        place = f"{above}_{name}" if above else name
        found += _names(Shape(schema, shape.components), place) or [place]
    return found


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(_text(item) for item in value) if isinstance(value, list) else str(value)


def _in_path(name: str, value: object) -> str:
    text = _text(value)
    if not text.strip() or text.strip() in (".", ".."):
        raise FunctionFailure(f"`{name}` does not go into an address")
    return quote(text, safe="")


def _in_header(name: str, value: object) -> str:
    text = _text(value)
    if not text.isprintable() or not text.isascii():
        raise FunctionFailure(f"`{name}` does not go into a header")
    return text
