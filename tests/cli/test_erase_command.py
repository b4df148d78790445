"""`bythebook erase`, as somebody at the desk types it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bythebook.adapters.sql_people import SqlPeople
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import build_installation, open_store
from bythebook.cli.main import main
from bythebook.keeping import retention_of
from bythebook.service.conversation import Conversation
from bythebook.service.people import Deed, NotedQuery
from bythebook.settings import Settings, SettingWrong

Typed = Callable[..., tuple[int, str, str]]


class Terminal(io.StringIO):
    """A standard input at which a person sits."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    def run(arguments: list[str], answer: str | None = None) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO() if answer is None else Terminal(answer))
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def case(typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A sealed case in which the customer gave a name."""
    (tmp_path / "keys").write_text(typed(["keys", "new"])[1])
    monkeypatch.setenv("BYTHEBOOK_MASTER_KEY_FILE", str(tmp_path / "keys"))
    monkeypatch.setenv("BYTHEBOOK_DATABASE", str(tmp_path / "cases.db"))
    return talked(Settings(database=str(tmp_path / "cases.db"), master_key_file=str(tmp_path / "keys")))


def talked(settings: Settings) -> str:
    from_now = Settings(database=settings.database, master_key_file=settings.master_key_file, reader="lexicon")
    store = open_store(from_now)
    conversation = Conversation(build_installation(from_now, store).runner)
    case = conversation.open().case_id
    conversation.say(case, "for the API, said Zebulon", "m1")
    store.close()
    return case


def test_a_case_is_erased_once_somebody_has_said_yes(typed: Typed, case: str) -> None:
    code, out, err = typed(["erase", case[:10]], "no\n")
    assert (code, out) == (1, "") and f"Erase case {case} (business-associate-agreement, open," in err
    assert "Zebulon" in typed(["desk", "show", case])[1]
    code, out, err = typed(["erase", case[:10], "--as", "Ann", "--why", "by letter"], "yes\n")
    assert code == 0 and "is erased; its chain is whole" in out
    shown = typed(["desk", "show", case])[1]
    assert "Zebulon" not in shown and "customer  (erased)" in shown and "erased by Ann: by letter" in shown
    assert f"{case}  erased" in shown
    assert json.loads(typed(["desk", "list", "--all", "--json"])[1])["status"] == "erased"
    code, _, err = typed(["erase", case, "--yes"])
    assert code == 2 and f"bythebook: case {case} was erased before" in err
    code, _, err = typed(["desk", "take", case])
    assert code == 2 and "the case was erased" in err


def test_the_log_of_access_tells_who_erased_what(typed: Typed, case: str, tmp_path: Path) -> None:
    assert typed(["erase", case, "--yes", "--as", "Ann"])[0] == 0
    with closing(SqliteStore(tmp_path / "cases.db")) as store:
        noted = SqlPeople(store).noted(NotedQuery(what=Deed.CASE_ERASED), 10)
    assert [(one.who, one.about) for one in noted] == [("Ann", case)]


def test_a_program_gets_one_object(typed: Typed, case: str) -> None:
    code, out, _ = typed(["erase", case, "--yes", "--json", "--as", "Ann"])
    told = json.loads(out)
    assert code == 0 and told.pop("erased_at") and told.pop("version") > 5
    assert told == {
        "case": case, "by": "Ann", "why": "asked for at the desk", "chain_whole": True, "previous": None,
        "continued_in": None,
    }  # fmt: skip


def test_nobody_is_asked_where_nobody_sits(typed: Typed, case: str) -> None:
    code, _, err = typed(["erase", case])
    assert code == 2 and "--yes" in err
    assert "Zebulon" in typed(["desk", "show", case])[1]


def test_a_case_without_a_key_is_kept_and_the_way_out_is_said(typed: Typed, tmp_path: Path) -> None:
    database = str(tmp_path / "plain.db")
    case = talked(Settings(database=database))
    code, out, err = typed(["erase", case, "--yes", "--database", database])
    assert (code, out) == (2, "")
    assert "was opened without a master key" in err and "help: " in err and "BYTHEBOOK_MASTER_KEY_FILE" in err


def test_a_beginning_that_fits_none_or_several_is_said(typed: Typed, case: str, tmp_path: Path) -> None:
    code, _, err = typed(["erase", "zzz", "--yes"])
    assert code == 2 and "no cases begin with 'zzz'" in err
    talked(Settings(database=str(tmp_path / "cases.db"), master_key_file=str(tmp_path / "keys")))
    code, _, err = typed(["erase", "", "--yes"])
    assert code == 2 and "cases begin with ''" in err


def test_a_schedule_without_keys_is_refused_at_start(tmp_path: Path) -> None:
    from_now = Settings(database=str(tmp_path / "cases.db"), erase_resolved_days=30, reader="lexicon")
    store = open_store(from_now)
    with pytest.raises(SettingWrong, match=r"BYTHEBOOK_MASTER_KEY_FILE"):
        retention_of(from_now, build_installation(from_now, store).runner)
    store.close()


def test_an_erased_case_is_no_difference_and_says_that_its_words_are_gone(typed: Typed, case: str) -> None:
    assert typed(["erase", case, "--yes", "--as", "Ann", "--why", "by letter"])[0] == 0
    code, out, _ = typed(["replay"])
    assert code == 0 and f"{case}: was erased" in out and "1 case, 0 differ" in out
    assert json.loads(typed(["replay", "--json"])[1]) == {"case": case, "same": None, "erased": True}
    code, out, _ = typed(["why", case])
    assert code == 0 and "customer  (erased)" in out and "assistant (erased)" in out
    assert "returns what was erased" in out and "returns nothing" not in out
    assert "erases the case" in out and "because by letter" in out
