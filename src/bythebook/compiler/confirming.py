"""Whether "Confirm the mailing address" asks the customer or tells them is said by what stands around it.

Before a call that takes the value, or where nothing was called yet, it is asked: as a yes or no where the customer
gave it already, else as a value. Behind a deed in its step, or a call that took the value, it is told. Else nobody
can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bythebook.compiler.judge import CHECKS
from bythebook.compiler.people import PEOPLE
from bythebook.compiler.returned import fields_of
from bythebook.compiler.slots import names_a_value, slots_in
from bythebook.compiler.targets import roots_of
from bythebook.compiler.text import snake
from bythebook.compiler.wanted import LINES_AHEAD_MAX
from bythebook.compiler.wording_parts import BEFORE
from bythebook.routine.model import (
    Ask,
    Call,
    Collect,
    FunctionDefinition,
    Instruction,
    Line,
    QuestionKind,
    Say,
    Slot,
    Step,
)
from bythebook.source.span import SourceFile, Span

_CONFIRMS: Final = re.compile(
    rf"\W*{BEFORE}confirm (?P<with>with (?:the (?:{PEOPLE})|them|him|her) )?"
    r"(?P<what>(?:the|their|his|her|its|all)\b[^\"“”`:;]*)$",
    re.I,
)
_TOLD: Final = re.compile(
    rf"\b(?:to|for) (?:the (?:{PEOPLE})|them|him|her)\b|\b(?:has|have|had|was|were|is|are|will|can|by|back)\b", re.I
)
"""Behind "confirm the ...", it tells."""

_ADJECTIVE: Final = re.compile(r"(?<![a-z])(?:new|current|correct|full|complete|exact|own|right)_(?=[a-z])")
"""Words of a value's name that make no other value of it."""


LINES_BACK_MAX: Final = 200
"""How many lines back a value was asked for, found out or taken."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands before and behind a line."""

    before: Sequence[Line]
    ahead: Sequence[Line]
    definitions: dict[str, FunctionDefinition]
    step: Sequence[Line]

    def takes(self, slot: Slot, lines: Sequence[Line]) -> bool:
        """Whether one of the lines calls with the value, or with one of its name."""
        return any(_same(slot.name, name) for line in lines for name in self._of_call(line))

    def gives(self, slot: Slot) -> bool:
        """Whether the customer was asked for the value before."""
        asked = (line.instruction.slots for line in self.before if isinstance(line.instruction, Collect))
        return any(_same(slot.name, other.name) for slots in asked for other in slots)

    def returns(self, slot: Slot) -> bool:
        """Whether a call before finds the value out."""
        purposes = (self.definitions.get(call.function) for call in self.calls)
        fields = (one.name for purpose in purposes if purpose is not None for one in fields_of(purpose.purpose))
        return any(_same(slot.name, snake(name)) for name in fields)

    @property
    def calls(self) -> tuple[Call, ...]:
        return tuple(line.instruction for line in self.before if isinstance(line.instruction, Call))

    @property
    def after_a_deed(self) -> bool:
        """Whether something is done in the step before the line, and not only looked up."""
        done = (line.instruction.function for line in self.step if isinstance(line.instruction, Call))
        return any(not CHECKS.match(function) for function in done)

    def _of_call(self, line: Line) -> tuple[str, ...]:
        if not isinstance(line.instruction, Call):
            return ()
        definition = self.definitions.get(line.instruction.function)
        own = tuple(one.name for one in definition.parameters) if definition is not None else ()
        return (*line.instruction.named, *own)


def confirmed(steps: Sequence[Step], functions: Sequence[FunctionDefinition], file: SourceFile) -> tuple[Step, ...]:
    """Return the steps; what is to be confirmed by the customer is asked."""
    asked = {
        line.label: what
        for line, slots, around in _confirming(steps, functions, file)
        if (what := _asked(slots, around)) is not None
    }
    if not asked:
        return tuple(steps)
    return tuple(
        replace(
            step,
            lines=tuple(replace(line, instruction=asked.get(line.label, line.instruction)) for line in step.lines),
        )
        for step in steps
    )


def in_doubt(steps: Sequence[Step], functions: Sequence[FunctionDefinition], file: SourceFile) -> Iterator[Line]:
    """Return the lines that tell a value to be confirmed, and may be meant to ask for it."""
    for line, slots, around in _confirming(steps, functions, file):
        told = around.after_a_deed or any(around.takes(slot, around.before) for slot in slots)
        if not told:
            yield line


def _confirming(
    steps: Sequence[Step], functions: Sequence[FunctionDefinition], file: SourceFile
) -> Iterator[tuple[Line, tuple[Slot, ...], _Around]]:
    lines = [line for step in steps for line in step.lines]
    definitions = {function.name: function for function in functions}
    at = -1
    for step in steps:
        for place, line in enumerate(step.lines):
            at += 1
            if isinstance(line.instruction, Say) and line.instruction.text is None:
                slots = _values(line, file)
                if slots:
                    ahead = lines[at + 1 : at + 1 + LINES_AHEAD_MAX]
                    before = lines[max(0, at - LINES_BACK_MAX) : at]
                    own = step.lines[max(0, place - LINES_BACK_MAX) : place]
                    yield line, slots, _Around(before, ahead, definitions, own)


def _values(line: Line, file: SourceFile) -> tuple[Slot, ...]:
    """Return the values that a line wants confirmed."""
    words = file.slice(line.span)
    start = line.condition.span.end - line.span.start if line.condition is not None else 0
    match = _CONFIRMS.search(words.rstrip(" .\n")[max(0, start) :])
    if match is None or _TOLD.search(match["what"]):
        return ()
    begins = line.span.start + max(0, start) + match.start("what")
    slots = slots_in(file, Span(begins, begins + len(match["what"])))
    return slots if any(names_a_value(slot.words) for slot in slots) else ()


def _asked(slots: tuple[Slot, ...], around: _Around) -> Instruction | None:
    """Return the question that asks for them; nothing where they are told, or may be."""
    wanted = any(around.takes(slot, around.ahead) for slot in slots) and not around.after_a_deed
    if not wanted and around.calls:
        return None
    if any(around.gives(slot) or around.returns(slot) for slot in slots):
        return Ask(None, QuestionKind.YES_NO)
    return Collect(slots)


def _same(one: str, other: str) -> bool:
    first, second = (roots_of(_ADJECTIVE.sub("", name)) for name in (one, other))
    return bool(first and second) and (first <= second or second <= first)
