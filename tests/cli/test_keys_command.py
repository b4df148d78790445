"""`bythebook keys`, as an operator types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bythebook.bootstrap import build_installation, open_store
from bythebook.cli.main import main
from bythebook.service.conversation import Conversation
from bythebook.settings import Settings


def test_a_key_is_made_used_and_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, database = tmp_path / "master.keys", str(tmp_path / "cases.db")
    assert main(["keys", "new"]) == 0
    first = capsys.readouterr().out
    keys.write_text(first)
    monkeypatch.setenv("BYTHEBOOK_MASTER_KEY_FILE", str(keys))
    settings = Settings(database=database, master_key_file=str(keys), reader="lexicon")
    store = open_store(settings)
    conversation = Conversation(build_installation(settings, store).runner)
    case = conversation.open().case_id
    conversation.say(case, "for the API, said Zebulon", "m1")
    store.close()
    assert b"Zebulon" not in b"".join(file.read_bytes() for file in tmp_path.iterdir() if file != keys)

    assert main(["keys", "new"]) == 0
    keys.write_text(capsys.readouterr().out + first)
    assert main(["keys", "status", "--database", database]) == 0
    assert "older one wrapped: 1" in capsys.readouterr().out
    assert main(["keys", "rotate", "--database", database]) == 0
    assert "1 keys wrapped" in capsys.readouterr().out
    keys.write_text(keys.read_text().splitlines()[0])
    store = open_store(settings)
    assert any("Zebulon" in repr(event) for event in store.load(case))
    store.close()


def test_without_a_key_the_way_to_one_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["keys", "status", "--database", str(tmp_path / "cases.db")]) == 2
    assert "bythebook keys new" in capsys.readouterr().err


def test_a_file_that_holds_no_key_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "keys").write_text("not a key")
    monkeypatch.setenv("BYTHEBOOK_MASTER_KEY_FILE", str(tmp_path / "keys"))
    assert main(["keys", "status", "--database", str(tmp_path / "cases.db")]) == 2
    assert "line 1" in capsys.readouterr().err
