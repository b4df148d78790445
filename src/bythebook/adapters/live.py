"""What new cases begin with: what the log of releases says is live, in every process that uses the store.

A folder that a server is started on is released by whoever starts it, where the log does not know its files yet.
Where it does, the log has the word: what was gone back to stays so over a restart.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bythebook.adapters.candidates import conduct_of, digest_of, kept_folder, of_this_house
from bythebook.adapters.library import Folder, Library
from bythebook.adapters.shelf import NO_FILES, CannotRun, Shelf, kept_files
from bythebook.compiler.release import release_files
from bythebook.service.ports import Clock, UnknownRelease
from bythebook.service.releases import (
    Act,
    LogMoved,
    Move,
    ReleaseLog,
    ReleaseStep,
    Stage,
    live,
    moved,
    standings,
)

FROM_FOLDER: Final = "from the folder that a server was started on"
WAYS: Final[Mapping[Stage | None, tuple[Move, ...]]] = {
    None: (Move.SUBMIT, Move.CHECK, Move.APPROVE, Move.RELEASE),
    Stage.DRAFT: (Move.CHECK, Move.APPROVE, Move.RELEASE),
    Stage.CHECKED: (Move.APPROVE, Move.RELEASE),
    Stage.APPROVED: (Move.RELEASE,),
}
"""What is still to be done, by where a release stands, until it is live."""

log = logging.getLogger(__name__)


@dataclass
class Live:
    """Keeps a shelf at what is released. Safe to use from several threads."""

    shelf: Shelf
    log: ReleaseLog
    clock: Clock
    given: tuple[Folder, ...] = ()
    """The documents that the server was started on; what a person released besides is served, too."""

    reception: Mapping[str, bytes] = field(default_factory=lambda: NO_FILES)
    _seen: int = 0
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, library: Library, who: str) -> None:
        """Release what is new among the documents that a server is started on, and serve what is live.

        Raises CannotRun where a document cannot run, waits for a second person, or nothing is live at all.
        """
        self.given, self.reception = library.documents, library.reception
        while True:
            steps = list(self.log.steps())
            before = len(steps)
            for folder in self.given:
                self._release_if_new(steps, folder, who)
            self._serve(steps)
            for folder in self.given:
                self.shelf.store.keep_release(digest_of(folder), kept_files(folder))
            try:
                self.log.append(steps[before:])
            except LogMoved:
                continue
            break
        self._seen = len(steps)
        self.shelf.look = self.look
        if not self.shelf.loaded:
            raise CannotRun(_nothing_live(steps, self.given))

    def take(self, library: Library) -> None:
        """Serve what is live, and release nothing; the documents as they are where the log has none of them."""
        self.given, self.reception = library.documents, library.reception
        steps = self.log.steps()
        if any(self._is_served(steps, name) for name in live(steps)):
            self._serve(steps)
        else:
            self.shelf.put_together(library.documents, library.reception)

    def look(self) -> None:
        """Put on the shelf what is live, where anything was released since it was looked at last."""
        if self.log.head() == self._seen:
            return
        with self._guard:
            steps = self.log.steps()
            if len(steps) == self._seen:
                return
            try:
                self._serve(steps)
            except (CannotRun, UnknownRelease) as failure:
                log.error("what was released cannot be served, and new cases begin as before: %s", failure)
            self._seen = len(steps)

    def _serve(self, steps: Sequence[ReleaseStep]) -> None:
        ours = {(folder.name, digest_of(folder)): folder for folder in self.given}
        served = [
            ours.get((name, digest)) or replace(kept_folder(self.shelf, digest), name=name)
            for name, digest in live(steps).items()
            if self._is_served(steps, name)
        ]
        order = {folder.name: place for place, folder in enumerate(self.given)}
        served.sort(key=lambda folder: (order.get(folder.name, len(order)), folder.name))
        self.shelf.put_together(served, self.reception)

    def _is_served(self, steps: Sequence[ReleaseStep], name: str) -> bool:
        """Whether a document is one of ours: given, or released by a person before any server was started on it."""
        if any(folder.name == name for folder in self.given):
            return True
        first = next(step for step in steps if step.name == name and step.move is Move.RELEASE)
        return not first.folder

    def _release_if_new(self, steps: list[ReleaseStep], folder: Folder, who: str) -> None:
        """Add the steps that release a folder's files, where the log does not know them."""
        digest = digest_of(folder)
        stage = self._stage(steps, folder, digest)
        if stage not in WAYS:
            return
        last = [step.digest for step in steps if step.name == folder.name and step.move is Move.RELEASE][-1:]
        two = any(conduct_of(one).two_people for one in (folder, *(kept_folder(self.shelf, one) for one in last)))
        way = WAYS[stage]
        if two and stage is not Stage.APPROVED:
            # Somebody else approves it; until then what is live stays live.
            way = way[: way.index(Move.APPROVE)]
        for move in way:
            act = Act(folder.name, digest, move, who, FROM_FOLDER, two, folder=True)
            steps.append(moved(steps, act, self.clock.now()))

    def _stage(self, steps: Sequence[ReleaseStep], folder: Folder, digest: str) -> Stage | None:
        """Return where the folder's files stand; a stage that leads nowhere where the log has the word."""
        of_name = {one.digest: one for one in standings(steps).values() if one.name == folder.name}
        if digest in of_name:
            waits = not any(one.released for one in of_name.values())
            return of_name[digest].stage if waits else Stage.REPLACED
        for known in of_name.values():
            kept = kept_folder(self.shelf, known.digest)
            if known.released and _own_files(kept) == _own_files(folder):
                # Another program's house, and else the same files: a new house comes with the program.
                return None if known.stage is Stage.RELEASED and not of_this_house(kept) else Stage.REPLACED
        return None


def _own_files(folder: Folder) -> tuple[tuple[str, bytes], ...]:
    return release_files(folder.files, b"")


def _nothing_live(steps: Sequence[ReleaseStep], given: Sequence[Folder]) -> str:
    found = standings(steps).values()
    for folder in given:
        if any(one.name == folder.name and one.stage is Stage.CHECKED for one in found):
            return (
                f"{folder.name} asks for two people, and nobody else has approved it yet: "
                f"`bythebook release approve {folder.name} --as NAME`, then start again"
            )
    names = ", ".join(folder.name for folder in given)
    return (
        f"no release of {names} is live: `bythebook release release FOLDER --as NAME` takes it up again, "
        "`bythebook release rollback NAME` an earlier one"
    )
