"""What a message asks for besides the routine's steps: lines, answers of the article, conditions of lines (R13)."""

from __future__ import annotations

from bythebook.engine.choice import Choice
from bythebook.engine.heard import Heard
from bythebook.engine.holding import holds
from bythebook.engine.task import HUMAN_OFFER, Answer, GiveLine, Meet, SayAgain, SayHouse, Task
from bythebook.engine.walk import under
from bythebook.engine.words import options_words
from bythebook.routine.model import ConditionKind, Group, Line, Say, Step


def lines_and_articles(heard: Heard) -> list[Task]:
    """Return what gives the lines and answers that are asked for."""
    routine = heard.release.routine
    running = {c.name for c in heard.of("step")}
    tasks: list[Task] = []
    for found in heard.of("line"):
        step = routine.step_of(found.name)
        if step is not None and step.label not in running:
            tasks.append(_given(heard, step, found.name))
    for found in _reported_lines(heard):
        step = routine.step_of(found.name)
        if step is not None and step.label not in running:
            tasks += met(heard, step, found.name)
    numbers = sorted({int(found.name) for found in heard.of("article")})
    return [*tasks, *(Answer(number) for number in numbers)]


def met(heard: Heard, step: Step, label: str) -> list[Task]:
    """Return what follows where the customer's words meet the condition of a line.

    What is only said is said at once. What does something waits for its place in the routine; where that was passed
    or will not come, this assistant cannot do it.
    """
    state = heard.state
    family = under(step, label)
    lines = [line for line in step.lines if line.label in family]
    if not any(_does(line) for line in lines):
        return [_given(heard, step, label)]
    if carried := tuple(name for name in family if name in state.spoken):
        return [SayAgain(carried)]
    kept_out = step.condition is not None and holds(heard.release.routine, state, step.label, step.condition) is False
    if kept_out or label in state.done:
        return [SayHouse(*options_words(heard.release)), HUMAN_OFFER]
    return [Meet(label)]


def _given(heard: Heard, step: Step, label: str) -> Task:
    family = under(step, label)
    lines = [line for line in step.lines if line.label in family and not isinstance(line.instruction, Group)]
    said = tuple(line.label for line in lines if line.label in heard.state.spoken)
    return SayAgain(said) if said and len(said) == len(lines) else GiveLine(label)


def _does(line: Line) -> bool:
    return not isinstance(line.instruction, Say | Group)


def _reported_lines(heard: Heard) -> list[Choice]:
    """Lines whose condition the customer reports ("if the customer asks about past purchases")."""
    routine = heard.release.routine
    lines = ((found, routine.line(found.name)) for found in heard.of("step") if routine.step(found.name) is None)
    return [
        found
        for found, line in lines
        if line is not None and line.condition is not None and line.condition.kind is ConditionKind.REPORT
    ]
