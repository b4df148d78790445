"""The routine calls a function that the document does not define; its calls alone say what it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.checks.unknown_function import nearest_names
from bythebook.routine.model import RESOLUTION_FUNCTION
from bythebook.source.diagnostic import Diagnostic, Label, Severity, error, warning
from bythebook.source.span import Span

NAME = "undefined-function"


def _run(context: Context) -> Iterator[Diagnostic]:
    told = {definition.name for definition in context.routine.functions} | set(nearest_names(context))
    if context.signatures is None:
        # What the house's own function does, everybody knows who reads the manual.
        told.add(RESOLUTION_FUNCTION)
    undefined: dict[str, tuple[Span, str]] = {}
    for line, call in context.calls():
        if call.function not in told and call.function not in undefined:
            place = context.place(line.span, call.function)
            undefined[call.function] = (place, f"{call.function}({', '.join(call.arguments)})")
    if context.signatures is not None:
        for function, (place, implied) in undefined.items():
            if function not in context.signatures:
                yield error(
                    NAME,
                    f"`{function}` is defined nowhere, and no Python function stands behind it",
                    place,
                    "called, but neither defined nor bound",
                    help=f"write in functions.py: @function, then: def {implied}: ...",
                )
    elif not context.routine.functions and len(undefined) > 1:
        yield _none_defined(undefined)
    else:
        for function, (place, implied) in undefined.items():
            yield warning(
                NAME,
                f"the routine calls `{function}`, which the document does not define",
                place,
                f"called as {implied}",
                help=f"define it under Function Definitions: - `{implied}`: what it does",
            )


def _none_defined(undefined: Mapping[str, tuple[Span, str]]) -> Diagnostic:
    """Return one finding for a document that leaves all definitions to whoever binds the functions."""
    (first, implied), *others = undefined.values()
    return Diagnostic(
        NAME,
        Severity.WARNING,
        f"the document defines none of the {len(undefined)} functions that it calls",
        Label(first, f"called as {implied}"),
        tuple(Label(place, f"called as {other}") for place, other in others),
        f"define them at the end, under Function Definitions: - `{implied}`: what it does",
    )


CHECK = Check(NAME, __doc__ or "", _run)
