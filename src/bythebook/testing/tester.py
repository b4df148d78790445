"""Functions whose result the tester gives: the case stands still at the call until they have.

Nothing is called that changes anything outside. What is bound and only looks up is called as usual.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from bythebook.engine.known import found_as
from bythebook.engine.menu import slots_of
from bythebook.engine.outcome import FAILURE, SUCCESS
from bythebook.engine.render import holes_of
from bythebook.routine.model import Compare, Outcome, Routine, Told
from bythebook.routine.value import Value, Values
from bythebook.routine.wording import Release
from bythebook.service.ports import FunctionFailure, Functions

OUTCOME: Final = "outcome"
RESULT: Final = "result"


class AsksTester(Exception):
    """A call waits for the result that the tester gives."""

    def __init__(self, function: str, arguments: Values, key: str, why: str) -> None:
        super().__init__(f"{function} waits for the tester")
        self.function, self.arguments, self.key, self.why = function, arguments, key, why


class Bindings(Functions, Protocol):
    """What is bound for a release."""

    @property
    def signatures(self) -> Mapping[str, tuple[str, ...]]:
        """By function that is bound: its parameters."""

    @property
    def effects(self) -> frozenset[str]:
        """Those that change something outside."""


@dataclass(frozen=True, slots=True)
class Tester:
    """Who tries a document out: answers for what is not bound, and for what has effects."""

    released: bool
    """The document is a release: what is not bound fails in it, as it would for a customer."""

    given: dict[str, Values | None] = field(default_factory=dict)
    """By the key of a call: its result; None where the tester lets it fail."""

    asked: dict[str, str] = field(default_factory=dict)
    """By the key of a call: its function."""

    def behind(self, bound: Bindings, release: Release) -> Functions:
        """Return functions that ask the tester where the bound ones cannot, or must not, be called."""
        return _Asking(self, bound, release.routine.resolution_function)


@dataclass(frozen=True, slots=True)
class _Asking:
    tester: Tester
    bound: Bindings
    resolution: str

    def call(self, function: str, arguments: Values, key: str) -> Values:
        """Return what is looked up, or what the tester gave; raise AsksTester, FunctionFailure."""
        known = function in self.bound.signatures
        if known and function not in self.bound.effects:
            return self.bound.call(function, arguments, key)
        if function == self.resolution:
            return {}
        if not known and self.tester.released:
            raise FunctionFailure(f"{function} is not bound, and a released document asks nobody for its result")
        self.tester.asked[key] = function
        if key not in self.tester.given:
            why = "it changes something outside" if known else "nobody has connected it yet"
            raise AsksTester(function, arguments, key, why)
        result = self.tester.given[key]
        if result is None:
            raise FunctionFailure("the tester let it fail")
        return result


@dataclass(frozen=True, slots=True)
class FieldAsked:
    """One field of a result, and the values that the document speaks of."""

    name: str
    values: tuple[str, ...] = ()
    needed: bool = False
    """A phrase tells it: without it the call counts as failed."""


def fields_of(release: Release, function: str) -> tuple[FieldAsked, ...]:
    """Return what a result of the function can hold that this document does something with."""
    phrase = release.wording.functions.get(function)
    found = {name: FieldAsked(name, needed=True) for name in (holes_of(phrase.text) if phrase is not None else ())}
    outcomes: list[str] = []
    for test in release.routine.tests:
        match test:
            case Outcome(function=called, name=name) if called == function:
                outcomes.append(name)
            case Told(function=called, among=among) if called == function:
                found.setdefault(RESULT, FieldAsked(RESULT, among))
            case Compare(name=name, value=value) if not _is_asked_for(release.routine, name):
                held = found.get(name, FieldAsked(name))
                values = dict.fromkeys((*held.values, *_written(value)))
                found[name] = FieldAsked(name, tuple(values), held.needed)
            case _:
                pass
    if outcomes:
        names = tuple(dict.fromkeys((SUCCESS, *outcomes, FAILURE)))
        return (FieldAsked(OUTCOME, names), *found.values())
    return tuple(found.values())


def _is_asked_for(routine: Routine, name: str) -> bool:
    """Whether customers are asked for it: then no function returns it."""
    slots = {slot.name: None for line in routine.lines for slot in slots_of(line)}
    return found_as(name, slots) is not None


def _written(value: Value) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("true", "false")
    return () if value is None or isinstance(value, tuple) else (str(value),)


def read_field(text: str) -> Value:
    """Return what a tester typed as it is meant: true, false, a number, else the text."""
    told = text.strip()
    if told.lower() in ("true", "false"):
        return told.lower() == "true"
    if told.removeprefix("-").isdecimal() and len(told) < 16 and (told == "0" or not told.startswith("0")):
        return int(told)
    return told
