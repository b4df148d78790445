"""`bythebook db`, as an operator types it; and no command touches what a newer program wrote."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bythebook.adapters.schema import HEAD, REVISIONS
from bythebook.cli.main import main
from tests.schema_dumps import load_sqlite


@pytest.fixture
def database(tmp_path: Path) -> str:
    load_sqlite(tmp_path / "cases.db", "0001")
    return str(tmp_path / "cases.db")


def test_an_upgrade_is_told_before_and_done(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "status", "--database", database]) == 1
    told = capsys.readouterr()
    assert f"schema 0001, this program's is {HEAD}" in told.out
    assert "to be done: 0002 Keys of sealed cases" in told.out and "bythebook backup FILE" in told.err
    assert main(["db", "status", "--database", database, "--json"]) == 1, "looking has changed nothing"
    found = json.loads(capsys.readouterr().out)
    assert (found["schema"], found["program"]) == ("0001", HEAD)
    assert [one["revision"] for one in found["to_do"]] == list(REVISIONS[1:])
    assert main(["db", "upgrade", "--database", database]) == 0
    assert f"schema {HEAD}, up to date" in capsys.readouterr().out
    assert main(["db", "status", "--database", database]) == 0
    assert main(["db", "upgrade", "--database", database, "--json"]) == 0
    capsys.readouterr()
    assert main(["desk", "--database", database, "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["case"] == "case-3"


def test_a_database_that_is_not_there_yet_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = tmp_path / "new.db"
    assert main(["db", "status", "--database", str(database)]) == 1
    assert "no tables yet" in capsys.readouterr().out and not database.exists()
    assert main(["db", "upgrade", "--database", str(database)]) == 0
    assert database.exists()


NEWER = (
    ["db", "status"], ["db", "upgrade"], ["desk", "list"], ["erase", "case-1", "--yes"], ["keys", "status"],
    ["chat", "--reader", "lexicon"], ["serve", "--port", "0", "--reader", "lexicon"],
)  # fmt: skip


@pytest.mark.parametrize("command", NEWER, ids=" ".join)
def test_every_command_leaves_a_newer_database_alone(
    database: str, command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = Path(database).read_bytes()
    monkeypatch.setenv("BYTHEBOOK_DATABASE", database)
    monkeypatch.setenv("BYTHEBOOK_MASTER_KEY", "c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBtb3JlISE=")
    shown = [*command, "--database", database] if command[0] == "chat" else command
    assert main(shown) == 2
    told = capsys.readouterr().err
    assert f"was written by a newer By the Book: its schema is 9999, this one's {HEAD}. Upgrade the program" in told
    assert Path(database).read_bytes() == before


def test_another_programs_file_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    assert main(["db", "status", "--database", str(path)]) == 2
    assert "the database of another program" in capsys.readouterr().err
    assert main(["db", "status", "--database", "postgresql://nobody@127.0.0.1:1/none"]) == 2
    assert "cannot be reached" in capsys.readouterr().err
