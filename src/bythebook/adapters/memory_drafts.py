"""Drafts in memory: for tests, and for an installation that keeps nothing."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from bythebook.service.drafts import REVISIONS_KEPT, DraftRow, Revision, SaveRow, UnknownDraft
from bythebook.service.ports import VersionConflict


@dataclass
class MemoryDrafts:
    """Implements the Drafts port."""

    _saves: dict[str, list[Revision]] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def rows(self) -> Sequence[DraftRow]:
        with self._guard:
            last = [saves[-1] for _, saves in sorted(self._saves.items())]
        return [DraftRow(one.name, one.version, one.base, one.who, one.at) for one in last]

    def latest(self, name: str) -> Revision:
        with self._guard:
            if name not in self._saves:
                raise UnknownDraft(name)
            return self._saves[name][-1]

    def at(self, name: str, version: int) -> Revision:
        with self._guard:
            found = next((one for one in self._saves.get(name, ()) if one.version == version), None)
        if found is None:
            raise UnknownDraft(f"{name}, save {version}")
        return found

    def saves(self, name: str, limit: int = 100) -> Sequence[SaveRow]:
        with self._guard:
            newest = self._saves.get(name, [])[::-1][:limit]
        return [SaveRow(one.version, one.who, one.at, one.note) for one in newest]

    def append(self, revision: Revision) -> None:
        with self._guard:
            saves = self._saves.get(revision.name, [])
            if revision.version != (saves[-1].version if saves else 0) + 1:
                raise VersionConflict(revision.name)
            self._saves[revision.name] = [*saves, revision][-REVISIONS_KEPT:]

    def discard(self, name: str) -> None:
        with self._guard:
            self._saves.pop(name, None)
