"""Looks at a document's files as a release before they are one, and keeps those that become one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bythebook.adapters.library import Folder
from bythebook.adapters.shelf import NAME_PATH, CannotRun, Shelf, folder_of, house, house_of, kept_files
from bythebook.compiler.cards import CARDS_PATH
from bythebook.compiler.problems import Problems
from bythebook.compiler.release import release_digest
from bythebook.compiler.sidecars import HOUSE_PATH, PHRASES_PATH, read_phrases
from bythebook.routine.wording import Conduct, Release
from bythebook.service.ports import UnknownRelease
from bythebook.service.releases import ReleaseLog, live
from bythebook.service.releasing import Candidate

NOT_FILES: Final = (CARDS_PATH, HOUSE_PATH)
"""What a release keeps that is not its author's."""


@dataclass(frozen=True, slots=True)
class StoredCandidates:
    """Implements the Candidates port over the store behind a shelf."""

    shelf: Shelf
    log: ReleaseLog

    def look(self, name: str, files: Mapping[str, bytes]) -> Candidate:
        folder = as_folder(name, files)
        digest = digest_of(folder)
        try:
            if conduct_of(folder).part:
                self.shelf.built(folder)
            else:
                self.shelf.together([folder, *self._before(folder)])
        except CannotRun as refused:
            return Candidate(name, digest, tuple(str(refused).splitlines()))
        return Candidate(name, digest, ())

    def keep(self, name: str, files: Mapping[str, bytes]) -> str:
        folder = as_folder(name, files)
        digest = digest_of(folder)
        self.shelf.store.keep_release(digest, kept_files(folder))
        return digest

    def conduct(self, digest: str) -> Conduct:
        return conduct_of(self.folder(digest))

    def _before(self, folder: Folder) -> Iterator[Folder]:
        """Yield the documents that a case goes through before one, as far as they are live."""
        found, names = live(self.log.steps()), {folder.name}
        while (first := conduct_of(folder).first) in found and first not in names:
            names.add(first)
            folder = self.folder(found[first])
            yield folder

    def folder(self, digest: str) -> Folder:
        """Return a kept release as the document it was; raise UnknownRelease."""
        return kept_folder(self.shelf, digest)

    def release(self, digest: str) -> Release:
        """Return a kept release, without a reader; raise UnknownRelease or CannotRun."""
        return self.shelf.built(self.folder(digest))


def as_folder(name: str, files: Mapping[str, bytes]) -> Folder:
    """Return a document's files without what only a release has."""
    return Folder(name, {path: raw for path, raw in files.items() if path not in NOT_FILES and path != NAME_PATH})


def digest_of(folder: Folder) -> str:
    """Return the digest of a document as a release that stands alone."""
    return release_digest({path: raw for path, raw in folder.files.items() if path != CARDS_PATH}, house_of(folder))


def kept_folder(shelf: Shelf, digest: str) -> Folder:
    """Return a kept release as the document it was; raise UnknownRelease."""
    kept = shelf.store.release_files(digest)
    if kept is None:
        raise UnknownRelease(f"the release {digest[:12]} is not kept in this store")
    return folder_of(kept)


def conduct_of(folder: Folder) -> Conduct:
    """Return how a document wants its cases, and its releases, to be conducted."""
    raw = folder.files.get(PHRASES_PATH)
    return read_phrases(raw, Problems.of(PHRASES_PATH, raw)).conduct


def of_this_house(folder: Folder) -> bool:
    """Whether a document was released with the phrases of this program's house."""
    return house_of(folder) == house()
