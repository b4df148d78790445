"""Releases read back from a store for their words alone: without readers, without functions, nothing runs on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from bythebook.adapters.shelf import NAME_PATH
from bythebook.compiler.release import build_reception, build_release
from bythebook.compiler.sidecars import HOUSE_PATH
from bythebook.routine.wording import RECEPTION, Release
from bythebook.service.ports import CaseStore
from bythebook.service.remembered import Remembered

KEPT: Final = 200
"""Releases that are kept once read."""


@dataclass
class KeptReleases:
    """The releases of a store, by digest."""

    store: CaseStore
    _found: Remembered[str, tuple[str, Release | None]] = field(default_factory=lambda: Remembered(KEPT))

    def read(self, digest: str) -> Release | None:
        """Return a release as it was written; None where the store has none that can be read today."""
        return self._of(digest)[1]

    def name(self, digest: str) -> str:
        """Return the short name of its document; the beginning of the digest where nobody knows."""
        return self._of(digest)[0]

    def named(self, digests: Iterable[str], name: str) -> tuple[str, ...]:
        """Return those of the digests that are releases of a document."""
        return tuple(digest for digest in digests if self.name(digest) == name)

    def _of(self, digest: str) -> tuple[str, Release | None]:
        return self._found.of(digest, lambda: self._built(digest))

    def _built(self, digest: str) -> tuple[str, Release | None]:
        kept = self.store.release_files(digest)
        if kept is None:
            return digest[:12], None
        files = dict(kept)
        name, house = files.pop(NAME_PATH, b"").decode(), files.pop(HOUSE_PATH, b"")
        if name == RECEPTION:
            return name, build_reception(files, house)[0]
        return name, build_release(name, files, house)[0]
