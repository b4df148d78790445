"""A text that may become an example, from wherever it comes: its author accepts it for a choice, or leaves it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggested:
    """One text, ready to be accepted."""

    number: int
    """How its author names it; it stays the same while more are suggested."""

    text: str
    choices: tuple[str, ...]
    """What it may mean, the likeliest first; often nothing is known."""

    why: str
    """Where it comes from, in words."""
