"""Events as canonical JSON text and back: the form that logs keep for ever and that the hash chain runs over.

One text per event: sorted keys, no spaces, UTF-8 without escapes, times in UTC with microseconds. Classes are
named by the key `kind`, enums by their values: the names in the engine are promises. Reading is strict where
a log could lie (an unknown kind, an extra field, a value of another type) and lenient where it is only old (a
missing field that has a default). Lone surrogates, which no UTF-8 file can hold, are written as U+FFFD.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType
from typing import Any, Final, get_args

from cattrs import Converter
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError, StructureHandlerNotFoundError

from bythebook.engine.event import Event
from bythebook.engine.task import Task
from bythebook.routine.value import Scalar, Value, Values

KIND: Final = "kind"
"""The key that names the class. No event or task may have a field of this name."""

SCALARS: Final = get_args(Scalar)


class UnreadableEvent(ValueError):
    """The text is no event that this program can read: torn, altered, or with fields it does not know."""


class UnknownEvent(UnreadableEvent):
    """The text names a kind of event or task that this program does not know: a newer program wrote it."""


class UnstorableEvent(ValueError):
    """The event holds what a log cannot keep (a naive time, NaN, a nested object). Nothing was stored."""


def encode(event: Event) -> str:
    """Return the event as canonical JSON text without line breaks; raise UnstorableEvent."""
    try:
        tree = _EVENTS.encode(event)
        text = _JSON.encode(tree)
    except (TypeError, ValueError, OverflowError, AttributeError, RecursionError) as error:
        raise UnstorableEvent(f"{type(event).__name__} cannot be stored: {error}") from error
    if text.isascii() or _is_utf8(text):
        return text
    return _JSON.encode(_clean_tree(tree))


def decode(body: str) -> Event:
    """Return the event of a text that `encode` of this or an older release wrote; raise UnreadableEvent."""
    try:
        event: Event = _EVENTS.decode(_JSON_IN.decode(body), None)
    except UnknownEvent:
        raise
    except UNREADABLE as error:
        raise UnreadableEvent(f"the log holds an event that cannot be read: {_why(error)}") from error
    return event


def kind_of(event: Event) -> str:
    """Return the stored name of the event's class."""
    return type(event).__name__


def kind_in(body: str) -> str | None:
    """Return the kind that a stored text names, or None when it names none; never raise."""
    try:
        tree = _JSON_IN.decode(body)
    except (ValueError, RecursionError):
        return None
    kind = tree.get(KIND) if isinstance(tree, dict) else None
    return kind if isinstance(kind, str) else None


def instant_text(at: datetime) -> str:
    """Return `2026-01-31T23:59:59.000000Z`, which sorts as time does; raise ValueError for a naive time."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def instant(text: str) -> datetime:
    """Return the time of an `instant_text`, in UTC; raise ValueError."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone: {text!r}")
    return at


