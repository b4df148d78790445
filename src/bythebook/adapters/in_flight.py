"""Bounds on the calls in flight: a function that hangs takes its own places, and leaves those of the others.

A call that finds no place is not waited for. It is owed still: its customer is told to come again, and it is made
when there is room.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from bythebook.reading.model import LanguageModel, ModelAnswer, ModelUnavailable
from bythebook.routine.value import Values
from bythebook.service.ports import Busy, Functions

CALLS_OF_ONE_MAX: Final = 12
"""Calls of one function at a time, in this process."""

CALLS_MAX: Final = 28
"""Calls of all functions; fewer than the threads that turns have."""


class InFlight:
    """Counts the calls in flight."""

    def __init__(self, of_one: int = CALLS_OF_ONE_MAX, of_all: int = CALLS_MAX) -> None:
        self._of_one: Final = of_one
        self._of_all: Final = of_all
        self._calls: Final[Counter[str]] = Counter()
        self._guard: Final = threading.Lock()

    @contextmanager
    def place(self, function: str) -> Iterator[None]:
        """Hold a place for a call; raise Busy where there is none."""
        with self._guard:
            if self._calls[function] >= self._of_one or self._calls.total() >= self._of_all:
                raise Busy(f"too many calls of `{function}` are under way")
            self._calls[function] += 1
        try:
            yield
        finally:
            with self._guard:
                self._calls[function] -= 1


class BoundedModel:
    """A language model that is asked so many questions at a time; what finds no place is read without it."""

    def __init__(self, model: LanguageModel, in_flight: InFlight) -> None:
        self._model: Final = model
        self._in_flight: Final = in_flight

    @property
    def name(self) -> str:
        """The name of the model behind."""
        return self._model.name

    def ask(self, instructions: str, question: str, schema: Mapping[str, object]) -> ModelAnswer:
        """Ask the model behind, if there is room; else raise ModelUnavailable."""
        try:
            with self._in_flight.place(self._model.name):
                return self._model.ask(instructions, question, schema)
        except Busy as busy:
            raise ModelUnavailable("too many questions are under way") from busy


class BoundedFunctions:
    """Functions of which so many calls may be in flight."""

    def __init__(self, functions: Functions, in_flight: InFlight) -> None:
        self._functions: Final = functions
        self._in_flight: Final = in_flight

    def call(self, function: str, arguments: Values, key: str) -> Values:
        """Call what is behind, if there is room; else raise Busy."""
        with self._in_flight.place(function):
            return self._functions.call(function, arguments, key)
