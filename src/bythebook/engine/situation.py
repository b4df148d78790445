"""Which messages are read next, and where the case stands for whoever reads them (R5)."""

from __future__ import annotations

from bythebook.engine.menu import Situation
from bythebook.engine.state import CaseState, Message, Status
from bythebook.routine.model import Ask, Collect, Routine


def messages_next(state: CaseState) -> tuple[Message, ...]:
    """Return the messages that the next turn answers: one, or after a hand-back all that wait.

    None where a case goes on by itself in a document that messages answered before were meant for.
    """
    if state.along and state.onward:
        return ()
    return state.inbox if state.joined else state.inbox[:1]


def words_next(state: CaseState) -> tuple[Message, ...]:
    """Return the messages that are read for the next turn: earlier ones that were meant for this document first.

    A button that was pressed needs no reader.
    """
    along = tuple(message for message in state.along if message.said.pressed is None)
    answered = messages_next(state)
    alone = len(answered) == 1 and answered[0].said.pressed is not None
    return along if alone else (*along, *answered)


def text_of(messages: tuple[Message, ...]) -> str:
    """Return the messages as the one text that is read."""
    return "\n".join(message.said.text for message in messages)


def situation_of(state: CaseState) -> Situation:
    """Return where the case stands, as far as it colours a meaning."""
    return Situation(
        pending=state.pending,
        offer=state.offer.choices if state.offer is not None else (),
        current=state.current,
        said=tuple(state.spoken),
        closed=state.status is Status.RESOLVED,
        given=tuple(name for name, value in state.facts.items() if value not in (None, "", ())),
    )


def situation_after(routine: Routine, after: str | None, said: tuple[str, ...] = ()) -> Situation:
    """Return the situation of a case that has run to the line `after` and waits there; None is the opening.

    After a question, that question waits; after any other line, the closing one does. `said` are the labels of
    lines said before. Raises KeyError for a label that the routine does not have.
    """
    if after is None:
        return Situation(said=said)
    step = routine.step_of(after)
    if step is None:
        raise KeyError(after)
    line = step.line(after) or step.lines[0]
    if line == routine.resolution:
        return Situation(said=(*said, line.label), closed=True)
    pending = line if isinstance(line.instruction, Ask | Collect) else routine.closing_question
    before = tuple(other.label for other in step.lines if other.span.start <= line.span.start)
    spoken = tuple(dict.fromkeys((*said, *before)))
    steps = (routine.step_of(label) for label in spoken)
    met = dict.fromkeys(found.label for found in steps if found is not None and found.condition is not None)
    current = (step.label,) if step.condition is not None else tuple(met)
    return Situation(pending.label if pending is not None else None, (), current, spoken)
