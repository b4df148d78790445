"""What a line counts, quotes or makes depend on comes back in what it does, or a finding says that it does not."""

from __future__ import annotations

import pytest

from bythebook.compiler.compile import compile_document
from bythebook.source.span import SourceFile

NAMES = ("unheld-words", "doubtful-outcome", "doubtful-slot")

DOCUMENT = """## Parcels

### Routine

1. Ask the customer for the parcel number.
2. Call `find_parcel(parcel_number)`.
{lines}
{next}. Ask the customer: "Is there anything else I can assist you with today?"
{last}. Call the `case_resolution` function.

**Function Definitions:**

- `find_parcel(parcel_number)`: Looks up a parcel.
- `scan_depot(parcel_number)`: Looks through the depot.
- `pay_back(parcel_number)`: Pays back.
- `case_resolution`: Marks the case as resolved.
"""


def found(*lines: str) -> list[tuple[str, str]]:
    numbered = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 3))
    text = DOCUMENT.format(lines=numbered, next=len(lines) + 3, last=len(lines) + 4)
    compiled = compile_document(SourceFile.of("document.md", text))
    return [(one.name, compiled.file.slice(one.label.span)) for one in compiled.diagnostics if one.name in NAMES]


@pytest.mark.parametrize(
    ("line", "name", "words"),
    [
        (
            "Tell the customer that a search costs 5 euros, unless the parcel is insured.",
            "unheld-words",
            "unless the parcel is insured",
        ),
        ("Warn the customer of the fee (except for members).", "unheld-words", "except for members"),
        ("If the parcel cannot be found within 3 tries, call `pay_back`.", "unheld-words", "within 3 tries"),
        ("Ask for two of these: street, city, postcode.", "unheld-words", "two of these"),
        ("Call `pay_back` for at most 50 parcels.", "unheld-words", "at most 50"),
        ("If the parcel is found, wait 2 minutes and call `pay_back`.", "unheld-words", "wait 2"),
        ("Ask for the first and the last day of the trip.", "doubtful-slot", "first"),
        ("If the parcel is cancelled, call `pay_back`.", "doubtful-outcome", "the parcel is cancelled"),
    ],
)
def test_what_nothing_holds_is_found_at_its_words(line: str, name: str, words: str) -> None:
    assert (name, words) in found(line)


@pytest.mark.parametrize(
    "line",
    [
        "Tell the customer that the parcel is kept for 7 days unless it is picked up.",
        "Say that the account is blocked until the fee of 5 euros is paid.",
        'Say: "We keep it for 7 days, unless you pick it up."',
        "If the parcel is not found, tell the customer that we will search for two days.",
        "If the parcel is found, call `pay_back`.",
        "If the call fails, ask for the parcel number again, at most 2 times.",
        "If more than 3 days have passed, call `pay_back`.",
        "Ask for the street, the city and the six-digit postcode.",
        "Ask for the first name and the last name.",
        "Ask how many parcels there are.",
        "Ask for the delivery date (DD/MM/YYYY).",
        "Call `pay_back(parcel_number)` and tell the customer that it takes up to 5 days.",
    ],
)
def test_what_is_held_is_not_found(line: str) -> None:
    assert found(line) == []


def test_attempts_that_a_line_before_makes_are_counted() -> None:
    assert not found(
        "If the parcel is not found, ask for the parcel number again, up to two more times.",
        "If the parcel cannot be found after three attempts, call `pay_back`.",
    )


def test_trouble_that_a_test_finds_is_not_its_success() -> None:
    assert found("Call `scan_depot(parcel_number)`.", "If a problem was found, call `pay_back`.") == [
        ("doubtful-outcome", "a problem was found")
    ]


@pytest.mark.parametrize(
    ("text", "message", "example"),
    [
        ("Macro: lost parcel\n\nReply 1:\nWe are sorry.\n", "the document is a macro", 'If status is "lost", say:'),
        (
            "# Policy\n\nThen look the payment up with `find_payment` and tell the customer its state.\n",
            "the document is a policy in prose",
            "2. Call `find_payment`.",
        ),
        (
            "### Routine\n\n1. Ask for the plan.\n2. Decide with this table:\n\n"
            "| Months left | Arrears | What to do |\n|---|---|---|\n"
            "| 0 | no | Go to step 3 |\n\n3. Call `case_resolution`.\n",
            "under step 2",
            "- If months_left is 0",
        ),
    ],
)
def test_what_is_no_routine_is_told_with_an_example(text: str, message: str, example: str) -> None:
    found = compile_document(SourceFile.of("document.md", text)).diagnostics
    assert any(message in one.message and example in (one.help or "") for one in found)
