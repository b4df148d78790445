"""A check that cries wolf is worse than none: what each must be silent on, and what it must see beyond its page."""

from __future__ import annotations

import pytest

from bythebook.compiler.compile import compile_document
from bythebook.source.span import SourceFile

END = """
8. Ask the customer: "Is there anything else I can assist you with today?"
9. Call the `case_resolution` function.
"""


def found(name: str, steps: str, article: str = "") -> list[str]:
    text = f"## Returns\n\n{article}\n\n### Routine\n\n{steps.strip()}\n{END}"
    file = SourceFile.of("document.md", text)
    compiled = compile_document(file)
    return [file.slice(finding.label.span) for finding in compiled.diagnostics if finding.name == name]


WHICH = """
1. Ask the customer: "Do you want to return a cup or a lamp?"
2. If the customer wants to return a cup, then:
   - Inform the customer: "Bring it."
3. If the customer wants to return a lamp, then:
   - Inform the customer: "We pick it up."
"""

SILENT = {
    "missing-otherwise": [
        '1. Call the `f` function.\n2. If the age is less than 18, then:\n   - Say: "a"\n'
        '3. If the age is at least 18, then:\n   - Say: "b"',
        '1. Call the `f` function.\n2. If the age is less than 18, then:\n   - Say: "a"',
        '1. Call the `f` function.\n2. If the plan is "SMALL", then:\n   - Say: "a"\n'
        '3. If the plan is "LARGE", then:\n   - Say: "b"',
        '1. Call the `find_order` function.\n2. If the order is found, then:\n   - Say: "a"\n'
        '3. Else if the order is not found, then:\n   - Say: "b"',
        WHICH,
        '1. Ask the customer if they agree.\n   - If they agree, say: "a"\n   - If they decline, say: "b"',
    ],
    "overlapping-conditions": [
        '1. Call the `f` function.\n2. If the total is more than 10, then:\n   - Say: "a"\n'
        '3. If the total is more than 30, also tell the customer: "b"',
        '1. Call the `f` function.\n2. If the total is less than 10, then:\n   - Say: "a"\n'
        '3. If the total is at least 10, then:\n   - Say: "b"',
        "1. Call the `f` function.\n2. If the total is more than 30, then:\n   - Proceed to step 8.\n"
        '3. If the total is more than 10, then:\n   - Say: "b"',
        "1. Call the `check` function.\n   - If the check fails, retry once.\n"
        "   - If it still fails, transfer the customer to a human.",
    ],
    "near-duplicate-conditions": [
        WHICH,
        '1. If the customer is approved, then:\n   - Say: "a"\n'
        '2. If the customer is not approved, then:\n   - Say: "b"',
        '1. Ask the customer if they agree.\n   - If they agree, say: "a"\n'
        '2. Ask the customer if they want more.\n   - If they agree, say: "b"',
    ],
    "narrower-than-condition": [
        WHICH,
        WHICH + '4. If the customer is not satisfied, then:\n   - Say: "We take back cups and lamps."',
        WHICH + '4. If the customer is not satisfied, then:\n   - Say: "We are sorry."',
        WHICH.replace('"Bring it."', '"Bring it."\n   - Proceed to step 4.')
        + '4. If the customer is not satisfied, then:\n   - Say: "We take the cup back."',
    ],
    "dead-end": [
        WHICH,
        WHICH.replace("a cup or a lamp?", "a cup, a lamp or something else?"),
        WHICH.replace("a cup or a lamp?", "a cup or a lamp, please?"),
        WHICH.replace("Do you want", "Sorry, or not sorry: do you want"),
        WHICH.replace("a cup or a lamp", "a cup, a lamp or a carpet")
        + '4. If the customer wants to return a carpet, then:\n   - Say: "c"',
    ],
    "unhandled-failure": [
        '1. Call the `find_order` function.\n   - If the order is found, say: "a"\n   - Otherwise, say: "b"',
        '1. Call the `find_order` function.\n   - If the order is found, proceed to step 8.\n2. Say: "b"',
        '1. Call the `find_order` function.\n2. Once the order is found, say: "a"',
        '1. Call the `find_order` function.\n   - If the order is not found, say: "b"\n2. Say: "a"',
    ],
    "unlinked-reference": [
        '1. Say: "See our list of shops at https://example.com/shops."',
        '1. Say: "You can see a list of our shops."\n   - Call the `list_shops` function.',
        '1. Say: "Write to our support team at help@example.com."',
        '1. Say: "See the list of orders in your account."',
        '1. Say: "Read [the guide](https://example.com/guide)."',
        '1. Say: "We could not find anything under this address."',
    ],
    "ungrounded-message": [
        '1. Say: "It takes 14 days."',
        '1. Say: "In step 3 you enter the 6-digit code."',
    ],
    "unfilled-slot": [
        '1. Say: "Press [Enter](https://example.com) <b>now</b>."',
        "1. Ask the customer for their order number.\n2. Call the `f(order_number)` function.",
    ],
}
SEEN = [
    (
        "missing-otherwise",
        "1. Call the `f` function.\n"
        '   a. If the plan is "SMALL", proceed to step 2.\n   b. If the plan is "LARGE", proceed to step 3.\n'
        '2. Say: "a"\n3. Say: "b"',
        ['the plan is "LARGE"'],
    ),
    (
        "overlapping-conditions",
        '1. Call the `f` function.\n2. If the total is more than 10, then:\n   - Say: "a"\n'
        '3. Else if the total is more than 30, then:\n   - Say: "b"',
        ["the total is more than 30"],
    ),
    (
        "near-duplicate-conditions",
        '1. If the customer wants refunds, then:\n   - Say: "a"\n'
        '2. If the customer would like a refund, then:\n   - Say: "b"',
        ["the customer would like a refund"],
    ),
    (
        "dead-end",
        '1. If the customer is angry, proceed to step 10.\n2. Say: "a"',
        [],
    ),
    (
        "unlinked-reference",
        '1. Say: "For more, contact our sales team or click here."',
        ["contact our sales team", "here"],
    ),
    ("unfilled-slot", '1. Say: "Dear [NAME], your order {{id}} is here."', ["[NAME]", "{{id}}"]),
    (
        "unhandled-failure",
        '1. Call the `verify_identity` function.\n2. If the customer is verified, then:\n   - Say: "a"\n3. Say: "b"',
        ["the customer is verified"],
    ),
]


@pytest.mark.parametrize(("name", "steps"), [(name, steps) for name, rows in SILENT.items() for steps in rows])
def test_silence(name: str, steps: str) -> None:
    assert found(name, steps) == []


@pytest.mark.parametrize(("name", "steps", "places"), SEEN)
def test_seen(name: str, steps: str, places: list[str]) -> None:
    assert found(name, steps) == places


ARTICLE = """
**What does it cost?**

Nothing.

**{question}**

We will see.
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What if my parcel arrives damaged?", True),
        ("How can I get my deposit back?", True),
        ("Can I return a lamp?", False),
        ("How long does the inspection take?", False),
        ("How can I contact the warehouse?", False),
        ("What happens then?", False),
        ("Why is it blue?", False),
    ],
)
def test_questions_of_customers_who_need_something(question: str, told: bool) -> None:
    assert bool(found("uncovered-question", WHICH, ARTICLE.format(question=question))) is told


def test_what_only_an_article_can_ground_is_not_said_without_one() -> None:
    steps = '1. Say: "It takes 14 days, says Anna."'
    assert found("ungrounded-message", steps) == []
    assert found("ungrounded-message", steps, ARTICLE.format(question="How long?")) == ["14 days", "Anna"]
