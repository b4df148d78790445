"""What offers call a choice: the document's words, and to customers of themselves as "you"."""

from __future__ import annotations

import pytest
from tests.engine.telling import released

from bythebook.engine.words import choice_words

DOCUMENT = """\
# Cards

1. Ask the customer: "What can I do for you?"
2. If {condition}:
   a. Say: "It is seen to."
3. Ask: "Is there anything else I can help you with?"
   - If not, call `case_resolution`.

Functions:
- `case_resolution`: ends the case.
"""


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("the customer wants to keep it and change their card", "you want to keep it and change your card"),
        ("the customer still has the parcel", "you still have the parcel"),
        ("the customer wishes to pay themselves", "you wish to pay yourself"),
        ("the customer misses a part", "you miss a part"),
        ("the customer uses an old device", "you use an old device"),
        ("the customer is not approved", "not approved"),
        ("an item is missing", "an item is missing"),
    ],
)
def test_a_condition_of_the_customer_is_told_to_them(condition: str, words: str) -> None:
    assert choice_words(released(DOCUMENT.format(condition=condition)), "step:2") == words
