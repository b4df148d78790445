"""What branches imply without saying it, made lines of their own, so that the log and `bythebook show` name them.

* `2b>`: of two opposite branches, one goes on with the next step; the other therefore ends the matter.
* `3a!`: a function that hands over by its name or purpose gives the case to a human.
* `4!`: two opposite conditions about the world that nothing finds out: a human does.
* Lines that only a condition sends to ("If they want a refund, follow step 3a.") hang on that condition.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from bythebook.compiler.forms import ON
from bythebook.compiler.opposites import opposites
from bythebook.compiler.people import PEOPLE
from bythebook.compiler.text import plain
from bythebook.routine.model import (
    Call,
    Condition,
    ConditionKind,
    FunctionDefinition,
    Goto,
    Group,
    HandOver,
    Line,
    Step,
)
from bythebook.source.span import SourceFile

NEXT: Final = "next"
"""A jump as written: to the step that follows."""

CLOSING: Final = "closing"
"""A jump to the question whether there is anything else."""

GOES: Final = ">"
HANDS: Final = "!"

_TO_PEOPLE: Final = (
    r"(?:human|live|agents?|supervisors?|managers?|representatives?|specialists?|support|triage|person|people|"
    r"advisors?|staff|operators?|team)"
)
_BY_NAME: Final = re.compile(
    rf"(?:escalate|transfer|hand_?(?:off|over)|connect|forward|redirect|route)(?:_\w+)*_{_TO_PEOPLE}(?:_\w+)*|"
    rf"escalate|hand_?(?:off|over)(?:_to_\w+)?|transfer_to_\w+|escalate_(?:case|issue|call|chat|conversation|ticket)",
    re.I,
)
_BY_PURPOSE: Final = re.compile(
    r"\b(?:transfers?|escalates?|hands?(?: over)?|connects?|forwards?|redirects?|routes?) [^.]*\bto "
    r"(?:an? |the |our )?"
    rf"(?:\w+ )?{_TO_PEOPLE}\b",
    re.I,
)
_ABOUT_PEOPLE: Final = re.compile(rf"\b(?:{PEOPLE}|they|he|she|you)\b(?!['’]s)", re.I)


def hands_over(function: str, purpose: str = "") -> bool:
    """Tell whether a function gives the case to somebody else, by its name or its purpose."""
    return bool(_BY_NAME.fullmatch(function) or _BY_PURPOSE.search(purpose))


def imply(steps: Sequence[Step], functions: Sequence[FunctionDefinition], file: SourceFile) -> tuple[Step, ...]:
    """Return the steps, jumps still as written, with the lines that they imply."""
    purposes = {function.name: function.purpose for function in functions}
    found = []
    for step in steps:
        lines = [part for line in _going_on(step.lines) for part in _handing(line, purposes, file)]
        lines = _with_ends(lines)
        found.append(replace(step, lines=tuple(_found_out(step, lines))))
    return tuple(found)


def gather(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps, jumps leading to labels, with lines that only a condition sends to hanging on it."""
    lines = [line for step in steps for line in step.lines]
    sent_to = Counter(line.instruction.target for line in lines if isinstance(line.instruction, Goto))
    return tuple(replace(step, lines=_gathered(step, sent_to)) for step in steps)


def _going_on(lines: Sequence[Line]) -> list[Line]:
    """Return the lines; a bare "continue" does nothing where more of the step follows, else it is the next step."""
    found = []
    for at, line in enumerate(lines):
        if line.instruction == Goto(ON):
            follows = _follows(line, lines[at + 1 :], {one.label: one for one in lines})
            line = replace(line, instruction=Group() if follows else Goto(NEXT))
        found.append(line)
    return found


def _follows(line: Line, behind: Sequence[Line], by_label: Mapping[str, Line]) -> bool:
    """Whether lines of the step follow that are no other answer beside the line."""
    above: set[str | None] = {None}
    parent = line.parent
    while parent is not None and parent not in above:
        above.add(parent)
        parent = by_label[parent].parent if parent in by_label else None
    return any(other.parent in above and not _is_other_answer(line, other) for other in behind)


