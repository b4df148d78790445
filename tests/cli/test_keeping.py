"""Finding, exporting, backing up, restoring and examining cases, as an operator types it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bythebook.adapters.chain import GENESIS, link
from bythebook.bootstrap import build_installation, open_store
from bythebook.service.conversation import Conversation
from bythebook.settings import Settings
from tests.cli.conftest import STATUSES, Kept


def examined(kept: Kept, *arguments: str) -> tuple[int, dict[str, dict[str, Any]]]:
    """Return the doctor's exit code, and what it found by the name of the check."""
    code, out, _ = kept.type("doctor", "--json", *arguments)
    told = json.loads(out)
    assert told["well"] == (code == 0)
    return code, {found["check"]: found for found in told["findings"]}


def change(kept: Kept, statement: str, *values: str) -> None:
    with closing(sqlite3.connect(kept.database)) as connection, connection:
        assert connection.execute(statement, values).rowcount > 0


# ---------------------------------------------------------------- cases


def test_cases_are_found_and_paged(kept: Kept) -> None:
    code, out, err = kept.type("cases", "--json", "--limit", "2")
    first = json.loads(out)
    code, out, _ = kept.type("cases", "--json", "--after", first["after"])
    assert code == 0
    rest = json.loads(out)
    assert rest["after"] is None
    found = [*first["cases"], *rest["cases"]]
    assert {row["case"]: row["status"] for row in found} == dict(zip(kept.cases, STATUSES, strict=True))
    code, out, err = kept.type("cases", "--limit", "2")
    assert len(out.splitlines()) == 2 and f"--after {first['after']}" in err


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (("--status", "resolved"), [0]),
        (("--reason", "the customer asked"), [2]),
        (("--routine", "no-such"), []),
        (("--step", "2"), [1]),
        (("--changed-from", "1h"), [0, 1, 2]),
        (("--changed-until", "1h"), []),
        (("--opened-from", "2026-01-05"), [0, 1, 2]),
        (("--opened-until", "2026-01-05T09:30"), []),
    ],
)
def test_what_rows_say_finds_cases(kept: Kept, asked: tuple[str, ...], wanted: list[int]) -> None:
    code, out, _ = kept.type("cases", "--json", *asked)
    assert code == 0
    assert {row["case"] for row in json.loads(out)["cases"]} == {kept.cases[at] for at in wanted}
    assert "no such case" in kept.type("cases", "zzz")[2]
    assert kept.cases[1] in kept.type("cases", kept.cases[1][:8])[1]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--changed-from", "yesterday"), "is no time; write 2026-01-05"),
        (("--after", "x"), "first page"),
        (("--limit", "0"), "a page has 1 to 1,000 cases"),
    ],
)
def test_what_cannot_be_asked_is_said(kept: Kept, asked: tuple[str, ...], told: str) -> None:
    code, _, err = kept.type("cases", *asked)
    assert code == 2 and told in err


# ---------------------------------------------------------------- export


