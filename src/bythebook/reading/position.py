"""Answers by place: "the first one", "option 2", "the latter", "both", "neither", "the other one"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.engine.choice import NEITHER

_NOUN: Final = (
    r"(?: (?:one|option|choice|answer|of (?:them|those|these|the two|your options)|product|case|"
    r"thing|alternative|please|you mentioned|you said|listed))*"
)
_LEAD: Final = (
    r"(?:(?:i|we) (?:need|want|would like|require|choose|pick|mean|meant|prefer|am after|would go with|"
    r"will take|will go with|go with|am interested in|are interested in|take|think|guess|would say|"
    r"would prefer)(?: it)?(?: is)?(?: for)? "
    r"|(?:it is|that is|it would be|that would be|for|let us (?:go with|say|do)|go with|going with|"
    r"the answer is|definitely|probably|my (?:answer|choice|pick) is|with|using|about|choose|pick|select|"
    r"give me|(?:an? )?\w+ for|make it|make that|what about|how about|and|number|yes|no|sorry|actually|oh|ok|well|"
    r"just|only) )*"
)
_PLACES: Final = (
    (
        0,
        r"the (?:one|option|product)(?: you| that you)? (?:mentioned|named|said|listed|offered) first|"
        r"(?:the )?(?:first|1st|former|top|initial|earlier|left)(?: (?:mentioned|named))?|(?:option |number |"
        r"choice |answer |no |nr )?(?:1|one|a)",
    ),
    (
        1,
        r"(?:the )?(?:second|2nd|bottom)(?: (?:mentioned|named))?|(?:option |number |choice |answer |no |"
        r"nr )?(?:2|two|b)",
    ),
    (2, r"(?:the )?(?:third|3rd)|(?:option |number |choice |answer |no |nr )?(?:3|three|c)"),
    (3, r"(?:the )?(?:fourth|4th)|(?:option |number |choice |answer |no |nr )?(?:4|four|d)"),
    (
        -1,
        r"the (?:one|option|product)(?: you| that you)? (?:mentioned|named|said|listed|offered) last|"
        r"(?:the )?(?:last|latter|final|right)(?: (?:mentioned|named))?",
    ),
)
_ROWS: Final = tuple((place, re.compile(rf"^{_LEAD}(?:{pattern}){_NOUN}$")) for place, pattern in _PLACES)
_AFTER: Final = (
    r"(?= ,|$| (?:please|for|then|instead|is|as|but|would|sounds|works|because|thanks|thank|i think|i guess))"
)
_INSIDE: Final = (
    (0, re.compile(rf"\bthe (?:first|former|1st)(?: (?:one|option|choice|product))?{_AFTER}")),
    (1, re.compile(rf"\bthe (?:second|2nd)(?: (?:one|option|choice|product))?{_AFTER}")),
    (-1, re.compile(rf"\bthe (?:latter|last (?:one|option|choice|of (?:the|those) \w+)){_AFTER}")),
)
_OTHER: Final = re.compile(
    r"\bthe other(?: (?:one|option|choice|product|thing|side|service|of the two|please|instead))*(?:$|"
    r" (?:then|please|instead|as well|too|also|for|is|now))|^(?:and )?(?:what about |how about |for |"
    r"i (?:want|need|meant) |we (?:want|need|meant) )?the other(?: one)?$"
)
_BOTH: Final = re.compile(
    r"^(?:.* )?(?:both|all (?:of (?:them|those|these|the above|it|both)|two|three|the above)|each of (?:them|"
    r"those|these)|either of them both|the two of them|1 and 2|a and b|the first and the second|"
    r"the one and the other)(?: .*)?$|^(?:all|everything|the lot|each)(?: please| of it)?$"
)
_NOT_BOTH: Final = re.compile(
    r"\b(?:not (?:need |want |for )?both|both of us|both (?:my|our|the) (?:companies|teams|partners|founders|"
    r"names|emails|sites|clinics)|what (?:do|are|is|does) .*\bboth|both parties|not all)\b"
)
_NEITHER: Final = re.compile(
    r"^(?:.* )?(?:neither(?: (?:one|of (?:them|these two|those two|the two|those|these|the above|"
    r"your options|both)|option|"
    r"really|please|applies|fits))*|none(?: of (?:them|those|these|the above|the two|your options|that|"
    r"it))?(?: (?:do )?(?:apply|applies|fit|fits|work|works|match|matches|is right|are right)(?: (?:to|"
    r"for))?(?: (?:us|me|our case))?)?|"
    r"not (?:either|any of (?:them|those|these))(?: (?:one|of (?:them|those|these|the two)))?|"
    r"nothing of (?:that|those)|"
    r"no to both|(?:something|anything|somewhere) else(?: entirely| altogether| completely)?|other|"
    r"another (?:one|product|service|thing)|not (?:these|those|them)|both no|none applies|(?:do|"
    r"does) not (?:need|want|use|apply to|require) either(?: of them| one)?|not for either(?: of them| one)?|"
    r"neither nor)(?: really| actually| please| thanks| thank you)*$"
)
_NONE_OUTRIGHT: Final = re.compile(
    r"^(?:(?:no|well|sorry|oh|actually|i am afraid|i think) )*(?:neither(?: (?:one|of (?:them|those|these|the two|"
    r"those two|these two)))?|none(?: of (?:them|those|these|that|it|the above|the two))?|"
    r"nothing of (?:that|those|them|the kind|it)|(?:not )?either of (?:them|those)(?= (?:no|not))|"
    r"not (?:either|any of (?:them|those|these)|these|those))(?: (?:actually|really|please|sorry|i think|"
    r"i am afraid|thanks|thank you|for us|for me|applies|fits))*$"
)
_ANYTHING_ELSE: Final = re.compile(
    r"\b(?:is there|do you (?:have|offer)|can you|what) (?:something|anything) else\b|^(?:need|want|have|ask|"
    r"get|know)? ?anything else$|\bnothing\b"
)


def places(plain: str, options: Sequence[str]) -> tuple[str, ...]:
    """Return the options that a clause names by their place; nothing when it names none."""
    if not options:
        return ()
    for place, pattern in _ROWS:
        if pattern.match(plain) and -1 <= place < len(options):
            return (options[place],)
    for place, pattern in _INSIDE:
        if pattern.search(plain) and place < len(options) > 1:
            return (options[place],)
    return ()


def all_of(plain: str) -> bool:
    """Whether the clause takes all that was offered."""
    return bool(_BOTH.match(plain)) and not _NOT_BOTH.search(plain)


def none_of(plain: str) -> tuple[str, ...]:
    """Return "neither" where the clause takes none of what was offered."""
    return (NEITHER,) if _NEITHER.match(plain) and not _ANYTHING_ELSE.search(plain) else ()


def none_outright(plain: str) -> bool:
    """Whether the clause says "neither" and no more, so that it means the same at any moment."""
    return bool(_NONE_OUTRIGHT.match(plain))


def the_other(plain: str) -> bool:
    """Whether the clause means the sibling that is not spoken of."""
    return bool(_OTHER.search(plain))
