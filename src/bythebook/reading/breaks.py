"""Where a new clause begins although nothing was typed between the two: a taking back, and a goodbye at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_TAKING_BACK: Final = re.compile(
    r"(?:(?:no|oh|wait|um) )*(?:strike|scratch|scrap|cancel|forget|ignore|disregard) (?:that|it)"
    r"(?: (?!is\b|was\b|part\b|one\b)|$)|no wait "
)
_LEAVING: Final = re.compile(
    r"(?:(?:ok |okay |and )*(?:thanks|thank you|thank u|cheers)(?: (?:a lot|so much|very much|again))? )?"
    r"(?:good ?bye|bye(?: bye)?)(?: (?:now|then|for now))?$"
)
_LEAVING_WORDS_MIN: Final = 3
"""Words before a goodbye that closes a message typed without stops."""


def breaks_off(words: Sequence[str], at: int) -> bool:
    """Whether what was said breaks off before this word."""
    rest = " ".join(words[at:])
    return bool(_TAKING_BACK.match(rest)) or (at >= _LEAVING_WORDS_MIN and bool(_LEAVING.match(rest)))
