"""Documents in other words than the shipped one run whole conversations: values, results, yes and no, jumps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bythebook.bootstrap import build_rehearsal
from bythebook.cli.stand_in import Nothing
from bythebook.settings import Settings
from bythebook.testing.rehearsal import Rehearsal
from bythebook.testing.script import Script, play, read_scripts

FIXTURES = Path(__file__).parent.parent / "fixtures"
SCRIPTS = [
    (name, script)
    for name in ("membership", "boat-yard")
    for script in read_scripts((FIXTURES / name / "tests" / "conversations.md").read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module", params=["lexicon", "local"])
def rehearsals(request: pytest.FixtureRequest) -> dict[str, Rehearsal]:
    settings = replace(Settings(), reader=request.param)
    return {
        name: build_rehearsal(replace(settings, document=str(FIXTURES / name)), stand_in=Nothing)
        for name in dict.fromkeys(name for name, _ in SCRIPTS)
    }


@pytest.mark.parametrize(("name", "script"), SCRIPTS, ids=[f"{name}: {script.title}" for name, script in SCRIPTS])
def test_conversation(rehearsals: dict[str, Rehearsal], name: str, script: Script) -> None:
    departure = play(script, rehearsals[name].do)
    assert departure is None, f"{script.title}\n{departure}"
