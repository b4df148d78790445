"""Two readers in turn: the local one, and a language model where the local one is unsure.

At most one call a message. A model that is away, slow, or answers anything but ids of the menu changes nothing: the
local reading stands, unsure as it was, and the customer is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bythebook.engine.choice import UNCLEAR, Choice, ModelUse
from bythebook.engine.menu import Menu
from bythebook.reading.corrections import corrects
from bythebook.reading.model import (
    INSTRUCTIONS,
    LanguageModel,
    ModelUnavailable,
    chosen,
    question_of,
    schema_of,
)
from bythebook.reading.port import Reader, Reading
from bythebook.reading.text import level
from bythebook.routine.wording import Release

MODEL_CONFIDENCE: Final = 0.8
"""How sure a choice of the model counts: taken, and below what rules of this house are sure of."""


@dataclass(frozen=True, slots=True)
class CascadeReader:
    """Implements the Reader port over the local reader of a release."""

    local: Reader
    model: LanguageModel
    release: Release

    @property
    def name(self) -> str:
        return f"{self.local.name}+{self.model.name}"

    def read(self, text: str, menu: Menu) -> Reading:
        """Return the local reading, or what the model chose from the menu where that is unsure."""
        reading = self.local.read(text, menu)
        if not reading.unsure or any(found.id == UNCLEAR for found in reading.choices):
            return reading
        try:
            answer = self.model.ask(INSTRUCTIONS, question_of(self.release, menu, text), schema_of(menu))
        except ModelUnavailable as why:
            return replace(reading, model=ModelUse(self.model.name, (), False, why.milliseconds, failure=str(why)))
        found = chosen(menu, answer.text)
        agreed = bool(set(found) & {choice.id for choice in reading.choices})
        use = ModelUse(self.model.name, found, agreed, answer.milliseconds, answer.tokens_in, answer.tokens_out)
        if not found:
            return replace(reading, model=use)
        correction = corrects(level(text))
        choices = tuple(Choice(name, MODEL_CONFIDENCE, correction) for name in found)
        return Reading(menu.keep(choices), False, reading.slots, self.name, use)
