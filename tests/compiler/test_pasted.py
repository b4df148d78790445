"""What is copied from word processors and web pages keeps its headings, lists and tables."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bythebook.compiler.pasted import OUTLINE, letters, markdown_of, roman

WORD = """<html><head><style>p {color: red}</style></head><body><!--StartFragment-->
<h1>Refunds<o:p></o:p></h1><p class=MsoNormal>Read this first.</p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span
 style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Ask the customer for:<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span>a.<span>&nbsp;
 </span></span><![endif]>the <b>order</b></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
 style='font-family:Symbol'>·<span>&nbsp; </span></span><![endif]>a dot is a bullet</p>
<p class=MsoNormal>Afterwards.</p></body></html>"""

GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1">
<h2 dir="ltr"><span>Refunds</span></h2>
<ol><li style="list-style-type:decimal"><p><span>Ask for</span></p></li>
<ol><li style="list-style-type:lower-alpha"><p>the order</p></li><li style="list-style-type:lower-alpha">it</li></ol>
<li style="list-style-type:decimal">End</li></ol></b>"""


def test_words_own_paragraphs_are_lists_again() -> None:
    assert markdown_of(WORD) == (
        "# Refunds\n\nRead this first.\n\n1. Ask the customer for:\n   a. the **order**\n- a dot is a bullet\n\n"
        "Afterwards.\n"
    )


def test_google_docs_letters_its_own_lists_and_is_not_bold_all_over() -> None:
    assert markdown_of(GOOGLE) == "## Refunds\n\n1. Ask for\n   a. the order\n   b. it\n2. End\n"


@pytest.mark.parametrize(
    ("html", "marks"),
    [
        ('<ol start="4"><li>x<li>x</ol>', ["4.", "5."]),
        ('<ol type="a"><li>x</li><li>x</li></ol>', ["a.", "b."]),
        ('<ol type="I"><li>x</li><li>x</li></ol>', ["I.", "II."]),
        ('<ol style="list-style-type: lower-roman"><li>x</li><li>x</li></ol>', ["i.", "ii."]),
        ('<ol start="-2" type="&lt;"><li>x</li></ol>', ["1."]),
        ("<ul><li>x</li><li>x</li></ul>", ["-", "-"]),
    ],
)
def test_lists_keep_their_marks(html: str, marks: list[str]) -> None:
    assert [line.split(" ")[0] for line in markdown_of(html).strip().split("\n")] == marks


def test_where_nothing_says_how_lists_are_marked_the_outline_does() -> None:
    html = "<ol><li>one<ol><li>deep<ol><li>deeper<ol><li>deepest</li></ol></li></ol></li></ol></li></ol>"
    expected = "1. one\n   a. deep\n      i. deeper\n         i. deepest\n"
    assert markdown_of(html, OUTLINE) == expected
    assert markdown_of(html).startswith("1. one\n   1. deep\n")


def test_a_table_is_a_table_and_one_for_looks_is_words() -> None:
    rows = "<tr><th>If</th><th><p>Then</p><p>do</p></th></tr><tr><td>a | b<td>c</tr>"
    assert markdown_of(f"<p>x</p><table>{rows}</table>y") == (
        "x\n\n| If | Then do |\n|---|---|\n| a \\| b | c |\n\ny\n"
    )
    assert markdown_of("<table><tr><td>only</td></tr><tr><td>words</td></tr></table>") == "only\n\nwords\n"


def test_marks_of_lists() -> None:
    assert [letters(n) for n in (1, 26, 27, 53)] == ["a", "z", "aa", "ba"]
    assert [roman(n) for n in (1, 4, 9, 14, 40, 99)] == ["i", "iv", "ix", "xiv", "xl", "xcix"]


TAGS = st.sampled_from(
    [f"<{end}{tag}>" for tag in re.findall(r"\w+", "p h1 ol ul li table tr td th b a br script") for end in ("", "/")]
)


@given(st.lists(st.one_of(TAGS, st.sampled_from(["word ", "x|y", "\n", "<p style='mso-list:l0 level2'>"]))))
def test_whatever_the_tags_no_word_outside_of_a_script_is_lost(parts: list[str]) -> None:
    html = "".join(part for part in parts if "script" not in part)
    assert markdown_of(html).count("word") == html.count("word")
    markdown_of("".join(parts))
