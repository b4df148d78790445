"""Conditions in a row leave a case open, and the routine goes on as though nothing had been decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.ranges import At, lay
from bythebook.compiler.runs import Branch, Run, runs
from bythebook.routine.model import Ask, ConditionKind, Goto
from bythebook.source.diagnostic import Diagnostic, Label, Severity
from bythebook.source.span import SourceFile

NAME = "missing-otherwise"
DECIDED = frozenset((ConditionKind.RESULT, ConditionKind.FACT))
"""Conditions that a value decides. What customers say is looked at by its question."""


def _run(context: Context) -> Iterator[Diagnostic]:
    for run in runs(context.routine):
        for chain in _chains(run.branches, context.file):
            finding = _look(chain, run, context.file)
            if finding is not None:
                yield finding
    yield from _questions(context)


def _questions(context: Context) -> Iterator[Diagnostic]:
    """Questions of which one answer has lines, and nothing says what to do at any other."""
    conditions = dict(context.conditions())
    otherwise = {
        label for one in conditions.values() if one.kind is ConditionKind.OTHERWISE for label in one.instead_of
    }
    for line in context.routine.lines:
        ask = line.instruction
        if (
            not isinstance(ask, Ask)
            or not ask.others
            or len(ask.answers) > 1
            or not otherwise.isdisjoint(ask.answers)
        ):
            continue
        named = conditions.get(ask.answers[0])
        if named is not None:
            yield Diagnostic(
                NAME,
                Severity.WARNING,
                f"nothing says what to do when the answer to question {line.label} is not `{named.name}`",
                Label(named.span, "with any other answer the next line comes"),
                (),
                "leave it if that is meant; else say what to do then, in lines under: Otherwise:",
            )


def _chains(branches: Sequence[Branch], file: SourceFile) -> Iterator[tuple[Branch, ...]]:
    """Cut a row where an `if` begins that looks at something else than the one before it."""
    row: list[Branch] = []
    for branch in branches:
        if row and not branch.is_alternative(file) and not _together(row[-1], branch):
            yield tuple(row)
            row = []
        row.append(branch)
    if row:
        yield tuple(row)


def _together(one: Branch, other: Branch) -> bool:
    tests = (one.condition.test, other.condition.test)
    decided = one.condition.kind in DECIDED and other.condition.kind in DECIDED
    return decided and lay([test for test in tests if test is not None]) is not None and None not in tests


def _look(chain: Sequence[Branch], run: Run, file: SourceFile) -> Diagnostic | None:
    if len(chain) < 2 or not {branch.condition.kind for branch in chain} <= DECIDED:
        return None
    tests = [branch.condition.test for branch in chain if branch.condition.test is not None]
    alternatives = any(branch.is_alternative(file) for branch in chain[1:])
    laid = lay(tests) if len(tests) == len(chain) else None
    if laid is None:
        return _finding(chain, run, "") if alternatives else None
    gap = _first([at for at in laid.at if not at.holding], anywhere=alternatives or _falls_into_one(chain, run))
    if gap is None:
        return None
    return _finding(chain, run, f" when `{laid.subject}` {'ends in' if laid.outcome else 'is'} {gap.shown}")


def _first(open_at: Sequence[At], *, anywhere: bool) -> At | None:
    return next((at for at in open_at if at.between), open_at[0] if open_at and anywhere else None)


def _falls_into_one(chain: Sequence[Branch], run: Run) -> bool:
    """Tell whether every branch goes on elsewhere, and what follows is where one of them goes."""
    leaving = [branch.leaving for branch in chain]
    targets = {line.instruction.target for line in leaving if line is not None and isinstance(line.instruction, Goto)}
    return all(line is not None for line in leaving) and run.after(chain[-1])[0] in targets


def _finding(chain: Sequence[Branch], run: Run, when: str) -> Diagnostic:
    which = "neither of these two conditions" if len(chain) == 2 else f"none of these {len(chain)} conditions"
    message = f"{which} holds{when}" if when else f"nothing says what to do when {which} holds"
    _, following = run.after(chain[-1])
    return Diagnostic(
        NAME,
        Severity.WARNING,
        message,
        Label(chain[-1].condition.span, f"then {following} comes next" if following else "then the steps end"),
        tuple(Label(branch.condition.span, "nor this") for branch in chain[:-1]),
        "say what to do then, in lines under: Otherwise:",
    )


CHECK = Check(NAME, __doc__ or "", _run)
