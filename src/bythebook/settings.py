"""Every knob, typed and documented: read once, from the environment (`BYTHEBOOK_NAME`).

docs/settings.md is written from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

PREFIX: Final = "BYTHEBOOK_"
_YES: Final = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}


class SettingWrong(Exception):
    """A setting cannot be used; the message names it and says what it takes."""


def _knob(default: Any, about: str) -> Any:
    return field(default=default, metadata={"about": about})


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set for one installation. What belongs to a document stands beside it, under `[conduct]`."""

    document: str = _knob("", "The document to run: a folder with `document.md`, or the name of a shipped one.")
    database: str = _knob("bythebook.db", "The SQLite file that keeps the cases.")
    host: str = _knob("127.0.0.1", "The address that `serve` listens on.")
    port: int = _knob(8000, "The port that `serve` listens on; 0 takes a free one.")
    human: str = _knob("human", "Who works at the desk, as the log names them, where no name is given.")
    on_duty: bool = _knob(False, "Somebody is at the desk now: only then is a person announced to a customer.")
    production: bool = _knob(False, "Refuse documents with drafts, unbound functions or unreviewed data.")
    reader: str = _knob("local", "`local` (encoder and rules) or `lexicon` (rules alone).")
    log_level: str = _knob("warning", "debug, info, warning or error. Logs never hold message text.")

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Settings:
        """Return the settings of an environment; raise SettingWrong."""
        known = {f"{PREFIX}{knob.name.upper()}": knob for knob in fields(cls)}
        strange = sorted(name for name in environment if name.startswith(PREFIX) and name not in known)
        if strange:
            raise SettingWrong(f"{strange[0]} is not a setting; known are {', '.join(known)}")
        given: dict[str, Any] = {
            knob.name: _typed(name, environment[name], type(knob.default))
            for name, knob in known.items()
            if name in environment
        }
        return cls(**given)


def _typed(name: str, text: str, kind: type) -> object:
    if kind is bool:
        if text.lower() not in _YES:
            raise SettingWrong(f"{name} is {text!r}; write yes or no")
        return _YES[text.lower()]
    if kind is int:
        if not text.isdigit():
            raise SettingWrong(f"{name} is {text!r}; write a whole number")
        return int(text)
    return text
