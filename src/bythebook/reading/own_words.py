"""What a routine without an article is about, in its own words: all that its reader has to go by.

An article's title and questions tell what a document is for. Where there is none, its conditions, functions and
quoted lines do: whoever speaks of a refund where a line refunds something speaks of the routine's matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bythebook.compiler.cards import asked_words, title_of, told_words
from bythebook.compiler.people import PEOPLE
from bythebook.engine.choice import OFF_TOPIC
from bythebook.engine.menu import sayable
from bythebook.engine.walk import under
from bythebook.reading.common import FUNCTION_WORDS, content_words, listed, stem
from bythebook.reading.text import one_clause
from bythebook.routine.model import Ask, Call, Condition, ConditionKind, Group, Line, Routine, Say, Step
from bythebook.routine.wording import Release

SENTENCE_WORDS_MAX: Final = 24
"""Longer lines speak of too much to stand for the matter."""

NAMED_WEIGHT: Final = 0.7
TOLD_WEIGHT: Final = 0.4
"""What a text weighs beside a title: the name of a function, any other text."""

YES_AND_NO: Final = ("yes", "no")

_HANDS_OVER: Final = re.compile(r"\b(?:escalate|transfer|hand ?over|hand ?off|triage|resol\w+|close|end case)\b")
_FINDS_OUT: Final = re.compile(
    r"^(?:verify|check|get|find|fetch|retrieve|look ?up|determine|validate|confirm|authenticate|is|has|list|load|"
    r"read)\b"
)
"""What such functions do is nobody's wish, only on the way to one."""

_OF_ANY_DESK: Final = listed(
    """
    customer customers user users client clients caller callers member members agent human person supervisor manager
    case cases call calls calling ask asks request requests inform tell confirm verify check provide send give offer
    assist assistance assistant help helps proceed step steps follow function functions policy issue issues question
    questions detail details information necessary appropriate following available using use used based able unable
    politely please thank greet acknowledge ensure advise instruct guide remind suggest resolve resolved resolution
    escalate transfer triage know include including process processed system team service services support number
    name names email id ids account accounts address date dates new current existing
    """
)
"""Words that any routine has: they tell nobody's matter."""


_WISHES: Final = re.compile(
    rf"^(?:at any (?:point|time|moment),? )?(?:the (?:{PEOPLE})|they|he|she) (?:still |also |only |now )?(?:requires?"
    r"|needs?|wants?|(?:would|should|'d) (?:like|prefer|love)|requests?|asks?|prefers?|wish(?:es)?|demands?|insists?"
    r"|chooses?|selects?|opts?|picks?|decides?|agrees?|accepts?|consents?|declines?|refuses?|is (?:interested"
    r"|looking|willing))\b",
    re.I,
)
"""Conditions that are met by what somebody wants."""

_MEASURES: Final = re.compile(
    r"\d|\b(?:less|more|fewer|longer|older|later|earlier|greater|higher|lower|larger|bigger|smaller|over|under|above"
    r"|below|beyond|exceeds?|at least|at most|within|between)\b",
    re.I,
)
"""Conditions that something is measured by: whoever speaks of it does not say how much of it there is."""


def stands_alone(release: Release) -> bool:
    """Whether a routine has no article to say what it is about."""
    return not release.is_reception and not release.routine.article.topics


def matter(release: Release) -> Iterator[tuple[str, float]]:
    """Return the texts that stand for the routine's matter, with what each weighs.

    What is done or said only where words bring it about is left out: it belongs to those words.
    """
    routine, title = release.routine, title_of(release)
    yield title, 1.0
    yield f"I need help with {title}", 1.0
    apart = _branches(routine)
    held = {_function(line) for line in routine.lines if line.label in apart}
    purposes = {function.name: function.purpose for function in routine.functions}
    called = (_function(line) for line in routine.lines if line.label not in apart)
    for function in dict.fromkeys((*called, *(name for name in purposes if name not in held))):
        name = function.replace("_", " ")
        if (
            name
            and function != routine.resolution_function
            and not (_HANDS_OVER.search(name) or _FINDS_OUT.match(name))
        ):
            yield name, NAMED_WEIGHT
            yield f"I want to {name}", NAMED_WEIGHT
            yield purposes.get(function, ""), TOLD_WEIGHT
    for line in routine.lines:
        text = line.instruction.text if isinstance(line.instruction, Say) else None
        if text and line.label not in apart and 1 < len(text.split()) <= SENTENCE_WORDS_MAX:
            yield text, TOLD_WEIGHT
    for _, condition in _conditions(routine):
        if condition.kind is ConditionKind.RESULT and len(condition.text.split()) > 1:
            yield condition.text, TOLD_WEIGHT