def test_an_export_leaves_out_what_is_private_and_needs_no_key_for_it(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, whole, _ = kept.type("export", kept.cases[0], "--private", "--stored")
    assert code == 0 and "Zebulon" in whole
    monkeypatch.delenv("BYTHEBOOK_MASTER_KEY_FILE")
    code, out, _ = kept.type("export", kept.cases[0], "--stored")
    told = json.loads(out)
    assert code == 0 and "Zebulon" not in out
    kinds = [entry["event"]["kind"] for entry in told["entries"]]
    assert kinds == [entry["event"]["kind"] for entry in json.loads(whole)["entries"]]
    assert {"FunctionCalled", "CustomerSaid", "CaseClosed"} <= set(kinds)
    quoted = [entry for entry in told["entries"] if entry["event"].get("source") == "quoted"]
    assert quoted and all(entry["text_digest"] and not entry["event"]["text"] for entry in quoted)
    head = GENESIS
    for entry in told["entries"]:
        head = link(head, kept.cases[0], entry["version"], entry["stored"])
        assert head == entry["hash"], "whoever has the export can compute the chain"
    code, _, err = kept.type("export", kept.cases[0], "--private")
    assert code == 2 and "BYTHEBOOK_MASTER_KEY_FILE" in err


def test_an_export_of_an_erased_case_says_so(kept: Kept) -> None:
    kept.type("erase", kept.cases[1], "--yes", "--as", "Ann", "--why", "by letter")
    for more in ((), ("--private",)):
        code, out, _ = kept.type("export", kept.cases[1], *more)
        told = json.loads(out)
        assert code == 0 and told["case"]["status"] == "erased" and "Zebulon" not in out
        assert (told["erased"]["by"], told["erased"]["why"]) == ("Ann", "by letter")
        assert told["chain"] == {"whole": True, "broken_at": None}


def test_the_stored_text_of_a_case_without_a_key_is_private(kept: Kept, tmp_path: Path) -> None:
    plain = str(tmp_path / "plain.db")
    kept.type("chat", "--database", plain, "--reader", "lexicon", text="for the API, said Zebulon\n")
    with pytest.MonkeyPatch.context() as without:
        without.delenv("BYTHEBOOK_MASTER_KEY_FILE")
        without.setenv("BYTHEBOOK_DATABASE", str(tmp_path / "other.db"))
        kept.type("chat", "--database", str(tmp_path / "other.db"), "--reader", "lexicon", text="said Zebulon\n")
        (row,) = json.loads(kept.type("cases", "--json")[1])["cases"]
        code, _, err = kept.type("export", row["case"], "--stored")
        assert code == 2 and "--private" in err
        assert "Zebulon" not in kept.type("export", row["case"])[1]
        assert "Zebulon" in kept.type("export", row["case"], "--stored", "--private")[1]


# ---------------------------------------------------------------- backup and restore


def test_a_backup_is_put_back_and_verified(kept: Kept, tmp_path: Path) -> None:
    code, out, _ = kept.type("backup", str(tmp_path / "backup"))
    assert code == 0 and "by SQLite's online backup" in out
    other = str(tmp_path / "other.db")
    code, out, _ = kept.type("restore", str(tmp_path / "backup"), "--database", other, "--json")
    assert code == 0
    assert json.loads(out) == {
        "database": other, "how": "SQLite's online backup", "cases": 3, "broken": [],
    }  # fmt: skip
    assert kept.type("desk", "--database", other, "show", kept.cases[0])[1].count("Zebulon") == 1
    code, _, err = kept.type("backup", str(tmp_path / "backup"))
    assert code == 2 and "is there already" in err
    code, _, err = kept.type("restore", str(tmp_path / "backup"))
    assert code == 2 and "is not empty" in err


def test_a_restore_says_which_chains_are_broken(kept: Kept, tmp_path: Path) -> None:
    change(kept, "UPDATE events SET kind = 'TurnEnded' WHERE case_id = ? AND version = 2", kept.cases[0])
    kept.type("backup", str(tmp_path / "backup"))
    code, out, err = kept.type("restore", str(tmp_path / "backup"), "--database", str(tmp_path / "other.db"))
    assert code == 1 and "1 chains are broken" in out and f"broken: {kept.cases[0]}" in err


# ---------------------------------------------------------------- doctor


def test_a_healthy_installation_is_well(kept: Kept) -> None:
    code, found = examined(kept)
    assert code == 0 and {one["level"] for one in found.values()} == {"well"}, found
    assert set(found) >= {
        "schema", "model", "disk", "database", "writing", "clock", "keys", "sealing", "documents", "chains", "logs",
        "folds", "snapshots", "releases", "owed work", "timers",
    }  # fmt: skip
    code, out, _ = kept.type("doctor")
    assert code == 0 and "every chain is whole (3 cases)" in out and "\x1b" not in out
    assert "chains" not in examined(kept, "--quick")[1]


ILLS = [
    ("UPDATE events SET body = replace(body, 'm0', 'm9') WHERE case_id = ? AND version = 2", "chains"),
    ("UPDATE events SET body = '{' WHERE case_id = ? AND version = 2", "logs"),
    ("UPDATE cases SET status = 'resolved' WHERE case_id = ?", "folds"),
    ("UPDATE cases SET step = '2' WHERE case_id = ?", "folds"),
]


@pytest.mark.parametrize(("statement", "check"), ILLS)
def test_what_is_wrong_with_a_case_is_found_and_named(kept: Kept, statement: str, check: str) -> None:
    change(kept, statement, kept.cases[2])
    code, found = examined(kept)
    assert code == 1 and found[check]["level"] == "wrong" and found[check]["help"]
    assert found[check]["cases"] == [kept.cases[2]]
    assert examined(kept, "--case", kept.cases[2][:8])[0] == 1
    assert examined(kept, "--case", kept.cases[0])[0] == 0
    assert kept.cases[2] in kept.type("doctor")[1]


def test_work_that_nobody_does_is_told(kept: Kept) -> None:
    long_ago = "UPDATE cases SET owes = 1, updated_at = '2026-01-05T09:00:00.000000Z' WHERE case_id = ?"
    change(kept, long_ago, kept.cases[1])
    _, found = examined(kept, "--case", kept.cases[1])
    assert found["owed work"]["level"] == "warning" and "serve" in found["owed work"]["help"]
    change(kept, "UPDATE cases SET timer_at = '2026-01-05T09:00:00.000000Z' WHERE case_id = ?", kept.cases[1])
    assert examined(kept, "--case", kept.cases[1])[1]["timers"]["level"] == "warning"


def test_a_snapshot_that_lies_is_found(kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BYTHEBOOK_MASTER_KEY_FILE")
    settings = Settings(database=str(tmp_path / "plain.db"), reader="lexicon")
    with closing(open_store(settings)) as store:
        conversation = Conversation(build_installation(settings, store).runner)
        case, said = conversation.open().case_id, 0
        while store.recall(case).state is None:
            conversation.say(case, ("the API", "how long does it take?")[said % 2], str(said))
            said += 1
    plain = Kept(settings.database, (case,), kept.type)
    assert examined(plain, "--database", plain.database)[1]["snapshots"]["level"] == "well"
    change(plain, """UPDATE snapshots SET body = replace(body, '"misses":0', '"misses":2')""")
    code, found = examined(plain, "--database", plain.database)
    assert code == 1 and found["snapshots"]["cases"] == [case]


def test_keys_that_are_missing_or_old_are_told(kept: Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    old, new = (tmp_path / "master.keys").read_text(), kept.type("keys", "new")[1]
    (tmp_path / "master.keys").write_text(new + old)
    code, found = examined(kept)
    assert code == 0 and found["keys"]["help"] == "bythebook keys rotate" and "wraps 3 keys" in found["keys"]["text"]
    (tmp_path / "master.keys").write_text(new)
    code, found = examined(kept)
    assert code == 1 and "(3 cases)" in found["keys"]["text"]
    monkeypatch.delenv("BYTHEBOOK_MASTER_KEY_FILE")
    assert examined(kept)[1]["sealing"]["level"] == "warning"


def test_a_schedule_that_cannot_be_kept_is_told(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYTHEBOOK_ERASE_RESOLVED_DAYS", "30")
    assert examined(kept, "--quick")[1]["retention"]["level"] == "well"
    change(kept, "DELETE FROM case_keys WHERE case_id = ?", kept.cases[0])
    code, found = examined(kept, "--quick")
    assert code == 0 and found["retention"]["text"].startswith("1 case was opened without a key")
    monkeypatch.delenv("BYTHEBOOK_MASTER_KEY_FILE")
    code, found = examined(kept, "--quick")
    assert code == 1 and "BYTHEBOOK_MASTER_KEY_FILE" in found["retention"]["help"]


def test_a_clock_that_was_set_back_is_told(kept: Kept) -> None:
    change(kept, "UPDATE cases SET updated_at = '2126-01-05T09:00:00.000000Z' WHERE case_id = ?", kept.cases[0])
    code, found = examined(kept, "--quick")
    assert code == 1 and "2126-01-05" in found["clock"]["text"]


def test_documents_that_do_not_run_are_told(kept: Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BYTHEBOOK_DOCUMENT", str(tmp_path / "nowhere"))
    code, found = examined(kept)
    assert code == 1 and found["documents"]["level"] == "wrong"


def test_a_database_that_cannot_be_examined_ends_with_2(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear support team")
    code, _, err = kept.type("doctor", "--database", str(tmp_path / "letter"))
    assert code == 2 and "is not a SQLite database" in err
    code, out, _ = kept.type("doctor", "--database", str(tmp_path / "new.db"))
    assert code == 0 and "no" in out and not (tmp_path / "new.db").exists()
