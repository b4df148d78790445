"""An answer of yes or no that is changed later (R10): the other branch is gone through, nothing is called twice.

What was said for the new answer before is said again from the log; what was passed over is carried out now; what was
said and called for the old one stays in the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bythebook.engine import choice as ids
from bythebook.engine.heard import Heard
from bythebook.engine.state import CaseState
from bythebook.engine.task import SayAgain, SayHouse, SetAnswer, Task
from bythebook.engine.walk import under
from bythebook.routine.model import Call, Routine, Step

YES_OR_NO: Final = ("yes", "no")


def changed_answer(heard: Heard) -> list[Task]:
    """Return what gives the last question of yes or no its other answer, where the message says so."""
    marked = next((found for found in heard.of("act") if found.correction), None)
    if marked is None:
        return []
    state = heard.state
    answer = "yes" if marked.id == ids.AFFIRM else "no"
    question = next((asked for asked in reversed(tuple(state.answers)) if state.answers[asked] in YES_OR_NO), None)
    if question is None or state.answers[question] == answer:
        return []
    tasks: list[Task] = [SayHouse("correction"), SetAnswer(question, answer)]
    for step, lines in _branches(heard.release.routine, question, answer):
        again = tuple(label for label in lines if label in state.spoken)
        tasks += [SayAgain(again)] if again and step.label not in state.broken else []
    return tasks


def passed_over(routine: Routine, state: CaseState, question: str, answer: str) -> tuple[str, ...]:
    """Return the lines under an answer of yes or no that were passed, neither said nor called: they are due now."""
    return tuple(
        label
        for _, lines in _branches(routine, question, answer)
        for label in lines
        if label in state.done and label not in state.spoken and not _was_called(routine, state, label)
    )


def anew(routine: Routine, state: CaseState, step: Step, answer: str) -> tuple[str, ...]:
    """Return the lines under an answer that are due by it: what was said or called for it before is not."""
    return tuple(
        label
        for label in under(step, answer)
        if label in state.done and label not in state.spoken and not _was_called(routine, state, label)
    )


def _was_called(routine: Routine, state: CaseState, label: str) -> bool:
    line = routine.line(label)
    return line is not None and isinstance(line.instruction, Call) and line.instruction.function in state.outcomes


def _branches(routine: Routine, question: str, answer: str) -> Iterator[tuple[Step, tuple[str, ...]]]:
    """The lines that hang on an answer of yes or no, step by step."""
    if answer not in YES_OR_NO:
        return
    for step in routine.steps:
        of_step = step.condition
        whole = of_step is not None and of_step.question == question and of_step.answer == answer
        held = [
            line.label
            for line in step.lines
            if whole
            or (
                line.condition is not None and line.condition.question == question and line.condition.answer == answer
            )
        ]
        lines = tuple(dict.fromkeys(label for one in held for label in under(step, one)))
        if lines:
            yield step, lines
