"""Fills the holes of approved wording. Only a name in braces is a hole, so a template reaches no further.

How a value is told: text as it is, a number as Python writes it, `True` as "yes" and `False` as "no", None as
nothing, a list one item a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bythebook.routine.value import Scalar, Value

_PARTS: Final = re.compile(r"\{\{|\}\}|\{(?P<name>[^\W\d]\w*)\}|[{}]")


class HoleMissing(KeyError):
    """A template has a hole for which there is nothing."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"there is nothing to fill `{{{self.name}}}` with"


class TemplateBroken(ValueError):
    """A brace that neither belongs to a hole nor is doubled; `offset` is where it stands."""

    def __init__(self, template: str, offset: int) -> None:
        line = template.count("\n", 0, offset) + 1
        super().__init__(
            f"a lone `{template[offset]}` in line {line} of the phrase; "
            "write `{name}` for a hole, `{{` or `}}` for a brace"
        )
        self.offset = offset


def fill(template: str, holes: Mapping[str, Value]) -> str:
    """Return the template with each `{name}` replaced once; raise HoleMissing or TemplateBroken.

    What is filled in is not looked at again: braces in a value stay braces.
    """
    return _PARTS.sub(lambda part: _part(part, template, holes), template)


def holes_of(template: str) -> tuple[str, ...]:
    """Return the names of the template's holes, each once, in order; raise TemplateBroken."""
    names = []
    for part in _PARTS.finditer(template):
        _literal(part, template)
        names.append(part["name"])
    return tuple(dict.fromkeys(name for name in names if name is not None))


def _part(part: re.Match[str], template: str, holes: Mapping[str, Value]) -> str:
    name = part["name"]
    if name is None:
        return _literal(part, template)
    if name not in holes:
        raise HoleMissing(name)
    value = holes[name]
    return "\n".join(map(_told, value)) if isinstance(value, tuple) else _told(value)


def _literal(part: re.Match[str], template: str) -> str:
    if part["name"] is None and len(part[0]) == 1:
        raise TemplateBroken(template, part.start())
    return part[0][0]


def _told(value: Scalar) -> str:
    match value:
        case None:
            return ""
        case True:
            return "yes"
        case False:
            return "no"
        case _:
            return str(value)
