"""Where a routine can go from here: which questions are open, which steps are due. Rules R0 and R2."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bythebook.engine.state import CaseState
from bythebook.routine.model import Ask, Call, Line, QuestionKind, Routine, Step
from bythebook.routine.value import Value


def settled_by(routine: Routine, step: Step) -> tuple[str, ...]:
    """Return the questions that entering this step answers, or lets lapse because nobody needs them now.

    A step whose condition no question asks for (a report: "you refused us") makes earlier which-questions
    unneeded (R4); a step that answers a question settles that question only.
    """
    if step.condition is None:
        return ()
    asking = [line for line in routine.questions(QuestionKind.WHICH) if step.label in _answers(line)]
    if asking:
        return tuple(line.label for line in asking)
    earlier = [line for line in routine.questions(QuestionKind.WHICH) if line.span.start < step.span.start]
    return tuple(line.label for line in earlier)


def open_question(routine: Routine, settled: Collection[str]) -> Line | None:
    """Return the first question, in document order, that is neither answered nor lapsed; not the closing one."""
    kinds = (QuestionKind.WHICH, QuestionKind.OPEN)
    return next((line for line in routine.questions(*kinds) if line.label not in settled), None)


def question_for(routine: Routine, state: CaseState) -> Line | None:
    """Return the one question to put now (R2): the pending one, else the first open one, else the closing one."""
    pending = routine.line(state.pending) if state.pending else None
    return pending or open_question(routine, state.settled) or routine.closing_question


def due_entry(
    routine: Routine, state: CaseState, settled: Collection[str], before: int
) -> tuple[str, tuple[str, ...]] | None:
    """Return the first unconditional step with lines whose time has come, and those lines; None when there are none.

    A line's time comes when every question before it is settled. Only lines that say or call count, up to the
    offset `before`; the resolution waits for the closing question.
    """
    resolution = routine.resolution
    for step in routine.steps:
        if step.span.start >= before:
            return None
        lines: list[str] = []
        for line in step.lines:
            asks = isinstance(line.instruction, Ask)
            if (asks and line.label not in settled) or line == resolution:
                return (step.label, tuple(lines)) if lines else None
            if step.condition is None and not asks and line.label not in state.done:
                lines.append(line.label)
        if lines:
            return step.label, tuple(lines)
    return None


def wanted_by_facts(routine: Routine, state: CaseState) -> tuple[Step, ...]:
    """Return the steps, not yet entered, whose condition a fact has settled to hold."""
    return tuple(
        step
        for step in routine.conditional
        if step.condition is not None
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
    """Return the names of the facts that this routine's conditions depend on."""
    return tuple(step.condition.fact for step in routine.conditional if step.condition is not None)


def arguments_of(call: Call, facts: Mapping[str, Value]) -> dict[str, Value]:
    """Return the call's arguments, by name, from what the case knows."""
    return {name: facts[name] for name in call.arguments if name in facts}


def _answers(line: Line) -> tuple[str, ...]:
    return line.instruction.answers if isinstance(line.instruction, Ask) else ()
