"""Looks at a document's files as a release before they are one, and keeps those that become one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bythebook.adapters.library import Folder
from bythebook.adapters.shelf import NAME_PATH, CannotRun, Shelf, folder_of, house, house_of, kept_files
from bythebook.compiler.cards import CARDS_PATH
from bythebook.compiler.problems import Problems
from bythebook.compiler.release import release_digest
from bythebook.compiler.sidecars import HOUSE_PATH, PHRASES_PATH, read_phrases
from bythebook.routine.wording import Release
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
        others = [self.folder(one) for other, one in live(self.log.steps()).items() if other != name]
        try:
            self.shelf.together([folder, *others])
        except CannotRun as refused:
            return Candidate(name, digest, tuple(str(refused).splitlines()))
        return Candidate(name, digest, ())

    def keep(self, name: str, files: Mapping[str, bytes]) -> str:
        folder = as_folder(name, files)
        digest = digest_of(folder)
        self.shelf.store.keep_release(digest, kept_files(folder))
        return digest

    def two_people(self, digest: str) -> bool:
        return asks_for_two(self.folder(digest))

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


def asks_for_two(folder: Folder) -> bool:
    """Whether a document asks that whoever approves a release is not who submitted it."""
    raw = folder.files.get(PHRASES_PATH)
    return read_phrases(raw, Problems.of(PHRASES_PATH, raw)).conduct.two_people


def of_this_house(folder: Folder) -> bool:
    """Whether a document was released with the phrases of this program's house."""
    return house_of(folder) == house()
