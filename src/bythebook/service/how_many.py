"""How many of something, in words: "1 case", "2,000 cases"."""

from __future__ import annotations


def how_many(number: int, one: str, more: str = "") -> str:
    """Return a number with what it counts; `more` says it of several where an -s does not, or a verb follows."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"
