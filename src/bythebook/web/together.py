"""What many streams look for at once is looked for once: whoever is woken by the same news shares what was found."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final, TypeVar, cast

T = TypeVar("T")

KEPT_MAX: Final = 64
"""So many different things are looked for together."""


@dataclass
class Together:
    """Looks that are shared until the next news. Safe to use from several threads."""

    round: int = 0
    """Counts the news: what was found in an earlier round is stale."""

    _found: dict[Hashable, tuple[int, Future[Any]]] = field(default_factory=dict)
    _guard: Lock = field(default_factory=Lock)

    def news(self) -> None:
        """What is looked for from now on is looked for anew."""
        with self._guard:
            self.round += 1

    def look(self, what: Hashable, work: Callable[[], T]) -> T:
        """Return what is found; one of those who look for the same at once does the work, and the others wait."""
        with self._guard:
            at, found = self._found.get(what, (-1, Future[Any]()))
            mine = at != self.round
            if mine:
                if len(self._found) >= KEPT_MAX:
                    self._found.clear()
                found = Future()
                self._found[what] = (self.round, found)
        if mine:
            try:
                found.set_result(work())
            except BaseException as wrong:
                found.set_exception(wrong)
        return cast(T, found.result())
