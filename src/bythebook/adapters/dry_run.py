"""Tries a document out without changing anything outside: functions with effects are shown, not called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bythebook.adapters.bound_functions import BoundFunctions
from bythebook.engine.render import holes_of
from bythebook.routine.value import Values
from bythebook.routine.wording import Release
from bythebook.service.ports import Functions


@dataclass
class DryRun:
    """Stands before the functions of every document."""

    show: Callable[[str], None]
    """Is given what would have been sent."""

    answer: Callable[[str, Values], Values] | None = None
    """Who says what the call returned; without it, each field that its phrase tells holds its own name."""

    releases: Sequence[Release] = ()
    """The documents: their phrases name the fields."""

    def behind(self, bound: BoundFunctions) -> Functions:
        """Return functions that look up as usual and change nothing."""
        return _Dry(self, bound)

    def result(self, function: str, arguments: Values) -> Values:
        """Return what a call that was not made returned."""
        if self.answer is not None:
            return self.answer(function, arguments)
        told = (release.wording.functions.get(function) for release in self.releases)
        return {name: f"({name})" for phrase in told if phrase is not None for name in holes_of(phrase.text)}


@dataclass(frozen=True, slots=True)
class _Dry:
    run: DryRun
    bound: BoundFunctions

    def call(self, function: str, arguments: Values, key: str) -> Values:
        """Look up; show what anything else would send."""
        if function not in self.bound.effects:
            return self.bound.call(function, arguments, key)
        self.run.show(f"dry run, not called: {self.bound.preview(function, arguments, key)}")
        return self.run.result(function, arguments)
