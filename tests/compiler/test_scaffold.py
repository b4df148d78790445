"""Documents from articles: what is found, what is left to the author, and that the result always runs."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bythebook.adapters.folder import DOCUMENT, DocumentNotFound
from bythebook.adapters.shelf import house
from bythebook.cli.new import Made, make
from bythebook.compiler.compile import compile_document
from bythebook.compiler.drift.sentences import Sentence
from bythebook.compiler.release import build_release
from bythebook.compiler.scaffold.cases import cases_of, happened
from bythebook.compiler.scaffold.needs import ROWS, Row, needs_of
from bythebook.compiler.scaffold.sections import sections_of, title_of
from bythebook.routine.model import ConditionKind, Routine
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile

ARTICLES = Path(__file__).parents[3] / "shared" / "corpus" / "articles" / "helpcenter_articles.csv"

TICKETS = """\
How do I change a festival ticket?
Updated two days ago
Every ticket has one name on it. Please have it at hand.

Day tickets
You can change your email address in the app until noon. If you'd like another day, call us: "0117" is our number.

Weekend tickets
Weekend tickets cannot be changed. You can see a list of resale partners on our page. Contact our support team if
they are sold out.

What happens if I lost my ticket?
No, nothing is lost! We print it again at the gate.

Was this article helpful?
"""
PLAIN = "# Parking\n\nYou can park in front of the hall. Please cancel your booking if you do not come.\n"
THINGS = """\
## How do I get a permit?

If you need a permit for Oak Lane, please write to us.

## Can I get a permit for Elm Square?

If you want a permit for Elm Square, get in touch with sales.

## What does a permit cost?

It costs 20 euros.
"""
MESSY = """\
---
title: "Returns & refunds"
---

## Solution

