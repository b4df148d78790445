"""Takes a clause that no rule has read by what it does, where that says more than what it is about.

"Lovely, an e-mail address" is near the article's word on e-mail and asks for nothing: it complains. "Let me find out
which one it is" names nothing and is no other matter: it asks for a moment.
"""

from __future__ import annotations

import re
from typing import Final

from bythebook.engine.choice import (
    AFFIRM,
    COMPLAINT,
    DENY,
    GREETING,
    HUMAN,
    REPEAT,
    REQUEST_STATUS,
    ROUTINE,
    THANKS,
    step_choice,
)
from bythebook.reading import certainty as c
from bythebook.reading import facets
from bythebook.reading.context import Context
from bythebook.reading.head import Ranked
from bythebook.reading.heard import Heard
from bythebook.reading.moments import at_closing
from bythebook.reading.moves import Move, Told
from bythebook.reading.outcomes import outcomes
from bythebook.reading.reports import names_matter
from bythebook.reading.terms import Kind
from bythebook.reading.text import Clause

NO_NEED: Final = (Move.CLOSING, Move.STALL, Move.THANKS, Move.GREET, Move.CHAT, Move.COMPLAINT, Move.NO_PERSON)
"""What asks for nothing and tells nothing of what is wanted."""

_SAYS_NOTHING: Final = (Move.DOUBT, Move.GREET, Move.CHAT)
_REQUESTS: Final = (Move.WANT, Move.ASK)
_SOFT: Final = {
    Move.COMPLAINT: COMPLAINT,
    Move.REPEAT: REPEAT,
    Move.THANKS: THANKS,
    Move.OTHERS: REQUEST_STATUS,
    Move.STATUS: REQUEST_STATUS,
}
_ASKS: Final = (Move.ASK, Move.SUPPOSE, Move.WANT, Move.USE, Move.DOUBT)
_ENDS: Final = (Move.CLOSING, Move.THANKS)
_TELLS: Final = (*_ASKS, Move.CORRECT)
_OURS: Final = re.compile(r"\b(?:you|your|we|us|our|ours|i|me|my|mine|it|they|them)\b")
_TO_US: Final = re.compile(r"\b(?:us|our|ours|mine|me)\b|\bfrom (?:you|your|them)\b")
_TO_OTHERS: Final = re.compile(r"\b(?:told|gave|sent|refused|rejected|declined|denied|turned) (?:them|him|her)\b")
_SUPPOSED: Final = re.compile(
    r"^(?:\w+ ){0,3}?(?:if|supposing|suppose|assuming|assume|imagine|imagining|in case|say|should|provided|unless|"
    r"whether|hypothetically)\b|\bif (?:you|your|they|the|our|we|it|ever)\b"
)
""" "Supposing your team does not like it": nothing has happened."""

_NOT_YET: Final = re.compile(r"\b(?:not|never|no)\b.*\b(?:yet|anything|so far|any)\b")
_PAST: Final = (Move.STATUS, Move.OTHERS)
"""What tells of something that happened, and wants nothing of it."""


def by_what_it_does(context: Context, clause: Clause, best: Ranked, heard: Heard) -> bool:
    """Read a clause by its move where that is plain; return whether it was."""
    told = context.told(clause.plain)
    if told is None or len(clause.plain.split()) < c.MOVE_WORDS_MIN:
        return False
    move = told.likeliest
    sure = told.of(move)
    if move in _ENDS and at_closing(context.menu):
        sure = told.of(*_ENDS)  # either answers the closing question
    if move in _SAYS_NOTHING and _is_the_matter(context, clause):
        return False
    if sure < c.MOVE_MIN or (best.nearness >= c.SAME_NEAR_MIN and best.choice != REQUEST_STATUS):
        return False
    if _softly(context, clause, move, sure, best):
        heard.soft[_SOFT[move]] = c.LIKELY
        return True
    return _plainly(context, clause, move, sure, heard) or _acting(context, clause, (move, sure), best, heard)


def _is_the_matter(context: Context, clause: Clause) -> bool:
    """Whether the head is sure that the matter itself is named ("I was wondering about BAAs")."""
    best = context.match(clause.plain).ranked[0]
    sure = best.probability >= c.ACT_MIN[context.mode] and best.assurance >= c.PLAIN_ASSURED
    return best.choice == ROUTINE and context.opening and sure


def corrects(context: Context, clause: Clause) -> bool:
    """Whether a clause plainly puts right what was said, in whatever words."""
    told = context.told(clause.plain) if context.mentions(clause) or not clause.question else None
    return told is not None and told.of(Move.CORRECT) >= c.PLAIN_MIN


def plainly_asked(context: Context, clause: Clause, heard: Heard) -> bool:
    """Take a question of the article that both heads are sure of, whatever words of a report are in it."""
    told = context.told(clause.plain)
    if told is None or context.mentions(clause):
        return False
    best = context.match(clause.plain).ranked[0]
    supposes = told.of(Move.SUPPOSE) >= c.MOVE_SURE and best.probability >= c.PLAIN_MIN
    asks = told.of(Move.ASK, Move.SUPPOSE) >= c.MOVE_ALONE and best.probability >= c.MOVE_ALONE
    if not best.choice.startswith("article") or not (supposes or asks) or best.assurance < c.SAME_NEAR_MIN:
        return False
    heard.guessed = best.choice
    heard.add(best.choice, c.LIKELY)
    return True


