"""What must hold of the lines that are carried out: those that apply, all of them, in the order of the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bythebook.engine.decide import Step
from bythebook.engine.event import (
    Asked,
    AssistantSaid,
    Event,
    FunctionCalled,
    HandoffRequested,
    HumanNotified,
    Jumped,
    LinesPassed,
    Source,
    StepDone,
    StepEntered,
    TurnPlanned,
)
from bythebook.engine.menu import sayable as sayable_in
from bythebook.engine.state import CaseState, Cursor
from bythebook.engine.task import RunStep, SayAgain, SayPhrase, Task
from bythebook.proving.applying import applies, has_nothing, left_out, met
from bythebook.routine.model import Goto, HandOver, Leave, Line, Repeat, Routine
from bythebook.routine.wording import Release


def passed_over(release: Release, steps: Sequence[Step]) -> Iterator[str]:
    """Yield the lines of entries that apply and were not carried out: in the entry's course, or at its end."""
    routine = release.routine
    for state, event in steps:
        match event:
            case LinesPassed(lines=lines):
                for label in lines:
                    line = routine.line(label)
                    if line is not None and not _may_pass(release, state, line, lines):
                        yield f"line {label} is passed over, and it applies"
            case StepDone(step=label):
                step, cursor = routine.step(label), state.cursor
                if step is None or not _whole(state, cursor, label):
                    continue
                for line in left_out(release, state, step):
                    yield f"line {line.label} is left out of its step, and it applies"
            case TurnPlanned(tasks=tasks):
                for label in _named(release, state):
                    if not any(_takes_up(task, label) for task in tasks):
                        yield f"a message names step {label}, and nothing takes it up"
            case _:
                pass


def _named(release: Release, state: CaseState) -> Iterator[str]:
    """Yield the steps that a message means beyond doubt, where its condition is one that words can meet."""
    reading = state.reading
    if reading is None or reading.unsure or release.conduct.ask_anyway:
        return
    sayable = {label for label, _ in sayable_in(release.routine)}
    under_way = state.cursor.step if state.cursor is not None else None  # it goes on after a hand-back
    for choice in reading.choices:
        named = choice.kind == "step" and choice.name in sayable and choice.name != under_way
        if named and release.routine.step(choice.name) is not None:
            yield choice.name


def _takes_up(task: Task, step: str) -> bool:
    return isinstance(task, RunStep | SayAgain) and task.step == step


def _may_pass(release: Release, state: CaseState, line: Line, passed: tuple[str, ...]) -> bool:
    first = release.routine.line(passed[0])
    if first is not None and isinstance(first.instruction, Leave | Goto | Repeat):
        return True  # the path ends there, or the jump was made as often as it may be
    if _behind(release.routine, state, line):
        return True
    heads = (release.routine.line(label) for label in passed)
    if any(
        head is not None and head.label == line.parent and _closed(release.routine, state, head) for head in heads
    ):
        return True  # it stands under a line that is passed over with it, by that line's own condition
    return has_nothing(release, state, line) or not applies(release.routine, state, line)


def _closed(routine: Routine, state: CaseState, line: Line) -> bool:
    return line.condition is not None and not applies(routine, state, line)


def _behind(routine: Routine, state: CaseState, line: Line) -> bool:
    """Whether a human hands the case back at a later line of the same step."""
    task = state.tasks[0] if state.tasks and state.cursor is None else None
    named = task.at if isinstance(task, RunStep) else None
    step = routine.step_of(line.label)
    labels = [one.label for one in step.lines] if step is not None else []
    return named in labels and labels.index(line.label) < labels.index(named)


def _whole(state: CaseState, cursor: Cursor | None, step: str) -> bool:
    """Return whether an entry was the document's own: not repeated, not one line alone, not failed."""
    plain = cursor is not None and not cursor.again and not cursor.asked_for
    return plain and step not in state.broken and state.failure is None


