"""Where answers begin in an article: marked headings, and the lines that lost their marks when they were pasted."""

from __future__ import annotations

import pytest

from bythebook.compiler.article import read_article
from bythebook.compiler.compile import compile_document
from bythebook.compiler.markdown import read_rows
from bythebook.routine.model import Article
from bythebook.source.span import SourceFile


def article(text: str) -> Article:
    file = SourceFile.of("article.md", text)
    rows = read_rows(file)
    return read_article(None, rows, file)[0]


def questions(text: str) -> list[str]:
    return [topic.question for topic in article(text).topics]


PASTED = """\
How do I rent a boat?
Updated in May
Boats are rented by the hour. Come to the pier.

What does it cost?

A boat costs £12 an hour. Is that too much? We have pedal boats, too.

Bringing a dog
Dogs are welcome on all boats but the small ones, and they travel free of charge with us.

Delayed returns
- Call the pier at once.
- Pay for the next hour.
"""


def test_pasted_lines_that_ask_or_entitle_open_answers() -> None:
    found = article(PASTED)
    assert questions(PASTED) == ["How do I rent a boat?", "What does it cost?", "Bringing a dog", "Delayed returns"]
    assert found.subtitle == "Updated in May"
    assert found.topics[0].text == "Boats are rented by the hour. Come to the pier."
    assert found.topics[1].text.startswith("A boat costs £12 an hour. Is that too much?")
    assert found.topics[3].text == "- Call the pier at once.\n\n- Pay for the next hour."


@pytest.mark.parametrize(
    "line",
    [
        "Yes",
        "Opening hours:",
        "Not so fast.",
        "- Bring a coat",
        "1. Bring a coat",
        "a small beginning",
        "This line has far too many words to be a title",
        "Is it dear? No. Is it safe?",
        '"Is it dear?"',
    ],
)
def test_what_only_looks_like_one_is_part_of_the_answer(line: str) -> None:
    text = f"How do I rent a boat?\n\n{line}\n\nCome to the pier.\n"
    assert questions(text) == ["How do I rent a boat?"]


def test_a_question_at_the_end_asks_nobody() -> None:
    assert questions("How do I rent a boat?\n\nCome to the pier.\n\nStill no boat?\n") == ["How do I rent a boat?"]


def test_questions_of_a_document_count_the_same_with_and_without_marks() -> None:
    steps = "\n### Routine\n\n1. Call the `case_resolution` function.\n"
    bold = (
        "## Boats\n\n### Solution\n\n**How do I rent?**\n\nCome to the pier.\n\n**What is it?**\n\nA boat.\n" + steps
    )
    plain = bold.replace("**", "")
    compiled = [compile_document(SourceFile.of("d", text)).routine.article for text in (bold, plain)]
    assert [[topic.question for topic in one.topics] for one in compiled] == [["How do I rent?", "What is it?"]] * 2


def test_an_article_that_comes_back_after_the_steps_stays_behind_them() -> None:
    text = "## Routine steps\nYou can see a list of all the things.\n1.\n**Answer**\nNo, it is not.\n"
    compiled = compile_document(SourceFile.of("d", text))
    assert [topic.question for topic in compiled.routine.article.topics] == []
    assert any("No, it is not." in compiled.file.slice(found.label.span) for found in compiled.diagnostics)
