"""Where a case stands. Always the fold of its events; never stored as the truth."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, TypeVar, cast

from bythebook.engine.event import CustomerSaid, MessageRead, Source
from bythebook.engine.failure import Failure
from bythebook.engine.task import Offer, Task
from bythebook.engine.timer import Timer
from bythebook.routine.value import Value, Values

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T", bound=Any)


def _empty() -> Mapping[K, V]:
    return MappingProxyType({})


class Status(Enum):
    NEW = "new"
    OPEN = "open"
    HANDED_OFF = "handed_off"
    RESOLVED = "resolved"
    ABANDONED = "abandoned"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Message:
    """An accepted message that was not read yet."""

    version: int
    said: CustomerSaid


@dataclass(frozen=True, slots=True)
class Cursor:
    """The entry that is being carried out: its lines still to do."""

    step: str
    lines: tuple[str, ...]
    again: bool
    asked_for: bool


BY_HAND: Final = "by hand"
"""Stands where a call has its function: a person did it, or could not."""


@dataclass(frozen=True, slots=True)
class PendingCall:
    """A call that was decided; its key is the same for every attempt."""

    key: str
    function: str
    arguments: Values
    line: str
    attempt: int = 1
    result: Values | None = None
    told: bool = False
    """The result, or the failure, was said."""

    failed: str | None = None
    """The last reason, once the attempts are used up."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The latest text said for a line."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a human had to say on a fact, and was not said yet."""

    human: str
    text: str


@dataclass(frozen=True, slots=True)
class Moving:
    """A move that was decided and not yet made."""

    routine: str
    then: tuple[str, ...]
    along: bool
    onward: bool


@dataclass(frozen=True, slots=True)
class Aside:
    """What was done in a document that the case has left: found again when it comes back."""

    release: str
    held: Mapping[str, object]
    """The fields of the state that are the document's (`OF_ROUTINE`)."""


