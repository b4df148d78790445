"""Slots that take one of several things ("full name or account ID"), and slots that ask for a name."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from bythebook.reading.asked_names import bare_name
from bythebook.reading.slot_answers import Kind, fits, kinds
from bythebook.routine.model import Slot, SlotType

_OR: Final = re.compile(r"\bor\b|/")
_PLACES: Final = frozenset({"origin", "destination", "city"})
_ON_THE_WAY: Final = re.compile(
    r"^(?:(?:i(?:'m| am)? )?(?:from|out of|to|in|at|into|flying|going|travell?ing|leaving|departing|arriving)\s+)+",
    re.I,
)
"""What leads in to a place."""

_NAMES: Final = frozenset({"name", "first", "last", "company"})


STORY: Final = re.compile(
    r"\b(?:reasons?|descriptions?|comments?|feedback|explanations?|complaints?|details|problems?|issues?|concerns?"
    r"|what (?:happened|went wrong)|summary|notes?|message|story)\b",
    re.I,
)
"""Words of a slot for which what happened is told."""

_TELLS: Final = re.compile(
    r"(?:i|we|you|they)(?:['’](?:ve|d|ll))? (?:\w+ly |just |already |still |also )?(?:have|had|has|need|want|mean"
    r"|meant|thought|think|know|see|saw|do|did|can|could|would|will|asked|said|told|tried|got|get|gave|sent)\b",
    re.I,
)


@lru_cache(maxsize=1024)
def parts_of(slot: Slot) -> tuple[Slot, ...]:
    """The slots that a slot of several is made of; one that is of one is its only part."""
    words = [part.strip() for part in _OR.split(slot.words)]
    if slot.type is not SlotType.TEXT or len(words) < 2 or not all(words):
        return (slot,)
    return tuple(replace(slot, name=part.lower().replace(" ", "_"), words=part) for part in words)


def led_to(slots: Sequence[Slot], piece: str) -> Slot | None:
    """The slot that a place is for by what leads in to it ("to Denver"); the first one where nothing does."""
    leads = {"origin": r"(?:from|out of|leaving|departing)\b", "destination": r"(?:to|into)\b"}
    named = {kind.name: slot for slot in reversed(slots) for kind in kinds(slot)[:1]}
    way = next((name for name, lead in leads.items() if re.search(rf"^\W*(?:\w+ )?{lead}", piece, re.I)), None)
    return named.get(way) if way is not None and set(leads) & set(named) else slots[0]


def tells_besides(slot: Slot, answer: str) -> bool:
    """Whether an answer tells something else than a value: "I have a number", where a nationality is asked for."""
    return _TELLS.match(answer) is not None and not STORY.search(slot.words)


def has_form(slot: Slot) -> bool:
    """Whether a part of it has a form of its own, as a name has."""
    return any(kind.form for part in parts_of(slot) for kind in kinds(part))


def types_of(slot: Slot) -> list[Kind]:
    """The kinds of a slot for text that have a type; of each of several parts the most telling one."""
    parts = parts_of(slot)
    if len(parts) > 1:
        return [kind for part in parts for kind in [one for one in kinds(part) if one.type][:1]]
    typed = [kind for kind in kinds(slot) if kind.type]
    return typed[:1] if typed and typed[0].form else typed


def in_shape(slot: Slot, slots: Sequence[Slot]) -> Slot | None:
    """The slot by the form that no other slot takes: an e-mail, a phone number, its own pattern; else None.

    "E-mail address or account ID" takes an e-mail, and is known by it where nothing else asks for one.
    """
    if slot.type is SlotType.ID and slot.pattern:
        return slot if sum(other.type is SlotType.ID for other in slots) == 1 else None
    if slot.type is SlotType.ADDRESS:
        return slot if sum(other.type is SlotType.ADDRESS for other in slots) == 1 else None
    for shape in (SlotType.EMAIL, SlotType.PHONE):
        typed = sum(other.type is shape for other in slots)
        if slot.type is shape and typed == 1:
            return slot
        if not typed and _takes(slot, shape) and sum(_takes(other, shape) for other in slots) == 1:
            return replace(slot, type=shape)
    return None


def _takes(slot: Slot, shape: SlotType) -> bool:
    return slot.type is SlotType.TEXT and any(kind.type is shape for kind in types_of(slot))


def without_lead(slot: Slot, answer: str) -> str:
    """The name alone, where a name is asked for: "under the name of Ann Lee"; else the answer as it is."""
    if any(kind.name in _PLACES for kind in kinds(slot)[:1]):
        return _ON_THE_WAY.sub("", answer)
    named = next((part for part in parts_of(slot) if {kind.name for kind in kinds(part)} & _NAMES), None)
    if named is None or slot.type is not SlotType.TEXT:
        return answer
    return next((name for name in (bare_name(answer, named.words), answer) if fits(named, name)), answer)


def takes_words(slot: Slot, answer: str) -> bool:
    """Whether a part of it that has no type takes these words: the name of "full name or account ID"."""
    parts = parts_of(slot)
    free = [part for part in parts if not any(kind.type for kind in kinds(part))] if len(parts) > 1 else []
    return any(fits(part, answer) for part in free)
