"""The rule behind `benchmarks/star.py`, on a routine of our own in the same dialect."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"

ROUTINE = """\
0. Start:
   a. If the customer says something like "Hello.", then proceed to step 1.
1. Say: "Hello, what can I do for you?"  <!-- hello -->
   a. If the customer says something like "I would like to rent a bicycle", then proceed to step 2.
2. Say: "What is your name?"  <!-- ask_name -->
   a. If the customer says something like "My name is [NAME]", then proceed to step 3.
3. Say: "At what time will you come?"  <!-- ask_time -->
   a. If the customer says something like "At [TIME]", then proceed to step 4.
4. Call the `look` function.
   a. If the result is "[RESULT] APIName = rent ; Message = All out ;", then proceed to step 5.
   b. If the result is "[RESULT] APIName = rent ; Message = One is left ;", then proceed to step 6.
5. Say: "I am sorry, all bicycles are out."  <!-- all_out -->
6. Say: "One is left. Shall I keep it for you?"  <!-- one_left -->
   a. If the customer says something like "Yes, keep it", then proceed to step 7.
   b. If the customer says something like "No, do not", then proceed to step 3.
7. Call the `keep` function.
   a. If the result is "[RESULT] APIName = rent ; Message = Kept ;", then proceed to step 8.
8. Say: "It is kept for you."  <!-- kept -->
   a. If the customer says something like "Thanks", then proceed to step 9.
9. Say: "Is there anything else that I can do for you?"  <!-- anything_else -->
   a. If the customer says something like "Goodbye", then proceed to step 10.
10. Say: "Thank you and goodbye."  <!-- goodbye -->
"""

CASES = [
    (["U Hello!"], "", "hello"),
    (["U Hi, I would like to rent a bicycle"], "", "ask_name"),
    (["U Hi, my name is Ada and I would like to rent a bicycle"], "", "ask_time"),
    (["U I'm Ada, a bicycle at 5 pm please"], "", "look"),
    (["U A bicycle for 9 am please", "W ask_name", "U Ada"], "ask_name", "look"),
    (["U Hello", "W ask_name", "U Ada", "W look", "K Message = All out ;"], "look", "all_out"),
    (["U Hello", "W ask_name", "U Ada", "W look", "K Message = One is left ;"], "look", "one_left"),
    (["K Message = One is left ;", "W one_left", "U yes please"], "one_left", "keep"),
    (["K Message = One is left ;", "W one_left", "U No, thank you"], "one_left", "ask_time"),
    (["K Message = All out ;", "W all_out", "U How about 7 pm?"], "all_out", "look"),
    (["K Message = All out ;", "W all_out", "U ok bye"], "all_out", "goodbye"),
    (["W keep", "K Message = Kept ;", "W kept", "U Thank you so much"], "kept", "anything_else"),
    (["W anything_else", "U no, that is all"], "anything_else", "goodbye"),
]


@pytest.fixture(scope="module")
def star() -> Any:
    patch = pytest.MonkeyPatch()
    patch.syspath_prepend(str(BENCHMARKS))
    yield importlib.import_module("star_walk")
    patch.undo()


@pytest.mark.parametrize(("said", "previous", "expected"), CASES, ids=[" / ".join(row[0])[:50] for row in CASES])
def test_what_comes_next(star: Any, said: list[str], previous: str, expected: str) -> None:
    who = {"U": "User", "W": "Wizard", "K": "KnowledgeBase"}
    events = [{"by": who[one[0]], "text": one[2:], "action": one[2:] if one[0] == "W" else None} for one in said]
    walk = star.Walk(star.read_routine("rent.md", ROUTINE), None)
    assert walk.next_action(events, previous) == expected


def test_a_comment_names_the_action_and_is_no_part_of_the_routine(star: Any) -> None:
    stops = star.read_routine("rent.md", ROUTINE)
    named = {stop.label: stop.action for stop in stops}
    assert (named["2"], named["4"], named["10"]) == ("ask_name", "look", "goodbye")
    assert not any("<!--" in stop.text for stop in stops)
