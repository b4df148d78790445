"""Each form of an author's rule has a page, and what the page says of its document is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bythebook.adapters.shelf import house
from bythebook.compiler.release import build_release
from bythebook.proving.moves import Bounds
from bythebook.proving.outside import outside_of
from bythebook.proving.report import played, verdicts
from bythebook.proving.rules import PATTERNS, Pattern, read_rule
from bythebook.proving.search import Search

PAGES = Path(__file__).parents[2] / "docs" / "rules"
PLACES = 150


def test_every_form_has_a_page() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} == {pattern.name for pattern in PATTERNS}


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_a_page_says_what_is_so(pattern: Pattern) -> None:
    name = pattern.name
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    document = re.search(r"```markdown\n(.*?)```", text, re.S)
    assert document is not None
    release, _, _ = build_release("gym", {"document.md": document[1].encode()}, house())
    assert release is not None
    rows = re.findall(r"^\| (holds|broken) \| `(.+)` \|$", text, re.M)
    assert ("broken" in dict(rows)) and (name == "never" or "holds" in dict(rows))
    rules = tuple(read_rule(release, rule) for _, rule in rows)
    assert all(rule.watch is pattern.watch for rule in rules)
    search = Search(release, outside_of(release), Bounds(1, humans=False), rules, PLACES)
    search.run()
    found = {one.says: one for one in verdicts(search, rules) if one.name == "rule"}
    for expected, rule in rows:
        assert found[rule].holds is (expected == "holds"), rule
        assert all(played(release, broken.path) for broken in found[rule].broken)
