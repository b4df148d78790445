"""Conversations across documents that are loaded together, with every reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bythebook.bootstrap import build_rehearsal
from bythebook.settings import Settings
from bythebook.testing.rehearsal import Rehearsal
from bythebook.testing.script import Script, play, read_scripts

FIXTURES = Path(__file__).parent.parent / "fixtures"
FILE = FIXTURES / "together" / "tests" / "conversations.md"
SCRIPTS = read_scripts(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=["lexicon", "local"])
def rehearsal(request: pytest.FixtureRequest) -> Rehearsal:
    documents = (str(FIXTURES / "together"), str(FIXTURES / "membership"))
    return build_rehearsal(replace(Settings(), document=documents, reader=request.param))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.title)
def test_conversation(rehearsal: Rehearsal, script: Script) -> None:
    departure = play(script, rehearsal.do)
    assert departure is None, f"{FILE.name}, {script.title}\n{departure}"
