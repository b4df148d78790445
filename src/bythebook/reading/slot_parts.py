"""Slots that take one of several things ("full name or account ID"), and slots that ask for a name."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from bythebook.reading.asked_names import bare_name
from bythebook.reading.slot_answers import Kind, fits, kinds
from bythebook.routine.model import Slot, SlotType

_OR: Final = re.compile(r"\bor\b|/")
_NAMES: Final = frozenset({"name", "first", "last", "company"})


@lru_cache(maxsize=1024)
def parts_of(slot: Slot) -> tuple[Slot, ...]:
    """The slots that a slot of several is made of; one that is of one is its only part."""
    words = [part.strip() for part in _OR.split(slot.words)]
    if slot.type is not SlotType.TEXT or len(words) < 2 or not all(words):
        return (slot,)
    return tuple(replace(slot, name=part.lower().replace(" ", "_"), words=part) for part in words)


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


def without_lead(slot: Slot, answer: str) -> str:
    """The name alone, where a name is asked for: "under the name of Ann Lee"; else the answer as it is."""
    named = next((part for part in parts_of(slot) if {kind.name for kind in kinds(part)} & _NAMES), None)
    if named is None or slot.type is not SlotType.TEXT:
        return answer
    return next((name for name in (bare_name(answer, named.words), answer) if fits(named, name)), answer)


def takes_words(slot: Slot, answer: str) -> bool:
    """Whether a part of it that has no type takes these words: the name of "full name or account ID"."""
    parts = parts_of(slot)
    free = [part for part in parts if not any(kind.type for kind in kinds(part))] if len(parts) > 1 else []
    return any(fits(part, answer) for part in free)
