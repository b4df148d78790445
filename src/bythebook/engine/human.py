"""What humans at the desk do with a case, as its log has it: take it, speak, note, settle, hand it back, close it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bythebook.engine.saying import Source
from bythebook.routine.value import Value


@dataclass(frozen=True, slots=True)
class FactLearned:
    """Somebody who may decide settled a fact ("not_approved")."""

    at: datetime
    name: str
    value: Value
    by: str


@dataclass(frozen=True, slots=True)
class FactSettled:
    """A human settled a fact, with their own words on it: the customer gets both when they next look."""

    at: datetime
    human: str
    name: str
    value: Value
    feedback: str = ""
    """Said after what the document says of the fact, as the human's words; empty for none."""


@dataclass(frozen=True, slots=True)
class HumanNotified:
    """The handoff notice went out; `on_duty` says whether somebody is there to see it (R8)."""

    at: datetime
    on_duty: bool


@dataclass(frozen=True, slots=True)
class HumanTook:
    at: datetime
    human: str


@dataclass(frozen=True, slots=True)
class HumanPassed:
    """A case went from one human to another: who had it passed it on, or the other took it over."""

    at: datetime
    human: str
    """Who had it."""

    to: str
    note: str = ""
    """For the desk, never sent."""

    taken_over: bool = False
    """The other one did it."""


@dataclass(frozen=True, slots=True)
class HumanSaid:
    at: datetime
    human: str
    text: str
    reply_id: str | None = None  # of an answer from another desk: the same for each repeat of it


@dataclass(frozen=True, slots=True)
class LineQuoted:
    """A human said an approved line of the document: its source stays that line."""

    at: datetime
    human: str
    text: str
    line: str
    """A line's label, or `article:N`."""

    source: Source
    asks: bool = False
    """It is a question, and waits for its answer."""


@dataclass(frozen=True, slots=True)
class HumanNoted:
    """A human left a note for the others at the desk: it is never sent."""

    at: datetime
    human: str
    text: str


@dataclass(frozen=True, slots=True)
class HumanReturned:
    at: datetime
    human: str
    line: str | None = None
    """The line at which the routine goes on; None for the next unsaid one."""

    routine: str | None = None
    """The document that the case is handed back to; None for the one it is in."""

    undone: bool = False
    """What the line asked of them could not be done: it failed, as a call fails (R9)."""

    why: str = ""
    """Why not: for the desk, never sent."""


@dataclass(frozen=True, slots=True)
class HumanClosed:
    """A human closed the case without a resolution; writing again opens it again."""

    at: datetime
    human: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackSaid:
    """The words that a human left with a settled fact were said."""

    human: str
    text: str
