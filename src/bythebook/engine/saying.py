"""What kind of approved wording a text is."""

from __future__ import annotations

from enum import Enum
from typing import Final

HOUSE: Final = "house:"
"""How the label of a phrase of the house begins: `house:sorry`."""


class Source(Enum):
    """What kind of approved wording a text is (invariant 1)."""

    QUOTED = "quoted"
    PHRASE = "phrase"
    ARTICLE = "article"
    FUNCTION = "function"
    HOUSE = "house"
    HUMAN = "human"
