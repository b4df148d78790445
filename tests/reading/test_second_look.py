"""What a rule took by a word, where both heads speak against it; and what sounds like it and is left to the rule."""

from __future__ import annotations

import pytest

from bythebook.adapters.memory_store import MemoryStore
from bythebook.bootstrap import build_installation
from bythebook.settings import Settings
from bythebook.testing.readings import Row, Stage, readings

CASES = [
    ("thanks a bunch for nothing", "after 2", "act:complaint"),
    ("thank you very much for the quick help", "after 2", "act:thanks"),
    ("uh huh okay cool I think we're done here", "after 2", "act:deny"),
    ("are all endpoints covered, and must we be enterprise customers?", "opening", "article:5 + article:6"),
    ("the batch endpoint and file uploads, are those in or out?", "after 2", "article:5 / line:2e"),
    ("the API again please", "after 2", "step:2"),
    ("your API denied my request with error 403", "opening", "other:off_topic"),
    ("your API team denied our request", "opening", "step:4"),
    ("our BAA is signed already", "after 1a", "other:request_status / other:off_topic"),
    ("we need our BAA signed", "opening", "routine"),
]


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage(build_installation(Settings(), MemoryStore()).shelf.current())


@pytest.mark.parametrize(("text", "situation", "reading"), CASES)
def test_a_rule_yields_only_where_both_heads_speak_against_it(
    stage: Stage, text: str, situation: str, reading: str
) -> None:
    verdict = stage.judge(Row(1, text, situation, readings(reading)))
    assert verdict.right, f"{text!r} {situation}: got {[choice.id for choice in verdict.reading.choices]}"
