"""How a case goes from one document to another that is loaded with it: when at once, when it is offered first.

A move sets aside what was done, so it loses nothing; but a customer who is in the middle of something is asked
before they are led away from it. A wrong move is worse than an offer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bythebook.engine import choice as ids
from bythebook.engine.answers import answers_of, goes_on
from bythebook.engine.choice import Choice, document_choice
from bythebook.engine.event import CustomerSaid, MoveRequested, TurnPlanned
from bythebook.engine.heard import NEEDS, Heard
from bythebook.engine.menu import Menu
from bythebook.engine.plan import (
    accept_offer,
    content_of,
    notices_of,
    plan,
    settled_by_none,
    turn_of,
)
from bythebook.engine.state import CaseState
from bythebook.engine.task import AskLine, FillSlot, HandOff, Offer, Rest, SayHouse, Task
from bythebook.engine.walk import waits
from bythebook.engine.words import choice_words, quoted, welcome
from bythebook.routine.model import QuestionKind
from bythebook.routine.wording import Release

NAMED_MIN: Final = 0.95
"""How sure a reader is of a document that the message names in that document's own words."""

OWN: Final = NEEDS - {"document"}


def lead(heard: Heard) -> TurnPlanned | MoveRequested:
    """Return what the message leads to: the agenda of a turn here, or a move to the document it is about."""
    if heard.state.arrived:
        return _arrived(heard)
    if not heard.release.others:
        return plan(heard)
    heard = _not_ahead(accept_offer(heard))
    wanted = heard.of("document")
    if heard.has(ids.HUMAN) or heard.unsure or not wanted:
        return _received(heard) if heard.release.is_reception else plan(heard)
    own = _without_documents(heard)
    if len(wanted) == 1 and _at_once(heard, wanted[0]):
        return _move(heard, wanted[0])
    if _uses(own):
        return _with_offer(plan(own), wanted[0])
    house = "offer_document" if len(wanted) == 1 else "which_first"
    offer = Offer(tuple(found.id for found in wanted), house)
    return turn_of(heard, (*notices_of(heard), offer), misses=0)


def onward(release: Release, state: CaseState) -> MoveRequested:
    """Return the move to the document that waited for this one to run to its end."""
    why = f"{release.name} has run to its end"
    return MoveRequested(state.ahead[0], state.ahead[1:], onward=True, why=(why,))


def before_this(release: Release, state: CaseState) -> MoveRequested | None:
    """Return the move to the document that comes before this one; None where none does, or it was gone through."""
    chain = _chain(release.first, release.name, state)
    if len(chain) == 1:
        return None
    return MoveRequested(chain[0], chain[1:], why=(f"{chain[0]} comes before {release.name}",))


def back_to(release: Release, state: CaseState) -> MoveRequested:
    """Return the move to the document that a human handed the case back to."""
    assert state.return_routine is not None
    card = release.card(state.return_routine)
    assert card is not None, "a human can only name a document that the release knows"
    chain = _chain(card.first, card.name, state)
    return MoveRequested(chain[0], chain[1:], why=(f"handed back to {card.name}",))


def pressed_here(release: Release, menu: Menu, said: CustomerSaid) -> tuple[Choice, ...]:
    """Return what the press of a button means in this document; one of another document's means that document."""
    pressed = said.pressed or ""
    if said.routine not in (None, release.name):
        return menu.keep((Choice(document_choice(said.routine or ""), 1.0),))
    if pressed == document_choice(release.name):
        return (Choice(ids.ROUTINE, 1.0),)
    return menu.keep((Choice(pressed, 1.0),))


# ---------------------------------------------------------------- leaving


def _not_ahead(heard: Heard) -> Heard:
    """What the case goes on to by itself is no other matter: it is why the case is here."""
    ahead = {document_choice(name) for name in heard.state.ahead}
    if not any(found.id in ahead for found in heard.choices):
        return heard
    kept = tuple(found for found in heard.choices if found.id not in ahead)
    return replace(heard, choices=kept or (Choice(ids.GREETING, 1.0),), unsure=heard.unsure and bool(kept))


def _at_once(heard: Heard, wanted: Choice) -> bool:
    """Whether the case moves without a question: by a yes, or when nothing here is in the way."""
    if _accepts(heard, wanted):
        return True
    if _uses(_without_documents(heard)):
        return False
    return wanted.confidence >= NAMED_MIN or not _busy(heard)


def _accepts(heard: Heard, wanted: Choice) -> bool:
    return heard.state.offer is not None and wanted.id in heard.state.offer.choices


