"""Into which lines a task of the agenda leads, and what is due before them."""

from __future__ import annotations

from bythebook.engine.ending import left_to_resolve
from bythebook.engine.event import Answered, LinesPassed, StepEntered
from bythebook.engine.meeting import ConditionMet
from bythebook.engine.state import CaseState
from bythebook.engine.task import GiveLine, RunStep, SayAgain
from bythebook.engine.walk import Entry, does_more_than_say, next_in_walk, settled_by, under, upto_question
from bythebook.routine.model import Line, Routine
from bythebook.routine.wording import Release


def enter(
    release: Release, state: CaseState, task: RunStep | SayAgain | GiveLine
) -> StepEntered | Answered | ConditionMet:
    """Return the entry that a task asks for, or what must come before it."""
    routine = release.routine
    if isinstance(task, SayAgain):
        holder = routine.step_of(task.lines[0]) if task.lines else None
        name = task.step or (holder.label if holder is not None else "")
        # A question that was put again is answered by the step it told before.
        again = settled_by(routine, holder) if task.step is not None and holder is not None else ()
        open_ = tuple(label for label in again if label in state.asked and label not in state.settled)
        return StepEntered(name, task.lines, open_, again=True, asked_for=task.step is None)
    step = routine.step_of(task.line if isinstance(task, GiveLine) else task.step)
    assert step is not None
    if isinstance(task, GiveLine):
        return StepEntered(step.label, under(step, task.line), asked_for=True)
    settles = settled_by(routine, step)
    lines = tuple(line.label for line in step.lines)
    if task.at is not None:
        return StepEntered(step.label, upto_question(routine, state, step, state.settled, task.at), settles)
    due = next_in_walk(routine, state, state.settled | set(settles), step.span.start)
    if isinstance(due, Entry):
        return StepEntered(due.step, due.lines)
    if routine.resolution is not None and routine.resolution.label in lines:
        return StepEntered(step.label, left_to_resolve(routine, state, lines), settles)
    if isinstance(due, Line) and step.condition is not None and step.condition.question is not None:
        # Something is asked before it: the answer is kept, and the walk comes to the step in its place.
        return Answered(step.condition.question, step.label)
    if isinstance(due, Line) and does_more_than_say(routine, step, due):
        return ConditionMet(step.label)
    return StepEntered(step.label, upto_question(routine, state, step, state.settled | set(settles)), settles)


def human_went_past(routine: Routine, state: CaseState, task: RunStep | SayAgain | GiveLine) -> LinesPassed | None:
    """Return the lines before the one at which a human hands back: they stay unsaid (R8); None where none are."""
    if not isinstance(task, RunStep) or task.at is None:
        return None
    step = routine.step(task.step)
    assert step is not None
    labels = [line.label for line in step.lines]
    before = tuple(label for label in labels[: labels.index(task.at)] if label not in state.done)
    return LinesPassed(before, f"a human handed back at {task.at}") if before else None
