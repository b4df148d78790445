"""What functions return decides where a document goes on, in whatever shape they return it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.routines.tabled import Desks, Row, Talk

from bythebook.adapters.shelf import house
from bythebook.compiler.release import build_release
from bythebook.engine.decide import Refused

LOCKERS = """\
1. Ask the customer for their locker number.
2. Call find_locker(locker_number, customer_id).
3. If a locker is found:
   - Say: "Your locker is ready."
4. Else:
   - Say: "I found no locker."
5. If the size is "LARGE":
   - Say: "It is a large one."
6. Ask the customer: "Is there anything else I can help with?"
7. Call the `case_resolution` function.
"""


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


def asked(desks: Desks, result: Row, phrases: str = "") -> Talk:
    talk = desks.talk(LOCKERS, {"find_locker": result, "case_resolution": None}, phrases)
    talk.say("hello")
    return talk


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ({"found": True, "size": "large"}, ["3.1", "5.1", "6"]),
        ({"found": False, "size": "LARGE"}, ["4.1", "5.1", "6"]),
        ({"locker": {"size": "Large", "floor": 2}}, ["3.1", "5.1", "6"]),
        ({"lockerSize": "small"}, ["3.1", "6"]),
        ("No such locker", ["4.1", "6"]),
        ("It is free", ["3.1", "6"]),
        ({"success": True, "is_new": False}, ["3.1", "6"]),
        ({"lockers": []}, ["4.1", "6"]),
        ({"error": "no locker has this number"}, ["4.1", "6"]),
    ],
)
def test_a_result_decides_conditions(desks: Desks, result: Row, said: list[str]) -> None:
    assert asked(desks, result).say("it is 4711") == said


def test_the_author_says_how_a_result_is_read(desks: Desks) -> None:
    phrases = '[outcome.find_locker]\nsuccess = "doors >= 1"\n'
    assert asked(desks, {"found": False, "doors": 2}, phrases).say("4711") == ["3.1", "6"]
    assert asked(desks, {"found": True, "doors": 0}, phrases).say("4711") == ["4.1", "6"]
    phrases = "[outcome.find_locker]\nfailure = \"result == 'shut'\"\n"
    assert asked(desks, "shut", phrases).say("4711") == ["4.1", "6"]


@pytest.mark.parametrize(
    ("phrases", "told"),
    [
        ('[outcome.find_lokcer]\nsuccess = "doors >= 1"', "no line of the document calls `find_lokcer`"),
        ('[outcome.find_locker]\nsuccess = "doors"', "which compares nothing"),
        ("[outcome.find_locker]", "needs either `success` or `failure`"),
        ('[outcome.find_locker]\nsuccess = "a == 1"\nfailure = "a == 2"', "needs either `success` or `failure`"),
        ('[outcome.find_locker]\nwins = "a == 1"', "means nothing here"),
    ],
)
def test_what_says_nothing_of_a_result_is_told(phrases: str, told: str) -> None:
    files = {"document.md": LOCKERS.encode(), "phrases.toml": phrases.encode()}
    release, _, problems = build_release("lockers", files, house())
    assert release is None
    assert any(told in problem.message for problem in problems), problems


def test_a_case_begins_with_what_is_known_of_the_customer(desks: Desks) -> None:
    talk = desks.talk(LOCKERS, {"find_locker": {"found": True}, "case_resolution": None})
    talk.know("customer_id", 815)
    talk.say("hello")
    talk.say("my locker is 4711")
    assert talk.functions.calls == [("find_locker", {"locker_number": "4711", "customer_id": 815})]


def test_what_is_known_is_not_asked_for(desks: Desks) -> None:
    talk = desks.talk(LOCKERS, {"find_locker": {"found": True}, "case_resolution": None})
    talk.know("locker_number", "12")
    assert talk.say("hello") == ["3.1", "6"]


def test_what_no_line_uses_is_refused(desks: Desks) -> None:
    talk = desks.talk(LOCKERS, {"find_locker": None, "case_resolution": None})
    with pytest.raises(Refused, match="nothing in this document depends on `shoe_size`"):
        talk.know("shoe_size", 44)
