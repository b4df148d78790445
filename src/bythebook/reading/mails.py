"""Weighs the clauses of a long mail: what it asks for stands where it asks, and what it tells is only told.

People who write a hundred words tell who they are, what happened and how the weather is, and ask one thing. What a
told clause happens to sound like ("she is happy about the days it takes") is no need beside that. Which product it is
about may well be told, where it is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.engine.choice import (
    COMPLAINT,
    DENY,
    GOODBYE,
    GREETING,
    HUMAN,
    OFF_TOPIC,
    REPEAT,
    REQUEST_STATUS,
    ROUTINE,
    THANKS,
)
from bythebook.engine.menu import Menu
from bythebook.reading.certainty import LIKELY, UNDECIDED
from bythebook.reading.heard import Heard, Wished
from bythebook.reading.moments import at_closing
from bythebook.reading.polarity import Wish

WORDS_MIN: Final = 55
CLAUSES_MIN: Final = 6
"""Words and clauses of a mail."""

DOUBT_WORDS_MIN: Final = 5
"""Words of a clause by which somebody says that they do not know."""

_WISHES: Final = re.compile(
    r"\b(?:i|we) (?:would|will|should|am|are)? ?(?:\w+ )?(?:like|love|prefer|glad|grateful|happy|obliged|appreciate|"
    r"thankful|pleased)\b.*\b(?:to|if|for|know|see|have|hear|tell|told|send)\b|\b(?:i|we|she|he|they|what i|what we) "
    r"(?:\w+ )?(?:need|want|wants|wish|require|lack|ask for|asks for|am looking|are looking|am after|are after)\b|"
    r"\bplease\b|\bwants? (?:me )?to (?:know|see|have)\b|\bis to know\b|\b(?:the )?(?:one|only) (?:question|thing)\b|"
    r"\b(?:i|we) (?:have no idea|do not know|cannot tell|wonder)\b|\bwhat (?:is|was) (?:missing|left)\b"
)
"""Says what is wanted, and does not ask."""

_WAY: Final = re.compile(
    r"\bhow (?:\w+ )?(?:do|does|can|could|should|would|is|are|must|may|one|we|i|they|to) ?(?:i|we|one|they|it|"
    r"you|to)? ?"
    r"(?:\w+ )?(?:go(?:es)? about|proceed|begin|start|gets?|obtain|arrange|set|do|sign|apply|come by|handle)\b|"
    r"\bwhat (?:\w+ )?(?:do|does|should|must|can|would|is|i|we|they|one)\b(?: (?:i|we|they|one|you))?"
    r"(?: (?:need|have|needs|has|want|ought|got|is|are|then|still|now))*(?: (?:us|me|from us))?(?: to)? "
    r"(?:do|sign|send|fill|file|begin|start|be done|needed|required|necessary|next)\b|"
    r"\b(?:whom?|where) (?:do|should|must|can|would) (?:i|we|they|one) (?:\w+ )?(?:call|write|turn|contact|"
    r"begin|start|"
    r"apply|go|sign|send|ask)\b|\b(?:the )?(?:next|first) steps?\b|\bwhere to (?:begin|start|turn|go|write)\b|"
    r"\bwho to (?:call|write|turn|ask|contact)\b"
)
"""Asks for the way to what the document gives, named before."""

_ABOUT_IT: Final = re.compile(
    r"\b(?:you|your|yours|request|application|applied|approv\w*|reply|replied|answer|heard back|countersign\w*)\b"
)
_TO_US: Final = re.compile(r"\b(?:you|your|yours)\b")
_DO_NOT_KNOW: Final = re.compile(
    r"\b(?:can|could) not (?:\w+ ){0,3}?(?:say|tell|decide|answer)\b.*\b(?:which|what|whether|yet)\b|\b(?:do "
    r"not|not yet) "
    r"(?:know|decided|agreed)\b.*\b(?:which|what|whether)\b|\bundecided\b|\bfifty[- ]fifty\b|\bnot (?:yet )?decided\b"
)


def is_mail(heard: Sequence[Heard]) -> bool:
    """Whether a message is long enough to tell a story."""
    return len(heard) >= CLAUSES_MIN and sum(len(one.plain.split()) for one in heard) >= WORDS_MIN


def weigh(menu: Menu, heard: Sequence[Heard], siblings: Sequence[str]) -> None:
    """Leave of a long mail what it asks for, and what it asks it for."""
    if not is_mail(heard) or _which_is_open(heard, siblings):
        return
    _the_way(heard, siblings)
    needed = [one for one in heard if _asks(one) and _needs(one)]
    if any(one.asks for one in needed):
        for one in needed:
            if not one.asks and one.loose:
                one.sure.pop(one.guessed, None)  # "I need it by March" beside what is asked
    reported = any(one.reported and one.reported in one.sure for one in heard)
    ends = at_closing(menu) and any(one.ending or {DENY, GOODBYE} & set(one.sure) for one in heard)
    if needed or reported or ends:
        answered = any(choice.startswith(("article:", "line:")) for one in needed for choice in one.sure)
        for one in heard:
            if not _asks(one) or (ends and not needed and not one.asks):
                _only_told(one, waits=bool(menu.options) or not answered)
    elif not any(_chosen(one, siblings) for one in heard):
        for one in heard:
            _perhaps(one)


def _asks(one: Heard) -> bool:
    return one.asks or bool(_WISHES.search(one.plain))


def _needs(one: Heard) -> bool:
    return any(choice.startswith(("article:", "line:", "step:")) or choice in (ROUTINE, HUMAN) for choice in one.sure)


def _chosen(one: Heard, siblings: Sequence[str]) -> bool:
    return any(choice in siblings or choice in (ROUTINE, HUMAN, REQUEST_STATUS) for choice in one.sure)


def _only_told(one: Heard, *, waits: bool) -> None:
    """Keep of what is told only the report, the sibling that is named, and what waits for us."""
    named = {wished.choice for wished in one.wished if waits or wished.choice != one.guessed}
    kept = {*named, one.reported}
    if _ABOUT_IT.search(one.plain):
        kept.add(REQUEST_STATUS)
    if _TO_US.search(one.plain):
        kept.add(COMPLAINT)
    left_out = {OFF_TOPIC, ROUTINE, COMPLAINT, REQUEST_STATUS, REPEAT}
    one.sure = {
        choice: sure
        for choice, sure in one.sure.items()
        if choice in kept or not (choice in left_out or choice.startswith(("article:", "line:", "step:")))
    }
    one.close = [pair for pair in one.close if pair[0] in named]
    one.soft.clear()
    one.weak, one.far = 0.0, False


def _perhaps(one: Heard) -> None:
    """Ask about what the head alone took a told clause for, where nothing is asked."""
    if _asks(one) or one.guessed not in one.sure or not one.guessed.startswith("article"):
        return
    one.doubt(one.guessed, confidence=min(one.sure.pop(one.guessed), UNDECIDED))


def _which_is_open(heard: Sequence[Heard], siblings: Sequence[str]) -> bool:
    """ "She says X, he says Y, I can't tell which it will be": none is chosen, and it is asked again."""
    last = max((at for at, one in enumerate(heard) if _wanted(one, siblings)), default=None)
    after = heard[last + 1 :] if last is not None else ()
    if not any(len(one.plain.split()) >= DOUBT_WORDS_MIN and _DO_NOT_KNOW.search(one.plain) for one in after):
        return False
    for one in heard:
        if one.asks and not one.wished:
            continue
        one.doubt(*_wanted(one, siblings))
        one.wished = [wished for wished in one.wished if wished.wish is not Wish.WANTED]
        one.close = [pair for pair in one.close if pair[0] in siblings]
        one.sure = {choice: sure for choice, sure in one.sure.items() if choice in (GREETING, THANKS)}
        one.weak, one.far = 0.0, False
        one.soft.clear()
    return True


def _the_way(heard: Sequence[Heard], siblings: Sequence[str]) -> None:
    """ "Our staff is on X. ... So how do we go about it?": for X."""
    asking = [one for one in heard if _asks(one) and _WAY.search(one.plain)]
    names = {wished.choice for one in heard for wished in one.wished if wished.wish is Wish.WANTED} & set(siblings)
    if not asking or len(names) != 1 or any(one.reported for one in heard):
        return
    (name,) = names
    for one in asking:
        if not any(choice.startswith(("line:", "step:")) for choice in one.sure):
            one.sure.pop(one.guessed, None)
            one.close, one.weak, one.far, one.empty = [], 0.0, False, False
            one.soft.clear()
            one.add(name, LIKELY)
            one.wished.append(Wished(name, Wish.WANTED))


def _wanted(one: Heard, siblings: Sequence[str]) -> list[str]:
    return [wished.choice for wished in one.wished if wished.wish is Wish.WANTED and wished.choice in siblings]
