"""A call needs something that no line of the routine finds out."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.source.diagnostic import Diagnostic, error

NAME = "unfilled-argument"


def _run(context: Context) -> Iterator[Diagnostic]:
    definitions = {definition.name: definition for definition in context.routine.functions}
    for line, call in context.calls():
        definition = definitions.get(call.function)
        needed = call.arguments
        if not needed and definition is not None:
            needed = tuple(parameter.name for parameter in definition.parameters)
        for name in needed:
            place = context.place(line.span, name)
            yield error(
                NAME,
                f"line {line.label} needs `{name}`, which no line finds out",
                context.place(line.span, call.function) if place == line.span else place,
                f"`{name}` is not known here",
                help="take the parameter out: questions that collect such values are not understood yet",
            )


CHECK = Check(NAME, __doc__ or "", _run)
