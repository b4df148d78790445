"""Where both heads know better than a rule that went by a word.

"Thanks a bunch for nothing" opens with a word of thanks and complains; "your API denied my request with error 403"
has a word of refusal in it and is a matter of another desk. A rule yields only where what the clause does and what it
is about, each told apart by a head of its own, both speak against it.
"""

from __future__ import annotations

import re
from typing import Final

from bythebook.engine.choice import (
    AFFIRM,
    COMPLAINT,
    DENY,
    GOODBYE,
    OFF_TOPIC,
    REPEAT,
    REQUEST_STATUS,
    ROUTINE,
    THANKS,
)
from bythebook.reading import certainty as c
from bythebook.reading.common import FUNCTION_WORDS
from bythebook.reading.context import Context
from bythebook.reading.heard import Heard
from bythebook.reading.moments import at_closing
from bythebook.reading.moves import Move, Told
from bythebook.reading.polarity import Wish
from bythebook.reading.terms import Kind
from bythebook.reading.text import Clause

WORDS_MIN: Final = 4
"""Words of a clause below which a rule for its words is not looked at again."""

_POLITE: Final = frozenset({AFFIRM, DENY, GOODBYE, THANKS})
_INSTEAD: Final = re.compile(r"\b(?:instead|again|once more|as well|too)\b")
_WISHES: Final = (Move.WANT, Move.USE, Move.CORRECT, Move.REPEAT)
_OF_REFUSALS: Final = (Move.REFUSED, Move.OTHERS, Move.STATUS)


def look_again(context: Context, clause: Clause, heard: Heard) -> None:
    """Put another reading in the place of a rule's, where both heads speak against it."""
    told = context.told(clause.plain) if len(clause.plain.split()) >= WORDS_MIN else None
    if told is None or heard.wished:
        return
    said = set(heard.sure)
    if said and said <= _POLITE and told.of(Move.COMPLAINT) >= c.PLAIN_MIN:
        _instead(heard, COMPLAINT)
    elif said and said <= _POLITE and told.of(Move.REFUSED, Move.COMPLAINT) >= c.PLAIN_MIN:
        _thanks_for_a_refusal(context, clause, heard)
    elif said == {REPEAT} and told.of(Move.CLOSING) >= c.PLAIN_MIN and at_closing(context.menu):
        _instead(heard, DENY)
        heard.ending = True
    elif said == {ROUTINE} and not clause.question and _is_of_a_request(context, clause, told):
        _instead(heard, REQUEST_STATUS)
    elif said == {OFF_TOPIC} and (answer := _is_answered(context, clause, told)):
        heard.sure.clear()
        heard.want(answer, c.LIKELY)
    elif said and said <= {choice for choice, _ in context.knows.reports}:
        _no_report(context, clause, told, heard)


def _thanks_for_a_refusal(context: Context, clause: Clause, heard: Heard) -> None:
    """ "Thanks for refusing us" reports."""
    best = context.match(clause.plain).ranked[0]
    if any(best.choice == report for report, _ in context.knows.reports) and best.probability >= c.PLAIN_MIN:
        _instead(heard, best.choice)
        heard.reported = best.choice


def hardly_wished(context: Context, clause: Clause, heard: Heard) -> None:
    """Ask about a sibling that a clause names, where neither what it does nor what it is about speaks for the wish.

    "I still don't know if the X counts" names X and wishes for nothing.
    """
    mentions = [mention for mention in context.mentions(clause) if mention.kind is not Kind.FOREIGN]
    told = context.told(clause.plain)
    if told is None or any(mention.placed for mention in mentions) or told.of(*_WISHES) >= c.LIKELIEST:
        return
    named = {at for mention in mentions for at in range(mention.start, mention.end)}
    rest = [word for at, word in enumerate(clause.words) if at not in named and word != ","]
    if len(clause.plain.split()) < WORDS_MIN or all(word in FUNCTION_WORDS for word in rest):
        return
    if any(one.wish is Wish.EXCLUDED for one in heard.wished) or _INSTEAD.search(clause.plain):
        return  # "not X, Y", "Y instead" say which
    if not clause.question and context.knows.names_subject(clause.plain):
        return  # the matter and one of its siblings in one statement
    match = context.match(clause.plain)
    awaited = c.AWAITED if context.menu.options and not clause.question else 1.0
    for choice in [one for one in heard.sure if one in context.siblings]:
        share = match.of(choice) * awaited
        if share / (share + 1.0 - match.of(choice)) + match.of(ROUTINE) < c.LIKELIEST:
            heard.doubt(choice, confidence=min(heard.sure.pop(choice), c.UNDECIDED))


def _is_answered(context: Context, clause: Clause, told: Told) -> str:
    """The answer both heads have no doubt of, whatever word of another desk is in it ("what we pay for by usage")."""
    best = context.match(clause.plain).ranked[0]
    plain = told.of(Move.USE, Move.WANT) >= c.PLAIN_MIN and not clause.question
    sure = best.probability >= c.PLAIN_MIN and best.assurance >= c.PLAIN_ASSURED
    return best.choice if plain and sure and best.choice in context.menu.options else ""


def _is_of_a_request(context: Context, clause: Clause, told: Told) -> bool:
    """Whether a clause tells what became of a request, in which the matter is named."""
    told_of = {REQUEST_STATUS, *(choice for choice, _ in context.knows.reports)}
    return told.of(Move.STATUS) >= c.PLAIN_MIN and context.match(clause.plain).ranked[0].choice in told_of


def _no_report(context: Context, clause: Clause, told: Told, heard: Heard) -> None:
    """What is told of something else: neither is it like a report of ours, nor does it tell of a request."""
    match = context.match(clause.plain)
    best = match.ranked[0]
    elsewhere = best.choice == OFF_TOPIC and best.probability >= c.PLAIN_MIN and best.assurance >= c.PLAIN_ASSURED
    if elsewhere and told.of(*_OF_REFUSALS) < c.MOVE_MIN and all(match.of(one) <= c.HARDLY for one in heard.sure):
        heard.reported, heard.standing = "", None
        _instead(heard, OFF_TOPIC)


def _instead(heard: Heard, choice: str) -> None:
    heard.sure.clear()
    heard.close.clear()
    heard.polite_no = False
    heard.add(choice, c.LIKELY)
