"""How a routine goes on after a human hands the case back (R8)."""

from __future__ import annotations

from bythebook.engine.event import TurnPlanned
from bythebook.engine.state import CaseState
from bythebook.engine.task import AskLine, Rest, RunStep, Task
from bythebook.engine.walk import wanted_by_facts
from bythebook.routine.model import Ask, Routine


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
    """Return the agenda after a hand-back: the named line, else what was left undone, else the question.

    Messages that came while the human had the case are read next; then the question waits for them.
    """
    settled = tuple(RunStep(step.label) for step in wanted_by_facts(routine, state))
    waiting = (Rest(),) if state.inbox else ()
    if state.return_line is None:
        return TurnPlanned((*state.tasks, *settled, *waiting), why=("handed back",))
    named = (*_at(routine, state.return_line), *settled, *waiting)
    return TurnPlanned(named, fresh=True, why=(f"handed back at {state.return_line}",))


def _at(routine: Routine, label: str) -> tuple[Task, ...]:
    step = routine.step_of(label)
    assert step is not None, "the desk names a line of the routine"
    line = step.line(label) or next(iter(step.lines), None)
    if line is None:
        return ()
    if isinstance(line.instruction, Ask):
        return (AskLine(line.label),)
    return (RunStep(step.label, at=line.label),)
