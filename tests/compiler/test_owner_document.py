"""The owner's document compiles to exactly this: every label, every instruction, every word at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bythebook.adapters.folder import read_folder, shipped_routines
from bythebook.adapters.shelf import house
from bythebook.compiler.compile import Compiled, compile_document
from bythebook.compiler.release import build_release
from bythebook.routine.model import (
    Ask,
    Call,
    Condition,
    ConditionKind,
    Instruction,
    QuestionKind,
    Say,
)
from bythebook.source.render import render
from bythebook.source.span import SourceFile, Span

ROOT = Path(__file__).parents[2]
DOCUMENT = shipped_routines() / "business-associate-agreement" / "document.md"
OWNERS = ROOT.parent / "shared" / "business-associate-agreement.md"
CORPUS = ROOT.parent / "shared" / "corpus" / "routines"

OWNERS_SHA256 = "26279b853d6949c7b8fc952801dcb7c5ef05bf7dd09e729afba7b0448be6f2e8"

LIST = "provide_list_of_zero_retention_endpoints"
SALES = "provide_sales_contact_information"

# Label, place of its words (line, column), what it does. `cookbook_baa.md` has letters in steps 4 and 5 too.
GOLDEN: tuple[tuple[str, tuple[int, int], Instruction], ...] = (
    (
        "1a",
        (45, 5),
        Ask(
            "Thank you for reaching out! Could you please specify whether you require a Business Associate Agreement"
            " (BAA) for using our API or for ChatGPT Enterprise?",
            QuestionKind.WHICH,
            ("2", "3"),
        ),
    ),
    (
        "2a",
        (48, 9),
        Say("To obtain a BAA for our API, please email baa@openai.com with details about your company and use case."),
    ),
    ("2b", (49, 9), Say("Our team will respond within 1-2 business days.")),
    ("2c", (50, 9), Say("We review each BAA request on a case-by-case basis and may need additional information.")),
    ("2d", (51, 9), Say("The process is usually completed within a few business days.")),
    (
        "2e",
        (52, 9),
        Say("Please note that only endpoints eligible for zero data retention are covered by the BAA."),
    ),
    ("2e.i", (53, 9), Call(LIST)),
    ("2f", (54, 9), Say("An enterprise agreement is not required to sign a BAA.")),
    ("3a", (57, 9), Say("To explore a BAA for ChatGPT Enterprise, please contact our sales team.")),
    ("3a.i", (58, 9), Call(SALES)),
    (
        "4.1",
        (61, 6),
        Say(
            "We are able to approve most customers that request BAAs, but occasionally a use case doesn't pass our"
            " team's evaluation."
        ),
    ),
    (
        "4.2",
        (62, 6),
        Say(
            "In that case, we'll provide feedback and context as to why and give you the opportunity to update your"
            " intended use of our API and re-apply."
        ),
    ),
    (
        "5.1",
        (65, 6),
        Ask("Is there anything else I can assist you with today?", QuestionKind.ANYTHING_ELSE),
    ),
    ("6", (67, 4), Call("case_resolution")),
)


@pytest.fixture(scope="module")
def file() -> SourceFile:
    return SourceFile.of("document.md", DOCUMENT.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def compiled(file: SourceFile) -> Compiled:
    return compile_document(file)


def corpus(name: str) -> SourceFile:
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"needs {name} of the shared corpus, which is not here")
    return SourceFile.of(name, path.read_text(encoding="utf-8"))


def test_it_is_the_owners_text_to_the_byte(file: SourceFile) -> None:
    assert file.digest == OWNERS_SHA256
    assert file.text.encode() == DOCUMENT.read_bytes()
    if OWNERS.exists():
        assert DOCUMENT.read_bytes() == OWNERS.read_bytes()


def test_the_routine_carries_the_digest_of_its_text(compiled: Compiled) -> None:
    assert compiled.routine.digest == OWNERS_SHA256


def test_every_line_with_its_label_and_place(compiled: Compiled, file: SourceFile) -> None:
    found = tuple((line.label, file.position(line.span.start), line.instruction) for line in compiled.routine.lines)
    assert found == GOLDEN


def test_every_text_stands_at_its_place(compiled: Compiled, file: SourceFile) -> None:
    for line in compiled.routine.lines:
        words = file.slice(line.span)
        match line.instruction:
            case Say(text=text) | Ask(text=text):
                assert words.endswith(f'"{text}"'), line.label
            case Call(function=function):
                assert words == f"Call the `{function}` function.", line.label


def test_calls_belong_to_their_lines(compiled: Compiled) -> None:
    parents = {line.label: line.parent for line in compiled.routine.lines if line.parent}
    assert parents == {"2e.i": "2e", "3a.i": "3a"}


def test_steps(compiled: Compiled, file: SourceFile) -> None:
    steps = compiled.routine.steps
    assert [(step.label, file.position(step.span.start)) for step in steps] == [
        ("1", (43, 4)),
        ("2", (47, 4)),
        ("3", (56, 4)),
        ("4", (60, 4)),
        ("5", (64, 4)),
        ("6", (67, 4)),
    ]
    assert all(step.text == file.slice(step.span) for step in steps)
    assert steps[0].text == "Thank the customer and ask for clarification:"


def test_conditions(compiled: Compiled, file: SourceFile) -> None:
    conditions = {step.label: step.condition for step in compiled.routine.steps}
    assert [label for label, condition in conditions.items() if condition] == ["2", "3", "4"]
    assert conditions["2"] == Condition(
        text="the customer requires a BAA for the API",
        span=place(file, 47, "the customer requires a BAA for the API"),
        kind=ConditionKind.ANSWER,
        name="the API",
        name_span=place(file, 47, "the API"),
        fact="requires_a_baa_for_the_api",
        question="1a",
    )
    assert conditions["3"] == Condition(
        text="the customer requires a BAA for ChatGPT Enterprise",
        span=place(file, 56, "the customer requires a BAA for ChatGPT Enterprise"),
        kind=ConditionKind.ANSWER,
        name="ChatGPT Enterprise",
        name_span=place(file, 56, "ChatGPT Enterprise"),
        fact="requires_a_baa_for_chatgpt_enterprise",
        question="1a",
    )
    assert conditions["4"] == Condition(
        text="the customer is not approved",
        span=place(file, 60, "the customer is not approved"),
        kind=ConditionKind.REPORT,
        name="not approved",
        name_span=place(file, 60, "not approved"),
        fact="not_approved",
        question=None,
    )


def place(file: SourceFile, line: int, words: str) -> Span:
    start = file.text.index(words, file.line_start(line))
    return Span(start, start + len(words))


def test_article(compiled: Compiled, file: SourceFile) -> None:
    article = compiled.routine.article
    assert article.title == file.slice(article.title_span) == "Business Associate Agreement"
    assert article.subtitle == "Information about HIPAA compliance for healthcare companies"
    assert [(topic.number, topic.question, len(topic.answer)) for topic in article.topics] == [
        (1, "How can I get a Business Associate Agreement (BAA) with OpenAI?", 1),
        (2, "How do I get started?", 2),
        (3, "Can I get a BAA for ChatGPT?", 1),
        (4, "What happens if I’m not approved?", 1),
        (5, "Are all API services covered by the BAA?", 1),
        (6, "Is an enterprise agreement requirement to sign a BAA?", 1),
    ]
    for topic in article.topics:
        assert file.slice(topic.span) == topic.question
        for passage in topic.answer:
            assert file.slice(passage.span) == passage.text
    assert article.topics[0].text.startswith("The Health Insurance Portability and Accountability Act (HIPAA)")
    assert article.topics[3].text.startswith("We are able to approve most customers")


def test_functions(compiled: Compiled, file: SourceFile) -> None:
    functions = compiled.routine.functions
    assert [(function.name, function.parameters) for function in functions] == [
        (LIST, ()),
        (SALES, ()),
        ("case_resolution", ()),
    ]
    assert [function.purpose for function in functions] == [
        "Provides the customer with a list of API endpoints that are eligible for zero data retention under the BAA.",
        "Provides the customer with contact information to reach our sales team for ChatGPT Enterprise inquiries.",
        "Finalizes the case and marks it as resolved.",
    ]
    assert all(file.slice(function.span) == function.name for function in functions)


def test_it_may_run_and_its_findings_are_the_published_ones(compiled: Compiled, file: SourceFile) -> None:
    assert compiled.ok
    page = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    blocks = [block.split("\n```")[0] for block in page.split("```diagnostics\n")[1:]]
    name, files = read_folder(DOCUMENT.parent)
    _, whole, _ = build_release(name, files, house())
    assert blocks == [render(finding, file) for finding in whole.diagnostics]


def test_without_its_links_it_points_at_what_nothing_gives(compiled: Compiled, file: SourceFile) -> None:
    unlinked = [finding for finding in compiled.diagnostics if finding.name == "unlinked-reference"]
    assert [(file.slice(finding.label.span), finding.about, finding.help) for finding in unlinked] == [
        (words, about, f'write in phrases.toml: [[link]], then: words = "{words}" and line = "{line}"')
        for words, about, line in (
            ("contact sales", ("article:3",), "3a"),
            ("a list of those endpoints", ("article:5",), "2e"),
        )
    ]


@pytest.mark.parametrize("name", ["cookbook_baa.md", "cookbook_baa__flat_web.md"])
def test_the_same_words_in_another_layout_give_the_same_routine(name: str, compiled: Compiled) -> None:
    other = compile_document(corpus(name))
    relabelled = {"4.1": "4a", "4.2": "4b", "5.1": "5a"}
    assert other.ok
    assert [(line.label, line.instruction) for line in other.routine.lines] == [
        (relabelled.get(label, label), instruction) for label, _, instruction in GOLDEN
    ]
    assert [step.text for step in other.routine.steps] == [step.text for step in compiled.routine.steps]
    assert [step.condition.name for step in other.routine.conditional if step.condition] == [
        "the API",
        "ChatGPT Enterprise",
        "not approved",
    ]
    assert [(f.name, f.purpose) for f in other.routine.functions] == [
        (f.name, f.purpose) for f in compiled.routine.functions
    ]
