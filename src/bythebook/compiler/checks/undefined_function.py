"""The routine calls a function that the document does not define; its calls alone say what it takes."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.checks.unknown_function import nearest_names
from bythebook.source.diagnostic import Diagnostic, error, warning

NAME = "undefined-function"


def _run(context: Context) -> Iterator[Diagnostic]:
    told = {definition.name for definition in context.routine.functions} | set(nearest_names(context))
    for line, call in context.calls():
        if call.function in told:
            continue
        told.add(call.function)
        implied = f"{call.function}({', '.join(call.arguments)})"
        place = context.place(line.span, call.function)
        if context.signatures is not None and call.function not in context.signatures:
            yield error(
                NAME,
                f"`{call.function}` is defined nowhere, and no Python function stands behind it",
                place,
                "called, but neither defined nor bound",
                help=f"write in functions.py: @function, then: def {implied}: ...",
            )
        elif context.signatures is None:
            yield warning(
                NAME,
                f"the routine calls `{call.function}`, which the document does not define",
                place,
                f"called as {implied}",
                help=f"define it under Function Definitions: - `{implied}`: what it does",
            )


CHECK = Check(NAME, __doc__ or "", _run)
