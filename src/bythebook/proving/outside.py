"""What can come in from outside, by example: one value for each difference that the document makes.

A comparison tells values apart at its bound, so one below, one at and one above it stand for all. Where a document
compares nothing, one value stands for all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, product
from typing import Final

from bythebook.engine.known import found_as
from bythebook.engine.menu import slots_of
from bythebook.engine.render import holes_of
from bythebook.engine.walk import known_facts
from bythebook.routine.compared import Compare, Leaf, Outcome, Told
from bythebook.routine.model import Call, Slot, SlotType
from bythebook.routine.value import Scalar, Value, Values
from bythebook.routine.wording import Release

AT: Final = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SOMEBODY: Final = "a human"

RESULTS_MAX: Final = 64
"""So many results of one function are tried; where more differ, the search says that it is bounded."""

SAMPLE: Final[Mapping[SlotType, Value]] = {
    SlotType.TEXT: "some words",
    SlotType.EMAIL: "someone@example.com",
    SlotType.PHONE: "+1 555 0100",
    SlotType.NUMBER: 7,
    SlotType.MONEY: 7,
    SlotType.DATE: "2026-01-05",
    SlotType.ADDRESS: "1 Main Street",
    SlotType.ID: "A1",
}


@dataclass(frozen=True, slots=True)
class Outside:
    """All that functions, customers and humans can hand in."""

    results: Mapping[str, tuple[Values, ...]]
    """By function."""

    values: Mapping[str, tuple[Value, ...]]
    """By slot."""

    facts: tuple[tuple[str, bool], ...]
    """What a human can settle."""

    cut: tuple[str, ...]
    """The functions of whose results some were left out."""


def outside_of(release: Release) -> Outside:
    """Return what can come in while a case is on this release."""
    routine = release.routine
    tests = routine.tests
    slots = {slot.name: slot for line in routine.lines for slot in slots_of(line)}
    called = dict.fromkeys(line.instruction.function for line in routine.lines if isinstance(line.instruction, Call))
    results = {name: _results(release, name, tests, tuple(slots)) for name in called}
    return Outside(
        {name: tuple(islice(iter(found), RESULTS_MAX)) for name, found in results.items()},
        {name: _values(slot, tests) for name, slot in slots.items()},
        tuple((name, value) for name in known_facts(routine) for value in (True, False)),
        tuple(name for name, found in results.items() if len(found) > RESULTS_MAX),
    )


def holes_in_lines(release: Release) -> tuple[str, ...]:
    """Return what is filled into lines and phrases from what a case knows."""
    phrases = [
        release.wording.lines[line.label] for line in release.routine.lines if line.label in release.wording.lines
    ]
    quoted = [name for line in release.routine.lines for _, name in line.holes]
    return tuple(dict.fromkeys((*quoted, *(name for phrase in phrases for name in holes_of(phrase.text)))))


def _results(release: Release, function: str, tests: tuple[Leaf, ...], slots: tuple[str, ...]) -> list[Values]:
    """Return results that differ in something the document looks at; the plain one first, a refusal last."""
    phrase = release.wording.functions.get(function)
    told: dict[str, Value] = {hole: f"\u2039{hole}\u203a" for hole in holes_of(phrase.text)} if phrase else {}
    told |= {hole: f"\u2039{hole}\u203a" for hole in holes_in_lines(release) if hole not in slots}
    resolves = function == release.routine.resolution_function
    named = [test.name for test in tests if isinstance(test, Outcome) and test.function == function]
    axes = [_axis("outcome", named)]
    options = [test.among for test in tests if isinstance(test, Told) and test.function == function]
    axes += [_axis(f"told_{at}", among) for at, among in enumerate(dict.fromkeys(options))]
    compared = dict.fromkeys(test.name for test in tests if isinstance(test, Compare))
    for name in compared:
        if found_as(name, dict.fromkeys(slots)) is None and not resolves:
            axes.append(_axis(name, _around(name, tests)))
    found = [{**told, **{k: v for part in parts for k, v in part.items()}} for parts in _some(axes)]
    return [*found, {**told, "success": False}]


def _axis(name: str, values: Sequence[Value]) -> list[dict[str, Value]]:
    """Return a field left out, and with each of these values."""
    left_out: dict[str, Value] = {}
    return [left_out, *({name: value} for value in dict.fromkeys(values))]


def _some(axes: list[list[dict[str, Value]]]) -> list[tuple[dict[str, Value], ...]]:
    """Return the combinations of the axes; one more than are tried at most, so that a cut is seen."""
    return list(islice(product(*axes), RESULTS_MAX + 1))


def _values(slot: Slot, tests: tuple[Leaf, ...]) -> tuple[Value, ...]:
    return tuple(slot.options) or tuple(_around(slot.name, tests)) or (SAMPLE.get(slot.type, "some words"),)


def _around(name: str, tests: tuple[Leaf, ...]) -> list[Scalar]:
    """Return values below, at and above every bound that this name is compared with."""
    found: list[Scalar] = []
    for test in tests:
        if not isinstance(test, Compare) or found_as(test.name, {name: None}) is None:
            continue
        match test.value:
            case bool():
                found += [True, False]
            case int() | float() as bound:
                found += [bound - 1, bound, bound + 1]
            case str() as text:
                found += [text, f"not {text}"]
            case None:
                found += ["something", None]
    return list({repr(value): value for value in found}.values())
