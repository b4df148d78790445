"""A yes or no that was given before and is changed now: "sorry, I meant no".

Only words that say nothing else count, so "I meant no harm" is none. Which question it was, the engine knows.
"""

from __future__ import annotations

import re
from typing import Final

from bythebook.engine.choice import AFFIRM, DENY, Choice
from bythebook.engine.menu import Menu
from bythebook.reading.certainty import RULE
from bythebook.reading.port import Reading
from bythebook.routine.model import QuestionKind

_SIGH: Final = (
    r"(?:(?:so|oh|ah|um+|hm+|no|well|sorry|oops|whoops|wait|actually|correction|apologies|hold on|hang on|"
    r"on second thoughts?|my (?:bad|mistake)|i was wrong|i misspoke|i misread(?: (?:it|that))?|please)[\s,.:;!-]+)*"
)
_ANSWER: Final = r"(?:an? )?[\"']?(?P<answer>yes|no)[\"']?"
_ONE: Final = r"(?:that|the (?:first|last|earlier|previous|other)(?: one| question)?)"
_END: Final = (
    r"(?:[\s,.!-]+(?:please|sorry|thanks|then|instead|actually|my (?:bad|mistake)|not (?:an? )?(?:yes|no)|"
    rf"(?:for|to|on) {_ONE}|before|earlier|there))*[\s.!]*"
)
_MEANT: Final = r"(?:is|was|should be|should have been|meant|mean)"
_GAVE: Final = r"(?:said|answered|typed|clicked|pressed|put|written|wrote)"
_CHANGED: Final = tuple(
    re.compile(_SIGH + said + _END, re.I)
    for said in (
        r"(?:i|we) (?:really |actually |just )?(?:meant|mean|wanted|intended) "
        rf"(?:to (?:say|answer|type|click|press) )?{_ANSWER}",
        rf"(?:i|we) (?:should have|should['’]ve|ought to have) {_GAVE} {_ANSWER}",
        r"(?:please )?(?:can you |could you )?(?:change|switch|correct|set|make) "
        r"(?:(?:my|that|the|it|this)(?: last| earlier| first)?(?: answer| reply| one)? )?"
        rf"(?:from (?:yes|no) )?(?:in)?(?:to )?{_ANSWER}",
        rf"my(?: right| correct| real)? (?:answer|reply) (?:(?:to|for|on) {_ONE} )?"
        rf"(?:is|was|should be|should have been) (?:actually |really )?{_ANSWER}",
        r"(?:that|it|this|the (?:answer|reply)) (?:should be|should have been|(?:was|is) (?:supposed|meant) to be) "
        rf"(?:actually )?{_ANSWER}",
        rf"(?:i|we) {_GAVE} (?:yes|no),? (?:but|and) (?:(?:it|that)['’]s|(?:(?:it|that|i|we|the answer) )?{_MEANT}) "
        rf"{_ANSWER}",
        r"(?:wrong|mistaken) (?:answer|button|click|one)[\s,.:;-]+"
        rf"(?:(?:i|we) meant |it is |it['’]s |that['’]s )?{_ANSWER}",
        rf"{_ANSWER},? (?:and )?not (?:an? )?(?:yes|no)",
    )
)
_LIGHTLY: Final = re.compile(
    r"(?:(?:sorry|oops|whoops|wait|actually|hold on|no wait|on second thoughts?|correction)[\s,.:;!-]+)+"
    rf"{_ANSWER}{_END}",
    re.I,
)
"""Enough where no yes or no is waited for."""

_WAITED_FOR: Final = (QuestionKind.YES_NO, QuestionKind.ANYTHING_ELSE)


def changed_answer(menu: Menu, text: str, reading: Reading) -> Reading:
    """Return the reading of a message that changes a yes or no given before; else the reading as it is."""
    said = text.strip()
    rows = _CHANGED if menu.situation.offer or menu.pending_kind in _WAITED_FOR else (*_CHANGED, _LIGHTLY)
    found = next((match for row in rows if (match := row.fullmatch(said)) is not None), None)
    if found is None:
        return reading
    act = AFFIRM if found["answer"].lower() == "yes" else DENY
    return Reading(menu.keep((Choice(act, RULE, correction=True),)), False, reading.slots, reading.reader)
