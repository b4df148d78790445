"""Where a routine can go from here: which lines are due, which question is open. Rules R0 and R2.

The walk goes through the steps in document order; paths only where a jump has entered them, the latest first. What a
customer may bring up at any time (the answers of a which-question, reports) is entered by the turn's agenda;
everything else is due when the walk comes to it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bythebook.engine.conditions import walked
from bythebook.engine.facts import fact_holds
from bythebook.engine.holding import compared_in, holds, reachable, unsaid
from bythebook.engine.known import found_as
from bythebook.engine.menu import slots_of
from bythebook.engine.state import CaseState
from bythebook.routine.model import (
    STANDING,
    Ask,
    Call,
    Collect,
    ConditionKind,
    HandOver,
    Line,
    QuestionKind,
    Routine,
    Step,
)
from bythebook.routine.value import Value, fixed_value


@dataclass(frozen=True, slots=True)
class Entry:
    """Lines of one step whose time has come."""

    step: str
    lines: tuple[str, ...]


def settled_by(routine: Routine, step: Step) -> tuple[str, ...]:
    """Return the questions that entering this step answers, or lets lapse because nobody needs them now.

    A step whose condition no question asks for (a report: "you refused us") makes earlier which-questions
    unneeded (R4); a step that answers a question settles that question only; a standing note settles none.
    """
    if step.condition is None or step.label.startswith(STANDING):
        return ()
    asking = [line for line in routine.questions(QuestionKind.WHICH) if step.label in _answers(line)]
    if asking:
        return tuple(line.label for line in asking)
    if walked(step.condition):
        return ()
    earlier = [line for line in routine.questions(QuestionKind.WHICH) if line.span.start < step.span.start]
    return tuple(line.label for line in earlier)


def next_in_walk(
    routine: Routine, state: CaseState, settled: Collection[str], before: int | None = None
) -> Entry | Line | None:
    """Return what the walk comes to next: lines to carry out, or the line that asks; None at its end.

    With `before`, only what stands before that offset. The resolution waits for the closing question.
    """
    standing = _standing(routine, state)
    if standing is not None:
        return standing
    for label in reversed(state.followed):
        for step in routine.path_from(label):
            found = _next_in_step(routine, state, step, settled) if walks_through(routine, state, step) else None
            if found is not None:
                return found
    for step in routine.steps:
        if before is not None and step.span.start >= before:
            return None
        if step.path is not None or not walks_through(routine, state, step):
            continue
        found = _next_in_step(routine, state, step, settled)
        if found is not None:
            return found
        if routine.resolution is not None and step.line(routine.resolution.label) is not None:
            return None
    return None


def _standing(routine: Routine, state: CaseState) -> Entry | None:
    """What a note asks for whose condition words have met: it binds at any time, so it comes first."""
    for step in routine.steps:
        if not step.label.startswith(STANDING):
            continue
        for line in step.lines:
            if line.label in state.met and line.label not in state.done:
                left = tuple(label for label in under(step, line.label) if label not in state.done)
                return Entry(step.label, left)
    return None


def _next_in_step(routine: Routine, state: CaseState, step: Step, settled: Collection[str]) -> Entry | Line | None:
    lines: list[str] = []
    for line in step.lines:
        if line is routine.resolution:
            break
        if line.label in state.done or _answered(line, settled) or unsaid(routine, state, step, line):
            continue
        if waits(line, state, settled) and (reachable(routine, state, step, line) or _calls(step, lines)):
            if not lines:
                return line
            break
        asking = asked_first(routine, state, line, settled)
        if asking is not None and reachable(routine, state, step, line):
            if not lines:
                return asking
            break
        lines.append(line.label)
    return Entry(step.label, tuple(lines)) if lines else None


def upto_question(
    routine: Routine, state: CaseState, step: Step, settled: Collection[str], begin: str | None = None
) -> tuple[str, ...]:
    """Return a step's lines, from `begin` on, up to the first question that waits: its answer comes before the rest.

    Lines that wait for somebody's word are left out, and stay due; so is a call for which something is to be asked.
    """
    labels = [line.label for line in step.lines]
    begun = step.lines[labels.index(begin) :] if begin is not None else step.lines
    lines = [line for line in begun if line.label == begin or not unsaid(routine, state, step, line)]
    for at, line in enumerate(lines):
        if asked_first(routine, state, line, settled) is not None and reachable(routine, state, step, line):
            lines = lines[:at]
            break
        if not waits(line, state, settled):
            continue
        if reachable(routine, state, step, line):
            lines = lines[: at + 1]
            break
        if _calls(step, [before.label for before in lines[:at]]):
            lines = lines[:at]
            break
    return tuple(line.label for line in lines)


def asked_first(routine: Routine, state: CaseState, line: Line, settled: Collection[str]) -> Line | None:
    """Return the question that comes before a call: it asks for what the call names and nobody has given."""
    for name in lacking(line, state):
        for other in routine.lines:
            asks = any(
                found_as(name, {slot.name: None}) is not None and not slot.optional for slot in slots_of(other)
            )
            if asks and waits(other, state, settled):
                return other
    return None


def lacking(line: Line, state: CaseState) -> tuple[str, ...]:
    """Return what a call names and the case does not know."""
    if not isinstance(line.instruction, Call):
        return ()
    return tuple(name for name in line.instruction.named if not _known(name, state.facts))


def without(routine: Routine, state: CaseState, line: Line) -> tuple[str, ...]:
    """Return what a call cannot be made without: what the document asks for and insists on, and nobody gave.

    What it asks nobody for (who the customer is, say) is known to the function itself.
    """
    insisted = [slot.name for other in routine.lines for slot in slots_of(other) if not slot.optional]
    return tuple(name for name in lacking(line, state) if found_as(name, dict.fromkeys(insisted)) is not None)


def _calls(step: Step, labels: Collection[str]) -> bool:
    """Whether some of these lines call a function: what it returns may decide whether a question behind it is put."""
    return any(isinstance(line.instruction, Call) for line in step.lines if line.label in labels)


def lapsing(routine: Routine, state: CaseState, label: str) -> tuple[str, ...]:
    """Return the questions that nobody needs once the condition of a line is met: those beside it, not answered."""
    step, line = routine.step_of(label), routine.line(label)
    if step is None or line is None:
        return ()
    before = step.lines[: step.lines.index(line)]
    asking = (one for one in before if isinstance(one.instruction, Ask) and one.parent == line.parent)
    answered = state.answers
    return tuple(one.label for one in asking if _answers(one) and one.label not in answered)


def does_more_than_say(routine: Routine, step: Step, due: Line) -> bool:
    """Whether a step that somebody's word has met must wait for a question before it: it calls functions."""
    calls = any(isinstance(line.instruction, Call) and line != routine.resolution for line in step.lines)
    asks_which = isinstance(due.instruction, Ask) and due.instruction.kind is QuestionKind.WHICH
    return calls and not asks_which and step.condition is not None and not step.label.startswith(STANDING)


