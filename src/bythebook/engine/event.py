"""Everything that can stand in a case's log.

* Fact: came from outside; the shell stamps it and hands it in.
* Decision: the engine's own; a function of the facts before it.

Events are never changed once a release has written them: add a new class instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bythebook.engine.choice import Choice, ModelUse
from bythebook.engine.erasure import CaseErased
from bythebook.engine.failure import FailureMet
from bythebook.engine.human import FactLearned as FactLearned
from bythebook.engine.human import FactSettled as FactSettled
from bythebook.engine.human import FeedbackSaid as FeedbackSaid
from bythebook.engine.human import HumanClosed as HumanClosed
from bythebook.engine.human import HumanNoted as HumanNoted
from bythebook.engine.human import HumanNotified as HumanNotified
from bythebook.engine.human import HumanPassed as HumanPassed
from bythebook.engine.human import HumanReturned as HumanReturned
from bythebook.engine.human import HumanSaid as HumanSaid
from bythebook.engine.human import HumanTook as HumanTook
from bythebook.engine.human import LineQuoted as LineQuoted
from bythebook.engine.meeting import ConditionMet
from bythebook.engine.saying import Source as Source
from bythebook.engine.task import Offer, Task
from bythebook.engine.timer import Timer
from bythebook.routine.value import Value, Values

# ---------------------------------------------------------------- facts


@dataclass(frozen=True, slots=True)
class CaseOpened:
    at: datetime
    case_id: str
    routine: str
    release: str
    previous: str | None = None  # the resolved case that this one follows
    policy: int = 0  # the version of the dialogue policy that it was opened under; 0 in logs older than this note


@dataclass(frozen=True, slots=True)
class CustomerSaid:
    """A customer's message, masked at the door."""

    at: datetime
    message_id: str
    text: str
    private: tuple[str, ...] = ()
    """The kinds of private data that were masked in it."""

    pressed: str | None = None
    """The choice of a button: it needs no reader (R16)."""

    routine: str | None = None
    """The document whose button it was, where the case knows several."""


@dataclass(frozen=True, slots=True)
class MessageRead:
    """What the reader made of the messages that were next. Recorded, so replay asks nobody."""

    at: datetime
    case_version: int
    """The version the reading was made for; a reading for an older one is discarded (R5)."""

    choices: tuple[Choice, ...]
    unsure: bool
    slots: Values
    reader: str
    model: ModelUse | None = None


@dataclass(frozen=True, slots=True)
class FunctionReturned:
    at: datetime
    key: str
    fields: Values


@dataclass(frozen=True, slots=True)
class FunctionFailed:
    """One attempt failed; the engine counts them and gives up by itself (R9)."""

    at: datetime
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class TimerFired:
    at: datetime
    timer: Timer


@dataclass(frozen=True, slots=True)
class CaseContinued:
    """A need after resolution was carried to a new case, linked to this one."""

    at: datetime
    case_id: str


@dataclass(frozen=True, slots=True)
class CaseMoved:
    """The case is in another document now: what follows is decided by this release."""

    at: datetime
    routine: str
    release: str


@dataclass(frozen=True, slots=True)
class MoveFailed:
    """The document to move to is not there."""

    at: datetime
    routine: str
    reason: str


# ---------------------------------------------------------------- decisions


@dataclass(frozen=True, slots=True)
class TurnPlanned:
    """What a reading, a fact or a hand-back leads to, in the order of R1: the turn's agenda."""

    tasks: tuple[Task, ...]
    messages: int = 0
    """How many accepted messages this turn answers."""

    closes: bool = False
    """The closing question was answered no."""

    misses: int = 0
    """The count of misses in a row after this turn (R7)."""

    settles: tuple[str, ...] = ()
    """Questions that are settled without a step ("neither")."""

    fresh: bool = False
    """What was left of an earlier turn is dropped: a human named the line to go on at."""

    why: tuple[str, ...] = ()
    """What it rests on, for whoever asks why ("1a passed over: step:2 is known")."""

    reopens: tuple[str, ...] = ()
    """Lines behind the one that a human named which were passed, with nothing of them carried out: they are due."""


