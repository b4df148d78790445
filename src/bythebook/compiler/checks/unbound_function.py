"""The routine calls a function that no Python function stands behind."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.source.diagnostic import Diagnostic, error

NAME = "unbound-function"


def _run(context: Context) -> Iterator[Diagnostic]:
    if context.signatures is None:
        return
    called = {call.function for _, call in context.calls()}
    for definition in context.routine.functions:
        if definition.name in called and definition.name not in context.signatures:
            parameters = ", ".join(f"{parameter.name}: str" for parameter in definition.parameters)
            yield error(
                NAME,
                f"no Python function stands behind `{definition.name}`",
                definition.span,
                "called, but not bound",
                help=f"write in functions.py: @function, then: def {definition.name}({parameters}): ...",
            )


CHECK = Check(NAME, __doc__ or "", _run)
