"""A document in other words than the shipped one runs whole conversations: values, results, yes and no, jumps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bythebook.bootstrap import build_rehearsal
from bythebook.settings import Settings
from bythebook.testing.rehearsal import Rehearsal
from bythebook.testing.script import Script, play, read_scripts

FOLDER = Path(__file__).parent.parent / "fixtures" / "membership"
SCRIPTS = read_scripts((FOLDER / "tests" / "conversations.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=["lexicon", "local"])
def rehearsal(request: pytest.FixtureRequest) -> Rehearsal:
    return build_rehearsal(replace(Settings(), document=str(FOLDER), reader=request.param))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.title)
def test_conversation(rehearsal: Rehearsal, script: Script) -> None:
    departure = play(script, rehearsal.do)
    assert departure is None, f"{script.title}\n{departure}"
