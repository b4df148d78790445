"""What one turn still has to do: the agenda that a reading leads to, in the order of R1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from bythebook.engine.choice import HUMAN
from bythebook.routine.value import Value

DOCUMENT: Final = "document:"
"""How the choices begin that are other documents."""


@dataclass(frozen=True, slots=True)
class RunStep:
    """Enter the step and carry out its lines."""

    step: str
    at: str | None = None
    """The line to begin at (a human named it); None for the first."""


@dataclass(frozen=True, slots=True)
class FillSlot:
    """Keep a value that the customer gave."""

    slot: str
    value: Value


@dataclass(frozen=True, slots=True)
class SetAnswer:
    """Keep the answer of a question: `yes`, `no`, the label of the condition that it meets, or `said`."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Meet:
    """Keep that the condition of this line is met; it is carried out in its place."""

    line: str


@dataclass(frozen=True, slots=True)
class SayAgain:
    """Say these logged lines again, results included; call nothing (R3)."""

    lines: tuple[str, ...]
    step: str | None = None
    """The step whose condition was met again, for counting."""


@dataclass(frozen=True, slots=True)
class GiveLine:
    """Say one line that was asked for, with its call (R13)."""

    line: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Give the answer to the N-th question of the article."""

    topic: int


@dataclass(frozen=True, slots=True)
class SayPhrase:
    """Say the phrase approved for a line."""

    line: str


@dataclass(frozen=True, slots=True)
class SayHouse:
    """Say a house phrase; `holes` are words of the document, by the name of the hole."""

    name: str
    holes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """Offer choices over the pending question: two readings that are close, or a human."""

    choices: tuple[str, ...]
    house: str
    """The house phrase that makes the offer."""

    @property
    def of_documents(self) -> bool:
        """Whether a yes, or one of them, may lead to another document."""
        return any(choice.startswith(DOCUMENT) for choice in self.choices)


HUMAN_OFFER: Final = Offer((HUMAN,), "offer_human")


@dataclass(frozen=True, slots=True)
class AskLine:
    """Ask the question of this line next, whatever R2 would choose."""

    line: str


@dataclass(frozen=True, slots=True)
class HandOff:
    """Give the case to a human."""

    reason: str


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """Say what a human had to say on a fact they settled."""


@dataclass(frozen=True, slots=True)
class Rest:
    """End the turn without a question (a goodbye, a miss with another message behind it)."""


Task: TypeAlias = (
    RunStep
    | FillSlot
    | SetAnswer
    | Meet
    | SayAgain
    | GiveLine
    | Answer
    | SayPhrase
    | SayHouse
    | Offer
    | AskLine
    | HandOff
    | GiveFeedback
    | Rest
)
