"""What stands beside a text goes with its lines, wherever an edit puts them."""

from __future__ import annotations

import re
import tomllib

import pytest

from bythebook.adapters.folder import find_document, read_folder
from bythebook.adapters.shelf import house
from bythebook.compiler.release import build_release
from bythebook.service.drafts import Files
from bythebook.service.following import followed

TEXT = """\
1. Ask the customer: "Small or large?"
2. If the customer means small:
   a. Tell the customer that it is ready.
   b. Tell the customer that it is blue.
3. If the customer means large:
   a. Tell the customer that it is late.
4. Ask the customer: "Anything else?"
5. Call `case_resolution`.
"""
PHRASES = """\
# ours
[line."2a"]
text = "It is ready."
source = "Tell the customer that it is ready."
approved_by = "Ann"

[line."2b"]  # the colour
text = "It is blue."
source = "Tell the customer that it is blue."

[line."3a"]
text = "It is late."
source = "Tell the customer that it is late."

[condition."3"]
fact = "large"

[accept]
"report-only-condition 3" = "so be it"

[[link]]
words = "blue"
line = "2b"
"""
EXAMPLES = '[choices]\n"step:2" = ["the little one"]\n"step:3" = ["the big one"]\n'
PUT_IN = TEXT.replace("3. If", "4. If").replace("2. If", '2. Say: "Hello."\n3. If')
FILES = {"document.md": TEXT.encode(), "phrases.toml": PHRASES.encode(), "examples.toml": EXAMPLES.encode()}


def edited(text: str, files: Files = FILES) -> Files:
    """Return the files after the text became this one."""
    after = {**files, "document.md": text.encode()}
    return followed(after, *(build_release("x", each, house())[1] for each in (files, after)))


def phrases(files: Files) -> dict[str, str]:
    return {label: row["text"] for label, row in tomllib.loads(files["phrases.toml"].decode())["line"].items()}


def test_a_step_that_is_put_in_moves_those_behind_it() -> None:
    after = edited(PUT_IN)
    assert phrases(after) == {"3a": "It is ready.", "3b": "It is blue.", "4a": "It is late."}
    top = tomllib.loads(after["phrases.toml"].decode())
    assert top["condition"] == {"4": {"fact": "large"}}
    assert top["accept"] == {"report-only-condition 4": "so be it"}
    assert top["link"] == [{"words": "blue", "line": "3b"}]
    assert tomllib.loads(after["examples.toml"].decode())["choices"] == {
        "step:3": ["the little one"],
        "step:4": ["the big one"],
    }
    assert "# ours" in after["phrases.toml"].decode() and "# the colour" in after["phrases.toml"].decode()


def test_lines_that_change_places_take_their_phrases_along() -> None:
    swapped = (
        TEXT.replace("it is ready", "it is X").replace("it is blue", "it is ready").replace("it is X", "it is blue")
    )
    assert phrases(edited(swapped)) == {"2b": "It is ready.", "2a": "It is blue.", "3a": "It is late."}


def test_a_line_that_comes_to_the_label_of_one_that_is_gone_takes_its_place() -> None:
    after = edited(TEXT.replace("   a. Tell the customer that it is ready.\n   b.", "   a."))
    assert phrases(after) == {"2a": "It is blue.", "3a": "It is late."}


@pytest.mark.parametrize(
    "text",
    [TEXT, TEXT.replace("ready", "done"), TEXT.replace('"Small or large?"', '"Large or small?"'), ""],
    ids=["the same", "words of a line", "a question", "nothing"],
)
def test_what_moves_no_line_changes_nothing_beside_it(text: str) -> None:
    assert edited(text) == {**FILES, "document.md": text.encode()}


def test_a_file_that_cannot_be_read_stays_as_it_is() -> None:
    broken = {**FILES, "phrases.toml": b"[line", "examples.toml": b"\xff"}
    assert edited(PUT_IN, broken) == {**broken, "document.md": PUT_IN.encode()}


def test_the_shipped_document_keeps_its_links_when_a_line_is_put_in() -> None:
    _, files = read_folder(find_document(""))
    raw = files["document.md"].decode()
    at = raw.index('   - a. Inform the customer: "To obtain')
    end = raw.index("\n3. ", at)
    later = re.sub(r"^   - ([a-y])\.", lambda one: f"   - {chr(ord(one[1]) + 1)}.", raw[at:end], flags=re.M)
    text = f'{raw[:at]}   - a. Inform the customer: "Here is how it goes."\n{later}{raw[end:]}'
    after = edited(text, files)
    links = tomllib.loads(after["phrases.toml"].decode())["link"]
    assert [link["line"] for link in links if "line" in link] == ["2f", "3a"]
    _, _, problems = build_release("x", after, house())
    assert not [one for one in problems if one.name in ("unknown-line", "words-not-found")]
