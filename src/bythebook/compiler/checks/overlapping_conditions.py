"""Two conditions beside each other hold at the same time, or one that comes later never holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.ranges import Laid, lay
from bythebook.compiler.runs import Branch, runs
from bythebook.routine.model import Call, Collect, ConditionKind, Goto, Repeat
from bythebook.source.diagnostic import Diagnostic, Label, Severity

NAME = "overlapping-conditions"
BRANCHES_MAX: Final = 20
"""Conditions in a row that are laid beside each other."""

_DECIDED: Final = frozenset((ConditionKind.RESULT, ConditionKind.FACT))
# Whoever writes so knows that the other holds as well.
_MEANT: Final = re.compile(r"\b(?:also|still|again|too|as well|in addition|even|furthermore|persists?)\b", re.I)


def _run(context: Context) -> Iterator[Diagnostic]:
    for run in runs(context.routine):
        row = [branch for branch in run.branches[:BRANCHES_MAX] if branch.condition.kind in _DECIDED]
        told: set[str] = set()
        for earlier, later in combinations(row, 2):
            finding = _look(earlier, later, context) if later.label not in told else None
            if finding is not None:
                told.add(later.label)
                yield finding


def _look(earlier: Branch, later: Branch, context: Context) -> Diagnostic | None:
    first, second = earlier.condition, later.condition
    laid = lay((first.test, second.test)) if first.test is not None and second.test is not None else None
    if laid is None or _changes(earlier, laid):
        return None
    both = next((at for at in laid.at if at.holding == {0, 1}), None)
    leaving = earlier.leaving
    if leaving is not None and isinstance(leaving.instruction, Goto) and leaving.instruction.target == later.label:
        return None
    alternative = earlier.label in second.instead_of or later.is_alternative(context.file) or leaving is not None
    words = context.file.slice(later.span)
    if both is None or (not alternative and _MEANT.search(words)):
        return None
    if alternative:
        if any(at.holding == {1} for at in laid.at):
            return None
        return _never(earlier, later)
    when = f"`{laid.subject}` {'ends in' if laid.outcome else 'is'} {both.shown}"
    return Diagnostic(
        NAME,
        Severity.WARNING,
        f"both {earlier.named} and {later.named} are carried out when {when}",
        Label(second.span, "holds then"),
        (Label(first.span, "and so does this"),),
        "if only one of them is meant, begin the second with: Else if",
    )


def _never(earlier: Branch, later: Branch) -> Diagnostic:
    return Diagnostic(
        NAME,
        Severity.WARNING,
        f"{later.named} is never carried out",
        Label(later.condition.span, "whenever this holds"),
        (Label(earlier.condition.span, "this holds too, and comes first"),),
        "put the narrower condition first, or change one of the two",
    )


def _changes(branch: Branch, laid: Laid) -> bool:
    """Tell whether carrying out a branch may change what the next one looks at."""
    return any(
        isinstance(line.instruction, Repeat)
        or (isinstance(line.instruction, Call) and (not laid.outcome or line.instruction.function == laid.subject))
        or (isinstance(line.instruction, Collect) and laid.subject in {s.name for s in line.instruction.slots})
        for line in branch.lines
    )


CHECK = Check(NAME, __doc__ or "", _run)
