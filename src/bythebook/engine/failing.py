"""What a failed call leads to (R9): what the document says of failures, else the words of the house and a human.

A call has failed where it was tried in vain, and where its result says outright that nothing was done and no
condition of the document looks at that. Either way the lines behind it wait: nothing claims a success.
"""

from __future__ import annotations

from dataclasses import dataclass

from bythebook.engine.holding import compared_in, outcomes_in, passes
from bythebook.engine.known import found_as
from bythebook.engine.menu import slots_of
from bythebook.engine.outcome import comes_to_nothing, refuses
from bythebook.engine.state import BY_HAND, CaseState, PendingCall
from bythebook.engine.walk import under
from bythebook.routine.model import Ask, Call, Condition, ConditionKind, Line, Routine, Say, Step


@dataclass(frozen=True, slots=True)
class Rule:
    """What a document says of failures: lines of one step."""

    step: str
    lines: tuple[str, ...]
    speaks: bool
    """It tells the customer something itself."""


def rule_of(routine: Routine) -> Rule | None:
    """Return what the document says of failures, wherever they happen; None where it says nothing."""
    for step in routine.steps:
        if _is_rule(step.condition):
            return _rule(step, tuple(line.label for line in step.lines))
        for line in step.lines:
            if _is_rule(line.condition):
                return _rule(step, under(step, line.label))
    return None


def why_failed(routine: Routine, state: CaseState, call: PendingCall) -> str | None:
    """Return why a call counts as failed, for the desk; None where it does not."""
    if call.function == BY_HAND:
        return call.failed
    if call.failed is not None:
        return f"{call.function} failed: {call.failed}"
    if call.result is None or _is_looked_at(routine, call):
        return None
    success = routine.succeeds.get(call.function)
    refused = refuses(call.result) if success is None else passes(success, state) is False
    if not refused and success is None and comes_to_nothing(call.result) and (name := _awaited(routine, state, call)):
        return f"{call.function} found nothing, and what follows needs `{name}`"
    return f"{call.function} came back, and did not do it" if refused else None


def _awaited(routine: Routine, state: CaseState, call: PendingCall) -> str | None:
    """Return a value that calls behind this one take, that nobody knows, and that no customer is asked for."""
    lines = tuple(routine.lines)
    behind = lines[[line.label for line in lines].index(call.line) + 1 :]
    asked = {slot.name for line in lines for slot in slots_of(line)}
    names = (name for line in behind if isinstance(line.instruction, Call) for name in line.instruction.named)
    return next((name for name in names if name not in asked and found_as(name, state.facts) is None), None)


def _is_looked_at(routine: Routine, call: PendingCall) -> bool:
    """Whether a condition of the document goes by how the call ended, or by a field of what it returned."""
    holders: tuple[Step | Line, ...] = (*routine.steps, *routine.lines)
    tests = [
        holder.condition.test
        for holder in holders
        if holder.condition is not None and holder.condition.test is not None
    ]
    if any(call.function in outcomes_in(test) for test in tests):
        return True
    names = (name for test in tests for name in compared_in(test))
    return any(found_as(name, call.result or {}) is not None for name in names)


def _is_rule(condition: Condition | None) -> bool:
    return condition is not None and condition.kind is ConditionKind.FAILURE


def _rule(step: Step, labels: tuple[str, ...]) -> Rule:
    lines = (line for line in step.lines if line.label in labels)
    return Rule(step.label, labels, any(isinstance(line.instruction, Say | Ask) for line in lines))
