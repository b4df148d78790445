"""What decides a condition on results, slots and facts: how a call ended, a comparison, and what they make up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bythebook.routine.value import Scalar


@dataclass(frozen=True, slots=True)
class Outcome:
    """A function's latest call ended so: `success`, `failure`, or a name that its binding gives."""

    function: str
    name: str


@dataclass(frozen=True, slots=True)
class Compare:
    """A slot, fact or result field compared with a value: `age < 18`, `status == "found"`."""

    name: str
    operator: str
    """One of == != < <= > >=."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class Told:
    """A function's latest result names this one of the values that its definition lists, in whichever field."""

    function: str
    value: str
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    test: Test


@dataclass(frozen=True, slots=True)
class All:
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Any:
    tests: tuple[Test, ...]


Test: TypeAlias = Outcome | Compare | Told | Not | All | Any
Leaf: TypeAlias = Outcome | Compare | Told
"""A test that holds no other."""


def leaves(test: Test) -> Iterator[Leaf]:
    """Yield what a test is made of, in order."""
    match test:
        case Not(test=inner):
            yield from leaves(inner)
        case All(tests=tests) | Any(tests=tests):
            for inner in tests:
                yield from leaves(inner)
        case _:
            yield test
