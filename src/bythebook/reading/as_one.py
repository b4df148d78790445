"""A wish that is said in several clauses: what no clause says alone, the whole message may.

"I'd like to stay, but with another card" is one condition of a routine, cut in two by its comma. Only tried where the
clauses apart were not understood, and only in a routine that has no article to be read by.
"""

from __future__ import annotations

from typing import Final

from bythebook.engine.choice import OFF_TOPIC, ROUTINE, Choice
from bythebook.reading import certainty as c
from bythebook.reading.context import Context
from bythebook.reading.guess import needed, one_of_ours
from bythebook.reading.port import Reading
from bythebook.reading.text import Clause

WORDS_MAX: Final = 30
"""A longer message says more than one thing."""


def as_one(context: Context, parts: tuple[Clause, ...], reading: Reading) -> Reading:
    """Return the reading, or where it tells nothing the wish that the message as a whole is near."""
    plain = " ".join(part.plain for part in parts)
    told = {choice.id for choice in reading.choices} - {OFF_TOPIC, ROUTINE}
    lost = reading.unsure or not told
    if not context.knows.alone or len(parts) < 2 or not lost or len(plain.split()) > WORDS_MAX:
        return reading
    ranked = [one for one in context.match(plain).ranked if context.menu.has(one.choice)]
    best = next(iter(one_of_ours(ranked)), None)
    if best is None or not best.choice.startswith("step:") or best.assurance < c.NEAR_MIN[context.mode]:
        return reading
    if best.probability < needed(context, best.choice):
        return reading
    return Reading((Choice(best.choice, best.probability),), False, reading.slots, reading.reader)
