"""What `bythebook check` prints for people, editors and code hosts, and what it takes."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest

from bythebook.adapters import check_pages
from bythebook.adapters.folder import shipped_routines
from bythebook.cli import check
from bythebook.compiler.check_names import SUMMARIES

ROOT = Path(__file__).parents[2]
SHIPPED = shipped_routines() / "business-associate-agreement"
DOCUMENT = """\
### Routine

1. If the customer was refused, then:
   - Inform the customer: "We tell you why."
2. Ask the customer: "Is there anything else I can assist you with today?"
3. Call the `case_resolution` function.

### Function Definitions

- `case_resolution`: Marks the case as resolved.
"""
ACCEPTS = '[accept]\n"report-only-condition 1" = "nobody asks each customer"\n'
BROKEN = DOCUMENT.replace("Inform the customer:", "Dance for the customer:")


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    check.add_arguments(parser)
    return check.run(parser.parse_args(arguments))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of documents that the command runs in."""
    for name, text in {"refusals": DOCUMENT, "déjà vu": BROKEN}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "document.md").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_line_a_finding(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("refusals", "déjà vu", "--format", "line") == 1
    asks = "warning[report-only-condition] no question asks whether `the customer was refused`"
    assert capsys.readouterr().out.splitlines() == [
        f"refusals/document.md:3:7: {asks}",
        f"déjà vu/document.md:3:7: {asks}",
        "déjà vu/document.md:4:6: error[unknown-instruction] line 1.1 is not in words that can be carried out",
    ]


def test_findings_stand_in_document_order_and_the_document_stands_first(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "refusals" / "phrases.toml").write_text('[accept]\n"x 1" = "y"\n[other]\n', encoding="utf-8")
    assert run("refusals", "--format", "line") == 1
    places = [line.split(": ")[0] for line in capsys.readouterr().out.splitlines()]
    assert places == ["refusals/document.md:3:7", "refusals/phrases.toml:2:1", "refusals/phrases.toml:3:1"]


def test_accepted_findings_are_counted_and_not_shown(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "refusals" / "phrases.toml").write_text(ACCEPTS, encoding="utf-8")
    assert run("refusals") == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings, 1 accepted\n"
    assert run("refusals", "--strict") == 0
    capsys.readouterr()
    assert run("refusals", "--all") == 0
    shown = capsys.readouterr().out
    assert "warning[report-only-condition]" in shown
    assert "\naccepted: nobody asks each customer\n" in shown


def test_an_accepted_step_has_all_its_lines(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = DOCUMENT.replace(
        '   - Inform the customer: "We tell you why."\n',
        '   - If the customer is angry, then:\n      - Inform the customer: "We are sorry."\n',
    )
    (here / "refusals" / "document.md").write_text(document, encoding="utf-8")
    (here / "refusals" / "phrases.toml").write_text(ACCEPTS, encoding="utf-8")
    assert run("refusals") == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings, 2 accepted\n"
    (here / "refusals" / "phrases.toml").write_text(ACCEPTS.replace(" 1", " 1.1"), encoding="utf-8")
    assert run("refusals", "--format", "line") == 0
    assert capsys.readouterr().out.startswith("refusals/document.md:3:7: warning")


@pytest.mark.parametrize(
    ("row", "message", "help"),
    [
        (
            '"report-only-condition 2" = "so"',
            "[accept] `report-only-condition 2` accepts nothing: there is no such finding",
            "did you mean `report-only-condition 1`?",
        ),
        ('"unused-function 1" = "so"', "accepts nothing", "take the row out"),
        ('"report-only-conditions 1" = "so"', "no check is called", "did you mean `report-only-condition`?"),
        ('"report-only-condition" = "so"', "does not say which finding", '"report-only-condition 4" = "..."'),
        ('"draft-phrase 1.1" = "so"', "a named person mends it", "read what it is about"),
    ],
)
def test_a_row_that_accepts_nothing_is_reported(
    here: Path, capsys: pytest.CaptureFixture[str], row: str, message: str, help: str
) -> None:
    (here / "refusals" / "phrases.toml").write_text(f"[accept]\n{row}\n", encoding="utf-8")
    assert run("refusals", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)["documents"][0]["findings"]
    told = [finding for finding in found if finding["name"] == "unmatched-accept"]
    assert len(told) == 1
    assert message in told[0]["message"]
    assert help in told[0]["help"]
    assert (told[0]["path"], told[0]["line"]) == ("refusals/phrases.toml", 2)


def test_an_error_cannot_be_accepted(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accepts = '[accept]\n"unknown-instruction 1.1" = "so"\n'
    (here / "déjà vu" / "phrases.toml").write_text(accepts, encoding="utf-8")
    assert run("déjà vu") == 1
    out = capsys.readouterr().out
    assert "`unknown-instruction` keeps the document from running, and cannot be accepted" in out
    assert out.endswith("1 error, 2 warnings\n")


def test_a_reason_is_asked_for(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "refusals" / "phrases.toml").write_text('[accept]\n"report-only-condition 1" = " "\n', encoding="utf-8")
    assert run("refusals") == 1
    assert "error[wrong-shape]: [accept] `report-only-condition 1` does not say why" in capsys.readouterr().out


def test_strict_lets_warnings_count(here: Path) -> None:
    assert run("refusals") == 0
    assert run("refusals", "--strict") == 1


def test_json_and_its_short_form(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("refusals", "--json") == 0
    short = capsys.readouterr().out
    assert run("refusals", "--format", "json") == 0
    assert capsys.readouterr().out == short
    found = json.loads(short)
    assert (found["errors"], found["warnings"], found["accepted"]) == (0, 1, 0)
    finding = found["documents"][0]["findings"][0]
    assert finding["about"] == ["1"]
    assert finding["accept"] == "report-only-condition 1"
    assert (finding["path"], finding["line"], finding["column"]) == ("refusals/document.md", 3, 7)
    assert (finding["end_line"], finding["end_column"]) == (3, 31)


def test_sarif_has_what_the_standard_requires(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "refusals" / "phrases.toml").write_text(ACCEPTS, encoding="utf-8")
    assert run("refusals", "déjà vu", "--format", "sarif", "--all") == 1
    log = json.loads(capsys.readouterr().out)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (one_run,) = log["runs"]
    driver = one_run["tool"]["driver"]
    assert driver["name"] == "bythebook"
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"] == SUMMARIES[rule["id"]]
        assert rule["help"]["text"].startswith(f"# `{rule['id']}`")
    assert one_run["columnKind"] == "unicodeCodePoints"
    bases = set(one_run["originalUriBaseIds"])
    levels = []
    for result in one_run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["message"]["text"]
        levels.append(result["level"])
        for location in [*result["locations"], *result.get("relatedLocations", [])]:
            physical = location["physicalLocation"]
            uri = physical["artifactLocation"]["uri"]
            assert " " not in uri
            assert "://" not in uri
            assert uri.isascii()
            assert Path(unquote(uri)).is_file()
            assert physical["artifactLocation"]["uriBaseId"] in bases
            region = physical["region"]
            assert 1 <= region["startLine"] <= region["endLine"]
            assert region["startColumn"] >= 1
            assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
    assert levels == ["warning", "warning", "error"]
    assert one_run["results"][0]["suppressions"][0]["justification"] == "nobody asks each customer"
    assert "suppressions" not in one_run["results"][1]


def test_sarif_of_nothing_found_is_a_run_all_the_same(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "refusals" / "phrases.toml").write_text(ACCEPTS, encoding="utf-8")
    assert run("refusals", "--format", "sarif") == 0
    assert json.loads(capsys.readouterr().out)["runs"][0]["results"] == []


def test_every_check_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for name in SUMMARIES:
        assert run("--explain", name) == 0
        assert capsys.readouterr().out.startswith(f"# `{name}`")
    assert run("--explain", "unused-functions") == 2
    assert "did you mean `unused-function`?" in capsys.readouterr().err
    assert run("--explain", "../settings") == 2


def test_the_list_names_every_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--list") == 0
    out = capsys.readouterr().out
    assert [line.split()[0] for line in out.splitlines()] == list(SUMMARIES)


def test_the_help_tells_exit_codes_and_how_to_accept(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("--help")
    out = capsys.readouterr().out
    assert "exit codes:" in out
    assert "[accept]" in out


def test_the_pages_are_in_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included["docs/checks"] == "bythebook/check_pages"
    assert check_pages.pages_folder().name in ("checks", "check_pages")


@pytest.mark.slow
def test_a_wheel_that_is_built_has_the_pages(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    listing = subprocess.run(
        [sys.executable, "-m", "zipfile", "-l", str(wheel)], check=True, capture_output=True, text=True
    )
    for name in SUMMARIES:
        assert f"bythebook/check_pages/{name}.md" in listing.stdout


class TestPaths:
    """What may be given: folders, documents, files beside them, folders of folders; each is checked once."""

    def names(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
        run(*arguments, "--json")
        return [document["path"] for document in json.loads(capsys.readouterr().out)["documents"]]

    def test_a_folder_of_folders(self, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (here / ".hidden").mkdir()
        (here / ".hidden" / "document.md").write_text(DOCUMENT, encoding="utf-8")
        assert self.names(capsys, ".") == ["déjà vu", "refusals"]

    def test_files_beside_a_document_stand_for_its_folder_once(
        self, here: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = here / "refusals"
        (folder / "data").mkdir()
        for name in ("phrases.toml", "examples.toml", "data/list.toml"):
            (folder / name).write_text("", encoding="utf-8")
        given = [f"refusals/{name}" for name in ("phrases.toml", "data/list.toml", "document.md", "examples.toml")]
        assert self.names(capsys, *given, "refusals") == ["refusals"]

    def test_a_file_of_no_document(self, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (here / "functions.py").write_text("", encoding="utf-8")
        assert run("functions.py") == 2
        assert "functions.py is no Markdown file, and stands beside no document.md" in capsys.readouterr().err
        assert run("functions.py", "refusals/document.md", "--skip-unrelated", "--format", "line") == 0
        streams = capsys.readouterr()
        assert streams.out.startswith("refusals/document.md:3:7:")
        assert streams.err == ""
        assert run("functions.py", "--skip-unrelated") == 0

    def test_nothing_there(self, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (here / "empty").mkdir()
        assert run("empty", "nowhere", "refusals") == 2
        streams = capsys.readouterr()
        assert "empty has no document.md, and no folder in it has one" in streams.err
        assert "there is no nowhere" in streams.err
        assert "warning[report-only-condition]" in streams.out


def hook() -> dict[str, str]:
    """Return the hook: one flat list item of plain values, so that no YAML library is needed to read it."""
    lines = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8").splitlines()
    rows = (line.lstrip("- ").partition(": ") for line in lines if not line.startswith("#"))
    return {key: value for key, _, value in rows}


def test_the_hook_checks_the_folders_of_staged_files(here: Path) -> None:
    """As pre-commit runs it: the entry, with the paths of staged files that match behind it."""
    (here / "refusals" / "phrases.toml").write_text(ACCEPTS, encoding="utf-8")
    (here / "functions.py").write_text("print('no document here')\n", encoding="utf-8")
    program, *arguments = hook()["entry"].split()
    assert program == "bythebook"
    assert hook()["require_serial"] == "true"

    def staged(*paths: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bythebook", *arguments, *paths]
        return subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)

    done = staged("refusals/phrases.toml", "refusals/document.md", "functions.py")
    assert (done.returncode, done.stdout) == (0, "0 errors, 0 warnings, 1 accepted\n")
    done = staged("déjà vu/document.md", "refusals/phrases.toml")
    assert done.returncode == 1
    assert done.stdout.count("error[unknown-instruction]") == 1
    assert staged("functions.py").returncode == 0


@pytest.mark.parametrize(
    ("path", "checked"),
    [
        ("document.md", True),
        ("routines/returns/document.md", True),
        ("returns/phrases.toml", True),
        ("returns/examples.toml", True),
        ("returns/data/list.toml", True),
        ("returns/functions.py", True),
        ("README.md", False),
        ("pyproject.toml", False),
    ],
)
def test_the_hook_is_for_documents_and_the_files_beside_them(path: str, checked: bool) -> None:
    assert bool(re.search(hook()["files"], path)) is checked
