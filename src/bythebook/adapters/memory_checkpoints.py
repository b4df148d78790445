"""Checkpoints over a store in memory, for tests and rehearsals."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bythebook.adapters.memory_store import MemoryStore
from bythebook.service.checkpoints import Checkpoint, CheckpointTaken, Head


class MemoryCheckpoints:
    """A `CheckpointStore` that forgets everything with the process. Safe to use from several threads."""

    def __init__(self, store: MemoryStore) -> None:
        self._store: Final = store
        self.kept: Final[list[Checkpoint]] = []
        """Open to tests that tamper with them, as `covered` is."""

        self.covered: Final[dict[int, list[Head]]] = {}
        self._lock: Final = threading.Lock()

    def last(self) -> Checkpoint | None:
        with self._lock:
            return self.kept[-1] if self.kept else None

    def checkpoints(self) -> Sequence[Checkpoint]:
        with self._lock:
            return tuple(self.kept)

    def changed(self, since: datetime | None, limit: int) -> Sequence[tuple[Head, datetime]]:
        found = [
            (head, at) for head, at in self._heads() if (since is None or at >= since) and not self._is_covered(head)
        ]
        return sorted(found, key=lambda pair: (pair[1], pair[0].case_id))[:limit]

    def keep(self, checkpoint: Checkpoint, heads: Sequence[Head]) -> None:
        with self._lock:
            if any(one.number == checkpoint.number for one in self.kept):
                raise CheckpointTaken
            self.kept.append(checkpoint)
            self.covered[checkpoint.number] = list(heads)

    def heads(self, number: int) -> Sequence[Head]:
        with self._lock:
            return tuple(sorted(self.covered.get(number, ()), key=lambda head: head.case_id))

    def of_case(self, case_id: str) -> Sequence[tuple[int, Head]]:
        with self._lock:
            covered = sorted(self.covered.items())
        return [(number, head) for number, heads in covered for head in heads if head.case_id == case_id]

    def uncovered(self) -> int:
        return sum(not self._is_covered(head) for head, _ in self._heads())

    def _heads(self) -> Sequence[tuple[Head, datetime]]:
        rows = list(self._store.rows.values())
        return [
            (Head(row.summary.case_id, row.summary.version, row.head_hash), row.summary.updated_at) for row in rows
        ]

    def _is_covered(self, head: Head) -> bool:
        return any(one.version == head.version for _, one in self.of_case(head.case_id))
