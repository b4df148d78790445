"""`bythebook drift` as a support lead types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bythebook.cli.main import main

FIXTURES = Path(__file__).parent.parent / "fixtures" / "drift"
MOVING = FIXTURES / "moving-home"
Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]) -> Typed:
    def run(*arguments: object) -> tuple[int, str, str]:
        code = main(["drift", *map(str, arguments)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_a_shipped_document_by_name_against_the_article_of_today(typed: Typed) -> None:
    new = FIXTURES / "business-associate-agreement" / "new_article.md"
    code, out, _ = typed("business-associate-agreement", new)
    assert code == 1
    assert "stale  line 4.2 (document.md:62)  rests on it by 1.00\n" in out
    assert 'article:4 "What happens if I’m not approved?" is article:3 in the new article' in out
    assert "\x1b" not in out
    assert all(f"line {label} (" not in out for label in ("2a", "2b", "2c", "2d", "2f", "4.1", "5.1"))


def test_old_and_new_words_stand_beside_what_rests_on_them(typed: Typed) -> None:
    code, out, _ = typed(MOVING, MOVING / "new_article.md")
    assert code == 1
    assert (
        """\
changed  Tell us at least 10 working days before you move. (line 7)
     now Tell us at least 15 working days before you move. (line 5)
   stale  line 2b (document.md:37)  rests on it by 1.00
      "Please tell us at least 10 working days before you move."
      both say `Tell us at least 10 working days before you move`
      `10` is not in the new words
"""
        in out
    )
    assert "new, and no line speaks of it\n" in out
    assert out.endswith(f"put the new article in, then: bythebook check {MOVING}\n")


def test_json_says_the_same_to_a_machine(typed: Typed) -> None:
    folder = FIXTURES / "pottery-classes"
    code, out, _ = typed(folder / "old_article.txt", folder / "new_article.html", folder, "--json")
    data = json.loads(out)
    assert code == 1
    lines = {one["name"]: one for one in data["drifted"] if one["kind"] == "line"}
    assert list(lines) == ["2a", "2c.1", "2d.1", "2f.2", "3d"]
    assert lines["2a"]["old"]["text"].endswith("up to 48 hours before it begins.")
    assert lines["2a"]["new"][0]["text"].endswith("up to 24 hours before it begins.")
    assert lines["2a"]["verdict"] == "stale" and lines["3d"]["verdict"] == "look again"
    assert data["counts"] == {"stale": 4, "look again": 1}


def test_nothing_drifts_where_nothing_changed(typed: Typed, tmp_path: Path) -> None:
    code, out, _ = typed(MOVING / "document.md", MOVING, MOVING)
    assert (code, out.splitlines()[-1]) == (0, "the two articles say the same; nothing drifted")
    new = tmp_path / "new.md"
    words = (MOVING / "new_article.md").read_text(encoding="utf-8")
    new.write_text(words, encoding="utf-8")
    other = tmp_path / "other.md"
    other.write_text(words.replace("wait until the street has a name", "wait for a street sign"), encoding="utf-8")
    code, out, _ = typed(new, other, MOVING)
    assert (code, out.splitlines()[-1]) == (0, "nothing of the document rests on what changed")
    code, out, _ = typed(new, other, MOVING, "--json")
    assert code == 0 and json.loads(out)["drifted"] == []


@pytest.mark.parametrize(
    ("old", "new", "document", "said"),
    [
        ("nowhere.md", MOVING / "new_article.md", MOVING, "cannot read the article nowhere.md: No such file"),
        (MOVING, "nowhere.md", MOVING, "cannot read the article nowhere.md"),
        (MOVING, MOVING / "new_article.md", "nowhere", "there is no nowhere; give a Markdown file"),
        (MOVING, MOVING, MOVING / "new_article.md", "has no routine that could rest on an article"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_line(
    typed: Typed, old: object, new: object, document: object, said: str
) -> None:
    code, out, err = typed(old, new, document)
    assert (code, out) == (2, "")
    assert err.startswith("bythebook: ") and said in err and err.count("\n") == 1


def test_files_that_are_no_text(typed: Typed, tmp_path: Path) -> None:
    latin, empty = tmp_path / "latin.txt", tmp_path / "empty.txt"
    latin.write_bytes("Où?".encode("latin-1"))
    empty.write_text(" \n", encoding="utf-8")
    assert "is not UTF-8 text (byte 1); save it as UTF-8" in typed(MOVING, latin)[2]
    assert "there are no words in" in typed(MOVING, empty)[2]


TWO_ROUTINES = """# Parking

## How long does it take?
It takes five working days.

# Parking permit routine
1. Ask the customer: "Do you live in the town?"
2. Ask: "Is there anything else?"
3. Call `case_resolution`.

# Lost permit routine
1. Say: "A new one takes five working days."
2. Ask: "Is there anything else?"
3. Call `case_resolution`.
"""


def test_each_routine_of_a_file_is_looked_at(typed: Typed, tmp_path: Path) -> None:
    document, article = tmp_path / "parking.md", tmp_path / "new.md"
    document.write_text(TWO_ROUTINES, encoding="utf-8")
    article.write_text("# Parking\n\n## How long does it take?\nIt takes three working days.\n", encoding="utf-8")
    code, out, _ = typed(document, article)
    assert code == 1
    assert "stale  line 1 (parking.md:12)" in out
