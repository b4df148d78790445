"""What an author's function may take and return: plain data that a log can keep, checked both ways."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints, is_typeddict

from bythebook.engine.outcome import BARE
from bythebook.functions import Data, IdempotencyKey
from bythebook.routine.value import Scalar, Value, Values

FIELDS_DEEP_MAX: Final = 4
"""How many fields deep a result may go."""

_WORDS: Final[Mapping[type, str]] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "yes or no",
}
_SCALARS: Final = tuple(_WORDS)
_LISTS: Final = (list, tuple, Sequence)
_SCALARS_HELP: Final = "`str`, `int`, `float`, `bool`, a list of one of these, or any of them `| None`"


class NotAllowed(Exception):
    """A type or a value that a log cannot keep, in words that go on a sentence about the function."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


class Context(Enum):
    """What a function gets from the assistant, not from the document."""

    DATA = "data"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Expected:
    """The type of one argument."""

    scalar: type
    many: bool
    optional: bool
    container: type = tuple

    def __str__(self) -> str:
        words = f"a list, each item {_WORDS[self.scalar]}," if self.many else _WORDS[self.scalar]
        return f"{words} or nothing" if self.optional else words

    def allows(self, value: Value) -> bool:
        """Whether a document's value can be given as this argument."""
        if value is None:
            return self.optional
        if isinstance(value, tuple):
            return self.many and all(self._is_one(item) for item in value)
        return not self.many and self._is_one(value)

    def convert(self, value: Value) -> Value | list[object]:
        """Return an allowed value as the function's own type."""
        return list(value) if isinstance(value, tuple) and self.container is list else value

    def _is_one(self, item: Scalar) -> bool:
        return type(item) is self.scalar or (self.scalar is float and type(item) is int)


def type_hints(target: Callable[..., object]) -> Mapping[str, Any]:
    """Return the annotations, with names looked up; raise NotAllowed when one names nothing."""
    try:
        return get_type_hints(target)
    except Exception as error:
        raise NotAllowed(f"an annotation cannot be read: {error}", "import or correct that name") from error


def parameter_type(name: str, hints: Mapping[str, Any]) -> Expected | Context:
    """Return what a parameter expects; raise NotAllowed."""
    if name not in hints:
        raise NotAllowed(f"`{name}` has no annotation", f"write what it is, as in `{name}: str`")
    hint = hints[name]
    if hint is Data:
        return Context.DATA
    if hint is IdempotencyKey:
        return Context.KEY
    inner, optional = _without_none(hint)
    if inner in _SCALARS:
        return Expected(inner, many=False, optional=optional)
    container = get_origin(inner)
    items = [item for item in get_args(inner) if item is not Ellipsis]
    if container in _LISTS and len(items) == 1 and items[0] in _SCALARS:
        kept = list if container is list else tuple
        return Expected(items[0], many=True, optional=optional, container=kept)
    raise NotAllowed(f"`{name}` is something a document cannot give", f"write {_SCALARS_HELP}")


def result_fields(hints: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Return the fields' names, None when only a call can tell; raise NotAllowed when there are none."""
    if "return" not in hints:
        raise NotAllowed("what it returns has no annotation", "write `-> dict[str, str]`, or `-> None`")
    hint = hints["return"]
    if hint is NoneType:
        return ()
    inner, optional = _without_none(hint)
    if inner in _SCALARS or get_origin(inner) in _LISTS:
        return None if optional else (BARE,)
    if isinstance(hint, type) and is_dataclass(hint):
        return tuple(field.name for field in fields(hint))
    if is_typeddict(hint):
        return tuple(get_type_hints(hint))
    kind = get_origin(inner) or inner
    if isinstance(kind, type) and issubclass(kind, Mapping):
        return None
    raise NotAllowed(
        "what it returns is no plain data",
        "return a dataclass, a `TypedDict`, a mapping such as `dict[str, str]`, a text, a number, or None",
    )


def as_values(result: object) -> Values:
    """Return a function's result as named plain values; raise NotAllowed.

    A bare value is the field `result`. A field within a field is named by both (`address` with `city` gives
    `address_city`); a list of records has one text for each record.
    """
    if result is None:
        return {}
    if isinstance(result, Mapping) or (is_dataclass(result) and not isinstance(result, type)):
        return dict(_fields("", result, FIELDS_DEEP_MAX))
    return {BARE: _value(BARE, result)}


def _fields(above: str, record: object, deep: int) -> Iterator[tuple[str, Value]]:
    for name, value in _items(record):
        place = f"{above}_{name}" if above else name
        if _is_record(value):
            if deep <= 1:
                raise NotAllowed(f"`{place}`, which goes deeper than {FIELDS_DEEP_MAX} fields")
            yield from _fields(place, value, deep - 1)
        else:
            yield place, _value(place, value)


def _items(record: object) -> Iterator[tuple[str, object]]:
    if not isinstance(record, Mapping):
        assert is_dataclass(record)
        yield from ((field.name, getattr(record, field.name)) for field in fields(record))
        return
    for name, value in record.items():
        if not isinstance(name, str):
            raise NotAllowed(f"a field named {name!r}, which is not a text")
        yield name, value


def _is_record(value: object) -> bool:
    return isinstance(value, Mapping) or (is_dataclass(value) and not isinstance(value, type))


def _value(field: str, value: object) -> Value:
    if isinstance(value, list | tuple):
        return tuple(_told(field, item) if _is_record(item) else _scalar(field, item) for item in value)
    return _scalar(field, value)


def _told(field: str, record: object) -> str:
    """Return a record of a list as one text, its fields by their names: "flight number BB12, price 90"."""
    named = ((name.replace("_", " "), _scalar(field, value)) for name, value in _items(record))
    return ", ".join(f"{name} {value}" for name, value in named if value is not None)


def _scalar(field: str, value: object) -> Scalar:
    if isinstance(value, float) and not math.isfinite(value):
        raise NotAllowed(f"`{field}` as {value}, which is not a number")
    # Subclasses (an enumeration of texts, numpy's float) would not come back from a log as what they were.
    if value is None or type(value) in _SCALARS:
        return value  # type: ignore[return-value]
    raise NotAllowed(f"`{field}` as {_named(value)}, which is neither text, number, yes or no, nor a list of these")


def _named(value: object) -> str:
    return f"`{type(value).__name__}`"


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint):
        rest = [part for part in get_args(hint) if part is not NoneType]
        return (rest[0] if len(rest) == 1 else hint), True
    return hint, False
