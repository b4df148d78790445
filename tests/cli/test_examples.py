"""`bythebook examples` as a support lead types it: the report, and texts of real cases that become examples."""

from __future__ import annotations

import io
import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from bythebook.cli.main import main

Typed = Callable[..., tuple[int, str, str]]

DOCUMENT = """\
# Boats

1. Ask the customer:
   a. "Do you need help with a rowing boat or with a sailing boat?"
2. If the customer needs help with a rowing boat, then:
   a. Inform the customer: "Rowing boats are at the pier."
3. If the customer needs help with a sailing boat, then:
   a. Inform the customer: "Sailing boats are in the harbour."
4. Ask the customer: "Is there anything else?"
5. Call the `case_resolution` function.
"""
EXAMPLES = """\
# Ours: keep this comment.
[choices]
"step:2" = [
  "we want to row",  # the pier
  "rowing please",
]

[glossary]
"rowing boat" = ["dinghy"]
"""


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    def run(*arguments: object, text: str = "", command: str = "examples") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        code = main([command, *map(str, arguments), "--reader", "lexicon"])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    boats = tmp_path / "boats"
    boats.mkdir()
    (boats / "document.md").write_text(DOCUMENT, encoding="utf-8")
    (boats / "examples.toml").write_text(EXAMPLES, encoding="utf-8")
    return boats


@pytest.fixture
def database(typed: Typed, folder: Path, tmp_path: Path) -> Path:
    """Two customers talked: what they were not understood with stands in the logs."""
    cases = tmp_path / "cases.db"
    for said in ("hi\nthe oar thingy, 4111 1111 1111 1111\n1\nno\n", "hi\nwhite triangle gizmo\nTHE OAR THINGY!\n\n"):
        typed(folder, "--database", cases, text=said, command="chat")
    return cases


@pytest.mark.slow  # the reader is fitted sixty times
def test_the_shipped_examples_do_not_contradict_themselves(typed: Typed) -> None:
    code, out, _ = typed("--json")
    data = json.loads(out)
    assert code == 0
    assert (data["otherwise"], data["twice"], data["collisions"], data["thin"]) == ([], [], [], [])
    assert sum(row["right"] for row in data["choices"]) > 100


def test_the_report_says_what_to_write(typed: Typed, folder: Path) -> None:
    code, out, _ = typed(folder)
    assert code == 0
    assert out.startswith("choice           examples  right  asked about  not understood  taken for another\n")
    assert "few examples\n" in out and "step:3  none; write how customers answer that" in out
    assert out.splitlines()[-1].startswith("left out in turn, ") and "\x1b" not in out


def test_what_contradicts_is_told_by_the_exit_code(typed: Typed, folder: Path) -> None:
    path = folder / "examples.toml"
    path.write_text(EXAMPLES.replace('"rowing please"', '"goodbye"'), encoding="utf-8")
    code, out, _ = typed(folder)
    assert code == 1
    assert "read otherwise than you say, although they stand there\n" in out
    assert 'step:2  "goodbye" is not understood (act:goodbye)' in out


def test_texts_of_real_cases_are_shown_as_they_are_stored(typed: Typed, folder: Path, database: Path) -> None:
    code, out, _ = typed(folder, "--database", database)
    assert code == 0
    assert "4111" not in out and "[card number]" in out
    rows = json.loads(typed(folder, "--database", database, "--json")[1])["suggested"]
    assert [(row["number"], row["text"]) for row in rows] == [
        (1, "the oar thingy, [card number]"),
        (2, "white triangle gizmo"),
        (3, "THE OAR THINGY!"),
    ]
    assert rows[0]["choices"] == ["step:2"]
    assert rows[0]["why"] == "said after 1a; what followed meant step:2"


def test_a_text_is_accepted_by_its_number_and_numbers_stay(typed: Typed, folder: Path, database: Path) -> None:
    code, out, _ = typed(folder, "--database", database, "--accept", "3=step:2", "--accept", "2=step:3")
    assert code == 0
    assert 'added to step:2: "THE OAR THINGY!"\nadded to step:3: "white triangle gizmo"\n' in out
    assert "the release is " in out and "examples are part of it" in out
    text = (folder / "examples.toml").read_text(encoding="utf-8")
    assert text == EXAMPLES.replace(
        '  "rowing please",\n]\n',
        '  "rowing please",\n  "THE OAR THINGY!",\n]\n\n"step:3" = [\n  "white triangle gizmo",\n]\n',
    )
    rows = json.loads(typed(folder, "--database", database, "--json")[1])["suggested"]
    assert rows == []  # the first is understood now
    assert not list(folder.glob(".*"))


def test_texts_are_accepted_one_by_one(typed: Typed, folder: Path, database: Path) -> None:
    code, out, _ = typed(folder, "--database", database, "--accept", text="1\nstep:9\n\nq\n")
    assert code == 0
    assert "1 step:2, a choice such as step:2; nothing leaves it, q stops" in out
    assert "the document has no choice `step:9`; did you mean `step:" in out
    examples = tomllib.loads((folder / "examples.toml").read_text(encoding="utf-8"))["choices"]
    assert examples == {"step:2": ["we want to row", "rowing please", "the oar thingy, [card number]"]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--accept", "1=step:2"], "say where the texts come from: --database FILE"),
        (["--accept", "one", "--database", "x.db"], "`one` does not say what a text means"),
        (["--database", "nowhere.db"], "there is no database nowhere.db"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(typed: Typed, folder: Path, arguments: list[str], said: str) -> None:
    code, out, err = typed(folder, *arguments)
    assert (code, out) == (2, "")
    assert said in err and err.count("\n") == 1
    assert (folder / "examples.toml").read_text(encoding="utf-8") == EXAMPLES


def test_what_is_not_in_the_list_or_the_document_is_refused(typed: Typed, folder: Path, database: Path) -> None:
    for accept, said in (("9=step:2", "there is no text 9"), ("1=step:8", "the document has no choice `step:8`")):
        code, _, err = typed(folder, "--database", database, "--accept", "2=step:3", "--accept", accept)
        assert code == 2 and said in err
    assert (folder / "examples.toml").read_text(encoding="utf-8") == EXAMPLES


def test_one_answer_by_its_whole_name_is_that_answer_though_the_article_has_such_a_heading(
    typed: Typed, tmp_path: Path
) -> None:
    document = tmp_path / "boats.md"
    article = "## Boats\n\n### Solution\n\n**Rowing boats of wood**\n\nThey float.\n\n### Routine\n"
    text = DOCUMENT.replace("# Boats\n", article).replace("a rowing boat", "rowing boats of wood")
    document.write_text(text, encoding="utf-8")
    _, out, _ = typed(document, "--why", text="hi\nrowing boats of wood\n\n", command="chat")
    assert "understood: step:2" in out


def test_numbers_stay_while_texts_are_accepted(typed: Typed, folder: Path, database: Path) -> None:
    typed(folder, "--database", database, "--accept", "2=step:3")
    rows = json.loads(typed(folder, "--database", database, "--json")[1])["suggested"]
    assert [row["number"] for row in rows] == [1, 3]
