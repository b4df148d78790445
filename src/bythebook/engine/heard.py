"""One message with what it means where the case stands: what every rule is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bythebook.engine import choice as ids
from bythebook.engine.choice import Choice
from bythebook.engine.menu import Menu
from bythebook.engine.state import CaseState
from bythebook.routine.model import QuestionKind
from bythebook.routine.value import Values
from bythebook.routine.wording import Release

NEEDS: Final = frozenset({"step", "article", "line", "routine", "slot", "document"})


@dataclass(frozen=True, slots=True)
class Heard:
    """One message (or several read as one) with what it means here, ready for the rules."""

    release: Release
    state: CaseState
    menu: Menu
    choices: tuple[Choice, ...]
    unsure: bool
    slots: Values
    private: bool
    """Private data was masked in it."""

    messages: int
    more_behind: bool
    """Another message waits behind it (R5)."""

    def has(self, choice: str) -> bool:
        """Whether the message means it."""
        return choice in [found.id for found in self.choices]

    def of(self, kind: str) -> tuple[Choice, ...]:
        """Return what it means of a kind."""
        return tuple(found for found in self.choices if found.kind == kind)

    @property
    def need(self) -> bool:
        """Whether it brings something to be done, and not only what people say anywhere."""
        return any(found.kind in NEEDS for found in self.choices)

    @property
    def only_off_topic(self) -> bool:
        """Nothing in it is ours: it neither counts as a miss nor ends a row of them (R7)."""
        return self.has(ids.OFF_TOPIC) and not self.need

    @property
    def language(self) -> str | None:
        """The code of the other language that it is in, or None."""
        found = next((c.id for c in self.choices if c.id.startswith(ids.LANGUAGE_PREFIX)), None)
        return found.removeprefix(ids.LANGUAGE_PREFIX) if found else None

    @property
    def opening(self) -> bool:
        """Nothing was said or asked in the case yet."""
        return not self.state.asked and not self.state.spoken

    @property
    def asked_kind(self) -> QuestionKind | None:
        """What kind of question waits, with no offer lying over it."""
        return self.menu.pending_kind if self.state.pending and self.state.offer is None else None
