"""A call gives some of the values that a function takes, and leaves others out."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.checks.wrong_arguments import call_of, names_of
from bythebook.routine.model import FunctionDefinition
from bythebook.routine.value import fixed_value
from bythebook.source.diagnostic import Diagnostic, Label, Severity

NAME = "missing-argument"


def _run(context: Context) -> Iterator[Diagnostic]:
    definitions = {definition.name: definition for definition in context.routine.functions}
    for line, call in context.calls():
        definition = definitions.get(call.function)
        expected = tuple(parameter.name for parameter in definition.parameters) if definition is not None else ()
        if definition is None or not 0 < len(call.arguments) < len(expected):
            continue
        fixed = (fixed_value(one) for one in call.arguments)
        given = (*call.arguments, *(one[0] for one in fixed if one is not None))
        if definition_holds(definition, given):
            continue
        # Where the names given are others, the first ones are taken by their place.
        missing = tuple(name for name in expected if name not in call.arguments)[
            len(call.arguments) - len(expected) :
        ]
        yield Diagnostic(
            NAME,
            Severity.ERROR,
            f"line {line.label} calls `{call.function}` without {names_of(missing)}",
            Label(context.place(line.span, call.function), f"gives {names_of(call.arguments)} only"),
            (Label(definition.span, f"takes {names_of(expected)}"),),
            f"write: Call the `{call_of(call.function, expected)}` function.",
        )


def definition_holds(definition: FunctionDefinition, given: tuple[str, ...]) -> bool:
    """Tell whether the definition has a value of its own for each parameter that is not given by its name."""
    return all(parameter.default for parameter in definition.parameters if parameter.name not in given)


CHECK = Check(NAME, __doc__ or "", _run)
