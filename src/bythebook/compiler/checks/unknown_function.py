"""The routine calls a function whose name is not among its definitions, and one of nearly that name is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.source.diagnostic import Diagnostic, error
from bythebook.source.suggest import did_you_mean

NAME = "unknown-function"
CANDIDATES_MAX: Final = 200
"""Definitions looked through for a name that is near, and calls that are looked at."""


def nearest_names(context: Context) -> dict[str, str]:
    """Return, by called name that is not defined, the suggestion of a defined one that is near."""
    defined = {definition.name: None for definition in context.routine.functions}
    called = dict.fromkeys(call.function for _, call in context.calls() if call.function not in defined)
    near = ((name, did_you_mean(name, islice(defined, CANDIDATES_MAX))) for name in islice(called, CANDIDATES_MAX))
    return {name: suggestion for name, suggestion in near if suggestion is not None}


def _run(context: Context) -> Iterator[Diagnostic]:
    nearest = nearest_names(context)
    for line, call in context.calls():
        if call.function in nearest:
            yield error(
                NAME,
                f"the routine calls `{call.function}`, which is defined nowhere",
                context.place(line.span, call.function),
                "not among the function definitions",
                help=nearest[call.function],
            )


CHECK = Check(NAME, __doc__ or "", _run)
