"""`bythebook test --generate`: few conversations that reach all of a document, and go as they are written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bythebook.cli.main import main
from bythebook.testing.script import read_scripts

FIXTURES = Path(__file__).parent.parent / "fixtures"


@pytest.fixture(autouse=True)
def plain_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYTHEBOOK_READER", "lexicon")


def generated(name: str, folder: Path) -> Path:
    place = folder / name
    shutil.copytree(FIXTURES / name, place)
    shutil.rmtree(place / "tests")
    assert main(["test", str(place), "--generate"]) == 0
    return place


@pytest.mark.parametrize("name", ["membership", "boat-yard"])
def test_all_of_a_document_is_reached(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = generated(name, tmp_path)
    capsys.readouterr()
    assert main(["test", str(place), "--lines-at-least", "100", "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)["coverage"][0]["counts"]
    assert all(one["reached"] == one["of"] for one in counts.values()), counts


def test_the_same_is_written_again_and_a_changed_document_departs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = generated("boat-yard", tmp_path)
    file, document = place / "tests" / "every-path.md", place / "document.md"
    before = file.read_text(encoding="utf-8")
    assert main(["test", str(place), "--generate"]) == 0
    assert file.read_text(encoding="utf-8") == before
    document.write_text(document.read_text(encoding="utf-8").replace("40 euros", "14 euros"), encoding="utf-8")
    capsys.readouterr()
    assert main(["test", str(place)]) == 1
    assert "+ [2e.i] A cover is 14 euros." in capsys.readouterr().out


def test_titles_tell_conversations_apart(tmp_path: Path) -> None:
    text = (generated("membership", tmp_path) / "tests" / "every-path.md").read_text(encoding="utf-8")
    titles = [script.title for script in read_scripts(text)]
    assert len(set(titles)) == len(titles) > 3 and all(title[0].isdigit() for title in titles)


def test_what_no_example_says_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "document.md"
    document.write_text(
        """\
# Xylophone

1. If the customer has zork, then:
   a. Say: "Zork it is."
2. If the customer zorks with zork, then:
   a. Say: "That too."
3. Ask the customer if there is anything else: "Is there anything else?"
4. Call the `case_resolution` function.
"""
    )
    assert main(["test", str(tmp_path), "--generate"]) == 0
    told = capsys.readouterr().out
    assert main(["test", str(tmp_path), "--lines-at-least", "100"]) == 0
    text = (tmp_path / "tests" / "every-path.md").read_text(encoding="utf-8")
    assert ("Read as: " in text) == ("it says what they are read as" in told)


def test_nobody_elses_file_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = generated("boat-yard", tmp_path)
    file = place / "tests" / "every-path.md"
    file.write_text("# Mine\n")
    assert main(["test", str(place), "--generate"]) == 2
    assert file.read_text() == "# Mine\n"
    assert "was not written by --generate" in capsys.readouterr().err


def test_a_document_without_a_folder_is_written_where_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = tmp_path / "boats.md"
    shutil.copy(FIXTURES / "boat-yard" / "document.md", alone)
    assert main(["test", str(alone), "--generate"]) == 2
    assert "say where to write with --output" in capsys.readouterr().err
    assert main(["test", str(alone), "--generate", "--output", "-"]) == 0
    assert capsys.readouterr().out.startswith("# Every path of Boat yard")