def is_told(context: Context, clause: Clause) -> bool:
    """Whether a clause beside a need only tells a story: it asks, wants and reports nothing of any desk."""
    told = context.told(clause.plain)
    return told is not None and not clause.question and told.of(*_ASKS, Move.ELSEWHERE, Move.ORDER) < c.MOVE_MIN


def happened(context: Context, clause: Clause, heard: Heard) -> bool:
    """Read a clause that plainly tells of a refusal or of a request, in words that no rule knows.

    What it names besides is what the request was for ("the rep says compliance would not clear us for X"): no wish.
    """
    told = context.told(clause.plain)
    if told is None or clause.question or len(clause.plain.split()) < c.MOVE_WORDS_MIN or outcomes(clause.plain):
        return False
    best = context.match(clause.plain).ranked[0]
    if best.choice in context.knows.tells and best.assurance >= c.NEAR_MIN[context.mode]:
        return False  # something else than a request and its answer is told here, and the document knows what
    of_article = best.choice.startswith("article") and best.probability >= c.PLAIN_MIN
    if told.of(Move.REFUSED) >= c.MOVE_PLAIN and _OURS.search(clause.plain) and not of_article:
        _refused(context, clause, told.of(Move.REFUSED), heard)
        return bool(context.knows.reports)
    of_line = best.choice.startswith("line") and best.probability >= c.PLAIN_MIN
    if of_line and context.match(clause.plain).of(REQUEST_STATUS) <= c.HARDLY:
        return False  # "I'd like to look at your list"
    if told.of(Move.STATUS) >= c.MOVE_PLAIN and context.mentions(clause) and not _NOT_YET.search(clause.plain):
        heard.add(REQUEST_STATUS, c.LIKELY)
        return True
    return False


def named_in_passing(context: Context, clause: Clause, heard: Heard) -> bool:
    """Read a clause whose names are no wish: of somebody else's refusal, of what they grumble at, of a question."""
    told = context.told(clause.plain)
    if told is None:
        return False
    kinds = {mention.kind for mention in context.mentions(clause)}
    if told.of(Move.OTHERS) >= c.MOVE_PLAIN and not heard.decided:
        heard.soft[REQUEST_STATUS] = c.LIKELY
        return True
    if Kind.TERM not in kinds and told.of(Move.COMPLAINT) >= c.MOVE_PLAIN:
        heard.soft[COMPLAINT] = c.LIKELY
        return True
    topic = context.topic(clause.plain)
    if clause.question and topic is not None and topic.choice.startswith("article"):
        asks = told.of(Move.ASK, Move.SUPPOSE) >= c.MOVE_ALONE and topic.probability >= c.PLAIN_MIN
        if asks and context.match(clause.plain).ranked[0].choice == topic.choice:
            heard.add(topic.choice, c.LIKELY)
            return True
    return _asked(context, clause, told, heard)


def _asked(context: Context, clause: Clause, told: Told, heard: Heard) -> bool:
    """Take what a clause asks the article, where it plainly asks and the head hardly thinks of what it names.

    "Are all endpoints covered, and must we be enterprise customers" asks two questions and wishes for no product;
    "embeddings, in or out" where the API's step was just given asks about it, and does not ask for it once more.
    """
    match = context.match(clause.plain)
    named = {mention.choice for mention in context.mentions(clause) if mention.kind is Kind.TERM}
    answers = [one for one in match.ranked if one.choice.startswith(("article", "line"))]
    share, asks = sum(one.probability for one in answers), told.of(Move.ASK, Move.SUPPOSE)
    if named and named <= {step_choice(label) for label in context.menu.situation.current}:
        about = share >= c.MOVE_ALONE or (share >= c.ASKED_MIN and asks >= c.MOVE_SURE)
    else:
        hardly = all(match.of(choice) <= c.HARDLY for choice in named)
        about = clause.question and asks >= c.MOVE_ALONE and share >= c.PLAIN_MIN and hardly
    if not about:
        return False
    covered = context.knows.coverage if facets.asks_coverage(context.knows.neutral(clause.plain)) else None
    if covered is not None and answers[0].choice.startswith("line"):
        heard.add(covered, c.LIKELY)
        return True
    also = [one for one in answers[1:] if " and " in clause.plain and one.probability >= c.ASK_MIN[context.mode]]
    for one in (answers[0], *also):
        heard.add(one.choice, c.LIKELY)
    return True


