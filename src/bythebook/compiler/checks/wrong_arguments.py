"""What a function takes is not what the document says it takes."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.source.diagnostic import Diagnostic, error

NAME = "wrong-arguments"


def _run(context: Context) -> Iterator[Diagnostic]:
    parameters = {
        definition.name: tuple(parameter.name for parameter in definition.parameters)
        for definition in context.routine.functions
    }
    for line, call in context.calls():
        expected = parameters.get(call.function)
        if expected is not None and call.arguments and len(call.arguments) != len(expected):
            given = _list(call.arguments)
            yield error(
                NAME,
                f"line {line.label} gives {given} to `{call.function}`, its definition says {_list(expected)}",
                context.place(line.span, call.function),
                "not the parameters of its definition",
                help=f"write: Call the `{_call(call.function, expected)}` function.",
            )
    for definition in context.routine.functions:
        bound = (context.signatures or {}).get(definition.name)
        named = parameters[definition.name]
        if bound is not None and set(bound) != set(named):
            yield error(
                NAME,
                f"`{definition.name}` takes {_list(named)} here, and {_list(bound)} in Python",
                definition.span,
                "not the parameters of the Python function",
                help=f"write: **Parameters**: {_list(bound) if bound else 'None.'}",
            )


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) if names else "nothing"


def _call(function: str, names: tuple[str, ...]) -> str:
    return f"{function}({', '.join(names)})" if names else function


CHECK = Check(NAME, __doc__ or "", _run)
