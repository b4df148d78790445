"""Steps that are named after the answers of the question before them hang on those answers.

"2. Ask: Is it a new permit or a renewal?" before "3. New permit:" and "4. Renewal:": nobody goes through both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bythebook.compiler.draft import DraftCondition, DraftLine, DraftStep
from bythebook.compiler.text import unbolded
from bythebook.routine.model import Ask, Collect, QuestionKind
from bythebook.source.span import SourceFile, Span

ANSWERS_MIN: Final = 2
TITLE_WORDS_MAX: Final = 6
ROOT: Final = 5
"""Letters by which two word forms are told to be of one word ("arrived", "arrive")."""

ENDED_MIN: Final = 3
"""Shorter words have no ending."""

BETWEEN_MAX: Final = 2
"""Steps that may stand between a question with listed answers and the steps named after them."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_LITTLE: Final = "a an the of for to in on at is it was be are or and with their they customer user if case about"
_SMALL: Final = frozenset(re.findall(r"\w+", _LITTLE))


def titled(steps: Sequence[DraftStep], file: SourceFile) -> tuple[DraftStep, ...]:
    """Return the steps; those whose titles the question right before them offers hang on its answers."""
    steps = [replace(step, lines=tuple(_lettered(step))) for step in steps]
    found = list(steps)
    for at, step in enumerate(steps):
        question = _question(step)
        if question is None:
            continue
        offered = _roots(file.slice(question.line.span)) | _roots(_said(question))
        offered |= {root for option in question.options for root in _roots(file.slice(option))}
        # "Which of these do they need: ..." may be asked before it is known who they are.
        between = BETWEEN_MAX if question.options else 0
        skipped, named = next(
            (
                (gap, spans)
                for gap in range(between + 1)
                if len(spans := list(_named(steps[at + 1 + gap :], offered, file))) >= ANSWERS_MIN
            ),
            (0, []),
        )
        if len(named) < ANSWERS_MIN or len({frozenset(_roots(file.slice(span))) for span in named}) < len(named):
            continue
        for place, span in enumerate(named, at + 1 + skipped):
            condition = DraftCondition(span, question=question.line.label, name=span)
            found[place] = replace(steps[place], condition=condition)
    return tuple(found)


def _lettered(step: DraftStep) -> Iterator[DraftLine]:
    """Yield the lines of a step; those whose condition is words of a question hang on its answer: "(a) a dent"."""
    asking = {one.line.label: one.line for one in step.lines if isinstance(one.line.instruction, Ask | Collect)}
    for one in step.lines:
        place = one.condition.span if one.condition is not None else None
        asked = asking.get(one.line.parent or step.label)
        if place is not None and asked is not None and asked.span.start < place.start < asked.span.end:
            yield replace(one, condition=DraftCondition(place, question=asked.label, name=place))
        else:
            yield one


def _root(word: str) -> str:
    """Return the beginning of a word, the same for "move", "moving" and "moved"."""
    bare = re.sub(r"(?:ing|ed|e|s)$", "", word) if len(word) > ENDED_MIN else word
    bare = bare[:-1] if len(bare) > ENDED_MIN and bare[-1] == bare[-2] else bare  # "swapping" has one p of its own
    return bare[:ROOT]


def _question(step: DraftStep) -> DraftLine | None:
    """Return the open question that a step ends with."""
    last = step.lines[-1] if step.lines else None
    if last is None or last.condition is not None:
        return None
    asks = last.line.instruction
    if isinstance(asks, Collect):
        return last if len(asks.slots) == 1 and asks.text is not None else None
    return last if isinstance(asks, Ask) and asks.kind is not QuestionKind.ANYTHING_ELSE else None


def _said(question: DraftLine) -> str:
    asks = question.line.instruction
    return (asks.text or "") if isinstance(asks, Ask | Collect) else ""


def _named(following: Sequence[DraftStep], offered: set[str], file: SourceFile) -> Iterator[Span]:
    """Yield the titles of the steps in a row that the question offers."""
    for step in following:
        words = unbolded(file, step.span) or step.span
        title = file.slice(words).rstrip(" :*\t")
        roots = _roots(title)
        heads = all(one.line.span != step.span for one in step.lines) and bool(step.lines)
        if step.condition is not None or not heads or not roots or len(title.split()) > TITLE_WORDS_MAX:
            return
        if not roots <= offered:
            return
        yield Span(words.start, words.start + len(title))


def _roots(words: str) -> set[str]:
    return {_root(word) for word in (one.casefold() for one in _WORD.findall(words)) if word not in _SMALL}