Say "yes" to us. **Bold**, `code`, a [link](https://x.example) and 2 > 1.

## Steps

1. Open the app
2. Tap "Send back" -- then "OK"

   a. And wait

| a | b |
|---|---|

### Functions

- `f`: not a function

<!-- a remark -->

> Quoted.

Yes. No, it is free.
"""


def made(tmp_path: Path, text: str, name: str = "article.md", *, quoting: bool = False) -> Made:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return make(str(path), "", quoting=quoting)


def routine_of(found: Made) -> Routine:
    raw = {name: text.encode() for name, text in found.files.items()}
    release, compiled, problems = build_release("x", raw, house())
    severities = [one.severity for one in (*compiled.diagnostics, *problems)]
    assert release is not None and Severity.ERROR not in severities
    return release.routine


def steps(routine: Routine) -> list[str]:
    return [step.text for step in routine.steps]


# ---------------------------------------------------------------- the tables


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.named)
def test_each_wording_finds_the_function_of_its_example(row: Row) -> None:
    assert [need.function for need in needs_of([Sentence(row.example, 1, "")])] == [row.named]


@pytest.mark.parametrize(
    "text",
    [
        "You cannot cancel your order after that.",
        "Credits are non-refundable.",
        "We don't delete your account.",
        "Here is a list of steps.",
        "Nothing to see.",
    ],
)
def test_what_is_denied_or_is_no_function_finds_none(text: str) -> None:
    assert needs_of([Sentence(text, 1, "")]) == ()


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("What happens if I’m not approved?", "is not approved"),
        ("What if I lose my card?", "loses their card"),
        ("What if we lost our key?", "lost their key"),
        ("What should I do when my order is late?", "'s order is late"),
        ("What if I don't receive the email?", "does not receive the email"),
        ("How can I pay when I've moved?", "has moved"),
        ("What if you refuse me?", None),
        ("What happens if I find it?", None),
        ("What if I frobnicate?", None),
        ("How long does it take?", None),
    ],
)
def test_what_may_have_happened_is_said_of_the_customer(question: str, condition: str | None) -> None:
    assert happened(question) == condition


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("# Lost card\n\nCall.", "article", "Lost card"),
        ("Anything.\n\nSubmit a VAT exemption request here.", "vat-exemption-request", "VAT exemption request"),
        ("Anything.", "lost_card", "Lost card"),
        ("How do I get in?\n\nBy the door.", "untitled-2", "How do I get in?"),
        ("## How do I get in?\n\nBy the door.", "", "How do I get in?"),
    ],
)
def test_the_title_is_the_articles_own_or_its_files(text: str, name: str, title: str) -> None:
    file = SourceFile.of("a", text)
    assert title_of(file, sections_of(file), name) == title


def cases(text: str) -> list[str]:
    return [case.name for case in cases_of(sections_of(SourceFile.of("a", text))).asked]


def test_cases_are_titles_side_by_side_or_things_that_conditions_name() -> None:
    assert cases(TICKETS) == ["day tickets", "weekend tickets"]
    assert cases(THINGS) == ["Oak Lane", "Elm Square"]
    assert cases(PLAIN) == []
    assert cases("# A\n\nx.\n\n## Overview\n\ny.\n\n## More information\n\nz.\n") == []
    many = "\n\n".join(
        f"## Colour {name}\n\nIt is {name}." for name in ("red", "blue", "green", "grey", "white", "tan")
    )
    assert cases(f"# Colours\n\nAll of them.\n\n{many}\n") == []
    questions = (
        "# A\n\nx.\n\n## Red pots\n\ny.\n\n## Is it hot?\n\nz.\n\n## Is it cold?\n\nz.\n\n## Blue pots\n\ny.\n"
    )
    assert cases(questions) == []


# ---------------------------------------------------------------- whole documents


def test_a_document_has_the_article_unchanged_and_a_routine_in_the_house_form(tmp_path: Path) -> None:
    found = made(tmp_path, TICKETS)
    document = found.files[DOCUMENT]
    assert TICKETS.strip("\n") in document
    routine = routine_of(found)
    assert [topic.question for topic in routine.article.topics] == [
        "How do I change a festival ticket?",
        "Day tickets",
        "Weekend tickets",
        "What happens if I lost my ticket?",
    ]
    assert steps(routine) == [
        "Thank the customer and ask for clarification:",
        "If the customer needs help with day tickets, then:",
        "If the customer needs help with weekend tickets, then:",
        "If the customer lost their ticket, then:",
        "Ask the customer if there is anything else you can assist with:",
        "Call the `case_resolution` function.",
    ]
    kinds = [step.condition.kind for step in routine.conditional if step.condition is not None]
    assert kinds == [ConditionKind.ANSWER, ConditionKind.ANSWER, ConditionKind.REPORT]
    assert [function.name for function in routine.functions] == [
        "update_email_address",
        "provide_list_of_resale_partners",
        "provide_support_contact_information",
        "case_resolution",
    ]
    assert 'words = "a list of resale partners"\nline = "3b"' in found.files["phrases.toml"]
    assert [one.text for one in found.plan.furniture] == ["Updated two days ago", "Was this article helpful?"]


def test_the_articles_sentences_can_stand_in_the_routine(tmp_path: Path) -> None:
    found = made(tmp_path, TICKETS, quoting=True)
    routine = routine_of(found)
    assert "Tell the customer what" not in found.files[DOCUMENT]
    said = [getattr(line.instruction, "text", None) for line in routine.lines]
    assert "If you'd like another day, call us: '0117' is our number." in said
    assert "Nothing is lost!" in said
    assert "Was this article helpful?" not in said


def test_without_plain_cases_everybody_is_told_the_same(tmp_path: Path) -> None:
    routine = routine_of(made(tmp_path, PLAIN))
    assert steps(routine)[:2] == ["Thank the customer:", "Explain what the customer came for:"]
    assert not routine.conditional
    calls = [line.label for line in routine.lines if line.condition is not None]
    assert calls == ["2c"]  # the booking is cancelled when the customer agrees


def test_a_messy_article_makes_a_document_that_runs(tmp_path: Path) -> None:
    for quoting in (False, True):
        found = made(tmp_path, MESSY, quoting=quoting)
        routine = routine_of(found)
        assert found.plan.title == "Returns & refunds"
        assert steps(routine)[-1] == "Call the `case_resolution` function."
        assert {"Solution", "Steps", "Functions"} <= {topic.question for topic in routine.article.topics}
        assert all(line.strip() in found.files[DOCUMENT] for line in MESSY.split("---\n")[2].splitlines())


def test_html_becomes_the_markdown_it_stands_for(tmp_path: Path) -> None:
    html = (
        "<html><head><style>p {}</style></head><body><nav>Home</nav><h1>Lost&nbsp;card</h1><p>We <b>block</b> it.</p>"
        "<h2>Debit card</h2><ul><li>Call <a href='tel:1'>us</a>.</li><li><p>Wait &amp; see.</p></li></ul>"
        "<h2>Credit card</h2><ol><li>Write to <a href='https://x.example/a'>the desk</a>.</li></ol></body></html>"
    )
    found = made(tmp_path, html, "card.html")
    assert "# Lost card\n\nWe **block** it.\n\n## Debit card\n\n- Call us.\n- Wait & see.\n" in found.files[DOCUMENT]
    assert "1. Write to [the desk](https://x.example/a)." in found.files[DOCUMENT]
    assert "Home" not in found.files[DOCUMENT] and "p {}" not in found.files[DOCUMENT]
    assert [step.text for step in routine_of(found).conditional] == [
        "If the customer needs help with debit card, then:",
        "If the customer needs help with credit card, then:",
    ]


@pytest.mark.parametrize("quoting", [False, True], ids=["words to be found", "sentences quoted"])
@pytest.mark.parametrize("policy", ["Delete Payment Method", "Business Associate Agreement", "Set up prepaid billing",
                                    "VAT Exemption request"])  # fmt: skip
def test_real_articles(tmp_path: Path, policy: str, quoting: bool) -> None:
    if not ARTICLES.exists():
        pytest.skip("the corpus is not beside the project")
    with ARTICLES.open(encoding="utf-8", newline="") as file:
        content = next(row["content"] for row in csv.DictReader(file) if row["policy"] == policy)
    found = made(tmp_path, content, f"{policy.lower().replace(' ', '-')}.txt", quoting=quoting)
    assert content.strip("\n") in found.files[DOCUMENT]
    routine = routine_of(found)
    assert found.plan.title.lower() == policy.lower()
    assert routine.resolution is not None and routine.closing_question is not None
    assert len(routine.article.topics) > 1 and len(routine.functions) > 1


def test_the_house_form_is_what_the_shipped_document_has() -> None:
    article = "## T\n\n### Solution\n\n## Steps\n\nYou take one.\n"
    text = f"{article}\n### Routine\n\n1. Call the `case_resolution` function.\n"
    routine = compile_document(SourceFile.of("d", text)).routine
    assert [topic.question for topic in routine.article.topics] == ["Steps"]
    assert [step.label for step in routine.steps] == ["1"]


PIECES = st.sampled_from(
    [
        *TICKETS.splitlines(),
        *MESSY.splitlines(),
        "```",
        "</p><br>",
        "1.",
        "**Answer**",
        "## Routine steps",
        "Call the `f` function.",
        "If yes, then:",
        "Is there anything else?",
        "x" * 300,
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=14), st.booleans())
def test_any_article_becomes_a_document_that_runs_or_is_refused_for_a_line_of_its_own(
    lines: list[str], quoting: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = made(Path(folder), "\n".join(lines), quoting=quoting)
        except DocumentNotFound as refused:
            assert "holds something that a document cannot" not in str(refused)
        else:
            assert routine_of(found).resolution is not None
