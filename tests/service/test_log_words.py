"""What happened in a case, in the words of somebody who has never seen a log."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bythebook.adapters.shelf import house
from bythebook.compiler.release import build_release
from bythebook.engine.event import (
    Event,
    FactLearned,
    FunctionCalled,
    FunctionReturned,
    HandoffRequested,
    LinesPassed,
)
from bythebook.service.log_words import in_plain_words

AT = datetime(2026, 1, 5, tzinfo=UTC)
LAMP = """\
1. Ask the customer: "Is the light on?"
   a. If it is not, inform the customer: "Plug it in."
2. Ask the customer: "Is there anything else?"
3. If not, call the `case_resolution` function.
"""


@pytest.mark.parametrize(
    ("event", "function", "words"),
    [
        (HandoffRequested("the document says so"), "", "handed over to a person here"),
        (LinesPassed(("1a",), "its condition does not hold"), "", "1a skipped: “it is not” is not so"),
        (LinesPassed(("1",), "it heads the lines under it"), "", ""),
        (FactLearned(AT, "light_on", True, "Hanna"), "", "a person notes: light on: yes"),
        (FunctionReturned(AT, "c:1", {}), "case_resolution", "the case is closed"),
        (FunctionReturned(AT, "c:1", {"rows": ("a", "b")}), "find", "find: rows (2 of them)"),
        (FunctionReturned(AT, "c:1", {"outcome": "success"}), "find", "find: it went well"),
    ],
)
def test_an_event_is_told_plainly(event: Event, function: str, words: str) -> None:
    release, _, problems = build_release("lamp", {"document.md": LAMP.encode()}, house())
    assert release is not None, problems
    assert in_plain_words(release, event, function) == words


def test_a_call_is_told_with_what_it_is_given() -> None:
    release, _, _ = build_release("lamp", {"document.md": LAMP.encode()}, house())
    assert release is not None
    called = FunctionCalled("find_order", {"order_number": "4711"}, "2")
    assert in_plain_words(release, called, "find_order") == "find_order is called with order number 4711"
