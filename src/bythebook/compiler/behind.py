"""What must hold for a deed, where it stands behind it: "Transfer to a human only if the customer insists"."""

from __future__ import annotations

import re
from typing import Final

from bythebook.compiler.forms import Calling, Closing, Collecting, Form, Going, Handing, Quoted, Telling
from bythebook.compiler.people import PEOPLE

TRAILING: Final = re.compile(
    r"(?<!\bsee)(?<!\bcheck)(?<!\bknow)(?<!\btell)(?<!\bask)(?<!\bdetermine)(?<!\bverify)(?<!\bconfirm)(?<!\bout)"
    r"(?<!\beven)(?<!\bsure)(?<!\bdecide)(?<!\btest)(?<!\blearn)(?<!\bvalidate)"
    r",?\s+(?P<only>(?:but )?only )?(?P<chain>if|when|once|after|unless|as soon as)\s+(?!\w+ing\b)"
    r"(?!(?:they have (?:one|it|any)|available|applicable|any|known|there is one|possible|needed|necessary|required|"
    r"appropriate|requested)\W*$)(?P<words>[^\s,;:.\"“”`]++\s[^,;:.\"“”`]++)\.?$",
    re.I,
)
ONLY: Final = re.compile(r"only\s+", re.I)
_TELLS_MORE: Final = re.compile(
    r"\b(?:that|how|what|why|where|which|who|when|whether|to|they|you|if|know|can|will|would|is|are|was|were|should|may|"
    r"must|has|have)\b",
    re.I,
)
"""What is told is a sentence of its own: a condition behind it may be part of it."""
_TELLS_WHOM: Final = re.compile(rf"\W*\w+(?: (?:the )?(?:{PEOPLE}|them|him|her))?\W*$", re.I)


def hangs_on(form: Form | None, words: str, chain: str, *, only: bool) -> bool:
    """Whether a condition behind words is the deed's own, and no part of what is told or asked."""
    match form:
        case Calling() | Going() | Handing() | Closing() | Quoted():
            return True
        case Collecting() if "," in words:
            return False  # "the reading, and the night reading if they have two": of which it is meant is not said
        case Telling() | Collecting():
            # "Tell them the price when it is known": when may belong to what is told.
            return only or (chain != "when" and not (_TELLS_MORE.search(words) or _TELLS_WHOM.match(words)))
        case _:
            return False
