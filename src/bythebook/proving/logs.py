"""What must hold of a whole log: the properties of each step, and those that only the whole tells.

The search looks at moves, tests and simulated customers at logs; what each property is stands in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from bythebook.engine.decide import Step, divergence, owed
from bythebook.engine.event import (
    CustomerSaid,
    Event,
    HumanClosed,
    HumanReturned,
    HumanSaid,
    LineQuoted,
    NewCaseNeeded,
    TurnPlanned,
)
from bythebook.engine.evolve import evolve
from bythebook.engine.state import CaseState, Status
from bythebook.proving.found import NOTHING_PASSED, Approved, looked_at
from bythebook.routine.wording import Release

LOG_IS_TRUTH: Final = "log-is-the-truth"
ANSWERED_ONCE: Final = "answered-once"
NOTHING_OWED: Final = "nothing-owed"


def steps_of(log: Sequence[Event]) -> list[Step]:
    """Return each event with where the case stood before it."""
    state, steps = CaseState(), []
    for event in log:
        steps.append((state, event))
        state = evolve(state, event)
    return steps


def broken_in(approved: Approved, log: Sequence[Event]) -> Iterator[tuple[str, str]]:
    """Yield what does not hold in the log of a case that was in one document only: the property's name, and how."""
    steps = steps_of(log)
    handed = any(isinstance(event, HumanReturned) and event.line is not None for event in log)
    for name, how in looked_at(approved, steps):
        if not (handed and name == NOTHING_PASSED):  # what was passed over for the line, the human answers for
            yield name, how
    yield from decided_alike(approved.release, log)
    yield from answered_once(log)
    state = evolve(*steps[-1]) if steps else CaseState()
    if (due := owed(state)) is not None:
        yield NOTHING_OWED, f"{type(due).__name__} is still owed"


def decided_alike(release: Release | Callable[[str], Release], log: Sequence[Event]) -> Iterator[tuple[str, str]]:
    """Yield where the engine decides other than the log says (invariant 5)."""
    at = divergence(release, log)
    if at is not None:
        what = type(log[at]).__name__ if at < len(log) else "the end of the log"
        yield LOG_IS_TRUTH, f"event {at + 1} ({what}) is decided otherwise now"


def answered_once(log: Sequence[Event]) -> Iterator[tuple[str, str]]:
    """Yield the messages that not exactly one turn takes up, or a human who acted after them (invariant 6)."""
    state = CaseState()
    taken: list[int] = []
    for event in log:
        if isinstance(event, TurnPlanned):
            taken += [message.version for message in state.inbox[: event.messages]]
        if isinstance(event, NewCaseNeeded):
            taken.append(state.inbox[0].version)
        if isinstance(event, HumanSaid | LineQuoted | HumanClosed):
            taken += [message.version for message in state.inbox]
        state = evolve(state, event)
    waiting = [message.version for message in state.inbox]
    for version, event in enumerate(log, start=1):
        times = taken.count(version) + waiting.count(version)
        if isinstance(event, CustomerSaid) and times != 1:
            yield ANSWERED_ONCE, f"the message at {version} is taken up {times} times"
    if waiting and state.status is not Status.HANDED_OFF:
        yield ANSWERED_ONCE, "messages are left unread, and no human has the case"
