"""`bythebook test`: what it plays, how it tells a departure, what it rewrites, what the tests reach."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bythebook.cli.main import main

DOCUMENT = """\
# Tea or coffee

1. Ask the customer: "Would you like tea or coffee?"
2. If the customer would like tea:
   a. Say: "Tea is on its way."
3. If the customer would like coffee:
   a. Say: "Coffee is on its way."
   b. Call `brew`.
4. Ask: "Is there anything else I can help you with?"
   - If not, call `case_resolution`.

Functions:
- `brew`: makes coffee.
- `case_resolution`: ends the case.
"""
TESTS = """\
T means 2a, 4

# Tea

A customer who knows what they want.

  ### 1. Tea
  Customer: tea
  Assistant: T
  Calls: nothing
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BYTHEBOOK_READER", "lexicon")
    (tmp_path / "tests").mkdir()
    (tmp_path / "document.md").write_text(DOCUMENT)
    (tmp_path / "phrases.toml").write_text("")
    (tmp_path / "tests" / "conversations.md").write_text(TESTS)
    return tmp_path


def write_tests(folder: Path, text: str) -> Path:
    file = folder / "tests" / "conversations.md"
    file.write_text(text)
    return file


def test_all_as_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", str(folder)]) == 0
    assert capsys.readouterr().out.startswith("1 conversation, all as written")


@pytest.mark.parametrize("part", ["tests", "tests/conversations.md", "document.md"])
def test_parts_of_the_folder_stand_for_it(folder: Path, part: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", str(folder / part)]) == 0
    assert "1 conversation, all as written" in capsys.readouterr().out


def test_a_departure_shows_what_was_expected_said_and_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_tests(folder, TESTS.replace("Assistant: T", "Assistant: 3a, 4"))
    assert main(["test", str(folder)]) == 1
    told = capsys.readouterr().out
    assert "conversations.md:7: 1. Tea" in told
    assert "line 9, after Customer: tea" in told
    assert "- 3a" in told and "Coffee is on its way." in told
    assert "+ 2a  Tea is on its way." in told
    assert "read as step:2" in told and "1 conversation, 1 departs" in told


def test_words_are_compared_to_the_letter(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = TESTS.replace(
        "Assistant: T", "Assistant [2a]: Tea is on its way.\n  Assistant [4]: Is there anything else ..."
    )
    write_tests(folder, said)
    assert main(["test", str(folder)]) == 0, capsys.readouterr().out
    write_tests(folder, said.replace("Tea is on", "Tee is on"))
    assert main(["test", str(folder)]) == 1
    assert "- [2a] Tee is on its way." in capsys.readouterr().out


def test_a_reading_can_be_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = TESTS.replace("Customer: tea", "Customer: zxcv qwer\n  Read as: step:3").replace(": T", ": 3a, 4")
    write_tests(folder, odd.replace("Calls: nothing", "Calls: brew"))
    assert main(["test", str(folder)]) == 0, capsys.readouterr().out
    write_tests(folder, odd.replace("Read as: step:3", "Read as: perhaps step:2, step:3").replace(": 3a, 4", ": 1"))
    assert main(["test", str(folder)]) == 1
    assert "step:2 1.00, step:3 1.00, unsure (by told)" in capsys.readouterr().out


def test_update_rewrites_expectations_and_nothing_else(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = TESTS.replace("Assistant: T", "Assistant: 3a").replace("Calls: nothing", "Calls: brew")
    file = write_tests(folder, wrong.replace("\n", "\r\n"))
    assert main(["test", str(folder), "--update"]) == 0
    assert file.read_bytes().decode() == TESTS.replace("\n", "\r\n")
    assert "2 expectations rewritten" in capsys.readouterr().out
    assert main(["test", str(folder)]) == 0


def test_update_rewrites_sentences(folder: Path) -> None:
    said = "Assistant [2a]: Tea is on its way.\n  Assistant [4]: Is there anything else I can help you with?"
    file = write_tests(folder, TESTS.replace("Assistant: T", "Assistant [3a]: Coffee.\n\n  Assistant [9]: What?"))
    assert main(["test", str(folder), "--update"]) == 0
    assert file.read_text() == TESTS.replace("Assistant: T", said + "\n")


def test_what_was_refused_is_not_rewritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write_tests(folder, TESTS + "Human settles: happiness\n")
    before = file.read_text()
    assert main(["test", str(folder), "--update"]) == 1
    assert file.read_text() == before
    assert "refused: " in capsys.readouterr().out


def test_results_for_machines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_tests(folder, TESTS + "\n### 2. Coffee & <cake>\nCustomer: coffee\nAssistant: nothing\n")
    assert main(["test", str(folder), "--json", "--junit", str(folder / "junit.xml")]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [one["as_written"] for one in found["conversations"]] == [True, False]
    assert found["conversations"][1]["departure"]["found"] == "3a, 4"
    suite = ElementTree.parse(folder / "junit.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert [case.get("name") for case in suite] == ["1. Tea", "2. Coffee & <cake>"]
    assert suite[0].find("failure") is None and suite[1].find("failure") is not None


def test_some_are_chosen_by_their_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_tests(folder, TESTS + "\n### 2. Coffee\nCustomer: coffee\nAssistant: nothing\n")
    assert main(["test", str(folder), "-k", "tea"]) == 0
    assert main(["test", str(folder), "-k", "conversations.md:7"]) == 0
    assert main(["test", str(folder), "-k", "water"]) == 2
    assert "no conversation has 'water'" in capsys.readouterr().err


def test_a_document_without_tests_is_told_where_they_go(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "tests" / "conversations.md").unlink()
    assert main(["test", str(folder)]) == 2
    assert "write conversations into tests/conversations.md" in capsys.readouterr().err


def test_what_the_tests_reach(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, data = folder / "coverage.html", folder / "coverage.json"
    asked = ["test", str(folder), "--coverage", "--coverage-html", str(page), "--coverage-json", str(data)]
    assert main(asked) == 0
    told = capsys.readouterr().out
    assert "^ no test comes to line 3a" in told and "^ no test where condition 3 holds" in told
    assert "lines                     2 of 6   33.3 %" in told
    assert "Coffee is on its way." in page.read_text() and "no test comes to line 3a" in page.read_text()
    reached = {
        (one["kind"], one["label"], one["way"]): one["reached_by"]
        for one in json.loads(data.read_text())[0]["places"]
    }
    assert reached["branches", "2", "holds"] == ["1. Tea"]
    assert reached["branches", "3", "does not hold"] == ["1. Tea"]
    assert reached["branches", "2", "does not hold"] == []
    assert main(["test", str(folder), "--lines-at-least", "50"]) == 1


def test_the_shipped_documents_tests_reach_every_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BYTHEBOOK_READER", "lexicon")
    assert main(["test", "--lines-at-least", "100", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["coverage"][0]["counts"]
    assert all(one["reached"] == one["of"] for one in found.values()), found
