"""Documents that something is badly wrong with: few findings, at the right place, that say what to do."""

from __future__ import annotations

import pytest

from bythebook.compiler.compile import compile_document
from bythebook.source.diagnostic import Diagnostic
from bythebook.source.render import render, render_concise
from bythebook.source.span import SourceFile

CLOSING = '3. Ask the customer: "Is there anything else?"\n4. Call the `case_resolution` function.\n'


def found(text: str) -> list[tuple[int, str]]:
    file, findings = compiled(text)
    return [(file.position(finding.label.span.start)[0], finding.name) for finding in findings]


def compiled(text: str) -> tuple[SourceFile, tuple[Diagnostic, ...]]:
    file = SourceFile.of("document.md", text)
    return file, compile_document(file).diagnostics


def helps(text: str) -> list[str | None]:
    return [finding.help for finding in compiled(text)[1]]


def test_two_routines_are_one_finding() -> None:
    text = f'# A\n\n1. Say: "a"\n2. Say: "b"\n{CLOSING}\n# B\n\n1. Say: "c"\n2. Say: "d"\n{CLOSING}'
    assert found(text) == [(10, "duplicate-label")]
    assert "a second routine" in compiled(text)[1][0].message


def test_steps_that_markdown_would_number_are_one_finding() -> None:
    text = '# A\n\n1. Say: "a"\n1. Say: "b"\n1. Ask: "Anything else?"\n1. Call the `case_resolution` function.\n'
    assert found(text)[0] == (4, "duplicate-label")
    assert "all 4 steps are numbered 1" in compiled(text)[1][0].message


def test_a_number_that_stands_twice_says_nothing_twice() -> None:
    text = (
        '1. Ask the customer: "Cup or lamp?"\n3. If the customer has a cup, then:\n   - Say: "Cup."\n'
        f'3. If the customer has a lamp, then:\n   - Say: "Lamp."\n{CLOSING.replace("3.", "5.").replace("4.", "6.")}'
    )
    names = [name for _, name in found(text)]
    assert names.count("duplicate-label") == 1
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('# A\n\n```\n1. Say: "a"\n```\n', "code block"),
        ("# A\n\n| Step | Do |\n|---|---|\n| 1 | Ask |\n", "table"),
        ("<ol>\n<li>Ask</li>\n</ol>\n", "HTML"),
        ('- Ask the customer: "a"\n- Call the `f` function.\n', "only bullets"),
        ("", "no numbered steps"),
        ("Only words.\n", "no numbered steps"),
    ],
)
def test_where_the_steps_are_hidden(text: str, message: str) -> None:
    first = next(finding for finding in compiled(text)[1] if finding.name == "empty-routine")
    assert message in first.message


def test_a_misspelt_function_is_not_an_unused_one_as_well() -> None:
    text = (
        f'1. Call the `find_ordr` function, please, now.\n2. Say: "a"\n{CLOSING}\n## Functions\n\n- `find_order`: x\n'
    )
    assert [name for _, name in found(text)] == ["unknown-instruction"]


def test_windows_files() -> None:
    text = "\ufeff### Routine\r\n\r\n1. Infrom the customer: “Yes.”\r\n2. Say: “No.”\r\n"
    assert found(text)[0] == (3, "unknown-instruction")
    assert helps(text)[0] == "write: Inform the customer: “Yes.”"


def test_html_around_the_words() -> None:
    text = f'1. Ask the customer: <b>"Cup or lamp?"</b>\n2. If the customer has a cup, then\n   - Say: "a"\n{CLOSING}'
    assert helps(text)[:2] == ['write: Ask the customer: "Cup or lamp?"', "write: If the customer has a cup, then:"]


def test_what_stands_at_the_top_of_a_file_about_it_is_no_note() -> None:
    assert found(f'---\ntitle: A\nowner: Mia\n---\n\n# A\n\n1. Say: "a"\n2. Say: "b"\n{CLOSING}') == []
    assert found(f'---\n\n# A\n\n1. Say: "a"\n2. Say: "b"\n{CLOSING}') == []


def test_a_step_whose_number_is_a_picture() -> None:
    text = f'# A\n\n1️⃣ Ask the customer: "Cup or lamp?"\n2. Say: "b"\n{CLOSING}'
    assert found(text) == [(3, "instruction-in-article")]


def test_a_comment_that_never_ends() -> None:
    assert found(f'# A\n\nText. <!-- but\n\n1. Say: "a"\n2. Say: "b"\n{CLOSING}') == [(3, "unclosed-comment")]


def test_the_caret_stands_under_the_place_whatever_the_letters_are_like() -> None:
    for words in ("Dance 💃 now", "踊る now", "e\u0301t now", "now"):
        file, findings = compiled(f"1. {words}\n")
        finding = next(one for one in findings if one.name == "unknown-instruction")
        lines = render(finding, file).split("\n")
        assert lines[3].index("^") == lines[2].index(words)


def test_what_would_steer_a_terminal_is_not_printed() -> None:
    file, findings = compiled("1. Dance \x1b[31mred\u202e now\x07\n")
    for finding in findings:
        for shown in (render(finding, file), render_concise(finding, file)):
            assert not set(shown) & set("\x1b\u202e\x07")


def test_a_long_line_is_shown_around_its_place_and_many_places_are_counted() -> None:
    file, findings = compiled('1. Dance "a" and "b"\n' + "   - Sing\n" * 50 + "2. " + "x" * 5_000 + " dance\n")
    shown = render(next(finding for finding in findings if finding.name == "unknown-instruction"), file)
    assert "= and 42 more places" in shown
    assert max(len(line) for finding in findings for line in render(finding, file).split("\n")) < 300
