"""Arguments that no step asks for by their name, taken from what one asks for by another.

"account_identifier (organization ID/invoice number/email address)": the email address that the customer gave is one.
A call without arguments takes what its definition, or its Python function, says it takes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bythebook.compiler.returned import fields_of
from bythebook.compiler.slots import type_of
from bythebook.compiler.targets import roots_of
from bythebook.compiler.text import snake
from bythebook.compiler.value_lists import VALUES_MIN, value_lists, values_in
from bythebook.routine.model import Call, Collect, FunctionDefinition, Line, Parameter, Slot, SlotType, Step
from bythebook.routine.value import fixed_value
from bythebook.source.span import SourceFile, Span

_PLAIN: Final = frozenset((SlotType.EMAIL, SlotType.PHONE))
"""Types of which any value is one, whatever it is for."""


def as_meant(
    steps: Sequence[Step], functions: Sequence[FunctionDefinition], signatures: Mapping[str, tuple[str, ...]]
) -> tuple[Step, ...]:
    """Return the steps with each argument as what it is: the name of a value, or a value that the document writes.

    Words in quotation marks are a value, unless they name what is asked for or taken; words without are one where the
    definition lists them among the values of that parameter.
    """
    definitions = {definition.name: definition for definition in functions}
    slots = (line.instruction.slots for step in steps for line in step.lines if isinstance(line.instruction, Collect))
    names = {slot.name for own in slots for slot in own}
    names |= {name for own in (*signatures.values(), *map(_names, functions)) for name in own}
    names |= {one.name for definition in functions for one in fields_of(definition.purpose)}

    def meant(line: Line) -> Line:
        call = line.instruction
        if not isinstance(call, Call) or not call.arguments:
            return line
        definition = definitions.get(call.function)
        given = tuple(_meant(one, at, definition, names) for at, one in enumerate(call.arguments))
        return replace(line, instruction=replace(call, arguments=given)) if given != call.arguments else line

    return tuple(replace(step, lines=tuple(map(meant, step.lines))) for step in steps)


def _meant(given: str, at: int, definition: FunctionDefinition | None, names: Collection[str]) -> str:
    bare = given.strip('"')
    if bare != given:
        return bare if bare in names else given
    if definition is None or given in names or at >= len(definition.parameters):
        return given
    parameter = definition.parameters[at]
    told = re.search(rf"\b{parameter.name}`?(?: is| can be| may be|:)? (?P<list>[^.;()]+)", definition.purpose)
    lists = (*value_lists(parameter.about), values_in(told["list"]) if told is not None else ())
    listed = [value for values in lists if len(values) >= VALUES_MIN for value in values]
    return f'"{given}"' if given.casefold() in map(str.casefold, listed) else given


def taking(
    functions: Sequence[FunctionDefinition], silent: Collection[str], steps: Sequence[Step], file: SourceFile
) -> tuple[FunctionDefinition, ...]:
    """Return the definitions; those that are silent on what they take do take what the calls give them by name."""
    calls: dict[str, list[tuple[Line, Call]]] = {}
    for line in (line for step in steps for line in step.lines):
        if isinstance(line.instruction, Call) and line.instruction.arguments:
            calls.setdefault(line.instruction.function, []).append((line, line.instruction))

    def taken(one: FunctionDefinition) -> FunctionDefinition:
        given = [(line, _given_by_name(call)) for line, call in calls.get(one.name, ()) if one.name in silent]
        line, longest = max(given, key=lambda pair: len(pair[1]), default=(None, ()))
        if line is None or "" in longest or not all(set(names) <= set(longest) for _, names in given):
            return one  # a value without a name, or calls that give different things: for the author to say
        places = [file.text.find(name, line.span.start, line.span.end) for name in longest]
        named = [
            Parameter(name, Span(at, at + len(name))) for name, at in zip(longest, places, strict=True) if at >= 0
        ]
        return replace(one, parameters=tuple(named)) if len(named) == len(longest) else one

    return tuple(map(taken, functions))


def _given_by_name(call: Call) -> tuple[str, ...]:
    """Return the names that a call gives values by; an empty one for a value without a name."""
    named = (fixed_value(one) for one in call.arguments)
    return tuple(one if fixed is None else fixed[0] for one, fixed in zip(call.arguments, named, strict=True))


def fill(
    steps: Sequence[Step], functions: Sequence[FunctionDefinition], signatures: Mapping[str, tuple[str, ...]]
) -> tuple[Step, ...]:
    """Return the steps with such arguments named as what fills them."""
    definitions = {definition.name: definition for definition in functions}
    taken = {**signatures, **{name: _names(one) for name, one in definitions.items()}}
    asked: list[Slot] = []
    filled = []
    for step in steps:
        lines = []
        for line in step.lines:
            if isinstance(line.instruction, Collect):
                asked += line.instruction.slots
            called = _function(line)
            definition = definitions.get(called)
            line = _left_out(line, definition) if definition is not None else line
            lines.append(_filled(_given(line, _needed(taken.get(called, ()), definition, asked)), definition, asked))
        filled.append(replace(step, lines=tuple(lines)))
    return tuple(filled)


def _names(definition: FunctionDefinition) -> tuple[str, ...]:
    return tuple(parameter.name for parameter in definition.parameters)


def _given(line: Line, taken: tuple[str, ...]) -> Line:
    call = line.instruction
    if not isinstance(call, Call) or call.arguments or not taken:
        return line
    return replace(line, instruction=replace(call, arguments=taken))


def _needed(taken: tuple[str, ...], definition: FunctionDefinition | None, asked: Sequence[Slot]) -> tuple[str, ...]:
    """Return what a call without arguments takes; what has a value of its own only where it was asked for."""
    free = {one.name for one in definition.parameters if one.default} if definition is not None else set()
    return tuple(name for name in taken if name not in free or name in {slot.name for slot in asked})


def _left_out(line: Line, definition: FunctionDefinition) -> Line:
    """Give the fixed values of a call their names, where it leaves out parameters that have values of their own."""
    call = line.instruction
    if not isinstance(call, Call) or not 0 < len(call.arguments) < len(definition.parameters):
        return line
    if not any(one.default for one in definition.parameters[len(call.arguments) :]):
        return line
    pairs = zip(call.arguments, definition.parameters, strict=False)
    fixed = ((given, parameter.name, fixed_value(given)) for given, parameter in pairs)
    named = tuple(f"{name}={given}" if value is not None and not value[0] else given for given, name, value in fixed)
    return replace(line, instruction=replace(call, arguments=named))


def _function(line: Line) -> str:
    return line.instruction.function if isinstance(line.instruction, Call) else ""


def _filled(line: Line, definition: FunctionDefinition | None, asked: Sequence[Slot]) -> Line:
    call = line.instruction
    if definition is None or not isinstance(call, Call) or len(call.arguments) != len(definition.parameters):
        return line
    known = {slot.name for slot in asked}
    pairs = zip(call.arguments, definition.parameters, strict=True)
    arguments = tuple(name if name in known else _one_of(parameter, asked) or name for name, parameter in pairs)
    return replace(line, instruction=replace(call, arguments=arguments))


def _one_of(parameter: Parameter, asked: Sequence[Slot]) -> str:
    """Return the one value asked for that is among the forms which the definition lists for a parameter."""
    forms = [form for listed in value_lists(parameter.about) for form in listed]
    found = {slot.name for form in forms for slot in asked if _is(slot, form)}
    return found.pop() if len(found) == 1 else ""


def _is(slot: Slot, form: str) -> bool:
    kind = type_of(form)
    return roots_of(snake(form)) == roots_of(slot.name) or (kind in _PLAIN and kind is slot.type)
