"""What an author takes out of a text takes its approved words along, and brings them back."""

from __future__ import annotations

import tomllib

from bythebook.compiler.compile import compile_document
from bythebook.service.drafts import Files
from bythebook.service.putting_away import PUT_AWAY_PATH, beside_after, put_away
from bythebook.source.span import SourceFile

TEXT = """\
1. Tell the customer that the shop is closed on Sundays.
2. Tell the customer that we open at nine.
3. Ask the customer: "Is there anything else?"
"""
PHRASES = """\
# Of the shop.

[line."1"]
text = "We are closed on Sundays."
source = "Tell the customer that the shop is closed on Sundays."
approved_by = "Leo"

[line."2"]
text = "We open at nine."
source = "Tell the customer that we open at nine."
approved_by = "Leo"
"""


def edit(files: Files, text: str) -> Files:
    """Return the files beside a text after an edit, as a save makes them."""
    before = compile_document(SourceFile("document.md", files["document.md"].decode()))
    after = compile_document(SourceFile("document.md", text))
    fresh = {**files, "document.md": text.encode()}
    return beside_after(fresh, before, after)


def test_the_words_of_a_line_that_is_taken_out_are_put_away_and_come_back() -> None:
    files: Files = {"document.md": TEXT.encode(), "phrases.toml": PHRASES.encode()}
    less = edit(files, TEXT.replace("2. Tell the customer that we open at nine.\n3.", "2."))
    assert b"We open at nine" not in less["phrases.toml"] and b"# Of the shop." in less["phrases.toml"]
    assert [one.text for one in put_away(less)] == ["We open at nine."]
    back = edit(less, TEXT)
    assert b"[line.2]" in back["phrases.toml"] or b'[line."2"]' in back["phrases.toml"]
    assert b'approved_by = "Leo"' in back["phrases.toml"]
    assert put_away(back) == () and PUT_AWAY_PATH not in back


def test_a_line_that_was_cut_finds_its_words_at_its_new_place() -> None:
    files: Files = {"document.md": TEXT.encode(), "phrases.toml": PHRASES.encode()}
    less = edit(files, TEXT.replace("2. Tell the customer that we open at nine.\n3.", "2."))
    moved = "1. Tell the customer that we open at nine.\n" + TEXT.replace(
        "2. Tell the customer that we open at nine.\n", ""
    )
    moved = moved.replace("1. Tell the customer that the", "2. Tell the customer that the")
    back = edit(less, moved)
    lines = tomllib.loads(back["phrases.toml"].decode())["line"]
    assert {label: row["text"] for label, row in lines.items()} == {
        "1": "We open at nine.",
        "2": "We are closed on Sundays.",
    }


def test_what_no_edit_took_out_stays_to_be_told() -> None:
    strange = PHRASES.replace('[line."2"]', '[line."9"]')
    files: Files = {"document.md": TEXT.encode(), "phrases.toml": strange.encode()}
    assert edit(files, TEXT.replace("nine", "ten"))["phrases.toml"] == strange.encode()
