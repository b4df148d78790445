"""Two steps that opposite conditions lead to, of which only one is meant: "Search regular flights", "Search priority
flights".

"If the status is none, go to step 3. If it is not, skip to step 4." says where each begins, and seldom where the
first ends. Where both steps are named alike, one is carried out instead of the other; else the first runs on into the
second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from bythebook.compiler.text import stem
from bythebook.routine.model import Compare, Condition, ConditionKind, Goto, HandOver, Line, Outcome, Step, Test

ONWARD: Final = "(on)"
"""Behind the label of a step: where it goes on, past the step that is carried out instead of it."""

_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_SMALL: Final = frozenset(("the", "an", "and", "or", "with", "for", "of", "to", "by", "in", "on", "from", "using"))
_OTHER_SIDE: Final = {"==": "!=", "!=": "=="}


def with_parallel(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps; one that is carried out instead of the next goes on behind it."""
    found = list(steps)
    places = {step.label: at for at, step in enumerate(found)}
    for first, second in (pair for step in steps for pair in _leading(step)):
        here, there = places.get(first, -1), places.get(second, -1)
        if here < 0 or there != here + 1 or there + 1 >= len(found):
            continue
        one, other, after = found[here], found[there], found[there + 1]
        if not one.lines or one.condition or other.condition or _leaves(one) or not _alike(one.text, other.text):
            continue
        last = one.lines[-1]
        on = Line(f"{one.label}{ONWARD}", last.span, Goto(after.label), implied=True)
        found[here] = replace(one, lines=(*one.lines, on))
    return tuple(found)


def _leading(step: Step) -> Iterator[tuple[str, str]]:
    """Yield the targets of jumps that hang on opposite conditions, beside each other."""
    under: dict[str | None, list[Line]] = {}
    for line in step.lines:
        under.setdefault(line.parent, []).append(line)
    jumps = [
        (line, target)
        for line in step.lines
        if line.condition is not None and (target := _target(line, under.get(line.label, [])))
    ]
    for (one, here), (other, there) in combinations(jumps, 2):
        assert one.condition is not None
        assert other.condition is not None
        if one.parent == other.parent and _opposite(one, one.condition, other.condition):
            yield here, there
            yield there, here


def _target(line: Line, under: Sequence[Line]) -> str:
    """Return where a line goes on, by itself or by the only line under it."""
    jump = under[0] if len(under) == 1 else line
    return jump.instruction.target if isinstance(jump.instruction, Goto) else ""


def _leaves(step: Step) -> bool:
    """Tell whether a step itself says where it goes on."""
    always = (line for line in step.lines if line.parent is None and line.condition is None)
    return any(isinstance(line.instruction, Goto | HandOver) for line in always)


def _opposite(line: Line, one: Condition, other: Condition) -> bool:
    if other.kind is ConditionKind.OTHERWISE:
        return line.label in other.instead_of
    if one.kind is ConditionKind.ANSWER:
        return one.question == other.question and {one.answer, other.answer} == {"yes", "no"}
    return one.test is not None and other.test is not None and _denies(one.test, other.test)


def _denies(one: Test, other: Test) -> bool:
    match one, other:
        case Compare(name=name, operator=sign, value=value), Compare():
            return other == Compare(name, _OTHER_SIDE.get(sign, ""), value)
        case Outcome(function=function, name=name), Outcome():
            return other.function == function and other.name != name
        case _:
            return False


def _alike(one: str, other: str) -> bool:
    """Tell whether two titles begin with the same verb, and share half of their words at least."""
    first, second = _words(one), _words(other)
    if not first or not second or first[0] != second[0]:
        return False
    shared = set(first) & set(second)
    return len(shared) > 1 and 2 * len(shared) >= min(len(set(first)), len(set(second)))


def _words(title: str) -> tuple[str, ...]:
    words = (match[0].lower() for match in _WORD.finditer(title))
    return tuple(stem(word) for word in words if word not in _SMALL)