def not_applying(release: Release, steps: Sequence[Step]) -> Iterator[str]:
    """Yield what is carried out though its condition does not hold."""
    routine = release.routine
    for state, event in steps:
        if isinstance(event, StepEntered):
            yield from _entered(routine, state, event)
            continue
        if isinstance(event, LinesPassed):
            yield from _gone_on_under(routine, state, event.lines)
            continue
        line = _carried_out(routine, state, event)
        if line is not None and not applies(routine, state, line):
            yield f"line {line.label} is carried out, and its condition does not hold"


def _gone_on_under(routine: Routine, state: CaseState, passed: tuple[str, ...]) -> Iterator[str]:
    """What stands under a line that does not hold is passed over with it, unless a human goes past the line."""
    for label in passed:
        line, step = routine.line(label), routine.step_of(label)
        if line is None or step is None or line.condition is None or applies(routine, state, line):
            continue
        if _behind(routine, state, line):
            continue
        for other in step.lines:
            if other.parent == label and other.label not in passed and other.label not in state.done:
                yield f"line {other.label} is gone on with, and what it stands under does not hold"


def _entered(routine: Routine, state: CaseState, event: StepEntered) -> Iterator[str]:
    """A step that a message, a fact or a human brings up is on the agenda; all others are entered by what holds."""
    step = routine.step(event.step)
    if step is None or step.condition is None or event.again or event.asked_for:
        return
    asked = any(isinstance(task, RunStep) and task.step == event.step for task in state.tasks)
    known = event.step in state.entries or event.step in state.met
    if not asked and not known and met(routine, state, step.label, step.condition) is not True:
        yield f"step {event.step} is entered, and its condition does not hold"


def _carried_out(routine: Routine, state: CaseState, event: Event) -> Line | None:
    """Return the line of an entry that the event carries out."""
    cursor = state.cursor
    if cursor is None or cursor.again or cursor.asked_for:
        return None
    match event:
        case AssistantSaid(line=label, source=source) if source is not Source.FUNCTION:
            return routine.line(label) if cursor.lines[:1] == (label,) else None
        case Asked(line=label) | FunctionCalled(line=label) | Jumped(line=label):
            return routine.line(label) if cursor.lines[:1] == (label,) else None
        case HandoffRequested():
            line = routine.line(cursor.lines[0]) if cursor.lines else None
            hands = line is not None and isinstance(line.instruction, HandOver)
            return line if hands and state.call is None else None
        case _:
            return None


def out_of_order(release: Release, steps: Sequence[Step]) -> Iterator[str]:
    """Yield entries and agendas that are not in the order of the document."""
    routine = release.routine
    for state, event in steps:
        match event:
            case StepEntered(step=step, lines=lines, again=False, asked_for=False):
                if not _in_order(routine, lines):
                    yield f"the lines of step {step} are carried out in another order"
            case TurnPlanned(tasks=tasks) if not state.returned:
                named = tuple(label for task in tasks if (label := _label_of(task)) is not None)
                if not _in_order(routine, named):
                    yield "one turn takes up steps in another order"
            case _:
                pass


def _label_of(task: Task) -> str | None:
    match task:
        case RunStep(step=label) | SayPhrase(line=label):
            return label
        case _:
            return None


def _in_order(routine: Routine, labels: Sequence[str]) -> bool:
    held = (routine.line(label) or routine.step(label) for label in labels)
    places = [one.span.start for one in held if one is not None]
    return places == sorted(places)


def not_told(release: Release, steps: Sequence[Step]) -> Iterator[str]:
    """Yield handoffs that the customer is not told of; a resolution that fails after the goodbye is the desk's."""
    resolution = release.routine.resolution
    for at, (state, event) in enumerate(steps):
        match event:
            case HandoffRequested(announced=False) if not state.resumed:
                call = state.call
                if call is None or resolution is None or call.line != resolution.label:
                    yield "a human is asked for, and the customer is not told"
            case HumanNotified() if state.announce and state.human is None and not state.told_of:
                told = (after for _, after in steps[at + 1 : at + 2])
                if not any(isinstance(after, AssistantSaid) for after in told):
                    yield "a human was asked for, and the customer is not told"
            case _:
                pass