def of_answers(release: Release) -> Iterator[tuple[str, str, float]]:
    """Return what is done for each answer of a which-question, by the label of its condition: it names it too."""
    routine = release.routine
    answers = {label for label, condition in _conditions(routine) if _names_answer(condition)}
    apart = _branches(routine)
    for line in routine.lines:
        label, condition = apart.get(line.label, ("", None))
        named = condition.answer if condition is not None and condition.answer in answers else label
        name = _function(line).replace("_", " ")
        if named in answers and name and not _HANDS_OVER.search(name):
            yield named, name, NAMED_WEIGHT
            yield named, f"I want to {name}", NAMED_WEIGHT


def _names_answer(condition: Condition) -> bool:
    return condition.kind is ConditionKind.ANSWER and not condition.answer


def own_words(release: Release) -> frozenset[str]:
    """Return the routine's words, without those that any routine has."""
    routine = release.routine
    texts = [title_of(release), *told_words(release), *asked_words(release)]
    texts += [_function(line).replace("_", " ") for line in routine.lines]
    texts += [condition.text for _, condition in _conditions(routine)]
    words = {word for text in texts for word in one_clause(text, str).words if word[0:1].isalpha()}
    return frozenset(words) - FUNCTION_WORDS - _OF_ANY_DESK


def prototypes(release: Release, choice: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the texts of a choice that any release has, without those that speak of this routine's own matter.

    "I want a refund" is another desk's matter, except where the routine refunds something.
    """
    if choice != OFF_TOPIC or not stands_alone(release):
        return texts
    own = frozenset(map(stem, own_words(release)))
    return tuple(text for text in texts if not speaks_of(one_clause(text, str).plain, own))


def only_said(routine: Routine) -> Iterator[str]:
    """Return the labels of conditions under which something is only said: to say it in vain does no harm."""
    for step in routine.steps:
        for label, condition in (
            (step.label, step.condition),
            *((line.label, line.condition) for line in step.lines),
        ):
            family = step.lines if label == step.label else [step.line(one) for one in under(step, label)]
            does = (line is not None and not isinstance(line.instruction, Say | Group) for line in family)
            if condition is not None and not any(does):
                yield label


def asked_first(routine: Routine) -> Iterator[str]:
    """Return the labels of conditions under which the customer is asked before anything is carried out."""
    for step in routine.steps:
        holders: tuple[Step | Line, ...] = (step, *step.lines)
        for held in holders:
            family = step.lines if held.label == step.label else [step.line(one) for one in under(step, held.label)]
            does = (line.instruction for line in family if line and isinstance(line.instruction, Ask | Call))
            if held.condition is not None and isinstance(next(does, None), Ask):
                yield held.label


def told(routine: Routine) -> Iterator[str]:
    """Return the labels of conditions that customers meet by telling what is so, and not by wishing for something.

    "The driver did not come" wants nothing and asks nothing, and is said by who wants what follows from it.
    """
    for label, condition in sayable(routine):
        if condition.kind is ConditionKind.REPORT and not (
            _WISHES.match(condition.text) or _MEASURES.search(condition.text)
        ):
            yield label


def measured(routine: Routine) -> Iterator[str]:
    """Return the labels of conditions that something is measured by ("is less than 15 days away")."""
    return (label for label, condition in sayable(routine) if _MEASURES.search(condition.text))


def says_measure(plain: str) -> bool:
    """Whether a clause says how much of something there is."""
    return _MEASURES.search(re.sub(r"\d", "", plain)) is not None


def speaks_of(plain: str, stems: frozenset[str]) -> bool:
    """Whether a clause has a word of these that tells its matter."""
    return any(word not in _OF_ANY_DESK and stem(word) in stems for word in content_words(plain))


def _branches(routine: Routine) -> dict[str, tuple[str, Condition]]:
    """By line: the label and the condition that it stands under, where words of a customer bring that about."""
    found: dict[str, tuple[str, Condition]] = {}
    for step in routine.steps:
        for line in step.lines:
            holder = line.label if _said(line.condition) else step.label
            condition = line.condition if _said(line.condition) else step.condition
            if line.parent in found and not _said(line.condition):
                found[line.label] = found[line.parent]
            elif condition is not None and _said(condition):
                found[line.label] = holder, condition
    return found


def _said(condition: Condition | None) -> bool:
    """Whether what hangs on it is done for one wish among others; a yes or a no goes on with the same."""
    if condition is None or condition.answer in YES_AND_NO:
        return False
    return condition.kind in (ConditionKind.ANSWER, ConditionKind.REPORT)


def _function(line: Line) -> str:
    return line.instruction.function if isinstance(line.instruction, Call) else ""


def _conditions(routine: Routine) -> Iterator[tuple[str, Condition]]:
    held: tuple[Step | Line, ...] = (*routine.steps, *routine.lines)
    return ((holder.label, holder.condition) for holder in held if holder.condition is not None)
