"""Every page of docs/reading is the test of its rule: with the sentence encoder and without it."""

from __future__ import annotations

import re
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


DOCUMENT = re.compile(r"^```markdown\n(.*?)^```$", re.M | re.S)
CALLED = re.compile(r"`call the (\w+)\(([^)]*)\)")


class Stages:
    """A stage for each document that the pages read by: the shipped one, or one of the page's own."""

    def __init__(self, reader: str, folder: Path) -> None:
        self._reader, self._folder = reader, folder
        self._built: dict[str, Stage] = {}

    def of(self, page: str) -> Stage:
        found = DOCUMENT.search((PAGES / f"{page}.md").read_text(encoding="utf-8"))
        name = page if found else ""
        if name not in self._built:
            settings = Settings(reader=self._reader, document=self._written(page, found[1]) if found else "")
            self._built[name] = Stage(build_installation(settings, MemoryStore()).shelf.current())
        return self._built[name]

    def _written(self, page: str, document: str) -> str:
        """Write a page's document, with functions that do nothing."""
        folder = self._folder / page
        folder.mkdir()
        (folder / "document.md").write_text(document, encoding="utf-8")
        functions = (
            "@function\ndef "
            + name
            + "("
            + ", ".join(f"{one}: str" for one in given.split(", ") if one)
            + ") -> None: ...\n"
            for name, given in CALLED.findall(document)
        )
        (folder / "functions.py").write_text(
            "\n\n".join(("from bythebook.functions import function", *functions)), encoding="utf-8"
        )
        return str(folder)


@pytest.fixture(scope="module", params=["local", "lexicon"])
def stages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stages:
    return Stages(request.param, tmp_path_factory.mktemp("pages"))


@pytest.mark.parametrize(("page", "row"), ROWS, ids=lambda value: value.text if isinstance(value, Row) else value)
def test_what_the_page_says_is_what_happens(stages: Stages, page: str, row: Row) -> None:
    verdict = stages.of(page).judge(row)
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
