"""What an author is told of the examples: how each is read, with and without itself, and what is to be tidied."""

from __future__ import annotations

import pytest

from bythebook.adapters.shelf import house
from bythebook.compiler.release import build_release
from bythebook.engine.choice import OFF_TOPIC
from bythebook.reading.practice import Heard, Practice, practise
from bythebook.reading.tidy import look_over
from bythebook.routine.wording import Release

DOCUMENT = """\
## Boats

### Solution

**What does a boat cost?**

A boat costs ten euros an hour. Children pay half.

**May dogs come on board?**

Dogs may come on all boats.

### Routine

1. Ask the customer:
   a. "Do you need help with a rowing boat or with a sailing boat?"
2. If the customer needs help with a rowing boat, then:
   a. Inform the customer: "Rowing boats are at the pier."
3. If the customer needs help with a sailing boat, then:
   a. Inform the customer: "Sailing boats are in the harbour."
4. Ask the customer: "Is there anything else?"
5. Call the `case_resolution` function.
"""
EXAMPLES = """\
[choices]
"step:2" = [
  "the rowing boat",
  "we want to row",
  "rowing please",
  "something with oars",
  "dogs may come on all boats, may they not",
]
"step:3" = [
  "sailing please",
  "we want to sail",
  "Something with oars!",
]
"article:1" = [
  "what do I pay for an hour",
  "what does it cost",
  "what does it cost",
]
"other:off_topic" = [
  "Kayak",
  "Surfing",
  "I lost my umbrella on your bus",
]
"other:language:de" = ["Hallo"]

[glossary]
"rowing boat" = ["the wooden one", "dinghy"]
"sailing boat" = ["The wooden one", "Kayak", "the white one"]
"""


@pytest.fixture(scope="module")
def release() -> Release:
    files = {"document.md": DOCUMENT.encode(), "examples.toml": EXAMPLES.encode()}
    found, _, problems = build_release("boats", files, house())
    assert found is not None, problems
    return found


@pytest.fixture(scope="module")
def practice(release: Release) -> Practice:
    return practise(release, None)


def texts(practice: Practice, choice: str) -> dict[str, Heard]:
    return {tried.text: tried.heard for tried in practice.left_out if tried.choice == choice}


def test_every_example_is_read_as_it_stands_and_once_without_itself(practice: Practice) -> None:
    assert len(practice.as_written) == 5 + 3 + 2 + 3
    assert set(texts(practice, "step:2")) == {tried.text for tried in practice.as_written if tried.choice == "step:2"}
    assert texts(practice, "step:2")["the rowing boat"] is Heard.RIGHT


def test_names_and_languages_are_known_by_heart_and_not_left_out(practice: Practice) -> None:
    assert list(texts(practice, OFF_TOPIC)) == ["I lost my umbrella on your bus"]
    assert not [tried for tried in practice.as_written if tried.choice.startswith("other:language")]


def test_a_text_that_is_another_choices_without_its_author_is_shown_with_what_it_is_like(practice: Practice) -> None:
    (taken,) = [tried for tried in practice.left_out if tried.text.startswith("dogs may come")]
    assert (taken.heard, taken.found[0]) == (Heard.OTHER, "article:2")
    assert taken.near == "Dogs may come on all boats."
    (written,) = [tried for tried in practice.as_written if tried.text.startswith("dogs may come")]
    assert written.heard is Heard.RIGHT


def test_a_text_under_two_choices_is_read_as_one_of_them(practice: Practice) -> None:
    heard = {
        tried.choice: tried.heard for tried in practice.as_written if "something with oars" in tried.text.lower()
    }
    assert sorted(heard.values(), key=list(Heard).index) == [Heard.RIGHT, Heard.OTHER]


def test_few_examples_the_same_text_twice_and_names_that_collide(release: Release) -> None:
    untidy = look_over(release)
    thin = {one.choice: (one.count, one.advice) for one in untidy.thin}
    assert thin["step:3"][0] == 3 and "the customer needs help with a sailing boat" in thin["step:3"][1]
    assert thin["article:2"] == (0, 'write how customers ask: "May dogs come on board?"')
    assert "step:2" not in thin and thin[OFF_TOPIC][0] == 3
    assert [(one.text, one.choices, one.contradicts) for one in untidy.twice] == [
        ("something with oars", ("step:2", "step:3"), True),
        ("what does it cost", ("article:1", "article:1"), False),
    ]
    assert [(one.name, one.things) for one in untidy.collisions] == [
        ("the wooden one", ('"rowing boat"', '"sailing boat"')),
        ("Kayak", ('"sailing boat"', OFF_TOPIC)),
    ]


def test_a_document_without_examples_has_nothing_to_practise() -> None:
    release, _, _ = build_release("boats", {"document.md": DOCUMENT.encode()}, house())
    assert release is not None
    assert practise(release, None) == Practice((), ())
