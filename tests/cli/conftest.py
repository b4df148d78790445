"""A sealed installation with a few cases in it, and the command line over it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bythebook.bootstrap import build_installation, open_store
from bythebook.cli.main import main
from bythebook.service.conversation import Conversation
from bythebook.settings import Settings

TALKS = (("for the API, said Zebulon", "no"), ("for the API, said Zebulon",), ("a person please",))
STATUSES = ("resolved", "open", "handed_off")


@dataclass(frozen=True)
class Kept:
    """A database of sealed cases, and how to type commands over it."""

    database: str
    cases: tuple[str, ...]
    """A resolved one, an open one, one that waits for a human."""

    type: Callable[..., tuple[int, str, str]]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kept:
    def run(*arguments: str, text: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        code = main(list(arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    keys, database = tmp_path / "master.keys", str(tmp_path / "cases.db")
    keys.write_text(run("keys", "new")[1])
    monkeypatch.setenv("BYTHEBOOK_MASTER_KEY_FILE", str(keys))
    monkeypatch.setenv("BYTHEBOOK_DATABASE", database)
    settings = Settings(database=database, master_key_file=str(keys), reader="lexicon")
    store = open_store(settings)
    conversation = Conversation(build_installation(settings, store).runner)
    cases = []
    for talk in TALKS:
        cases.append(conversation.open().case_id)
        for number, said in enumerate(talk):
            conversation.say(cases[-1], said, f"m{number}")
    store.close()
    return Kept(database, tuple(cases), run)