@dataclass(frozen=True, slots=True)
class StepEntered:
    """These lines of the step are carried out, in this order."""

    step: str
    lines: tuple[str, ...]
    settles: tuple[str, ...] = ()
    """Questions that the entry answers or lets lapse."""

    again: bool = False
    """The condition was met again: logged texts are said again and nothing is called (R3)."""

    asked_for: bool = False
    """One line was asked for (R13) or said again: the step itself was not entered."""


@dataclass(frozen=True, slots=True)
class StepDone:
    """Every line of the entry was dealt with."""

    step: str
    complete: bool = False
    """The customer got all that a step with a condition gives: nothing failed, and it was not one line only."""


@dataclass(frozen=True, slots=True)
class SlotFilled:
    """A value that the customer gave is kept."""

    slot: str
    value: Value


@dataclass(frozen=True, slots=True)
class Answered:
    """A question is settled by its answer."""

    question: str
    answer: str
    reopened: tuple[str, ...] = ()
    """Lines that are carried out anew."""


@dataclass(frozen=True, slots=True)
class LinesPassed:
    """These lines are done without a word: no condition holds, there is nothing to say, or a human went past."""

    lines: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Jumped:
    """The routine goes on at another place."""

    line: str
    target: str
    passed: tuple[str, ...]
    """Lines that are left undone."""

    reopened: tuple[str, ...]
    forgets: tuple[str, ...] = ()
    """Slots that are asked for anew."""

    followed: tuple[str, ...] | None = None
    """The paths under way from now on, by their first step; None where no path is concerned."""


@dataclass(frozen=True, slots=True)
class AssistantSaid:
    text: str
    line: str
    """A line's label, `article:N`, or `house:NAME`."""

    source: Source


@dataclass(frozen=True, slots=True)
class Asked:
    """The question was said and waits for its answer."""

    text: str
    line: str
    source: Source
    closing: bool = False
    """It is the question whether there is anything else."""


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer was made; it lies over the pending question (R6)."""

    text: str
    line: str
    offer: Offer


@dataclass(frozen=True, slots=True)
class FunctionCalled:
    """A call is owed, with the key `case:version`."""

    function: str
    arguments: Values
    line: str


@dataclass(frozen=True, slots=True)
class CallDone:
    """The call's result was told, or needs no telling."""

    line: str


@dataclass(frozen=True, slots=True)
class HandoffRequested:
    reason: str
    announced: bool = True
    """Whether the customer is told (the goodbye was already said when a resolution fails)."""


@dataclass(frozen=True, slots=True)
class NewCaseNeeded:
    """A message to a resolved case brings a need: it belongs to a new case."""

    message_id: str
    routine: str | None = None
    """The document it is about, where that is another one."""


@dataclass(frozen=True, slots=True)
class MoveRequested:
    """The case is to go on in another document; what was done in this one is set aside."""

    routine: str
    then: tuple[str, ...] = ()
    """The documents that it goes on to from there by itself: `routine` comes before them."""

    along: bool = False
    """The messages that raised the standing offer are read there again."""

    onward: bool = False
    """This document has run to its end, and another was waiting for that."""

    why: tuple[str, ...] = ()
    """What it rests on, for whoever asks why."""


@dataclass(frozen=True, slots=True)
class CaseClosed:
    """The case is resolved."""


@dataclass(frozen=True, slots=True)
class CaseAbandoned:
    """The customer left; writing again opens the case again."""


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """Nothing more to do until the next fact: the turn is whole."""


Fact: TypeAlias = (
    CaseOpened
    | CustomerSaid
    | MessageRead
    | FunctionReturned
    | FunctionFailed
    | TimerFired
    | FactLearned
    | FactSettled
    | HumanNotified
    | HumanTook
    | HumanPassed
    | HumanSaid
    | LineQuoted
    | HumanNoted
    | HumanReturned
    | HumanClosed
    | CaseContinued
    | CaseMoved
    | MoveFailed
    | CaseErased
)
Decision: TypeAlias = (
    TurnPlanned
    | StepEntered
    | StepDone
    | SlotFilled
    | Answered
    | ConditionMet
    | LinesPassed
    | Jumped
    | AssistantSaid
    | Asked
    | Offered
    | FeedbackSaid
    | FunctionCalled
    | CallDone
    | FailureMet
    | HandoffRequested
    | NewCaseNeeded
    | MoveRequested
    | CaseClosed
    | CaseAbandoned
    | TurnEnded
)
Event: TypeAlias = Fact | Decision
