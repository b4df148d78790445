"""What messages are read as where a test says so: a table before the reader, which is asked for everything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bythebook.engine.choice import Choice
from bythebook.engine.menu import Menu
from bythebook.reading.port import Reader, Reading
from bythebook.routine.value import Value

TOLD: Final = "told"
"""What the log calls the reader of such a message."""


class MeaningWrong(Exception):
    """What a message is to be read as is not written as it can be; the message says how."""


@dataclass
class ToldReadings:
    """By masked text: what it is read as. Shared by all documents of a rehearsal."""

    _readings: dict[str, Reading] = field(default_factory=dict)

    def tell(self, text: str, reading: Reading) -> None:
        """From now on the text means this, until `forget`."""
        self._readings[text] = reading

    def forget(self) -> None:
        """Ask the readers again for everything."""
        self._readings.clear()

    def of(self, text: str) -> Reading | None:
        """Return what was told of a text."""
        return self._readings.get(text)


@dataclass(frozen=True, slots=True)
class ToldReader:
    """Implements the Reader port: what was told, held to the menu; else what the reader behind makes of it."""

    told: ToldReadings
    behind: Reader

    @property
    def name(self) -> str:
        """The reader's behind it: it reads nearly all."""
        return self.behind.name

    def read(self, text: str, menu: Menu) -> Reading:
        """Return the reading."""
        found = self.told.of(text)
        return self.behind.read(text, menu) if found is None else found


def meant(given: object) -> Reading:
    """Return a reading from plain data: choices (or a list of them) with `unsure` and `slots`; raise MeaningWrong."""
    held: Mapping[str, object] = given if isinstance(given, Mapping) else {"choices": given}
    choices, slots = held.get("choices", []), held.get("slots", {})
    if not isinstance(choices, list) or not isinstance(slots, Mapping):
        raise MeaningWrong('`means` takes ["step:2"] or {"choices": ["step:2"], "unsure": false, "slots": {}}')
    values: dict[str, Value] = {}
    for name, value in slots.items():
        if not isinstance(value, str | int | float | bool):
            raise MeaningWrong("a value in `slots` is a text, a number, true or false")
        values[str(name)] = value
    return Reading(tuple(_choice(one) for one in choices), held.get("unsure", False) is True, values, TOLD)


def _choice(given: object) -> Choice:
    name = given.get("id") if isinstance(given, Mapping) else given
    if not isinstance(name, str) or not name:
        raise MeaningWrong("a choice is an id such as `step:2`")
    return Choice(name, 1.0, isinstance(given, Mapping) and given.get("correction") is True)
