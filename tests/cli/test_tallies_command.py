"""`bythebook tallies`: numbers of a database, counted when asked, and counted anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import build_rehearsal
from bythebook.cli.main import main
from bythebook.settings import Settings


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "cases.db"
    store = SqliteStore(path)
    customer = build_rehearsal(Settings(reader="lexicon"), store=store)
    for said in ("BAA for the API", "no thanks"):
        customer.do({"say": said})
    store.close()
    return path


def test_numbers_are_shown_and_stay_the_same(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tallies", "--database", str(database)]) == 0
    shown = capsys.readouterr().out
    assert "        1  standing      resolved\n" in shown
    assert "        1  reached       2a\n" in shown
    assert main(["tallies", "--database", str(database), "--rebuild"]) == 0
    assert capsys.readouterr().out == shown


def test_for_machines_each_number_has_its_release_and_day(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tallies", "--database", str(database), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [messages] = [row for row in rows if row["kind"] == "messages"]
    assert messages["count"] == 2
    assert messages["day"] == "2026-01-05"
    assert len(messages["release"]) == 64


def test_a_database_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tallies", "--database", str(tmp_path / "none.db")]) == 2
    assert "there is no database" in capsys.readouterr().err
