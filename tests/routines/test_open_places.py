"""Places left open in what is said: filled with what the case knows, never read out as they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.routines.tabled import Desks, Row, Talk

from bythebook.compiler.compile import compile_document
from bythebook.compiler.phrase_needs import phrase_needs
from bythebook.compiler.problems import Problems
from bythebook.compiler.sidecars import PHRASES_PATH, read_phrases
from bythebook.source.diagnostic import Severity
from bythebook.source.span import SourceFile

REFUND = """\
# Refunds

1. Ask the customer for their order number and full name.
2. Call `refund_order(order_number)`.
3. Say: "Thank you, [name]. {amount} for order <order_number> is on its way."
4. Tell the customer their new balance.
5. Ask the customer: "Is there anything else, {{customer.full_name}}?"
6. Call the `case_resolution` function.

## Functions

- `refund_order(order_number)`: Refunds it. Returns amount, balance.
- `case_resolution`: Closes the case.
"""


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


def refunded(desks: Desks, result: Row, text: str = REFUND) -> Talk:
    talk = desks.talk(text, {"refund_order": result, "case_resolution": None})
    talk.say("hello, I want my money back")
    talk.say("my order number is 4711-22")
    return talk


def test_values_stand_where_the_document_leaves_a_place(desks: Desks) -> None:
    talk = refunded(desks, {"amount": "$12", "balance": 3})
    assert talk.say("My name is Ada Byron") == ["3", "4", "5"]
    assert talk.texts == [
        "Thank you, Ada Byron. $12 for order 4711-22 is on its way.",
        "Your new balance is 3.",
        "Is there anything else, Ada Byron?",
    ]


def test_words_with_a_place_that_nothing_fills_are_not_said(desks: Desks) -> None:
    talk = refunded(desks, {"balance": 3})
    said = talk.say("My name is Ada Byron")
    assert "3" not in said and talk.status == "handed_off"
    assert not any("{" in text or "[" in text for text in talk.texts)


def findings(text: str) -> list[tuple[str, Severity]]:
    compiled = compile_document(SourceFile.of("d.md", text))
    return [(one.message, one.severity) for one in compiled.diagnostics if one.name == "unfilled-slot"]


def test_a_place_that_no_line_finds_out_is_an_error() -> None:
    text = REFUND.replace("Tell the customer their new balance.", 'Say: "It goes to [card]."')
    ((message, severity),) = findings(text)
    assert severity is Severity.ERROR and "`[card]`" in message


def test_a_place_that_a_function_may_fill_is_a_warning() -> None:
    ((message, severity),) = findings(REFUND.replace(" Returns amount, balance.", ""))
    assert severity is Severity.WARNING and "`amount`" in message


def drafts(text: str) -> dict[str, str | None]:
    compiled = compile_document(SourceFile.of("d.md", text))
    phrases = read_phrases(None, Problems.of(PHRASES_PATH))
    return {need.name: need.draft for need in phrase_needs(compiled, phrases)}


@pytest.mark.parametrize(
    ("line", "draft"),
    [
        ("Tell the customer their new balance.", "Your new balance is {balance}."),
        (
            "Inform the customer of their balance and the order number.",
            "Your balance is {balance} and the order number is {order_number}.",
        ),
        ("Provide the refund amount.", None),
        ("Inform the customer of their account type.", None),
    ],
)
def test_values_that_are_known_are_drafted_as_places(line: str, draft: str | None) -> None:
    assert drafts(REFUND.replace("Tell the customer their new balance.", line))["4"] == draft


def test_let_them_know_says_what_was_found_out() -> None:
    text = REFUND.replace(
        "4. Tell the customer their new balance.", "4. If the order is not found, let the customer know."
    )
    assert drafts(text)["4"] == "The order is not found."
