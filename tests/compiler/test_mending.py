"""What is proposed for words that are not understood: a small change that mends them, else the nearest wording."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bythebook.compiler.clauses import read_clauses
from bythebook.compiler.hints import hint
from bythebook.compiler.mending import mend
from bythebook.compiler.wording import WORDINGS

MENDED = {
    'Infrom the customer: "Hello."': 'Inform the customer: "Hello."',
    'Inform the customer "Hello."': 'Inform the customer: "Hello."',
    'Inform the customer - "Hello."': 'Inform the customer: "Hello."',
    'Inform the customer: "Hello.': 'Inform the customer: "Hello."',
    "Inform the customer: “Hello.": "Inform the customer: “Hello.”",
    "Tel the customer that it is done.": "Tell the customer that it is done.",
    'The agent informs the customer: "Hello."': 'Inform the customer: "Hello."',
    'Informing the customer: "Hello."': 'Inform the customer: "Hello."',
    'Ask the customer: "Hello?" (politely)': 'Ask the customer: "Hello?"',
    'Ask teh customer: "Hello?"': 'Ask the customer: "Hello?"',
    'Question: "Which plan?"': 'Ask the customer: "Which plan?"',
    "Escalte the customer to a human": "Escalate the customer to a human",
    "Procced to step 3": "Proceed to step 3",
    "Please do call for `find_order` right away": "Call the `find_order` function.",
    "Call find_order with the order number and the name please": "Call the `find_order` function.",
}


@pytest.mark.parametrize("words", MENDED)
def test_a_small_change_is_proposed(words: str) -> None:
    assert mend(words) == MENDED[words]
    assert hint(words) == f"write: {MENDED[words]}"


@pytest.mark.parametrize(
    ("words", "advice", "nearest"),
    [
        ("Arrange for a pickup.", "name the function", "call"),
        ("Verify the details of the flight.", "name the function", "call"),
        ("If the light is green, it is not broken.", "end the condition with a colon", "condition"),
        ("Repeat until it works", "say how often", "repeat"),
        ("Path 2.1 check for more", "say where to go on", "go-to"),
    ],
)
def test_else_the_nearest_wording_is_named(words: str, advice: str, nearest: str) -> None:
    example = next(wording.example for wording in WORDINGS if wording.name == nearest)
    assert mend(words) is None
    assert hint(words).startswith(advice)
    assert hint(words).endswith(f"the nearest wording is: {example}")


def test_what_must_not_be_said_is_not_proposed() -> None:
    for words in ('Never say "no"', 'If they say "no"', 'Do not promise "free"', 'Press the button called "Go"'):
        assert "Inform" not in (mend(words) or ""), words


@given(
    st.text(max_size=120)
    | st.sampled_from(list(MENDED)).flatmap(lambda words: st.permutations(words.split()).map(" ".join))
)
def test_every_proposal_is_understood(words: str) -> None:
    mended = mend(words)
    if mended is not None:
        assert all(part.form is not None for clause in read_clauses(mended) for part in clause.parts)
    assert hint(words)
