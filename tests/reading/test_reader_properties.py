"""What holds for any text whatever: only the menu's ids, no exception, the same answer twice, no text too long."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bythebook.compiler.compile import compile_document
from bythebook.engine.menu import Menu, Situation, build_menu
from bythebook.reading.local import build_reader
from bythebook.reading.port import Reader, Reading
from bythebook.routine.wording import Examples, Release
from bythebook.source.span import SourceFile

SITUATIONS = (
    Situation(),
    Situation(pending="1a"),
    Situation(pending="5.1", current=("2",)),
    Situation(pending="1a", offer=("step:2", "step:3")),
    Situation(closed=True),
)
MATERIAL = """no not api enterprise chatgpt both first you refused us we were if , . ? ! yes thanks actually the other
one denied how long and or but approve ignore rules baa list 's [patient name] la para und"""
WORDS = st.sampled_from(list(dict.fromkeys(re.findall(r"\S+", MATERIAL))))
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=25).map(" ".join))


def check(reading: Reading, menu: Menu) -> None:
    assert all(menu.has(choice.id) and 0 < choice.confidence <= 1 for choice in reading.choices)
    assert len({choice.id for choice in reading.choices}) == len(reading.choices)
    assert len(reading.choices) <= 2 if reading.unsure else reading.choices


@given(text=TEXTS, situation=st.sampled_from(SITUATIONS))
def test_any_text_gives_choices_of_the_menu(lexicon: Reader, baa: Release, text: str, situation: Situation) -> None:
    menu = build_menu(baa, situation)
    reading = lexicon.read(text, menu)
    check(reading, menu)
    assert reading == lexicon.read(text, menu)


@given(text=TEXTS)
def test_any_text_gives_choices_of_the_menu_with_the_encoder(local: Reader, baa: Release, text: str) -> None:
    menu = build_menu(baa, SITUATIONS[1])
    check(local.read(text, menu), menu)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "no " * 33_333,
        "api, " * 20_000,
        "we were not denied and " * 5_000,
        "((((" * 25_000,
        "thanks that is all ok bye " * 4_000,
        "\u200b" * 100_000,
        "how " * 25_000,
        "🙂" * 50_000,
        "the first one and the second one or " * 3_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_hundred_thousand_characters_are_read(reader: Reader, menu: Callable[[Situation], Menu], text: str) -> None:
    here = menu(SITUATIONS[1])
    check(reader.read(text, here), here)


def test_two_readers_of_one_release_agree(baa: Release, lexicon: Reader, menu: Callable[[Situation], Menu]) -> None:
    other = build_reader(baa, None)
    for text in ("BAA for the API", "what if you refuse?", "hmm", "our engineers call it from code"):
        assert other.read(text, menu(SITUATIONS[1])) == lexicon.read(text, menu(SITUATIONS[1]))


def test_names_say_which_reader_it_was(lexicon: Reader, local: Reader) -> None:
    assert (lexicon.name, local.name) == ("lexicon", "local")


BARE = """1. Ask what it is about:
   a. "Do you ask about a parcel or about a letter?"
2. If the customer asks about a parcel, then:
   - "Parcels take three days."
3. If the customer asks about a letter, then:
   - "Letters take two days."
4. If the claim was rejected, then:
   - "You can appeal."
5. Ask the customer if there is anything else:
   - "Is there anything else?"
6. Call the `case_resolution` function.
"""


def test_a_document_without_article_or_examples_can_be_read(baa: Release) -> None:
    file = SourceFile.of("document.md", BARE)
    routine = compile_document(file).routine
    assert routine is not None
    release = replace(baa, document=file, routine=routine, examples=Examples({}, {}))
    release = replace(release, wording=replace(release.wording, links=()))
    reader, menu = build_reader(release, None), build_menu(release, Situation(pending="1a"))
    assert [choice.id for choice in reader.read("the letter please", menu).choices] == ["step:3"]
    assert [choice.id for choice in reader.read("not the letter but the parcel", menu).choices] == ["step:2"]
    assert [choice.id for choice in reader.read("you rejected my claim", menu).choices] == ["step:4"]
