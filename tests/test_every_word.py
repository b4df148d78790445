"""The page of every word is what the files say now, and the house phrases have the holes the engine fills."""

import subprocess
import sys
import tomllib
from pathlib import Path

from bythebook.engine.render import holes_of

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT / "tools" / "every_word.py"
HOUSE = tomllib.loads((ROOT / "src" / "bythebook" / "house.toml").read_text(encoding="utf-8"))
HOLES = {
    "cannot_go_on": ("value",),
    "did_you_mean": ("first", "second"),
    "did_you_mean_one": ("first",),
    "what_i_can_do": ("title", "options"),
    "what_i_can_do_plain": ("title",),
    "what_i_can_do_options": ("options",),
    "reception": ("titles",),
    "which_first": ("titles",),
    "offer_document": ("first",),
    "moved": ("title",),
    "what_we_can_do": ("titles",),
}
QUESTIONS = {"anything_else", "did_you_mean", "did_you_mean_one", "offer_human", "ask_what"}
QUESTIONS |= {"how_can_i_help"}
QUESTIONS |= {"reception", "which_first", "offer_document", "several"}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(TOOL), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_the_page_is_current() -> None:
    done = run("--check")
    assert done.returncode == 0, done.stderr


def test_a_stale_page_is_told(tmp_path: Path) -> None:
    page = tmp_path / "every-word.md"
    assert run("--check", "--to", str(page)).returncode == 1
    assert run("--to", str(page)).returncode == 0
    assert run("--check", "--to", str(page)).returncode == 0
    page.write_text(page.read_text(encoding="utf-8") + "One word more.\n", encoding="utf-8")
    done = run("--check", "--to", str(page))
    assert (done.returncode, done.stderr) == (1, f"{page} is stale; run `python tools/every_word.py`\n")


def test_house_phrases_have_the_holes_that_the_engine_fills() -> None:
    for name, phrase in HOUSE["phrase"].items():
        assert holes_of(phrase["text"]) == HOLES.get(name, ()), name


def test_a_house_phrase_is_told_with_its_occasion_and_asks_only_where_it_is_a_question() -> None:
    for name, phrase in HOUSE["phrase"].items():
        assert set(phrase) == {"text", "when"}, name
        assert phrase["text"] == phrase["text"].strip() != "", name
        assert phrase["when"].endswith("."), name
        assert phrase["text"].endswith("?") == (name in QUESTIONS), name
