"""Changing a TOML file beside a document: what was meant changes, and not a letter more."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bythebook.compiler.phrase_file import CannotEdit
from bythebook.compiler.table_edit import renamed, with_values, without_table

FILE = """\
# ours, by Ann
[line."2a"]  # the locker
text = "Old words."  # kept short
source = "Inform them."
approved_by = "Ann"

# about the bank
[line.3]
text = \"\"\"
Two
[not a header]
lines\"\"\"

[accept]
"report-only-condition 4" = "nobody asks"

[[link]]
words = "a list"
line = "2e"
"""


def test_a_value_is_set_where_it_stands_and_comments_stay() -> None:
    after = with_values(FILE, ("line", "2a"), {"text": 'He said "yes"', "approved_by": None})
    expected = FILE.replace('"Old words."', '"He said \\"yes\\""').replace('approved_by = "Ann"\n', "")
    assert after == expected


def test_a_missing_key_goes_to_the_end_of_its_table() -> None:
    after = with_values(FILE, ("accept",), {"unread-note note.1": "it is how we speak"})
    assert '"nobody asks"\n"unread-note note.1" = "it is how we speak"\n\n[[link]]' in after


def test_a_key_behind_a_text_of_several_lines() -> None:
    after = with_values(FILE, ("line", "3"), {"approved_by": "Bo"})
    assert 'lines"""\napproved_by = "Bo"\n\n[accept]' in after


def test_a_missing_table_is_added_at_the_end() -> None:
    after = with_values(FILE, ("condition", "4b.i"), {"function": "check", "outcome": "failure"})
    assert after == FILE + '\n[condition."4b.i"]\nfunction = "check"\noutcome = "failure"\n'
    assert with_values("", ("accept",), {"a b": "c"}) == '[accept]\n"a b" = "c"\n'


def test_a_table_goes_with_the_comment_above_it() -> None:
    after = without_table(FILE, ("line", "3"))
    assert "about the bank" not in after
    assert after.startswith('# ours, by Ann\n[line."2a"]  # the locker\n')
    assert "line" in tomllib.loads(after) and "3" not in tomllib.loads(after)["line"]
    assert without_table(FILE, ("line", "9")) == FILE


def test_tables_that_change_places_do_so_at_once() -> None:
    after = renamed(FILE, {("line", "2a"): ("line", "3"), ("line", "3"): ("line", "2a")})
    assert tomllib.loads(after)["line"]["3"]["text"] == "Old words."
    assert tomllib.loads(after)["line"]["2a"]["text"].startswith("Two")
    assert "# the locker" in after


def test_keys_are_renamed_in_their_table_only() -> None:
    after = renamed(FILE, {}, {(("accept",), "report-only-condition 4"): "report-only-condition 5"})
    assert after == FILE.replace("condition 4", "condition 5")


def test_what_cannot_be_done_is_refused() -> None:
    with pytest.raises(CannotEdit):
        with_values("line = 3", ("line", "2a"), {"text": "x"})
    with pytest.raises(CannotEdit):
        with_values("[line", ("line", "2a"), {"text": "x"})
    with pytest.raises(CannotEdit):
        renamed(FILE, {("line", "2a"): ("line", "3")})
    with pytest.raises(CannotEdit):
        with_values('line = { "2a" = { text = "x" } }', ("line", "2a"), {"text": "y"})


def test_windows_line_ends_stay() -> None:
    after = with_values(FILE.replace("\n", "\r\n"), ("line", "2a"), {"approved_by": "Bo", "source": "a\nb"})
    assert "\n" not in after.replace("\r\n", "").replace('"""\na\nb"""', "")


@given(value=st.text(), key=st.text(min_size=1, max_size=12), name=st.text(min_size=1, max_size=12))
def test_any_words_come_back_as_they_were_given(value: str, key: str, name: str) -> None:
    value, key, name = (one.encode("utf-8", "ignore").decode().replace("\r", "") for one in (value, key, name))
    after = with_values(FILE, ("line", name), {key: value})
    assert tomllib.loads(after)["line"][name][key] == value
    assert tomllib.loads(after)["accept"] == tomllib.loads(FILE)["accept"]
