"""What settles each condition, once all are looked at: answers that are opposites, or one and the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bythebook.compiler.conditions import ANSWERS_MIN, Place
from bythebook.compiler.draft import DraftLine, DraftStep
from bythebook.compiler.opposites import alternatives, denies, names, opposite_words, told_apart
from bythebook.compiler.people import NOUNS
from bythebook.compiler.text import stem
from bythebook.routine.model import Ask, Condition, ConditionKind, Line, QuestionKind, Say, Step, Test

_CHOOSING: Final = frozenset(
    (
        *map(stem, NOUNS),
        *re.findall(r"\w+", "they he she a an the for is want wanted choose chose chosen prefer pick"),
    )
) | frozenset(re.findall(r"\w+", "picked select selected like would has have say answer with by"))
"""Words by which an answer is named, and which are none of it."""

_BARE_NOES: Final = frozenset(("not", "no", "does_not", "do_not", "is_not", "are_not"))


@dataclass(frozen=True, slots=True)
class Decided:
    """What settles a condition."""

    kind: ConditionKind
    question: str | None = None
    answer: str = ""
    test: Test | None = None
    instead_of: tuple[str, ...] = ()


def by_question_of(decided: Mapping[int, Decided]) -> dict[str, list[int]]:
    """Return, by question, the numbers of the conditions that its answers settle."""
    found: dict[str, list[int]] = {}
    for number, one in sorted(decided.items()):
        if one.question is not None:
            found.setdefault(one.question, []).append(number)
    return found


def pair(
    siblings: Sequence[int], decided: dict[int, Decided], places: Sequence[Place], said: Mapping[int, str]
) -> None:
    """Settle the answers of one question: of two opposites one is a yes, one a no; two alike are the same answer.

    `said` are the conditions' words.
    """
    asked = [n for n in siblings if decided[n].kind is ConditionKind.ANSWER]
    open_ones = [n for n in asked if not decided[n].answer]
    if open_ones and len(asked) == ANSWERS_MIN and opposite_words(*(said[n] for n in asked)):
        for number in asked:
            decided[number] = replace(decided[number], answer="no" if denies(said[number]) else "yes")
        return
    first: dict[tuple[str, ...], int] = {}
    for number in open_ones:
        keys = tuple(said[number].casefold().split())
        named = first.setdefault(_said(said[number]), number)
        # "Card: ..." and, later, "if the customer chose a card" are one; of two sentences who knows.
        bare = any(_said(said[n]) == tuple(map(stem, said[n].casefold().split())) for n in (number, named))
        same = first.setdefault(keys, number)
        same = named if same == number and bare else same
        if same != number:
            decided[number] = replace(decided[number], answer=places[same].label)


def _said(words: str) -> tuple[str, ...]:
    """Return what two conditions that are one answer have in common: "Card", "the customer chose a card"."""
    keys = [stem(word) for word in words.casefold().split()]
    bare = tuple(key for key in keys if key not in _CHOOSING)
    return bare or tuple(keys)


def name_bare_noes(conditions: dict[str, Condition], places: Sequence[Place], decided: Mapping[int, Decided]) -> None:
    """ "If the customer is not" is named after what its opposite says."""
    for siblings in by_question_of(decided).values():
        both = [conditions[places[n].label] for n in siblings]
        yes = next((one for one in both if one.answer == "yes"), None)
        for number, one in zip(siblings, both, strict=True):
            if yes is not None and one.answer == "no" and one.fact in _BARE_NOES:
                conditions[places[number].label] = replace(one, fact=f"not_{yes.fact}")


@dataclass(frozen=True, slots=True)
class Answers:
    """What hangs on the answers of one question."""

    kind: QuestionKind
    labels: tuple[str, ...]
    others: bool = False
    """Answers that none of the conditions names lead on."""

    def of(self, text: str | None, kind: QuestionKind) -> Ask:
        """Return the question with them; what it closes with it does not lose."""
        closes = kind is QuestionKind.ANYTHING_ELSE
        return Ask(text, kind if closes else self.kind, self.labels, self.others and not closes)


def answers_of(
    decided: Mapping[int, Decided], places: Sequence[Place], said: Mapping[int, str], questions: Mapping[str, str]
) -> dict[str, Answers]:
    """Return, by question, its kind and the labels that hang on it; `said` and `questions` are their words."""
    found: dict[str, Answers] = {}
    words: dict[str, list[str]] = {}
    for number, one in sorted(decided.items()):
        if one.question is not None:
            before = found.get(one.question, Answers(QuestionKind.YES_NO, ()))
            if one.answer not in ("", "yes", "no"):
                continue  # the same answer as another's
            kind = before.kind if one.answer else QuestionKind.WHICH
            found[one.question] = Answers(kind, (*before.labels, places[number].label))
            words.setdefault(one.question, []).append(said[number])
    otherwise = {label for one in decided.values() if one.kind is ConditionKind.OTHERWISE for label in one.instead_of}
    return {
        label: replace(
            one,
            others=one.kind is QuestionKind.WHICH
            and (not otherwise.isdisjoint(one.labels) or bool(unanswered(words[label], questions.get(label, "")))),
        )
        for label, one in found.items()
    }


def unanswered(conditions: Sequence[str], question: str) -> tuple[str, ...]:
    """Return the answers a question lists that none of its conditions names; all that there may be where one does."""
    listed = alternatives(question)
    if 1 < len(conditions) >= len(listed):
        return ()
    left = tuple(one for one in listed if not any(names(words, one) for words in conditions))
    if len(conditions) == 1:
        return left or ("",)
    apart = all(told_apart(words, question) for words in conditions)
    return left if apart and len(left) + len(conditions) == len(listed) else ()


def stepped(
    draft: DraftStep,
    conditions: Mapping[str, Condition],
    answers: Mapping[str, Answers],
) -> Step:
    """Return a step with what decides its conditions, and with the answers of its questions."""
    lines = tuple(_line(one, conditions, answers) for one in draft.lines)
    condition = conditions.get(draft.label) if draft.condition is not None else None
    return Step(draft.label, draft.span, draft.text, condition, lines)


def _line(
    draft: DraftLine,
    conditions: Mapping[str, Condition],
    answers: Mapping[str, Answers],
) -> Line:
    line = draft.line
    if line.label in answers and isinstance(line.instruction, Ask | Say):
        kind = line.instruction.kind if isinstance(line.instruction, Ask) else QuestionKind.OPEN
        line = replace(line, instruction=answers[line.label].of(line.instruction.text, kind))
    if draft.condition is not None:
        line = replace(line, condition=conditions.get(line.label))
    return line
