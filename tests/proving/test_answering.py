"""Every question of a document answered in every way: who gets on."""

from __future__ import annotations

from dataclasses import replace

from bythebook.adapters.folder import read_folder, shipped_routines
from bythebook.adapters.shelf import house
from bythebook.compiler.release import build_release
from bythebook.proving.answering import Walk, walked
from bythebook.routine.model import Ask, QuestionKind
from bythebook.service.checklist import answer_words

GOOD = """\
1. Ask the customer: "Is the light on?"
   a. If it is not, inform the customer: "Plug it in."
2. Ask the customer: "Is there anything else?"
3. If not, call the `case_resolution` function.
"""


def walk_of(text: str) -> Walk:
    release, _, problems = build_release("lamp", {"document.md": text.encode()}, house())
    assert release is not None, problems
    return walked(release)


def test_of_a_sound_document_every_answer_gets_on() -> None:
    walk = walk_of(GOOD)
    assert walk.exact and walk.stuck == ()
    assert {(answer.question, answer.words) for answer in walk.answers} == {("1", "yes"), ("1", "no"), ("2", "no")}


def test_a_question_that_nobody_comes_to_is_told() -> None:
    """The tick promises no more than was walked."""
    text = GOOD.replace(
        "2. Ask", '   b. If the customer wants a lamp:\n      - Ask the customer: "Which lamp?"\n2. Ask'
    )
    walk = walk_of(text)
    assert walk_of(GOOD).unmet == ()
    assert walk.exact and walk.unmet == ("1b.1",)


def test_an_answer_that_is_only_asked_again_is_told() -> None:
    """As where a question has one answer that its author thought of, and customers have two."""
    release, _, _ = build_release("lamp", {"document.md": GOOD.encode()}, house())
    assert release is not None
    first, *others = release.routine.steps
    asked = next(line for line in first.lines if isinstance(line.instruction, Ask))
    which = replace(asked.instruction, kind=QuestionKind.WHICH, answers=("1a",))
    lines = tuple(replace(line, instruction=which) if line is asked else line for line in first.lines)
    broken = replace(release, routine=replace(release.routine, steps=(replace(first, lines=lines), *others)))
    assert "a yes to question 1" in [answer_words(answer) for answer in walked(broken).stuck]


def test_the_shipped_document_lets_everybody_through() -> None:
    _, files = read_folder(shipped_routines() / "business-associate-agreement")
    release, _, problems = build_release("baa", files, house())
    assert release is not None, problems
    walk = walked(release)
    assert walk.exact and walk.stuck == () and len(walk.answers) >= 3
