"""Puts the clauses of a message together: needs outweigh pleasantries, the last word what it takes back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bythebook.engine.choice import (
    AFFIRM,
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
    UNCLEAR,
    Choice,
)
from bythebook.engine.menu import Menu
from bythebook.reading.calling_off import call_off
from bythebook.reading.certainty import FAR_AWAY, LIKELY, UNDECIDED
from bythebook.reading.corrections import corrects
from bythebook.reading.heard import Heard
from bythebook.reading.mails import is_mail, weigh
from bythebook.reading.moments import at_closing, closed_acts
from bythebook.reading.polarity import Wish
from bythebook.reading.taking_back import take_back

FEW_WORDS: Final = 7
"""Words of a message that says nothing to anybody ("fine by me", "we will manage")."""

BESIDE_WORDS: Final = 5
"""Words beside a yes that change nothing of it."""

_CONDITION: Final = re.compile(r"^(?:only )?if (?:that|this|it|you|he|she|they|there|possible|needed|necessary|so)\b")
""" "If that's quicker, yes": the yes counts."""

_BOTH: Final = re.compile(
    r"\b(?:both|and|also|too|plus|as well|each|all|along|another|other|besides|then|first|second|next|additionally)"
    r"\b|"
    r"\bfor (?:the|our|my) .*\bfor (?:the|our|my) "
)
_NOT_OVER: Final = re.compile(r"\byet\b|\bnot (?:close|end|stop|finish|resolve)\b")
_FEARS: Final = re.compile(r"\b(?:worr(?:y|ied|ies)|afraid|fear(?:ing|s)?|scared|nervous|concerned|anxious)\b")
_HEARSAY: Final = re.compile(
    r"\b(?:told (?:me|us)|tells (?:me|us)|claims?|claimed|heard|read(?: somewhere)?|thinks?|believes?|"
    r"rumou?r(?:ed)?|says?|said|mentioned|wrote|swore|swears|insist(?:s|ed)|fears?|feared) that\b"
)
""" "A friend told me that some X are left out": what others say of a thing chooses none."""

_THEY_SAY: Final = re.compile(
    r"^(?:(?:and|but|so) )*(?:(?:the|our|my|his|her|their|one) )?(?:\w+ )?\w+ (?:also |only )?(?:says?|said|thinks?|"
    r"believes?|claims?|seems? to (?:think|believe|say))\b|^(?:i|we) have (?:heard|read)\b"
)
_OF_SOMEBODY: Final = re.compile(
    r"^(?:hypothetically|theoretically|suppose|supposing|imagine|say|let us say|assume)\b.*?\b(?:an?|some|one|"
    r"any) \w+"
)
""" "Hypothetically, a startup gets a no for X": nobody wants X."""

LONG_WORDS_MIN: Final = 22
LONG_CLAUSES_MIN: Final = 3
"""Words and clauses of a message that tells a story around what it asks."""

_NEEDS: Final = ("step:", "article:", "line:", ROUTINE, HUMAN)
_TO_US: Final = re.compile(r"\b(?:you|your|our|we|us|this|i)\b")

_FELT_THEN: Final = re.compile(r"^(?:\w+ )?(?:we|i) (?:was|were|felt|had been) (?:\w+ )?\w+$")
""" "We were disappointed", in a story that goes on."""

_PLEASANTRIES: Final = (AFFIRM, DENY, THANKS, GOODBYE, GREETING, UNCLEAR)


@dataclass(frozen=True, slots=True)
class Said:
    """The whole message with its commas, and the choices that are told apart in this document."""

    marked: str
    siblings: tuple[str, ...]


def merged(menu: Menu, heard: list[Heard], said: Said, noticed: bool = False) -> tuple[tuple[Choice, ...], bool]:
    """Return the choices of the whole message, and whether they are unsure."""
    call_off(heard)
    take_back(heard)
    weigh(menu, heard, said.siblings)
    _told_beside(heard)
    _lean(heard)
    _let_pass(heard)
    _while_they_ask(menu, heard)
    sure = _sure(heard)
    weak = max((one.weak for one in heard), default=0.0)
    steps = [choice for choice in sure if choice.startswith("step:")]
    if len(steps) > 1 and (any(one.undecided for one in heard) or _apart(heard, steps, said)):
        return tuple(Choice(choice, UNDECIDED) for choice in steps[:2]), True
    content = [choice for choice in sure if choice not in _PLEASANTRIES]
    if weak and not noticed and not content and _far(menu, heard)[1]:
        weak = 0.0
        for one in heard:
            one.far = True
    if weak and not noticed and not content:
        close = _close(heard, sure)
        if not close or close[0][1] < weak:
            sure[OFF_TOPIC] = weak
            content.append(OFF_TOPIC)
    if content:
        return _needs(menu, sure, content, said, heard), False
    close = _close(heard, sure)
    if DENY in sure and any(one.declined for one in heard):
        close = []
    if close:
        return tuple(Choice(choice, confidence) for choice, confidence in close), True
    if not noticed and any(one.far for one in heard) and not set(sure) & {AFFIRM, DENY, GOODBYE}:
        return _far(menu, heard)
    return _acts(menu, heard, sure)


def _apart(heard: list[Heard], steps: list[str], said: Said) -> bool:
    """Whether two clauses take one sibling each with no word that both are meant: one may be only spoken of."""
    if not set(steps) <= set(said.siblings) or _BOTH.search(said.marked):
        return False
    takers = [one for one in heard if set(one.sure) & set(steps)]
    return not any(set(steps) <= set(one.sure) for one in takers) and not all(one.question for one in takers)


def _sure(heard: list[Heard]) -> dict[str, float]:
    """What is meant, by choice; what only the way of saying it tells counts where nothing is needed."""
    sure: dict[str, float] = {}
    for one in heard:
        for choice, confidence in one.sure.items():
            sure[choice] = max(confidence, sure.get(choice, 0.0))
    if all(choice in _PLEASANTRIES for choice in sure):
        leaving = GOODBYE in sure or any(one.ending and DENY in one.sure for one in heard)
        kind = THANKS in sure and leaving  # who thanks and takes leave complains no more
        names = any(choice.startswith("step:") for one in heard for choice, _ in one.close)
        # "Reset please, I'd like to ask about X now" wants nothing of before.
        left_out = {COMPLAINT if kind else "", REPEAT if names else ""}
        for one in heard:
            sure.update({choice: share for choice, share in one.soft.items() if choice not in left_out})
    return sure


def _needs(
    menu: Menu, sure: dict[str, float], content: list[str], said: Said, heard: list[Heard]
) -> tuple[Choice, ...]:
    siblings = frozenset(said.siblings)
    marked = " . ".join(one.whole for one in heard if one.wished) if is_mail(heard) else said.marked
    told = {one.supposable for one in heard if one.reported and one.reported in sure}
    kept = [choice for choice in content if choice not in told]  # "you refused us. Why?": the report's step says it
    steps = [choice for choice in kept if choice.startswith("step:")]
    if steps:
        named = {one.family for one in heard if one.family and not one.question}
        kept = [choice for choice in kept if choice != ROUTINE and choice not in named]
    kept = _beside_a_question(menu, kept, heard)
    if REQUEST_STATUS in kept:
        kept = [choice for choice in kept if choice != ROUTINE]
    if any(choice not in (COMPLAINT, REPEAT) for choice in kept):
        kept = [choice for choice in kept if choice != REPEAT]
    offered = menu.situation.offer
    if offered and AFFIRM in sure and len(offered) == 1 and offered[0] not in kept and not steps:
        kept.insert(0, AFFIRM)
    if kept == [COMPLAINT] and not any(one.unhelped for one in heard):
        kept += [choice for choice in (AFFIRM, DENY, GOODBYE) if choice in sure]
    current = {f"step:{label}" for label in menu.situation.current}
    excluded = frozenset(w.choice for one in heard if not one.ending for w in one.wished if w.wish is Wish.EXCLUDED)
    marks = bool(current & siblings) and (
        corrects(marked, answering=bool(offered)) or bool(excluded & current) or _put_right(heard)
    )
    if marks and any(choice in siblings - current for choice in kept):
        kept = [choice for choice in kept if choice != COMPLAINT or not _misunderstood(heard)]
    return tuple(
        Choice(choice, sure[choice], correction=marks and choice.startswith("step:") and choice not in current)
        for choice in kept
    )


def _misunderstood(heard: list[Heard]) -> bool:
    """ "You misunderstood, it is Y": who puts it right complains no more."""
    return all("misunderst" in one.whole for one in heard if COMPLAINT in one.sure)


def _put_right(heard: list[Heard]) -> bool:
    """Whether a clause plainly puts right what was chosen before ("my colleague corrects me")."""
    return any(one.corrects for one in heard) and not any(one.reported for one in heard)


def _beside_a_question(menu: Menu, kept: list[str], heard: list[Heard]) -> list[str]:
    """ "Our app uses X, is Y covered?", after X: what was given is only spoken of. A complaint asks for nothing that
    was not asked."""
    asked = {choice for one in heard if one.question and not _only_spoken_of(menu, one) for choice in one.sure}
    if menu.situation.current and (
        feared := {one.supposable or one.guessed for one in heard if _FEARS.search(one.plain)}
    ):
        asked |= feared & set(kept)
        loose = {one.guessed for one in heard if one.guessed.startswith("step") and not one.question}
        kept = [choice for choice in kept if choice not in loose or not asked]  # what is feared for is only described
    if any(choice in asked and choice.startswith(("article", "line")) for choice in kept):
        meant = {w.choice for one in heard if not _only_spoken_of(menu, one) for w in one.wished} | asked
        told = {w.choice for one in heard if _only_spoken_of(menu, one) for w in one.wished} - meant
        kept = [choice for choice in kept if choice not in told]
    if COMPLAINT in kept:
        kept = [choice for choice in kept if choice in asked or not choice.startswith(("article", "line"))]
    return kept


def _only_spoken_of(menu: Menu, one: Heard) -> bool:
    """Whether a clause beside a question speaks of a sibling, and does not choose it."""
    if one.asks or one.corrects:
        return False
    if _HEARSAY.search(one.plain) or _OF_SOMEBODY.match(one.plain):
        return True
    given = all(w.choice.partition(":")[2] in menu.situation.current for w in one.wished)
    return not one.question and (given or (one.loose and menu.situation.pending is None))


def _far(menu: Menu, heard: list[Heard]) -> tuple[tuple[Choice, ...], bool]:
    """Near nothing of the release: off topic, but for a few words that ask for nothing and name nothing.

    After "anything else?" they are asked what they mean with the question alone; where answers wait, with those.
    """
    asks = any(one.question or (one.names and (one.far or one.weak)) for one in heard)
    few = sum(len(one.plain.split()) for one in heard) <= FEW_WORDS
    if at_closing(menu) and few and all(one.aside for one in heard):
        return (Choice(AFFIRM, UNDECIDED), Choice(DENY, UNDECIDED)), True
    if menu.options and not asks:
        return (), True
    return (Choice(OFF_TOPIC, FAR_AWAY),), False


def _close(heard: list[Heard], sure: dict[str, float]) -> list[tuple[str, float]]:
    """The two likeliest of what is only likely."""
    best: dict[str, float] = {}
    for one in heard:
        for choice, confidence in one.close:
            best[choice] = max(confidence, best.get(choice, 0.0))
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    return ranked[:2]


def _acts(menu: Menu, heard: list[Heard], sure: dict[str, float]) -> tuple[tuple[Choice, ...], bool]:
    """A message of pleasantries, yes and no."""
    if any(one.help for one in heard):
        return _more_wanted(menu)
    acts: tuple[str, ...] = tuple(choice for choice in _PLEASANTRIES if choice in sure)
    if any(one.pause for one in heard) and GOODBYE not in acts:
        torn = tuple(Choice(act, UNDECIDED) for act in (AFFIRM, DENY) if act in acts)
        return (torn, True) if torn else ((Choice(GREETING, LIKELY),), False)
    lost = [one for one in heard if one.empty]
    if lost and set(acts) <= {AFFIRM, GREETING, THANKS}:
        return (), True
    if lost and DENY in acts and not (set(acts) & {GOODBYE}):
        return (Choice(DENY, UNDECIDED),), True
    if GOODBYE in acts or (DENY in acts and any(one.ending for one in heard)):
        acts = tuple(choice for choice in acts if choice != AFFIRM)  # "yes good, bye", "yes, that is all"
    if AFFIRM in acts and (DENY in acts or (at_closing(menu) and set(acts) == {AFFIRM, THANKS})):
        return (Choice(AFFIRM, UNDECIDED), Choice(DENY, UNDECIDED)), True
    if any(one.polite_no for one in heard) and GOODBYE not in acts:
        acts = tuple(choice for choice in acts if choice != THANKS)
    acts = closed_acts(menu, acts, any(one.ending for one in heard))
    if acts:
        return tuple(Choice(choice, sure.get(choice, LIKELY)) for choice in acts), False
    if at_closing(menu) and any(one.ending and not _NOT_OVER.search(one.plain) for one in heard):
        return (Choice(DENY, LIKELY),), False  # "good, I've got nothing else"
    if any(one.ok for one in heard):
        if at_closing(menu):
            return (Choice(AFFIRM, UNDECIDED), Choice(DENY, UNDECIDED)), True
        return (Choice(AFFIRM, LIKELY),), False
    return (), True


def _more_wanted(menu: Menu) -> tuple[tuple[Choice, ...], bool]:
    """Help is wanted, or there is one more question, and it is not said what."""
    if menu.situation.closed:
        return (Choice(ROUTINE, LIKELY),), False
    if at_closing(menu):
        return (Choice(AFFIRM, LIKELY),), False
    return ((Choice(GREETING, LIKELY),), False) if menu.situation.pending is None else ((), True)


def _let_pass(heard: list[Heard]) -> None:
    """ "No, my boss will be happy", "thanks, you saved my day": what is said besides changes nothing."""
    over = any(GOODBYE in one.sure or (one.ending and DENY in one.sure) for one in heard)
    if any({DENY, THANKS, GOODBYE, GREETING} & set(one.sure) for one in heard):
        for one in heard:
            if one.aside or (over and _only_told(one)):
                one.close, one.weak, one.far, one.empty = [], 0.0, False, False
            if over and _only_told(one) and not _TO_US.search(one.plain):
                one.soft.pop(REQUEST_STATUS, None)


def _while_they_ask(menu: Menu, heard: list[Heard]) -> None:
    """ "The invoice says nothing. One moment, I'll ask": who asks for a moment wants nothing of other desks.

    Where a person is offered, what little is said beside a yes ("Maria, if she's in") leaves it a yes.
    """
    paused = any(one.pause for one in heard)
    taken = HUMAN in menu.situation.offer and any(AFFIRM in one.sure for one in heard)
    for one in heard:
        if one.question or one.wished:
            continue
        if paused:
            one.weak, one.far = 0.0, False
            one.sure.pop(OFF_TOPIC, None)
        if taken and (_CONDITION.match(one.plain) or (one.empty and len(one.plain.split()) <= BESIDE_WORDS)):
            one.close, one.weak, one.far, one.empty = [], 0.0, False, False
            one.sure = {
                choice: sure for choice, sure in one.sure.items() if choice in _PLEASANTRIES or choice == HUMAN
            }


def _only_told(one: Heard) -> bool:
    """Whether a clause beside a goodbye states something that the head alone takes for one of our matters."""
    return not (one.question or one.wished or any(choice.startswith("step:") for choice, _ in one.close))


def _told_beside(heard: list[Heard]) -> None:
    """What a long message only tells is no need beside the one that it asks for, or chooses."""
    if len(heard) < LONG_CLAUSES_MIN or sum(len(one.plain.split()) for one in heard) < LONG_WORDS_MIN:
        return
    needs = [one for one in heard if any(choice.startswith(_NEEDS) for choice in one.sure)]
    asked = any(one.question and not one.wished for one in needs)
    likely = any(choice.startswith("step") for one in heard for choice, _ in one.close)
    if not needs and not likely and not any(one.wished for one in heard):
        return
    for one in heard:
        if one.question:
            continue
        one.weak = 0.0
        one.sure.pop(OFF_TOPIC, None)
        if one.guessed == REQUEST_STATUS:
            one.sure.pop(REQUEST_STATUS, None)
        if _FELT_THEN.match(one.plain):
            one.sure.pop(COMPLAINT, None)
        if not _TO_US.search(one.plain):
            one.sure.pop(COMPLAINT, None)
            one.sure.pop(REQUEST_STATUS, None)
            one.soft.clear()
        hearsay = _HEARSAY.search(one.plain) or _THEY_SAY.match(one.plain)
        if (asked or hearsay) and one.guessed.startswith("article") and one not in needs[-1:]:
            one.sure.pop(one.guessed, None)
        if hearsay and any(other.wished for other in heard if other is not one):
            one.sure = {choice: sure for choice, sure in one.sure.items() if not choice.startswith("step:")}
        if not one.wished and not one.reported and not one.sure:
            one.close = []


def _lean(heard: list[Heard]) -> None:
    """ "My top-up failed and it was declined" reports nothing of ours."""
    for earlier, later in pairwise(heard):
        if later.leaning and (OFF_TOPIC in earlier.sure or earlier.weak or earlier.far):
            later.sure.clear()
            later.weak = LIKELY
