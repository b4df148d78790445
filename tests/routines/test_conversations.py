"""The conversations that settle what the rules mean, played with every reader, on every store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import build_rehearsal
from bythebook.service.ports import CaseStore
from bythebook.settings import Settings
from bythebook.testing.rehearsal import Rehearsal
from bythebook.testing.script import Script, play, read_scripts

FILE = Path(__file__).parent.parent.parent / "routines/business-associate-agreement/tests/conversations.md"
SCRIPTS = read_scripts(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=["lexicon", "local"])
def rehearsal(request: pytest.FixtureRequest) -> Rehearsal:
    return build_rehearsal(replace(Settings(), reader=request.param))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.title)
def test_conversation(rehearsal: Rehearsal, script: Script) -> None:
    departure = play(script, rehearsal.do)
    assert departure is None, f"{FILE.name}, {script.title}\n{departure}"


def test_on_disk_all_goes_alike(tmp_path: Path) -> None:
    store: CaseStore = SqliteStore(tmp_path / "cases.db")
    try:
        rehearsal = build_rehearsal(replace(Settings(), reader="lexicon"), store=store)
        for script in SCRIPTS:
            assert play(script, rehearsal.do) is None, script.title
    finally:
        store.close()
