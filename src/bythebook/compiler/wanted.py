"""A question whose answer a later call takes asks for a value: "Ask how many months they would like", then `months`.

The argument's own words must stand in the question, or the question word must mean them ("why" is a reason).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bythebook.compiler.slots import slots_in, type_of
from bythebook.compiler.value_lists import VALUES_MIN, values_in
from bythebook.routine.compared import leaves
from bythebook.routine.model import Ask, Call, Collect, Compare, Line, QuestionKind, Slot, SlotType, Step
from bythebook.source.span import SourceFile, Span

ROOT: Final = 4
"""Letters by which a word of a question and one of an argument are told to be one."""

LINES_AHEAD_MAX: Final = 40
"""How many lines after a question a call may take its answer."""

_BRACKETS: Final = re.compile(r"\([^()]*,[^()]*\)")
_HOW_MANY: Final = re.compile(r"\bhow many (?P<what>[a-z]+)\b", re.I)
_WORD: Final = re.compile(r"[a-z]+|\d+")
_LISTED: Final = re.compile(r":\s*(?P<list>[^:.;\"“”?]+\bor\b[^:.;\"“”?]+)[.?]?\s*$", re.I)
_PICKED: Final = frozenset(("chosen", "selected", "preferred", "desired", "requested", "picked", "given"))
"""What an argument's name says of how it was found: `chosen_time` is asked for by "which time"."""

_COUNTED: Final = ("count", "quantity", "number", "amount")
_MEANT: Final = {
    "why": ("reason",),
    "many": _COUNTED,
    "when": ("date", "time", "day"),
    "who": ("name", "person"),
    "where": ("address", "location", "place"),
}
"""What a question word asks for, as arguments are called."""


def with_values(steps: Sequence[Step], file: SourceFile) -> tuple[Step, ...]:
    """Return the steps; an open question for what a later call takes collects it."""
    lines = [line for step in steps for line in step.lines]
    taken = {slot.name for line in lines if isinstance(line.instruction, Collect) for slot in line.instruction.slots}
    values: dict[str, tuple[Slot, ...]] = {}
    for number, line in enumerate(lines):
        if _is_open(line):
            ahead = lines[number + 1 : number + 1 + LINES_AHEAD_MAX]
            slots = (
                _listed(line, ahead, file) or _one(line, ahead, taken, file) or _measured(line, ahead, taken, file)
            )
            if slots:
                values[line.label] = slots
                taken |= {slot.name for slot in slots}
    if not values:
        return tuple(steps)
    return tuple(replace(step, lines=tuple(_collecting(line, values) for line in step.lines)) for step in steps)


def _is_open(line: Line) -> bool:
    ask = line.instruction
    return isinstance(ask, Ask) and ask.kind is QuestionKind.OPEN and not ask.answers


def _wanted(question: str, ahead: Sequence[Line], taken: set[str]) -> tuple[list[str], Line | None]:
    """Return the arguments that a question asks for, and the first line that calls with one of them."""
    words = _WORD.findall(question.lower())
    roots = {word[:ROOT] for word in words}
    for word in words:
        roots |= {meant[:ROOT] for meant in _MEANT.get(word, ())}
    for line in ahead:
        if isinstance(line.instruction, Call):
            names = []
            for name in dict.fromkeys(line.instruction.named):
                own = {part[:ROOT] for part in name.lower().split("_") if part and part not in _PICKED}
                if name not in taken and own and own <= roots:
                    names.append(name)
            if names:
                # "How many items" asks for their number, where the call takes both.
                counted = (
                    [name for name in names if name.lower().split("_")[-1] in _COUNTED] if "many" in words else []
                )
                return counted or names, line
    return [], None


def _listed(line: Line, ahead: Sequence[Line], file: SourceFile) -> tuple[Slot, ...]:
    """Return the values that a list in brackets names ("which medicine (name, strength)"), where calls take them."""
    brackets = _BRACKETS.search(file.text, line.span.start, line.span.end)
    slots = slots_in(file, Span(*brackets.span())) if brackets is not None else ()
    calls = (other.instruction for other in ahead)
    given = {name for call in calls if isinstance(call, Call) for name in call.named}
    return slots if len(slots) > 1 and all(slot.name in given for slot in slots) else ()


def _one(line: Line, ahead: Sequence[Line], taken: set[str], file: SourceFile) -> tuple[Slot, ...]:
    names, call = _wanted(file.slice(line.span), ahead, taken)
    return tuple(_slot(name, line, call, file) for name in names) if call is not None else ()


def _measured(line: Line, ahead: Sequence[Line], taken: set[str], file: SourceFile) -> tuple[Slot, ...]:
    """Return the number that lines behind the question compare: "how many days are left" over "more than 3 days"."""
    asked = _HOW_MANY.search(file.text, line.span.start, line.span.end)
    if asked is None:
        return ()
    beside = [one for one in ahead if one.parent in (line.label, line.parent) and one.condition is not None]
    tests = [one.condition.test for one in beside if one.condition is not None and one.condition.test is not None]
    for leaf in (leaf for test in tests for leaf in leaves(test)):
        named = isinstance(leaf, Compare) and isinstance(leaf.value, int | float) and leaf.name not in taken
        if isinstance(leaf, Compare) and named and leaf.name[:ROOT] == asked["what"].lower()[:ROOT]:
            return (Slot(leaf.name, asked["what"], Span(*asked.span("what")), SlotType.NUMBER),)
    return ()


def _slot(name: str, line: Line, call: Line, file: SourceFile) -> Slot:
    kind = type_of(file.slice(line.span))
    named = type_of(name.replace("_", " "))
    # "with the NUMBER" names `number`, "with the invoice number" `invoice_number`.
    spelled = re.escape(name).replace("_", r"[_\s]+")
    written = re.search(rf"(?<!\w){spelled}(?!\w)(?!\()", file.slice(call.span), re.I)
    place = Span(*written.span()).shift(call.span.start) if written is not None else call.span
    words = (written[0] if written is not None else name).replace("_", " ")
    options = _offered(file.slice(line.span))
    kind = SlotType.CHOICE if options else named if named is not SlotType.TEXT else kind
    return Slot(name, " ".join(words.split()), place, kind, "", options)


def _offered(question: str) -> tuple[str, ...]:
    """Return the values that a question lists behind a colon: "which size they want: small or large"."""
    behind = _LISTED.search(question)
    values = values_in(behind["list"]) if behind is not None else ()
    return values if len(values) >= VALUES_MIN else ()


def _collecting(line: Line, values: dict[str, tuple[Slot, ...]]) -> Line:
    slots = values.get(line.label)
    if slots is None or not isinstance(line.instruction, Ask):
        return line
    return replace(line, instruction=Collect(slots, line.instruction.text))
