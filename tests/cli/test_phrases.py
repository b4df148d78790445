"""`bythebook phrases` as a support lead types it: what a document needs to have worded, and how that is approved."""

from __future__ import annotations

import io
import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from bythebook.adapters.folder import read_folder
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.shelf import CannotRun, Folder, Shelf, house
from bythebook.adapters.system_clock import SystemClock
from bythebook.cli.main import main
from bythebook.compiler.release import build_release
from bythebook.testing.fakes import ScriptedReader

Typed = Callable[..., tuple[int, str, str]]

DOCUMENT = """\
# Lockers

1. Thank the customer and ask what it is about:
   a. "Is it about a locker or about a bicycle?"
2. If the customer means a locker, then:
   a. Inform the customer that their locker has been emptied.
   b. Explain how the deposit works.
   c. Call the `list_lockers` function.
3. If the customer means a bicycle, then:
   a. Inform the customer: "Please bring it in."
4. Ask the customer: "Is there anything else I can assist you with today?"
5. Call the `case_resolution` function.

**Function Definitions:**

- `list_lockers`: Provides the customer with a list of free lockers.
- `case_resolution`: Marks the case as resolved.
"""

FUNCTIONS = """\
from typing import TypedDict

from bythebook.functions import function


class Lockers(TypedDict):
    lockers: list[str]


@function
def list_lockers() -> Lockers:
    return {"lockers": ["1"]}


@function
def case_resolution() -> None:
    return None
"""

