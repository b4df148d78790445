"""How a routine goes on after a human hands the case back (R8)."""

from __future__ import annotations

from dataclasses import replace

from bythebook.engine.event import TurnPlanned
from bythebook.engine.jumps import was_passed
from bythebook.engine.state import CaseState
from bythebook.engine.task import (
    AskLine,
    GiveFeedback,
    HandOff,
    Meet,
    Offer,
    Rest,
    RunStep,
    SayAgain,
    SayHouse,
    SayPhrase,
    Task,
)
from bythebook.engine.walk import wanted_by_facts
from bythebook.routine.model import Ask, ConditionKind, Routine

BEFORE_STEPS = (SayHouse, SayPhrase, RunStep, SayAgain)


def why_not_at(routine: Routine, label: str) -> str | None:
    """Return why the routine cannot go on at this line or step; None when it can."""
    step = routine.step_of(label)
    if step is None:
        return f"the document has no line `{label}`"
    resolution, closing = routine.resolution, routine.closing_question
    if resolution is not None and step.line(resolution.label) is not None:
        before = f"; hand back at `{closing.label}`" if closing is not None else ""
        return f"line `{label}` resolves the case, and comes only after its question was answered{before}"
    return None


def resume(routine: Routine, state: CaseState) -> TurnPlanned:
    """Return the agenda after a hand-back: the named line, else what was left undone; steps in document order."""
    named = _at(routine, state.return_line)
    steps: dict[str, RunStep] = {task.step: task for task in named if isinstance(task, RunStep)}
    for step in wanted_by_facts(routine, state):
        steps.setdefault(step.label, RunStep(step.label))
    in_order = sorted(steps.values(), key=lambda task: _place(routine, task.step))
    questions = tuple(task for task in named if isinstance(task, AskLine))
    if state.return_line is None:
        left: tuple[Task, ...] = (*state.tasks, *in_order, *feedback_due(state, state.tasks))
        return TurnPlanned(left, misses=state.misses, why=("handed back",))
    why = (f"handed back at {state.return_line}",)
    met = tuple(Meet(label) for label in _taken_to_hold(routine, state, state.return_line))
    tasks: tuple[Task, ...] = (*met, *in_order, *feedback_due(state), *questions)
    due = _passed_behind(routine, state, state.return_line)
    return TurnPlanned(tasks, misses=state.misses, fresh=True, reopens=due, why=why)


def _taken_to_hold(routine: Routine, state: CaseState, label: str) -> tuple[str, ...]:
    """Return the lines, from the outside in, whose condition a human says holds by naming a line under it."""
    step = routine.step_of(label)
    at = step.line(label) if step is not None else None
    found: list[str] = []
    while step is not None and at is not None:
        said = at.condition is not None and at.condition.kind is ConditionKind.REPORT
        if said and at.label not in state.met:
            found.append(at.label)
        at = step.line(at.parent) if at.parent is not None else None
    return tuple(reversed(found))


def _passed_behind(routine: Routine, state: CaseState, label: str) -> tuple[str, ...]:
    """Return the lines from one on, on its path, of which nothing was carried out though they count as done."""
    step = routine.step_of(label)
    if step is None:
        return ()
    lines = [line for other in routine.steps if other.path == step.path for line in other.lines]
    first = step.line(label) or next(iter(step.lines), None)
    behind = lines[lines.index(first) :] if first is not None else []
    return tuple(line.label for line in behind if was_passed(state, line))


def settled_since(routine: Routine, state: CaseState) -> TurnPlanned | None:
    """Return the agenda of what facts have settled while nothing else was under way; None where that is nothing."""
    wanted = wanted_by_facts(routine, state)
    if not wanted and not state.feedback:
        return None
    why = tuple(f"{step.condition.fact} was settled" for step in wanted if step.condition is not None)
    why += tuple(f"feedback of {feedback.human}" for feedback in state.feedback)
    tasks: tuple[Task, ...] = (*(RunStep(step.label) for step in wanted), *feedback_due(state))
    return TurnPlanned(tasks, misses=state.misses, why=why)


def feedback_due(state: CaseState, planned: tuple[Task, ...] = ()) -> tuple[GiveFeedback, ...]:
    """Return a task for each feedback that is not said yet, nor planned."""
    already = sum(isinstance(task, GiveFeedback) for task in planned)
    return tuple(GiveFeedback() for _ in state.feedback[already:])


def with_resumed(routine: Routine, state: CaseState, planned: TurnPlanned) -> TurnPlanned:
    """Return one agenda for the messages that waited and for what the hand-back goes on with, as one turn.

    A step that both want is run once, and the question that the human named is put last, once.
    """
    back = resume(routine, state)
    doing = {state.cursor.step} if state.cursor is not None and not back.fresh else set()
    own = tuple(task for task in planned.tasks if not (isinstance(task, RunStep) and task.step in doing))
    tasks = _with(routine, own, back.tasks)
    asked = [task for task in back.tasks if isinstance(task, AskLine)]
    if asked and not any(isinstance(task, Offer | AskLine) for task in tasks):
        tasks = [*(task for task in tasks if not isinstance(task, Rest)), *asked]
    return replace(planned, tasks=tuple(tasks), fresh=back.fresh, why=(*back.why, *planned.why))


def with_settled(routine: Routine, state: CaseState, planned: TurnPlanned) -> TurnPlanned:
    """Return the agenda of a message with what facts have settled since: it comes before any question is put."""
    since = settled_since(routine, state)
    if since is None or any(isinstance(task, HandOff) for task in planned.tasks):
        return planned
    return replace(planned, tasks=tuple(_with(routine, planned.tasks, since.tasks)), why=(*since.why, *planned.why))


def _with(routine: Routine, planned: tuple[Task, ...], more: tuple[Task, ...]) -> list[Task]:
    """Return the tasks planned, and of the others all but questions, each in its place; a step both want once."""
    tasks = list(planned)
    wanted = {task.step for task in planned if isinstance(task, RunStep)}
    for task in more:
        if isinstance(task, RunStep) and task.step in wanted:
            tasks = [task if isinstance(at, RunStep) and at.step == task.step else at for at in tasks]
        elif not isinstance(task, AskLine):
            tasks.insert(_where(routine, tasks, task), task)
    return tasks


def _where(routine: Routine, tasks: list[Task], task: Task) -> int:
    """Return the place in the agenda before which a resumed task belongs: steps in document order."""
    for at, other in enumerate(tasks):
        if not isinstance(other, BEFORE_STEPS):
            return at
        if not (isinstance(other, RunStep) and isinstance(task, RunStep)):
            continue
        if _place(routine, other.step) > _place(routine, task.step):
            return at
    return len(tasks)


def _place(routine: Routine, label: str) -> int:
    step = routine.step(label)
    return step.span.start if step is not None else 0


def _at(routine: Routine, label: str | None) -> tuple[Task, ...]:
    if label is None:
        return ()
    step = routine.step_of(label)
    assert step is not None, "the desk names a line of the routine"
    line = step.line(label) or next(iter(step.lines), None)
    if line is None:
        return ()
    if isinstance(line.instruction, Ask):
        return (AskLine(line.label),)
    return (RunStep(step.label, at=line.label),)
