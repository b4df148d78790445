"""Reads `functions.toml`: which function stands behind which address. Nothing is fetched and nothing is called here.

A binding that cannot be used is told by its place, and all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlsplit

from bythebook.adapters.http_binding import HOLE, LOOKING, Argument, HttpBinding, Place
from bythebook.adapters.json_schema import SchemaWrong, Shape
from bythebook.adapters.openapi import DescriptionWrong, Operation, operation_of, read_description
from bythebook.compiler.problems import Problems, ReleaseProblem
from bythebook.compiler.release import BINDINGS_PATH, DESCRIPTIONS_PREFIX
from bythebook.compiler.sidecars import read_toml
from bythebook.routine.value import Values
from bythebook.source.suggest import did_you_mean

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
TIMEOUT_MS_MAX: Final = 60_000
TRIES_MAX: Final = 5
CLIENT_ERRORS: Final = range(400, 500)
"""Statuses that may be an answer: 404, for one, says that there is no such order."""

NOTHING: Final = "nothing"
"""The key that says that a function has nothing to do outside."""

_WIRE: Final = ("headers", "query", "status", "timeout_ms", "tries")
_BY_URL: Final = ("url", "method", "arguments", "result", "effect", *_WIRE)
_BY_OPERATION: Final = ("openapi", "operation", "server", "effect", *_WIRE)
_KEYS: Final = tuple(dict.fromkeys((*_BY_URL, *_BY_OPERATION)))
_OURS: Final = frozenset({"idempotency-key", "content-length", "host", "accept-encoding", "transfer-encoding"})


@dataclass(frozen=True, slots=True)
class FunctionFile:
    """What stands in a functions.toml."""

    bindings: Mapping[str, HttpBinding] = field(default_factory=dict)
    effects: Mapping[str, bool] = field(default_factory=dict)
    """By function in Python: whether it changes something outside, whatever its own declaration says."""

    broken: frozenset[str] = frozenset()
    nothing: frozenset[str] = frozenset()
    """The functions that have nothing to do outside, and return nothing."""

    problems: tuple[ReleaseProblem, ...] = ()


class _Wrong(Exception):
    """What is wrong with one key, and what to write; it ends the reading of this binding alone."""

    def __init__(self, message: str, help: str, *path: str) -> None:
        super().__init__(message)
        self.help = help
        self.path = path


def description_path(openapi: str) -> str:
    """Return where a description stands beside the document: the path given, or for an address a name of its own."""
    parts = urlsplit(openapi)
    if parts.scheme not in ("http", "https"):
        return openapi
    words = "".join(letter if letter.isalnum() else "-" for letter in f"{parts.netloc}{parts.path}")
    name = "-".join(filter(None, words.lower().removesuffix("-json").removesuffix("-yaml").split("-")))
    return f"{DESCRIPTIONS_PREFIX}{name}.json"


def addresses_of(raw: bytes | None) -> tuple[str, ...]:
    """Return the addresses of the descriptions that a functions.toml names, each once."""
    tables = _functions(read_toml(raw, Problems.of(BINDINGS_PATH, raw)))
    given = (table.get("openapi") for _, table in tables)
    return tuple(dict.fromkeys(one for one in given if isinstance(one, str) and one.startswith(("https:", "http:"))))


def read_function_file(files: Mapping[str, bytes], python: Sequence[str] = ()) -> FunctionFile:
    """Return the bindings of a release's files; `python` are the functions that functions.py binds."""
    raw = files.get(BINDINGS_PATH)
    if raw is None:
        return FunctionFile()
    problems = Problems.of(BINDINGS_PATH, raw)
    top = read_toml(raw, problems)
    for key in top:
        if key != "function":
            _unknown(key, ("function",), "the file", problems, (key,))
    bindings: dict[str, HttpBinding] = {}
    effects: dict[str, bool] = {}
    broken: set[str] = set()
    nothing: set[str] = set()
    for name, table in _functions(top):
        try:
            if name in python:
                effects[name] = _of_python(name, table)
            elif NOTHING in table:
                _of_nothing(table)
                nothing.add(name)
            else:
                bindings[name] = _binding(name, table, files, problems)
        except _Wrong as wrong:
            broken.add(name)
            at = problems.places.at("function", name, *wrong.path)
            problems.error("broken-binding", f"[function.{name}] {wrong}", wrong.help, at)
    return FunctionFile(bindings, effects, frozenset(broken), frozenset(nothing), tuple(problems.found))


