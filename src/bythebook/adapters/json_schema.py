"""What JSON Schema says of a value: the one file that knows the library.

Its own messages quote what they complain of; a value may be private, so the words here name places and no value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import jsonschema
from referencing import Registry
from referencing.exceptions import Unresolvable

Schema = Mapping[str, Any]
COMPONENTS: Final = "components"
_REF: Final = "$ref"
_WITHIN: Final = "#/"
_DEEP_MAX: Final = 12
_TYPES: Final = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "yes or no",
    "array": "a list",
    "object": "a record",
    "null": "nothing",
}
_SEVERAL: Final = ("allOf", "anyOf", "oneOf")


class SchemaWrong(Exception):
    """A schema says nothing that can be held against a value; the message says why."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One schema, with the parts of its description that it points into."""

    schema: Schema
    components: Schema = field(default_factory=dict)

    def check(self) -> None:
        """Raise SchemaWrong where the schema cannot be used."""
        for pointer in _pointers(self.schema):
            if not pointer.startswith(_WITHIN):
                raise SchemaWrong(f"it points at `{pointer}`, outside of its own file")
            if _pointed(self._whole, pointer) is None:
                raise SchemaWrong(f"it points at `{pointer}`, where nothing stands")
        try:
            jsonschema.Draft202012Validator.check_schema(self._whole)
        except jsonschema.SchemaError as error:
            where = "/".join(str(part) for part in error.absolute_path)
            raise SchemaWrong(f"`{where or 'the schema'}` is no JSON Schema") from error

    def problem(self, value: object, name: str) -> str:
        """Return what is wrong with a value, its place called `name` and onwards; empty where nothing is."""
        validator = jsonschema.Draft202012Validator(self._whole, registry=Registry())
        try:
            errors = sorted(validator.iter_errors(value), key=lambda error: (len(error.path), str(error.path)))
        except (Unresolvable, RecursionError):
            return f"{name} cannot be held against its description"
        return _words(errors[0], name) if errors else ""

    @property
    def types(self) -> tuple[str, ...]:
        """The types that it allows; none where it does not say."""
        kind = self._followed(self.schema).get("type")
        return (kind,) if isinstance(kind, str) else tuple(kind) if isinstance(kind, list) else ()

    def properties(self) -> Mapping[str, Schema]:
        """Return the fields that a record of this schema has, as far as it names them."""
        found = self._followed(self.schema)
        named = found.get("properties", {})
        own = {name: self._followed(one) for name, one in named.items()} if isinstance(named, Mapping) else {}
        for part in found.get("allOf", ()):
            own.update(Shape(part, self.components).properties())
        return own

    def required(self) -> frozenset[str]:
        """Return the fields that a record of this schema must have."""
        found = self._followed(self.schema)
        names = frozenset(found.get("required", ()))
        return names.union(*(Shape(part, self.components).required() for part in found.get("allOf", ())))

    def kept(self, value: object) -> object:
        """Return a value without what the schema does not name: a case keeps what was agreed on and no more."""
        return self._kept(self.schema, value, _DEEP_MAX)

    def _kept(self, schema: Schema, value: object, deep: int) -> object:
        found = self._followed(schema)
        if deep == 0 or any(word in found for word in _SEVERAL):
            return value
        items = found.get("items")
        if isinstance(value, list) and isinstance(items, Mapping):
            return [self._kept(items, item, deep - 1) for item in value]
        named = found.get("properties")
        if isinstance(value, dict) and isinstance(named, Mapping):
            return {name: self._kept(named[name], value[name], deep - 1) for name in value if name in named}
        return value

    def _followed(self, schema: Schema) -> Schema:
        for _ in range(_DEEP_MAX):
            pointer = schema.get(_REF)
            if not isinstance(pointer, str):
                return schema
            found = _pointed(self._whole, pointer)
            schema = found if isinstance(found, Mapping) else {}
        return {}

    @property
    def _whole(self) -> dict[str, Any]:
        return {**self.schema, **({COMPONENTS: self.components} if self.components else {})}


def _words(error: jsonschema.ValidationError, name: str) -> str:
    place = "_".join([name, *(str(part) for part in error.absolute_path if isinstance(part, str))])
    match error.validator:
        case "type":
            kinds = [error.validator_value] if isinstance(error.validator_value, str) else error.validator_value
            return f"`{place}` is not {' or '.join(_TYPES.get(kind, kind) for kind in kinds)}"
        case "required":
            missing = next((one for one in error.validator_value if one not in error.instance), "")
            return f"`{place}` has no `{missing}`"
        case "enum" | "const":
            return f"`{place}` is none of the values that are allowed"
        case "additionalProperties" | "unevaluatedProperties":
            return f"`{place}` has fields that its description does not allow"
        case _:
            return f"`{place}` does not keep `{error.validator}` of its description"


def _pointers(schema: object) -> Iterator[str]:
    if isinstance(schema, Mapping):
        pointer = schema.get(_REF)
        if isinstance(pointer, str):
            yield pointer
        for value in schema.values():
            yield from _pointers(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from _pointers(item)


def _pointed(whole: Schema, pointer: str) -> object:
    found: object = whole
    for part in pointer.removeprefix(_WITHIN).split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        if not isinstance(found, Mapping) or key not in found:
            return None
        found = found[key]
    return found
