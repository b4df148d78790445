"""What the author says decides a condition, in the place of what its words say: `phrases.toml` beside a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from bythebook.compiler.judge import FAILURE, SUCCESS
from bythebook.routine.model import All, Any, Compare, Condition, ConditionKind, Line, Not, Outcome, Step, Test, Told


def bind(steps: Sequence[Step], tests: Mapping[str, Test], succeeds: Mapping[str, Test]) -> tuple[Step, ...]:
    """Return the steps with their conditions as the author binds them.

    `tests` are by the label of a step or line; `succeeds` says, by function, which results are a success.
    """
    if not tests and not succeeds:
        return tuple(steps)
    return tuple(
        replace(
            step,
            condition=_bound(step.condition, tests.get(step.label), succeeds),
            lines=tuple(_line(line, tests, succeeds) for line in step.lines),
        )
        for step in steps
    )


def _line(line: Line, tests: Mapping[str, Test], succeeds: Mapping[str, Test]) -> Line:
    return replace(line, condition=_bound(line.condition, tests.get(line.label), succeeds))


def _bound(condition: Condition | None, test: Test | None, succeeds: Mapping[str, Test]) -> Condition | None:
    if condition is None:
        return None
    if test is None:
        return replace(condition, test=_read(condition.test, succeeds)) if condition.test is not None else condition
    kind = ConditionKind.FACT if condition.kind is ConditionKind.FACT else ConditionKind.RESULT
    return replace(condition, kind=kind, test=_read(test, succeeds), question=None, answer="", instead_of=())


def _read(test: Test, succeeds: Mapping[str, Test]) -> Test:
    """Return the test with every outcome of these functions as the author reads it."""
    match test:
        case Outcome(function=function, name=name):
            success = succeeds.get(function)
            if success is None or name not in (SUCCESS, FAILURE):
                return test
            return success if name == SUCCESS else Not(success)
        case Compare() | Told():
            return test
        case Not(test=inner):
            return Not(_read(inner, succeeds))
        case All(tests=tests):
            return All(tuple(_read(inner, succeeds) for inner in tests))
        case Any(tests=tests):
            return Any(tuple(_read(inner, succeeds) for inner in tests))
        case _:
            assert_never(test)
