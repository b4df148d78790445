"""kill -9 between any two appends, then start again: the message is answered once, every call recorded once."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bythebook.bootstrap import build_installation, open_store
from bythebook.engine.decide import divergence
from bythebook.engine.event import CustomerSaid, FunctionCalled, FunctionReturned, TurnPlanned
from bythebook.service.conversation import Conversation
from bythebook.settings import Settings
from tests.crash.victim import MESSAGE_ID, TEXT

ANSWER = ["1", "2a", "2b", "2c", "2d", "2e", "2e.i", "2f", "5.1"]
APPENDS = 3
"""The message accepted; its reading and all up to the call; the call's result and all up to the question."""

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("at", range(APPENDS))
def test_killed_and_started_again(tmp_path: Path, when: str, at: int) -> None:
    database = str(tmp_path / "cases.db")
    killed = subprocess.run(
        [sys.executable, "-m", "tests.crash.victim", database, when, str(at)],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    case_id = killed.stdout.split()[0]
    settings = replace(Settings(), database=database, reader="lexicon")
    store = open_store(settings)
    try:
        runner = build_installation(settings, store).runner
        recovered = runner.recover()
        assert recovered == (0 if (when, at) in {("before", 0), ("after", 2)} else 1)
        turn = Conversation(runner).say(case_id, TEXT, MESSAGE_ID)  # a client that got no answer sends it again
        assert [said.line for said in turn.said] == ANSWER
        assert turn.duplicate is not (when == "before" and at == 0)
        log = store.load(case_id)
        assert sum(isinstance(event, CustomerSaid) for event in log) == 1
        assert sum(isinstance(event, TurnPlanned) for event in log) == 1
        assert sum(isinstance(event, FunctionCalled) for event in log) == 1
        assert sum(isinstance(event, FunctionReturned) for event in log) == 1
        assert divergence(runner.releases.get(runner.state(case_id).release).release, log) is None
        assert store.verify(case_id) is None
    finally:
        store.close()


@pytest.mark.slow
def test_there_are_as_many_appends_as_are_tried(tmp_path: Path) -> None:
    unharmed = subprocess.run(
        [sys.executable, "-m", "tests.crash.victim", str(tmp_path / "cases.db"), "after", str(APPENDS)],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert unharmed.stdout.split()[1] == "answered"
