"""What the words of a step or line can ask for, before it is known what stands around them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from bythebook.routine.model import QuestionKind
from bythebook.source.span import Span

END_OF_CASE: Final = "end-of-case"
"""Where "end the conversation" leads; which line that is, is known once all lines are there."""


ON: Final = "on"
"""Where a bare "continue" leads: to what stands next in the step, and behind its last line to the next step."""


class Voice(Enum):
    """Which verb stands before words in quotation marks."""

    BARE = "none"
    SAY = "say"
    TELL = "tell"
    ASK = "ask"


class Chain(Enum):
    """How a condition stands to the one before it."""

    IF = "if"
    ELSE_IF = "else if"
    ELSE = "else"
    EVENT = "once"
    """Something that has happened by then, as the lines before saw to it; nothing is left to decide."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in quotation marks: to be said or asked, word for word."""

    text: Span
    voice: Voice


@dataclass(frozen=True, slots=True)
class Calling:
    """A call, with the arguments as written."""

    function: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hanging:
    """A condition for what stands under it."""

    condition: Span
    chain: Chain = Chain.IF


@dataclass(frozen=True, slots=True)
class Telling:
    """Something to be said in words that somebody has yet to approve; or how quoted lines under it are meant."""

    asks: bool = False
    leads: bool = False
    """It ends in a colon: what stands under it is what is to be said."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question in words that somebody has yet to approve."""

    kind: QuestionKind


@dataclass(frozen=True, slots=True)
class Collecting:
    """Values to be asked for; the words name them, or what stands under it does."""

    words: Span


@dataclass(frozen=True, slots=True)
class Going:
    """Go on elsewhere: `next`, `end`, or a label as written."""

    target: str


@dataclass(frozen=True, slots=True)
class Repeating:
    """Do again what went before, so many times at most."""

    what: str
    times: int
    until: bool = False
    """Until something holds: only a condition that it does not gives that a meaning."""


@dataclass(frozen=True, slots=True)
class Handing:
    """Give the case to a human."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Do what another text says, which is not part of the document."""


@dataclass(frozen=True, slots=True)
class Concluding:
    """It turns out that nothing is to be done here: the path ends."""


@dataclass(frozen=True, slots=True)
class Closing:
    """End the case, without naming a function."""


@dataclass(frozen=True, slots=True)
class Behaving:
    """How to behave: there is nothing in it to carry out."""


@dataclass(frozen=True, slots=True)
class Doing:
    """Something that the customer can do: they are told to."""


Form: TypeAlias = (
    Quoted
    | Calling
    | Hanging
    | Telling
    | Asking
    | Collecting
    | Going
    | Repeating
    | Handing
    | Elsewhere
    | Concluding
    | Closing
    | Behaving
    | Doing
)
