"""The log of releases in memory, for tests and for trying a document out."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final

from bythebook.service.releases import LogMoved, ReleaseStep


class MemoryReleases:
    """A `ReleaseLog` that forgets everything with the process. Safe to use from several threads."""

    def __init__(self) -> None:
        self.kept: Final[list[ReleaseStep]] = []
        """Open to tests that tamper with it."""

        self._lock: Final = threading.Lock()

    def steps(self) -> Sequence[ReleaseStep]:
        with self._lock:
            return tuple(self.kept)

    def head(self) -> int:
        with self._lock:
            return self.kept[-1].number if self.kept else 0

    def append(self, steps: Sequence[ReleaseStep]) -> None:
        with self._lock:
            if steps and steps[0].number != len(self.kept) + 1:
                raise LogMoved
            self.kept.extend(steps)
