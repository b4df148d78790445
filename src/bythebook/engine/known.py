"""What a case knows, by the names that a document uses: slots, facts, and the fields of results.

A document's word for a thing is seldom the field's name to the letter: `client_level` is found as `clientLevel`,
"method" as `payment_method`, and "frequent flyer status" as the one bare value of `get_frequent_flyer_status`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bythebook.engine.outcome import BARE, plain
from bythebook.routine.value import Value, Values

NOTHING: Final = ("", "none", "null", "n/a", "nil", ())
"""What a field may hold where there is nothing."""


def found_as(name: str, facts: Mapping[str, Value]) -> str | None:
    """Return the name under which a value is known: the same, else the same words, however they are joined."""
    if name in facts:
        return name
    wanted = plain(name)
    return next((known for known in facts if plain(known) == wanted), None)


def meant_by(name: str, facts: Mapping[str, Value]) -> str | None:
    """Return what a condition speaks of: what `found_as` finds, else the one field with these words in its name."""
    exact = found_as(name, facts)
    if exact is not None:
        return exact
    wanted = set(plain(name).split("_"))
    fields = [known for known in facts if known != BARE and wanted <= set(plain(known).split("_"))]
    values = {repr(facts[known]) for known in fields}
    return fields[-1] if len(values) == 1 else None


def with_result(facts: Values, function: str, fields: Values) -> dict[str, Value]:
    """Return the facts with what a function returned; one bare value is known by the function's name too."""
    bare = {function: fields[BARE]} if set(fields) == {BARE} else {}
    return {**facts, **fields, **bare}


def is_nothing(value: Value) -> bool:
    """Tell whether a value says that there is none."""
    return value is None or (value.strip().lower() if isinstance(value, str) else value) in NOTHING
