"""Definitions written as JSON in a code block, as developers keep them: a list of names with their parameters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bythebook.compiler.markdown import Row
from bythebook.routine.model import FunctionDefinition, Parameter
from bythebook.source.span import SourceFile, Span

CHARACTERS_MAX: Final = 60_000
"""Longer blocks are not read."""

_FENCE: Final = re.compile(r"(?:`{3,}|~{3,})")
_NAME: Final = re.compile(r"[A-Za-z_]\w*$")


def read_json(rows: Sequence[Row], file: SourceFile) -> tuple[FunctionDefinition, ...]:
    """Return the definitions in the rows of one code block; nothing where they are no JSON, or define nothing."""
    inside = [row for row in rows if not _FENCE.match(file.slice(row.span))]
    if not inside or inside[-1].span.end - inside[0].span.start > CHARACTERS_MAX:
        return ()
    place = Span(inside[0].span.start, inside[-1].span.end)
    try:
        held = json.loads(file.slice(place))
    except (ValueError, RecursionError):
        return ()
    return tuple(_definitions(held, place, file))


def _definitions(held: object, place: Span, file: SourceFile) -> Iterator[FunctionDefinition]:
    inside = held.get("functions", held.get("tools", [held])) if isinstance(held, dict) else held
    for one in inside if isinstance(inside, list) else []:
        entry = one.get("function", one) if isinstance(one, dict) else None
        name = entry.get("name") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(name, str) or not _NAME.match(name):
            continue
        span = _place(name, place, file)
        about = entry.get("description")
        returns = _returned(entry.get("returns"))
        purpose = " ".join(filter(None, (about.strip() if isinstance(about, str) else "", returns)))
        behind = Span(span.end, place.end)
        parameters = tuple(Parameter(key, _place(key, behind, file)) for key in _names(entry.get("parameters")))
        yield FunctionDefinition(name, " ".join(purpose.split()), parameters, span)


def _names(held: object) -> tuple[str, ...]:
    if isinstance(held, Mapping):
        inside = held.get("properties", held)
        held = list(inside) if isinstance(inside, Mapping) else []
    names = [one.get("name") if isinstance(one, Mapping) else one for one in held] if isinstance(held, list) else []
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str) and _NAME.match(name)))


def _returned(held: object) -> str:
    if isinstance(held, str):
        return f"Returns {held}"
    kinds = held.get("properties", held) if isinstance(held, Mapping) else {}
    names = _names(held)
    said = [f"{name} ({kinds[name]})" if isinstance(kinds.get(name), str) else name for name in names]
    return f"Returns {', '.join(said)}" if said else ""


def _place(name: str, place: Span, file: SourceFile) -> Span:
    match = re.compile(rf'"{re.escape(name)}"').search(file.text, place.start, place.end)
    return Span(match.start() + 1, match.end() - 1) if match is not None else Span(place.start, place.start)
