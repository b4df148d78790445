"""Each row of the wording table recognises its own example, and no row is shadowed by one before it."""

from __future__ import annotations

import pytest

from bythebook.compiler.hints import hint
from bythebook.compiler.recognise import recognise
from bythebook.compiler.wording import WORDINGS, Wording


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda wording: wording.name)
def test_the_example_is_recognised_by_its_row(wording: Wording) -> None:
    first = next(
        row for row in WORDINGS if (match := row.pattern.match(row.example and wording.example)) and row.build(match)
    )
    assert first is wording
    assert recognise(wording.example) is not None


def test_names_are_unique() -> None:
    assert len({wording.name for wording in WORDINGS}) == len(WORDINGS)


@pytest.mark.parametrize(
    "words",
    [
        "Verify the customer's account.",
        "If the customer agrees, `call f(x)`",
        'Inform the customer: "unclosed',
        'Inform the customer: "a" and "b"',
        'Inform the customer: ""',
        "If then:",
        "If , then:",
        "Call `f` and `g`.",
    ],
)
def test_what_is_not_in_the_table_is_not_guessed(words: str) -> None:
    assert recognise(words) is None
    assert hint(words)
