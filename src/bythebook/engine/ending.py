"""How a case ends: the goodbye, the resolution, and what the document says after it. Invariant 3."""

from __future__ import annotations

from bythebook.engine.holding import reachable
from bythebook.engine.state import CaseState
from bythebook.engine.task import Rest, RunStep, SayHouse, Task
from bythebook.engine.walk import Entry, walks_through
from bythebook.routine.model import Line, Routine, Say, Step
from bythebook.routine.wording import Release


def closing_tasks(release: Release) -> tuple[Task, ...]:
    """Return the end of a case: the goodbye, where the document has none of its own, then the resolution."""
    resolution = release.routine.resolution
    step = release.routine.step_of(resolution.label) if resolution is not None else None
    if step is None:
        return (SayHouse("goodbye"), Rest())
    end = RunStep(step.label)
    return (end,) if takes_leave(release.routine) else (SayHouse("goodbye"), end)


def takes_leave(routine: Routine) -> bool:
    """Tell whether the document itself always says something once the case is resolved."""
    resolution = routine.resolution
    if resolution is None:
        return False
    said = (line for step in routine.steps if step.condition is None for line in _said_after(step, resolution))
    return any(line.parent is None and line.condition is None for line in said)


def is_resolved(routine: Routine, state: CaseState) -> bool:
    """Tell whether the resolution was called and came back: nothing is left but what is said after it."""
    resolution = routine.resolution
    return resolution is not None and resolution.label in state.done and routine.resolution_function in state.outcomes


def left_to_resolve(routine: Routine, state: CaseState, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is still to do of the step that resolves the case, up to the resolution."""
    resolution, closing = routine.resolution, routine.closing_question
    assert resolution is not None
    asked = closing.label if closing is not None else ""
    upto = lines[: lines.index(resolution.label) + 1]
    return tuple(label for label in upto if label not in state.done and label != asked)


def after_resolution(routine: Routine, state: CaseState) -> Entry | None:
    """Return what is still to be said once the case is resolved ("Thank the customer: ..."); nothing else is done."""
    resolution = routine.resolution
    assert resolution is not None
    for step in routine.steps:
        if not walks_through(routine, state, step):
            continue
        left = (line for line in _said_after(step, resolution) if line.label not in state.done)
        lines = tuple(line.label for line in left if reachable(routine, state, step, line))
        if lines:
            return Entry(step.label, lines)
    return None


def _said_after(step: Step, resolution: Line) -> tuple[Line, ...]:
    after = (line for line in step.lines if line.span.start > resolution.span.start)
    return tuple(line for line in after if isinstance(line.instruction, Say))
