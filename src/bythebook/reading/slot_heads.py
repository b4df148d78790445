"""Numbers behind what they are the number of: "flat 7", where a flat number is asked for, "booking QX71" its code.

People leave the word "number" out. A small number counts only where nothing is counted by it ("order 2 pizzas").
"""

import re
from collections.abc import Sequence
from typing import Final

from bythebook.reading.dates import Mention
from bythebook.reading.slot_answers import denied, kinds
from bythebook.reading.slot_types import check_value
from bythebook.routine.model import Slot, SlotType

HEAD_WORDS_MAX: Final = 3
"""Words of the name of a thing that has a number."""

_NUMBER: Final = r"(?:numbers?|no\.?|nr\.?|num|ids?|codes?|references?|ref\.?)"
_NUMBERED: Final = re.compile(
    rf"(?:(?:your|their|the|an?|customer's|valid|full) )*(?P<head>[a-z][a-z' -]*?) (?:{_NUMBER}\s?)+(?:\(.*)?$"
)
_OF: Final = re.compile(
    rf"(?:(?:your|their|the|an?) )*{_NUMBER} of (?:(?:your|their|the|an?) )*(?P<head>[a-z][a-z' -]*)$"
)
_NOT_A_THING: Final = frozenset({"phone", "mobile", "telephone", "cell", "contact", "call back", "callback", "fax"})
"""What has numbers of a form of their own."""

_DOES: Final = re.compile(
    r"(?:\b(?:to|i|we|you|they|please|can|could|will|would|just|let's|must|may|should)\s+)$", re.I
)
"""Before what is done, and not named: "I want to order 2"."""

_NOTHING_COUNTED: Final = re.compile(
    r"\s*(?:$|[,.;:!?)\n+\d-]|(?:and|please|thanks|my|i|it|is|was|has|in|at|on|here|but|not|the|this|that|for|with)\b)",
    re.I,
)
SHORT: Final = 2
"""Digits of a number that may as well count something."""


def _head(slot: Slot) -> str:
    """Return what a slot asks the number of, or nothing."""
    if slot.type is not SlotType.ID or any(kind.name in ("zip", "phone") for kind in kinds(slot)[:1]):
        return ""
    for words in (slot.words.lower(), slot.name.replace("_", " ").lower()):
        found = _NUMBERED.match(words) or _OF.match(words)
        head = found["head"].strip() if found else ""
        if head and head not in _NOT_A_THING and len(head.split()) <= HEAD_WORDS_MAX:
            return head
    return ""


def by_head(text: str, slots: Sequence[Slot]) -> dict[str, Mention]:
    """Return, by slot, the last number that stands behind the thing it is the number of."""
    heads = [(slot, _head(slot)) for slot in slots]
    found: dict[str, Mention] = {}
    for slot, head in heads:
        if not head or sum(head == other for _, other in heads) > 1:
            continue
        named = re.compile(
            rf"\b{re.escape(head)}\s?(?:{_NUMBER}\s?)?(?:(?:is|was|:|=|#)\s?)*(?P<id>(?:[a-z]{{0,6}}-?)?\d[\w-]*)(?!\w|[.:/]\d)",
            re.I,
        )
        for match in named.finditer(text):
            value, end = match["id"], match.end("id")
            counts = value.isdigit() and len(value) <= SHORT and not _NOTHING_COUNTED.match(text, end)
            one = Mention(match.start(), end, value)
            if not (counts or _DOES.search(text[: match.start()]) or denied(text, one) or check_value(slot, value)):
                found[slot.name] = one
    return found
