"""What a line of a routine has carried out: the closed set of instructions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from bythebook.routine.value import fixed_value
from bythebook.source.span import Span


class QuestionKind(Enum):
    WHICH = "which"
    """Its answers are conditions of later steps ("API or ChatGPT Enterprise?")."""

    ANYTHING_ELSE = "anything else"
    """The closing question: a no runs the resolution."""

    YES_NO = "yes or no"
    """Its yes, or its no, is the condition of later lines ("If the customer agrees")."""

    OPEN = "open"
    """Asks for words no condition depends on."""


@dataclass(frozen=True, slots=True)
class Say:
    """Say the quoted text whole, word for word; without text, say the phrase approved for the line."""

    text: str | None


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the quoted question; without text, ask with the phrase approved for the line."""

    text: str | None
    kind: QuestionKind
    answers: tuple[str, ...] = ()
    """The labels of the steps and lines whose conditions it settles."""

    others: bool = False
    """For a which-question: an answer that is none of these is one too, and the routine goes on."""


class SlotType(Enum):
    """What a slot takes, and how a value is recognised and checked."""

    TEXT = "text"
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    ADDRESS = "address"
    ID = "id"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that the customer is asked for."""

    name: str
    """In snake case, as functions take it (`account_id`)."""

    words: str
    """The document's words for it ("email address or account ID")."""

    span: Span
    type: SlotType = SlotType.TEXT
    pattern: str = ""
    """A regular expression that the whole value matches; for `id`."""

    options: tuple[str, ...] = ()
    """The values it may take; for `choice`."""

    optional: bool = False
    """The document goes on without it, where the customer does not have it."""


@dataclass(frozen=True, slots=True)
class Collect:
    """Ask for slots that are not known yet, and wait until they are; without text, with the line's phrase."""

    slots: tuple[Slot, ...]
    text: str | None = None
    along: tuple[str, ...] = ()
    """The labels of the lines that are said together with the question, before it is answered."""


@dataclass(frozen=True, slots=True)
class Call:
    """Call a function by its name."""

    function: str
    arguments: tuple[str, ...] = ()
    """As the document gives them: names of values, and values of its own (`fixed_value`)."""

    @property
    def named(self) -> tuple[str, ...]:
        """The arguments that name a value of the case."""
        return tuple(name for name in self.arguments if fixed_value(name) is None)


@dataclass(frozen=True, slots=True)
class Group:
    """Do nothing by itself: the line's condition, or its place, is for the lines under it."""


@dataclass(frozen=True, slots=True)
class Goto:
    """Go on at the step or line with this label."""

    target: str
    returns: bool = False
    """Go on here once the path that it leads to has come to its end."""


@dataclass(frozen=True, slots=True)
class Leave:
    """The path that the line stands in has nothing more to do: go on where it was entered from."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Go back to the line with this label, at most `times` times a case; after that, go on.

    Without a label, under a rule for failures: to the line that failed.
    """

    target: str
    times: int


@dataclass(frozen=True, slots=True)
class HandOver:
    """Give the case to a human, as the document asks."""

    reason: str
    used_up: bool = False
    """All attempts have failed: what the document says of failures comes first, where it says something."""

    by_hand: bool = False
    """A human does what the line asks for, and hands the case back: what stands behind it is due then."""

    does: Call | None = None
    """The call that the human makes in the place of a function."""


Instruction: TypeAlias = Say | Ask | Collect | Call | Group | Goto | Leave | Repeat | HandOver
