"""Tie every condition to what settles it, and give each question the lines that hang on its answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bythebook.compiler.comparison import read_comparison
from bythebook.compiler.conditions import (
    ANSWERS_MIN,
    Named,
    Parsed,
    Place,
    asked,
    chain_before,
    distinct,
    named,
    parse,
    places_of,
    speaks_of_people,
)
from bythebook.compiler.draft import DraftLine, DraftStep
from bythebook.compiler.forms import Chain
from bythebook.compiler.judge import agreement, calls_before, knows, negative, result
from bythebook.compiler.text import snake
from bythebook.routine.model import (
    Ask,
    Call,
    Collect,
    Condition,
    ConditionKind,
    FunctionDefinition,
    Line,
    QuestionKind,
    Say,
    Step,
    Test,
)
from bythebook.source.span import SourceFile, Span

LINES_BACK_MAX: Final = 60
"""How many lines back a condition looks for the call or the yes-or-no question that decides it."""

_EXAMPLE: Final = "something like"
_OFFERS: Final = re.compile(r"\W*(?:politely )?(?:confirm|offer|suggest|propose|recommend)\b", re.I)
_QUOTED: Final = re.compile(r"[\"“](?P<words>[^\"“”]+)[\"”]")


@dataclass(frozen=True, slots=True)
class _Decided:
    """What settles a condition."""

    kind: ConditionKind
    question: str | None = None
    answer: str = ""
    test: Test | None = None
    instead_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ground:
    """All that conditions are settled by."""

    file: SourceFile
    places: tuple[Place, ...]
    parsed: Mapping[int, Parsed]
    asked: Mapping[int, Line]
    lines: tuple[tuple[int, Line], ...]
    purposes: Mapping[str, str]
    decided: dict[int, _Decided]


def settle(
    drafts: Sequence[DraftStep], functions: Sequence[FunctionDefinition], file: SourceFile
) -> tuple[Step, ...]:
    """Return the steps with every condition tied to what settles it."""
    places = places_of(drafts)
    parsed = {number: parse(number, place.draft.span, file) for number, place in enumerate(places)}
    plain = {number: one for number, one in parsed.items() if _is_plain(places[number], file)}
    ground = _Ground(
        file,
        places,
        parsed,
        asked(drafts, places, plain, file),
        tuple((index, one.line) for index, draft in enumerate(drafts) for one in draft.lines),
        {function.name: function.purpose for function in functions},
        {},
    )
    by_question: dict[str, list[int]] = {}
    for number in ground.asked:
        by_question.setdefault(ground.asked[number].label, []).append(number)
    names: dict[int, tuple[int, int]] = {}
    upto = 0
    for number, place in enumerate(places):
        while upto < len(ground.lines) and ground.lines[upto][1].span.end <= place.draft.span.start:
            upto += 1
        ground.decided[number] = _decide(
            number, ground, by_question, ground.lines[max(0, upto - LINES_BACK_MAX) : upto]
        )
    for siblings in by_question.values():
        which = [
            n for n in siblings if ground.decided[n].kind is ConditionKind.ANSWER and not ground.decided[n].answer
        ]
        if len(which) >= ANSWERS_MIN:
            names.update(zip(which, distinct([parsed[n] for n in which], articles=True), strict=True))
    conditions = {
        places[number].label: _condition(named(parsed[number], file, names.get(number)), decided)
        for number, decided in ground.decided.items()
    }
    answers = _answers(ground)
    return tuple(_step(draft, conditions, answers) for draft in drafts)


def _is_plain(place: Place, file: SourceFile) -> bool:
    words = file.slice(place.draft.span)
    return (
        place.draft.chain is not Chain.ELSE
        and _EXAMPLE not in words
        and not agreement(words)
        and read_comparison(words) is None
    )


def _decide(
    number: int, ground: _Ground, by_question: Mapping[str, list[int]], before: Sequence[tuple[int, Line]]
) -> _Decided:
    place = ground.places[number]
    words = ground.file.slice(place.draft.span)
    alternatives = chain_before(number, ground.places) if place.draft.chain is not Chain.IF else ()
    if place.draft.chain is Chain.ELSE and alternatives:
        return _Decided(ConditionKind.OTHERWISE, instead_of=alternatives)
    decided = _compared(words, place, ground, before) or _answered(number, words, ground, by_question, before)
    return replace(decided or _told(words, place, ground, before), instead_of=alternatives)


def _compared(words: str, place: Place, ground: _Ground, before: Sequence[tuple[int, Line]]) -> _Decided | None:
    test = read_comparison(words)
    if test is None:
        return None
    calls = calls_before(before, place.step, ground.purposes)
    slots = {
        slot.name: slot
        for _, line in before
        if isinstance(line.instruction, Collect)
        for slot in line.instruction.slots
    }
    kind = ConditionKind.RESULT if knows(test, calls, slots) else ConditionKind.FACT
    return _Decided(kind, test=test)


def _answered(
    number: int,
    words: str,
    ground: _Ground,
    by_question: Mapping[str, list[int]],
    before: Sequence[tuple[int, Line]],
) -> _Decided | None:
    said = agreement(words) or ("no" if ground.places[number].draft.chain is Chain.ELSE else "")
    question = next((line for _, line in reversed(before) if _is_question(line, ground.file)), None)
    if said and question is not None and not isinstance(question.instruction, Collect):
        return _Decided(ConditionKind.ANSWER, question.label, said)
    if _EXAMPLE in words:
        place = ground.places[number]
        spoken = [line for step, line in before if step == place.step and isinstance(line.instruction, Ask | Say)]
        return _Decided(ConditionKind.ANSWER, spoken[-1].label) if spoken else None
    line = ground.asked.get(number)
    if line is None:
        line = _asked_just_now(ground.places[number], ground.parsed[number], before)
        return _Decided(ConditionKind.ANSWER, line.label) if line is not None else None
    if len(by_question[line.label]) >= ANSWERS_MIN and not isinstance(line.instruction, Say):
        return _Decided(ConditionKind.ANSWER, line.label)
    return _Decided(ConditionKind.ANSWER, line.label, "no" if negative(words) else "yes")


def _asked_just_now(place: Place, parsed: Parsed, before: Sequence[tuple[int, Line]]) -> Line | None:
    """Return the open question of the same step whose answer a condition on the customer can only be.

    "1. Confirm which flight it is. 1a) If the customer means the same flight, ...": nothing is called in between.
    """
    if place.parent == "" or not speaks_of_people(parsed):
        return None
    for step, line in reversed(before):
        if step != place.step or isinstance(line.instruction, Call | Collect):
            return None
        if isinstance(line.instruction, Ask) and line.condition is None:
            beside = line.parent == place.parent or line.label == place.parent
            return line if beside and line.instruction.kind is QuestionKind.OPEN else None
    return None


def _is_question(line: Line, file: SourceFile) -> bool:
    match line.instruction:
        case Ask() | Collect():
            return True
        case Say(text=None):
            return bool(_OFFERS.match(file.slice(line.span)))
        case Say(text=text):
            return text is not None and text.rstrip().endswith("?")
        case _:
            return False


def _told(words: str, place: Place, ground: _Ground, before: Sequence[tuple[int, Line]]) -> _Decided:
    calls = calls_before(before, place.step, ground.purposes)
    earlier = [decided.test for decided in ground.decided.values() if decided.test is not None]
    found, test = result(words, calls, earlier[-1] if earlier else None)
    return _Decided(ConditionKind.RESULT, test=test) if found else _Decided(ConditionKind.REPORT)


def _condition(words: Named, decided: _Decided) -> Condition:
    quoted = _QUOTED.search(words.text) if _EXAMPLE in words.text else None
    if quoted is not None and quoted["words"] in words.text:
        at = words.span.start + words.text.index(quoted["words"])
        span = Span(at, at + len(quoted["words"]))
        words = replace(words, name=quoted["words"], name_span=span, fact=snake(quoted["words"]) or words.fact)
    return Condition(
        text=words.text,
        span=words.span,
        kind=decided.kind,
        name=words.name,
        name_span=words.name_span,
        fact=words.fact,
        question=decided.question,
        answer=decided.answer,
        test=decided.test,
        instead_of=decided.instead_of,
    )


def _answers(ground: _Ground) -> dict[str, tuple[QuestionKind, tuple[str, ...]]]:
    """Return, by question, its kind and the labels that hang on it."""
    found: dict[str, tuple[QuestionKind, tuple[str, ...]]] = {}
    for number, decided in sorted(ground.decided.items()):
        if decided.question is not None:
            kind, labels = found.get(decided.question, (QuestionKind.YES_NO, ()))
            kind = kind if decided.answer else QuestionKind.WHICH
            found[decided.question] = (kind, (*labels, ground.places[number].label))
    return found


def _step(
    draft: DraftStep,
    conditions: Mapping[str, Condition],
    answers: Mapping[str, tuple[QuestionKind, tuple[str, ...]]],
) -> Step:
    lines = tuple(_line(one, conditions, answers) for one in draft.lines)
    condition = conditions.get(draft.label) if draft.condition is not None else None
    return Step(draft.label, draft.span, draft.text, condition, lines)


def _line(
    draft: DraftLine,
    conditions: Mapping[str, Condition],
    answers: Mapping[str, tuple[QuestionKind, tuple[str, ...]]],
) -> Line:
    line = draft.line
    if line.label in answers and isinstance(line.instruction, Ask | Say):
        kind, labels = answers[line.label]
        if isinstance(line.instruction, Ask) and line.instruction.kind is QuestionKind.ANYTHING_ELSE:
            kind = QuestionKind.ANYTHING_ELSE
        line = replace(line, instruction=Ask(line.instruction.text, kind, labels))
    if draft.condition is not None:
        line = replace(line, condition=conditions.get(line.label))
    return line
