"""A call needs something that no line of the routine finds out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.routine.model import Call, Collect
from bythebook.source.diagnostic import Diagnostic, error, warning

NAME = "unfilled-argument"

KNOWN: Final = frozenset(("customer_id", "user_id", "client_id", "caller_id"))
"""Who the customer is: a fact that a case can begin with."""


def _run(context: Context) -> Iterator[Diagnostic]:
    definitions = {definition.name: definition for definition in context.routine.functions}
    filled: set[str] = set()
    called: str | None = None
    told: set[str] = set()
    for line in context.routine.lines:
        if isinstance(line.instruction, Collect):
            filled |= {slot.name for slot in line.instruction.slots}
        if not isinstance(line.instruction, Call):
            continue
        call = line.instruction
        definition = definitions.get(call.function)
        needed = call.arguments
        if not needed and definition is not None:
            needed = tuple(parameter.name for parameter in definition.parameters)
        for name in needed:
            if name in filled or name in told:
                continue
            told.add(name)
            place = context.place(line.span, name)
            place = context.place(line.span, call.function) if place == line.span else place
            message = f"line {line.label} needs `{name}`, which no line finds out"
            if called is not None or name in KNOWN:
                source = f"a field of that name that `{called}` returns, or a" if called is not None else "a"
                yield warning(
                    NAME,
                    message,
                    place,
                    f"filled by {source} fact of the case",
                    help="leave it if a function returns it or the case begins with it; else ask for it before",
                )
            else:
                words = name.replace("_", " ")
                yield error(
                    NAME,
                    message,
                    place,
                    f"`{name}` is not known here",
                    help=f"ask for it before: Ask the customer for their {words}.",
                )
        called = call.function


CHECK = Check(NAME, __doc__ or "", _run)
