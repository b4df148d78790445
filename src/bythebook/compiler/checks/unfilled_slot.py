"""A call or a message needs a value that no line of the routine finds out."""

from __future__ import annotations

from collections.abc import Iterator

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.holes import HOLE, KNOWN, Found, inside
from bythebook.routine.model import Ask, Call, Collect, Line, Say
from bythebook.routine.value import fixed_value
from bythebook.source.diagnostic import Diagnostic, error, warning
from bythebook.source.span import Span

NAME = "unfilled-slot"


def _run(context: Context) -> Iterator[Diagnostic]:
    yield from _in_calls(context)
    definitions = {definition.name: definition for definition in context.routine.functions}
    told = Found()
    for line in context.routine.lines:
        if isinstance(line.instruction, Say | Ask | Collect) and line.instruction.text is not None:
            yield from _in_message(line, told, context)
        told.add(line, definitions)


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
            if name not in filled and fixed_value(name) is None:
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
        help = f"ask for it before: Ask the customer for their {words}. "
        help += f'Or, if the word itself is meant, write it in quotation marks: "{name}"'
        return error(NAME, message, place, f"`{name}` is not known here", help=help)
    source = f"a field of that name that `{called}` returns, or a" if called is not None else "a"
    return warning(
        NAME,
        message,
        place,
        f"filled by {source} fact of the case",
        help="leave it if it is known when a case begins (who is signed in), or if a function returns it; "
        f"else ask before: Ask the customer for their {name.replace('_', ' ')}.",
    )


def _in_message(line: Line, told: Found, context: Context) -> Iterator[Diagnostic]:
    raw = context.file.slice(line.span)
    bound = dict(line.holes)
    for match in HOLE.finditer(raw):
        place = Span(line.span.start + match.start(), line.span.start + match.end())
        written = " ".join(match[0].split())
        name = bound.get(written, "")
        words = " ".join(inside(match[0]).replace("_", " ").split()).lower()
        if not name:
            yield error(
                NAME,
                f"line {line.label} leaves `{written}` open, and no line finds out what stands there",
                place,
                "nothing fills it",
                help=f"ask for it before: Ask the customer for their {words}. Or write the words themselves",
            )
        elif name not in told.names | KNOWN:
            yield warning(
                NAME,
                f"line {line.label} tells `{name}`, which no definition says is returned",
                place,
                f"filled by a {f'field of that name that `{told.untold[-1]}` returns' if told.untold else 'fact'}",
                help=f"leave it if the function returns it; else say so in its definition: Returns {name}.",
            )


CHECK = Check(NAME, __doc__ or "", _run)
