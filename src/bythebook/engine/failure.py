"""A failure that the document speaks of: the decision that its rule is carried out, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FailureMet:
    """A call failed, or attempts are used up, and the document says what then: these lines are carried out."""

    line: str
    """The line that failed."""

    step: str
    lines: tuple[str, ...]
    """What the document says of failures."""

    why: str
    again: bool = False
    """The line may be done again: its call came back, and said that nothing was done."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What failed, while the document's own rule for failures is carried out."""

    line: str
    why: str
    again: bool
    """It may be done again."""
