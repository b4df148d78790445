"""Conditions that an author ties to the answer of a question before them, or to the word of a person at the desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.telling import AT, Told, released

from bythebook.adapters.shelf import house
from bythebook.cli.binding import bind_condition
from bythebook.compiler.compile import Compiled
from bythebook.compiler.problems import Problems, ReleaseProblem
from bythebook.compiler.release import build_release
from bythebook.compiler.sidecars import read_phrases
from bythebook.engine.event import AssistantSaid
from bythebook.engine.human import FactSettled, HumanReturned, HumanTook
from bythebook.engine.menu import sayable
from bythebook.routine.model import ConditionKind, QuestionKind
from bythebook.service.deciding import deciding_of
from bythebook.service.following import followed

DOCUMENT = """# Plans

## Routine

1. Ask the customer: "Are you on an arrears plan?"
2. If the old contract is held, say: "First the plan has to end."
3. Ask the customer: "How does the light look?"
4. If the router is broken:
   a. Say: "We send you a new one."
5. If the account is in good standing, say: "All is well."
6. Ask the customer: "Is there anything else?"
7. Call the `case_resolution` function.

## Functions

- `case_resolution`: closes the case.
"""
YES = '[condition."2"]\nquestion = "1"\nanswer = "yes"\n'
NAMED = '[condition."4"]\nquestion = "3"\n'
PERSON = '[condition."5"]\nby = "person"\n'


def built(phrases: str, document: str = DOCUMENT) -> tuple[Compiled, tuple[ReleaseProblem, ...]]:
    files = {"document.md": document.encode(), "phrases.toml": phrases.encode()}
    _, compiled, problems = build_release("d", files, house())
    return compiled, problems


@pytest.mark.parametrize(("said", "then"), [("act:affirm", ["2", "3"]), ("act:deny", ["3"])])
def test_an_answer_of_yes_or_no_decides_it(said: str, then: list[str]) -> None:
    case = Told(released(DOCUMENT, YES))
    assert case.hears("act:greeting") == ["1"]
    assert case.hears(said) == then


@pytest.mark.parametrize(("said", "then"), [("step:4", ["4a", "6"]), ("other:unclear", ["6"])])
def test_an_answer_that_names_it_decides_it_and_any_other_leads_on(said: str, then: list[str]) -> None:
    case = Told(released(DOCUMENT, YES + NAMED))
    case.hears("act:greeting")
    assert case.hears("act:deny") == ["3"]
    assert case.hears(said) == then


def test_the_word_of_a_person_decides_it_and_no_customers_does() -> None:
    release = released(DOCUMENT, PERSON)
    assert "5" not in dict(sayable(release.routine))
    case = Told(release)
    case.hears("act:greeting")
    assert "5" not in case.hears("step:5")
    since = len(case.log)
    case.feed(HumanTook(AT, "Ada"))
    case.feed(FactSettled(AT, "Ada", "account_in_good_standing", True))
    case.feed(HumanReturned(AT, "Ada"))
    assert "5" in [event.line for event in case.log[since:] if isinstance(event, AssistantSaid)]


def test_two_conditions_may_share_an_answer() -> None:
    document = DOCUMENT.replace("5. If the account is in good standing", "5. If it has gone out for good")
    case = Told(released(document, NAMED + '[condition."5"]\nquestion = "3"\nanswer = "4"\n'))
    case.hears("act:greeting")
    case.hears("other:unclear")
    assert case.hears("step:4") == ["4a", "5", "6"]


def test_a_question_that_is_told_by_another_answer_asks_for_that() -> None:
    compiled, problems = built(YES)
    line = compiled.routine.line("1")
    assert line is not None and getattr(line.instruction, "kind", None) is QuestionKind.YES_NO and not problems
    step = compiled.routine.step("2")
    assert step is not None and step.condition is not None and step.condition.kind is ConditionKind.ANSWER


@pytest.mark.parametrize(
    ("phrases", "name", "says", "at"),
    [
        ('[condition."2"]\nquestion = "9"\n', "unknown-line", "no line `9` asks anything", 'question = "9"'),
        ('[condition."2"]\nquestion = "3"\n', "unknown-line", "question 3 stands behind", 'question = "3"'),
        ('[condition."4"]\nquestion = "2"\n', "unknown-line", "line 2 asks no question", 'question = "2"'),
        (YES.replace('"yes"', '"maybe"'), "unknown-choice", "has no answer `maybe`", 'answer = "maybe"'),
        ('[condition."9"]\nby = "person"\n', "unknown-line", "step 9 has no condition", '[condition."9"]'),
        (PERSON.replace("person", "robot"), "wrong-shape", "only a person at the desk", 'by = "robot"'),
        (YES + 'by = "person"\n', "wrong-shape", "says twice what decides it", 'by = "person"'),
        (YES.replace('question = "1"\n', ""), "wrong-shape", "has no words for `question`", '[condition."2"]'),
    ],
)
def test_what_cannot_be_tied_is_an_error_at_its_place(phrases: str, name: str, says: str, at: str) -> None:
    _, problems = built(phrases)
    found = [one.diagnostic for one in problems if one.diagnostic.name == name]
    assert any(says in one.message for one in found), problems
    where = next(one.label.span for one in found if says in one.message)
    assert phrases[where.start : where.end].startswith(at)


def test_a_page_offers_the_answers_in_the_authors_words() -> None:
    compiled, _ = built(YES + PERSON)
    phrases = read_phrases((YES + PERSON).encode(), Problems.of("phrases.toml", (YES + PERSON).encode()))
    found = {one.label: one for one in deciding_of(compiled, phrases)}
    assert found["2"].by == "question 1 yes" and found["5"].by == "person"
    assert ("question 1 no", "A no to question 1: “Are you on an arrears plan?”") in found["2"].answers
    assert found["5"].how.startswith("what a person at the desk says decides it")


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("yes to question 1", 'question = "1"\nanswer = "yes"'),
        ("question 1 no", 'question = "1"\nanswer = "no"'),
        ("a person", 'by = "person"'),
    ],
)
def test_it_is_written_by_a_command(tmp_path: Path, words: str, written: str) -> None:
    folder = tmp_path
    (folder / "document.md").write_text(DOCUMENT, encoding="utf-8")
    bind_condition(folder / "document.md", "2", words)
    text = (folder / "phrases.toml").read_text(encoding="utf-8")
    assert written in text and 'source = "the old contract is held"' in text


def test_what_is_tied_to_a_question_follows_it() -> None:
    before, _ = built(YES)
    after, _ = built("", DOCUMENT.replace("1. Ask the", '1. Say: "Hello."\n2. Ask the').replace("2. If", "3. If"))
    files = followed({"phrases.toml": YES.encode()}, before, after)
    assert b'[condition.3]\nquestion = "2"' in files["phrases.toml"]


LETTERED = """# Cards

## Routine

A. Ask the customer: "Is it the debit card or the credit card?"
B. If it is the debit card, say: "It is stopped."
C. If it is the credit card, say: "The bank writes to you."
D. If a new one is due, say: "A new one comes by mail."
E. Ask the customer: "Is there anything else?"
F. Call the `case_resolution` function.

## Functions

- `case_resolution`: closes the case.
"""


def test_an_answer_is_named_by_its_label_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "document.md").write_text(LETTERED, encoding="utf-8")
    compiled, _ = built("", LETTERED)
    offered = {one.label: dict(one.answers) for one in deciding_of(compiled, read_phrases(b"", Problems.of("p")))}
    assert "question A B" in offered["D"]
    bind_condition(tmp_path / "document.md", "D", "question A B")
    compiled, problems = built((tmp_path / "phrases.toml").read_text(encoding="utf-8"), LETTERED)
    assert [one for one in problems if one.path == "phrases.toml"] == []
    (condition,) = (step.condition for step in compiled.routine.steps if step.label == "D")
    assert condition is not None
    assert (condition.kind, condition.question, condition.answer) == (ConditionKind.ANSWER, "A", "B")
