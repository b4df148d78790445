"""Puts the clauses of a message together: needs outweigh pleasantries, the last word what it takes back."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from bythebook.engine.choice import (
    AFFIRM,
    COMPLAINT,
    DENY,
    GOODBYE,
    GREETING,
    OFF_TOPIC,
    REPEAT,
    REQUEST_STATUS,
    ROUTINE,
    THANKS,
    UNCLEAR,
    Choice,
)
from bythebook.engine.menu import Menu
from bythebook.reading.certainty import FAR_AWAY, LIKELY, UNDECIDED
from bythebook.reading.corrections import corrects, retracts
from bythebook.reading.heard import Heard
from bythebook.reading.moments import at_closing, closed_acts
from bythebook.reading.polarity import Wish

_PLEASANTRIES: Final = (AFFIRM, DENY, THANKS, GOODBYE, GREETING, UNCLEAR)
_HAVING: Final = re.compile(
    r"^(?:(?:so|well|currently|today|right now|although|while) )*(?:we|i|our \w+)"
    r"(?: (?:currently|already|do|also|now|all|just|mostly|mainly|first|originally|initially|previously))* "
    r"(?:have|use|used|are using|are on|were using|were on|bought|purchased|run|pay for|tried|had|started|"
    r"own|got|thought|said|"
    r"wrote|picked|chose|clicked|considered|planned|wanted|asked|looked at|were|was|assumed|believed)\b"
    r"|^(?:first|originally|initially|at first|before) "
)
_WANTING: Final = re.compile(
    r"\b(?:need|want|require|like|looking|can|could|how|interested|now|this is|it is|that is|we are|for|"
    r"meant|mean|via|through|using)\b"
)


def merged(menu: Menu, heard: list[Heard], marked: str, noticed: bool = False) -> tuple[tuple[Choice, ...], bool]:
    """Return the choices of the whole message, and whether they are unsure."""
    _take_back(heard)
    _lean(heard)
    sure: dict[str, float] = {}
    for one in heard:
        for choice, confidence in one.sure.items():
            sure[choice] = max(confidence, sure.get(choice, 0.0))
    weak = max((one.weak for one in heard), default=0.0)
    steps = [choice for choice in sure if choice.startswith("step:")]
    if len(steps) > 1 and any(one.undecided for one in heard):
        return tuple(Choice(choice, UNDECIDED) for choice in steps[:2]), True
    content = [choice for choice in sure if choice not in _PLEASANTRIES]
    if weak and not noticed and not [choice for choice in content if choice != COMPLAINT]:
        close = _close(heard, sure)
        if not close or close[0][1] < weak:
            sure[OFF_TOPIC] = weak
            content.append(OFF_TOPIC)
    if content:
        return _needs(menu, sure, content, marked, heard), False
    close = _close(heard, sure)
    if DENY in sure and any(one.declined for one in heard):
        close = []
    if close:
        return tuple(Choice(choice, confidence) for choice, confidence in close), True
    if not noticed and any(one.far for one in heard) and not set(sure) & {AFFIRM, DENY, GOODBYE}:
        return (Choice(OFF_TOPIC, FAR_AWAY),), False
    return _acts(menu, heard, sure)


def _needs(
    menu: Menu, sure: dict[str, float], content: list[str], marked: str, heard: list[Heard]
) -> tuple[Choice, ...]:
    kept = list(content)
    steps = [choice for choice in kept if choice.startswith("step:")]
    if steps:
        kept = [choice for choice in kept if choice != ROUTINE]
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
    excluded = frozenset(w.choice for one in heard for w in one.wished if w.wish is Wish.EXCLUDED)
    marks = bool(current) and (corrects(marked) or bool(excluded & current))
    return tuple(
        Choice(choice, sure[choice], correction=marks and choice.startswith("step:") and choice not in current)
        for choice in kept
    )


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
    if any(one.pause for one in heard):
        torn = tuple(Choice(act, UNDECIDED) for act in (AFFIRM, DENY) if act in acts)
        return (torn, True) if torn else ((Choice(GREETING, LIKELY),), False)
    lost = [one for one in heard if one.empty]
    if lost and set(acts) <= {AFFIRM, GREETING, THANKS}:
        return (), True
    if lost and DENY in acts and not (set(acts) & {GOODBYE}):
        return (Choice(DENY, UNDECIDED),), True
    if AFFIRM in acts and DENY in acts:
        return (Choice(AFFIRM, UNDECIDED), Choice(DENY, UNDECIDED)), True
    if any(one.polite_no for one in heard) and GOODBYE not in acts:
        acts = tuple(choice for choice in acts if choice != THANKS)
    acts = closed_acts(menu, acts, any(one.ending for one in heard))
    if acts:
        return tuple(Choice(choice, sure.get(choice, LIKELY)) for choice in acts), False
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


def _lean(heard: list[Heard]) -> None:
    """ "My top-up failed and it was declined" reports nothing of ours."""
    for earlier, later in pairwise(heard):
        if later.leaning and (OFF_TOPIC in earlier.sure or earlier.weak or earlier.far):
            later.sure.clear()
            later.weak = LIKELY


def _take_back(heard: list[Heard]) -> None:
    """Drop what a later clause takes back ("X. Sorry, I meant Y"; "we have X, but need Y")."""
    for at, later in enumerate(heard):
        wanted = {w.choice for w in later.wished if w.wish is Wish.WANTED}
        if not wanted:
            continue
        for earlier in heard[:at]:
            before = {w.choice for w in earlier.wished if w.wish is Wish.WANTED} - wanted
            turn = " ".join(one.plain for one in heard[heard.index(earlier) + 1 : at] if not one.wished)
            takes = (
                turn.startswith("no")
                or retracts(f"{turn} {later.opener} {later.plain}")
                or (later.opener == "no" and DENY in later.sure)
            )
            had = later.opener in ("but", "however") and _HAVING.match(earlier.plain) and _WANTING.search(later.plain)
            if before and (takes or had):
                for choice in before:
                    earlier.sure.pop(choice, None)
    out = {w.choice for one in heard for w in one.wished if w.wish is Wish.EXCLUDED}
    kept = {w.choice for one in heard for w in one.wished if w.wish is Wish.WANTED}
    for one in heard:
        # "not X" leaves the other in doubt only where no other clause says which.
        if kept and out - kept:
            one.close = [pair for pair in one.close if not pair[0].startswith("step:")]
