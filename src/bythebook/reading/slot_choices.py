"""Answers to a choice that name none of its options: the other of two, all, none, or something that is no option."""

import re
from typing import Final

from bythebook.reading.dates import Mention
from bythebook.reading.slot_answers import fits
from bythebook.reading.slot_types import mentions
from bythebook.routine.model import Slot

SEVERAL: Final = "is more than one value"
LEFT_WORDS_MAX: Final = 4  # words of an answer that names no option


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_OTHER: Final = _re(r"\bother (?:one|option)\b|\bthe other\b|\bthe opposite\b|\b(?:any|every)thing but\b")
_ALL: Final = _re(
    r"\b(?:either|both|all of them|any of them|whichever|whatever|doesn't matter|don't care|no preference)\b"
)
_NONE: Final = _re(r"\b(?:neither|none of (?:them|those|these|the above))\b")


def no_choice(slot: Slot, typed: str, answer: str) -> Mention | None:
    """What is said without naming an option: the other of two, all, none, or something that is no option."""
    named = {mention.value for mention in mentions(slot, typed)}
    left = [option for option in slot.options if option not in named]
    if len(slot.options) == 2 and len(left) == 1 and _OTHER.search(typed):
        return Mention(0, len(typed), left[0])
    wrong = SEVERAL if _ALL.search(answer) else f"is not one of: {', '.join(slot.options)}"
    closed = named or {option.casefold() for option in slot.options} <= {"yes", "no"}
    short = not closed and len(answer.split()) <= LEFT_WORDS_MAX and fits(slot, answer)
    return Mention(0, 0, None, wrong) if short or _ALL.search(answer) or _NONE.search(answer) else None
