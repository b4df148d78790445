"""What decides each condition of a document, and what else may, in words for those who write documents."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.compiler.bind import BY_PERSON
from bythebook.compiler.compile import Compiled
from bythebook.compiler.drafting.pieces import question
from bythebook.compiler.in_words import name_of, why
from bythebook.compiler.opposites import asks_yes_or_no
from bythebook.compiler.phrase_needs import one_line
from bythebook.compiler.questions import answerable, can_be_answered
from bythebook.compiler.sidecars import Phrases
from bythebook.compiler.text import words_at
from bythebook.routine.model import (
    Ask,
    Call,
    Condition,
    ConditionKind,
    Line,
    Not,
    Outcome,
    QuestionKind,
    Routine,
    Told,
)

UNDECIDED: Final = "undecidable-condition"
REPORTED_ONLY: Final = "report-only-condition"
_ASKS_WHICH: Final = re.compile(r"^\W*(?:(?:ask|confirm)\b[^\"“?]*?\b)?(?:which|what|how|why|where|when|who)\b", re.I)
_WHETHER: Final = re.compile(r"\b(?:whether|if)\b", re.I)
QUESTIONS_SHOWN: Final = 4
"""Questions before a condition, the nearest, that it can be tied to by a click."""

WENT: Final = {"success": "went well", "failure": "did not work, or found nothing"}
_NOTHING_ELSE: Final = re.compile(r"\b(?:if|when|once)\s+(?P<words>[^,:`]+?)\W*(?:\bthen\b\W*)?$", re.I)


@dataclass(frozen=True, slots=True)
class Deciding:
    """A condition, and what decides it."""

    label: str
    line: int
    text: str
    how: str
    """What decides it, in words."""

    open: bool
    """Nothing says yet which result makes it hold."""

    said: bool
    """Only somebody's word makes it hold."""

    chosen: bool
    """Its author said what decides it."""

    functions: tuple[str, ...]
    """The functions that are called before it, the nearest first: their outcome may decide it."""

    outcome: str = ""
    """The function and the outcome that decide it now; empty where something else does."""

    question: str = ""
    """What would ask the customer for it; empty where no rule is sure."""

    answers: tuple[tuple[str, str], ...] = ()
    """Answers to questions before it that may decide it: what is chosen by (`question 1 yes`), and in words."""

    by: str = ""
    """Which of these, or `person`, decides it now; empty where something else does."""

    closing: bool = False
    """It only says that there is nothing else: the closing question decides it, whatever is chosen."""


def deciding_of(compiled: Compiled, phrases: Phrases) -> Iterator[Deciding]:
    """Yield each condition of a document with what decides it, and what may."""
    undecided = {one.label.span: one for one in compiled.diagnostics if one.name == UNDECIDED}
    said = {one.label.span for one in compiled.diagnostics if one.name == REPORTED_ONLY}
    calls = [
        (line.span.start, line.instruction.function)
        for line in compiled.routine.lines
        if isinstance(line.instruction, Call) and line.instruction.function != compiled.routine.resolution_function
    ]
    asking = [line for line in compiled.routine.lines if can_be_answered(line)]
    asking.sort(key=_place)
    for label, condition in conditions_of(compiled.routine):
        before = [function for start, function in reversed(calls) if start < condition.span.start]
        after = [function for start, function in calls if start >= condition.span.start]
        test = condition.test
        yield Deciding(
            label,
            compiled.file.position(condition.span.start)[0],
            condition.text,
            _how(label, condition, compiled.routine),
            condition.span in undecided,
            condition.span in said,
            label in phrases.bindings,
            tuple(dict.fromkeys((*before, *after))),
            f"{test.function} {test.name}" if isinstance(test, Outcome) else "",
            (question(f"whether {condition.text}") or "") if condition.kind is ConditionKind.REPORT else "",
            tuple(_answers(label, condition, asking, compiled)),
            _by(condition),
        )
    yield from _closing(compiled)


def _by(condition: Condition) -> str:
    if condition.by_person:
        return BY_PERSON
    return f"question {condition.question} {condition.answer}".rstrip() if condition.question else ""


def _place(line: Line) -> int:
    return line.span.start


def _answers(
    label: str, condition: Condition, asking: Sequence[Line], compiled: Compiled
) -> Iterator[tuple[str, str]]:
    """Yield the answers to the questions before a condition, of the nearest ones, that may decide it."""
    upto = bisect_left(asking, condition.span.start, key=_place)
    for line in reversed(asking[max(0, upto - QUESTIONS_SHOWN) : upto]):
        text = getattr(line.instruction, "text", None) or one_line(words_at(compiled.file, line.span))
        asked = f"question {line.label}: “{text}”"
        choice = f"question {line.label}"
        words = words_at(compiled.file, line.span)
        if answerable(line, "yes") is None and not _ASKS_WHICH.search(text):
            yield f"{choice} yes", f"A yes to {asked}"
            yield f"{choice} no", f"A no to {asked}"
        ask = line.instruction
        which = ask.answers if isinstance(ask, Ask) and ask.kind is QuestionKind.WHICH else ()
        for other in which:
            if other != label:
                yield f"{choice} {other}", f"The answer {name_of(other, compiled.routine)} to {asked}"
        if answerable(line, "") is None and not asks_yes_or_no(text) and not _WHETHER.search(words):
            yield choice, f"The customer says so when asked {asked}"


def _closing(compiled: Compiled) -> Iterator[Deciding]:
    """Yield what the text says of the end, "if there is nothing else", which the closing question decides."""
    asked = ""
    for step in compiled.routine.steps:
        for line in step.lines:
            what = line.instruction
            if isinstance(what, Ask) and what.kind is QuestionKind.ANYTHING_ELSE:
                asked = line.label
            ends = isinstance(what, Call) and what.function == compiled.routine.resolution_function
            if not ends or not asked or line.condition is not None or step.condition is not None:
                continue
            number, column = compiled.file.position(line.span.start)
            said = _NOTHING_ELSE.search(compiled.file.line(number)[: column - 1])
            if said is not None:
                how = f"a no to question {asked} decides it"
                yield Deciding(line.label, number, said["words"], how, False, False, False, (), closing=True)


def _how(label: str, condition: Condition, routine: Routine) -> str:
    """Return what decides a condition, without the names that only programs have for it."""
    if condition.kind is ConditionKind.REPORT and not condition.by_person:
        return "nobody is asked for it: it holds when the customer, or a person at the desk, says so"
    match condition.test:
        case Outcome(function=function, name=name) if name in WENT:
            return f"how `{function}` ends decides it: it holds when that {WENT[name]}"
        case Told(function=function, value=value):
            return f"what `{function}` answers decides it: it holds when that is “{value}”"
        case Not(test=Told(function=function, value=value)):
            return f"what `{function}` answers decides it: it holds when that is anything but “{value}”"
        case _:
            return why(label, condition, routine).partition("; the fact ")[0]


def conditions_of(routine: Routine) -> Iterator[tuple[str, Condition]]:
    """Yield each condition with the label of its step or line, in document order."""
    for step in routine.steps:
        if step.condition is not None:
            yield step.label, step.condition
        for line in step.lines:
            # A step of one line and that line may share a label, and then a condition.
            if line.condition is not None and not (line.label == step.label and step.condition is not None):
                yield line.label, line.condition
