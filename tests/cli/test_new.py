"""`bythebook new` as a support lead types it: a folder that runs at once, whole or not at all."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bythebook.adapters.new_folder import CannotWrite, write_new_folder
from bythebook.bootstrap import build_rehearsal
from bythebook.cli.main import main
from bythebook.cli.stand_in import Nothing
from bythebook.settings import Settings
from bythebook.testing.script import play, read_scripts

Typed = Callable[..., tuple[int, str, str]]

CARDS = """\
# Lost card

You can tell us day and night.

## Debit card

Call us and we block it. You can cancel your card at any time.

## Credit card

Please contact our support team. Blocking is free.
"""
PARKING = "# Parking\n\nYou can park in front of the hall. Ask for a list of free places at the gate.\n"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Typed:
    monkeypatch.chdir(tmp_path)

    def run(command: str, *arguments: object, text: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-8"))))
        code = main([command, *map(str, arguments)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "cards.md"
    path.write_text(CARDS, encoding="utf-8")
    return path


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_folder_is_made_that_checks_without_errors(typed: Typed, article: Path, tmp_path: Path) -> None:
    code, out, _ = typed("new", article)
    assert code == 0
    assert out.startswith("wrote lost-card\n") and "cases       debit card, credit card\n" in out
    assert 'functions   cancel_card, for "cancel your card"\n' in out
    assert "bythebook check lost-card" in out and "\x1b" not in out
    assert files(tmp_path / "lost-card") == [
        "document.md",
        "examples.toml",
        "phrases.toml",
        "tests/conversations.md",
    ]
    code, out, _ = typed("check", "lost-card", "--format", "json")
    document = json.loads(out)["documents"][0]
    assert (code, document["ok"]) == (0, True)
    assert (tmp_path / "lost-card" / "document.md").stat().st_mode & 0o777 == article.stat().st_mode & 0o777
    assert not list(tmp_path.glob(".*"))


def test_it_can_be_talked_to_at_once(typed: Typed, article: Path) -> None:
    typed("new", article)
    code, out, _ = typed("chat", "lost-card", "--reader", "lexicon", text="hi\n1\nyes\n\n")
    assert code == 0
    out = " ".join(out.split())
    assert "whether you need help with debit card or credit card?" in out
    assert "[not worded yet: Tell the customer what the article says about debit card.]" in out
    assert "Would you like your card to be cancelled?" in out
    assert "[cancel_card() is not bound: you answer for it" in out


@pytest.mark.parametrize("text", [CARDS, PARKING], ids=["cases", "no cases"])
@pytest.mark.parametrize("more", [(), ("--quote",)], ids=["to be worded", "quoted"])
def test_its_first_conversations_go_as_they_are_written(
    typed: Typed, tmp_path: Path, text: str, more: tuple[str, ...]
) -> None:
    assert typed("new", "-", "made", *more, text=text)[0] == 0
    folder = tmp_path / "made"
    rehearsal = build_rehearsal(replace(Settings(), document=str(folder), reader="lexicon"), stand_in=Nothing)
    scripts = read_scripts((folder / "tests" / "conversations.md").read_text(encoding="utf-8"))
    assert len(scripts) == (3 if text is CARDS else 1)
    for script in scripts:
        assert play(script, rehearsal.do) is None, script.title


def test_nothing_is_made_to_standard_output_or_on_a_dry_run(typed: Typed, article: Path, tmp_path: Path) -> None:
    code, out, _ = typed("new", article, "-")
    assert code == 0 and out.startswith("## Lost card\n\n### Solution\n\n# Lost card\n")
    assert out.rstrip().endswith("**Parameters**: None.")
    code, out, _ = typed("new", article, "there", "--dry-run", "--title", "Cards")
    assert code == 0 and "==> there/document.md <==\n## Cards\n" in out and "would write there\n" in out
    assert "==> there/tests/conversations.md <==" in out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cards.md"]


def test_what_is_there_is_never_overwritten(typed: Typed, article: Path, tmp_path: Path) -> None:
    taken = tmp_path / "lost-card"
    taken.mkdir()
    assert typed("new", article, "lost-card")[0] == 0  # an empty folder is as good as none
    (taken / "document.md").write_text("mine", encoding="utf-8")
    for folder in ("lost-card", "cards.md", "."):
        code, out, err = typed("new", article, folder)
        assert (code, out) == (2, "")
        assert "is there already, and nothing in it is changed" in err
    assert (taken / "document.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there are no words in"),
        ("# Only a title\n", "has no sentences that could answer a customer"),
        ("# A\n\nx.\n\n```\nno end\n", ":5: a code block begins here and never ends; close it with ```"),
        ("# A\n\nx.\n\n<!-- no end\n", ":5: a comment begins here and never ends; close it with -->"),
        ("# A\n\nx.\n\n**Routine**\n\n1. y\n", ":5: a heading `Routine` would begin the routine"),
    ],
)
def test_what_cannot_become_a_document_is_said_in_a_line(typed: Typed, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    code, out, err = typed("new", path, "made")
    assert (code, out) == (2, "")
    assert err.startswith("bythebook: ") and said in err and err.count("\n") == 1
    assert not (tmp_path / "made").exists()
    assert (
        typed("new", "nowhere.md")[2] == "bythebook: cannot read the article nowhere.md: No such file or directory\n"
    )


class StoppedHalfWay(dict[str, str]):
    """Files of which the second is never written: its author pressed Ctrl-C."""

    def items(self) -> Iterator[tuple[str, str]]:  # type: ignore[override]
        yield "document.md", "half"
        raise KeyboardInterrupt


def test_nothing_is_left_when_it_is_stopped_half_way(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_new_folder(tmp_path / "deep" / "made", StoppedHalfWay())
    assert [path.name for path in tmp_path.rglob("*")] == ["deep"]


def test_nothing_is_left_where_there_is_no_room(article: Path, tmp_path: Path) -> None:
    # The system lets no file grow beyond a kilobyte, as on a disk that is full.
    command = f'ulimit -f 1; exec "{sys.executable}" -m bythebook new "{article}" made'
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "bythebook: cannot write made: File too large" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cards.md"]


def test_a_folder_that_fills_up_in_between_is_kept(tmp_path: Path) -> None:
    class FilledMeanwhile(dict[str, str]):
        def items(self) -> Iterator[tuple[str, str]]:  # type: ignore[override]
            yield "document.md", "ours"
            (tmp_path / "made").mkdir()
            (tmp_path / "made" / "document.md").write_text("theirs", encoding="utf-8")

    with pytest.raises(CannotWrite, match="cannot write"):
        write_new_folder(tmp_path / "made", FilledMeanwhile())
    assert (tmp_path / "made" / "document.md").read_text(encoding="utf-8") == "theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["made"]
