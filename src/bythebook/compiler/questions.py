"""Questions whose answers an author ties to conditions: what they can be answered with, and how they ask then."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bythebook.routine.model import Ask, Line, QuestionKind, Say

YES_OR_NO: Final = ("yes", "no")


def answer_of(words: str) -> str:
    """Return an answer as an author writes it: a yes or no however it is written, a label as it stands."""
    said = words.strip()
    return said.lower() if said.lower() in YES_OR_NO else said


def can_be_answered(line: Line) -> bool:
    """Whether a line asks for words that may decide a condition: no value to keep, and not the closing question."""
    match line.instruction:
        case Ask(kind=kind):
            return kind is not QuestionKind.ANYTHING_ELSE
        case Say(text=text):
            return text is not None and text.rstrip().endswith("?")
        case _:
            return False


def answerable(line: Line, answer: str) -> str | None:
    """Return why a line cannot be answered so; None where it can."""
    if not can_be_answered(line):
        return f"line {line.label} asks no question that an answer of yes, no or a name decides"
    kind = line.instruction.kind if isinstance(line.instruction, Ask) else QuestionKind.OPEN
    answers = line.instruction.answers if isinstance(line.instruction, Ask) else ()
    if answer in YES_OR_NO:
        return None if kind is not QuestionKind.WHICH else f"question {line.label} asks which, and not for yes or no"
    if answer:
        known = answer in answers and kind is QuestionKind.WHICH
        return None if known else f"question {line.label} has no answer `{answer}`"
    return None if kind is not QuestionKind.YES_NO else f"question {line.label} is answered by yes or no"


def asked_anew(line: Line, label: str, answer: str) -> Line:
    """Return a question with one more condition that hangs on its answer."""
    ask = line.instruction if isinstance(line.instruction, Ask) else Ask(_said(line), QuestionKind.OPEN)
    if answer and answer not in YES_OR_NO:
        return line
    answers = ask.answers if label in ask.answers else (*ask.answers, label)
    if answer:
        return replace(line, instruction=replace(ask, kind=QuestionKind.YES_NO, answers=answers))
    others = ask.others or ask.kind is QuestionKind.OPEN
    return replace(line, instruction=replace(ask, kind=QuestionKind.WHICH, answers=answers, others=others))


def without_answer(line: Line, label: str) -> Line:
    """Return a question without a condition that something else decides; what is left to it may be any answer."""
    ask = line.instruction
    if not isinstance(ask, Ask) or label not in ask.answers:
        return line
    left = tuple(one for one in ask.answers if one != label)
    if ask.kind is not QuestionKind.WHICH:
        return replace(line, instruction=replace(ask, answers=left))
    kind = QuestionKind.WHICH if left else QuestionKind.OPEN
    return replace(line, instruction=replace(ask, kind=kind, answers=left, others=bool(left)))


def _said(line: Line) -> str | None:
    return line.instruction.text if isinstance(line.instruction, Say) else None
