"""What a document means by its failures: rules for all of them, and what comes when all attempts have failed.

"If any step fails" is a rule for the whole routine, wherever it stands. A repetition under "if validation fails" that
was made as often as it may be ends the branch: what comes behind it was meant for a success.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bythebook.compiler.judge import FAILURE, still_fails
from bythebook.routine.model import (
    All,
    Any,
    Condition,
    ConditionKind,
    Goto,
    HandOver,
    Line,
    Not,
    Outcome,
    Repeat,
    Step,
    Test,
)

USED_UP: Final = "(end)"
"""Behind the label of a branch: what comes when its attempts have failed, or when a rule for failures is through."""


def with_failures(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps with rules for failures that end somewhere, and an end where attempts are used up."""
    later = _later_failures(steps)
    return tuple(_used_up(_ruled(step), later) for step in steps)


# ---------------------------------------------------------------- rules for all failures


def _ruled(step: Step) -> Step:
    """Within a rule "do it again" means what failed; a rule that goes nowhere else ends with a human."""
    if _is_rule(step.condition):
        return replace(step, lines=_rule_lines(step, step.lines, None, step.label))
    lines = step.lines
    for line in step.lines:
        if _is_rule(line.condition) and not _under_rule(step, line):
            family = _family(step, line.label)
            start = next(at for at, other in enumerate(lines) if other.label == line.label)
            end = start + len(family)
            lines = (*lines[:start], *_rule_lines(step, lines[start:end], line, line.label), *lines[end:])
    return replace(step, lines=lines)


def _rule_lines(step: Step, lines: Sequence[Line], parent: Line | None, label: str) -> tuple[Line, ...]:
    found = tuple(_again(line) for line in lines)
    if any(isinstance(line.instruction, Goto | HandOver) for line in found) or not found:
        return found
    last = found[-1]
    end = HandOver(f"{label}: a call failed")
    return (*found, Line(f"{label}{USED_UP}", last.span, end, parent.label if parent else None, implied=True))


def _again(line: Line) -> Line:
    """Under a rule, "retry" is of what failed, and "if still failing" holds where it comes to it."""
    what, condition = line.instruction, line.condition
    if isinstance(what, Repeat):
        line = replace(line, instruction=replace(what, target=""))
    if condition is not None and still_fails(condition.text):
        line = replace(line, condition=replace(condition, kind=ConditionKind.FAILURE, test=None))
    return line


def _is_rule(condition: Condition | None) -> bool:
    return condition is not None and condition.kind is ConditionKind.FAILURE


def _under_rule(step: Step, line: Line) -> bool:
    above = step.line(line.parent) if line.parent is not None else None
    return above is not None and (_is_rule(above.condition) or _under_rule(step, above))


def _family(step: Step, label: str) -> tuple[Line, ...]:
    family = {label}
    for line in step.lines:
        if line.parent in family:
            family.add(line.label)
    return tuple(line for line in step.lines if line.label in family)


# ---------------------------------------------------------------- attempts that are used up


def _used_up(step: Step, later: Mapping[str, int]) -> Step:
    lines = list(step.lines)
    for repeat in step.lines:
        if not isinstance(repeat.instruction, Repeat) or not repeat.instruction.target:
            continue
        head = _failing_head(step, repeat)
        condition = head.condition if head is not None else step.condition
        functions = _failed_functions(condition)
        label = f"{head.label if head is not None else step.label}{USED_UP}"
        handled = any(later.get(function, -1) > repeat.span.end for function in functions)
        if not functions or handled or any(line.label == label for line in lines):
            continue
        branch = _branch(step, head, functions)
        behind = branch[branch.index(repeat) + 1 :]
        if any(isinstance(line.instruction, Goto | HandOver) for line in behind):
            continue
        last = branch[-1]
        beside = head is repeat or (head is not None and last not in _family(step, head.label))
        end = Line(label, last.span, HandOver(f"{label}: all attempts have failed", used_up=True), implied=True)
        if beside and head is not None:
            end = replace(end, parent=head.parent, condition=head.condition)
        elif head is not None:
            end = replace(end, parent=head.label)
        lines.insert(lines.index(last) + 1, end)
    return replace(step, lines=tuple(lines))


def _failing_head(step: Step, line: Line) -> Line | None:
    """Return the line whose condition a repetition hangs on: itself, or one it stands under; None for the step."""
    at: Line | None = line
    while at is not None and at.condition is None:
        at = step.line(at.parent) if at.parent is not None else None
    return at


def _branch(step: Step, head: Line | None, functions: frozenset[str]) -> tuple[Line, ...]:
    """Return the lines of a branch, and those right behind it that go by the same failure ("if it still fails")."""
    if head is None:
        return step.lines
    found = list(_family(step, head.label))
    for line in step.lines[step.lines.index(found[-1]) + 1 :]:
        if line.parent == head.parent and not _failed_functions(line.condition) & functions:
            break
        found.append(line)
    return tuple(found)


def _later_failures(steps: Sequence[Step]) -> Mapping[str, int]:
    """Return, by function, where the last step begins that goes by its failure: it says what then."""
    found: dict[str, int] = {}
    for step in steps:
        for function in _failed_functions(step.condition):
            found[function] = step.span.start
    return found


def _failed_functions(condition: Condition | None) -> frozenset[str]:
    return _failed_in(condition.test) if condition is not None and condition.test is not None else frozenset()


def _failed_in(test: Test) -> frozenset[str]:
    match test:
        case Outcome(function=function, name=name):
            return frozenset((function,)) if name == FAILURE else frozenset()
        case All(tests=tests) | Any(tests=tests):
            return frozenset().union(*map(_failed_in, tests))
        case Not(test=Outcome(function=function, name=name)):
            return frozenset((function,)) if name != FAILURE else frozenset()
        case _:
            return frozenset()
