"""Takes a clause that no rule has read by what it does, where that says more than what it is about.

"Lovely, an e-mail address" is near the article's word on e-mail and asks for nothing: it complains. "Let me find out
which one it is" names nothing and is no other matter: it asks for a moment.
"""

from __future__ import annotations

from typing import Final

from bythebook.engine.choice import (
    AFFIRM,
    COMPLAINT,
    DENY,
    GREETING,
    HUMAN,
    REPEAT,
    REQUEST_STATUS,
    THANKS,
)
from bythebook.reading import certainty as c
from bythebook.reading.context import Context
from bythebook.reading.heard import Heard
from bythebook.reading.head import Ranked
from bythebook.reading.moments import at_closing
from bythebook.reading.moves import Move, Told
from bythebook.reading.outcomes import outcomes
from bythebook.reading.reports import names_matter
from bythebook.reading.text import Clause

NO_NEED: Final = (Move.CLOSING, Move.STALL, Move.THANKS, Move.GREET, Move.CHAT, Move.COMPLAINT, Move.NO_PERSON)
"""What asks for nothing and tells nothing of what is wanted."""

_REQUESTS: Final = (Move.WANT, Move.ASK)
_ASKS: Final = (Move.ASK, Move.SUPPOSE, Move.WANT, Move.USE, Move.DOUBT)
_TELLS: Final = (Move.USE, Move.WANT, Move.ASK, Move.CORRECT, Move.DOUBT, Move.SUPPOSE)
"""What may choose a sibling."""


def by_what_it_does(context: Context, clause: Clause, best: Ranked, heard: Heard) -> bool:
    """Read a clause by its move where that is plain; return whether it was."""
    told = context.told(clause.plain)
    if told is None or (best.nearness >= c.SAME_NEAR_MIN and best.choice != REQUEST_STATUS):
        return False
    if len(clause.plain.split()) < c.MOVE_WORDS_MIN:
        return False
    move = told.likeliest
    sure = told.of(move)
    if sure < c.MOVE_MIN:
        return False
    match move:
        case Move.COMPLAINT if sure >= (c.MOVE_SURE if clause.question else c.COMPLAINT_MIN):
            heard.soft[COMPLAINT] = c.LIKELY
        case Move.PERSON if context.menu.has(HUMAN) and sure >= c.MOVE_SURE and not best.choice.startswith("line"):
            heard.add(HUMAN, c.LIKELY)
        case Move.NO_PERSON if context.menu.situation.offer:
            heard.add(DENY, c.LIKELY)
        case Move.STALL if not clause.question and not clause.plain.startswith("no "):
            heard.pause = True
            heard.add(GREETING, c.RULE)
        case Move.REPEAT:
            heard.soft[REPEAT] = c.LIKELY
        case Move.THANKS if not clause.question:
            heard.soft[THANKS] = c.LIKELY
        case Move.DOUBT:
            heard.undecided = heard.empty = True
        case Move.GREET if not clause.question:
            heard.aside = heard.empty = True
        case Move.CLOSING if not clause.question:
            _closing(context, sure, heard)
        case Move.REFUSED if not clause.question and not outcomes(clause.plain):
            _refused(context, clause, sure, heard)
        case Move.OTHERS:
            heard.soft[REQUEST_STATUS] = c.LIKELY
        case Move.STATUS if best.choice.startswith(("other", "article")) and best.probability < c.ACT_MIN["encoded"]:
            heard.soft[REQUEST_STATUS] = c.LIKELY
        case _:
            return False
    return True


def _closing(context: Context, sure: float, heard: Heard) -> None:
    if at_closing(context.menu) or context.menu.situation.offer:
        heard.ending = True
        if sure >= c.MOVE_SURE:
            heard.add(DENY, c.LIKELY)
        else:
            heard.doubt(AFFIRM, DENY)
    else:
        heard.aside = heard.empty = True


def _refused(context: Context, clause: Clause, sure: float, heard: Heard) -> None:
    """A refusal in words that no rule knows: acted on where it says whose it is, else asked about."""
    for choice, _ in context.knows.reports:
        if sure >= c.MOVE_SURE and names_matter(context.knows.neutral(clause.plain)):
            heard.add(choice, c.LIKELY)
        else:
            heard.doubt(choice, REQUEST_STATUS)


def fits(told: Told | None, choice: str, question: bool) -> bool:
    """Whether a clause that does this may mean this choice."""
    if told is None:
        return True
    kind = choice.partition(":")[0]
    if kind == "line":
        return question or told.of(*_REQUESTS) >= c.MOVE_LEFT
    if kind == "step":
        return told.of(*_TELLS, Move.REFUSED) >= c.MOVE_LEFT
    if kind == "article":
        return question or told.of(*_ASKS) >= c.MOVE_LEFT
    if choice == REQUEST_STATUS:
        return told.of(Move.STATUS, Move.OTHERS, Move.REFUSED) >= c.MOVE_AGREED
    if choice == HUMAN:
        return told.of(Move.PERSON) >= c.MOVE_AGREED
    return True
