"""The routine says what to do when a function succeeds, and goes on all the same when it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.ranges import SUCCESS, outcomes_in
from bythebook.compiler.runs import Branch, Run, runs
from bythebook.routine.model import ConditionKind, Goto, Line
from bythebook.source.diagnostic import Diagnostic, Label, Severity

NAME = "unhandled-failure"


def _run(context: Context) -> Iterator[Diagnostic]:
    handled = _handled(context)
    calls = {call.function: line for line, call in context.calls()}
    told: set[str] = set()
    for row in runs(context.routine):
        for branch in row.branches:
            test = branch.condition.test
            named = outcomes_in(test) if test is not None else {}
            for function, names in named.items():
                if names != {SUCCESS} or function in handled or function in told:
                    continue
                if _leaves(row, branch):
                    continue
                told.add(function)
                yield _finding(function, branch, row, calls)


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


def _finding(function: str, branch: Branch, row: Run, calls: Mapping[str, Line]) -> Diagnostic:
    _, following = row.after(branch)
    call = calls.get(function)
    return Diagnostic(
        NAME,
        Severity.WARNING,
        f"{branch.named} is for `{function}` succeeding, and no line says what to do when it does not",
        Label(branch.condition.span, f"else {following} comes next" if following else "else the steps end"),
        (Label(call.span, "called here"),) if call is not None else (),
        "say what to do then, in lines under: If it fails, then:",
    )


CHECK = Check(NAME, __doc__ or "", _run)
