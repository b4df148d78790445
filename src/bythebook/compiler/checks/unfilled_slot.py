"""A call, a message or a condition needs a value that no line of the routine finds out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.holes import HOLE, KNOWN, Found, inside
from bythebook.compiler.resolution import resolves_by_name
from bythebook.routine.compared import leaves
from bythebook.routine.model import Ask, Call, Collect, Compare, Condition, Line, Say, Slot, Step
from bythebook.routine.value import fixed_value
from bythebook.source.diagnostic import Diagnostic, error, warning
from bythebook.source.span import Span

NAME = "unfilled-slot"


def _run(context: Context) -> Iterator[Diagnostic]:
    yield from _in_calls(context)
    yield from _in_conditions(context)
    definitions = {definition.name: definition for definition in context.routine.functions}
    told = Found()
    for line in context.routine.lines:
        if isinstance(line.instruction, Say | Ask | Collect) and line.instruction.text is not None:
            yield from _in_message(line, told, context)
        told.add(line, definitions)


def _in_calls(context: Context) -> Iterator[Diagnostic]:
    parameters = {
        definition.name: tuple(parameter.name for parameter in definition.parameters if not parameter.default)
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


def _in_conditions(context: Context) -> Iterator[Diagnostic]:
    """Yield what is said of values that conditions in plain words compare, and that nothing can give.

    A function that does not say what it returns may return anything, and a name in backticks or with an underscore is
    one that its author knows.
    """
    told = Found()
    definitions = {definition.name: definition for definition in context.routine.functions}
    names = KNOWN | {name for _, call in context.calls() for name in call.arguments}
    names |= {slot.name for line in context.routine.lines for slot in _slots(line)}
    names |= {name for own in (context.beside.returned or {}).values() for name in own}
    for step in context.routine.steps:
        holders: tuple[Step | Line, ...] = (step, *step.lines)
        for holder in holders:
            condition = holder.condition
            if condition is not None and condition.test is not None:
                yield from _compared(holder.label, condition, (names, told.names), context)
            if isinstance(holder, Line):
                seen = len(told.untold)
                told.add(holder, definitions)
                if any(not resolves_by_name(name) for name in told.untold[seen:]):
                    return  # it may return anything


def _compared(label: str, condition: Condition, known: Sequence[Set[str]], context: Context) -> Iterator[Diagnostic]:
    if re.search(r"[`_]", context.file.slice(condition.span)):
        return
    for leaf in leaves(condition.test) if condition.test is not None else ():
        if (
            isinstance(leaf, Compare)
            and leaf.operator not in ("==", "!=")
            and not any(leaf.name in own for own in known)
        ):
            yield warning(
                NAME,
                f"line {label} compares `{leaf.name}`, which no line finds out",
                condition.span,
                f"decided by a fact `{leaf.name}` of the case",
                help="leave it if it is known when a case begins; else name what was asked for, or what is returned",
            )


def _slots(line: Line) -> tuple[Slot, ...]:
    return line.instruction.slots if isinstance(line.instruction, Collect) else ()


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
