"""What a message answers: values, yes or no, the condition of a line; and what follows where it gives no answer."""

from __future__ import annotations

import re
from typing import Final

from bythebook.engine import choice as ids
from bythebook.engine.asked_for import met
from bythebook.engine.changing import changed_answer
from bythebook.engine.heard import NEEDS, Heard
from bythebook.engine.known import found_as
from bythebook.engine.menu import slots_of
from bythebook.engine.task import HUMAN_OFFER, FillSlot, SayAgain, SayHouse, SetAnswer, Task
from bythebook.engine.walk import next_in_walk, under
from bythebook.routine.model import Ask, Call, Collect, ConditionKind, Line, QuestionKind, Slot, Step
from bythebook.routine.value import Value

CORRECTED: Final = SayHouse("correction")

SAID: Final = "said"
"""The answer of an open question: that there was one."""

LEFT_OUT: Final = "left out"
"""The answer of a question for a value that the document does not insist on."""

# Conditions that speak of a customer who cannot give what is asked for.
_CANNOT: Final = re.compile(
    r"\b(?:needs?|requires?|asks? for|requests?|wants?|would like) (?:\w+ )?(?:assistance|help|guidance|support)\b|"
    r"\b(?:cannot|can['’]t|can not|unable to|not able to|does not|doesn['’]t|do not|don['’]t|did not|didn['’]t) "
    r"(?:\w+ )?(?:find|locate|provide|give|have|know|remember|recall|access|share|supply)\b|"
    r"\b(?:lost|forgot|forgotten|misplaced|missing|is (?:unsure|not sure|uncertain)|where to find|how to find)\b",
    re.I,
)


def answers_of(heard: Heard) -> list[Task]:
    """Return what keeps the answers that a message gives."""
    routine, pending = heard.release.routine, heard.state.pending
    tasks: list[Task] = [FillSlot(c.name, heard.slots[c.name]) for c in heard.of("slot") if c.name in heard.slots]
    tasks += _kept(heard, {task.slot for task in tasks if isinstance(task, FillSlot)})
    given = [task for task in tasks if isinstance(task, FillSlot)]
    if any(_passed_on(heard, task) for task in given):
        tasks += [SayHouse("passed_on_already"), HUMAN_OFFER]
    elif any(_changed(heard, task) for task in given):
        tasks = [CORRECTED, *tasks]
    yes, no = heard.has(ids.AFFIRM), heard.has(ids.DENY)
    changed = changed_answer(heard) if yes != no else []
    tasks += changed if CORRECTED not in tasks else [task for task in changed if task != CORRECTED]
    if not changed and heard.asked_kind is QuestionKind.YES_NO and pending and yes != no:
        tasks.append(SetAnswer(pending, "yes" if yes else "no"))
    for found in heard.of("step"):
        line = routine.line(found.name) if routine.step(found.name) is None else None
        if line is not None and line.condition is not None and line.condition.question:
            tasks.append(SetAnswer(line.condition.question, found.name))
            tasks += _said_for_it(heard, found.name)
    if pending and not tasks and ((_takes_any(heard) and _is_any_answer(heard)) or _not_meant(heard)):
        tasks.append(SetAnswer(pending, SAID))
    if not tasks and (heard.has(ids.NOT_GIVEN) or heard.has(ids.WITHHELD)):
        tasks += _without_it(heard)
    return tasks


def goes_on(heard: Heard) -> bool:
    """Whether words that choose nothing still lead on: any answer an open question, any begin a routine that starts
    by itself, and what is only the routine's matter leaves its question where it is."""
    routine, state = heard.release.routine, heard.state
    needs = {found.kind for found in heard.choices} & NEEDS
    matter = heard.has(ids.ROUTINE) and needs <= {"routine", "slot"}
    # A wish that nobody is sure of need not be asked about where something is asked first anyhow.
    matter = matter or (heard.opening and heard.unsure and needs <= {"routine", "step"})
    busy = bool(needs) or any(found.kind == "act" for found in heard.choices)
    if busy and not matter:
        return False
    if _takes_any(heard) and (not busy or _is_any_answer(heard)):
        return True
    if heard.has(ids.UNCLEAR) and begins_with_a_deed(heard):
        return False
    first = next_in_walk(routine, state, state.settled)
    asks_which = isinstance(first, Line) and getattr(first.instruction, "kind", None) is QuestionKind.WHICH
    if first is None or first == routine.closing_question or asks_which:
        return False
    return heard.opening or (matter and not heard.unsure)


def _takes_any(heard: Heard) -> bool:
    """Whether any words answer the question that waits: an open one, or one whose answers are not all written."""
    ask = _asked(heard) if heard.asked_kind is not None else None
    return ask is not None and (ask.kind is QuestionKind.OPEN or ask.others)


