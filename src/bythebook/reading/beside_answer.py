"""A yes or no with a wish behind it: "no, I want to keep it, just with another card" answers, and wants something.

Where a question of yes or no waits, the no that opens a message is its answer whatever follows. What follows is read
as one, without the no, against the conditions that words may meet: "If the customer wants to keep the service but
change the card". Clauses apart would lose it, since such a condition holds two things at once.

A no that would itself carry something out ("Shall we keep it?" "No, ...") is not taken beside a wish, and a yes only
where the wish is plainly added to it ("yes please, and also ..."): who wishes for another thing agrees to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bythebook.engine.choice import AFFIRM, DENY, OFF_TOPIC, ROUTINE, UNCLEAR, Choice
from bythebook.engine.menu import Menu
from bythebook.engine.walk import under
from bythebook.reading import certainty as c
from bythebook.reading.guess import NEGATED, one_of_ours
from bythebook.reading.head import Ranked
from bythebook.reading.knowledge import Knowledge
from bythebook.reading.lexicon import acts, peel
from bythebook.reading.port import Reading
from bythebook.reading.text import Clause
from bythebook.routine.model import Call, QuestionKind, Routine

WORDS_MAX: Final = 30
"""Words of a longer message say more than an answer and a wish."""

WISH_WORDS_MIN: Final = 2
PEELS_MAX: Final = 3

_NO: Final = re.compile(r"^(?:no|nope|nah|(?:i|we) (?:do not|would not|will not)|(?:please )?do not|not)\b")
""" "I don't want to cancel, ...": says no by its first clause."""

_ADDED: Final = re.compile(
    r"^(?:(?:hi|hello|thanks|thank you|ok|oh|please|yes|yeah|yep|yup|sure|of course|absolutely|do|do that|go ahead"
    r") )+"
    r"(?:and|also|plus|besides|additionally)\b"
)
"""A yes, and then more."""

_INSTEAD: Final = re.compile(r"\b(?:but|only|just|instead|rather|actually|however|though|unless|if|first|not|or)\b")
_OF_OTHERS: Final = re.compile(
    r"\b(?:my|our|an?|the|some|his|her|their) (?!\w+ and)(?:\w+ ){1,2}(?:wants|needs|asked|asks|likes|thinks|says|"
    r"said|told)\b"
)
"""What somebody else wants is asked about."""

_NOTHING_ELSE: Final = frozenset({AFFIRM, DENY, OFF_TOPIC, UNCLEAR, ROUTINE})


def with_wish(knows: Knowledge, menu: Menu, parts: Sequence[Clause], reading: Reading) -> Reading:
    """Return the reading with the answer beside the wish, and the wish beside the answer."""
    if menu.pending_kind is not QuestionKind.YES_NO or menu.situation.offer:
        return reading
    if sum(len(part.words) for part in parts) > WORDS_MAX:
        return reading
    answer, rest = _answered(parts)
    told = {choice.id for choice in reading.choices}
    if not answer or len(rest.split()) < WISH_WORDS_MIN:
        return reading
    if not reading.unsure and any(choice.startswith("step:") for choice in told):
        joined = " ".join(f"{part.opener} {part.plain}".strip() for part in parts)
        return _with_answer(knows.release.routine, menu, (answer, joined), reading)
    asks = any(part.question for part in parts)
    if asks or not told <= ({one for one in told if one.startswith("step:")} | _NOTHING_ELSE):
        return reading
    joined = " ".join(f"{part.opener} {part.plain}".strip() for part in parts)
    if answer == AFFIRM and (told != {AFFIRM} or not _is_added(joined)):
        return reading
    return _with_what_is_wished(knows, menu, (answer, rest), reading)


def _answered(parts: Sequence[Clause]) -> tuple[str, str]:
    """The yes or no that opens a message, and the words behind it."""
    marked, answer = parts[0].marked, ""
    for _ in range(PEELS_MAX):
        act, left = peel(marked)
        if act in ("yes", "no"):
            answer = AFFIRM if act == "yes" else DENY
        if not act:
            break
        marked = left
    first = " ".join(word for word in marked.split() if word != ",")
    behind = " ".join(part.plain for part in parts[1:])
    if answer:
        return answer, f"{first} {behind}".strip()
    told = set(acts(first) or ()) & {AFFIRM, DENY}
    if not told and _NO.match(first):
        return DENY, behind
    return (told.pop(), behind) if len(told) == 1 else ("", "")


def _is_added(joined: str) -> bool:
    return _ADDED.match(joined) is not None and _INSTEAD.search(joined) is None


def _with_answer(routine: Routine, menu: Menu, said: tuple[str, str], reading: Reading) -> Reading:
    """Return the wish with the answer that stands before it, where that is meant too."""
    answer, joined = said
    if answer in {choice.id for choice in reading.choices}:
        return reading
    if answer == AFFIRM and not _is_added(joined):
        return reading
    if answer == DENY and _does(routine, menu.situation.pending):
        return reading
    choices = menu.keep((Choice(answer, c.RULE), *reading.choices))
    return Reading(choices, False, reading.slots, reading.reader)


def _with_what_is_wished(knows: Knowledge, menu: Menu, said: tuple[str, str], reading: Reading) -> Reading:
    """Return the answer with the condition that the words behind it are near, or a question about that."""
    answer, rest = said
    ranked = [one for one in knows.match(rest).ranked if menu.has(one.choice)]
    best = next(iter(one_of_ours(ranked)), None)
    if best is None or best.choice not in knows.reported:
        return reading
    if NEGATED.search(rest) and not NEGATED.search(knows.nearest(rest, best.choice)):
        return reading
    mode = "encoded" if knows.encoded else "lexical"
    routine = knows.release.routine
    needed = _needed(knows, best, mode) if answer == DENY else c.ACT_MIN[mode]
    if best.assurance >= c.NEAR_MIN[mode] and best.probability >= needed and not _OF_OTHERS.search(rest):
        wish = Choice(best.choice, min(best.probability, c.RULE))
        alone = answer == DENY and _does(routine, menu.situation.pending)
        both = (wish,) if alone else (Choice(answer, c.RULE), wish)
        return Reading(menu.keep(both), False, reading.slots, reading.reader)
    if answer == AFFIRM:
        return reading
    lost = reading.unsure or best.probability >= c.ANSWER_MIN[mode]
    if not lost or best.probability < c.ASK_MIN[mode]:
        return reading
    asked = menu.keep((Choice(best.choice, best.probability), Choice(DENY, c.UNDECIDED)))
    return Reading(asked, True, reading.slots, reading.reader)


def _needed(knows: Knowledge, best: Ranked, mode: str) -> float:
    """What leads to a question first does nothing yet: less is needed for it."""
    harmless = best.choice in knows.only_said | knows.asked_first
    return c.ANSWER_MIN[mode] if harmless else c.ACT_MIN[mode]


def _does(routine: Routine, pending: str | None) -> bool:
    """Whether a no to the question carries something out."""
    for step in routine.steps:
        for line in step.lines:
            condition = line.condition
            if condition is None or pending is None:
                continue
            first = next((one.condition for one in step.lines if one.label in condition.instead_of), None)
            of_no = condition.question == pending and condition.answer == "no"
            otherwise = first is not None and first.question == pending and first.answer == "yes"
            if (of_no or otherwise) and any(
                isinstance(held.instruction, Call)
                for held in (step.line(one) for one in under(step, line.label))
                if held is not None
            ):
                return True
    return False
