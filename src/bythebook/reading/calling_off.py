"""What a customer calls off in the message in which they said it: of whatever kind it was, and before it is acted on.

"A person, please. Never mind, tell me how long it takes"; "also for X. Oh no, forget that"; "what does it cost... no,
how long does it take?"; "both, or rather X alone". `taking_back` has what takes one sibling in the place of another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bythebook.engine.choice import (
    AFFIRM,
    COMPLAINT,
    DENY,
    GREETING,
    HUMAN,
    NEITHER,
    OFF_TOPIC,
    REPEAT,
    REQUEST_STATUS,
    THANKS,
)
from bythebook.reading.certainty import LIKELY
from bythebook.reading.heard import Heard
from bythebook.reading.polarity import Wish
from bythebook.reading.whose import Standing

_LEAD: Final = (
    r"(?:(?:oh|ah|uh|um|hm+|er|argh?|oops|well|ok|no|nope|nah|wait|sorry|actually|but|and|or|so|then|please|just|"
    r"now|yes|hang on|hold on|on second thoughts?|on reflection|thinking about it|you know what|,) ?)*"
)
_OFF: Final = re.compile(
    rf"^{_LEAD}(?:never ?mind(?: (?:it|that|about (?:it|that)|all that))?|(?:(?:let us|i will|i would|we can|"
    rf"you can) )?"
    r"(?:forget|scratch|strike|scrap|drop|skip|cancel|ignore|disregard|delete|leave|undo) (?:about )?"
    r"(?:it|that|this|(?:the|that|my) last (?:bit|part|one|thing|sentence|question))|"
    r"(?:there is )?no need(?: (?:for|of) (?:it|that))?|(?:it is |that is )?not needed(?: after all)?|(?:please )?do "
    r"not bother(?: (?:about|with) (?:it|that))?|i (?:will )?take (?:it|that) back|let me (?:rephrase|correct|start "
    r"(?:over|again)|begin again|try (?:that )?again|put (?:it|that) \w+)(?: (?:that|this|it|myself))?|correction|"
    r"(?:wrong|different|other) (?:thing|question|word|way round)|we can leave (?:it|that)(?: out)?)"
    r"(?: (?:then|now|please|after all|again|sorry))*$"
)
"""A clause that calls off what was said before it, and says no more."""

_TURN: Final = re.compile(
    rf"^{_LEAD}(?:no|nope|nah|wait|oops|sorry|hang on|hold on|actually|rather|or|scratch that|strike that|i misspoke|"
    r"argh?|on second thoughts?|on reflection|thinking about it|i (?:got|had) (?:that|it) wrong|my mistake|my bad)$"
)
"""A clause that turns round, with what it turns to in the next."""

_PUT: Final = re.compile(
    r"\b(?:i|we) (?:meant|mean|was after|wanted to (?:ask|say))$|^(?:(?:no|or|well|oh|sorry|wait|hm+|ah|,) )*(?:or "
    r"rather|rather|i mean|i meant|we meant|make (?:it|that)|no sorry|sorry no|no wait|wait no|correction)\b|"
    r"\b(?:no wait|wait no|no sorry|sorry no|or rather|scratch that|strike that|correction)$"
)
"""Words that put one need in the place of another, at the edge of a clause."""

_NO: Final = re.compile(r"^(?:(?:oh|ah|uh|um|hm+|er|well|ok|sorry|wait|actually|but|or|,) )*(?:no|nope|nah)\b")
_NO_WAIT: Final = re.compile(r"\b(?:no|nope|nah|sorry|wait|hang on|hold on|oops|actually)\b")
_NOT_SO: Final = re.compile(
    r"\b(?:that|this|it) (?:is|was) (?:(?:really|actually|quite|a bit|not) )*(?:not (?:right|true|correct|fair|so|"
    r"it|quite it)|right|true|fair|so|unfair|wrong|incorrect|untrue|nonsense|a mistake|the wrong word|too strong)\b|"
    r"\bi (?:am|was) (?:being )?(?:wrong|unfair|mistaken|exaggerating)\b"
)
_WE_DO_NOT: Final = re.compile(
    r"\b(?:we|i|they|it) (?:do|did|does|have|has|are|is|am|need|want|would|will|can|could|should) not"
    r"(?: (?:actually|really|after all|any ?more|yet|even|have|need|want|use|(?:have|need|want|use) (?:it|that|"
    r"one|any|"
    r"them|those)))*$|\b(?:have|has|got|need) (?:none|no such \w+)$"
)
_FOUND: Final = re.compile(
    r"\b(?:found (?:it|that|them)|(?:i|we) (?:can )?(?:see|have|got|read) (?:it|that|them)(?: now| above| there)?|"
    r"(?:it|that) (?:says|said|is|was|stands|has been|is all) (?:so |all |already |in |up )*(?:above|there|answered|"
    r"here|(?:your|the) (?:text|message|answer|reply|mail|list|link)))\b"
)
"""What was about to be asked is answered."""

_NOT_THAT_WORD: Final = re.compile(
    rf"^{_LEAD}(?:i mean |i meant )?not (?:really |actually |exactly |quite |so much )?\w+ed\b"
)
""" "Declined. Sorry, not declined"."""

_ASKED_FOR: Final = re.compile(
    r"\b(?:i|we) (?:had )?(?:asked (?:for|about)|wanted|ordered|said|requested|needed|wrote)\b"
)
_GOT: Final = re.compile(
    r"^(?:all |then |now |instead )?(?:you|i|we|they|it) (?:\w+ )?(?:gets?|got|gives?|gave|sings?|sang|tells?|"
    r"told|sends?|sent|"
    r"talks?|talked|serves?|served|hands?|handed|receive|received|explains?|explained|answers?|answered|lectures?|"
    r"lectured|reads?|describes?|described)\b"
)
""" "I asked for X and you sing me the song of Y"."""

_ONLY: Final = re.compile(r"\b(?:just|only|alone|solely|merely|simply|nothing but|by itself|on its own)\b")
_ADDS: Final = re.compile(r"\b(?:also|too|as well|another|plus|in addition|besides)\b")
_NEEDS: Final = ("step:", "article:", "line:", "routine")
_OTHERS: Final = frozenset({HUMAN, OFF_TOPIC, NEITHER, REPEAT})
_POLITE: Final = frozenset({AFFIRM, DENY, GREETING, THANKS})


_CASE: Final = re.compile(
    r"^(?:(?:and|but|so|or|then|also|ok) )*(?:if|when|once|after|in case|should) (?:we|i|you)\b"
)


def call_off(heard: Sequence[Heard]) -> None:
    """Drop what a later clause calls off, whatever it asked for."""
    for earlier, later in pairwise(heard):
        _in_that_case(earlier, later)
    for at, later in enumerate(heard):
        first = next((back for back in range(at - 1, -1, -1) if _needs(heard[back]) or heard[back].help), None)
        if first is None:
            continue
        earlier, between = heard[first], heard[first + 1 : at]
        if any(_OFF.match(one.whole) for one in between):
            continue  # called off when that was read
        if _OFF.match(later.whole):
            if earlier.standing is not Standing.HELD or any(_needs(one) for one in heard[at + 1 :]):
                _drop(earlier)
            later.ending = False
            if any(_needs(one) for one in heard):
                later.sure.pop(DENY, None)
            continue
        if _turned(earlier, between, later):
            for one in heard[at + 1 :]:
                if _FOUND.search(one.plain) and not _named(one):
                    one.soft.clear()
            continue
        _narrowed(earlier, between, later)
        _not_so(earlier, between, later)
        _got_instead(earlier, later)


def _turned(earlier: Heard, between: Sequence[Heard], later: Heard) -> bool:
    """ "A person - no, wait, is audio covered?": another need takes the place; return whether none is left."""
    no = "no" in later.peeled or any(_NO.match(one.whole) for one in (*between, later))
    turned = no or any(_TURN.match(one.whole) for one in between)
    put = any(_PUT.search(one.whole) for one in (earlier, *between, later))
    if no and (_WE_DO_NOT.search(later.plain) or _FOUND.search(later.plain)) and not _named(later):
        _drop(earlier)
        later.close, later.weak, later.far, later.empty = [], 0.0, False, False
        later.sure = {choice: sure for choice, sure in later.sure.items() if choice in _POLITE}
        later.soft.clear()
        later.sure.setdefault(DENY, LIKELY)
        later.aside, later.undecided = True, False
        return True
    if no and earlier.help and not earlier.sure:
        earlier.help = False
    if not _needs(later) or earlier.reported or _ADDS.search(later.whole):
        return False
    if (earlier.broken and (turned or put)) or put:
        if not later.reported and (_named(later) or not {choice for choice, _ in later.close} & set(earlier.sure)):
            _drop(earlier)
        return False
    if NEITHER in earlier.sure and _wants(later) and (turned or "yes" in later.peeled or later.corrects):
        earlier.sure.pop(NEITHER)
    if HUMAN in earlier.sure and no:
        earlier.sure.pop(HUMAN)
    return False


def _narrowed(earlier: Heard, between: Sequence[Heard], later: Heard) -> None:
    """ "Both, or rather X alone"."""
    before, after = _wants(earlier), _wants(later)
    if not after or not after < before or _ADDS.search(later.whole):
        return
    words = " ".join(one.whole for one in (*between, later))
    if _ONLY.search(later.whole) or _NO_WAIT.search(words) or _PUT.search(later.whole) or later.corrects:
        for choice in before - after:
            earlier.sure.pop(choice, None)


def _in_that_case(earlier: Heard, later: Heard) -> None:
    """ "And if we apply again, how long will that be?": the question is asked, and the case only told."""
    asked = later.question and not later.loose and any(choice.startswith("article") for choice in later.sure)
    if _CASE.match(earlier.plain) and not earlier.standing and asked:
        earlier.sure.pop(earlier.guessed, None)


def _got_instead(earlier: Heard, later: Heard) -> None:
    """ "I asked for X and you tell me of Y": Y is what was not wanted."""
    got = _wants(later) - _wants(earlier)
    if _wants(earlier) and got and _ASKED_FOR.search(earlier.plain) and _GOT.match(later.plain):
        later.sure = {choice: sure for choice, sure in later.sure.items() if choice not in got}
        later.close = [pair for pair in later.close if pair[0] not in got]
        later.wished = []


def _not_so(earlier: Heard, between: Sequence[Heard], later: Heard) -> None:
    """ "You refused us. No, that is not true, you only asked for more"."""
    if not earlier.reported or earlier.reported not in earlier.sure or later.reported:
        return
    said = [*between, later]
    denied = next((one for one in said if _NOT_SO.search(one.plain) or _NOT_THAT_WORD.match(one.whole)), None)
    if denied is None or not any(_NO_WAIT.search(f"{one.whole} {' '.join(one.peeled)}") for one in said):
        return
    earlier.sure.pop(earlier.reported)
    earlier.reported, earlier.standing = "", None
    for one in said:
        one.sure = {choice: sure for choice, sure in one.sure.items() if choice not in (DENY, COMPLAINT)}
        one.soft.pop(COMPLAINT, None)
    earlier.sure.setdefault(REQUEST_STATUS, LIKELY)


def _needs(one: Heard) -> bool:
    """Whether a clause asks for anything that would be answered or acted on, or may."""
    kinds = [*one.sure, *(choice for choice, _ in one.close)]
    return bool(one.weak) or any(choice.startswith(_NEEDS) or choice in _OTHERS for choice in kinds)


def _named(one: Heard) -> bool:
    return any(choice.startswith(_NEEDS) for choice in one.sure)


def _wants(one: Heard) -> set[str]:
    return {wished.choice for wished in one.wished if wished.wish is Wish.WANTED}


def _drop(one: Heard) -> None:
    """Take everything back that a clause asks for; what it says politely stays."""
    one.sure = {choice: sure for choice, sure in one.sure.items() if choice in (AFFIRM, THANKS, GREETING)}
    one.close, one.weak, one.far, one.empty, one.help = [], 0.0, False, False, False
    one.wished = []
    one.guessed = one.family = one.matter = one.reported = ""
    one.standing = None
    one.aside = True
