"""Tie every condition to what settles it, and give each question the lines that hang on its answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bythebook.compiler.after_call import Branches, found_out, is_question
from bythebook.compiler.asked_now import asked_above, asked_just_now, asks_openly
from bythebook.compiler.comparison import read_comparison, read_presence, read_test
from bythebook.compiler.conditions import (
    ANSWERS_MIN,
    Parsed,
    Place,
    asked,
    chain_before,
    distinct,
    parse,
    places_of,
)
from bythebook.compiler.decided import Decided, answers_of, by_question_of, name_bare_noes, pair, stepped
from bythebook.compiler.draft import DraftStep
from bythebook.compiler.forms import Chain
from bythebook.compiler.judge import (
    FAILURE,
    STEPS_BACK_MAX,
    SUCCESS,
    absent,
    agreement,
    calls_before,
    knows,
    listed,
    looked_up,
    negative,
    result,
    speaks_of_all_failures,
    told,
    with_measure,
)
from bythebook.compiler.measures import measured, read_measure
from bythebook.compiler.naming import EXAMPLE, condition_of, named_as
from bythebook.compiler.opposites import (
    RETURNS,
    SAME_STATE,
    asks_yes_or_no,
    denies,
    opposite_words,
    repeats,
    returned_by,
    told_apart,
)
from bythebook.compiler.referring import latest_found_out, looked_for, refers
from bythebook.compiler.returned import decided_by, fields_of
from bythebook.routine.model import (
    All,
    Any,
    Ask,
    Call,
    Collect,
    Compare,
    ConditionKind,
    FunctionDefinition,
    Line,
    Not,
    Outcome,
    QuestionKind,
    Say,
    Step,
    Test,
)
from bythebook.source.span import SourceFile

LINES_BACK_MAX: Final = 60
"""How many lines back a condition looks for the call or the yes-or-no question that decides it."""

_ANY_OTHER: Final = re.compile(r"\bother\b|\b(?:any|every)thing else\b", re.I)
_AND: Final = re.compile(r",?\s+(?:and|but)\s+", re.I)
_OR: Final = re.compile(r",?\s+or\s+", re.I)
PLACES_NEAR: Final = 12
"""How many conditions before and behind one are looked at for its only alternative."""

PARTS_MAX: Final = 4
"""Parts of a condition that are decided one by one."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """All that conditions are settled by."""

    file: SourceFile
    places: tuple[Place, ...]
    parsed: Mapping[int, Parsed]
    asked: Mapping[int, Line]
    lines: tuple[tuple[int, Line], ...]
    branches: Branches
    purposes: Mapping[str, str]
    decided: dict[int, Decided]
    asked_for: frozenset[str]
    """The names of all values that the document asks for."""

    told: dict[str, Decided]
    """What decides the words behind "... shows that", for conditions with a test."""

    heads: tuple[str, ...]
    """The words of the steps."""

    tests: list[Test]
    """Those of the conditions decided so far, in order."""

    def places_before(self, number: int) -> tuple[Place, ...]:
        """Return the conditions that stand among the lines that are looked back at, and this one."""
        return self.places[max(0, number - 2 * LINES_BACK_MAX) : number + 1]


def settle(
    drafts: Sequence[DraftStep], functions: Sequence[FunctionDefinition], file: SourceFile
) -> tuple[Step, ...]:
    """Return the steps with every condition tied to what settles it."""
    places = places_of(drafts)
    parsed = {number: parse(number, place.draft.span, file) for number, place in enumerate(places)}
    plain = {number: one for number, one in parsed.items() if _is_plain(places[number], file)}
    lines = tuple((index, one.line) for index, draft in enumerate(drafts) for one in draft.lines)
    ground = _Ground(
        file,
        places,
        parsed,
        asked(drafts, places, plain, file),
        lines,
        Branches(places, lines),
        {function.name: function.purpose for function in functions},
        {},
        frozenset(_asked_for(drafts)),
        {},
        tuple(file.slice(draft.span) for draft in drafts),
        [],
    )
    by_question: dict[str, list[int]] = {}
    for number in ground.asked:
        by_question.setdefault(ground.asked[number].label, []).append(number)
    names: dict[int, tuple[int, int]] = {}
    upto = 0
    for number, place in enumerate(places):
        while upto < len(ground.lines) and ground.lines[upto][1].span.end <= place.draft.span.start:
            upto += 1
        decided = _decide(number, ground, by_question, ground.lines[max(0, upto - LINES_BACK_MAX) : upto])
        ground.decided[number] = decided
        if decided.test is not None:
            ground.tests.append(decided.test)
        _, that, words = file.slice(place.draft.span).lower().partition(" that ")
        if that and decided.test is not None:
            ground.told[words.strip()] = replace(decided, instead_of=())
    said = {number: file.slice(place.draft.span) for number, place in enumerate(places)}
    for siblings in by_question_of(ground.decided).values():
        pair(siblings, ground.decided, places, said)
        _as_yes_or_no(siblings, ground)
        which = [
            n for n in siblings if ground.decided[n].kind is ConditionKind.ANSWER and not ground.decided[n].answer
        ]
        if len(which) >= ANSWERS_MIN:
            names.update(zip(which, distinct([parsed[n] for n in which], articles=True), strict=True))
    conditions = {
        places[number].label: condition_of(
            named_as(places[number], parsed[number], file, names.get(number)), decided, file
        )
        for number, decided in ground.decided.items()
    }
    name_bare_noes(conditions, places, ground.decided)
    questions = {line.label: file.slice(line.span) for _, line in lines}
    answers = answers_of(ground.decided, places, said, questions)
    return tuple(stepped(draft, conditions, answers) for draft in drafts)


def _asked_for(drafts: Sequence[DraftStep]) -> Iterator[str]:
    lines = (one.line for draft in drafts for one in draft.lines)
    return (slot.name for line in lines if isinstance(line.instruction, Collect) for slot in line.instruction.slots)


def _is_plain(place: Place, file: SourceFile) -> bool:
    words = file.slice(place.draft.span)
    return (
        place.draft.chain is not Chain.ELSE
        and place.draft.question is None
        and EXAMPLE not in words
        and not agreement(words)
        and not refers(words)
        and (read_measure(words) or read_test(words) or read_presence(words)) is None
    )


def _decide(
    number: int, ground: _Ground, by_question: Mapping[str, list[int]], before: Sequence[tuple[int, Line]]
) -> Decided:
    place = ground.places[number]
    if place.draft.question is not None:
        return Decided(ConditionKind.ANSWER, place.draft.question)
    words = ground.file.slice(place.draft.span)
    alternatives = chain_before(number, ground.places) if place.draft.chain is not Chain.IF else ()
    asked_now = _denied(words, place, ground, before)
    if asked_now is not None:
        return Decided(ConditionKind.ANSWER, asked_now.label, "no")
    if place.draft.chain is Chain.ELSE and alternatives:
        return Decided(ConditionKind.OTHERWISE, instead_of=alternatives)
    called = any(step == place.step and isinstance(line.instruction, Call) for step, line in before)
    if speaks_of_all_failures(words, called):
        return Decided(ConditionKind.FAILURE)
    decided = (
        _compared(words, number, ground, before)
        or _referred(words, place, ground, before)
        or _other_answer(number, words, ground)
        or _just_told(number, words, ground, before)
        or _answered(number, words, ground, by_question, before)
    )
    return replace(decided or _told(words, number, ground, before), instead_of=alternatives)


def _denied(words: str, place: Place, ground: _Ground, before: Sequence[tuple[int, Line]]) -> Line | None:
    """Return the yes-or-no question right before "If not": that is what is denied, not a condition further up."""
    if words.strip().lower() != "if not" or not before:
        return None
    step, line = before[-1]
    asks = isinstance(line.instruction, Ask) and line.instruction.kind is not QuestionKind.ANYTHING_ELSE
    near = step == place.step and asks and is_question(line, ground.file) and not asks_openly(line, ground.file)
    return line if near and not ground.branches.asks_elsewhere(line, place) else None


def _compared(words: str, number: int, ground: _Ground, before: Sequence[tuple[int, Line]]) -> Decided | None:
    place = ground.places[number]
    calls = calls_before(before, place.step, ground.purposes)
    test = measured(words, place.parent, _beside(place, before), ground.file, ground.heads[place.step])
    test = test or read_test(words) or _joined(words, place, ground, before) or _other_than(words, number, ground)
    fields = {call.function: fields_of(call.purpose) for call in calls}
    test = test or decided_by(words, fields)
    test = test or listed(looked_up(read_presence(words), calls, ground.asked_for), calls, fields, ground.asked_for)
    if test is None:
        return None
    slots = {
        slot.name: slot
        for _, line in before
        if isinstance(line.instruction, Collect)
        for slot in line.instruction.slots
    }
    known = (*slots, *(one.name for own in fields.values() for one in own))
    test = with_measure(test, words, known, slots)
    if test is None:
        return None
    found_out = knows(test, calls, slots) or (bool(calls) and not isinstance(test, Compare))
    kind = ConditionKind.RESULT if found_out else ConditionKind.FACT
    return Decided(kind, test=test)


def _beside(place: Place, before: Sequence[tuple[int, Line]]) -> list[Line]:
    return [line for step, line in before if step == place.step]


def _other_than(words: str, number: int, ground: _Ground) -> Test | None:
    """Return the test of the second of two: "if it returns 'none' ..." and "if it returns the speed, ..."."""
    head = RETURNS.match(words)
    if head is None:
        return None
    place = ground.places[number]
    near = ground.places[max(0, number - PLACES_NEAR) : number + PLACES_NEAR + 1]
    beside = [other for other in near if other.parent == place.parent and other.step == place.step and other != place]
    alike = [other for other in beside if returned_by(ground.file.slice(other.draft.span)) == head["head"].lower()]
    test = read_comparison(ground.file.slice(alike[0].draft.span)) if len(alike) == 1 else None
    return Not(test) if isinstance(test, Compare) and test.operator == "==" else None


def _joined(words: str, place: Place, ground: _Ground, before: Sequence[tuple[int, Line]]) -> Test | None:
    """Return the test of "A but not B", "A or it did not help": each part is one by itself, and one compares."""
    parts = [part.strip() for part in _AND.split(words)]
    either = len(parts) == 1
    if either:
        parts = [part.strip() for part in _OR.split(words)]
    calls = calls_before(before, place.step, ground.purposes)
    first = read_comparison(parts[0]) or absent(parts[0], calls)
    if not 1 < len(parts) <= PARTS_MAX or first is None:
        return None
    tests: list[Test] = [first]
    subject = first.name if isinstance(first, Compare) else ""
    for part in parts[1:]:
        if isinstance(first, Compare) and part.lower() in SAME_STATE.get(str(first.value).lower(), ()):
            continue
        test = read_comparison(part)
        if test is None:
            decided = _referred(part, place, ground, before, subject)
            test = decided.test if decided is not None else None
        if test is None:
            return None
        tests.append(test)
    return Any(tuple(tests)) if either else All(tuple(tests))


def _referred(
    words: str, place: Place, ground: _Ground, before: Sequence[tuple[int, Line]], subject: str = ""
) -> Decided | None:
    """A condition on what was just found out is decided by that question, or by what that check found."""
    said = refers(words)
    near = [line for step, line in before if place.step - step <= STEPS_BACK_MAX]
    line = latest_found_out(words, near, ground.file, subject) if said else None
    if line is None:
        return None
    if not isinstance(line.instruction, Call):
        return Decided(ConditionKind.ANSWER, line.label, said)
    function = line.instruction.function
    test = Outcome(function, SUCCESS) if subject else looked_for(line, ground.file, function)
    if said == "no":
        test = Outcome(test.function, FAILURE) if isinstance(test, Outcome) else Not(test)
    return Decided(ConditionKind.RESULT, test=test)


def _just_told(number: int, words: str, ground: _Ground, before: Sequence[tuple[int, Line]]) -> Decided | None:
    """Return the value that the call right before lists, where nothing was asked since: "free", "not free"."""
    step = ground.places[number].step
    near = [(at, line) for at, line in before if at == step]
    asked = max((at for at, (_, line) in enumerate(near) if isinstance(line.instruction, Ask)), default=-1)
    found = told(words, calls_before(near[asked + 1 :], step, ground.purposes))
    return Decided(ConditionKind.RESULT, test=found[1]) if found is not None else None


def _other_answer(number: int, words: str, ground: _Ground) -> Decided | None:
    """Return what decides the opposite of the answer right before: "it is lit", "it is not lit either"."""
    place = ground.places[number]
    before = ground.decided.get(number - 1)
    if before is None or before.kind is not ConditionKind.ANSWER or before.answer not in ("yes", "no"):
        return None
    other = ground.places[number - 1]
    beside = (other.step, other.parent) == (place.step, place.parent)
    if not beside or not opposite_words(ground.file.slice(other.draft.span), words):
        return None
    return replace(before, answer="no" if before.answer == "yes" else "yes", instead_of=())


def _answered(
    number: int,
    words: str,
    ground: _Ground,
    by_question: Mapping[str, list[int]],
    before: Sequence[tuple[int, Line]],
) -> Decided | None:
    other = ground.places[number].draft.chain is Chain.ELSE and not _ANY_OTHER.search(words)
    said = agreement(words) or ("no" if other else "")
    place, branches = ground.places[number], ground.branches
    asking = (line for _, line in reversed(before) if is_question(line, ground.file))
    question = next((line for line in asking if not branches.asks_elsewhere(line, place)), None)
    answers = question is not None and not asks_openly(question, ground.file)
    if said and question is not None and answers and not isinstance(question.instruction, Collect):
        return Decided(ConditionKind.ANSWER, question.label, said)
    if EXAMPLE in words:
        spoken = [line for step, line in before if step == place.step and isinstance(line.instruction, Ask | Say)]
        return Decided(ConditionKind.ANSWER, spoken[-1].label) if spoken else None
    line = ground.asked.get(number)
    if line is None:
        line = asked_just_now(place, ground.parsed[number], ground.places_before(number), before, ground.file)
        return Decided(ConditionKind.ANSWER, line.label) if line is not None else None
    which = len(by_question[line.label]) >= ANSWERS_MIN and not isinstance(line.instruction, Say)
    if which or told_apart(words, ground.file.slice(line.span)):
        return Decided(ConditionKind.ANSWER, line.label)
    return Decided(ConditionKind.ANSWER, line.label, "no" if negative(words) else "yes")


def _as_yes_or_no(siblings: Sequence[int], ground: _Ground) -> None:
    """The one condition under "Can you ...?" is its no where it denies something, and its yes where it repeats it."""
    label = ground.decided[siblings[0]].question
    line = next((line for _, line in ground.lines if line.label == label), None)
    one = ground.decided[siblings[0]]
    if len(siblings) > 1 or line is None or one.kind is not ConditionKind.ANSWER or one.answer:
        return
    words, said = ground.file.slice(ground.places[siblings[0]].draft.span), ground.file.slice(line.span)
    if not asks_yes_or_no(said):
        return
    if negative(words) or denies(words):
        ground.decided[siblings[0]] = replace(one, answer="no")
    elif repeats(words, said):
        ground.decided[siblings[0]] = replace(one, answer="yes")


def _told(words: str, number: int, ground: _Ground, before: Sequence[tuple[int, Line]]) -> Decided:
    calls = calls_before(before, ground.places[number].step, ground.purposes)
    asked = next((line.instruction for _, line in reversed(before) if isinstance(line.instruction, Ask | Call)), None)
    # "If there is still no signal" behind a question speaks of its answer, not of the call before.
    earlier = ground.tests[-1] if ground.tests and not isinstance(asked, Ask) else None
    # What "the bar shows that it is on" decides, "it is on" decides too.
    same = ground.told.get(words.strip().lower())
    if same is not None:
        return same
    found, test = told(words, calls) or result(words, calls, earlier)
    test = test if found else found_out(number, ground.places, before, ground.file)
    if found or test is not None:
        return Decided(ConditionKind.RESULT, test=test)
    line = asked_above(ground.places[number], ground.places_before(number), before, ground.file)
    return Decided(ConditionKind.REPORT) if line is None else Decided(ConditionKind.ANSWER, line.label)