def _is_other_answer(line: Line, other: Line) -> bool:
    if line.condition is None or other.condition is None or line.parent != other.parent:
        return False
    same = line.condition.question is not None and line.condition.question == other.condition.question
    return same or other.condition.kind is ConditionKind.OTHERWISE or _opposite(line, other)


def _handing(line: Line, purposes: Mapping[str, str], file: SourceFile) -> tuple[Line, ...]:
    call = line.instruction
    if not isinstance(call, Call) or not hands_over(call.function, purposes.get(call.function, "")):
        return (line,)
    words = plain(file.slice(line.span))
    return line, Line(f"{line.label}{HANDS}", line.span, HandOver(words), line.label, implied=True)


def _with_ends(lines: Sequence[Line]) -> list[Line]:
    """Add, behind each branch whose opposite goes on with the next step, that it does not."""
    found = list(lines)
    for goes_on in lines:
        if goes_on.condition is None or goes_on.instruction != Goto(NEXT):
            continue
        for other in lines:
            beside = other.parent == goes_on.parent and other is not goes_on and other.condition is not None
            if not beside or not _opposite(goes_on, other) or _leaves(other, lines):
                continue
            at = max(place for place, line in enumerate(found) if line.label in _family(other.label, found))
            found.insert(at + 1, Line(f"{other.label}{GOES}", other.span, Goto(CLOSING), other.label, implied=True))
    return found


def _opposite(first: Line, second: Line) -> bool:
    assert first.condition is not None
    assert second.condition is not None
    return opposites(first.condition, second.condition, first.label) or opposites(
        second.condition, first.condition, second.label
    )


def _leaves(line: Line, lines: Sequence[Line]) -> bool:
    family = _family(line.label, lines)
    return any(isinstance(other.instruction, Goto) for other in lines if other.label in family)


def _family(label: str, lines: Sequence[Line]) -> set[str]:
    family = {label}
    for line in lines:
        if line.parent in family:
            family.add(line.label)
    return family


def _found_out(step: Step, lines: Sequence[Line]) -> list[Line]:
    """Add, behind two opposite conditions about the world that nothing decides, that a human finds it out."""
    found = list(lines)
    open_ones = [line for line in lines if line.condition is not None and _undecided(line.condition)]
    for first, second in pairwise(open_ones):
        assert first.condition is not None
        if first.parent != second.parent or not _opposite(first, second):
            continue
        at = max(place for place, line in enumerate(found) if line.label in _family(second.label, found))
        otherwise = replace(
            first.condition, kind=ConditionKind.OTHERWISE, instead_of=(first.label, second.label), question=None
        )
        label = f"{step.label if first.parent is None else first.parent}{HANDS}"
        reason = step.text if first.parent is None and step.condition is None else first.condition.text
        found.insert(at + 1, Line(label, first.span, HandOver(reason), first.parent, otherwise, implied=True))
        break
    return found


def _undecided(condition: Condition) -> bool:
    return condition.kind is ConditionKind.REPORT and not _ABOUT_PEOPLE.search(condition.text)


def _gathered(step: Step, sent_to: Mapping[str, int]) -> tuple[Line, ...]:
    lines = list(step.lines)
    places = {line.label: len(lines) - at for at, line in enumerate(reversed(lines), 1)}
    for place, line in enumerate(lines):
        target = line.instruction.target if isinstance(line.instruction, Goto) else ""
        start = places.get(target, -1)
        if line.condition is None or start <= place or sent_to[target] > 1:
            continue
        body = _body(lines, start, line, sent_to)
        lines[place] = replace(line, instruction=Group())
        for at in body:
            lines[at] = replace(lines[at], parent=line.label)
    return tuple(lines)


def _body(lines: Sequence[Line], start: int, sender: Line, sent_to: Mapping[str, int]) -> list[int]:
    """Return the places of the lines that belong to a jump's target, up to where another branch begins."""
    found = []
    for at in range(start, len(lines)):
        line = lines[at]
        beside = line.parent == lines[start].parent
        if beside and (line.condition is not None or (at > start and sent_to[line.label])):
            break
        if beside and line.parent == sender.parent:
            found.append(at)
    return found