def clean_text(text: str) -> str:
    """Return the text as a store keeps it: pairs of surrogates joined, lone ones replaced by U+FFFD."""
    if text.isascii() or _is_utf8(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


# ---------------------------------------------------------------- how it is done


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


_JSON: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_JSON_IN: Final = json.JSONDecoder(parse_constant=_refuse)
UNREADABLE: Final = (
    BaseValidationError,
    ForbiddenExtraKeysError,
    StructureHandlerNotFoundError,
    AttributeError,
    KeyError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
)


class _Union:
    """A closed union whose members are told apart by their class names."""

    def __init__(self, union: object, converter: Converter) -> None:
        self._classes: Final[Mapping[str, type]] = {member.__name__: member for member in get_args(union)}
        self._names: Final = {member: name for name, member in self._classes.items()}
        self._converter: Final = converter
        # Built at first use: making functions for all the classes takes longer than opening a store.
        self._writer: Final[Callable[[type], Callable[[Any], dict[str, Any]]]] = cache(self._make_writer)
        self._reader: Final[Callable[[str], Callable[[Any, Any], Any]]] = cache(self._make_reader)

    def encode(self, value: object) -> dict[str, Any]:
        kind = type(value)
        tree = self._writer(kind)(value)
        tree[KIND] = self._names[kind]
        return tree

    def decode(self, tree: Any, _: object) -> Any:
        if type(tree) is not dict or type(kind := tree.pop(KIND, None)) is not str:
            raise TypeError(f"no object with a {KIND}: {tree!r:.80}")
        return self._reader(kind)(tree, None)

    def _make_writer(self, kind: type) -> Callable[[Any], dict[str, Any]]:
        if kind not in self._names:
            raise TypeError(f"{kind.__name__} is no event or task")
        hook: Callable[[Any], dict[str, Any]] = self._converter.get_unstructure_hook(kind)
        return hook

    def _make_reader(self, name: str) -> Callable[[Any, Any], Any]:
        if name not in self._classes:
            raise UnknownEvent(
                f"the log holds {name!r}, which a newer By the Book wrote; upgrade this one to read the case"
            )
        kind = self._classes[name]
        hook = self._converter.get_structure_hook(kind)
        return lambda tree, _: hook(tree, kind)


def _exact(kind: type) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if not isinstance(value, kind):
            raise TypeError(f"{value!r:.80} where {kind.__name__} belongs")
        return value

    return check


def _number(value: Any) -> float:
    """Return a plain float, whatever number type a model computed with."""
    if isinstance(value, str | bool | None):
        raise TypeError(f"{value!r:.80} where a number belongs")
    return float(value)


def _write_value(value: Any) -> Any:
    items = value if isinstance(value, tuple) else (value,)
    for item in items:
        if not isinstance(item, SCALARS):
            raise TypeError(f"a log keeps scalars and tuples of scalars, not a {type(item).__name__}")
    return value


def _write_values(values: Values) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for name, value in values.items():
        if not isinstance(name, str):
            raise TypeError(f"the name {name!r:.80} is no text")
        tree[name] = _write_value(value)
    return tree


def _read_value(value: Any, _: object) -> Value:
    result: Value = _write_value(tuple(value) if isinstance(value, list) else value)
    return result


def _read_values(tree: Any, _: object) -> Values:
    return MappingProxyType({name: _read_value(value, None) for name, value in tree.items()})


def make_converter() -> Converter:
    """Return what writes and reads the fields of events: strictly, by their types."""
    converter = Converter(forbid_extra_keys=True, detailed_validation=False)
    for kind in (str, int, bool):
        check = _exact(kind)
        converter.register_unstructure_hook(kind, check)
        converter.register_structure_hook(kind, lambda value, _, check=check: check(value))
    converter.register_unstructure_hook(float, _number)
    converter.register_structure_hook(float, lambda value, _: _number(value))
    converter.register_unstructure_hook(datetime, instant_text)
    converter.register_structure_hook(datetime, lambda value, _: instant(value))
    converter.register_unstructure_hook_func(lambda kind: kind == Value, _write_value)
    converter.register_structure_hook_func(lambda kind: kind == Value, _read_value)
    converter.register_unstructure_hook_func(lambda kind: kind == Values, _write_values)
    converter.register_structure_hook_func(lambda kind: kind == Values, _read_values)
    tasks = _Union(Task, converter)
    converter.register_unstructure_hook_func(lambda kind: kind == Task, tasks.encode)
    converter.register_structure_hook_func(lambda kind: kind == Task, tasks.decode)
    return converter


_EVENTS: Final = _Union(Event, make_converter())


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _clean_tree(tree: Any) -> Any:
    match tree:
        case str():
            return clean_text(tree)
        case dict():
            return {clean_text(name): _clean_tree(value) for name, value in tree.items()}
        case list() | tuple():
            return [_clean_tree(value) for value in tree]
        case _:
            return tree


def _why(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
