"""What settles each condition: a question of the routine, or only somebody's word; and what it is called.

A condition is an answer when the words that tell it from the conditions like it stand in an earlier question, and
that question asks with the condition's verb ("whether you require ..." for "the customer requires ...").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bythebook.compiler.draft import DraftStep
from bythebook.compiler.text import Token, plain, snake, stem, stems, tokens_at
from bythebook.routine.model import Ask, Condition, ConditionKind, Line, QuestionKind, Step
from bythebook.source.diagnostic import Diagnostic, error
from bythebook.source.span import SourceFile, Span

NAME: Final = "unknown-instruction"
QUESTIONS_BACK_MAX: Final = 50
"""How many questions back a condition's question is looked for."""

ANSWERS_MIN: Final = 2
"""A question that names fewer answers is a yes-or-no question."""

_ARTICLES: Final = frozenset(("a", "an", "the"))
_PEOPLE: Final = frozenset(("customer", "user", "client", "caller", "they", "he", "she"))
_LINKING: Final = frozenset(("is", "are", "was", "were", "be", "been", "has", "have", "had"))
# Words too small to tell one condition from another.
_SMALL: Final = re.compile(
    r"a|an|and|any|as|at|by|for|from|her|his|in|it|its|my|of|on|or|our|that|the|their|them|this|to|us|we|with|your?"
)
# Verbs that ask for one another: "Would you like ..." asks who wants; "Are you ..." asks who is.
_SAME: Final[tuple[frozenset[str], ...]] = (
    frozenset(("be", "is", "are", "was", "were")),
    frozenset(("have", "has", "had")),
    frozenset(("want", "like", "prefer", "choose", "wish")),
    frozenset(("require", "need")),
)


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A condition in words: who it speaks of, and what it says of them."""

    step: int
    tokens: tuple[Token, ...]
    verb: int
    """The index of the verb; everything before it is the subject."""

    @property
    def key(self) -> tuple[str, ...]:
        """Conditions with the same subject and verb are alike."""
        return tuple(token.key for token in self.tokens[: self.verb + 1])


def settle(drafts: Sequence[DraftStep], file: SourceFile) -> tuple[tuple[Step, ...], tuple[Diagnostic, ...]]:
    """Return the steps with their conditions tied to their questions, and what cannot be tied."""
    parsed = tuple(
        _parse(index, draft.condition, file) for index, draft in enumerate(drafts) if draft.condition is not None
    )
    asked = _asked(drafts, parsed)
    by_question: dict[str, list[_Parsed]] = {}
    for one in parsed:
        if one.step in asked:
            by_question.setdefault(asked[one.step].label, []).append(one)
    lonely = {alone[0].step: label for label, alone in by_question.items() if len(alone) < ANSWERS_MIN}
    names: dict[int, tuple[int, int]] = {}
    answers: dict[str, tuple[str, ...]] = {}
    for label, siblings in by_question.items():
        if len(siblings) >= ANSWERS_MIN:
            names.update(zip((one.step for one in siblings), _distinct(siblings, articles=True), strict=True))
            answers[label] = tuple(drafts[one.step].label for one in siblings)
    conditions = {one.step: _condition(one, file, names.get(one.step), asked.get(one.step)) for one in parsed}
    steps = tuple(
        Step(
            draft.label,
            draft.span,
            draft.text,
            conditions.get(index),
            tuple(_answered(line, answers) for line in draft.lines),
        )
        for index, draft in enumerate(drafts)
    )
    return steps, tuple(_too_few(drafts[step], label) for step, label in lonely.items())


def _parse(step: int, span: Span, file: SourceFile) -> _Parsed:
    tokens = tokens_at(file, span)
    subject = next((index for index, token in enumerate(tokens[:4]) if stem(token.key) in _PEOPLE), None)
    linking = next((index for index, token in enumerate(tokens) if token.key in _LINKING), None)
    if subject is not None and not _owns(tokens[subject]):
        verb = subject + 1
    elif linking is not None:
        verb = linking
    else:
        verb = 0
    return _Parsed(step, tokens, min(verb, len(tokens) - 1))


def _owns(token: Token) -> bool:
    # "the customer's plan": the plan is spoken of, not the customer.
    return token.key.endswith(("'s", "’s"))


def _asked(drafts: Sequence[DraftStep], parsed: Sequence[_Parsed]) -> dict[int, Line]:
    """Return, by step, the nearest earlier question that asks for its condition."""
    alike: dict[tuple[str, ...], list[_Parsed]] = {}
    for one in parsed:
        alike.setdefault(one.key, []).append(one)
    telling: dict[int, frozenset[str]] = {}
    for siblings in alike.values():
        for one, (first, end) in zip(siblings, _distinct(siblings, articles=False), strict=True):
            telling[one.step] = _content(one.tokens[max(first, one.verb + 1) : end])
    conditions = {one.step: one for one in parsed}
    questions: list[tuple[Line, frozenset[str]]] = []
    asked: dict[int, Line] = {}
    for index, draft in enumerate(drafts):
        if index in conditions:
            found = _question_for(conditions[index], telling[index], questions[-QUESTIONS_BACK_MAX:])
            if found is not None:
                asked[index] = found
        questions += [
            (line, stems(line.instruction.text))
            for line in draft.lines
            if isinstance(line.instruction, Ask) and line.instruction.kind is not QuestionKind.ANYTHING_ELSE
        ]
    return asked


def _question_for(
    one: _Parsed, telling: frozenset[str], questions: Sequence[tuple[Line, frozenset[str]]]
) -> Line | None:
    if not telling:
        return None
    verb = stem(one.tokens[one.verb].key)
    verbs = next((same for same in _SAME if verb in same), frozenset((verb,)))
    return next((line for line, words in reversed(questions) if telling <= words and verbs & words), None)


def _content(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(stem(token.key) for token in tokens if token.key and not _SMALL.fullmatch(token.key))


def _distinct(siblings: Sequence[_Parsed], *, articles: bool) -> tuple[tuple[int, int], ...]:
    """Return, for each, the range of tokens left when what all of them begin and end with is taken off."""
    keys = [tuple(token.key for token in one.tokens) for one in siblings]
    shortest = min(len(key) for key in keys)
    if len(keys) == 1:
        return ((min(siblings[0].verb + 1, shortest - 1), shortest),)
    room = shortest - 1
    head = next((n for n in range(room) if len({key[n] for key in keys}) > 1), room)
    tail = next((n for n in range(room - head) if len({key[-1 - n] for key in keys}) > 1), room - head)
    if articles and head > 0 and keys[0][head - 1] in _ARTICLES:
        head -= 1
    return tuple((head, len(key) - tail) for key in keys)


def _condition(one: _Parsed, file: SourceFile, name: tuple[int, int] | None, question: Line | None) -> Condition:
    said = _said(one)
    first, end = name or (said, len(one.tokens))
    span = Span(one.tokens[0].span.start, one.tokens[-1].span.end)
    name_span = Span(one.tokens[first].span.start, one.tokens[end - 1].span.end)
    fact = snake(" ".join(token.key for token in _fact_tokens(one, said)))
    is_answer = name is not None and question is not None
    return Condition(
        text=plain(file.slice(span)),
        span=span,
        kind=ConditionKind.ANSWER if is_answer else ConditionKind.REPORT,
        name=plain(file.slice(name_span)),
        name_span=name_span,
        fact=fact or "condition",
        question=question.label if is_answer and question is not None else None,
    )


def _said(one: _Parsed) -> int:
    """Return where what is said of the subject begins; "is" and "has" say nothing by themselves."""
    linking = one.tokens[one.verb].key in _LINKING and one.verb + 1 < len(one.tokens)
    return one.verb + 1 if linking else one.verb


def _fact_tokens(one: _Parsed, said: int) -> tuple[Token, ...]:
    subject = [token for token in one.tokens[: one.verb] if token.key not in _ARTICLES]
    people = len(subject) == 1 and stem(subject[0].key) in _PEOPLE
    rest = one.tokens[said:]
    if len(rest) > 1 and rest[0].key in _ARTICLES:
        rest = rest[1:]
    return rest if people else (*subject, *rest)


def _answered(line: Line, answers: dict[str, tuple[str, ...]]) -> Line:
    if line.label not in answers or not isinstance(line.instruction, Ask):
        return line
    return replace(line, instruction=Ask(line.instruction.text, QuestionKind.WHICH, answers[line.label]))


def _too_few(draft: DraftStep, label: str) -> Diagnostic:
    assert draft.condition is not None
    return error(
        NAME,
        f"the condition of step {draft.label} is the only one that question {label} asks for",
        draft.condition,
        "a question that yes or no would answer is not understood yet",
        help=f"name each answer in question {label}, and write a step for each in the same words",
    )
