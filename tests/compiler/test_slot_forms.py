"""What a document says of the form of a value."""

from __future__ import annotations

import re

import pytest

from bythebook.compiler.compile import compile_document
from bythebook.compiler.slot_forms import FORMS, form_of
from bythebook.routine.model import Collect, Slot, SlotType
from bythebook.source.span import SourceFile


@pytest.mark.parametrize("row", FORMS, ids=lambda row: str(row[0]))
def test_each_row_reads_its_words(row: tuple[str, object, tuple[str, object]]) -> None:
    words, form = row[2]
    assert form_of(words) == form


@pytest.mark.parametrize(
    "words",
    ["the date of birth (MM/DD/YYYY)", "their email", "an order ID (e.g. A/B)", "their name (first and last)"],
)
def test_other_words_leave_the_value_free(words: str) -> None:
    assert not form_of(words)


def slots(line: str) -> list[Slot]:
    compiled = compile_document(SourceFile.of("d.md", f"# A\n\n1. {line}\n"))
    return [
        one for it in compiled.routine.lines if isinstance(it.instruction, Collect) for one in it.instruction.slots
    ]


@pytest.mark.parametrize(
    ("line", "fits", "does_not"),
    [
        ("Request the permit number (two letters and six digits, e.g. RP123456).", "RP123456", "R123456"),
        ("Ask for the reference, which is the letter D followed by five digits.", "D12345", "12345"),
        ("Ask for the VAT ID (begins with two letters, then 8 to 12 characters).", "DE123456789", "1234"),
        ("Ask for a six-digit code.", "123456", "12345"),
        ("Ask for the order ID that begins with ORD-.", "ORD-1", "1"),
    ],
)
def test_the_pattern_is_the_one_that_the_words_say(line: str, fits: str, does_not: str) -> None:
    (slot,) = slots(line)
    assert slot.type is SlotType.ID
    assert re.fullmatch(slot.pattern, fits) and not re.fullmatch(slot.pattern, does_not)


def test_options_are_the_only_values() -> None:
    (slot,) = slots("Ask for the new size (one of: 36, 37, 38).")
    assert (slot.name, slot.type, slot.options) == ("new_size", SlotType.CHOICE, ("36", "37", "38"))


def test_capitals_and_readings_are_read_like_other_words() -> None:
    assert [one.name for one in slots("ASK FOR THE LAST NAME AND THE DATE OF BIRTH.")] == [
        "last_name",
        "date_of_birth",
    ]
    assert [one.type for one in slots("Ask for the day reading and the reading day.")] == [
        SlotType.TEXT,
        SlotType.DATE,
    ]
