"""Stand-ins for the outside world that do as the test says: a clock, names, a reader, functions.

They keep the promises of the ports they stand for, and remember what they were asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final, TypeAlias

from bythebook.engine.choice import Choice
from bythebook.engine.menu import Menu
from bythebook.reading.port import Reading
from bythebook.routine.value import Values
from bythebook.service.ports import FunctionFailure, Handoff

START: Final = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
"""When a fake clock begins: a Monday morning."""

SCRIPTED_CONFIDENCE: Final = 1.0
"""How sure a scripted reader is of a choice given by its id alone."""

Meaning: TypeAlias = Reading | Sequence[Choice | str]
"""What a scripted message means: a whole reading, or choices, or their ids."""

Result: TypeAlias = Values | Callable[[Values], Values]
"""What a scripted function returns: fields, or what makes them from the arguments."""


class ManualClock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self, now: datetime = START) -> None:
        self._now = _aware(now)

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self._now

    def set(self, now: datetime) -> None:
        """Put the hands to this time; raise ValueError when it has no zone."""
        self._now = _aware(now)

    def advance(self, by: timedelta) -> datetime:
        """Move the hands on (or back) and return the new time."""
        self._now += by
        return self._now


class CountingIdentities:
    """Names in order: `case-1`, `case-2`, ...; `token-1`, `token-2`, ... Anybody can guess them."""

    def __init__(self) -> None:
        self._cases: Final = count(1)
        self._tokens: Final = count(1)

    def case_id(self) -> str:
        """Return the next case id."""
        return f"case-{next(self._cases)}"

    def token(self) -> str:
        """Return the next token."""
        return f"token-{next(self._tokens)}"


@dataclass
class OnDuty:
    """Implements the Notices port: somebody is on duty or nobody, as it is told; and how often it was called."""

    on_duty: bool = False
    called: int = 0

    def handed_off(self, handoff: Handoff) -> bool:
        """Return whether somebody is there."""
        self.called += 1
        return self.on_duty


class ScriptedReader:
    """Reads by looking the text up. A text it was not told about is unsure, with no choice: a miss.

    It is not held to the menu, so that a test can let it lie; `asked` keeps each text with its menu.
    """

    def __init__(self, script: Mapping[str, Meaning], name: str = "scripted") -> None:
        self.script: Final[dict[str, Meaning]] = dict(script)
        self.asked: Final[list[tuple[str, Menu]]] = []
        self._name: Final = name

    @property
    def name(self) -> str:
        """What the log says read the message."""
        return self._name

    def read(self, text: str, menu: Menu) -> Reading:
        """Return what the script says."""
        self.asked.append((text, menu))
        meaning = self.script.get(text)
        if isinstance(meaning, Reading):
            return meaning
        choices = tuple(
            Choice(choice, SCRIPTED_CONFIDENCE) if isinstance(choice, str) else choice for choice in meaning or ()
        )
        return Reading(choices, unsure=meaning is None, slots={}, reader=self._name)


@dataclass(frozen=True, slots=True)
class ScriptedCall:
    """One attempt at a call, as it came in."""

    function: str
    arguments: Values
    key: str


@dataclass(slots=True)
class ScriptedFunctions:
    """Calls what stands in a table and keeps every attempt in `calls`, failed ones included."""

    table: Mapping[str, Result]
    calls: list[ScriptedCall] = field(default_factory=list)
    _failures: dict[str, list[str]] = field(default_factory=dict)

    def fail(self, function: str, times: int = 1, reason: str = "it was told to fail") -> None:
        """Let the next calls of the function fail, this many times."""
        self._failures.setdefault(function, []).extend([reason] * times)

    def call(self, function: str, arguments: Values, key: str) -> Values:
        """Return the result's fields; raise FunctionFailure when told to fail.

        A function that is not in the table is the test's mistake: AssertionError.
        """
        self.calls.append(ScriptedCall(function, dict(arguments), key))
        if failures := self._failures.get(function):
            raise FunctionFailure(failures.pop(0))
        assert function in self.table, f"`{function}` was called, which the table does not hold"
        result = self.table[function]
        return result(arguments) if callable(result) else result


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("the time has no zone; give it `tzinfo=UTC`")
    return at.astimezone(UTC)
