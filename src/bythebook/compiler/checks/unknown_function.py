"""The routine calls a function that the document does not define."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.source.diagnostic import Diagnostic, error
from bythebook.source.suggest import did_you_mean

NAME = "unknown-function"
CANDIDATES_MAX: Final = 200
"""Definitions looked through for a name that is near, and calls that get such a suggestion."""


def _run(context: Context) -> Iterator[Diagnostic]:
    defined = {definition.name: None for definition in context.routine.functions}
    nearest: dict[str, str | None] = {}
    for line, call in context.calls():
        name = call.function
        if name in defined:
            continue
        if name not in nearest and len(nearest) < CANDIDATES_MAX:
            nearest[name] = did_you_mean(name, islice(defined, CANDIDATES_MAX))
        yield error(
            NAME,
            f"the routine calls `{name}`, which is defined nowhere",
            context.place(line.span, name),
            "not among the function definitions",
            help=nearest.get(name) or f"define it under Function Definitions: - `{name}`:",
        )


CHECK = Check(NAME, __doc__ or "", _run)
