"""What an author's `functions.py` imports. Small on purpose: every name here is a promise to authors.

from bythebook.functions import Data, Failed, function

@function
def opening_hours(day: str, data: Data) -> dict[str, str]:
    ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NewType, TypeVar, overload

F = TypeVar("F", bound=Callable[..., object])

IdempotencyKey = NewType("IdempotencyKey", str)
"""The key of a call, the same for every attempt at it: hand it on to a system that must act once only."""

DECLARED: Final = "__bythebook_function__"
"""The attribute in which `function` keeps what was declared."""


class Failed(Exception):
    """Raise it when a function cannot do its work. The message goes to the log, never to a customer."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What an author said of a function."""

    effect: bool


@overload
def function(declared: F, /) -> F: ...
@overload
def function(*, effect: bool = False) -> Callable[[F], F]: ...
def function(declared: F | None = None, /, *, effect: bool = False) -> F | Callable[[F], F]:
    """Offer a function to the document, under its own name and with its own parameters.

    Every parameter has an annotation: `str`, `int`, `float`, `bool`, a list of one of these, any of them
    `| None`; a parameter annotated `Data` or `IdempotencyKey` is given by the assistant, not by the document.
    It returns a dataclass, a `TypedDict`, a mapping of field names to such values (fields within fields too), one
    bare value, or None for no fields. How success and failure are read off it: docs/functions.md.

    `effect=True` says that it changes something outside; without it the function is a look-up.
    """

    def declare(target: F) -> F:
        setattr(target, DECLARED, Declared(effect))
        return target

    return declare if declared is None else declare(declared)


class Table:
    """One table of a data file. A value that is missing or something else is told by its place."""

    def __init__(self, place: str, values: Mapping[str, object]) -> None:
        self._place = place
        self._values = values

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; raise Failed when it is missing (and has no default) or something else."""
        value = self._values.get(name, default)
        if not isinstance(value, str):
            raise self._wrong(name, 'a text in quotes, as in `{} = "..."`')
        return value

    def number(self, name: str) -> int | float:
        """Return a number; raise Failed when it is missing or something else."""
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong(name, "a number, as in `{} = 3`")
        return value

    def flag(self, name: str) -> bool:
        """Return a yes or no; raise Failed when it is missing or something else."""
        value = self._values.get(name)
        if not isinstance(value, bool):
            raise self._wrong(name, "`true` or `false`, as in `{} = true`")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; raise Failed when it is missing or something else."""
        value = self._values.get(name)
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            raise self._wrong(name, 'a list of texts, as in `{} = ["...", "..."]`')
        return tuple(value)

    def table(self, name: str) -> Table:
        """Return the table under this name; raise Failed when it is missing or something else."""
        value = self._values.get(name)
        if not isinstance(value, Mapping):
            raise self._wrong(name, "a table, as in `[{}]`")
        return Table(f"{self._place}: [{name}]", value)

    def tables(self, name: str) -> tuple[Table, ...]:
        """Return the rows `[[name]]`; raise Failed when there are none."""
        value = self._values.get(name)
        if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
            raise self._wrong(name, "rows, each under `[[{}]]`")
        return tuple(Table(f"{self._place}: [[{name}]] {n}", row) for n, row in enumerate(value, start=1))

    def raw(self, name: str) -> object:
        """Return the value as it stands, or None: for what the other readers do not cover, such as dates."""
        return self._values.get(name)

    def _wrong(self, name: str, expected: str) -> Failed:
        problem = "is something else" if name in self._values else "is missing"
        return Failed(f"{self._place}: `{name}` {problem}; write {expected.format(name)}")


class Data:
    """The files under the document's `data/`, as they stood when it was released."""

    def __init__(self, files: Mapping[str, Table]) -> None:
        self._files = files

    @property
    def names(self) -> tuple[str, ...]:
        """The files' names without `.toml`, sorted."""
        return tuple(sorted(self._files))

    def file(self, name: str) -> Table:
        """Return `data/NAME.toml`; raise Failed when there is no such file."""
        if name not in self._files:
            raise Failed(f"there is no data/{name}.toml beside the document")
        return self._files[name]
