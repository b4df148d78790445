"""What takes long to work out and is asked for again: the latest of it is kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass
class Remembered(Generic[K, V]):
    """Keeps the `most` that were asked for last. Safe to use from several threads; none waits for another's work."""

    most: int
    _kept: OrderedDict[K, V] = field(default_factory=OrderedDict)
    _guard: Lock = field(default_factory=Lock)

    def get(self, key: K) -> V | None:
        """Return what is kept; None where nothing is."""
        with self._guard:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def of(self, key: K, work: Callable[[], V]) -> V:
        """Return what is kept, or work it out and keep it."""
        found = self.get(key)
        if found is None:
            found = work()
            with self._guard:
                self._kept[key] = found
                self._kept.move_to_end(key)
                while len(self._kept) > self.most:
                    self._kept.popitem(last=False)
        return found
