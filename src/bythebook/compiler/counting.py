"""Labels that spell where they stand: "2.1", "2.1.1". Which goes on counting, and which of them are the steps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

STEPS_MIN: Final = 2
"""Fewer labels of a section are no steps."""

_COUNTED: Final = re.compile(r"(\d{1,4}(?:\.\d{1,4})+)[ \t]+(?=[A-Z])")
_SPELLED: Final = re.compile(r"\d+(?:\.\d+)+")
_OF_A_SECTION: Final = re.compile(r"(\d+)\.(\d+)")


def counts_on(spelled: str, words: str) -> bool:
    """Tell whether a line goes on counting.

    Behind "2.1" comes "2.2 Ask ..." or "2.1.1 Ask ...", behind "2.1.3" comes "2.1.4" or "2.2".
    """
    match = _COUNTED.match(words)
    if match is None or not _SPELLED.fullmatch(spelled):
        return False
    before, after = spelled.split("."), match[1].split(".")
    last = len(after) - 1
    if before[:last] != after[:last]:
        return False
    return int(after[last]) == (int(before[last]) + 1 if len(before) > last else 1)


def steps_of_section(labels: Sequence[str]) -> tuple[int, ...]:
    """Return which labels are steps: those of one section, "2.1", "2.2" under "## 2 Procedure"."""
    found = {at: match for at, label in enumerate(labels) if (match := _OF_A_SECTION.fullmatch(label))}
    sections = {match[1] for match in found.values()}
    return tuple(found) if len(found) >= STEPS_MIN and len(sections) == 1 else ()
