"""Documents run with functions that are tables: what each returns, and how often it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from bythebook.adapters.function_types import as_values
from bythebook.bootstrap import build_rehearsal
from bythebook.routine.value import Value, Values
from bythebook.service.desk import Desk
from bythebook.service.ports import FunctionFailure
from bythebook.settings import Settings
from bythebook.testing.rehearsal import Rehearsal

Row = object | Callable[[Values], object]
"""What a function returns: a result, what makes one from the arguments, or a list of these for call after call."""


class Rows(list[Row]):
    """One result a call, in order; the last one stays."""


@dataclass
class Tabled:
    """Implements the Functions port over a table; keeps each call as it came in."""

    table: Mapping[str, Row]
    calls: list[tuple[str, Values]] = field(default_factory=list)

    def call(self, function: str, arguments: Values, key: str) -> Values:
        """Return what the table has; an exception there is the function's failure."""
        self.calls.append((function, dict(arguments)))
        assert function in self.table, f"`{function}` was called, which the table does not hold"
        row = self.table[function]
        if isinstance(row, Rows):
            row = row.pop(0) if len(row) > 1 else row[0]
        if callable(row):
            row = row(arguments)
        if isinstance(row, FunctionFailure):
            raise row
        return as_values(row)


@dataclass
class Talk:
    """One conversation with a document."""

    rehearsal: Rehearsal
    functions: Tabled
    texts: list[str] = field(default_factory=list)
    """The assistant's last texts."""

    status: str = "open"

    def say(self, text: str) -> list[str]:
        """Say something; return the labels of what the assistant says to it."""
        return self.do({"say": text})

    def do(self, command: Mapping[str, object]) -> list[str]:
        """Carry out a command of the rehearsal; return the labels of what the assistant says to it."""
        turn = self.rehearsal.do(command)
        assert "error" not in turn, turn["error"]
        said = cast("list[dict[str, str]]", turn["said"])
        self.texts = [one["text"] for one in said]
        self.status = str(turn["status"])
        return [one["line"] for one in said]

    def know(self, name: str, value: Value) -> None:
        """Let the case know something, as an installation does for a customer who is logged in."""
        if self.rehearsal.case_id is None:
            self.do({"new": True})
        assert self.rehearsal.case_id is not None
        Desk(self.rehearsal.runner).learn(self.rehearsal.case_id, "the log-in", name, value)

    @property
    def called(self) -> list[str]:
        """The functions called since this was asked last."""
        names = [function for function, _ in self.functions.calls]
        self.functions.calls.clear()
        return names


@dataclass
class Desks:
    """Lets a test open conversations with documents of its own, in a folder of its own."""

    folder: Path
    reader: str = "lexicon"
    _number: Iterator[int] = field(default_factory=lambda: iter(range(1_000)))

    def talk(self, document: str, table: Mapping[str, Row], phrases: str = "") -> Talk:
        """Return a conversation with a document, its phrases and its table."""
        folder = self.folder / f"document-{next(self._number)}"
        folder.mkdir()
        (folder / "document.md").write_text(document, encoding="utf-8")
        if phrases:
            (folder / "phrases.toml").write_text(phrases, encoding="utf-8")
        functions = Tabled(table)
        settings = replace(Settings(), document=str(folder), reader=self.reader)
        return Talk(build_rehearsal(settings, stand_in=lambda _: functions), functions)
