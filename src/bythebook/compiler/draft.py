"""Steps half-way: lines are known, conditions are found but not yet tied to what settles them."""

from __future__ import annotations

from dataclasses import dataclass

from bythebook.compiler.forms import Chain
from bythebook.routine.model import Line
from bythebook.source.span import Span


@dataclass(frozen=True, slots=True)
class DraftCondition:
    """A condition that is still a place in the document."""

    span: Span
    chain: Chain = Chain.IF
    question: str | None = None
    """The line that asks for it, where that is already known."""

    name: Span | None = None
    """The words that tell it from its siblings, where that is already known."""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line whose condition is still a place in the document."""

    line: Line
    condition: DraftCondition | None = None
    options: tuple[Span, ...] = ()
    """What a question offers in lines under it: "Ask which of these applies: ..."."""


@dataclass(frozen=True, slots=True)
class DraftStep:
    """A step whose conditions are still places in the document."""

    label: str
    span: Span
    text: str
    condition: DraftCondition | None
    lines: tuple[DraftLine, ...]
