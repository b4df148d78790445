"""Where a routine can go from here: which lines are due, which question is open. Rules R0 and R2.

The walk goes through the steps in document order; paths only where a jump has entered them, the latest first. What a
customer may bring up at any time (the answers of a which-question, reports) is entered by the turn's agenda;
everything else is due when the walk comes to it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bythebook.engine.conditions import walked
from bythebook.engine.holding import compared_in, holds, reachable
from bythebook.engine.known import found_as
from bythebook.engine.state import CaseState
from bythebook.routine.model import STANDING, Ask, Call, Collect, Line, QuestionKind, Routine, Step
from bythebook.routine.value import Value


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


def _next_in_step(routine: Routine, state: CaseState, step: Step, settled: Collection[str]) -> Entry | Line | None:
    lines: list[str] = []
    for line in step.lines:
        if line == routine.resolution:
            break
        if line.label in state.done or _answered(line, settled):
            continue
        if waits(line, state, settled) and reachable(routine, state, step, line):
            if not lines:
                return line
            break
        lines.append(line.label)
    return Entry(step.label, tuple(lines)) if lines else None


def upto_question(routine: Routine, state: CaseState, step: Step, settled: Collection[str]) -> tuple[str, ...]:
    """Return a step's lines up to the first question that waits: what follows comes after its answer."""
    labels = [line.label for line in step.lines]
    for at, line in enumerate(step.lines):
        if waits(line, state, settled) and reachable(routine, state, step, line):
            return tuple(labels[: at + 1])
    return tuple(labels)


def walks_through(routine: Routine, state: CaseState, step: Step) -> bool:
    """Whether the walk takes the step: it hangs on nothing, was entered, or its condition is decided and holds."""
    if step.condition is None or step.label in state.entries:
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


def question_for(routine: Routine, state: CaseState) -> Line | None:
    """Return the one question to put now (R2): the pending one, else what the walk asks, else the closing one."""
    pending = routine.line(state.pending) if state.pending else None
    if pending is not None and waits(pending, state, state.settled):
        return pending
    found = next_in_walk(routine, state, state.settled)
    return found if isinstance(found, Line) else routine.closing_question


def wanted_by_facts(routine: Routine, state: CaseState) -> tuple[Step, ...]:
    """Return the steps, not yet entered, whose condition a fact has settled to hold."""
    return tuple(
        step
        for step in routine.conditional
        if step.condition is not None
        and not walked(step.condition)
        and step.label not in state.entries
        and fact_holds(step.condition.fact, state.facts)
    )


def fact_holds(fact: str, facts: Mapping[str, Value]) -> bool:
    """Whether the facts make it hold: `not_approved` is also settled by `approved` being false."""
    if fact in facts:
        return facts[fact] is True
    opposite = fact.removeprefix("not_") if fact.startswith("not_") else f"not_{fact}"
    return facts.get(opposite) is False


def known_facts(routine: Routine) -> tuple[str, ...]:
    """Return the names of the yes-or-no facts that this routine's conditions depend on."""
    return tuple(step.condition.fact for step in routine.conditional if step.condition is not None)


def known_values(routine: Routine) -> tuple[str, ...]:
    """Return the names of the values that this routine takes: for calls, as answers, and to compare."""
    found: list[str] = []
    for line in routine.lines:
        match line.instruction:
            case Call(arguments=arguments):
                found += arguments
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
    known = ((name, found_as(given, facts)) for name, given in zip(names, call.arguments, strict=True))
    return {name: facts[found] for name, found in known if found is not None}


def under(step: Step, label: str) -> tuple[str, ...]:
    """Return the line and every line that stands under it, however deep, in document order."""
    family = {label}
    for line in step.lines:
        if line.parent in family:
            family.add(line.label)
    return tuple(line.label for line in step.lines if line.label in family)


def _answers(line: Line) -> tuple[str, ...]:
    return line.instruction.answers if isinstance(line.instruction, Ask) else ()
