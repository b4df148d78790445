"""What reaches outside or has to wait, handed to whoever carries it out by reference: what it is stands in the log.

Handed over in the transaction that decides on it, so nothing is called that was not decided, and nothing that was
decided is forgotten. Carried out at least once under one key, and recorded exactly once: by the version of the log.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from bythebook.engine.decide import ForFunction, ForNotice, Owed, next_timer, owed
from bythebook.engine.event import Event, FunctionCalled, HandoffRequested
from bythebook.engine.state import CaseState
from bythebook.service.ports import Append, Bound, Effects, Work

OVERDUE: Final = timedelta(minutes=2)
"""How long work may be owed before it is handed over once more, in case nobody knows of it."""


def is_outside(due: Owed, bound: Bound) -> bool:
    """Whether it changes something outside: a call with an effect, or a notice. Look-ups and readings do not."""
    match due:
        case ForFunction(function=function):
            return function in bound.effects
        case ForNotice():
            return True
        case _:
            return False


def works_of(bound: Bound, before: int, events: Sequence[Event], after: CaseState) -> tuple[Work, ...]:
    """Return what these events hand over; `before` is the version that they follow."""
    found: list[Work] = []
    due = owed(after)
    if due is not None and is_outside(due, bound):
        kinds = FunctionCalled if isinstance(due, ForFunction) else HandoffRequested
        places = [place for place, event in enumerate(events, before + 1) if isinstance(event, kinds)]
        # Decided on earlier, it was handed over then.
        found += [Work(f"{after.case_id}:{places[-1]}", after.case_id)] if places else []
    # A case in which nobody said anything yet is found by its row: it is in no hurry.
    timer = next_timer(bound.release.conduct, after) if before else None
    if timer is not None:
        found.append(Work(f"{after.case_id}:{after.version}:{timer[0].value}", after.case_id, timer[1]))
    return tuple(found)


def key_of(due: Owed, log: Sequence[Event], case_id: str) -> str:
    """Return the key under which work that is owed was handed over."""
    if isinstance(due, ForFunction):
        return due.key
    return f"{case_id}:{max(place for place, event in enumerate(log, 1) if isinstance(event, HandoffRequested))}"


def is_overdue(state: CaseState, now: datetime) -> bool:
    """Whether the case has owed something for so long that somebody should look after it."""
    return state.at is not None and now - state.at > OVERDUE


class DurableEffects(Effects, Protocol):
    """A durable engine."""

    def hand_over(self, connection: Any, appends: Sequence[Append]) -> None:
        """Take the appends' work, within the transaction of their store."""

    def start(self, carry_out: Callable[[str, str], bool], fire: Callable[[str], object]) -> None:
        """Begin to carry out what is handed over, and what was left behind."""

    def stop(self) -> None:
        """Finish what has begun; the rest is carried out by whoever comes next."""


class InThisProcess:
    """Everything is carried out by whoever settles the case, and looked for again after a crash: `owed` says what."""

    outside: Final = False
    wait_seconds: Final = 0.0

    def again(self, work: Work) -> None:
        """Nothing to do: whoever recovers the case carries it out."""
