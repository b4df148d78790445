"""Finds one operation in an OpenAPI description (3.0 and 3.1): its address, what it takes and what it returns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from bythebook.adapters.http_binding import Argument, Place
from bythebook.adapters.json_schema import COMPONENTS, Shape
from bythebook.source.suggest import did_you_mean

DESCRIPTION_BYTES_MAX: Final = 5_000_000
_METHODS: Final = ("get", "head", "post", "put", "patch", "delete")
_PLACES: Final = {"path": Place.PATH, "query": Place.QUERY, "header": Place.HEADER}
_JSON: Final = "application/json"
_DEEP_MAX: Final = 8


class DescriptionWrong(Exception):
    """The description, or the operation in it, cannot be used."""

    def __init__(self, message: str, help: str, key: str = "openapi") -> None:
        super().__init__(message)
        self.help = help
        self.key = key


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, as a function is bound to it."""

    method: str
    path: str
    server: str
    """The first server of the description; empty where it names none."""

    arguments: tuple[Argument, ...]
    body: Shape
    result: Shape


def read_description(raw: bytes) -> Mapping[str, Any]:
    """Return a description, JSON or YAML; raise DescriptionWrong."""
    if len(raw) > DESCRIPTION_BYTES_MAX:
        raise DescriptionWrong(f"has a description of more than {DESCRIPTION_BYTES_MAX} bytes", "keep what is used")
    try:
        text = raw.decode("utf-8-sig")
        found = json.loads(text) if text.lstrip().startswith("{") else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError, RecursionError) as failure:
        raise DescriptionWrong(
            "has a description that is neither JSON nor YAML", "put an OpenAPI description there"
        ) from (failure)
    version = str(found.get("openapi", "")) if isinstance(found, Mapping) else ""
    if not version.startswith("3."):
        raise DescriptionWrong("has a description that is not OpenAPI 3", "convert it, or bind the function by `url`")
    description: Mapping[str, Any] = _plain(found) if version.startswith("3.0") else found
    return description


def operation_of(description: Mapping[str, Any], operation: str) -> Operation:
    """Return the operation with this operationId; raise DescriptionWrong."""
    known = {str(one.get("operationId")): (method, path, one) for method, path, one in _operations(description)}
    if operation not in known:
        help = did_you_mean(operation, list(known)) or f"use one of {', '.join(sorted(known)[:8]) or 'none'}"
        message = f"names the operation `{operation}`, which the description does not have"
        raise DescriptionWrong(message, help, "operation")
    method, path, found = known[operation]
    look = _Looking(description)
    everywhere = description["paths"][path].get("parameters", [])
    parameters = [look.up(one) for one in (*everywhere, *found.get("parameters", []))]
    by_place = {(one.get("in"), one.get("name")): one for one in parameters}
    arguments = [argument for one in by_place.values() for argument in _argument(one, look)]
    body = look.body(found.get("requestBody"))
    named = {one.name for one in arguments}
    for name, schema in body.properties().items():
        if name in named:
            raise DescriptionWrong(
                f"names the operation `{operation}`, which takes `{name}` in two places", "bind it by `url`"
            )
        arguments.append(Argument(name, Place.BODY, name in body.required(), Shape(schema, body.components)))
    servers = description.get("servers") or [{}]
    return Operation(method.upper(), path, str(servers[0].get("url", "")), tuple(arguments), body, look.result(found))


def _operations(description: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    paths = description.get("paths")
    for path, item in paths.items() if isinstance(paths, Mapping) else ():
        for method in _METHODS:
            one = item.get(method) if isinstance(item, Mapping) else None
            if isinstance(one, Mapping) and "operationId" in one:
                yield method, path, one


def _argument(parameter: Mapping[str, Any], look: _Looking) -> Iterator[Argument]:
    name, required = str(parameter.get("name", "")), bool(parameter.get("required"))
    place = _PLACES.get(str(parameter.get("in")))
    if place is not None:
        if name.lower() not in ("idempotency-key", "authorization", "accept", "content-type"):
            yield Argument(name, place, required, look.shape(parameter.get("schema", {})))
    elif required:
        raise DescriptionWrong(
            f"is described with a `{parameter.get('in')}` parameter, `{name}`, which is not sent", "bind it by `url`"
        )


@dataclass(frozen=True, slots=True)
class _Looking:
    """Follows what a description points at within itself."""

    description: Mapping[str, Any]

    def shape(self, schema: Mapping[str, Any]) -> Shape:
        return Shape(schema, self.description.get(COMPONENTS, {}))

    def up(self, part: Any) -> Mapping[str, Any]:
        """Return a part, or what it points at."""
        for _ in range(_DEEP_MAX):
            if not isinstance(part, Mapping):
                return {}
            pointer = part.get("$ref")
            if not isinstance(pointer, str):
                return part
            part = self.description
            for step in pointer.removeprefix("#/").split("/"):
                part = part.get(step) if isinstance(part, Mapping) else None
        return {}

    def body(self, given: Any) -> Shape:
        """Return what the request's body must be; raise DescriptionWrong where it is no JSON record."""
        content = self.up(given).get("content", {})
        if not content:
            return Shape({})
        found = self._json(content)
        shape = self.shape(found or {})
        if found is None or not shape.properties():
            raise DescriptionWrong(
                "is described with a body that is no JSON record of named fields", "bind it by `url`"
            )
        return shape

    def result(self, operation: Mapping[str, Any]) -> Shape:
        """Return what comes back where all went well."""
        answers = operation.get("responses", {})
        well = [answer for status, answer in answers.items() if str(status).startswith("2")]
        for answer in well or [answers.get("default")]:
            found = self._json(self.up(answer).get("content", {}))
            if found is not None:
                return self.shape(found)
        return Shape({})

    def _json(self, content: Mapping[str, Any]) -> Mapping[str, Any] | None:
        kind = next((one for one in content if one.startswith(_JSON) or one.endswith("+json")), None)
        return content[kind].get("schema", {}) if kind is not None else None


def _plain(part: Any) -> Any:
    """Return a part of a 3.0 description as JSON Schema says it today: `nullable` and the exclusive bounds."""
    if isinstance(part, list):
        return [_plain(item) for item in part]
    if not isinstance(part, Mapping):
        return part
    said = {key: _plain(value) for key, value in part.items()}
    if said.pop("nullable", False) is True and isinstance(said.get("type"), str):
        said["type"] = [said["type"], "null"]
        if "enum" in said:
            said["enum"] = [*said["enum"], None]
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(said.get(exclusive), bool) and said.pop(exclusive) and bound in said:
            said[exclusive] = said.pop(bound)
    return said
