"""What functions return while a document is tried out: rows of a table, the first that fits the call.

A row names a function, the arguments it is for (all calls when it names none), and its results: used one after
another, the last for good. `FAILS` in the place of a result lets that call fail.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bythebook.routine.value import Value, Values
from bythebook.service.ports import FunctionFailure, Functions

FAILS: Final = "fails"

_THEN: Final = re.compile(r",?\s+then\s+")


class RowWrong(ValueError):
    """A row of a table cannot be read; the message says what to write."""


@dataclass(frozen=True, slots=True, eq=False)
class FunctionRow:
    """What a function returns to calls with these arguments."""

    function: str
    arguments: Values
    results: tuple[Values | None, ...]
    """In order; None for a call that fails."""

    def fits(self, function: str, arguments: Values) -> bool:
        """Whether the row is for this call."""
        given = all(arguments.get(name) == value for name, value in self.arguments.items())
        return function == self.function and given


def read_row(function: str, arguments: str, results: str) -> FunctionRow:
    """Return a row from the cells of a Markdown table (`status = "sent", then status = "lost"`); raise RowWrong."""
    name = function.strip(" `")
    if not name.isidentifier():
        raise RowWrong(f"`{name}` is no function's name")
    told = [part for part in _THEN.split(results.strip())] if results.strip() else [""]
    return FunctionRow(
        name,
        _values(arguments),
        tuple(None if part.strip(" .`") == FAILS else _values(part) for part in told),
    )


def _values(cell: str) -> Values:
    text = cell.strip().strip("`")
    try:
        return checked(tomllib.loads(f"x = {{{text}}}")["x"])
    except tomllib.TOMLDecodeError as wrong:
        raise RowWrong(f'`{text}` is not written as: name = "text", other = 5, third = true') from wrong


def checked(values: object) -> Values:
    """Return values that a log can keep; raise RowWrong."""
    if not isinstance(values, Mapping):
        raise RowWrong("a result is a table of names and values")
    return {str(name): _checked(value) for name, value in values.items()}


def _checked(value: object) -> Value:
    if isinstance(value, str | int | float | bool | None):
        return value
    if isinstance(value, list | tuple) and all(isinstance(item, str | int | float | bool) for item in value):
        return tuple(value)
    raise RowWrong("a value is a text, a number, true, false, or a list of these")


@dataclass
class FunctionTable:
    """What functions were told to do: shared by all releases of a rehearsal."""

    failures: dict[str, int] = field(default_factory=dict)
    """By function: how many of the next attempts fail."""

    rows: list[FunctionRow] = field(default_factory=list)
    """The latest first."""

    _used: dict[FunctionRow, int] = field(default_factory=dict)

    def answer(self, rows: Sequence[FunctionRow]) -> None:
        """Put rows before those there are."""
        self.rows[:0] = rows

    def forget(self) -> None:
        """Tell the functions nothing any more."""
        self.rows.clear()
        self._used.clear()
        self.failures.clear()

    def result(self, function: str, arguments: Values) -> Values | None:
        """Return what this attempt returns, None where nothing was told; raise FunctionFailure."""
        if self.failures.get(function, 0) > 0:
            self.failures[function] -= 1
            raise FunctionFailure("made to fail")
        row = next((row for row in self.rows if row.fits(function, arguments)), None)
        if row is None:
            return None
        used = self._used.get(row, 0)
        self._used[row] = used + 1
        result = row.results[min(used, len(row.results) - 1)]
        if result is None:
            raise FunctionFailure("the table lets it fail")
        return result


@dataclass(frozen=True, slots=True)
class TableFunctions:
    """Implements the Functions port: what the table says, else what is behind it."""

    table: FunctionTable
    behind: Functions

    def call(self, function: str, arguments: Values, key: str) -> Values:
        """Return what was told, else call."""
        told = self.table.result(function, arguments)
        return self.behind.call(function, arguments, key) if told is None else told


def unknown(rows: Sequence[FunctionRow], functions: Collection[str]) -> str:
    """Return why rows are for no function of a document; empty when all are."""
    for row in rows:
        if row.function not in functions:
            return f"there is no function `{row.function}`; there are {', '.join(sorted(functions)) or 'none'}"
    return ""