PHRASES = """\
# Ours: keep this comment.

[line."1"]
text = "Thank you!"  # short
source = "Thank the customer and ask what it is about:"
approved_by = "Mia"

[line."2b"]   # the deposit
text = \"\"\"
The deposit is 5 euros.
[line."2a"]
You get it back.\"\"\"
source = "Explain how deposits work."
"""


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        code = main(["phrases", *map(str, arguments)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lockers = tmp_path / "lockers"
    lockers.mkdir()
    (lockers / "document.md").write_text(DOCUMENT, encoding="utf-8")
    (lockers / "functions.py").write_text(FUNCTIONS, encoding="utf-8")
    return lockers


def states(out: str) -> dict[str, str]:
    return {row["name"]: row["state"] for row in json.loads(out)["phrases"]}


def test_the_shipped_document_has_all_its_phrases(typed: Typed) -> None:
    code, out, _ = typed()
    assert code == 0
    assert "approved  line 1 (document.md:43)" in out
    assert out.endswith("4 approved\n")


def test_what_is_missing_is_shown_with_its_line_and_its_draft(typed: Typed, folder: Path) -> None:
    code, out, _ = typed(folder)
    assert code == 1
    assert (
        out
        == f"""\
missing  line 2a (document.md:6)
  document  Inform the customer that their locker has been emptied.
  draft     Your locker has been emptied.

missing  line 2b (document.md:7)
  document  Explain how the deposit works.
  draft     none: the rules are not sure, word it by hand

missing  function list_lockers (document.md:16)
  document  Provides the customer with a list of free lockers.
  draft     A list of free lockers:
            {{lockers}}

3 missing
add the drafts to phrases.toml: bythebook phrases {folder} --write
"""
    )


def test_drafts_are_written_once_and_nothing_else_is_touched(typed: Typed, folder: Path) -> None:
    beside = folder / "phrases.toml"
    beside.write_text("# Mine.\n[[link]]\nwords = 'bring it in'\nline = '3a'", encoding="utf-8")
    code, out, _ = typed(folder, "--write")
    assert code == 1
    text = beside.read_text(encoding="utf-8")
    assert text.startswith("# Mine.\n[[link]]\nwords = 'bring it in'\nline = '3a'\n\n[line.\"2a\"]\n")
    assert '# [line."2b"]\n# text = ""\n# source = "Explain how the deposit works."\n' in text
    assert tomllib.loads(text)["function"]["list_lockers"]["text"] == "A list of free lockers:\n{lockers}"
    typed(folder, "--write")
    assert beside.read_text(encoding="utf-8") == text
    _, out, _ = typed(folder, "--format", "json")
    assert states(out) == {"2a": "draft", "2b": "missing", "list_lockers": "draft"}
    assert not list(folder.glob(".*"))


def test_one_is_approved_and_then_all_drafts_are(typed: Typed, folder: Path) -> None:
    typed(folder, "--write")
    _, out, _ = typed(folder, "--approve", "2a", "--as", 'Ann "A." Ames', "--format", "json")
    assert states(out) == {"2a": "approved", "2b": "missing", "list_lockers": "draft"}
    _, out, _ = typed(folder, "--approve", "all", "--as", "Bo", "--format", "json")
    assert states(out) == {"2a": "approved", "2b": "missing", "list_lockers": "approved"}
    rows = {row["name"]: row for row in json.loads(out)["phrases"]}
    assert (rows["2a"]["approved_by"], rows["list_lockers"]["approved_by"]) == ('Ann "A." Ames', "Bo")


def test_a_stale_phrase_is_approved_by_name_only_and_then_for_the_words_of_today(typed: Typed, folder: Path) -> None:
    beside = folder / "phrases.toml"
    beside.write_text(PHRASES, encoding="utf-8")
    code, out, _ = typed(folder)
    assert code == 1
    assert "stale  line 2b (document.md:7)" in out and "was for   Explain how deposits work." in out
    typed(folder, "--approve", "all", "--as", "Ann")
    assert beside.read_text(encoding="utf-8") == PHRASES
    _, out, _ = typed(folder, "--approve", "2b", "--as", "Ann", "--format", "json")
    assert states(out)["2b"] == "approved"
    assert beside.read_text(encoding="utf-8") == PHRASES.replace(
        'source = "Explain how deposits work."',
        'source = "Explain how the deposit works."\napproved_by = "Ann"',
    )


def test_line_ends_and_a_byte_order_mark_stay(typed: Typed, folder: Path) -> None:
    beside = folder / "phrases.toml"
    beside.write_bytes(PHRASES.replace("\n", "\r\n").encode())
    typed(folder, "--write")
    typed(folder, "--approve", "all", "--as", "Ann")
    raw = beside.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert raw.startswith(PHRASES.replace("\n", "\r\n").encode())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--approve", "2a"], "say who approves"),
        (["--approve", "2a", "--as", "Ann"], "`2a` has no phrase in phrases.toml yet"),
        (["--approve", "9z", "--as", "Ann"], "no phrase is called `9z`; there are: `2a`"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    typed: Typed, folder: Path, arguments: list[str], said: str
) -> None:
    code, out, err = typed(folder, *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert not (folder / "phrases.toml").exists()


def test_files_that_cannot_be_changed(typed: Typed, folder: Path) -> None:
    alone = folder / "other.md"
    alone.write_text(DOCUMENT, encoding="utf-8")
    code, _, err = typed(alone, "--write")
    assert code == 2 and "file on its own" in err
    assert typed(alone)[0] == 1
    assert typed(folder / "nowhere")[0] == 2
    beside = folder / "phrases.toml"
    beside.write_text('line = {"1" = {text = "Hi!", source = "x"}}\n', encoding="utf-8")
    code, _, err = typed(folder, "--write")
    assert code == 2 and "cannot be added to phrases.toml" in err
    code, _, err = typed(folder, "--approve", "1", "--as", "Ann")
    assert code == 2 and "only its author can change" in err
    beside.write_text("[line", encoding="utf-8")
    code, _, err = typed(folder)
    assert code == 2 and "not readable as TOML" in err


def test_drafts_are_tried_out_and_refused_in_production(typed: Typed, folder: Path) -> None:
    name, files = read_folder(folder)
    release, _, problems = build_release(name, files, house())
    assert release is not None
    assert [problem.name for problem in problems] == ["draft-phrase", "missing-phrase", "missing-phrase"]
    assert {label: phrase.text for label, phrase in release.wording.lines.items()} == {
        "2a": "Your locker has been emptied.",
        "2b": "[not worded yet: Explain how the deposit works.]",
    }
    shelf = Shelf(MemoryStore(), lambda _: ScriptedReader({}), production_on=SystemClock().now().date())
    with pytest.raises(CannotRun, match="nobody has approved"):
        shelf.put(Folder(name, files))
    typed(folder, "--write")
    beside = folder / "phrases.toml"
    beside.write_text(
        beside.read_text(encoding="utf-8")
        + '\n[line."2b"]\ntext = "You get it back."\nsource = "Explain how the deposit works."\n',
        encoding="utf-8",
    )
    with pytest.raises(CannotRun, match="is a draft: nobody has approved it"):
        shelf.put(Folder(*read_folder(folder)))
    assert typed(folder, "--approve", "all", "--as", "Ann")[0] == 0
    shelf.put(Folder(*read_folder(folder)))
    (folder / "document.md").write_text(DOCUMENT.replace("has been emptied", "was emptied"), encoding="utf-8")
    with pytest.raises(CannotRun, match="but the document says"):
        shelf.put(Folder(*read_folder(folder)))


def test_what_decides_a_condition_is_written_with_its_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "returns"
    folder.mkdir()
    text = (
        "# Returns\n\n## Routine\n\n1. Ask for the order_id.\n2. Call `find_order(order_id)`.\n"
        '3. If the order was sent abroad, say: "Please add the customs form."\n4. Call `case_resolution`.\n\n'
        "## Functions\n\n- `find_order(order_id)`: Looks up to which country the order was sent.\n"
        "- `case_resolution`: Ends it.\n"
    )

    def run(*given: str) -> tuple[int, str]:
        code = main(list(given))
        told = capsys.readouterr()
        return code, (told.out + told.err).strip()

    (folder / "document.md").write_text(text)
    said = run("phrases", str(folder), "--bind", "3", "country != 'DE'")
    assert said == (0, "country != 'DE' decides `the order was sent abroad` (3)")
    assert 'source = "the order was sent abroad"' in (folder / "phrases.toml").read_text()
    assert "stale-binding" not in run("check", str(folder))[1]
    (folder / "document.md").write_text(text.replace("sent abroad", "sent abroad and insured"))
    assert "stale-binding" in run("check", str(folder))[1]
    code, why = run("phrases", str(folder), "--bind", "3", "abroad")
    assert code == 2 and "compares nothing" in why
    code, why = run("phrases", str(folder), "--bind", "9", "find_order failure")
    assert code == 2 and "has no condition" in why
