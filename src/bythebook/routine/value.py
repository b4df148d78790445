"""What slots, facts, arguments and results may hold: plain data that a log can keep."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

Scalar: TypeAlias = str | int | float | bool | None
Value: TypeAlias = Scalar | tuple[Scalar, ...]
Values: TypeAlias = Mapping[str, Value]

_FIXED: Final = re.compile(
    r"""(?:(?P<name>[^\W\d]\w*)\s*[=:]\s*)?(?:(?P<number>-?\d+(?:\.\d+)?)|(?P<truth>true|false)|(?P<quote>["'])(?P<text>.*)(?P=quote))""",
    re.I | re.S,
)


def fixed_value(argument: str) -> tuple[str, Scalar] | None:
    """Return what an argument gives that the document itself writes: its own name for it, where it has one, and the
    value (`5`, `true`, `kind="tea"`); None for an argument that names a value of the case.
    """
    found = _FIXED.fullmatch(argument)
    if found is None:
        return None
    name = found["name"] or ""
    if found["number"] is not None:
        return name, float(found["number"]) if "." in found["number"] else int(found["number"])
    return name, found["truth"].lower() == "true" if found["truth"] is not None else found["text"]