def _uses(own: Heard) -> bool:
    """Whether the message holds something for this document."""
    answers = own.asked_kind is QuestionKind.YES_NO and own.has(ids.AFFIRM) != own.has(ids.DENY)
    return own.need or answers


def _busy(heard: Heard) -> bool:
    """Whether something is under way here that the customer has not finished."""
    state = heard.state
    if heard.release.is_reception:
        return False
    if state.returned or state.tasks or state.cursor is not None:
        return True
    if state.pending is None or heard.menu.pending_kind is QuestionKind.ANYTHING_ELSE:
        return False
    line = heard.release.routine.line(state.pending)
    return line is not None and waits(line, state, state.settled)


def _move(heard: Heard, wanted: Choice) -> MoveRequested:
    card = heard.release.card(wanted.name)
    assert card is not None, "a document on the menu has its card"
    chain = _chain(card.first, card.name, heard.state)
    why = tuple(f"{found.id} {found.confidence:.2f}" for found in heard.choices)
    return MoveRequested(chain[0], chain[1:], along=_accepts(heard, wanted), why=why)


def _chain(first: tuple[str, ...], name: str, state: CaseState) -> tuple[str, ...]:
    """Return the documents that a case goes through up to this one: those it went through before are left out."""
    return (*(before for before in first if before not in state.passed and before != name), name)


def _without_documents(heard: Heard) -> Heard:
    return replace(heard, choices=tuple(found for found in heard.choices if found.kind != "document"))


def _with_offer(planned: TurnPlanned, wanted: Choice) -> TurnPlanned:
    """Do what the message asks for here, then offer the other document; a turn puts one question."""
    if any(isinstance(task, Offer | HandOff | Rest) for task in planned.tasks):
        return planned
    rest = tuple(task for task in planned.tasks if not isinstance(task, AskLine))
    return replace(planned, tasks=(*rest, Offer((wanted.id,), "offer_document")))


# ---------------------------------------------------------------- arriving


def _arrived(heard: Heard) -> TurnPlanned:
    """The message was judged to be of this document: what its reader makes nothing of is the routine's matter."""
    state = heard.state
    told = notices_of(heard) if heard.messages else ()
    own = _without_documents(heard)
    if heard.has(ids.HUMAN):
        return plan(own)
    if state.ahead:
        values = [FillSlot(c.name, heard.slots[c.name]) for c in heard.of("slot") if c.name in heard.slots]
        turn = turn_of(own, (*told, *values), misses=0)
        return replace(turn, why=(*turn.why, f"{heard.release.name} comes before {state.ahead[-1]}"))
    moved: tuple[Task, ...] = ()
    if state.announced:
        moved = (SayHouse("moved", (("title", quoted(heard.release.title)),)),)
    named = any(choice_words(heard.release, found.id) is not None for found in own.choices)
    if own.unsure and named:
        planned = plan(own)
        return replace(planned, tasks=(*moved, *planned.tasks))
    if not any(found.kind in OWN for found in own.choices):
        own = replace(own, choices=(Choice(ids.ROUTINE, 1.0),), unsure=False)
    tasks = answers_of(own) if goes_on(own) else content_of(replace(own, choices=_of_here(own)))
    turn = turn_of(own, (*moved, *told, *tasks), misses=0, settles=settled_by_none(own))
    others = heard.of("document")
    return _with_offer(turn, others[0]) if others and not heard.unsure else turn


def _of_here(own: Heard) -> tuple[Choice, ...]:
    return tuple(found for found in own.choices if found.id not in (ids.OFF_TOPIC, ids.NEITHER, ids.COMPLAINT))


# ---------------------------------------------------------------- the reception


def _received(heard: Heard) -> TurnPlanned:
    """At the reception a turn ends with what the documents can help with, unless it asks something else."""
    offer = heard.state.offer
    standing = welcome(heard.release)
    if heard.has(ids.NEITHER):
        rest = tuple(found for found in heard.choices if found.id != ids.NEITHER)
        heard = replace(heard, choices=(*rest, Choice(ids.OFF_TOPIC, 1.0)))
    if offer == standing and heard.has(ids.DENY) and not heard.has(ids.GOODBYE) and not heard.need:
        return turn_of(heard, (*notices_of(heard), Offer((ids.HUMAN,), "offer_human")), misses=heard.state.misses)
    planned = plan(heard)
    if any(isinstance(task, Offer | HandOff | Rest) for task in planned.tasks):
        return planned
    greets = heard.has(ids.GREETING) and offer is None and not planned.tasks
    greeting = (SayHouse("greeting"),) if greets else ()
    return replace(planned, tasks=(*greeting, *planned.tasks, standing))
