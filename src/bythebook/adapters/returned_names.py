"""The names of the fields that an author's functions may return, read off their source without running them.

A result's type tells them where it is a dataclass or a `TypedDict`; of a mapping only the code does: the texts that
are keys of what it builds.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

Returned = Mapping[str, frozenset[str]]
"""By function: the names that it may return."""


def returned_names(source: bytes, fields: Mapping[str, tuple[str, ...] | None]) -> Returned:
    """Return the names by function; `fields` are those that the types tell, None where only a call can."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return {name: frozenset(known or ()) for name, known in fields.items()}
    # A function may build its result with helpers, so all keys of the file count where the type does not tell.
    keys = frozenset(_keys(tree))
    return {name: frozenset(known) if known is not None else keys for name, known in fields.items()}


def _keys(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Dict(keys=keys):
                found |= {key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)}
            case ast.Subscript(slice=ast.Constant(value=str(key))):
                found.add(key)
            case ast.Call(func=ast.Name(id="dict"), keywords=keywords):
                found |= {keyword.arg for keyword in keywords if keyword.arg is not None}
            case _:
                pass
    return found