def _not_meant(heard: Heard) -> bool:
    """A no to "did you mean A?" is another answer, where the question takes others than those written."""
    ask, offer = _asked(heard), heard.state.offer
    if ask is None or not ask.others or offer is None or heard.has(ids.AFFIRM):
        return False
    written = {ids.step_choice(label) for label in ask.answers}
    return heard.has(ids.DENY) and bool(offer.choices) and written.issuperset(offer.choices)


def _asked(heard: Heard) -> Ask | None:
    line = heard.release.routine.line(heard.state.pending) if heard.state.pending else None
    return line.instruction if line is not None and isinstance(line.instruction, Ask) else None


def _is_any_answer(heard: Heard) -> bool:
    """Whether words may answer an open question: they ask for nothing else, and did not just bring the case here."""
    return not any(
        found.kind in NEEDS and (found.id != ids.ROUTINE or heard.state.arrived) for found in heard.choices
    )


def begins_with_a_deed(heard: Heard) -> bool:
    """Whether the routine, not begun yet, would call a function before it says or asks anything."""
    if not heard.opening:
        return False
    first = next_in_walk(heard.release.routine, heard.state, heard.state.settled)
    line = heard.release.routine.line(first.lines[0]) if first is not None and not isinstance(first, Line) else None
    return line is not None and isinstance(line.instruction, Call)


def _said_for_it(heard: Heard, label: str) -> list[Task]:
    """What was said for an answer that is given once more is said again; what was called is not called again (R3)."""
    state, step = heard.state, heard.release.routine.step_of(label)
    said = [one for one in under(step, label) if one in state.spoken and one in state.done] if step else []
    return [SayAgain(tuple(said))] if said else []


def _kept(heard: Heard, given: set[str]) -> list[FillSlot]:
    """What was given for a question that is put again, where the message changes only a part of it."""
    state = heard.state
    line = heard.release.routine.line(state.pending) if state.pending is not None else None
    asked = {slot.name for slot in slots_of(line)} if line is not None else set()
    if not asked & given:
        return []
    left = [name for name in state.given_before if name in asked - given and found_as(name, state.facts) is None]
    return [FillSlot(name, state.given_before[name]) for name in left]


def _passed_on(heard: Heard, task: FillSlot) -> bool:
    """Whether a call that was made has taken another value for it."""
    facts = heard.state.facts
    known = found_as(task.slot, facts)
    if known is None or facts[known] is None or facts[known] == task.value:
        return False
    made = (line.instruction for line in heard.release.routine.lines if line.label in heard.state.done)
    return any(isinstance(call, Call) and task.slot in call.arguments for call in made)


def _changed(heard: Heard, task: FillSlot) -> bool:
    """Whether it takes the place of another value: what was corrected is told so (R10)."""
    known = found_as(task.slot, heard.state.facts)
    before = heard.state.facts[known] if known is not None else None
    return before not in (None, "", ()) and _plain(before) != _plain(task.value)


def _plain(value: Value) -> str:
    return " ".join(str(value).split()).casefold().rstrip(".")


# ---------------------------------------------------------------- "I don't have it", "I'd rather not say"


def _without_it(heard: Heard) -> list[Task]:
    """Go on without a value that the document does not insist on; else give its guidance, else offer a human."""
    routine, pending = heard.release.routine, heard.state.pending
    line = routine.line(pending) if pending is not None else None
    step = routine.step_of(pending) if pending is not None else None
    if line is None or step is None or not isinstance(line.instruction, Collect):
        return []
    left = [slot for slot in slots_of(line) if found_as(slot.name, heard.state.facts) is None]
    if not left:
        return []  # it was given meanwhile, and an offer lies over the question
    if all(slot.optional for slot in left):
        return [SetAnswer(line.label, LEFT_OUT)]
    if heard.has(ids.NOT_GIVEN) and (guidance := _guidance(heard, step, left)):
        given = met(heard, *guidance)
        if not any(isinstance(task, SayAgain) for task in given):
            return given
    words = ", ".join(slot.words for slot in left)
    return [SayHouse("cannot_go_on", (("value", words),)), HUMAN_OFFER]


def _guidance(heard: Heard, step: Step, slots: list[Slot]) -> tuple[Step, str] | None:
    """Return the line for a customer who cannot give what is asked for: in this step, else one that names it."""
    for other in (step, *heard.release.routine.steps):
        for line in other.lines:
            condition = line.condition
            if condition is None or condition.kind is not ConditionKind.REPORT or not _CANNOT.search(condition.text):
                continue
            named = any(slot.words.lower() in condition.text.lower() for slot in slots)
            if other == step or named:
                return other, line.label
    return None
