"""Whether a condition holds, by what the case knows: answers, results, facts. Nothing is guessed."""

from __future__ import annotations

import operator
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Final, assert_never

from bythebook.engine.facts import fact_holds
from bythebook.engine.known import is_nothing, meant_by
from bythebook.engine.state import CaseState
from bythebook.routine.compared import leaves
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
    Told,
)
from bythebook.routine.options import option_in
from bythebook.routine.value import Scalar, Value

_COMPARED: Final[Mapping[str, Callable[[typing.Any, typing.Any], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


_WORDED: Final[Mapping[str, bool]] = {"yes": True, "true": True, "no": False, "false": False}
"""What a function says in words where a yes or a no is compared."""


def holds(routine: Routine, state: CaseState, label: str, condition: Condition) -> bool | None:
    """Return whether the condition of the step or line `label` holds; None where nothing decides it yet.

    An alternative (`else if`, `otherwise`) holds only where none of those before it does.
    """
    alternatives = [_condition(routine, other) for other in condition.instead_of]
    held = {name: holds(routine, state, name, other) for name, other in alternatives if other is not None}
    if any(held.values()):
        return False
    match condition.kind:
        case ConditionKind.ANSWER:
            given = state.answers.get(condition.question or "", _to_closing(routine, state, condition))
            if given is None:
                return True if condition.answer in state.entries else None  # a step that the same answer enters
            return given == (condition.answer or label)
        case ConditionKind.REPORT:
            said = label in state.entries or label in state.met
            return True if said else fact_holds(condition.fact, state.facts)
        case ConditionKind.FAILURE:
            return state.failure is not None
        case ConditionKind.OTHERWISE:
            # Where a question lapsed, neither its answers nor what else there is come about.
            # So do those of what a person is to find out, until they have said it.
            told = [(name, other) for name, other in alternatives if other is not None]
            answers = {name for name, other in told if other.question is not None or other.found_at}
            return None if any(held[name] is None for name in answers) else True
        case ConditionKind.RESULT if condition.found_at:
            return fact_holds(condition.fact, state.facts)
        case ConditionKind.RESULT | ConditionKind.FACT:
            return None if condition.test is None else passes(condition.test, state)
        case _:
            assert_never(condition.kind)


def _to_closing(routine: Routine, state: CaseState, condition: Condition) -> str | None:
    """Return the answer to the closing question while a no to it is carried out: it is kept nowhere else."""
    closing = routine.closing_question
    asks_it = closing is not None and condition.question == closing.label
    return "no" if asks_it and state.settled_closing else None


def reachable(routine: Routine, state: CaseState, step: Step, line: Line) -> bool:
    """Whether the line's own condition and those of the lines it stands under hold.

    A branch that was entered by what was found out is carried to its end, whatever its own lines find out since:
    "If the card is missing: put it in; check the card; check the service".
    """
    at: Line | None = line
    while at is not None:
        entered = at is not line and at.label in state.done and _found_out(routine, at.condition)
        if at.condition is not None and not entered and holds(routine, state, at.label, at.condition) is not True:
            return False
        at = step.line(at.parent) if at.parent is not None else None
    return True


def _found_out(routine: Routine, condition: Condition | None) -> bool:
    """Whether results and facts decide a condition, and nobody's answer, which may be corrected."""
    if condition is None:
        return False
    if condition.kind is ConditionKind.OTHERWISE:
        return all(_found_out(routine, _condition(routine, label)[1]) for label in condition.instead_of)
    return condition.kind in (ConditionKind.RESULT, ConditionKind.FACT)


def unsaid(routine: Routine, state: CaseState, step: Step, line: Line) -> bool:
    """Whether the line, or one that it stands under, waits for somebody's word that its condition is met."""
    at: Line | None = line
    while at is not None:
        condition = at.condition
        waits = condition is not None and condition.kind is ConditionKind.REPORT
        if waits and condition is not None and holds(routine, state, at.label, condition) is not True:
            return True
        at = step.line(at.parent) if at.parent is not None else None
    return False


def passes(test: Test, state: CaseState) -> bool | None:
    """Return what the test gives; None where a value it needs is not known."""
    match test:
        case Outcome(function=function, name=name):
            outcome = state.outcomes.get(function)
            return None if outcome is None else outcome == name
        case Compare(name=name, operator=sign, value=value):
            return _compared(meant_by(name, state.facts), sign, value, state.facts)
        case Told(function=function, value=value, among=among):
            fields = state.results.get(function)
            return None if fields is None else told_in(fields, among) == value
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


def compared_in(test: Test) -> tuple[str, ...]:
    """Return the names that a test compares."""
    return tuple(leaf.name for leaf in leaves(test) if isinstance(leaf, Compare))


def outcomes_in(test: Test) -> tuple[str, ...]:
    """Return the functions whose outcome a test goes by."""
    return tuple(leaf.function for leaf in leaves(test) if isinstance(leaf, Outcome))


def told_in(fields: Mapping[str, Value], among: Sequence[str]) -> str | None:
    """Return the one of the values that a result names in any of its fields; None where it names none, or several."""
    named = {option_in(value, among) for value in fields.values() if isinstance(value, str)} - {None}
    return named.pop() if len(named) == 1 else None


def _condition(routine: Routine, label: str) -> tuple[str, Condition | None]:
    found = routine.step(label) or routine.line(label)
    return label, found.condition if found is not None else None


def _compared(name: str | None, sign: str, right: Scalar, facts: Mapping[str, Value]) -> bool | None:
    left = facts[name] if name is not None else None
    if right is None and sign in ("==", "!="):
        return is_nothing(left) == (sign == "==")
    if name is None:
        return None
    if isinstance(left, str) and isinstance(right, bool):
        left = _WORDED.get(left.strip().lower(), left)
    if isinstance(left, str) and isinstance(right, str):
        left, right = left.strip().lower(), right.strip().lower()
    try:
        return bool(_COMPARED[sign](left, right))
    except TypeError:
        return None
