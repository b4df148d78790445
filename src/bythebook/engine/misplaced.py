"""Why a human's move does not fit where the case stands, in words for the human."""

from __future__ import annotations

from typing import Final, TypeAlias

from bythebook.engine.by_hand import done_by_hand_now
from bythebook.engine.event import HumanClosed, HumanPassed, HumanReturned, HumanSaid, HumanTook, LineQuoted
from bythebook.engine.quoting import NotQuotable, quote
from bythebook.engine.resume import why_not_at
from bythebook.engine.state import CaseState, Status
from bythebook.routine.wording import Release

NOTHING_ASKED: Final = "no line of the document asks a person for anything here"

HumanMove: TypeAlias = HumanTook | HumanPassed | HumanSaid | LineQuoted | HumanReturned | HumanClosed


def misplaced_human(release: Release, state: CaseState, fact: HumanMove) -> str | None:
    """Return why the move does not fit; None when it does."""
    if isinstance(fact, HumanTook):
        if state.status is Status.RESOLVED:
            return "the case is resolved"
        return f"{state.human} has the case" if state.human is not None else None
    if state.status is not Status.HANDED_OFF or state.human is None:
        return "take the case first"
    if fact.human != state.human:
        return f"{state.human} has the case"
    match fact:
        case HumanPassed(to=to):
            return f"{to} has the case already" if to == fact.human else None
        case HumanReturned():
            return _misplaced_return(release, state, fact)
        case LineQuoted():
            return _misquoted(release, state, fact)
        case HumanClosed() if _calling(state):
            return "a call is under way; close when it has ended"
        case _:
            return None


def _misplaced_return(release: Release, state: CaseState, fact: HumanReturned) -> str | None:
    if fact.undone:
        named = fact.line is not None or fact.routine is not None
        waits = done_by_hand_now(release.routine, state) is not None
        return "name no line with what could not be done" if named else None if waits else NOTHING_ASKED
    if fact.routine in (None, release.name):
        return why_not_at(release.routine, fact.line) if fact.line is not None else None
    if fact.line is not None:
        return "name a line of this document or another document, not both"
    if _calling(state):
        return "a call is under way; hand back when it has ended"
    if release.card(fact.routine or "") is not None:
        return None
    known = ", ".join(f"`{card.name}`" for card in release.others) or "none"
    return f"this case cannot go to `{fact.routine}`; the other documents are {known}"


def _misquoted(release: Release, state: CaseState, fact: LineQuoted) -> str | None:
    try:
        approved = quote(release, state, fact.line)
    except NotQuotable as why:
        return str(why)
    same = (approved.text, approved.source, approved.asks) == (fact.text, fact.source, fact.asks)
    return None if same else f"these are not the approved words of line `{fact.line}`"


def _calling(state: CaseState) -> bool:
    return state.call is not None and state.call.result is None and state.call.failed is None
