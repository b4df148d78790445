"""Where a text begins that people are shown."""

from __future__ import annotations

import pytest

from bythebook.source.span import SourceFile


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# Title\n1. Say it.\n", 1),
        ("<!-- source: a page -->\n# Title\n", 2),
        ("<!-- two\nlines -->\n\n<!-- and one -->\n\n# Title\n", 6),
        ("<!-- nothing else -->\n", 1),
        ("<!-- not closed\n# Title\n", 1),
        ("1. Say it. <!-- why -->\n", 1),
        ("", 1),
    ],
)
def test_a_text_begins_behind_its_comments(text: str, line: int) -> None:
    assert SourceFile.of("document.md", text).first_line == line
