"""Tests laid beside each other: at which values which of them hold."""

from __future__ import annotations

import pytest

from bythebook.compiler.comparison import read_comparison
from bythebook.compiler.ranges import lay, outcomes_in
from bythebook.routine.model import All, Any, Compare, Not, Outcome, Test


def held(*words: str) -> dict[str, list[int]]:
    tests = [read_comparison(word) for word in words]
    laid = lay([test for test in tests if test is not None])
    assert laid is not None
    return {at.shown: sorted(at.holding) for at in laid.at}


def test_numbers_and_those_between() -> None:
    assert held("age < 18", "age > 18") == {"17": [0], "18": [], "19": [1]}
    assert held("age < 18", "age >= 18") == {"17": [0], "18": [1], "19": [1]}
    assert held("price <= 9.5", "price > 20.0")["9.51"] == []


def test_words_and_what_none_of_them_names() -> None:
    assert held('plan is "SMALL"', 'plan is "LARGE"') == {"small": [0], "large": [1], "something else": []}
    assert held("insured is true", "insured is false") == {"yes": [0], "no": [1]}


def test_outcomes() -> None:
    found, missing = Outcome("find", "success"), Outcome("find", "failure")
    laid = lay((found, missing))
    assert laid is not None
    assert laid.outcome
    assert {at.shown: sorted(at.holding) for at in laid.at} == {"success": [0], "failure": [1]}
    named = lay((found, Outcome("find", "twice")))
    assert named is not None
    assert "something else" in [at.shown for at in named.at]


@pytest.mark.parametrize(
    "tests",
    [
        (Compare("a", "<", 1), Compare("b", "<", 1)),
        (Outcome("f", "success"), Outcome("g", "success")),
        (Outcome("f", "success"), Compare("f", "<", 1)),
        (All((Compare("a", "<", 1), Compare("b", "<", 1))),),
        tuple(Compare("a", "==", number) for number in range(100)),
    ],
)
def test_what_cannot_be_laid_beside_each_other(tests: tuple[Test, ...]) -> None:
    assert lay(tests) is None


def test_not_and_or() -> None:
    tests = (Not(Compare("a", "<", 3)), Any((Compare("a", "==", 1), Compare("a", "==", 5))))
    laid = lay(tests)
    assert laid is not None
    assert {at.value: sorted(at.holding) for at in laid.at}[5] == [0, 1]
    assert outcomes_in(Not(Outcome("f", "success"))) == {"f": {"failure"}}