@dataclass(frozen=True)
class CaseState:
    """Where a case stands; without slots, so that `replace` can copy it at once."""

    case_id: str = ""
    routine: str = ""
    release: str = ""
    previous: str | None = None
    version: int = 0
    status: Status = Status.NEW
    opened_at: datetime | None = None
    at: datetime | None = None
    """When the last fact came, timers apart: silence is counted from here."""

    # ------------------------------------------------ what came in
    inbox: tuple[Message, ...] = ()
    """Accepted, unread, in accept order."""

    joined: bool = False
    """The whole inbox is read as one turn (after a hand-back)."""

    reading: MessageRead | None = None
    """A reading not yet planned."""

    timer: Timer | None = None
    """A timer that fired and was not yet acted on."""

    returned: bool = False
    """Handed back, and not yet gone on with."""

    return_line: str | None = None
    facts: Mapping[str, Value] = field(default_factory=_empty)

    # ------------------------------------------------ what is being done
    running: bool = False
    """A turn is under way."""

    question_put: bool = False
    """The running turn has put its one question, or needs none."""

    tasks: tuple[Task, ...] = ()
    cursor: Cursor | None = None
    call: PendingCall | None = None
    failure: Failure | None = None

    # ------------------------------------------------ where the dialogue stands
    pending: str | None = None
    """The question that waits for its answer."""

    offer: Offer | None = None
    asked: frozenset[str] = frozenset()
    """Questions put at least once."""

    settled: frozenset[str] = frozenset()
    """Questions that are answered or have lapsed."""

    entries: Mapping[str, int] = field(default_factory=_empty)
    """By step label: how often its condition was met and dealt with."""

    answers: Mapping[str, str] = field(default_factory=_empty)
    """By question: how it was answered."""

    met: frozenset[str] = frozenset()
    """Steps and lines whose condition somebody's words have met."""

    outcomes: Mapping[str, str] = field(default_factory=_empty)
    """By function: how its latest call ended."""

    results: Mapping[str, Values] = field(default_factory=_empty)
    """By function: what its latest call returned."""

    jumps: Mapping[str, int] = field(default_factory=_empty)
    """By line: how often it was jumped from."""

    given_before: Mapping[str, Value] = field(default_factory=_empty)
    """What was given for questions that are put again: it holds where only a part of it is changed."""

    followed: tuple[str, ...] = ()
    """The steps at which paths were entered that are under way, the innermost last."""

    done: frozenset[str] = frozenset()
    """Lines carried out, or passed, in an entry of their step."""

    completed: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()
    """Steps in which a call failed for good since they were entered: they can be entered again."""

    current: tuple[str, ...] = ()
    """The steps said in the last turn that said any: a correction is relative to them."""

    spoken: Mapping[str, Spoken] = field(default_factory=_empty)
    """By line label or `article:N`, in the order first said."""

    last_said: tuple[str, ...] = ()
    """The lines and answers said in the running or last turn; questions and house phrases apart."""

    misses: int = 0
    nudged: bool = False
    language_told: bool = False
    served: bool = False
    """The customer got all that a step with a condition gives."""

    settled_closing: bool = False
    """The closing question was answered no, and nothing has been said since."""

    ran: bool = False
    """The running turn said something of the document."""

    # ------------------------------------------------ several documents
    moving: Moving | None = None
    aside: Mapping[str, Aside] = field(default_factory=_empty)
    """By routine: what was done there, for the documents that the case has left."""

    arrived: bool = False
    """The case has just moved here: the message that is next was judged to be of this document."""

    announced: bool = False
    """That it moved is told with the next turn."""

    onward: bool = False
    """The case moved here by itself, from a document that comes before this one."""

    along: tuple[Message, ...] = ()
    """Earlier messages that are read here again: they were answered, and meant for this document."""

    raised: tuple[Message, ...] = ()
    """The messages that raised the standing offer of a document."""

    ahead: tuple[str, ...] = ()
    """The documents that the case goes on to by itself when this one has run to its end."""

    kept: tuple[Message, ...] = ()
    """The messages that are meant for the document ahead."""

    passed: frozenset[str] = frozenset()
    """The documents that come before others and were gone through."""

    return_routine: str | None = None
    """The document that a human handed the case back to."""

    stranded: str | None = None
    """Why a move could not be made, until a human has it."""

    # ------------------------------------------------ the desk, and after
    handoff: str | None = None
    """Why a human was asked for, while the case is with the desk."""

    handing: str | None = None
    """The line that gave it to the desk; None where another reason did."""

    waiting_since: datetime | None = None
    """Since when it waits for a human to take it."""

    announce: bool = False
    """The handoff is to be announced to the customer once the notice went out."""

    notified: bool = False
    on_duty: bool = False
    human: str | None = None
    resumed: bool = False
    """A human has just handed the case back, and nothing was said since: the customer takes them to be there."""

    told_of: str = ""
    """The sentence of the house that told of a person; empty once a person has spoken, or the case was left."""

    feedback: tuple[Feedback, ...] = ()
    """Said after what the document says of the facts that humans settled."""

    continuing: str | None = None
    """The message of a resolved case that a new case must take up."""

    continuing_with: str | None = None
    """The document that the new case is opened on; None for the one that this case is in."""

    continued_in: str | None = None


OF_ROUTINE: Final = (
    "pending",
    "asked",
    "settled",
    "entries",
    "answers",
    "jumps",
    "done",
    "met",
    "followed",
    "completed",
    "broken",
    "current",
    "spoken",
    "last_said",
    "settled_closing",
    "handing",
)
"""The fields that are a document's: its labels stand in them. All others are the case's."""

FRESH: Final = CaseState()
_FIELDS: Final = frozenset(field.name for field in fields(CaseState))


_AFTER_ERASURE: Final = ("case_id", "routine", "release", "previous", "version", "opened_at", "continued_in")
"""What is still known of an erased case."""


def erased(state: CaseState, at: datetime) -> CaseState:
    """Return what is left of a state when its case is erased: which case it was, and nothing of what was in it."""
    return replace(FRESH, status=Status.ERASED, at=at, **{name: getattr(state, name) for name in _AFTER_ERASURE})


def replace(value: T, /, **changes: object) -> T:
    """Do what `dataclasses.replace` does, ten times quicker for a state: its forty fields are copied at once."""
    if not isinstance(value, CaseState):
        return dataclasses.replace(value, **changes)
    assert changes.keys() <= _FIELDS, changes.keys() - _FIELDS
    copy = object.__new__(CaseState)
    copy.__dict__.update(value.__dict__)
    copy.__dict__.update(changes)
    return cast(T, copy)
