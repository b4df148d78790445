"""Every page of docs/reading is the test of its rule: with the sentence encoder and without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bythebook.adapters.memory_store import MemoryStore
from bythebook.bootstrap import build_installation
from bythebook.settings import Settings
from bythebook.testing.readings import Row, Stage, read_rows

PAGES = Path(__file__).parents[2] / "docs" / "reading"
ROWS = [
    (page.stem, row) for page in sorted(PAGES.glob("*.md")) for row in read_rows(page.read_text(encoding="utf-8"))
]
ROWS_PER_PAGE_MIN = 10


@pytest.fixture(scope="module", params=["local", "lexicon"])
def stage(request: pytest.FixtureRequest) -> Stage:
    return Stage(build_installation(Settings(reader=request.param), MemoryStore()).shelf.current())


@pytest.mark.parametrize(("page", "row"), ROWS, ids=lambda value: value.text if isinstance(value, Row) else value)
def test_what_the_page_says_is_what_happens(stage: Stage, page: str, row: Row) -> None:
    verdict = stage.judge(row)
    got = " + ".join(choice.id + "!" * choice.correction for choice in verdict.reading.choices)
    unsure = " (unsure)" if verdict.reading.unsure else ""
    assert verdict.right, (
        f"docs/reading/{page}.md:{row.line}: {row.text!r} {row.situation}: got {got or 'nothing'}{unsure}"
    )


def test_each_page_has_a_rule_and_enough_examples() -> None:
    for page in PAGES.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert text.startswith("# ")
        rule = text.partition("| message |")[0].split("\n", 1)[1].strip()
        assert len(rule.split()) > ROWS_PER_PAGE_MIN, f"{page.name} says no rule"
        assert sum(name == page.stem for name, _ in ROWS) >= ROWS_PER_PAGE_MIN, page.name
