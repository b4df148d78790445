"""What a message gives beyond the value that was asked for: those asked for next, and a code out of its sentence.

Customers who know what they will be asked say it all at once ("Ann Lee, AB123, 4 May"), put a code into a sentence
("the last four are 4242"), and ask where a thing is to be found instead of saying that they do not have it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bythebook.reading.common import FUNCTION_WORDS, listed
from bythebook.reading.slot_answers import kinds
from bythebook.reading.slots import NOT_GIVEN, Found, read_slots
from bythebook.routine.model import Slot, SlotType
from bythebook.routine.value import Value

AHEAD_MAX: Final = 6
"""Values that a message may give besides the one asked for."""

SENTENCE_WORDS_MAX: Final = 14
"""Words of a sentence that a code is taken from."""

LEFT_WORDS_MAX: Final = 5
"""Words beside several values; beside an address any word may be a part of it."""

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_BESIDE: Final = listed(
    """
    hello dear name names email mail phone number booking reference code date address account card here are yes sure
    please thanks thank you january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday
    """
)
"""What stands beside values in a list of them."""

_IDENTIFYING: Final = re.compile(
    r"\b(?:id|ids|identit\w+|identif\w+|security|verification|account|number|digits|code|pin|reference|credentials?)\b",
    re.I,
)
"""Values of which only the code counts, not the words around it."""

_CODE: Final = re.compile(
    r"(?:.*\b(?:is|are|was|be|ends? (?:in|with)|ending (?:in|with)|(?:last|first) (?:four|4|three|3|two|2|six|6)"
    r"(?: digits)?)|.*:)\s*(?:the\s|#\s?)?(?P<code>[\w-]*\d[\w-]*)[\s.!]*(?:i (?:think|believe|guess)|please|thanks)?"
    r"[\s.!]*",
    re.I | re.S,
)
_ABSENT: Final = re.compile(
    r"\b(?:don['’]?t|do not|haven['’]?t|have not|can['’]?t|cannot|can not|couldn['’]?t|didn['’]?t|not|no|without)\b"
    r"[^.?!]{0,60}\b(?:with me|on me|at hand|to hand|handy|nearby|in front of me|by me|any ?more|by heart"
    r"|(?:right )?now|at the moment|here)\W*$"
    r"|\b(?:left|forgot|have) (?:it|that|my \w+|the \w+)(?: \w+)? (?:at|back) (?:home|work|the office)\b",
    re.I,
)
_WHERE: Final = re.compile(
    r"\b(?:where|how)\b[^.?!]{0,20}\b(?:find|see|get|look(?: up| for)?|locate|know|is|are|would)\b(?P<what>[^.?!]*)",
    re.I,
)
_IT: Final = re.compile(r"\b(?:it|that|this|one|them|those|these)\b", re.I)


def read_given(text: str, wanted: Sequence[Slot], known: Sequence[Slot]) -> Found:
    """Return what `read_slots` finds, and what else the message gives or tells of the value that is asked for."""
    found = read_slots(text, wanted, known)
    if not wanted:
        return found
    absent = _absent(text, wanted)
    if absent and not any(char.isdigit() for char in text):
        kept = {name: value for name, value in found.values.items() if not _is_free(name, wanted)}
        return Found(
            kept, {**found.problems, **dict.fromkeys((s.name for s in wanted if s.name not in kept), NOT_GIVEN)}
        )
    for ahead in range(min(AHEAD_MAX, len(_ahead(wanted, known))), 0, -1):
        slots = (*wanted, *_ahead(wanted, known)[:ahead])
        rest = tuple(slot for slot in known if slot not in slots)
        several = read_slots(text, slots, rest)
        if all(slot.name in several.values for slot in slots) and _parted(several, slots, text):
            found = several
            break
    return replace(found, values={name: _code(value, name, wanted) for name, value in found.values.items()})


def _ahead(wanted: Sequence[Slot], known: Sequence[Slot]) -> tuple[Slot, ...]:
    """The values that are asked for behind this one, as far as their form tells them."""
    at = max(slot.span.start for slot in wanted)
    found: list[Slot] = []
    for slot in sorted(known, key=lambda slot: slot.span.start):
        if slot.span.start > at:
            if slot.type is SlotType.TEXT and not any(kind.form or kind.type for kind in kinds(slot)):
                break
            found.append(slot)
    return tuple(found)


def _parted(found: Found, slots: Sequence[Slot], text: str) -> bool:
    """Whether every value is another part of the message, and little is left beside them."""
    texts = [str(found.values[slot.name]) for slot in slots]
    if len(set(texts)) < len(texts) or any(len(one) >= len(text.strip()) for one in texts):
        return False
    named = " ".join((*texts, *(slot.words for slot in slots), *(slot.name.replace("_", " ") for slot in slots)))
    covered = set(_WORD.findall(named.lower())) | FUNCTION_WORDS | _BESIDE
    left = [word for word in _WORD.findall(text.lower()) if word not in covered]
    places = any(slot.type is SlotType.ADDRESS for slot in slots)
    return len(left) <= (0 if places else LEFT_WORDS_MAX)


def _code(value: Value, name: str, wanted: Sequence[Slot]) -> Value:
    slot = next((slot for slot in wanted if slot.name == name), None)
    free = slot is not None and slot.type is SlotType.TEXT and _IDENTIFYING.search(slot.words)
    if not free or not isinstance(value, str) or not 1 < len(value.split()) <= SENTENCE_WORDS_MAX:
        return value
    code = _CODE.fullmatch(value)
    return code["code"] if code is not None else value


def _is_free(name: str, wanted: Sequence[Slot]) -> bool:
    return any(slot.name == name and slot.type is SlotType.TEXT for slot in wanted)


def _absent(text: str, wanted: Sequence[Slot]) -> bool:
    """Whether a message says that the value is not at hand, or asks where it is to be found."""
    if _ABSENT.search(text):
        return True
    asked = _WHERE.search(text)
    if asked is None:
        return False
    named = {word for slot in wanted for word in re.findall(r"\w{2,}", slot.words.lower())}
    return bool(_IT.search(asked["what"]) or named & set(re.findall(r"\w{2,}", asked["what"].lower())))
