"""The two commands that show a document: what they print, and the exit codes scripts rely on."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from bythebook.adapters.folder import DocumentNotFound, find_document, read_folder, shipped_routines
from bythebook.cli import check, show

GOOD = """\
### Routine

1. Inform the customer: "You can return it within 30 days."
2. Ask the customer: "Is there anything else I can assist you with today?"
3. Call the `case_resolution` function.

### Function Definitions

- `case_resolution`: Marks the case as resolved.
"""


def run_check(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    check.add_arguments(parser)
    return check.run(parser.parse_args(arguments))


def run_show(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    show.add_arguments(parser)
    return show.run(parser.parse_args(arguments))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns" / "document.md").write_text(GOOD, encoding="utf-8")
    return tmp_path / "returns"


def test_check_of_the_shipped_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_check() == 0
    out = capsys.readouterr().out
    assert out.endswith("\n\n0 errors, 6 warnings\n")
    assert "document.md:60:7" in out
    assert out.count("warning[unreviewed-data]: nobody has reviewed this data") == 2
    assert "\x1b" not in out


def test_check_of_a_file_and_of_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_check(str(folder)) == 0
    assert run_check(str(folder / "document.md")) == 0
    alone = folder / "other.md"
    alone.write_text(GOOD, encoding="utf-8")
    assert run_check(str(alone)) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings\n" * 3


def test_check_tells_of_the_files_beside_the_document(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "phrases.toml").write_text('[line."9"]\ntext = "x"\n', encoding="utf-8")
    assert run_check(str(folder)) == 1
    out = capsys.readouterr().out
    assert 'error[unknown-line]: [line."9"]: the routine has no line `9`' in out
    assert f" --> {folder / 'phrases.toml'}" in out
    assert out.endswith("1 error, 0 warnings\n")


def test_check_binds_functions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "functions.py").write_text("x = 1\n", encoding="utf-8")
    assert run_check(str(folder)) == 1
    assert "error[unbound-function]" in capsys.readouterr().out
    (folder / "functions.py").write_text("def (:\n", encoding="utf-8")
    assert run_check(str(folder)) == 1
    assert "error[broken-functions]" in capsys.readouterr().out


def test_check_of_several_documents_one_of_which_is_missing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_check(str(folder), "nowhere.md") == 2
    streams = capsys.readouterr()
    assert streams.out == "0 errors, 0 warnings\n"
    assert streams.err == (
        "bythebook: there is no nowhere.md; give a Markdown file, or a folder with a document.md in it\n"
    )


def test_check_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "document.md").write_text("1. Dance.\n", encoding="utf-8")
    assert run_check(str(folder), "--format", "json") == 1
    found = json.loads(capsys.readouterr().out)
    assert found["errors"] == 1
    assert found["documents"][0]["ok"] is False
    first = found["documents"][0]["findings"][0]
    assert (first["name"], first["line"], first["column"]) == ("missing-resolution", 1, 4)


def test_check_of_a_file_that_is_not_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alone = folder / "other.md"
    alone.write_bytes(b"\xff")
    assert run_check(str(alone)) == 1
    assert "error[not-utf-8]" in capsys.readouterr().out


def test_show_names_every_line_and_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_show() == 0
    out = capsys.readouterr().out
    for label in ("1a", "2a", "2e.i", "2f", "3a.i", "4.1", "4.2", "5.1", "6"):
        assert f"  {label:<8}" in out
    assert "“the API” leads to step 2; “ChatGPT Enterprise” leads to step 3" in out
    assert "question 1a asks for it" in out
    assert "no question asks for it" in out
    assert "What happens if I’m not approved?" in out
    assert "provide_sales_contact_information()" in out
    assert "0 errors, 4 warnings" in out


def test_show_lists_what_was_not_understood(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "document.md").write_text("1. Dance.\n   - Sing.\n", encoding="utf-8")
    assert run_show(str(folder)) == 1
    out = capsys.readouterr().out
    assert "NOT UNDERSTOOD" in out
    assert "Sing." in out


def test_show_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_show("--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    line = found["steps"][1]["lines"][5]
    assert (line["label"], line["parent"], line["line"], line["column"]) == ("2e.i", "2e", 53, 9)
    assert found["steps"][3]["condition"]["kind"] == "report"
    assert len(found["article"]["topics"]) == 6


def test_show_as_a_flowchart(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_show("--format", "mermaid") == 0
    out = capsys.readouterr().out
    assert out.startswith("flowchart TD\n")
    assert 'step0 -- "the API" --> step1' in out
    assert 'word(["somebody says so"]) -. "the customer is not approved" .-> step3' in out
    assert 'step4 -- "no" --> step5' in out


def test_show_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_show("nowhere.md") == 2
    assert "nowhere.md" in capsys.readouterr().err


def test_documents_are_found_by_name_and_by_path(folder: Path) -> None:
    assert find_document("") == shipped_routines() / "business-associate-agreement"
    assert find_document("business-associate-agreement") == find_document("")
    assert find_document(str(folder)) == folder


def test_a_folder_is_read_with_its_data_and_without_its_tests(folder: Path) -> None:
    for path in ("data/a.toml", "data/deep/b.csv", "tests/x.txt", "examples.toml"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b"")
    name, files = read_folder(folder)
    assert name == "returns"
    assert sorted(files) == ["data/a.toml", "data/deep/b.csv", "document.md", "examples.toml"]
    assert read_folder(folder / "document.md") == (name, files)


def test_a_folder_without_a_document(tmp_path: Path) -> None:
    with pytest.raises(DocumentNotFound, match=r"has no document\.md"):
        read_folder(tmp_path)