def _functions(top: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    tables = top.get("function", {})
    for name, table in tables.items() if isinstance(tables, Mapping) else ():
        yield name, table if isinstance(table, Mapping) else {}


def _of_python(name: str, table: Mapping[str, Any]) -> bool:
    other = next((key for key in table if key != "effect"), None)
    if other is not None:
        message = f"has `{other}`, and `{name}` is a function of functions.py too"
        raise _Wrong(message, "keep one of the two: remove it here, or there", other)
    return _flag(table, "effect", default=True)


def _of_nothing(table: Mapping[str, Any]) -> None:
    other = next((key for key in table if key != NOTHING), None)
    if other is not None or table[NOTHING] is not True:
        raise _Wrong(
            "says `nothing` and something else", f"write: {NOTHING} = true, and nothing more", other or NOTHING
        )


def _binding(name: str, table: Mapping[str, Any], files: Mapping[str, bytes], problems: Problems) -> HttpBinding:
    if "url" in table and "openapi" in table:
        raise _Wrong("has both `url` and `openapi`", "keep one of the two", "openapi")
    known = _BY_OPERATION if "openapi" in table else _BY_URL if "url" in table else _KEYS
    for key in table:
        if key not in known:
            _unknown(key, known, f"[function.{name}]", problems, ("function", name, key))
    if "openapi" in table:
        binding = _by_operation(name, table, files)
    elif "url" in table:
        binding = _by_url(name, table)
    else:
        help = 'write: url = "https://...", or: openapi = "openapi/orders.json" with operation = "..."'
        raise _Wrong("says nothing of where the function is", help)
    return replace(
        binding,
        headers=_headers(table),
        query=_texts(table, "query"),
        statuses=dict(_statuses(table)),
        effect=_flag(table, "effect", default=binding.method not in LOOKING),
        timeout_ms=_number(table, "timeout_ms", binding.timeout_ms, TIMEOUT_MS_MAX),
        tries=_number(table, "tries", binding.tries, TRIES_MAX),
    )


def _by_url(name: str, table: Mapping[str, Any]) -> HttpBinding:
    url = _address(_text(table, "url"), "url")
    method = _text(table, "method", "POST").upper()
    if method not in METHODS:
        help = did_you_mean(method, METHODS) or f"use one of {', '.join(METHODS)}"
        raise _Wrong(f"has the method `{method}`, which is none", help, "method")
    body = _shape(table.get("arguments", []), "arguments")
    holes = HOLE.findall(url)
    rest = Place.QUERY if method in (*LOOKING, "DELETE") else Place.BODY
    arguments = [
        Argument(one, Place.PATH if one in holes else rest, one in body.required(), Shape(schema, body.components))
        for one, schema in body.properties().items()
    ]
    known = {one.name for one in arguments}
    arguments = [replace(one, required=True) if one.place is Place.PATH else one for one in arguments]
    arguments += [Argument(hole, Place.PATH) for hole in dict.fromkeys(holes) if hole not in known]
    left = {key: value for key, value in body.schema.items() if key not in ("properties", "required")}
    checked = Shape(
        {
            **left,
            "properties": {one.name: one.shape.schema for one in arguments if one.place is Place.BODY},
            "required": [one.name for one in arguments if one.place is Place.BODY and one.required],
        }
    )
    return HttpBinding(name, method, url, tuple(arguments), checked, _shape(table.get("result", {}), "result"))


def _by_operation(name: str, table: Mapping[str, Any], files: Mapping[str, bytes]) -> HttpBinding:
    given = _text(table, "openapi")
    path = description_path(given)
    if not path.startswith(DESCRIPTIONS_PREFIX):
        help = f'move it there: openapi = "{DESCRIPTIONS_PREFIX}{path.rpartition("/")[2]}"'
        raise _Wrong(f"names the description `{given}`, outside of {DESCRIPTIONS_PREFIX}", help, "openapi")
    raw = files.get(path)
    if raw is None:
        help = f"put it there: {path}" if path == given else "fetch it once: bythebook functions DOCUMENT --fetch"
        raise _Wrong(f"names the description `{given}`, which is not beside the document", help, "openapi")
    try:
        found = operation_of(read_description(raw), _text(table, "operation"))
    except DescriptionWrong as wrong:
        raise _Wrong(str(wrong), wrong.help, wrong.key) from wrong
    server = _address(_text(table, "server", found.server), "server" if "server" in table else "openapi")
    _checked(found)
    url = server.rstrip("/") + found.path
    return HttpBinding(name, found.method, url, found.arguments, found.body, found.result)


def _checked(found: Operation) -> None:
    for shape in (found.body, found.result, *(one.shape for one in found.arguments)):
        try:
            shape.check()
        except SchemaWrong as wrong:
            raise _Wrong(
                f"is described by a schema that cannot be used: {wrong}", "correct it there", "openapi"
            ) from (wrong)


def _shape(given: object, key: str) -> Shape:
    """Return a schema as it is given: a list of names, or a table of JSON Schema."""
    if isinstance(given, list) and all(isinstance(one, str) and one for one in given):
        return Shape({"type": "object", "properties": {one: {} for one in given}, "required": given})
    if not isinstance(given, Mapping):
        help = f'write: {key} = ["order_id"], or a table of JSON Schema under it' if key == "arguments" else ""
        raise _Wrong(f"has no schema under `{key}`", help or "write a table of JSON Schema under it", key)
    shape = Shape(given)
    try:
        shape.check()
    except SchemaWrong as wrong:
        raise _Wrong(f"has a schema under `{key}` that cannot be used: {wrong}", "correct it", key) from wrong
    if key == "arguments" and not shape.properties():
        raise _Wrong("names no argument under `arguments`", 'write: arguments = ["order_id"], or leave it out', key)
    return shape


def _address(url: str, key: str) -> str:
    help = f'write it whole: {key} = "https://..."'
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  a port that is no number is told when it is asked for
    except ValueError:
        raise _Wrong(f"points at `{url}`, which is no address", help, key) from None
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise _Wrong(f"points at `{url}`, which is no address", help, key)
    if "@" in parts.netloc:
        help = 'keep it as a secret: headers = { Authorization = "Basic ${ORDERS_LOGIN}" }'
        raise _Wrong("holds a name or password in its address, which everybody could read here", help, key)
    if "{" in parts.netloc or not url.isascii():
        raise _Wrong("has a host that is not written out", help, key)
    return url.partition("#")[0]


def _headers(table: Mapping[str, Any]) -> Mapping[str, str]:
    found = _texts(table, "headers")
    for name, value in found.items():
        if not name.replace("-", "").isalnum() or not name.isascii() or not (value.isprintable() and value.isascii()):
            raise _Wrong(f"has the header `{name}`, which cannot be sent", "use letters, digits and `-`", "headers")
        if name.lower() in _OURS:
            raise _Wrong(f"has the header `{name}`, which is sent by itself", "remove it", "headers")
    return found


def _statuses(table: Mapping[str, Any]) -> Iterator[tuple[int, Values]]:
    given = table.get("status", {})
    for name, fields in given.items() if isinstance(given, Mapping) else [("", {})]:
        told = fields if isinstance(fields, Mapping) else {"": None}
        bare = all(isinstance(one, str | int | float) for one in told.values())
        if not (name.isdigit() and int(name) in CLIENT_ERRORS) or not bare:
            help = "write, for one: status.404 = { found = false }"
            raise _Wrong("has no result under a status from 400 to 499", help, "status")
        yield int(name), dict(told)


def _texts(table: Mapping[str, Any], key: str) -> Mapping[str, str]:
    found = table.get(key, {})
    if not isinstance(found, Mapping) or not all(isinstance(one, str) for one in found.values()):
        raise _Wrong(f"has no texts under `{key}`", f'write: {key} = {{ name = "..." }}', key)
    return found


def _text(table: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise _Wrong(f"has no words for `{key}`", f'write: {key} = "..."', key)
    return value.strip()


def _flag(table: Mapping[str, Any], key: str, *, default: bool) -> bool:
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise _Wrong(f"`{key}` is neither true nor false", f"write: {key} = true", key)
    return value


def _number(table: Mapping[str, Any], key: str, default: int, most: int) -> int:
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise _Wrong(f"`{key}` is not a whole number from 1 to {most}", f"write: {key} = {default}", key)
    return value


def _unknown(key: str, known: tuple[str, ...], where: str, problems: Problems, path: tuple[str, ...]) -> None:
    help = did_you_mean(key, known) or f"use: {', '.join(f'`{name}`' for name in known)}"
    problems.error("unknown-key", f"{where} has `{key}`, which means nothing here", help, problems.places.at(*path))
