"""Yes and no to a question that takes nothing else: "yes, I'm ready", "no, leave it as it is", "not yet".

Such a question waits for one of two answers, so words that open with one of them, or mean one of them, are that
answer, whatever else the rest might be taken for. Words that bring up something of the document, ask something, or
take back what they began with are left to the other rules.
"""

from __future__ import annotations

import re
from typing import Final

from bythebook.engine.choice import AFFIRM, DENY, GOODBYE, HUMAN, OFF_TOPIC, ROUTINE, UNCLEAR, Choice
from bythebook.engine.menu import Menu
from bythebook.reading.port import Reading
from bythebook.routine.model import QuestionKind

WORDS_MAX: Final = 14
"""Words of an answer; a longer message says more than yes or no."""

_SOFT: Final = r"(?:(?:well|so|oh|um+|uh+|hm+|ok(?:ay)?|alright|actually|sorry|hi|hello|thanks|thank you)[\s,.!-]+)*"
_I_AM: Final = r"(?:i['’]?m|i am|we['’]?re|we are)"
_IT_IS: Final = r"(?:that|this|it)(?:['’]s| is| would be)"
_YES: Final = re.compile(
    rf"{_SOFT}(?:yes|yeah|yep|yup|yea|ye|yah|aye|sure|of course|certainly|absolutely|definitely|indeed|correct|right"
    rf"|exactly|{_IT_IS} (?:right|correct|fine|ok(?:ay)?|good|great|it|the one)"
    r"|(?:please |yes )?(?:do(?: so| it| that)?|proceed|continue|go (?:ahead|on|for it)|carry on|confirm(?:ed)?)"
    r"|let['’]?s (?:do (?:it|this|that)|go|proceed|continue)|by all means|sounds (?:good|great|fine|right)"
    rf"|works for me|(?:{_I_AM}|all) (?:all )?(?:ready|set|good to go|sure|happy (?:with|to)|fine with)"
    r"|i (?:do|am|would|agree|confirm|accept|want (?:to|that|this|it))|ready|agreed|accepted|fine|perfect)\b",
    re.I,
)
_NO: Final = re.compile(
    rf"{_SOFT}(?:no|nope|nah|never"
    r"|not (?:now|yet|really|today|at the moment|right now|this time|that one|this one|sure)"
    r"|(?:please )?(?:do not|don['’]?t)\b|i (?:do not|don['’]?t|would not|wouldn['’]?t|won['’]?t|will not"
    rf"|['’]?d rather not)|i['’]d rather (?:not|leave)|rather not|{_I_AM} not\b"
    r"|(?:please )?(?:stop|cancel|leave it|forget it|hold (?:on|off)|wait)|never ?mind"
    r"|(?:that|this|it)(?:['’]s| is) (?:not|wrong)|wrong|incorrect|another one)\b",
    re.I,
)
# What says more than yes or no.
_TURNS: Final = re.compile(
    r"\?|\b(?:but|however|though|although|unless|only if|first|before (?:that|you|we)|what|why(?! (?:not|wait))|how"
    r"|when(?! you are)|where|which|who)\b",
    re.I,
)
_TAKEN_BACK: Final = re.compile(
    r"(?<!why)[\s,.!;-](?:no|nope|not|never|don['’]?t|do not|cannot|can['’]?t|wait|stop|cancel)\b", re.I
)
_LEAVES: Final = re.compile(r"\b(?:bye|goodbye|good night|see you|have a (?:nice|good|great))\b", re.I)
_WEAK: Final = frozenset((OFF_TOPIC, UNCLEAR, ROUTINE, GOODBYE, AFFIRM, DENY))
"""What a message may have been taken for and still be a yes or a no."""


def answers(text: str) -> str | None:
    """Return `act:affirm` or `act:deny` where words are an answer to a question of yes or no; else None."""
    if len(text.split()) > WORDS_MAX or _TURNS.search(text) or _LEAVES.search(text):
        return None
    said = text.strip()
    if _NO.match(said):
        return DENY
    yes = _YES.match(said)
    return AFFIRM if yes is not None and not _TAKEN_BACK.search(said, yes.end()) else None


def to_yes_or_no(menu: Menu, text: str, reading: Reading, sure: float) -> Reading:
    """Return the reading of a message to a pending question of yes or no."""
    asked = menu.pending_kind is QuestionKind.YES_NO and not menu.situation.offer
    found = {choice.id for choice in reading.choices}
    if not asked or HUMAN in found or not (reading.unsure or found <= _WEAK):
        return reading
    act = answers(text)
    if act is None:
        return reading
    return Reading(menu.keep((Choice(act, sure),)), False, reading.slots, reading.reader)
