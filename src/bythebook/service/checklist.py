"""What is still to be done between a draft and its release, in order: each with the place where it is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bythebook.compiler.phrase_needs import PhraseState
from bythebook.compiler.sidecars import DOCUMENT_PATH
from bythebook.proving.answering import NO, YES, Answer
from bythebook.service.alike import proposed
from bythebook.service.analysis import Analysis
from bythebook.service.chat_limits import wants_file, wants_masked

LABELS_SHOWN: Final = 5
"""So many lines are named; of more, how many."""


class Where(Enum):
    """The parts of a document's page."""

    TEXT = "text"
    CONDITIONS = "conditions"
    PHRASES = "phrases"
    FUNCTIONS = "functions"
    FILES = "files"
    EXAMPLES = "examples"
    TRY = "try"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to be done, or done."""

    where: Where
    words: str
    left: int
    """How many are left; 0 where it is done."""

    must: bool
    """Whether it keeps the document from being released."""

    anchor: str = ""
    """The first of them, within its part of the page."""

    @property
    def done(self) -> bool:
        return self.left == 0


def checklist(analysis: Analysis) -> tuple[Task, ...]:
    """Return what is to be done, first things first; the last is the release."""
    # What a function or a remark changes in the text comes before the phrases for its lines: nothing is read twice.
    tasks = [*_in_text(analysis), *_of_functions(analysis), *_of_conditions(analysis), *_remarked(analysis)]
    tasks += _beyond_the_chat(analysis)
    tasks += [*_of_phrases(analysis), *_beside(analysis), *_walked(analysis), *_without_example(analysis)]
    ready = all(task.done for task in tasks if task.must)
    release = Task(Where.RELEASE, "Release it" if ready else "Release it, once all of this is done", 1, must=False)
    return (*tasks, release)


def ready(analysis: Analysis) -> bool:
    """Whether nothing keeps a draft from being released."""
    return analysis.release is not None and all(task.done for task in checklist(analysis) if task.must)


def _in_text(analysis: Analysis) -> Iterator[Task]:
    errors = [one for one in analysis.errors if one.path == DOCUMENT_PATH]
    empty = not analysis.compiled.file.text.strip()
    words = (
        "Write the text" if empty else _count(len(errors), "place in the text to mend", "places in the text to mend")
    )
    if not errors:
        words = "The text is understood, every line of it"
    yield Task(Where.TEXT, words, len(errors), must=True, anchor=f"L{errors[0].line}" if errors else "")


def _of_conditions(analysis: Analysis) -> Iterator[Task]:
    unsettled = [one for one in analysis.deciding if one.open]
    if unsettled:
        words = _count(len(unsettled), "outcome to choose", "outcomes to choose")
        yield Task(Where.CONDITIONS, words, len(unsettled), must=True, anchor=f"condition-{unsettled[0].label}")
    elif analysis.deciding:
        yield Task(Where.CONDITIONS, "Every condition is decided", 0, must=True)


def _of_phrases(analysis: Analysis) -> Iterator[Task]:
    needs = [need for need in analysis.needs if need.state is not PhraseState.APPROVED]
    to_write = [need for need in needs if not proposed(need)]
    to_read = [need for need in needs if need not in to_write]
    if to_write:
        words = _count(len(to_write), "phrase to write", "phrases to write")
        yield Task(
            Where.PHRASES, words, len(to_write), must=True, anchor=f"{to_write[0].kind.value}-{to_write[0].name}"
        )
    if to_read:
        words = _count(len(to_read), "phrase to read and approve", "phrases to read and approve")
        yield Task(Where.PHRASES, words, len(to_read), must=True, anchor=f"{to_read[0].kind.value}-{to_read[0].name}")
    if not needs:
        words = "Every phrase is approved" if analysis.needs else "No phrase is needed: all that is said is quoted"
        yield Task(Where.PHRASES, words, 0, must=True)


def _of_functions(analysis: Analysis) -> Iterator[Task]:
    loose = [one for one in analysis.functions if not one.bound]
    if loose:
        words = _count(len(loose), "function to connect, or for a person", "functions to connect, or for a person")
        yield Task(Where.FUNCTIONS, words, len(loose), must=True, anchor=f"function-{loose[0].name}")
    elif analysis.functions or analysis.by_hand:
        yield Task(Where.FUNCTIONS, _settled(analysis), 0, must=True)
    for one in analysis.by_hand:
        if one.first:
            words = f"Every case waits for a person at line {one.label}, the first; a person has to hand it back"
            yield Task(Where.FUNCTIONS, words, 1, must=False, anchor=f"by-hand-{one.label}")


def _settled(analysis: Analysis) -> str:
    """Return how the functions are settled: connected, done by people, or with nothing to do."""
    people, idle = sum(one.person for one in analysis.by_hand), sum(one.nothing for one in analysis.functions)
    if not people and not idle:
        return "Every function is connected"
    connected = len(analysis.functions) - idle
    parts = [
        f"{connected} connected" if connected else "",
        f"{people} done by a person" if people else "",
        f"{idle} with nothing to do" if idle else "",
    ]
    return f"Every function is settled: {', '.join(part for part in parts if part)}"


def _beside(analysis: Analysis) -> Iterator[Task]:
    errors = [one for one in analysis.errors if one.path != DOCUMENT_PATH]
    if errors:
        words = _count(len(errors), "mistake in a file beside the text", "mistakes in the files beside the text")
        yield Task(Where.FILES, words, len(errors), must=True, anchor=f"finding-{errors[0].path}-{errors[0].line}")
    if analysis.unreviewed:
        count = len(analysis.unreviewed)
        words = _count(
            count, "file of data to compare with its source", "files of data to compare with their sources"
        )
        yield Task(Where.FILES, words, count, must=False, anchor=f"file-{analysis.unreviewed[0].path}")


def _walked(analysis: Analysis) -> Iterator[Task]:
    stuck, all_of = analysis.walk.stuck, len(analysis.walk.answers)
    if len(stuck) == 1:
        words = f"With {answer_words(stuck[0])} nobody gets on"
        yield Task(Where.TRY, words, 1, must=False, anchor="answers")
    elif stuck:
        words = f"With {len(stuck)} of {all_of} answers nobody gets on"
        yield Task(Where.TRY, words, len(stuck), must=False, anchor="answers")
    elif all_of and analysis.walk.exact:
        words = (
            f"Walked through with each of {all_of} answers: all get on"
            if all_of > 1
            else "Walked through: all get on"
        )
        missed = [label.rstrip("?!") for label in analysis.walk.unmet]
        if missed:
            words += f"; {_count(len(missed), 'question was', 'questions were')} not come to: {_few(missed)}"
        yield Task(Where.TRY, words, len(missed), must=False, anchor="answers")
    elif not analysis.walk.exact and analysis.release is not None:
        words = "Too large to be walked through here with every answer: try it by hand"
        yield Task(Where.TRY, words, 1, must=False)


def _few(labels: Sequence[str]) -> str:
    more = len(labels) - LABELS_SHOWN
    return f"{', '.join(labels[:LABELS_SHOWN])}{f' and {more} more' if more > 0 else ''}"


def answer_words(answer: Answer) -> str:
    """Return an answer to a question, in words."""
    question = f"question {answer.question.rstrip('?!')}"
    if answer.words in (YES, NO):
        return f"a {answer.words} to {question}"
    return f"“{answer.words}” at {question}" if answer.words else f"any answer to {question}"


def _remarked(analysis: Analysis) -> Iterator[Task]:
    remarks = analysis.remarks
    if remarks:
        place = Where.TEXT if remarks[0].path == DOCUMENT_PATH else Where.FILES
        words = _count(len(remarks), "remark worth a look", "remarks worth a look")
        yield Task(place, words, len(remarks), must=False, anchor=f"L{remarks[0].line}")


def _beyond_the_chat(analysis: Analysis) -> Iterator[Task]:
    """What customers are asked for and the chat does not take: better known before the release than after it."""
    if (file := wants_file(analysis.compiled)) is not None:
        words = f"Line {file.label} speaks of a file (“{file.words}”): customers cannot send one in the chat"
        yield Task(Where.TEXT, words, 1, must=False, anchor=f"L{file.place}")
    if (masked := wants_masked(analysis.compiled)) is not None:
        words = f"Line {masked.label} asks for “{masked.words}”: the chat takes that out of what customers write"
        yield Task(Where.TEXT, words, 1, must=False, anchor=f"L{masked.place}")


def _without_example(analysis: Analysis) -> Iterator[Task]:
    thin = [one for one in analysis.untidy.thin if one.count == 0]
    if thin:
        words = _count(
            len(thin),
            "place without an example of what customers say",
            "places without an example of what customers say",
        )
        yield Task(Where.EXAMPLES, words, len(thin), must=False, anchor=f"choice-{thin[0].choice}")


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
