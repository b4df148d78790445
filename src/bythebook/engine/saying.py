"""What kind of approved wording a text is."""

from __future__ import annotations

from enum import Enum


class Source(Enum):
    """What kind of approved wording a text is (invariant 1)."""

    QUOTED = "quoted"
    PHRASE = "phrase"
    ARTICLE = "article"
    FUNCTION = "function"
    HOUSE = "house"
    HUMAN = "human"
