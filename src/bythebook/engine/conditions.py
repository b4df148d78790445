"""Who decides a condition: what a customer says at any time, or the walk when it comes to it."""

from __future__ import annotations

from typing import Final

from bythebook.routine.model import Condition, ConditionKind

WALKED: Final = frozenset({ConditionKind.RESULT, ConditionKind.FACT, ConditionKind.FAILURE, ConditionKind.OTHERWISE})


def walked(condition: Condition) -> bool:
    """Whether the walk itself decides the condition: by results, facts, or the yes or no of a question."""
    return condition.kind in WALKED or bool(condition.answer)
