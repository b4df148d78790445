"""Where a jump leads: what it leaves undone, what it opens again, and which paths are under way afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bythebook.engine.state import CaseState
from bythebook.routine.model import Call, Goto, Line, Routine, Step


@dataclass(frozen=True, slots=True)
class Way:
    """What a jump does to the lines."""

    passed: tuple[str, ...] = ()
    """Lines that are left undone."""

    reopened: tuple[str, ...] = ()
    """Lines that are carried out anew."""

    left_out: tuple[str, ...] = ()
    """Lines that an earlier jump passed, and that are due now: what is known for them stays."""

    followed: tuple[str, ...] | None = None
    """The steps at which paths are entered from now on; None where no path is concerned."""


def way_to(routine: Routine, state: CaseState, line: Line, target: str) -> Way:
    """Return what a jump from `line` to the step or line `target` does."""
    here, there = routine.step_of(line.label), routine.step_of(target)
    assert here is not None
    if there is None or (here.path is None and there.path is None):
        return _in_order(tuple(routine.lines), routine, state, line, target)
    if there.path is None:
        # Out of all paths, to what stands between or behind them.
        common = tuple(found for step in routine.steps if step.path is None for found in step.lines)
        return _from(common, state, _first(routine, target))
    path = tuple(found for step in routine.steps if step.path == there.path for found in step.lines)
    under_way = _under_way(routine, state.followed, here)
    returns = isinstance(line.instruction, Goto) and line.instruction.returns
    if here.path == there.path and not returns:
        way = _in_order(path, routine, state, line, target)
        return replace(way, followed=_reaching(routine, under_way, there))
    begun = _first(routine, target)
    labels = tuple(found.label for found in path)
    anew = tuple(label for label in labels[labels.index(begun) :] if label != line.label)
    if returns:
        return Way((), anew, followed=(*under_way, there.label))
    if here.path is None:
        return Way((), anew, followed=(there.label,))
    return Way(rest_of_path(routine, here, line), anew, followed=(*under_way[:-1], there.label))


def rest_of_path(routine: Routine, step: Step, line: Line) -> tuple[str, ...]:
    """Return a line and those of its path behind it."""
    labels = [found.label for other in routine.path_from(step.label) for found in other.lines]
    return tuple(labels[labels.index(line.label) :]) if line.label in labels else (line.label,)


def _in_order(lines: tuple[Line, ...], routine: Routine, state: CaseState, line: Line, target: str) -> Way:
    place = {found.label: at for at, found in enumerate(lines)}
    here, there = place[line.label], place.get(_first(routine, target), len(lines))
    if there > here:
        left = tuple(found.label for found in lines[there:] if was_passed(state, found))
        return Way(tuple(found.label for found in lines[here:there]), left_out=left)
    return Way((), tuple(found.label for found in lines[there : here + 1]))


def was_passed(state: CaseState, line: Line) -> bool:
    """Whether a line was left behind without anything of it being said, asked, called or followed."""
    if line.label not in state.done or line.label in state.spoken or line.label in state.asked:
        return False
    match line.instruction:
        case Call(function=function):
            return function not in state.outcomes
        case Goto():
            return line.label not in state.jumps
        case _:
            return True


def _from(lines: tuple[Line, ...], state: CaseState, first: str) -> Way:
    """Return the way to a line outside all paths: what stands before it and was not done is left out."""
    labels = tuple(found.label for found in lines)
    at = labels.index(first) if first in labels else len(labels)
    return Way(tuple(label for label in labels[:at] if label not in state.done), labels[at:], followed=())


def _first(routine: Routine, target: str) -> str:
    step = routine.step_of(target)
    return step.lines[0].label if step is not None and step.label == target and step.lines else target


def _under_way(routine: Routine, followed: tuple[str, ...], here: Step) -> tuple[str, ...]:
    """Return the paths without those that have come to their end: the innermost holds the step that is at work."""
    at = next((at for at in range(len(followed) - 1, -1, -1) if here in routine.path_from(followed[at])), -1)
    return followed[: at + 1]


def _reaching(routine: Routine, followed: tuple[str, ...], step: Step) -> tuple[str, ...]:
    """Return the paths under way, the innermost reaching back to a step that is gone back to."""
    if not followed or step in routine.path_from(followed[-1]):
        return followed
    return (*followed[:-1], step.label)
