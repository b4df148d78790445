"""What an author says decides a condition must be there, and said for the words that the condition has today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bythebook.compiler.bind import Answered, refused
from bythebook.compiler.phrase_file import quoted
from bythebook.compiler.phrase_needs import one_line
from bythebook.compiler.problems import Problems
from bythebook.compiler.questions import can_be_answered
from bythebook.compiler.sidecars import DOCUMENT_PATH, Phrases
from bythebook.routine.model import Ask, Call, Condition, Line, QuestionKind, Routine
from bythebook.source.diagnostic import Diagnostic, Label, Severity
from bythebook.source.suggest import near

STALE_BINDING: Final = "stale-binding"
"""What decides a condition was settled for words that the document no longer says."""


def _conditions(routine: Routine) -> Mapping[str, Condition]:
    """Return the conditions by the label of their line or step; a step's, where both have one."""
    found = {line.label: line.condition for line in routine.lines if line.condition is not None}
    found.update({step.label: step.condition for step in routine.conditional if step.condition is not None})
    return found


def check_bindings(phrases: Phrases, routine: Routine, problems: Problems) -> None:
    """What decides conditions and outcomes must name some that there are."""
    known = list(_conditions(routine))
    for label in {**phrases.facts, **phrases.bindings}:
        if label not in known:
            message = f'[condition."{label}"]: step {label} has no condition'
            problems.error("unknown-line", message, near(label, known), problems.places.at("condition", label))
    _check_bound_words(phrases, routine, problems)
    _check_answers(phrases, routine, problems)
    called = {line.instruction.function for line in routine.lines if isinstance(line.instruction, Call)}
    for name in phrases.succeeds:
        if name not in called:
            message = f"[outcome.{name}]: no line of the document calls `{name}`"
            problems.error("unknown-function", message, near(name, called), problems.places.at("outcome", name))


def _check_answers(phrases: Phrases, routine: Routine, problems: Problems) -> None:
    """The question whose answer decides a condition must ask it, before it, and take that answer."""
    conditions = _conditions(routine)
    for label, binding in phrases.bindings.items():
        condition = conditions.get(label)
        if not isinstance(binding, Answered) or condition is None:
            continue
        line = routine.line(binding.question)
        if (condition.question, condition.answer) == (binding.question, binding.answer):
            continue
        why = refused(binding, condition, line) or f"question {binding.question} has another answer for it already"
        known = [one.label for one in routine.lines if can_be_answered(one) and one.span.start < condition.span.start]
        placed = line is not None and line.label in known
        key = "answer" if placed and binding.answer else "question"
        help = f"write: {_answers_of(line)}" if placed and line is not None else near(binding.question, known)
        name = "unknown-choice" if placed else "unknown-line"
        problems.error(name, f'[condition."{label}"]: {why}', help, problems.places.at("condition", label, key))


def _answers_of(line: Line) -> str:
    ask = line.instruction
    if not isinstance(ask, Ask) or ask.kind is not QuestionKind.WHICH:
        return 'answer = "yes", or answer = "no"'
    these = " or ".join(f'answer = "{label}"' for label in ask.answers)
    return f"{these}; or take `answer` out, and the customer names what the condition says"


def _check_bound_words(phrases: Phrases, routine: Routine, problems: Problems) -> None:
    """What decides a condition was settled for its words of then; one that does not say for which stays as it is."""
    conditions = _conditions(routine)
    for label, source in phrases.bound_for.items():
        condition = conditions.get(label)
        if condition is None or one_line(source) == (words := one_line(condition.text)):
            continue
        at = problems.places.at("condition", label, "source", under="the words it was settled for")
        problems.add(
            Diagnostic(
                STALE_BINDING,
                Severity.WARNING,
                f'[condition."{label}"] was settled for `{one_line(source)}`, but the document says `{words}`',
                at,
                (Label(condition.span, "the document says", DOCUMENT_PATH),),
                f"see whether it still decides the condition, then write: source = {quoted(words)}",
                (label,),
            )
        )
