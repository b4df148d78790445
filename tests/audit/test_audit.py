"""The audit finds nothing in what was run: conversations that settle the rules, with humans, failures and moves."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bythebook.adapters.case_archive import Archivist, script
from bythebook.adapters.ed25519 import NO_KEYS
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.sql_checkpoints import SqlCheckpoints
from bythebook.auditing import auditors_of
from bythebook.bootstrap import build_rehearsal
from bythebook.cli.main import main
from bythebook.cli.simulating import Lives
from bythebook.service.erasing import Erasing
from bythebook.settings import Settings
from bythebook.testing.fakes import ManualClock
from bythebook.testing.script import play, read_scripts
from tests.audit.houses import MASTER, SIGNING, keys, run_cases, store_at

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
TOGETHER = tuple(
    str(path)
    for path in (
        *(FIXTURES / "together" / name for name in ("library-books", "court-booking", "lost-property")),
        *(FIXTURES / "together" / name for name in ("fee-refund", "identity-check")),
        FIXTURES / "membership",
    )
)
PLAYED = (
    (ROOT / "routines/business-associate-agreement/tests/conversations.md", ("",)),
    (FIXTURES / "membership/tests/conversations.md", (str(FIXTURES / "membership"),)),
    (FIXTURES / "together/tests/conversations.md", TOGETHER),
)


@pytest.mark.parametrize(("file", "documents"), PLAYED, ids=lambda given: Path(str(given)).parts[-3:][0])
def test_nothing_is_found_in_what_was_run(file: Path, documents: tuple[str, ...], tmp_path: Path) -> None:
    store = MemoryStore()
    rehearsal = build_rehearsal(Settings(reader="lexicon", document=documents), store=store)
    for one in read_scripts(file.read_text(encoding="utf-8")):
        play(one, rehearsal.do)
    auditors = auditors_of(store, NO_KEYS)
    found = [one for case_id in store.rows for one in auditors.cases.case(case_id)]
    drafts = {one.case_id for one in found if one.check == "draft"}
    assert {one.check for one in found} <= {"draft"}, "a document that is tried out says drafts, and nothing else"
    assert auditors.cases.counts.texts > len(store.rows)
    archivist = Archivist(store, auditors.checkpoints, auditors.cases.release, NO_KEYS)
    for case_id in list(store.rows)[:5]:  # each takes a process
        given = [sys.executable, str(script()), str(archivist.write(case_id, tmp_path))]
        checked = subprocess.run(given, capture_output=True, text=True, check=False)
        assert checked.returncode == (case_id in drafts), checked.stdout + checked.stderr


def test_nothing_is_found_in_what_made_up_customers_went_through() -> None:
    world = Lives.of(Settings(reader="lexicon", cache="none")).world
    broken = [found for seed in range(1, 41) for found in world.live(seed).broken]
    store = world.rehearsal.runner.store
    assert not broken and isinstance(store, MemoryStore)
    auditors = auditors_of(store, NO_KEYS)
    assert [one for case_id in store.rows for one in auditors.cases.case(case_id)] == []
    assert len(store.rows) >= 40


def test_an_erased_case_is_audited_by_what_is_left(tmp_path: Path) -> None:
    store = store_at(tmp_path / "cases.db", sealed=True)
    case_id, *_ = run_cases(store)
    Erasing(store, ManualClock()).erase(case_id, "Ann", "asked for it")
    auditors = auditors_of(store, keys())
    assert auditors.cases.case(case_id) == ()
    assert auditors.cases.counts.erased == 1
    assert auditors.cases.counts.texts > auditors.cases.counts.filled > 0
    path = Archivist(store, SqlCheckpoints(store), auditors.cases.release, keys()).write(case_id, tmp_path)
    checked = subprocess.run([sys.executable, str(script()), str(path)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    store.close()


# ---------------------------------------------------------------- by command


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = store_at(tmp_path / "cases.db", sealed=True)
    run_cases(store)
    store.close()
    (tmp_path / "signing.key").write_text(SIGNING)
    (tmp_path / "master.key").write_text(MASTER)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BYTHEBOOK_DATABASE", "cases.db")
    monkeypatch.setenv("BYTHEBOOK_MASTER_KEY_FILE", "master.key")
    return tmp_path


def test_without_a_key_it_says_what_would_not_be_seen(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert place.exists()
    assert main(["audit"]) == 0
    assert "chained a log anew" in capsys.readouterr().out
    assert main(["audit", "--report", "audit.html"]) == 0
    assert "no signed checkpoint is here to tell it by" in (place / "audit.html").read_text()
    capsys.readouterr()
    assert main(["checkpoint", "make"]) == 2
    assert "bythebook checkpoint new-key" in capsys.readouterr().err


def test_from_key_to_archive(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BYTHEBOOK_SIGNING_KEY_FILE", "signing.key")
    assert main(["checkpoint", "make"]) == 0
    assert "3 cases" in capsys.readouterr().out
    assert main(["checkpoint", "make"]) == 0
    assert "nothing has changed" in capsys.readouterr().out
    assert main(["checkpoint", "list", "--json"]) == 0
    (listed,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert main(["checkpoint", "public"]) == 0
    (place / "public.keys").write_text(capsys.readouterr().out)
    monkeypatch.delenv("BYTHEBOOK_SIGNING_KEY_FILE")
    trusted = ["--trust", "public.keys", "--expect", f"1:{listed['digest']}"]
    assert main(["audit", *trusted, "--report", "audit.html", "--archive", "archives", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["well"]
    assert report["counts"]["cases"] == 3
    page = (place / "audit.html").read_text()
    assert "All holds." in page
    assert "http" not in page.replace("http-equiv", ""), "a page that asks nothing of the network"
    assert len(list((place / "archives").iterdir())) == 3
    assert main(["audit", "--trust", "public.keys", "--expect", f"2:{listed['digest']}"]) == 1
    assert "was noted down, and is not here" in capsys.readouterr().out
    assert main(["audit", "--case", "case-1", "--since", "1d"]) == 0
    assert main(["audit", "--case", "nobody"]) == 2
    assert main(["audit", "--report", "audit.pdf"]) == 2
    assert main(["audit", "--expect", "one"]) == 2
