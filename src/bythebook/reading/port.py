"""What a reader is, and what it makes of a message: the port that every reader stands behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bythebook.engine.choice import Choice, ModelUse
from bythebook.engine.menu import Menu
from bythebook.routine.value import Values


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a message: several choices when several are meant.

    With `unsure`, `choices` holds at most the two best, and nothing of it is acted on before it is asked about.
    """

    choices: tuple[Choice, ...]
    unsure: bool
    slots: Values
    reader: str
    model: ModelUse | None = None
    """That a language model was asked, and what came of it."""


class Reader(Protocol):
    """Turns text into a reading. Deterministic: same text, same menu, same reading."""

    @property
    def name(self) -> str: ...

    def read(self, text: str, menu: Menu) -> Reading: ...
