"""Steps half-way: lines are known, conditions are found but not yet tied to the questions that ask for them."""

from __future__ import annotations

from dataclasses import dataclass

from bythebook.routine.model import Line
from bythebook.source.span import Span


@dataclass(frozen=True, slots=True)
class DraftStep:
    """A step whose condition is still a place in the document."""

    label: str
    span: Span
    text: str
    condition: Span | None
    lines: tuple[Line, ...]
