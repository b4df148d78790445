"""Whatever text comes in: the compiler never raises, every place lies in the text, and no line is lost unnoticed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bythebook.adapters.folder import shipped_routines
from bythebook.compiler.account import Fate, account
from bythebook.compiler.compile import Compiled, compile_document
from bythebook.compiler.markdown import RowKind, read_rows
from bythebook.source.render import as_json, render
from bythebook.source.span import SourceFile, Span

OWNER = (shipped_routines() / "business-associate-agreement" / "document.md").read_text(encoding="utf-8")
LINES = OWNER.split("\n")

FRAGMENTS = st.sampled_from(
    [
        *(line for line in LINES if line),
        "### Routine",
        "**Function Definitions:**",
        "# Returns",
        "**Answer**",
        "## Steps",
        "Is it cold?",
        "A short title",
        "1. ",
        "2) x",
        "   - ",
        "1a) Say: “x”",
        "2.1 x",
        "      ii. x",
        "Else:",
        "If ,then:",
        "If the customer, then:",
        "If is:",
        '"?"',
        "`call f(a, b)`",
        "```",
        "<!--",
        "-->",
        "===",
        "---",
        "> quote",
        "[a]: b",
        "| a | b |",
        "\\",
        "**",
        "\t",
        "- `f(`",
        "- **Parameters**: `a` `a`",
        "If the customer wants x or y:",
        'Ask the customer: "Do you want x or y?"',
        "Ask the customer for their email address or order ID (e.g. x).",
        "Ask for the following:",
        "Politely request a, b and c (d, e).",
        "Ask if they agree.",
        "If they agree, call f(a, b) and proceed to step 2.",
        "If it fails: retry once. If not, -Step 3",
        "If a < 3 and (b or not c_d):",
        "Else if the order is not found, then:",
        "Otherwise, transfer them to a human.",
        "**If x is ON:**",
        "Note: If the customer insists, call `g`.",
        "## Step 2: Check",
        "## Path 1: Other",
        "## Other",
        "- **Function:** `f(a)`",
        "Define `g function`:",
        "Inform them that it is done; then call f > Say x",
        "Once provided, call the f_g function -> [a]",
        "If no further questions, call case_resolved()",
        "Provide the following steps:",
        "Go to the shop",
        "Here are the steps:",
        'If they say something like "x", go to step 1.',
    ]
)
INDENTS = st.sampled_from(["", "", " ", "   ", "\t", "      ", "- ", "\\- ", "1. ", "a. ", "i. "])


@st.composite
def documents(draw: st.DrawFn) -> str:
    lines = draw(st.lists(st.tuples(INDENTS, FRAGMENTS), max_size=30))
    return draw(st.sampled_from(["\n", "\n\n", "\r\n"])).join(indent + line for indent, line in lines)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    text = OWNER
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        text = text[:start] + draw(st.text(max_size=6)) + text[end:]
    return text


def spans(compiled: Compiled) -> Iterator[Span]:
    routine = compiled.routine
    yield routine.article.title_span
    for topic in routine.article.topics:
        yield topic.span
        yield from (passage.span for passage in topic.answer)
    for step in routine.steps:
        yield step.span
        yield from (line.span for line in step.lines)
        if step.condition is not None:
            yield step.condition.span
            yield step.condition.name_span
    for function in routine.functions:
        yield function.span
        yield from (parameter.span for parameter in function.parameters)
    for finding in compiled.diagnostics:
        yield finding.label.span
        yield from (label.span for label in finding.related)


def check(text: str) -> None:
    file = SourceFile.of("document.md", text)
    compiled = compile_document(file, {"f": ("a",)})
    for span in spans(compiled):
        assert span.end <= len(file.text)
    for finding in compiled.diagnostics:
        assert render(finding, file)
        assert as_json(finding, file)
        assert "\n" not in finding.message
    places = [finding.label.span for finding in compiled.diagnostics]
    assert places == sorted(places)
    labels = [line.label for line in compiled.routine.lines]
    assert len(labels) == len(set(labels)) or not compiled.ok
    no_line_is_lost(compiled)


def no_line_is_lost(compiled: Compiled) -> None:
    """Every line is carried out, says how others are meant, or is reported."""
    lost = [compiled.file.slice(one.row.span) for one in account(compiled) if one.fate is Fate.LOST]
    assert lost == []


@settings(max_examples=300, deadline=None)
@given(documents())
def test_documents_of_fragments(text: str) -> None:
    check(text)


@settings(max_examples=150, deadline=None)
@given(mutations())
def test_mutated_owner_document(text: str) -> None:
    check(text)


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_arbitrary_text(text: str) -> None:
    check(text)


@settings(max_examples=100, deadline=None)
@given(st.permutations(LINES))
def test_shuffled_lines(lines: list[str]) -> None:
    check("\n".join(lines))


@given(documents())
@settings(max_examples=100, deadline=None)
def test_every_line_that_is_not_blank_is_one_row(text: str) -> None:
    file = SourceFile.of("document.md", text)
    lines = [number for number in range(1, file.line_count + 1) if file.line(number).strip()]
    assert [file.position(row.span.start)[0] for row in read_rows(file)] == lines


def test_the_same_text_compiles_to_the_same_routine() -> None:
    file = SourceFile.of("document.md", OWNER)
    assert compile_document(file) == compile_document(file)


def test_deep_nesting_is_read() -> None:
    text = "### Routine\n\n" + "".join("   " * depth + '- Say: "x"\n' for depth in range(300))
    check(text)
    check("### Routine\n\n1. x\n" + "> " * 300 + "y\n")


def test_row_kinds() -> None:
    file = SourceFile.of("d.md", "# A #\n\nB\n---\n\nC\n===\n\n```\nD\n```\n<!-- E -->\n\n***\n")
    assert [(row.kind, file.slice(row.span)) for row in read_rows(file)] == [
        (RowKind.HEADING, "A"),
        (RowKind.TEXT, "B"),
        (RowKind.RULE, "---"),
        (RowKind.HEADING, "C"),
        (RowKind.RULE, "==="),
        (RowKind.CODE, "```"),
        (RowKind.CODE, "D"),
        (RowKind.CODE, "```"),
        (RowKind.COMMENT, "<!-- E -->"),
        (RowKind.RULE, "***"),
    ]


REPEATED = {
    "steps": '1. Inform the customer: "x"\n',
    "bullets": '- Inform the customer: "a"\n',
    "conditions": '1. If the customer wants x, then:\n   - Ask the customer: "Do you want x or y?"\n',
    "unknown functions": "1. Call the `f{n}` function.\n",
    "words": "a\n",
    "one long quote": '"aaaaaaaa',
    "spaces": "1. If" + " " * 60,
    "bold": "**a?**\n\nb\n\n",
    "comments": "1. x <!-- a -->\n",
    "notes": "1. x\n\ny\n\n",
    "alternatives": "1. If x is {n}, say so. Otherwise, call f{n}(a).\n",
    "which-questions": '1. Ask: "a{n} or b{n}?"\n   - a{n}: call f(a)\n   - b{n}: call g(a)\n',
    "titles": '1. Ask: "New or old?"\n2. New:\n   - Call f(a)\n3. Old:\n   - Call g(a)\n',
    "claims": '1. Inform the customer: "It costs {n} dollars and takes {n} days."\n',
    "slips": "1. Infrom the cutsomer that it is {n}.\n",
    "tables": "1. Call f(a)\n\n| If | Then |\n|---|---|\n| it is {n} | Go to step 1. |\n\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", REPEATED)
def test_a_megabyte_is_read(name: str) -> None:
    """Would take hours if time grew with the square of the text; the limit of a test is two minutes."""
    unit = REPEATED[name]
    units = (unit.replace("{n}", str(n)) for n in range(1_000_000 // len(unit)))
    file = SourceFile.of("document.md", "# T\n\n### Routine\n\n" + "".join(units))
    assert compile_document(file).file is file
