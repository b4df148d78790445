"""What only a whole message tells, in a routine that has no article to be read by.

"I'd like to stay, but with another card" is one condition of a routine, cut in two by its comma; "please cancel" is
no goodbye where something is cancelled; "what date do you mean?" asks for the question again.
"""

from __future__ import annotations

import re
from typing import Final

from bythebook.engine.choice import AFFIRM, DENY, GOODBYE, GREETING, OFF_TOPIC, REPEAT, ROUTINE, THANKS, Choice
from bythebook.reading import certainty as c
from bythebook.reading.common import listed, stem
from bythebook.reading.context import Context
from bythebook.reading.guess import needed, one_of_ours
from bythebook.reading.port import Reading
from bythebook.reading.text import Clause

WORDS_MAX: Final = 30
"""A longer message says more than one thing."""

_LEAVING: Final = frozenset({GOODBYE, DENY})
_PLEASANT: Final = frozenset({GREETING, THANKS, AFFIRM})
_HALTS: Final = listed("cancel cancelling canceling stop end close quit exit finish terminate")
"""Words that end a conversation, except where they are what the routine is for."""


def begins(context: Context, parts: tuple[Clause, ...], reading: Reading) -> Reading:
    """Return the reading of an opening: "please cancel" is no goodbye where something is cancelled."""
    told = {choice.id for choice in reading.choices}
    if not context.opening or not told & _LEAVING or told - _LEAVING - _PLEASANT:
        return reading
    said = {word for part in parts for word in part.plain.split()}
    if not any(stem(word) in context.knows.deeds for word in said & _HALTS):
        return reading
    return Reading((Choice(ROUTINE, c.LIKELY),), False, reading.slots, reading.reader)


_ASKS_BACK: Final = re.compile(
    r"^(?:(?:hm+|um+|sorry|wait|oh|ok|well|and|but|so) )*(?:what|which)(?: [\w-]+){0,3} (?:do|did|are|were) you "
    r"(?:mean|need|want|asking|ask|referring|talking)\b"
)
"""A question about the question."""


def asks_back(context: Context, parts: tuple[Clause, ...], reading: Reading) -> Reading:
    """Return the reading of "what date do you mean?", where something was asked: the question is put again."""
    told = {choice.id for choice in reading.choices}
    plain = " ".join(part.plain for part in parts)
    if context.opening or not (reading.unsure or told <= {OFF_TOPIC, ROUTINE}) or not _ASKS_BACK.match(plain):
        return reading
    return Reading((Choice(REPEAT, c.LIKELY),), False, reading.slots, reading.reader)


_OPENING_NO: Final = re.compile(
    r"^(?:(?:hi|hello|ok|well|so|oh|sorry) )*(?:no|nope|nah)(?: no| thanks| thank you)*\b"
)
_DENIED: Final = re.compile(r"\b(?:not|never|nobody|none|no|without|neither)\b")


def _needed(context: Context, choice: str) -> float:
    """What leads to a question first does nothing yet: less is needed for it."""
    first = not context.opening and choice in context.knows.asked_first
    return min(context.answer_min, needed(context, choice)) if first else needed(context, choice)


def as_one(context: Context, parts: tuple[Clause, ...], reading: Reading) -> Reading:
    """Return the reading, or where it tells nothing the wish that the message as a whole is near."""
    plain = " ".join(part.plain for part in parts)
    told = {choice.id for choice in reading.choices} - {OFF_TOPIC, ROUTINE}
    lost = reading.unsure or not told
    if len(parts) < 2 or not lost or len(plain.split()) > WORDS_MAX:
        return reading
    ranked = [one for one in context.match(plain).ranked if context.menu.has(one.choice)]
    best = next(iter(one_of_ours(ranked)), None)
    if best is None or not best.choice.startswith("step:") or best.assurance < c.NEAR_MIN[context.mode]:
        return reading
    if best.probability < _needed(context, best.choice):
        return reading
    if _DENIED.search(_OPENING_NO.sub("", plain)) and not _DENIED.search(context.knows.nearest(plain, best.choice)):
        return reading
    return Reading((Choice(best.choice, best.probability),), False, reading.slots, reading.reader)
