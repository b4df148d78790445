"""Whether a line applies, by the words of the document and by what happened: a second opinion beside the engine's.

What the engine asks before it carries a line out (`engine/holding.py`) is worked out here once more, and not with it:
so a rule that goes missing there shows here. Only what names mean (`engine/known.py`) is taken from it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final, assert_never

from bythebook.engine.facts import fact_holds
from bythebook.engine.known import found_as, is_nothing, meant_by
from bythebook.engine.state import CaseState
from bythebook.routine.compared import Compare
from bythebook.routine.model import (
    All,
    Any,
    Ask,
    Call,
    Collect,
    Condition,
    ConditionKind,
    Group,
    Line,
    Not,
    Outcome,
    Routine,
    Say,
    Step,
    Test,
    Told,
)
from bythebook.routine.options import option_in
from bythebook.routine.value import Scalar, Value
from bythebook.routine.wording import Release

_IN_WORDS: Final[Mapping[str, bool]] = {"yes": True, "true": True, "no": False, "false": False}
_ORDERED: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def applies(routine: Routine, state: CaseState, line: Line) -> bool:
    """Return whether the line's own condition holds, and those of all lines it stands under.

    A branch that results and facts opened stays open while its lines find out more.
    """
    step = routine.step_of(line.label)
    for at in _up(step, line):
        if at.condition is None:
            continue
        opened = at is not line and at.label in state.done and _by_results(routine, at.condition)
        if not opened and met(routine, state, at.label, at.condition) is not True:
            return False
    return True


def met(routine: Routine, state: CaseState, label: str, condition: Condition) -> bool | None:
    """Return whether a condition is met; None where nothing tells."""
    before = {name: _met_at(routine, state, name) for name in condition.instead_of}
    if True in before.values():
        return False
    match condition.kind:
        case ConditionKind.ANSWER:
            given = state.answers.get(condition.question or "")
            closing = routine.closing_question
            if given is None and closing is not None and condition.question == closing.label:
                given = "no" if state.settled_closing else None
            if given is None and condition.answer in state.entries:
                return True
            return None if given is None else given == (condition.answer or label)
        case ConditionKind.REPORT:
            said = label in state.entries or label in state.met
            return said or fact_holds(condition.fact, state.facts)
        case ConditionKind.FAILURE:
            return state.failure is not None
        case ConditionKind.OTHERWISE:
            others = {name: _condition(routine, name) or condition for name in before}
            told = [name for name, other in others.items() if other.question is not None or other.found_at]
            return None if any(before[name] is None for name in told) else True
        case ConditionKind.RESULT if condition.found_at:
            return fact_holds(condition.fact, state.facts)
        case ConditionKind.RESULT | ConditionKind.FACT:
            return None if condition.test is None else _passes(condition.test, state)
        case _:
            assert_never(condition.kind)


def left_out(release: Release, state: CaseState, step: Step) -> Iterator[Line]:
    """Yield the lines of a whole entry that apply and were not dealt with, up to what must be known first."""
    routine = release.routine
    for line in step.lines:
        if line is routine.resolution:
            return
        if not applies(routine, state, line):
            continue
        if _waits(state, line):
            return
        if not dealt_with(release, state, line):
            yield line


def dealt_with(release: Release, state: CaseState, line: Line) -> bool:
    """Return whether a line was carried out, is answered, or has nothing to carry out."""
    if line.label in state.done or line.label in state.settled or line.label in state.spoken:
        return True
    return has_nothing(release, state, line)


def has_nothing(release: Release, state: CaseState, line: Line) -> bool:
    """Return whether nothing is to be done at a line: it heads others, has no words yet, or asks what is known."""
    match line.instruction:
        case Group():
            return True
        case Say(text=None):
            return line.label not in release.wording.lines
        case Ask():
            return line.label in state.settled
        case Collect(slots=slots):
            return line.label in state.settled or all(_known(state, slot.name) for slot in slots)
        case _:
            return False


def _waits(state: CaseState, line: Line) -> bool:
    """Return whether the line, and so all behind it, waits for an answer or for a value."""
    match line.instruction:
        case Ask():
            return line.label not in state.settled
        case Collect(slots=slots):
            return line.label not in state.settled and not all(_known(state, slot.name) for slot in slots)
        case Call():
            return line.label not in state.done and not all(_known(state, name) for name in line.instruction.named)
        case _:
            return False


def _known(state: CaseState, name: str) -> bool:
    found = found_as(name, state.facts)
    return found is not None and state.facts[found] not in (None, "", ())


def _up(step: Step | None, line: Line) -> Iterator[Line]:
    """Yield the line, and each that it stands under."""
    at: Line | None = line
    while at is not None:
        yield at
        at = step.line(at.parent) if step is not None and at.parent is not None else None


def _condition(routine: Routine, label: str) -> Condition | None:
    holder = routine.step(label) or routine.line(label)
    return holder.condition if holder is not None else None


def _met_at(routine: Routine, state: CaseState, label: str) -> bool | None:
    condition = _condition(routine, label)
    return None if condition is None else met(routine, state, label, condition)


def _by_results(routine: Routine, condition: Condition | None) -> bool:
    if condition is None:
        return False
    if condition.kind is ConditionKind.OTHERWISE:
        return all(_by_results(routine, _condition(routine, label)) for label in condition.instead_of)
    return condition.kind in (ConditionKind.RESULT, ConditionKind.FACT)


def _passes(test: Test, state: CaseState) -> bool | None:
    match test:
        case Outcome(function=function, name=name):
            return state.outcomes[function] == name if function in state.outcomes else None
        case Told(function=function, value=value, among=among):
            return _told(state.results[function], among) == {value} if function in state.results else None
        case Compare(name=name, operator=sign, value=value):
            known = meant_by(name, state.facts)
            return _compares(known is not None, state.facts[known] if known is not None else None, sign, value)
        case Not(test=inner):
            passed = _passes(inner, state)
            return None if passed is None else not passed
        case All(tests=tests):
            found = {_passes(one, state) for one in tests}
            return False if False in found else None if None in found else True
        case Any(tests=tests):
            found = {_passes(one, state) for one in tests}
            return True if True in found else None if None in found else False
        case _:
            assert_never(test)


def _told(fields: Mapping[str, Value], among: Collection[str]) -> set[str]:
    named = {option_in(value, tuple(among)) for value in fields.values() if isinstance(value, str)}
    return {one for one in named if one is not None}


def _compares(known: bool, left: Value, sign: str, right: Scalar) -> bool | None:
    if right is None and sign in ("==", "!="):
        return is_nothing(left) == (sign == "==")
    if not known:
        return None
    if isinstance(left, str):
        left = _IN_WORDS.get(left.strip().lower(), left) if isinstance(right, bool) else left.strip().lower()
    right = right.strip().lower() if isinstance(right, str) and isinstance(left, str) else right
    if sign in ("==", "!="):
        return (left == right) == (sign == "==")
    if isinstance(left, int | float) and isinstance(right, int | float):
        return _ORDERED[sign](left, right)
    if isinstance(left, str) and isinstance(right, str):
        return _ORDERED[sign]((left > right) - (left < right), 0)
    return None
