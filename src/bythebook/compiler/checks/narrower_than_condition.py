"""A line speaks to the customers of one answer only, and its condition holds for those of the others too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.terms import keys_of, split, terms_of
from bythebook.routine.model import Ask, Collect, Condition, ConditionKind, Goto, Line, QuestionKind, Say, Step
from bythebook.source.diagnostic import Diagnostic, Label, Severity
from bythebook.source.span import Span

NAME = "narrower-than-condition"
ANSWERS_MAX: Final = 40
"""Answers of one question that are looked at."""

STEPS_MAX: Final = 60
"""How many steps behind a question are looked at."""

SHARED_MIN: Final = 0.6
"""The share of a line's terms that a sentence of the article must have to be shown as saying the same."""


def _run(context: Context) -> Iterator[Diagnostic]:
    conditions = dict(context.conditions())
    steps = context.routine.steps
    place = {line.label: number for number, step in enumerate(steps) for line in step.lines}
    place |= {step.label: number for number, step in enumerate(steps)}
    for question in context.routine.questions(QuestionKind.WHICH):
        assert isinstance(question.instruction, Ask)
        labels = question.instruction.answers[:ANSWERS_MAX]
        answers = {label: conditions[label] for label in labels if label in conditions}
        telling = _telling(answers)
        if len(telling) < 2 or len(telling) != len(answers):
            continue
        at = place[question.label] + 1
        taken = {place[label] for label in answers}
        taken |= set(_aims([steps[number] for number in taken], place))
        for number in range(at, min(at + STEPS_MAX, len(steps))):
            if number not in taken:
                yield from _in_step(steps[number], question.label, answers, telling, context)


def _telling(answers: Mapping[str, Condition]) -> dict[str, frozenset[str]]:
    """Return, by answer, the words of its name that no other answer has."""
    keys = {label: keys_of(condition.name) for label, condition in answers.items()}
    found = {}
    for label, own in keys.items():
        others = frozenset(key for other, theirs in keys.items() if other != label for key in theirs)
        if own - others:
            found[label] = own - others
    return found


def _aims(answering: Sequence[Step], place: Mapping[str, int]) -> Iterator[int]:
    """Return the steps that lines under one of the answers go to: they may well be for that answer only."""
    for step in answering:
        for line in step.lines:
            if isinstance(line.instruction, Goto) and line.instruction.target in place:
                yield place[line.instruction.target]


def _in_step(
    step: Step,
    question: str,
    answers: Mapping[str, Condition],
    telling: Mapping[str, frozenset[str]],
    context: Context,
) -> Iterator[Diagnostic]:
    above: dict[str, Condition | None] = {}
    for line in step.lines:
        held = line.condition or (above.get(line.parent) if line.parent is not None else None) or step.condition
        above[line.label] = held
        text = line.instruction.text if isinstance(line.instruction, Say | Ask | Collect) else None
        if text is None or held is None or held.question == question or held.kind is ConditionKind.ANSWER:
            continue
        keys = keys_of(text)
        named = [label for label, words in telling.items() if words <= keys]
        if len(named) == 1 and not any(telling[label] & keys for label in telling if label not in named):
            yield _finding(line, held, answers, named[0], context)


def _finding(
    line: Line, held: Condition, answers: Mapping[str, Condition], named: str, context: Context
) -> Diagnostic:
    own = answers[named]
    others = [condition for label, condition in answers.items() if label != named]
    shown = " and ".join(f"`{condition.name}`" for condition in others[:2]) if len(others) < 3 else "other answers"
    return Diagnostic(
        NAME,
        Severity.WARNING,
        f"line {line.label} speaks of `{own.name}` only, and its condition holds for {shown} too",
        Label(_place(line, keys_of(own.name), context), f"nothing for {shown}"),
        (Label(held.span, "holds whatever was answered"), *_article(line, keys_of(own.name), context)),
        "word it for all of them, or put it under a condition for each",
    )


def _place(line: Line, keys: frozenset[str], context: Context) -> Span:
    """Return where the line names the answer."""
    terms = [term for term in terms_of(context.file.slice(line.span)) if term.key in keys]
    if not terms:
        return line.span
    start = line.span.start + terms[0].start
    end = start
    for term in terms:
        # "ChatGPT Enterprise" is one place; a later mention is another.
        if line.span.start + term.start - end <= 1 or end == start:
            end = line.span.start + term.end
    return Span(start, end)


def _article(line: Line, keys: frozenset[str], context: Context) -> Sequence[Label]:
    """Return the sentence of the article that the line was made from, where that speaks of one answer only too."""
    own = keys_of(context.file.slice(line.span))
    for topic in context.routine.article.topics:
        for passage in topic.answer:
            raw = context.file.slice(passage.span)
            for sentence in split(raw):
                theirs = keys_of(sentence)
                if keys & theirs and own and len(own & theirs) >= SHARED_MIN * len(own):
                    start = passage.span.start + raw.index(sentence)
                    found = next(term for term in terms_of(sentence) if term.key in keys)
                    return (Label(Span(start + found.start, start + found.end), "so does the article"),)
    return ()


CHECK = Check(NAME, __doc__ or "", _run)
