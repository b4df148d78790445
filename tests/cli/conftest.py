"""A sealed installation with a few cases in it, and the command line over it."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bythebook.adapters.master_keys import new_master_key
from bythebook.bootstrap import build_installation, open_store
from bythebook.cli.main import main
from bythebook.service.conversation import Conversation
from bythebook.settings import Settings

TALKS = (("for the API, said Zebulon", "no"), ("for the API, said Zebulon",), ("a person please",))
KEYS, CASES = "master.keys", "cases.db"
STATUSES = ("resolved", "open", "handed_off")


@dataclass(frozen=True)
class Kept:
    """A database of sealed cases, and how to type commands over it."""

    database: str
    cases: tuple[str, ...]
    """A resolved one, an open one, one that waits for a human."""

    type: Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def talked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, ...]]:
    """A folder with the keys and the database of sealed cases, for each test to take a copy of, and their ids."""
    folder = tmp_path_factory.mktemp("talked")
    (folder / KEYS).write_text(f"{new_master_key()}\n")
    settings = Settings(database=str(folder / CASES), master_key_file=str(folder / KEYS), reader="lexicon")
    store = open_store(settings)
    conversation = Conversation(build_installation(settings, store).runner)
    cases = []
    for talk in TALKS:
        cases.append(conversation.open().case_id)
        for number, said in enumerate(talk):
            conversation.say(cases[-1], said, f"m{number}")
    store.close()
    return folder, tuple(cases)


@pytest.fixture
def kept(
    talked: tuple[Path, tuple[str, ...]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Kept:
    def run(*arguments: str, text: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        code = main(list(arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    folder, cases = talked
    for name in (KEYS, CASES):
        shutil.copy(folder / name, tmp_path / name)
    monkeypatch.setenv("BYTHEBOOK_MASTER_KEY_FILE", str(tmp_path / KEYS))
    monkeypatch.setenv("BYTHEBOOK_DATABASE", str(tmp_path / CASES))
    return Kept(str(tmp_path / CASES), cases, run)
