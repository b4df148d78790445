"""What a process has in memory of its cases: never more than may be, never older than it was."""

from __future__ import annotations

from bythebook.engine.event import TurnEnded
from bythebook.engine.state import CaseState
from bythebook.service.known_cases import Known, KnownCases


def state(case: str, version: int) -> CaseState:
    return CaseState(case_id=case, version=version)


def log(version: int) -> tuple[TurnEnded, ...]:
    return (TurnEnded(),) * version


def test_the_log_stays_with_its_state() -> None:
    cases = KnownCases()
    cases.keep(Known(state("a", 2), log(2)))
    known = cases.get("a")
    assert known is not None
    assert known.log == log(2)
    assert known.after(state("a", 3), log(1)).log == log(3)
    cases.keep(Known(state("a", 3)))
    known = cases.get("a")
    assert known is not None
    assert known.log is None
    assert known.after(state("a", 4), log(1)).log is None
    cases.keep(Known(state("a", 3), log(3)))
    cases.keep(Known(state("a", 3)))
    cases.keep(Known(state("a", 2), log(2)))
    known = cases.get("a")
    assert known is not None
    assert (known.state.version, known.log) == (3, log(3)), "a log is not lost to the same state, nor to an older one"


def test_a_log_of_another_version_is_not_taken() -> None:
    cases = KnownCases()
    cases.keep(Known(state("a", 3), log(2)))
    known = cases.get("a")
    assert known is not None
    assert known.log is None


def test_the_cases_that_were_not_asked_for_go_first() -> None:
    cases = KnownCases(states=2, events=10)
    cases.keep(Known(state("a", 4), log(4)))
    cases.keep(Known(state("b", 4), log(4)))
    cases.keep(Known(state("a", 4), log(4)))
    cases.keep(Known(state("c", 4), log(4)))
    assert [cases.get(name) is not None for name in "abc"] == [True, False, True]
    cases.keep(Known(state("c", 9), log(9)))
    assert [cases.get(name) is not None for name in "abc"] == [False, False, True], "ten events in all"
    cases.keep(Known(state("d", 11), log(11)))
    known = cases.get("d")
    assert known is not None
    assert known.log is None, "too long to be kept at all"
    cases.forget("c")
    cases.forget("c")
    cases.keep(Known(state("e", 10), log(10)))
    assert [cases.get(name) is not None for name in "cde"] == [False, True, True]
