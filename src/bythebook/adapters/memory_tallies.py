"""The counters over a store in memory, for tests and for trying a document out."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from typing import Final

from bythebook.adapters.memory_store import MemoryStore
from bythebook.service.tallies import Counted, Key, Sums, TallyQuery, Uncounted


class MemoryTallies:
    """`Tallies` that go with the process."""

    def __init__(self, store: MemoryStore) -> None:
        self._store: Final = store
        self._counted: Final[dict[str, int]] = {}
        self._sums: Final[Counter[Key]] = Counter()
        self._lock: Final = threading.Lock()

    def uncounted(self, limit: int, *, everywhere: bool = False) -> Sequence[Uncounted]:
        found: list[Uncounted] = []
        for case_id, row in sorted(self._store.rows.items()):
            with self._lock:
                before = self._counted.get(case_id, 0)
            if row.summary.version > before and len(found) < limit:
                found.append(Uncounted(case_id, before, self._store.load(case_id)))
        return found

    def add(self, counted: Sequence[Counted]) -> int:
        with self._lock:
            taken = [one for one in counted if self._counted.get(one.case_id, 0) == one.before]
            for one in taken:
                self._counted[one.case_id] = one.after
                self._sums.update(one.more)
        return len(taken)

    def clear(self) -> None:
        with self._lock:
            self._counted.clear()
            self._sums.clear()

    def sums(self, query: TallyQuery) -> Sums:
        kinds = {kind.value for kind in query.kinds}
        found: Counter[Key] = Counter()
        with self._lock:
            for key, count in self._sums.items():
                on_day = query.first <= key.day and (not query.last or key.day <= query.last)
                if key.kind in kinds and on_day and (not query.releases or key.release in query.releases):
                    day = key.day if query.by_day else ""
                    found[Key(key.release, key.kind, key.label, day)] += count
        return {key: count for key, count in found.items() if count}

    def releases(self) -> Sequence[str]:
        with self._lock:
            return sorted({key.release for key, count in self._sums.items() if count})
