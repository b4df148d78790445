"""A reader that also takes values: whatever it reads, the slots of the moment are read beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bythebook.engine.choice import (
    AFFIRM,
    COMPLAINT,
    DENY,
    HUMAN,
    INJECTION,
    NOT_GIVEN,
    OFF_TOPIC,
    REQUEST_STATUS,
    UNCLEAR,
    WITHHELD,
    Choice,
    slot_choice,
)
from bythebook.engine.menu import Menu
from bythebook.reading import slots as values
from bythebook.reading.given import read_given
from bythebook.reading.port import Reader, Reading
from bythebook.reading.slot_beside import sentences_of
from bythebook.reading.slot_early import early
from bythebook.reading.slot_parts import STORY
from bythebook.routine.model import SlotType
from bythebook.routine.value import Value

VALUE_CONFIDENCE: Final = 0.9
"""How sure a value is that fits what its slot takes."""

DROPPED: Final = frozenset({OFF_TOPIC, UNCLEAR})
"""What words that are a value are not besides."""

YES_OR_NO: Final = frozenset({AFFIRM, DENY, "other:neither"})
"""What "no, I don't have it" says besides: nothing."""


MEANING: Final = frozenset({"step", "article", "line"})
ASKING: Final = frozenset({HUMAN, COMPLAINT, INJECTION, REQUEST_STATUS})
OF_A_STORY: Final = frozenset({COMPLAINT, REQUEST_STATUS})
"""What an account of what happened is easily taken for: where just that is asked for, it is the answer."""

_CALL_ME: Final = re.compile(
    r"\bcall me (?!(?:back|an?|the|now|please|at|on|in|by|when|if|to|later|today|tomorrow|asap|again|instead)\b)"
    r"[^\W\d]",
    re.I,
)
_QUESTION: Final = re.compile(
    r"\?|^\W*(?:what|why|how|when|where|who|which|can|could|do|does|did|is|are|was|will|would|should|has|have)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class SlotReader:
    """Implements the Reader port over another reader."""

    behind: Reader
    month_first: bool = True
    """How 3/4/2027 is read where nothing tells: as the fourth of March."""

    @property
    def name(self) -> str:
        """The name of the reader behind it."""
        return self.behind.name

    def read(self, text: str, menu: Menu) -> Reading:
        """Return the reading with the values that the text gives; values make an unsure reading certain."""
        reading = self.behind.read(text, menu)
        if not menu.wanted and not menu.known:
            return reading
        reading = self._told(self._answered(reading, menu, text), menu, text)
        read = read_given(text, menu.wanted, menu.known, self.month_first)
        if menu.situation.pending is None and not menu.situation.closed:
            ahead = early(text, (*menu.wanted, *menu.known), self.month_first)
            read = replace(read, values={**ahead, **read.values})
        giving = self.behind.read(read.given, menu) if read.given else reading
        found = {name: value for name, value in read.values.items() if not self._means_more(giving, menu, name)}
        if not found and COMPLAINT in {choice.id for choice in reading.choices}:
            found = self._beside_a_complaint(text, menu)
        if not found:
            return self._without(reading, menu, read.problems)
        kept = () if reading.unsure else tuple(c for c in reading.choices if c.id not in DROPPED)
        given = tuple(Choice(slot_choice(name), VALUE_CONFIDENCE) for name in found)
        beside = self._asked_beside(read.asked, kept, menu)
        return Reading((*given, *kept, *beside), False, {**reading.slots, **found}, reading.reader)

    def _beside_a_complaint(self, text: str, menu: Menu) -> dict[str, Value]:
        """ "This form is awful. Acme Ltd": what the sentences give that do not complain."""
        told = sentences_of(text)
        calm = [one for one in told if COMPLAINT not in {c.id for c in self.behind.read(one, menu).choices}]
        if not 0 < len(calm) < len(told):
            return {}
        given = "\n".join(calm)
        read = read_given(given, menu.wanted, menu.known, self.month_first)
        reading = self.behind.read(given, menu)
        return {name: value for name, value in read.values.items() if not self._means_more(reading, menu, name)}

    def _asked_beside(self, asked: tuple[str, ...], kept: tuple[Choice, ...], menu: Menu) -> tuple[Choice, ...]:
        """Return what is asked beside a value: what it means, or that it is nothing that can be answered here."""
        if not asked or any(c.kind in MEANING or c.id in ASKING for c in kept):
            return ()
        reading = self.behind.read(" ".join(asked), menu)
        meant = tuple(c for c in reading.choices if c.kind in MEANING or c.id in ASKING)
        if meant and not reading.unsure:
            return meant
        acts = not reading.unsure and all(c.kind == "act" for c in reading.choices)
        return () if acts else (Choice(OFF_TOPIC, VALUE_CONFIDENCE),)

    def _without(self, reading: Reading, menu: Menu, problems: Mapping[str, str]) -> Reading:
        """Return the reading where nothing was given: that it is not at hand, or will not be said, where so said."""
        said = {problems.get(slot.name) for slot in menu.wanted}
        choice = NOT_GIVEN if values.NOT_GIVEN in said else WITHHELD if values.REFUSED in said else ""
        if not choice or any(c.kind in MEANING or c.id in ASKING for c in reading.choices if not reading.unsure):
            return reading
        kept = () if reading.unsure else tuple(c for c in reading.choices if c.id not in DROPPED | YES_OR_NO)
        return Reading((Choice(choice, VALUE_CONFIDENCE), *kept), False, reading.slots, reading.reader)

    def _answered(self, reading: Reading, menu: Menu, text: str) -> Reading:
        """ "I've sent the certificate" answers what asked for the certificate, and asks for no news of a request."""
        words = {word for slot in menu.wanted for word in re.findall(r"[^\W\d_]{4,}", slot.words.lower())}
        if not words & set(re.findall(r"[^\W\d_]{4,}", text.lower())):
            return reading
        kept = tuple(choice for choice in reading.choices if choice.id != REQUEST_STATUS)
        return replace(reading, choices=kept, unsure=reading.unsure or not kept)

    def _told(self, reading: Reading, menu: Menu, text: str) -> Reading:
        """ "We waited for weeks", where the reason is asked for, is that reason and asks for no news of a request."""
        if len(menu.wanted) != 1 or menu.wanted[0].type is not SlotType.TEXT or _QUESTION.search(text):
            return reading
        words = menu.wanted[0].words
        called = re.search(r"\bnames?\b", words, re.I) and _CALL_ME.search(text)
        other = OF_A_STORY if STORY.search(words) else {HUMAN} if called else frozenset()
        if not any(choice.id in other for choice in reading.choices):
            return reading
        kept = tuple(choice for choice in reading.choices if choice.id not in other)
        return replace(reading, choices=kept, unsure=reading.unsure or not kept)

    def _means_more(self, reading: Reading, menu: Menu, name: str) -> bool:
        """Words that certainly mean something on the menu are no free text for a slot that takes any."""
        slot = next((slot for slot in (*menu.wanted, *menu.known) if slot.name == name), None)
        free = slot is not None and slot.type in (SlotType.TEXT, SlotType.ADDRESS)
        return free and not reading.unsure and any(c.kind in MEANING or c.id in ASKING for c in reading.choices)
