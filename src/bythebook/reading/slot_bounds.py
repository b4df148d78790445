"""Where one value of a message ends because another begins: "Lindenstr. 5, 10969 Berlin. Tax id DE811907980"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from bythebook.reading.dates import Mention
from bythebook.routine.model import SlotType

LINK: Final = (
    r"(?P<link>\s{0,3}(?:\([^)\n]{1,20}\)\s?)?"
    r"(?::|=|\s-\s|\b(?:is|are|was|(?:would|should|will) be)\b(?: now)?|'s\b)\s{0,3})?"
)
NO_LABEL: Final = r"|\s(?:st|street|rd|road|ave|avenue)\b"  # "12 State St" labels no state

BARE_CODE: Final = re.compile(r"\s*(?=[\w-]*\d[\w-]*\d[\w-]*\d)[\w-]{4,}\W{0,3}(?:[\s,;]|$)")
"""A code right behind its name ("tax id DE811907980")."""

NUMBER_IS: Final = re.compile(
    r"(?:(?:ours|mine)\s(?:is|was|would be)|(?:(?:the|my|our|its)\s)?(?:[\w-]+\s){0,2}?(?:numbers?|no\.?|nr\.?|id"
    r"|code|ref(?:erence)?)(?::|\s(?:is|was|would be))?)\s+(?=\S*\d\S*$)",
    re.IGNORECASE,
)
"""What leads in to a number, whatever it is called."""

_BETWEEN: Final = re.compile(r"(?:[\s,;&]|\band|\bwith|\bplus)+$|(?<=[^\W_]{2}|\d.)\.\s*$", re.IGNORECASE)
TAIL: Final = re.compile(
    r"(?:[\s,;&]|(?<!\bco)(?<!\binc)(?<!\bltd)(?<!\bcorp)(?<!\b\w)\.|\b(?:and|my|the|our|also|new|with)\b)+$", re.I
)
"""What belongs to what stands behind a value; the stop of "Ltd." belongs to the name."""

_TOWN: Final = re.compile(r"\d.*\b(?=[\w-]*\d)[A-Z\d]{3,7}\b")


def label_of(name: str) -> re.Pattern[str]:
    """Return the name of a slot as it stands right before its value, where a text ends."""
    words = r"\s".join(map(re.escape, name.split()))
    return re.compile(
        rf"(?<![\w-])(?:(?:the|my|our|and|with)\s)*{words}\s?(?:no\.?|nr\.?|number)?(?::|\sis|\s-)?\s*$", re.I
    )


def before_others(text: str, spans: Sequence[tuple[int, int]], names: Collection[str]) -> str:
    """Return a text without the values of other slots at its end, and without their names."""
    left = text
    for start, end in sorted(spans, reverse=True):
        if 0 < start < len(left) and not left[end:].strip(" .,;!\n"):
            named = left[:start]
            for name in sorted(names, key=len, reverse=True):
                named = label_of(name).sub("", named)
            left = _BETWEEN.sub("", named.rstrip())
    return left if left.strip() else text


def stands_out(kind: SlotType, text: str, mention: Mention) -> bool:
    """Whether a value that nothing asked for can be nothing else: an ID with letters, an address with its town that
    stands behind another value ("Oak GmbH, Lindenstr. 5, 10969 Berlin")."""
    value = str(mention.value)
    if kind is SlotType.ID:
        return re.search("[^\\W\\d]", value) is not None
    if kind is SlotType.ADDRESS:
        return text[: mention.start].rstrip(" ")[-1:] in (",", ";", "\n") and _TOWN.search(value) is not None
    return True
