"""A call or a message needs a value that no line of the routine finds out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.routine.model import Ask, Call, Collect, Line, Say
from bythebook.source.diagnostic import Diagnostic, error, warning
from bythebook.source.span import Span

NAME = "unfilled-slot"

KNOWN: Final = frozenset(("customer_id", "user_id", "client_id", "caller_id"))
"""Who the customer is: a fact that a case can begin with."""

# `{name}`, `{name:s}`, `[NAME]`, `<name>`, `{{name}}`: how authors leave a place in a message open.
_HOLE: Final = re.compile(
    r"\{\{?\s*[A-Za-z_][\w .-]*(?::\w+)?\s*\}?\}|\[(?:[A-Z][A-Z0-9_ ]+|"
    r"(?:insert|your|customer)[^\[\]]{1,40})\](?!\()|<(?!/|https?:|br\b|b>|i>|p>)[A-Za-z_][\w -]*>"
)


def _run(context: Context) -> Iterator[Diagnostic]:
    yield from _in_calls(context)
    for line in context.routine.lines:
        if isinstance(line.instruction, Say | Ask | Collect) and line.instruction.text is not None:
            yield from _in_message(line, context)


def _in_calls(context: Context) -> Iterator[Diagnostic]:
    parameters = {
        definition.name: tuple(parameter.name for parameter in definition.parameters)
        for definition in context.routine.functions
    }
    filled: set[str] = set()
    called: str | None = None
    returned = context.beside.returned
    for line in context.routine.lines:
        if isinstance(line.instruction, Collect):
            filled |= {slot.name for slot in line.instruction.slots}
        if not isinstance(line.instruction, Call):
            continue
        call = line.instruction
        for name in call.arguments or parameters.get(call.function, ()):
            if name not in filled:
                filled.add(name)
                yield _unfilled(line, name, call.function, called, context)
        called = call.function
        if returned is not None:
            filled |= returned.get(call.function, frozenset())


def _unfilled(line: Line, name: str, function: str, called: str | None, context: Context) -> Diagnostic:
    place = context.place(line.span, name)
    place = context.place(line.span, function) if place == line.span else place
    message = f"line {line.label} needs `{name}`, which no line finds out"
    if called is None and name not in KNOWN:
        words = name.replace("_", " ")
        help = f"ask for it before: Ask the customer for their {words}."
        return error(NAME, message, place, f"`{name}` is not known here", help=help)
    source = f"a field of that name that `{called}` returns, or a" if called is not None else "a"
    return warning(
        NAME,
        message,
        place,
        f"filled by {source} fact of the case",
        help="leave it if a function returns it or the case begins with it; else ask for it before",
    )


def _in_message(line: Line, context: Context) -> Iterator[Diagnostic]:
    raw = context.file.slice(line.span)
    for match in _HOLE.finditer(raw):
        yield warning(
            NAME,
            f"line {line.label} says `{match[0]}` as it stands: what is quoted is said word for word",
            Span(line.span.start + match.start(), line.span.start + match.end()),
            "nothing is put in its place",
            help="leave the value out, or let a function's phrase in phrases.toml tell it: [function.NAME]",
        )
        return


CHECK = Check(NAME, __doc__ or "", _run)
