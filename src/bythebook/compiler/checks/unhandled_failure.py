"""The routine says what to do when a function succeeds, and goes on all the same when it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.ranges import SUCCESS, outcomes_in
from bythebook.compiler.runs import Branch, Run, runs
from bythebook.routine.model import ConditionKind, Goto, Line
from bythebook.source.diagnostic import Diagnostic, Label, Severity
from bythebook.source.span import Span

NAME = "unhandled-failure"

_EVENT: Final = re.compile(r"\b(?:once|after|as soon as|upon)\W*$", re.I)


def _run(context: Context) -> Iterator[Diagnostic]:
    handled = _handled(context)
    calls: dict[str, list[Line]] = {}
    for line, call in context.calls():
        calls.setdefault(call.function, []).append(line)
    told: set[str] = set()
    for row in runs(context.routine):
        for branch in row.branches:
            test = branch.condition.test
            for function, names in (outcomes_in(test) if test is not None else {}).items():
                open_end = names == {SUCCESS} and function not in handled and function not in told
                if not open_end or _leaves(row, branch) or _has_happened(branch, context):
                    continue
                if not any(_may_take_it(other, function) for other in row.branches):
                    told.add(function)
                    before = [line for line in calls.get(function, ()) if line.span < branch.condition.span]
                    yield _finding(function, branch, row, before[-1:])


def _may_take_it(branch: Branch, function: str) -> bool:
    """Tell whether a condition beside it may well speak of the failure, in whatever words."""
    if branch.condition.kind is ConditionKind.REPORT:
        return not branch.is_step
    test = branch.condition.test
    return branch.condition.kind is ConditionKind.RESULT and (test is None or set(outcomes_in(test)) != {function})


def _has_happened(branch: Branch, context: Context) -> bool:
    """Tell whether it is put as what has happened by then: "Once the order is found, ..."."""
    before = context.file.slice(Span(branch.span.start, max(branch.span.start, branch.condition.span.start)))
    return bool(_EVENT.search(before))


def _handled(context: Context) -> set[str]:
    """Return the functions whose failure some condition speaks of, or whose other outcomes an `otherwise` takes."""
    found: set[str] = set()
    by_label = {label: condition for label, condition in context.conditions()}
    for condition in by_label.values():
        tests = [condition.test] if condition.test is not None else []
        if condition.kind is ConditionKind.OTHERWISE:
            before = (by_label.get(label) for label in condition.instead_of)
            tests += [one.test for one in before if one is not None and one.test is not None]
            found |= {function for test in tests for function in outcomes_in(test)}
        else:
            found |= {f for test in tests for f, names in outcomes_in(test).items() if names != {SUCCESS}}
    return found


def _leaves(row: Run, branch: Branch) -> bool:
    """Tell whether success goes on elsewhere, so that what comes next is for failure."""
    leaving = branch.leaving
    if leaving is None:
        return False
    return not (isinstance(leaving.instruction, Goto) and leaving.instruction.target == row.after(branch)[0])


def _finding(function: str, branch: Branch, row: Run, calls: Sequence[Line]) -> Diagnostic:
    _, following = row.after(branch)
    return Diagnostic(
        NAME,
        Severity.WARNING,
        f"{branch.named} is for `{function}` succeeding, and no line says what to do when it does not",
        Label(branch.condition.span, f"else {following} comes next" if following else "else the steps end"),
        tuple(Label(call.span, "called here") for call in calls),
        "say what to do then, in lines under: If it fails, then:",
    )


CHECK = Check(NAME, __doc__ or "", _run)