def along(routine: Routine, state: CaseState) -> Entry | None:
    """Return the lines that are said together with the question that waits, where they were not said yet."""
    question = routine.line(state.pending) if state.pending else None
    labels = question.instruction.along if question is not None and isinstance(question.instruction, Collect) else ()
    left = tuple(label for label in labels if label not in state.done)
    step = routine.step_of(left[0]) if left else None
    return Entry(step.label, tuple(label for label in left if step.line(label))) if step is not None else None


def walks_through(routine: Routine, state: CaseState, step: Step) -> bool:
    """Whether the walk takes the step: it hangs on nothing, was entered, or its condition is decided and holds."""
    if step.condition is None or step.label in state.entries or step.label in state.met:
        return True
    decided = walked(step.condition) or step.condition.question in state.answers
    return decided and holds(routine, state, step.label, step.condition) is True


def waits(line: Line, state: CaseState, settled: Collection[str]) -> bool:
    """Whether the line asks for something that is not known yet."""
    match line.instruction:
        case Ask():
            return line.label not in settled
        case Collect(slots=slots):
            return line.label not in settled and any(not _known(slot.name, state.facts) for slot in slots)
        case _:
            return False


def _known(slot: str, facts: Mapping[str, Value]) -> bool:
    found = found_as(slot, facts)
    return found is not None and facts[found] not in (None, "", ())


