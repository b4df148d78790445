"""At which values several tests hold: the values that they name, those between, and one that none of them names.

Only tests that all look at one thing (a slot, a fact, a field, how one function ended) can be laid beside each other.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from bythebook.routine.compared import All, Any, Compare, Leaf, Not, Outcome, Test, Told, leaves
from bythebook.routine.value import Scalar

CONSTANTS_MAX: Final = 40
"""Values that are laid beside each other."""

SUCCESS: Final = "success"
FAILURE: Final = "failure"
_NUMERIC: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Something:
    """A value that no test names."""


@dataclass(frozen=True, slots=True)
class At:
    """A value, the numbers of the tests that hold at it, and whether it lies between values that tests name."""

    value: Scalar | Something
    holding: frozenset[int]
    between: bool

    @property
    def shown(self) -> str:
        """The value as a person reads it."""
        match self.value:
            case Something():
                return "something else"
            case None:
                return "not known"
            case True:
                return "yes"
            case False:
                return "no"
            case _:
                return str(self.value)


@dataclass(frozen=True, slots=True)
class Laid:
    """Tests laid beside each other: what they look at, and which hold where."""

    subject: str
    """A slot, fact or field; or a function, whose outcome is looked at."""

    outcome: bool
    at: tuple[At, ...]

    @property
    def numeric(self) -> bool:
        """Whether they compare numbers."""
        return any(isinstance(one.value, int | float) and not isinstance(one.value, bool) for one in self.at)


def lay(tests: Sequence[Test]) -> Laid | None:
    """Return where the tests hold; None where they look at different things, or at too many values."""
    named = [leaf for test in tests for leaf in leaves(test)]
    subjects = {_subject(leaf) for leaf in named}
    if len(subjects) != 1:
        return None
    ((outcome, name),) = subjects
    constants = list(dict.fromkeys(value for leaf in named for value in _constants(leaf)))
    if not constants or len(constants) > CONSTANTS_MAX:
        return None
    values = _outcomes(constants) if outcome else _values(constants)
    numbers = [value for value in constants if _is_number(value)]
    found = []
    for value in values:
        holding = frozenset(number for number, test in enumerate(tests) if _passes(test, value))
        between = _is_number(value) and bool(numbers) and min(numbers) <= value <= max(numbers)  # type: ignore[type-var,operator]
        found.append(At(value, holding, between))
    return Laid(name, outcome, tuple(found))


def outcomes_in(test: Test) -> dict[str, set[str]]:
    """Return, by function, the outcomes at which a test holds that looks at how functions ended."""
    match test:
        case Outcome(function=function, name=name):
            return {function: {name}}
        case Compare() | Told():
            return {}
        case Not(test=inner):
            return {
                function: {FAILURE if names == {SUCCESS} else SUCCESS}
                for function, names in outcomes_in(inner).items()
            }
        case All(tests=tests) | Any(tests=tests):
            found: dict[str, set[str]] = {}
            for one in tests:
                for function, names in outcomes_in(one).items():
                    found.setdefault(function, set()).update(names)
            return found
        case _:
            assert_never(test)


def _subject(leaf: Leaf) -> tuple[bool, str]:
    match leaf:
        case Outcome(function=function):
            return True, function
        case Compare(name=name) | Told(function=name):
            return False, name


def _constants(leaf: Leaf) -> Iterator[Scalar]:
    match leaf:
        case Outcome(name=name):
            yield name
        case Told(among=among):
            yield from among
        case Compare(value=value):
            yield value.strip().lower() if isinstance(value, str) else value


def _outcomes(constants: Sequence[Scalar]) -> list[Scalar | Something]:
    # A function ends in success or failure, unless its binding gives it names of its own.
    usual: list[Scalar | Something] = [SUCCESS, FAILURE]
    return usual if set(constants) <= {SUCCESS, FAILURE} else [*dict.fromkeys([*constants, *usual]), Something()]


def _values(constants: Sequence[Scalar]) -> list[Scalar | Something]:
    numbers = sorted({value for value in constants if _is_number(value)})  # type: ignore[type-var]
    others = [value for value in constants if not _is_number(value)]
    found: list[Scalar | Something] = []
    whole = all(isinstance(number, int) for number in numbers)
    for number in numbers:
        found += [number - 1, number, number + 1] if whole else [number - 0.01, number, number + 0.01]  # type: ignore[operator]
    found = sorted(set(found))  # type: ignore[type-var]
    found += others
    if any(isinstance(value, bool) for value in others):
        found += [value for value in (True, False) if value not in others]
    elif others:
        found.append(Something())
    return found


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _passes(test: Test, value: Scalar | Something) -> bool:
    match test:
        case Outcome(name=name):
            return value == name
        case Told(value=told):
            return value == told
        case Compare(operator=sign, value=right):
            return _compared(value, sign, right)
        case Not(test=inner):
            return not _passes(inner, value)
        case All(tests=tests):
            return all(_passes(inner, value) for inner in tests)
        case Any(tests=tests):
            return any(_passes(inner, value) for inner in tests)
        case _:
            assert_never(test)


def _compared(left: Scalar | Something, sign: str, right: Scalar) -> bool:
    if _is_number(left) and _is_number(right):
        return _NUMERIC[sign](left, right)  # type: ignore[arg-type]
    right = right.strip().lower() if isinstance(right, str) else right
    same = type(left) is type(right) and left == right
    return same if sign == "==" else not same if sign == "!=" else False
