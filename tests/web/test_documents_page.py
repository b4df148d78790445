"""The document pages as a browser without scripts, or a program, finds them."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from bythebook.compiler.compile import compile_document
from bythebook.source.span import SourceFile
from bythebook.web.document_words import handed_over, plainly
from bythebook.web.templating import TEMPLATES

HELP = TEMPLATES / "documents" / "help.html"


def test_the_example_of_the_help_is_understood_whole() -> None:
    text = HELP.read_text(encoding="utf-8")
    example = re.search(r"<pre>(.*?)</pre>", text, re.S)
    assert example is not None
    compiled = compile_document(SourceFile.of("document.md", html.unescape(example[1])))
    assert compiled.ok, [one.message for one in compiled.diagnostics]
    assert not [one.name for one in compiled.diagnostics if one.name.startswith("un")]


def test_words_are_a_sentence_and_nothing_in_them_is_markup() -> None:
    assert plainly("no line is called `<b>`") == "No line is called <code>&lt;b&gt;</code>"
    assert plainly("<script>x</script>?") == "&lt;script&gt;x&lt;/script&gt;?"
    assert plainly("") == ""


def test_no_page_takes_anything_as_it_is() -> None:
    for path in Path(HELP).parent.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", "") and "autoescape" not in text, path.name
        assert 'style="' not in text, path.name
        assert not re.search(r"\son\w+=", text), path.name


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Paint the door blue.", "Transfer the customer to a human."),
        ("If the customer agrees, paint the door.", "If the customer agrees, transfer the customer to a human."),
        ("When they are angry, upset or sad, paint it.", ""),
        ("Paint the door if they agree.", ""),
        ("If they agree, paint it. Otherwise, leave it.", ""),
        ('Paint the door and say: "Done."', ""),
    ],
)
def test_a_person_takes_the_deed_of_a_line_and_nothing_else(words: str, written: str) -> None:
    assert handed_over(words) == written
