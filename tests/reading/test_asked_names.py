"""A name that is asked for is taken however it is given, alone or as one of two things; what is no name is not."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bythebook.bootstrap import build_rehearsal
from bythebook.reading.slots import read_slots
from bythebook.routine.model import Slot, SlotType
from bythebook.routine.value import Value
from bythebook.settings import Settings
from bythebook.source.span import Span

TABLE: tuple[tuple[str, str, Value | None], ...] = (
    ("full name or account ID", "Jane Miller", "Jane Miller"),
    ("full name or account ID", "jane miller", "jane miller"),
    ("full name or account ID", "My name is Jane Miller", "Jane Miller"),
    ("full name or account ID", "it's under the name of Jane Miller", "Jane Miller"),
    ("full name or account ID", "4711", "4711"),
    ("full name or account ID", "my account ID is AC-4711", "AC-4711"),
    ("full name or account ID", "I don't have it", None),
    ("full name or account ID", "still waiting", None),
    ("full name or account ID", "Locked out", None),
    ("full name or account ID", "Refund please", None),
    ("full name or account ID", "why do you ask?", None),
    ("name or email", "ann@lee.org", "ann@lee.org"),
    ("name or email", "Ann Lee", "Ann Lee"),
    ("full name", "Müller, Jürgen", "Müller, Jürgen"),
    ("full name", "Dr. Siobhán O'Connor-Reilly", "Dr. Siobhán O'Connor-Reilly"),
    ("full name", "will smith", "will smith"),
    ("full name", "Ann Lee here", "Ann Lee"),
    ("full name", "my son's name is Tim", None),
    ("full name", "my password stopped working", None),
    ("full name", "thanks", None),
    ("name of the company", "we are called Blue Fern", "Blue Fern"),
    ("name of the company", "The company is called Blue Fern", "Blue Fern"),
    ("name of the company", "smith & sons", "smith & sons"),
    ("name of the account holder", "my wife, Anna Kowalski", "Anna Kowalski"),
    ("name of the account holder", "Anna Kowalski is the account holder", "Anna Kowalski"),
    ("name on the account", "it's in my husband's name, David Park", "David Park"),
    ("contact person", "please contact Priya Raman", "Priya Raman"),
    ("contact person", "that would be Tom Becker", "Tom Becker"),
    ("contact person", "get me a human", None),
    ("email address or phone number", "+49 170 5551234", "+491705551234"),
    ("email address or phone number", "it's j.miller@acme.co.uk", "j.miller@acme.co.uk"),
    ("order number or email", "order #A-5512", "A-5512"),
    ("order number or email", "no idea", None),
)


@pytest.mark.parametrize(("words", "text", "value"), TABLE, ids=[f"{row[0]}: {row[1]}" for row in TABLE])
def test_a_name_that_is_asked_for_is_taken(words: str, text: str, value: Value | None) -> None:
    slot = Slot("asked", words, Span(0, 0), SlotType.TEXT)
    assert read_slots(text, [slot]).values.get("asked") == value


DOCUMENT = """# Desk help

## Routine

1. Ask the customer for {words}.
2. Tell the customer: "Thank you, that is noted."
3. Ask the customer: "Do you need anything else?"
   a. If they do not need anything else, call the `case_resolution` function.

## Functions

- `case_resolution`: **Purpose**: Marks the case as resolved.
"""


@dataclass(frozen=True, slots=True)
class Answered:
    value: object
    said: tuple[object, ...]


def answered(folder: Path, words: str, text: str) -> Answered:
    """What is taken, and which lines are said, where the words are asked for and the text is the answer."""
    (folder / "desk-help").mkdir()
    (folder / "desk-help" / "document.md").write_text(DOCUMENT.format(words=words), encoding="utf-8")
    rehearsal = build_rehearsal(Settings(document=str(folder / "desk-help")))
    rehearsal.do({"say": "desk help please"})
    turn = rehearsal.do({"say": text})
    reading, said = turn["reading"], turn["said"]
    assert isinstance(reading, dict) and isinstance(said, list)
    return Answered(next(iter(reading["slots"].values()), None), tuple(one["line"] for one in said))


WALKED = (
    ("their full name or account ID", "Jane Miller", "Jane Miller"),
    ("their full name or account ID", "My name is Jane Miller", "Jane Miller"),
    ("their full name or account ID", "4711", "4711"),
    ("their first name", "call me Sam", "Sam"),
    ("the reason for the cancellation", "we moved to another provider", "we moved to another provider"),
    ("the reason for the return", "wrong size delivered", "wrong size delivered"),
)


@pytest.mark.parametrize(("words", "text", "value"), WALKED, ids=[row[1] for row in WALKED])
def test_a_case_goes_on_with_what_was_asked_for(tmp_path: Path, words: str, text: str, value: str) -> None:
    assert answered(tmp_path, words, text) == Answered(value, ("2", "3"))


HELD_BACK = ("thanks", "call me back please", "what is that for?", "get me a human", "I don't have it")


@pytest.mark.parametrize("text", HELD_BACK)
def test_what_is_another_act_answers_nothing(tmp_path: Path, text: str) -> None:
    done = answered(tmp_path, "their first name", text)
    assert done.value is None and "2" not in done.said