def _answered(line: Line, settled: Collection[str]) -> bool:
    return isinstance(line.instruction, Ask) and line.label in settled


def _unasked(routine: Routine, state: CaseState, line: Line) -> bool:
    """Whether a question hangs on an answer of yes or no that was changed since."""
    step = routine.step_of(line.label)
    holders = [(step.label, step.condition)] if step is not None else []
    at: Line | None = line
    while at is not None and step is not None:
        holders.append((at.label, at.condition))
        at = step.line(at.parent) if at.parent is not None else None
    return any(
        condition is not None
        and condition.kind is ConditionKind.ANSWER
        and bool(condition.answer)
        and holds(routine, state, label, condition) is False
        for label, condition in holders
    )


def question_for(routine: Routine, state: CaseState) -> Line | None:
    """Return the one question to put now (R2): the pending one, else what the walk asks, else the closing one."""
    pending = routine.line(state.pending) if state.pending else None
    # What words have met comes before the question whether there is anything else.
    overtaken = pending == routine.closing_question and bool(state.met)
    lapsed = pending is None or overtaken or _unasked(routine, state, pending)
    if pending is not None and not lapsed and waits(pending, state, state.settled):
        return pending
    found = next_in_walk(routine, state, state.settled)
    return found if isinstance(found, Line) else routine.closing_question


def wanted_by_facts(routine: Routine, state: CaseState) -> tuple[Step, ...]:
    """Return the steps, not yet entered, whose condition a fact has settled to hold."""
    if not state.facts:
        return ()
    return tuple(
        step
        for step in routine.conditional
        if step.condition is not None
        and not walked(step.condition)
        and step.label not in state.entries
        and step.label not in state.met
        and step.condition.question not in state.answers
        and fact_holds(step.condition.fact, state.facts) is True
    )


def known_facts(routine: Routine) -> tuple[str, ...]:
    """Return the names of the yes-or-no facts that this routine's conditions depend on."""
    steps = [step.condition for step in routine.conditional]
    lines = (line.condition for line in routine.lines if line.condition is not None)
    words = [one for one in lines if one.kind is ConditionKind.REPORT or one.found_at]
    return tuple(dict.fromkeys(condition.fact for condition in (*steps, *words) if condition is not None))


def known_values(routine: Routine) -> tuple[str, ...]:
    """Return the names of the values that this routine takes: for calls, as answers, and to compare."""
    found: list[str] = []
    for line in routine.lines:
        match line.instruction:
            case Call():
                found += line.instruction.named
            case HandOver(does=Call(named=named)):
                found += named
            case Collect(slots=slots):
                found += (slot.name for slot in slots)
            case _:
                pass
    holders: tuple[Step | Line, ...] = (*routine.steps, *routine.lines)
    tests = (holder.condition.test for holder in holders if holder.condition is not None)
    found += (name for test in tests if test is not None for name in compared_in(test))
    return tuple(dict.fromkeys(found))


def arguments_of(routine: Routine, call: Call, facts: Mapping[str, Value]) -> dict[str, Value]:
    """Return the call's arguments, by the function's own parameter names, from what the case knows.

    A call that names as many values as the definition has parameters gives them in that order.
    """
    definition = routine.function(call.function)
    parameters = tuple(parameter.name for parameter in definition.parameters) if definition is not None else ()
    names = parameters if len(parameters) == len(call.arguments) else call.arguments
    arguments: dict[str, Value] = {}
    for name, given in zip(names, call.arguments, strict=True):
        fixed, found = fixed_value(given), found_as(given, facts)
        if fixed is not None:
            arguments[fixed[0] or name] = fixed[1]
        elif found is not None:
            arguments[name] = facts[found]
    return arguments


def under(step: Step, label: str) -> tuple[str, ...]:
    """Return the line and every line that stands under it, however deep, in document order."""
    family = {label}
    for line in step.lines:
        if line.parent in family:
            family.add(line.label)
    return tuple(line.label for line in step.lines if line.label in family)


def _answers(line: Line) -> tuple[str, ...]:
    return line.instruction.answers if isinstance(line.instruction, Ask) else ()
