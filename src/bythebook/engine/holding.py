"""Whether a condition holds, by what the case knows: answers, results, facts. Nothing is guessed."""

from __future__ import annotations

import operator
import typing
from collections.abc import Callable, Mapping
from typing import Final, assert_never

from bythebook.engine.state import CaseState
from bythebook.routine.model import (
    All,
    Any,
    Compare,
    Condition,
    ConditionKind,
    Line,
    Not,
    Outcome,
    Routine,
    Step,
    Test,
)
from bythebook.routine.value import Scalar, Value

_COMPARED: Final[Mapping[str, Callable[[typing.Any, typing.Any], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_GOOD: Final = frozenset({"ok", "success", "successful", "found", "valid", "verified", "eligible", "approved"})
_BAD: Final = frozenset({"error", "failed", "failure", "not_found", "invalid", "unverified", "denied", "declined"})


def holds(routine: Routine, state: CaseState, label: str, condition: Condition) -> bool | None:
    """Return whether the condition of the step or line `label` holds; None where nothing decides it yet.

    An alternative (`else if`, `otherwise`) holds only where none of those before it does.
    """
    others = (_condition(routine, other) for other in condition.instead_of)
    if any(holds(routine, state, name, other) for name, other in others if other is not None):
        return False
    match condition.kind:
        case ConditionKind.ANSWER:
            given = state.answers.get(condition.question or "")
            return None if given is None else given == (condition.answer or label)
        case ConditionKind.REPORT:
            return True if label in state.entries else None
        case ConditionKind.OTHERWISE:
            return True
        case ConditionKind.RESULT | ConditionKind.FACT:
            return None if condition.test is None else passes(condition.test, state)
        case _:
            assert_never(condition.kind)


def reachable(routine: Routine, state: CaseState, step: Step, line: Line) -> bool:
    """Whether the line's own condition and those of the lines it stands under hold."""
    at: Line | None = line
    while at is not None:
        if at.condition is not None and holds(routine, state, at.label, at.condition) is not True:
            return False
        at = step.line(at.parent) if at.parent is not None else None
    return True


def passes(test: Test, state: CaseState) -> bool | None:
    """Return what the test gives; None where a value it needs is not known."""
    match test:
        case Outcome(function=function, name=name):
            outcome = state.outcomes.get(function)
            return None if outcome is None else outcome == name
        case Compare(name=name, operator=sign, value=value):
            return _compared(state.facts[name], sign, value) if name in state.facts else None
        case Not(test=inner):
            result = passes(inner, state)
            return None if result is None else not result
        case All(tests=tests):
            results = [passes(inner, state) for inner in tests]
            return False if False in results else None if None in results else True
        case Any(tests=tests):
            results = [passes(inner, state) for inner in tests]
            return True if True in results else None if None in results else False
        case _:
            assert_never(test)


def outcome_of(fields: Mapping[str, Value]) -> str:
    """Return how a call ended, by its result: its `outcome`, else its one yes-or-no field, else its `status`."""
    named = fields.get("outcome")
    if isinstance(named, str):
        return named
    flags = {name: value for name, value in fields.items() if isinstance(value, bool)}
    telling = [value for name, value in flags.items() if name in _GOOD] or list(flags.values())
    if len(telling) == 1:
        return "success" if telling[0] else "failure"
    status = fields.get("status")
    bad = isinstance(status, str) and status.strip().lower().replace(" ", "_") in _BAD
    return "failure" if bad else "success"


def _condition(routine: Routine, label: str) -> tuple[str, Condition | None]:
    found = routine.step(label) or routine.line(label)
    return label, found.condition if found is not None else None


def _compared(left: Value, sign: str, right: Scalar) -> bool | None:
    if isinstance(left, str) and isinstance(right, str):
        left, right = left.strip().lower(), right.strip().lower()
    try:
        return bool(_COMPARED[sign](left, right))
    except TypeError:
        return None
