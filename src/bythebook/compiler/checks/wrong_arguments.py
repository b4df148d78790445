"""What a function takes is not what the document says it takes."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.routine.model import Call
from bythebook.routine.value import fixed_value
from bythebook.source.diagnostic import Diagnostic, error

NAME = "wrong-arguments"


def _run(context: Context) -> Iterator[Diagnostic]:
    parameters = {
        definition.name: tuple(parameter.name for parameter in definition.parameters)
        for definition in context.routine.functions
    }
    for line, call in context.calls():
        expected = parameters.get(call.function)
        if expected is not None and len(call.arguments) > len(expected):
            given = names_of(call.arguments)
            yield error(
                NAME,
                f"line {line.label} gives {given} to `{call.function}`, its definition says {names_of(expected)}",
                context.place(line.span, call.function),
                "not the parameters of its definition",
                help=_help(call, expected),
            )
    for definition in context.routine.functions:
        bound = (context.signatures or {}).get(definition.name)
        named = parameters[definition.name]
        if bound is not None and definition.name not in context.beside.elsewhere and set(bound) != set(named):
            yield error(
                NAME,
                f"`{definition.name}` takes {names_of(named)} here, and {names_of(bound)} in Python",
                definition.span,
                "not the parameters of the Python function",
                help=f"write: **Parameters**: {names_of(bound) if bound else 'None.'}",
            )


def _help(call: Call, expected: tuple[str, ...]) -> str:
    """Values that the call gives by name are meant: then it is the definition that lacks them."""
    named = [(one, fixed_value(one)) for one in call.arguments]
    given = tuple(one if fixed is None else fixed[0] for one, fixed in named)
    if any(fixed is not None and fixed[0] for _, fixed in named) and all(given) and set(expected) <= set(given):
        return f"write in its definition: `{call_of(call.function, given)}`"
    return f"write: Call the `{call_of(call.function, expected)}` function."


def names_of(names: tuple[str, ...]) -> str:
    """Return names as a finding lists them."""
    return ", ".join(f"`{name}`" for name in names) if names else "nothing"


def call_of(function: str, names: tuple[str, ...]) -> str:
    """Return a call as an author writes it."""
    return f"{function}({', '.join(names)})" if names else function


CHECK = Check(NAME, __doc__ or "", _run)
