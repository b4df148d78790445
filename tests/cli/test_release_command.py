"""`bythebook release`: a life of a release by hand, and what is told of it."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from bythebook.adapters.sql_people import SqlPeople
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import build_installation, open_store
from bythebook.cli.main import main
from bythebook.service.conversation import Conversation
from bythebook.service.people import Deed, NotedQuery
from bythebook.settings import Settings
from tests.service.test_releases import DOCUMENT


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BYTHEBOOK_DATABASE", str(tmp_path / "cases.db"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refunds").mkdir()
    (tmp_path / "refunds" / "document.md").write_text(DOCUMENT)
    return tmp_path / "refunds" / "document.md"


def told(capsys: pytest.CaptureFixture[str]) -> str:
    shown = capsys.readouterr()
    return shown.out + shown.err


def test_from_a_folder_to_live_and_back(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["release", "submit", "refunds", "--as", "Ann"]) == 0
    assert "is checked and waits: `bythebook release approve refunds --as NAME`" in told(capsys)
    assert main(["release", "approve", "refunds", "--as", "Ben", "--note", "read it twice"]) == 0
    assert main(["release", "release", "refunds", "--as", "Ann"]) == 0
    assert "is live: new cases begin with it" in told(capsys)
    place.write_text(DOCUMENT.replace("on its way", "coming"))
    assert main(["release", "release", "./refunds", "--as", "Ann"]) == 0
    assert main(["release", "rollback", "refunds", "--as", "Ben"]) == 0
    capsys.readouterr()
    assert main(["release", "list", "--json"]) == 0
    live, replaced = json.loads(capsys.readouterr().out)
    assert (live["stage"], live["approved_by"], replaced["stage"]) == ("released", "Ben", "replaced")
    assert main(["release", "show", "refunds"]) == 0
    assert "read it twice" in told(capsys)
    assert main(["release", "diff", "refunds", replaced["digest"][:8]]) == 1
    shown = told(capsys)
    assert "- It is on its way." in shown
    assert "+ It is coming." in shown
    assert main(["release", "diff", "refunds", live["digest"]]) == 0
    assert main(["release", "diff", "refunds"]) == 2
    assert "no release of refunds waits" in capsys.readouterr().err
    place.write_text(DOCUMENT.replace("on its way", "near"))
    assert main(["release", "submit", "./refunds", "--as", "Ann"]) == 0
    assert main(["release", "diff", "refunds"]) == 1
    assert "+ It is near." in told(capsys)
    assert main(["release", "retire", "refunds", "--as", "Ben"]) == 0
    assert "open ones run to their end" in told(capsys)


def test_steps_made_in_a_terminal_stand_in_the_log_of_access(place: Path) -> None:
    assert main(["release", "release", "./refunds", "--as", "Ann", "--note", "the new words"]) == 0
    assert main(["release", "retire", "refunds", "--as", "Ben"]) == 0
    with closing(SqliteStore(place.parent.parent / "cases.db")) as store:
        noted = SqlPeople(store).noted(NotedQuery(), 10)
    told = [(one.who, one.what, one.detail) for one in noted]
    assert told[0] == ("Ben", Deed.RELEASE_CHANGED, "retire")
    assert ("Ann", Deed.RELEASED, "release: the new words") in told


def test_the_cases_of_two_releases_are_compared_line_by_line(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["release", "release", "./refunds", "--as", "Ann"]) == 0
    settings = Settings(reader="lexicon", database=str(place.parent.parent / "cases.db"), document=("refunds",))
    with closing(open_store(settings)) as store:
        installed = build_installation(settings, store)
        talk = Conversation(installed.runner)
        talk.say(talk.open().case_id, "hello", "m1")
    place.write_text(DOCUMENT.replace("on its way", "coming"))
    assert main(["release", "release", "./refunds", "--as", "Ann"]) == 0
    capsys.readouterr()
    live, before = _digests(capsys)
    assert main(["release", "diff", before, live]) == 1
    shown = told(capsys)
    assert "cases that came to each line, of 1 before and 0 after" in shown
    assert "100 % ->      -" in shown
    assert main(["release", "diff", before, live, "--json"]) == 1
    heat = json.loads(capsys.readouterr().out)["heat"]
    assert (heat["cases_before"], heat["cases_after"]) == (1, 0)
    assert any(pair["before"] and pair["before"]["reached"] == 1 for pair in heat["places"])
    assert any(pair["after"] is None for pair in heat["places"]), "the line that was reworded"


def _digests(capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["release", "list", "--json"]) == 0
    return [one["digest"] for one in json.loads(capsys.readouterr().out)]


def test_the_desk_and_the_doctor_take_what_is_released(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["release", "release", "./refunds", "--as", "Ann"]) == 0
    place.write_text("1. Frobnicate the thing.\n")
    assert main(["desk", "--document", "refunds", "list"]) == 0
    capsys.readouterr()
    main(["doctor", "--quick", "--document", "refunds"])
    assert "they run: refunds" in told(capsys)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["approve", "refunds"], "documents with releases: none"),
        (["rollback", "refunds"], "documents with releases: none"),
        (["release", "nowhere"], "nowhere"),
        (["diff", "refunds", "nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_done_says_why(
    place: Path, capsys: pytest.CaptureFixture[str], given: list[str], words: str
) -> None:
    assert place.exists()
    assert main(["release", *given]) == 2
    assert words in told(capsys)


def test_a_document_with_errors_is_not_released(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place.write_text(DOCUMENT.replace("`case_resolution`", "`case_resolutoin`"))
    (place.parent / "phrases.toml").write_text("[conduct]\nnudge = 1\n")
    assert main(["release", "release", "refunds", "--as", "Ann"]) == 2
    assert "refunds cannot be released as it is" in told(capsys)
    assert main(["release", "list"]) == 0
    assert "nothing was ever released here" in told(capsys)
