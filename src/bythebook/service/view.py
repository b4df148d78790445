"""What channels show of a case, read off its log: turns, transcripts, buttons."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bythebook.engine.state import Status
from bythebook.reading.port import Reading
from bythebook.routine.value import Values


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter that a line asks the customer to write, ready for their own mail program. Nothing of it is kept."""

    address: str
    subject: str
    """The document's title and the case, so that whoever gets the letter finds it."""

    headings: tuple[str, ...]
    """What the line asks for, in its own words."""

    body: str
    """The headings, to be filled in, and the case."""


@dataclass(frozen=True, slots=True)
class Said:
    """One text a customer got, with where it comes from."""

    text: str
    line: str
    """A line's label, `article:N` or `house:NAME`; empty for a human's own words."""

    source: str
    """`quoted`, `phrase`, `article`, `function`, `house` or `human`."""

    routine: str = ""
    """The document that the line is of; empty for a customer's or a human's own words."""

    mail: Mail | None = field(default=None, compare=False)
    """Where the line asks the customer to write to an address. It names the case, and is no part of what was said."""


@dataclass(frozen=True, slots=True)
class Called:
    """One attempt at a call."""

    function: str
    arguments: Values
    line: str
    attempt: int
    routine: str = ""
    """The document that the line is of."""


@dataclass(frozen=True, slots=True)
class Button:
    """A known answer: pressing it needs no reader (R16).

    The id is a choice id; where the case knows several documents, with the name of the one it is of
    (`step:2@refunds`), so that a page grown stale cannot mean another document's line.
    """

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Move:
    """The case went from one document to another."""

    routine: str
    """Where it went; with `failed`, where it could not go."""

    why: tuple[str, ...]
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What one input led to."""

    id: str | None
    case_id: str
    status: Status
    served: bool
    duplicate: bool
    said: tuple[Said, ...]
    calls: tuple[Called, ...]
    buttons: tuple[Button, ...]
    reading: Reading | None
    routine: str = ""
    """The document that the case is in now."""

    moves: tuple[Move, ...] = ()
    together: bool = False
    """That document is one of several that are loaded together."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document that a case can be opened on."""

    routine: str
    title: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """One entry of a transcript. `version` is its place in the log: the cursor of channels."""

    version: int
    speaker: str
    """`customer`, `assistant` or `human`."""

    said: Said
    at: datetime
    message_id: str | None = None
    """The key under which a customer's message came."""

    human: str = ""
    """Which human speaks, as the log names them."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as its customer may see it."""

    case_id: str
    status: Status
    served: bool
    version: int
    transcript: tuple[Utterance, ...]
    buttons: tuple[Button, ...]
    previous: str | None
    continued_in: str | None
    human: bool
    """Whether a human has the case now."""

    routine: str = ""
    """The document that the case is in now."""

    human_name: str = ""
    """Who has the case, as the log names them; empty while nobody has."""

    on_duty: bool | None = None
    """While the case waits for a human: whether somebody was on duty when it was handed over; else None."""

    working: bool = False
    """The assistant is at work: a message is being read, or a function was called and has not answered."""
