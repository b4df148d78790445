"""What functions are told to return in a conversation test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bythebook.bootstrap import build_rehearsal
from bythebook.cli.stand_in import Nothing
from bythebook.service.ports import FunctionFailure
from bythebook.settings import Settings
from bythebook.testing.function_table import FunctionTable, RowWrong, read_row
from bythebook.testing.rehearsal import Rehearsal
from bythebook.testing.script import play, read_scripts

DOCUMENT = """## Parcels

### Routine

1. Ask the customer for their order number.
2. Call the `find_order(order_number)` function.
3. If status is "LOST":
   - Inform the customer: "We will send it again."
4. Ask the customer if there is anything else.
5. Call the `case_resolution` function.
"""
TABLE = """
| function | with | returns |
|---|---|---|
| find_order | order_number = "A-77" | status = "lost" |
| `find_order` | | status = "sent" |
"""
LOST = """
### Lost
Customer: hi
Customer: A-77
Assistant: 3.1, 4
Words: send it again
Calls: find_order(order_number = A-77)
"""


@pytest.fixture
def rehearsal(tmp_path: Path) -> Rehearsal:
    (tmp_path / "document.md").write_text(DOCUMENT, encoding="utf-8")
    return build_rehearsal(replace(Settings(), document=str(tmp_path), reader="lexicon"), stand_in=Nothing)


def test_a_table_above_the_headings_is_for_every_conversation(rehearsal: Rehearsal) -> None:
    other = "\n### Sent\nCustomer: hi\nCustomer: B-12\nAssistant: 4\n"
    scripts = read_scripts(TABLE + LOST + other)
    assert [script.title for script in scripts] == ["Lost", "Sent"]
    for script in scripts:
        departure = play(script, rehearsal.do)
        assert departure is None, departure


def test_a_table_under_a_heading_comes_before_it(rehearsal: Rehearsal) -> None:
    own = LOST.replace(
        "### Lost\n", '### Lost\n| function | with | returns |\n|-|-|-|\n| find_order | | status = "ok" |\n'
    )
    (script,) = read_scripts(TABLE + own)
    departure = play(script, rehearsal.do)
    assert departure is not None
    assert (departure.expected, departure.found) == ("Assistant: 3.1, 4", "4")


def test_what_a_script_gets_wrong_is_told_at_its_line(rehearsal: Rehearsal) -> None:
    for row, why in (
        ("| find_order | | status: lost |", "is not written as"),
        ("| find_ordr | | |", "there is no function `find_ordr`"),
    ):
        (script,) = read_scripts(f"### A\n| function | with | returns |\n|-|-|-|\n{row}\nCustomer: hi\n")
        departure = play(script, rehearsal.do)
        assert departure is not None
        assert why in departure.found


def test_arguments_that_are_not_as_expected_are_a_departure(rehearsal: Rehearsal) -> None:
    (script,) = read_scripts(TABLE + LOST.replace("= A-77", "= A-78"))
    departure = play(script, rehearsal.do)
    assert departure is not None
    assert departure.found == "find_order(order_number = A-77)"


def test_results_are_used_one_after_another_the_last_for_good() -> None:
    table = FunctionTable()
    table.answer([read_row("poll", "", 'done = false, then fails, then done = true, who = ["a", "b"]')])
    assert table.result("poll", {}) == {"done": False}
    with pytest.raises(FunctionFailure):
        table.result("poll", {})
    for _ in range(2):
        assert table.result("poll", {}) == {"done": True, "who": ("a", "b")}
    assert table.result("other", {}) is None


def test_a_cell_that_is_no_value_is_refused() -> None:
    with pytest.raises(RowWrong):
        read_row("poll", "", "due = 2026-01-01")
    with pytest.raises(RowWrong):
        read_row("poll it", "", "")