def _softly(context: Context, clause: Clause, move: Move, sure: float, best: Ranked) -> bool:
    """What any need outweighs: a complaint, thanks, what somebody else met, a request that is pending."""
    match move:
        case Move.COMPLAINT:
            needed = c.MOVE_SURE if clause.question else c.COMPLAINT_MIN
            return sure >= needed and not _is_ours(context, best)
        case Move.STATUS:
            if clause.question and _of_the_article(context, clause):
                return False
            if best.choice.startswith("line") and sure >= c.PLAIN_MIN and not clause.question:
                return True
            return best.choice == REQUEST_STATUS or (
                best.choice.startswith(("other", "article")) and best.probability < c.ACT_MIN["encoded"]
            )
        case Move.REPEAT:
            return not (best.choice.startswith("line") and best.probability >= c.MOVE_PLAIN)
        case Move.THANKS:
            return not clause.question
        case _:
            return move in _SOFT


def _plainly(context: Context, clause: Clause, move: Move, sure: float, heard: Heard) -> bool:
    """What says nothing yet, or nothing more."""
    if move is Move.DOUBT:
        heard.undecided = heard.empty = True
        return True
    if clause.question:
        return False
    match move:
        case Move.STALL if not clause.plain.startswith("no "):
            heard.pause = True
            heard.add(GREETING, c.RULE)
        case Move.GREET:
            heard.aside = heard.empty = True
        case Move.CLOSING:
            _closing(context, sure, heard)
        case _:
            return False
    return True


def _acting(context: Context, clause: Clause, told: tuple[Move, float], best: Ranked, heard: Heard) -> bool:
    """What leads to something: a person is wanted, or not, or we were refused."""
    move, sure = told
    match move:
        case Move.PERSON if context.menu.has(HUMAN) and sure >= c.MOVE_PLAIN and not _of_a_line(context, clause):
            heard.add(HUMAN, c.LIKELY)
        case Move.NO_PERSON if context.menu.situation.offer:
            heard.add(DENY, c.LIKELY)
        case Move.REFUSED if not clause.question and not outcomes(clause.plain):
            _refused(context, clause, sure, heard)
        case _:
            return False
    return True


def _of_a_line(context: Context, clause: Clause) -> bool:
    """Whether a line that was just said, or can be asked for, tells whom to call."""
    line = context.match(clause.plain).best("line")
    return line is not None and line.probability >= c.LINE_MIN


def _of_the_article(context: Context, clause: Clause) -> bool:
    """Whether the head has no doubt that the article answers it."""
    first = context.match(clause.plain).ranked[:1]
    return bool(first) and first[0].choice.startswith("article") and first[0].probability >= c.PLAIN_MIN


def _is_ours(context: Context, best: Ranked) -> bool:
    """Whether the head is sure of a step: what is complained of may be what the document deals with."""
    sure = best.probability >= c.ACT_MIN[context.mode] and best.assurance >= c.NEAR_MIN[context.mode]
    return sure and best.choice.startswith("step")


def _closing(context: Context, sure: float, heard: Heard) -> None:
    closing = at_closing(context.menu)
    if closing or context.menu.situation.offer:
        heard.ending = closing  # over an offer, what is not needed is perhaps the offer alone
        if sure >= c.MOVE_PLAIN:
            heard.add(DENY, c.LIKELY)
        else:
            heard.doubt(AFFIRM, DENY)
    else:
        heard.aside = heard.empty = True


def _refused(context: Context, clause: Clause, sure: float, heard: Heard) -> None:
    """A refusal in words that no rule knows: acted on where it says whose it is, else asked about."""
    for choice, sense in context.knows.reports:
        plain = context.knows.neutral(clause.plain)
        topic = context.knows.topic_if(sense) if _SUPPOSED.search(plain) else None
        if topic is not None:
            heard.guessed = topic
            heard.add(topic, c.LIKELY)
            continue
        if _TO_OTHERS.search(plain):
            heard.soft[REQUEST_STATUS] = c.LIKELY
        elif sure >= c.MOVE_SURE and (names_matter(plain) or (sure >= c.MOVE_PLAIN and _TO_US.search(plain))):
            heard.reported = choice
            heard.add(choice, c.LIKELY)
        else:
            heard.doubt(choice, REQUEST_STATUS)


def fits(context: Context, clause: Clause, choice: str) -> bool:
    """Whether a clause that does this may mean this choice."""
    told, kind = context.told(clause.plain), choice.partition(":")[0]
    if told is None:
        return True
    if any(choice == report for report, _ in context.knows.reports):
        return told.of(Move.REFUSED) >= c.MOVE_AGREED
    if choice in context.knows.tells:
        return told.of(*_ENDS, Move.SUPPOSE) < c.MOVE_SURE
    if kind == "step":
        return (
            told.of(*NO_NEED, *_PAST) < c.MOVE_SURE and told.of(*_TELLS, Move.REFUSED, Move.ELSEWHERE) >= c.MOVE_LEFT
        )
    if choice == REQUEST_STATUS:
        return told.of(*_PAST, Move.REFUSED) >= c.MOVE_AGREED
    if choice == HUMAN:
        return told.of(Move.PERSON) >= c.MOVE_AGREED
    if kind == "line" and told.of(*NO_NEED) >= c.MOVE_SURE:
        return False
    if clause.question or kind not in ("article", "line"):
        return True
    return told.of(*((*_REQUESTS, Move.REPEAT) if kind == "line" else _ASKS)) >= c.MOVE_LEFT
