"""What stands beside a value in one message: questions and troubles. They are no value, and they are not lost.

"Where do I find the number? Ours is 771" gives 771 and asks something; "I can't attach files. The number is 771"
gives it and tells of a trouble. Only whole sentences are told apart, only where the rest gives what was asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.reading.slot_parts import STORY
from bythebook.routine.model import Slot, SlotType

ASIDE_WORDS_MIN: Final = 3
"""Words of a question below which it is only a tag ("ok?", "you see?")."""

SENTENCES_MAX: Final = 8

_SHORT: Final = (
    *(
        "st",
        "dr",
        "mr",
        "ms",
        "no",
        "nr",
        "co",
        "jr",
        "sr",
        "mt",
        "ft",
        "rd",
        "inc",
        "ltd",
        "str",
        "dep",
        "apt",
        "ave",
    ),
    *("dept", "blvd", "corp", "prof", "mrs", "bros", "assn"),
)
_BREAKS: Final = re.compile(
    rf"(?<=[?!])\s+|\s*\n+\s*|(?<=[^\W_]{{2}}\.){''.join(rf'(?<!{word}[.])' for word in _SHORT)}\s+"
    r"|(?<=\d\.)\s+(?=[^\W\d])"
    r"|[,.]\s+(?=(?:and |but |so |btw |by the way )?(?:where|what|why|how|when|who|which|can|could|do|does|is|are"
    r"|will|would|should)\s(?:do|does|is|are|i|we|you|it|the|that|can|could|will|would|should|my|our|there|this|long"
    r"|much|many|soon)\b[^,.?!\n]*\?)",
    re.I,
)
"""Where sentences part; "Inc." and "Ltd." end none."""

_LEAD: Final = r"^\W*(?:(?:and|but|so|also|ok|okay|well|hi|hello|sorry|btw|by the way|oh|hm+|wait|please)[\s,]+)*"
_ASKS: Final = re.compile(
    rf"{_LEAD}(?:(?:where|what|why|how|when|who|which)(?:'s|\s(?:is|are|was|do|does|did|can|could|will|would|should"
    r"|must|long|much|many|if|about|else|kind|sort))|(?:do|does|did|is|are|will|should|must|can|could|may) "
    r"(?:i|we|it|this|that|there|they|the|my|our))\b",
    re.I,
)
_ORDERS: Final = re.compile(rf"{_LEAD}(?:can|could|will|would) (?:you|u)\b", re.I)
""" "Could you look that up?": asks for what is done anyway."""

_TAG: Final = re.compile(
    rf"{_LEAD}(?:(?:is|was|are|does|do|did|will|would|can) (?:that|this|it|you|these|those|everything|i)(?: all)?"
    r"(?: (?:ok|okay|right|fine|correct|enough|good|alright|it|all|help|work|what you (?:need|want|mean)|see|hear|get"
    r"|you need|need|want|it|that|this|me|now|there|clear|for you|anything (?:else|more)|more))+"
    r"|(?:what|anything)(?: else| more)?(?:(?:'s| is| comes)? next| now| do you (?:still )?need)?(?: from me)?"
    r"|how (?:are|is) (?:you|it going|things)(?: doing)?(?: today)?|any(?:thing)? (?:else|more)(?: you need)?)\W*$",
    re.I,
)
_TROUBLE: Final = re.compile(
    rf"{_LEAD}(?:i|we|it|there|the \w+|your \w+|this \w+|my \w+)\b[^.?!]*?\b(?:can['’]?t|cannot|can not"
    r"|couldn['’]?t|do(?:n['’]?t| not)|doesn['’]?t|does not|won['’]?t|isn['’]?t|is no|is not|not|unable to|fails? to"
    r"|keeps?) (?:\w+ly |even |be |able to )*(?:see|attach\w*|upload\w*|open\w*|send|click|load\w*|work\w*|log|access"
    r"|get in|download\w*|scan|crash\w*|failing|possible|any (?:button|way|link|option))\b",
    re.I,
)
_GIVES: Final = re.compile(
    r"^\W*(?:and |but |so |well |anyway |ok )*(?:it|this|that|ours|mine|(?:the|our|my|its) (?:[\w-]+ ){0,3}?[\w-]+"
    r"|[\w-]+ (?:number|no|id|code|reference)|[\w-]+)(?:'s| is| are| was|:| would be)? \S*\d",
    re.I,
)


def parted(text: str, wanted: Sequence[Slot]) -> tuple[str, tuple[str, ...]]:
    """Return the message without what only asks or tells of a trouble, and those sentences."""
    if any(slot.type is SlotType.TEXT and STORY.search(slot.words) for slot in wanted):
        return text, ()
    sentences = sentences_of(text)
    if not 1 < len(sentences) <= SENTENCES_MAX:
        return text, ()
    asides = [one for one in sentences if _asks(one)]
    left = [one for one in sentences if one not in asides]
    if any(_GIVES.match(one) for one in left):
        asides += [one for one in left if _TROUBLE.match(one) and not _GIVES.match(one)]
    rest = "\n".join(one for one in sentences if one not in asides)
    counted = tuple(one for one in sentences if one in asides and not _TAG.match(one) and not _ORDERS.match(one))
    return (rest, counted) if asides and rest.strip() else (text, ())


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a message."""
    return [one for one in _BREAKS.split(text) if one.strip()]


def _asks(sentence: str) -> bool:
    if len(sentence.split()) < ASIDE_WORDS_MIN:
        return False
    return sentence.rstrip().endswith("?") or _ASKS.match(sentence) is not None
