"""A document's lines as they are read: without Markdown's marks, without the number that stands beside them."""

from __future__ import annotations

import pytest

from bythebook.web.markings import Read, unmarked


@pytest.mark.parametrize(
    ("line", "numbered", "read"),
    [
        ("### Solution", False, Read("Solution", heading=True)),
        ("**How do I get started?**", False, Read("How do I get started?")),
        ("   a. Call the `find_order` function.", True, Read("   Call the find_order function.")),
        ("   a. Call the `find_order` function.", False, Read("   a. Call the find_order function.")),
        ("2.1) Tell them.", True, Read("Tell them.")),
        (r"2\. If the customer agrees, then:", True, Read("If the customer agrees, then:")),
        ("- **i.** Call it.", True, Read("Call it.")),
        ('   - "Is there anything else?"', True, Read('   "Is there anything else?"')),
        (r"\- Purpose: Finds it.", False, Read("• Purpose: Finds it.")),
        ("   - a. Tell them.", False, Read("   a. Tell them.")),
        ("<!-- from the team's folder -->", False, Read("")),
        ("---", False, Read("")),
        (
            "[our list](https://example.com/list) of prices",
            False,
            Read("our list (https://example.com/list) of prices"),
        ),
        ("It costs 5 * 3 euros, and 2 * 2 more.", False, Read("It costs 5 * 3 euros, and 2 * 2 more.")),
        ("", True, Read("")),
    ],
)
def test_a_line_is_read_without_its_marks(line: str, numbered: bool, read: Read) -> None:
    assert unmarked(line, numbered) == read
