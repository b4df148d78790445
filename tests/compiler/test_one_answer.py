"""Questions of which not every answer has lines: the others lead on, and no question is put for ever."""

from __future__ import annotations

import pytest
from tests.engine.telling import Told, released

from bythebook.compiler.compile import Compiled, compile_document
from bythebook.compiler.opposites import alternatives
from bythebook.routine.model import Ask, ConditionKind, QuestionKind
from bythebook.source.span import SourceFile

END = '\n8. Ask the customer: "Is there anything else?"\n9. Call the `case_resolution` function.\n'
FUNCTIONS = "\n## Functions\n\n- `case_resolution`: closes the case.\n"


def text(steps: str) -> str:
    return f"# Cards\n\n## Routine\n\n{steps}{END}{FUNCTIONS}"


def compiled(steps: str) -> Compiled:
    return compile_document(SourceFile.of("document.md", text(steps)))


def under(question: str, condition: str) -> tuple[Ask, Compiled]:
    found = compiled(f'1. {question}\n   - {condition} say: "One."\n2. Say: "Two."')
    ask = found.routine.steps[0].lines[0].instruction
    assert isinstance(ask, Ask), ask
    return ask, found


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("Ask the customer what happened to their card.", "If they lost it,"),
        ("Ask the customer which plan they have.", "If it is the Pro plan,"),
        ('Ask: "Was the card stolen or lost?"', "If it was stolen,"),
        ("Ask whether the card was lost or stolen.", "If it was stolen,"),
        ('Ask: "Do you want to pay by card or by invoice?"', "If they want to pay by invoice,"),
        ('Ask: "Is the light on or off?"', "If it is off,"),
        ("Ask the customer what went wrong.", "If the parcel was damaged,"),
        ("Ask the customer where they bought it.", "If they bought it online,"),
    ],
)
def test_one_answer_with_lines_leaves_the_others_to_lead_on(question: str, condition: str) -> None:
    ask, found = under(question, condition)
    assert (ask.kind, ask.answers, ask.others) == (QuestionKind.WHICH, ("1.1",), True)
    assert [one.name for one in found.diagnostics if one.name == "missing-otherwise"] == ["missing-otherwise"]


@pytest.mark.parametrize(
    ("question", "condition", "answer"),
    [
        ('Ask: "Do you still have the receipt?"', "If they have it,", "yes"),
        ('Ask: "Do you still have the receipt?"', "If not,", "no"),
        ("Ask whether they agree or not.", "If they agree,", "yes"),
        ('Ask: "Can you send us a photo or a video?"', "If they can,", "yes"),
        ("Ask the customer whether they want the express delivery.", "If they want the express delivery,", "yes"),
    ],
)
def test_a_question_of_yes_or_no_stays_one(question: str, condition: str, answer: str) -> None:
    ask, found = under(question, condition)
    condition_of = found.routine.steps[0].lines[1].condition
    assert ask.kind is QuestionKind.YES_NO and condition_of is not None and condition_of.answer == answer
    assert "missing-otherwise" not in [one.name for one in found.diagnostics]


def test_a_number_that_is_asked_for_is_still_kept() -> None:
    found = compiled('1. Ask: "Do you have your order number?"\n   - If not, say: "It is in the mail."')
    assert not isinstance(found.routine.steps[0].lines[0].instruction, Ask)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Is it on or off?", ("on", "off")),
        ("Would you like tea, coffee, or water?", ("tea", "coffe", "water")),
        ("Do you pay by card or by invoice?", ("card", "invoice")),
        ("Are you happy or not?", ()),
        ("What is the matter?", ()),
    ],
)
def test_answers_between_which_a_question_asks(question: str, words: tuple[str, ...]) -> None:
    found = alternatives(question)
    assert len(found) == len(words) and all(one[:3] == word[:3] for one, word in zip(found, words, strict=True))


CARD = """1. Ask the customer what happened to their card.
   a. If they lost it, say: "We block it."
   b. Say: "It takes a day."
2. Ask: "Was it broken, bent or wet?"
   - If it was broken, say: "Broken."
   - If it was bent, say: "Bent."
3. Ask: "Red or blue?"
   - If it is red, say: "Red."
   - If it is blue, say: "Blue."
   - Otherwise, say: "Another."
"""


@pytest.mark.parametrize(
    ("meant", "then"),
    [
        (["step:1a", "step:2.1", "step:3.2"], [["1a", "1b", "2"], ["2.1", "3"], ["3.2", "8"]]),
        (["other:unclear", "other:unclear", "other:unclear"], [["1b", "2"], ["3"], ["3.3", "8"]]),
    ],
)
def test_every_answer_leads_on(meant: list[str], then: list[list[str]]) -> None:
    case = Told(released(text(CARD)))
    assert case.hears("act:greeting") == ["1"]
    assert [case.hears(one) for one in meant] == then


def test_a_no_to_did_you_mean_is_another_answer() -> None:
    case = Told(released(text(CARD)))
    case.hears("act:greeting")
    assert case.hears("step:1a", unsure=True) == ["house:did_you_mean_one"]
    assert case.hears("act:deny") == ["1b", "2"]


def test_two_answers_of_two_are_asked_for_until_one_fits() -> None:
    steps = '1. Ask: "Red or blue?"\n   - If it is red, say: "Red."\n   - If it is blue, say: "Blue."\n'
    case = Told(released(text(steps)))
    case.hears("act:greeting")
    assert case.hears("other:unclear") == ["house:not_understood", "1"]
    kinds = {line.condition.kind for line in case.release.routine.lines if line.condition is not None}
    assert kinds == {ConditionKind.ANSWER}
