"""Finds words of approval and refusal in a clause, turned round where they are negated.

General English, for any document with a condition about an outcome; which side such a condition is on is read from
the condition's own words by the same function that reads the customer's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Sense(Enum):
    APPROVED = "approved"
    REFUSED = "refused"


class Form(Enum):
    PAST = "past"
    BASE = "base"
    NOUN = "noun"
    UNDERGONE = "undergone"
    """An active verb whose subject is the one it happened to ("we failed the review")."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome named in a clause; `start` and `end` are offsets into it."""

    sense: Sense
    form: Form
    start: int
    end: int
    negated: bool

    @property
    def meant(self) -> Sense:
        """The sense after negation: "not approved" is refused."""
        if not self.negated:
            return self.sense
        return Sense.REFUSED if self.sense is Sense.APPROVED else Sense.APPROVED


_REVIEW: Final = (
    r"(?:review|evaluation|assessment|vetting|screening|checks?|approval|compliance|process|audit|test|muster)"
)
_US: Final = r"(?:\w+ ){0,4}?"

_ROWS: Final = tuple(
    (sense, form, re.compile(rf"\b(?:{pattern})\b"))
    for sense, form, pattern in (
        (
            Sense.REFUSED,
            Form.UNDERGONE,
            r"(?:we|i|use case|request|application|company|clinic|startup|project) (?:is|are|was|were|"
            r"am) (?:not (?:eligible|suitable|"
            r"acceptable|accepted|a (?:good )?fit)|ineligible|unsuitable)|"
            rf"(?:{_REVIEW}|request|application|it|this) (?:goes|went|go|turns out|turned out|ends|"
            rf"ended) (?:to be )?(?:badly|wrong|"
            rf"south|negative(?:ly)?|poorly|against us)|(?:is|was|got|received|had) (?:a|"
            rf"the) (?:\w+ )?no(?= from (?:you|your|the)\b)|"
            rf"(?:failed|flunked) (?:at |in )?(?:\w+ ){{0,3}}?{_REVIEW}|fell through"
            rf"|(?:answer|decision|verdict|response|reply) (?:was|is) (?:a )?(?:no|negative)(?! yet)|"
            rf"came back (?:as )?(?:a )?(?:negative|no)"
            rf"|(?:got|received|had|given) (?:a|the) (?:\w+ )?no|unsuccessful|unapproved",
        ),
        (
            Sense.REFUSED,
            Form.PAST,
            rf"denied|declined|rejected|refused|disapproved|disqualified|nixed|vetoed|turned {_US}(?:down|"
            rf"away)|shot {_US}down|knocked {_US}back|sent {_US}packing|shown the door|given the boot|brushed "
            rf"{_US}off"
            rf"|(?:deemed|found|judged|considered|declared)(?: us| it| our \w+)? (?:to be )?(?:ineligible|"
            rf"unsuitable|unfit|not "
            rf"(?:eligible|suitable|acceptable|fit))"
            rf"|(?:said|told (?:us|me)|answered|replied) no(?! one)|(?:gave (?:us|me)|sent (?:us|me)) (?:a|"
            rf"the) (?:\w+ )?no",
        ),
        (
            Sense.REFUSED,
            Form.BASE,
            rf"deny|decline|reject|refuse|disapprove|denies|declines|rejects|refuses|denying|declining|"
            rf"rejecting|refusing"
            rf"|turn {_US}(?:down|away)|turns {_US}(?:down|away)|turning {_US}(?:down|away)|(?:(?<!just "
            rf")(?<!only )(?<!simply )say|says|"
            rf"saying) no(?! one)|fail (?:at |in )?(?:\w+ ){{0,3}}?{_REVIEW}",
        ),
        (Sense.REFUSED, Form.NOUN, r"denials?|rejections?|refusals?"),
        (
            Sense.APPROVED,
            Form.UNDERGONE,
            rf"pass(?:ed)? (?:\w+ ){{0,3}}?{_REVIEW}|(?<=will not )pass|(?<=did not )pass|(?<=does not )pass|"
            rf"(?<=would not )pass|(?<=not )pass$|(?:got|received|have|been given) (?:the|a) (?:green light|"
            rf"go ahead)|(?:go|gone|went) through(?= *$| (?:yet|now|finally|already|or|and|at|in|on|last|this)\b)|"
            rf"(?:make|made) the cut",
        ),
        (
            Sense.APPROVED,
            Form.PAST,
            r"approved|accepted|granted|greenlit|greenlighted|okayed|signed off|(?:gave|given) (?:us|"
            r"me) the (?:green light|go ahead)|said yes",
        ),
        (
            Sense.APPROVED,
            Form.BASE,
            r"approve|approves|approving|accept|accepts|grant|grants|(?<!just )(?<!only )(?<!simply )say yes",
        ),
        (Sense.APPROVED, Form.NOUN, r"approvals?|acceptance|green light|go ahead"),
    )
)

_NEGATION: Final = re.compile(
    r"\b(?:not|never|no|without|nobody|neither|nor|none|fail(?:ed|s|ing)? to|unable to|no one|refus(?:ed|e|"
    r"es|ing|al) to|declin(?:ed|e|es|ing) to|hardly|lack of)"
    r"(?: (?:been|be|being|get|got|gotten|have|has|had|able|to|your|the|any|an|a|us|me|our|my|it|yet|still|even|"
    r"actually|receiv(?:e|ed)|obtain(?:ed)?|want(?:ed)?|willing|give|gave|given|grant|granted|of|as|formal|"
    r"official|officially|formally|initially|was|were|is|are|ever|applications?|requests?))*$"
)
_NOBODY: Final = re.compile(r"\b(?:nobody|no one|none|never|neither|not)\b.* (?:or|nor)$")
_CHAINED: Final = re.compile(r"\b(?:refus|declin)(?:ed|e|es|ing|al) to(?: \w+){0,3}$")
_YIELDED: Final = re.compile(
    r"^ (?:was|were|is|has been|got|been)?(?: \w+)? ?(?:denied|refused|rejected|declined|granted|given|"
    r"received|not)\b"
)


def outcomes(plain: str) -> tuple[Outcome, ...]:
    """Return the outcomes that a clause names, in order; "approve" in "refused to approve" is not one."""
    found: list[Outcome] = []
    for sense, form, pattern in _ROWS:
        for match in pattern.finditer(plain):
            before = plain[: match.start()].rstrip()
            if _CHAINED.search(before) and sense is Sense.APPROVED:
                continue
            if form is Form.NOUN and _YIELDED.match(plain[match.end() :]):
                continue
            if any(
                other.start <= match.start() < other.end or match.start() <= other.start < match.end()
                for other in found
            ):
                continue
            found.append(
                Outcome(
                    sense, form, match.start(), match.end(), bool(_NEGATION.search(before) or _NOBODY.search(before))
                )
            )
    return tuple(sorted(found, key=lambda outcome: outcome.start))


def sense_of(words: str) -> Sense | None:
    """Return the side a condition is on, or None when it is about no outcome of this kind."""
    return next((outcome.meant for outcome in outcomes(words)), None)
