"""Draws one link: straight down or up through layers, curves between them, round corners beside cards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

CORNER: Final = 7.0
"""The radius of a corner, in pixels."""


@dataclass(slots=True)
class Pen:
    """The place where the pen is, and what it has drawn: the `d` of an SVG path."""

    x: float = 0.0
    y: float = 0.0
    start: tuple[float, float] = (0.0, 0.0)
    parts: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        """What was drawn."""
        return " ".join(self.parts)

    def begin(self, x: float, y: float) -> None:
        """Put the pen down."""
        self.x, self.y = self.start = x, y
        self.parts = [f"M{_n(x)} {_n(y)}"]

    def straight(self, y: float) -> None:
        """Go straight up or down."""
        if abs(y - self.y) > 0.05:
            self.y = y
            self.parts.append(f"V{_n(y)}")

    def curve(self, x: float, y: float) -> None:
        """Go to another column and height, leaving and coming in upright."""
        if abs(x - self.x) < 0.05:
            self.straight(y)
            return
        half = (self.y + y) / 2
        self.parts.append(f"C{_n(self.x)} {_n(half)} {_n(x)} {_n(half)} {_n(x)} {_n(y)}")
        self.x, self.y = x, y

    def aside(self, x: float, *, down: bool) -> None:
        """Leave a card's side and turn down, or up, round a corner."""
        turn = CORNER if x > self.x else -CORNER
        y = self.y + (CORNER if down else -CORNER)
        self.parts.append(f"H{_n(x - turn)} Q{_n(x)} {_n(self.y)} {_n(x)} {_n(y)}")
        self.x, self.y = x, y

    def into(self, x: float, y: float) -> None:
        """Turn round a corner and come to a card's side."""
        turn = CORNER if x > self.x else -CORNER
        self.parts.append(f"Q{_n(self.x)} {_n(y)} {_n(self.x + turn)} {_n(y)} H{_n(x)}")
        self.x, self.y = x, y

    def over(self, x: float, y: float) -> None:
        """Come down on a card from above."""
        above = min(self.y, y) - 4 * CORNER
        self.parts.append(f"C{_n(self.x)} {_n(above)} {_n(x)} {_n(above)} {_n(x)} {_n(y)}")
        self.x, self.y = x, y


def _n(value: float) -> str:
    """Return a number as short as it can be written."""
    return f"{value:.1f}".removesuffix(".0")
