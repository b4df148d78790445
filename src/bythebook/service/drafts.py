"""Drafts: documents that are being written, and the files beside them. Every save is kept; nothing live moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from bythebook.service.ports import Clock, VersionConflict

Files = Mapping[str, bytes]
"""By path inside the document's folder."""

REVISIONS_KEPT: Final = 300
"""Saves of one draft that can be gone back to; older ones are forgotten."""

NAME_CHARACTERS_MAX: Final = 60
FILE_BYTES_MAX: Final = 1_000_000
"""The largest file of a draft: about 20,000 lines."""

ATTEMPTS: Final = 20
"""How often a change of one thing is made anew because somebody else saved in between."""


class UnknownDraft(Exception):
    """There is no draft of this name, or no such save of it is kept."""


class DraftRefused(Exception):
    """What was asked cannot be done; the message says why and what to do. Nothing has happened."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A draft as it was saved once."""

    name: str
    """The document's short name."""

    version: int
    """Counts the saves, from 1."""

    files: Files
    who: str
    at: datetime
    note: str = ""
    """What the save was: `typed`, `approved line 2a`."""

    base: str = ""
    """The digest of the release that the draft began from; empty where it began from none."""

    back: int = 0
    """The version whose files "undo" gives; 0 where there is nothing before."""

    forth: int = 0
    """The version whose files "redo" gives; 0 where nothing was undone."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What a list of drafts says of one."""

    name: str
    version: int
    base: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SaveRow:
    """What a list of saves says of one."""

    version: int
    who: str
    at: datetime
    note: str


class Drafts(Protocol):
    """Where drafts are kept: each save is added, none is changed."""

    def rows(self) -> Sequence[DraftRow]:
        """Return the drafts, by name."""

    def latest(self, name: str) -> Revision:
        """Return a draft as it is now; raise UnknownDraft."""

    def at(self, name: str, version: int) -> Revision:
        """Return a draft as it was; raise UnknownDraft."""

    def saves(self, name: str, limit: int = 100) -> Sequence[SaveRow]:
        """Return the saves of a draft, newest first; none where there is no such draft."""

    def append(self, revision: Revision) -> None:
        """Add a save behind version `revision.version - 1` (0 where it begins the draft); raise VersionConflict."""

    def discard(self, name: str) -> None:
        """Forget a draft and all its saves, if it is there."""


class SavedMeanwhile(Exception):
    """Somebody else saved what this save would change. Both are kept: `theirs` is the draft as it is now."""

    def __init__(self, theirs: Revision) -> None:
        super().__init__(f"{theirs.who} saved it meanwhile")
        self.theirs: Final = theirs


@dataclass(frozen=True, slots=True)
class Drafting:
    """What people do with drafts."""

    drafts: Drafts
    clock: Clock

    def begin(self, name: str, files: Files, who: str, note: str, base: str = "") -> Revision:
        """Begin a draft; raise DraftRefused where one of that name is there."""
        refuse_unfit(files)
        revision = Revision(name, 1, dict(files), who, self.clock.now(), note, base)
        try:
            self.drafts.append(revision)
        except VersionConflict as taken:
            raise DraftRefused(f"there is a draft called {name} already: open it, or choose another name") from taken
        return revision

    def save(self, name: str, version: int, changes: Mapping[str, bytes], who: str, note: str = "typed") -> Revision:
        """Put changed files into a draft that its author saw at `version`, and return it as it is then.

        What others changed meanwhile in other files stays. Raises SavedMeanwhile where they changed the same ones.
        """
        refuse_unfit(changes)
        for _ in range(ATTEMPTS):
            now = self.drafts.latest(name)
            if now.version != version:
                seen = self.drafts.at(name, version).files
                touched = [path for path in changes if now.files.get(path) != seen.get(path)]
                if any(now.files.get(path) != changes[path] for path in touched):
                    raise SavedMeanwhile(now)
            try:
                return self._next(now, {**now.files, **changes}, who, note)
            except VersionConflict:
                continue
        raise DraftRefused("others are saving this draft at this moment; what you wrote is kept here: try again")

    def follow(self, saved: Revision, files: Files) -> Revision:
        """Add what follows from a save, as part of it: one step back undoes both. Not where somebody came between."""
        after = replace(saved, version=saved.version + 1, files=dict(files), at=self.clock.now())
        try:
            self.drafts.append(after)
        except VersionConflict:
            return saved
        return after

    def change(self, name: str, how: Callable[[Files], Files], who: str, note: str) -> Revision:
        """Change one thing in a draft, whatever else others change; `how` may raise to refuse."""
        for _ in range(ATTEMPTS):
            now = self.drafts.latest(name)
            after = how(now.files)
            refuse_unfit(after)
            try:
                return self._next(now, after, who, note)
            except VersionConflict:
                continue
        raise DraftRefused("others are saving this draft at this moment; try again")

    def undo(self, name: str, who: str) -> Revision:
        """Give the draft the files that it had before; a save like any other. Raise DraftRefused."""
        now = self.drafts.latest(name)
        before = self._kept(name, now.back)
        if before is None:
            raise DraftRefused("there is nothing before this to go back to")
        return self._moved(now, replace(before, who=who, note=f"undid: {now.note}", forth=now.version))

    def redo(self, name: str, who: str) -> Revision:
        """Give the draft the files that were undone last; raise DraftRefused."""
        now = self.drafts.latest(name)
        after = self._kept(name, now.forth)
        if after is None:
            raise DraftRefused("nothing was undone that could be done again")
        return self._moved(now, replace(after, who=who, note="did again what was undone"))

    def go_back(self, name: str, version: int, who: str) -> Revision:
        """Give the draft the files of any save that is kept; raise UnknownDraft."""
        now, then = self.drafts.latest(name), self.drafts.at(name, version)
        return self._next(now, then.files, who, f"went back to save {version}")

    def restart(self, name: str, files: Files, who: str, base: str) -> Revision:
        """Give the draft the files of the live release, or those that became live of it."""
        now = self.drafts.latest(name)
        revision = Revision(
            name, now.version + 1, dict(files), who, self.clock.now(), "began again from live", base, now.version
        )
        self.drafts.append(revision)
        return revision

    def _kept(self, name: str, version: int) -> Revision | None:
        try:
            return self.drafts.at(name, version) if version else None
        except UnknownDraft:
            return None

    def _next(self, now: Revision, files: Files, who: str, note: str) -> Revision:
        if dict(files) == dict(now.files):
            return now
        after = Revision(
            now.name, now.version + 1, dict(files), who, self.clock.now(), note, now.base, back=now.version
        )
        self.drafts.append(after)
        return after

    def _moved(self, now: Revision, after: Revision) -> Revision:
        moved = replace(after, version=now.version + 1, at=self.clock.now(), base=now.base)
        try:
            self.drafts.append(moved)
        except VersionConflict as taken:
            raise DraftRefused("somebody saved this draft at the same moment: look at it, then try again") from taken
        return moved


def refuse_unfit(files: Files) -> None:
    """Raise DraftRefused where a file is too large to be kept."""
    for path, content in files.items():
        if len(content) > FILE_BYTES_MAX:
            raise DraftRefused(
                f"{path} is too long: {len(content):,} bytes, and a file may have {FILE_BYTES_MAX:,}. "
                "Split it into several documents"
            )
