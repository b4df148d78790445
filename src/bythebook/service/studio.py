"""Where a support lead works: documents with what is live and what is being written, looked at, changed, released."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from threading import Lock
from typing import Final

from bythebook.compiler.cards import CARDS_PATH
from bythebook.compiler.differences import Change, Row, differences, rows, said
from bythebook.compiler.phrase_file import CannotEdit
from bythebook.compiler.phrase_needs import one_line
from bythebook.compiler.problems import Problems
from bythebook.compiler.release import release_digest, release_files
from bythebook.compiler.sidecars import DOCUMENT_PATH, EXAMPLES_PATH, HOUSE_PATH, PHRASES_PATH, read_house
from bythebook.compiler.text import words_at
from bythebook.service.analysis import Analysis, Bindings, analyse
from bythebook.service.checklist import Task, checklist, ready
from bythebook.service.draft_edits import HAND_OVER, as_bytes, as_text, lost_by_handing, with_person
from bythebook.service.drafts import Drafting, DraftRefused, Files, Revision, UnknownDraft
from bythebook.service.from_article import from_article
from bythebook.service.given import NameRefused, WordReader, checked_name, name_for, parts_of, read_given, title_in
from bythebook.service.people import same_name
from bythebook.service.putting_away import PUT_AWAY_PATH, beside_after
from bythebook.service.releases import Move, ReleaseStep, Stage, Standing
from bythebook.service.releasing import Releasing
from bythebook.service.remembered import Remembered

ANALYSES_KEPT: Final = 100
"""Looks at drafts that are remembered: a page asks for the same one several times."""

NOT_OF_AUTHORS: Final = (CARDS_PATH, HOUSE_PATH)


class Way(Enum):
    """What can be done with a draft that nothing is in the way of; the values are what a form sends."""

    RELEASE = "release"
    SUBMIT = "submit"
    """A second person has to read it: send it to them."""

    WAIT = "wait"
    """It was sent; somebody else approves it."""

    APPROVE = "approve"
    """It was sent, and not by whoever looks."""


class State(Enum):
    """Where a document stands, as a list says it; the values are what people read."""

    LIVE = "live"
    AHEAD = "live, and the draft is ahead of it"
    NEW = "not released yet"


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in the list."""

    name: str
    title: str
    state: State
    draft: Revision | None
    left: tuple[Task, ...]
    """What keeps its draft from being released."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft with everything that its page shows."""

    draft: Revision
    live: Files | None
    live_digest: str
    analysis: Analysis
    tasks: tuple[Task, ...]

    @property
    def is_live(self) -> bool:
        """Whether customers get just this."""
        return self.live is not None and is_same(self.live, self.draft.files)

    @property
    def ready(self) -> bool:
        return ready(self.analysis)


@dataclass(frozen=True, slots=True)
class Compared:
    """How a draft differs from what is live."""

    told: tuple[Change, ...]
    """What customers are told differently."""

    rows: Mapping[str, tuple[Row, ...]]
    """By file: how its text differs."""

    readable: bool
    """Whether both can run; what is told is known then."""


def is_same(one: Files, other: Files) -> bool:
    """Whether two drafts make the same release; tests and what is put away are no part of one."""
    return release_files(one, b"") == release_files(other, b"")


@dataclass
class Studio:
    """What the document pages do. Safe to use from several threads."""

    drafting: Drafting
    releases: Releasing
    kept: Callable[[str], Files]
    """The files of a release by its digest."""

    bindings: Bindings
    house: bytes
    word: WordReader | None = None
    """What reads Word files; without it they are refused."""

    _seen: Remembered[str, Analysis] = field(default_factory=lambda: Remembered(ANALYSES_KEPT))
    _one: Lock = field(default_factory=Lock)
    """Drafts are looked at one at a time: customers' turns are not kept waiting by people who type."""

    # ------------------------------------------------------------ looking

    def documents(self) -> Sequence[Listed]:
        """Return every document that is live or being written, by title."""
        live, drafts = self.releases.live(), {row.name for row in self.drafting.drafts.rows()}
        found = [self._listed(name, live.get(name, "")) for name in sorted(drafts.union(live))]
        return sorted(found, key=lambda one: one.title.casefold())

    def _listed(self, name: str, digest: str) -> Listed:
        try:
            draft = self.drafting.drafts.latest(name)
        except UnknownDraft:
            live = self._author_files(digest)
            return Listed(name, self.look(name, live).title, State.LIVE, None, ())
        analysis = self.look(name, draft.files)
        left = tuple(task for task in checklist(analysis) if task.must and not task.done)
        if not digest:
            return Listed(name, analysis.title, State.NEW, draft, left)
        same = is_same(self._author_files(digest), draft.files)
        return Listed(name, analysis.title, State.LIVE if same else State.AHEAD, draft, () if same else left)

    def open(self, name: str, who: str) -> Desk:
        """Return a document's draft, begun from what is live where there is none yet; raise UnknownDraft."""
        digest = self.releases.live().get(name, "")
        live = self._author_files(digest) if digest else None
        try:
            draft = self.drafting.drafts.latest(name)
        except UnknownDraft:
            if live is None:
                raise
            draft = Revision(name, 0, live, who, self.drafting.clock.now(), "live", digest)
        analysis = self.look(name, draft.files)
        return Desk(draft, live, digest, analysis, checklist(analysis))

    def draft(self, name: str, who: str) -> Revision:
        """Return the draft to be changed, and begin it from what is live where there is none; raise UnknownDraft."""
        try:
            return self.drafting.drafts.latest(name)
        except UnknownDraft:
            digest = self.releases.live().get(name, "")
            if not digest:
                raise
        try:
            return self.drafting.begin(name, self._author_files(digest), who, "began from live", digest)
        except DraftRefused:  # somebody else began it at the same moment
            return self.drafting.drafts.latest(name)

    def look(self, name: str, files: Files) -> Analysis:
        """Return everything there is to say about a document's files."""
        key = f"{name}:{release_digest(files, self.house)}"
        found = self._seen.get(key)
        if found is not None:
            return found
        with self._one:
            return self._seen.of(key, lambda: analyse(name, files, self.house, self.bindings))

    def compared(self, desk: Desk) -> Compared:
        """Return how a draft differs from what is live; from nothing, where nothing is."""
        live = desk.live or {}
        before = self.look(desk.draft.name, live).release if desk.live is not None else None
        after = desk.analysis.release
        told: tuple[Change, ...] = ()
        readable = after is not None and (before is not None or desk.live is None)
        if after is not None and readable:
            house = read_house(self.house, Problems.of(HOUSE_PATH))
            told = differences(said(before, house) if before is not None else (), said(after, house))
        paths = sorted({*live, *desk.draft.files} - {PUT_AWAY_PATH}, key=lambda path: (path != DOCUMENT_PATH, path))
        texts = {path: (as_text(live.get(path, b"")), as_text(desk.draft.files.get(path, b""))) for path in paths}
        changed = {path: rows(*pair) for path, pair in texts.items() if pair[0] != pair[1]}
        return Compared(told, changed, readable)

    def _author_files(self, digest: str) -> Files:
        return {path: raw for path, raw in self.kept(digest).items() if path not in NOT_OF_AUTHORS}

    # ------------------------------------------------------------ changing

    def begin(
        self, raw: bytes, name: str, who: str, *, article: bool, called: str = ""
    ) -> tuple[Sequence[Revision], str]:
        """Begin a draft from what was pasted or uploaded, or several; return them, and what is to be known of how.

        Without a `name` its heading is taken, else what its file is `called`. Raises DraftRefused with what to do.
        """
        given = read_given(raw, self.word)
        title = title_in(given.text)
        short = checked_name(name) if name.strip() else name_for(title) or name_for(called)
        if not short:
            raise NameRefused("give the document a short name: its text has no heading to take one from")
        if article:
            files = from_article(given.text, title if given.text.lstrip().startswith("#") else name, self.house)
            return [self._begin(short, files, who, "began from an article")], given.note
        parts = parts_of(given.text, short)
        taken = {row.name for row in self.drafting.drafts.rows()}.union(self.releases.live())
        twice = next((part.name for part in parts if part.name in taken), None)
        if twice is not None:
            raise NameRefused(f"a document is called {twice} already: open it in the list, or give this another name")
        begun = [self._begin(part.name, {DOCUMENT_PATH: part.text.encode()}, who, "began") for part in parts]
        return begun, given.note

    def _begin(self, name: str, files: Files, who: str, note: str) -> Revision:
        if name in self.releases.live():
            raise NameRefused(f"a document called {name} is live: open it in the list, or give this another name")
        return self.drafting.begin(name, files, who, note)

    def write(self, name: str, version: int, text: str, who: str) -> Revision:
        """Save the text of a draft that its author saw at `version`; what stands beside its lines goes with them.

        Raises SavedMeanwhile where somebody else changed the text since, DraftRefused, UnknownDraft.
        """
        now = self.draft(name, who)
        raw = as_bytes(text, now.files.get(DOCUMENT_PATH, b""))
        # Version 0 is what is live, seen before there was a draft of it.
        saved = self.drafting.save(name, version or 1, {DOCUMENT_PATH: raw}, who)
        if saved.version == now.version or (PHRASES_PATH not in saved.files and EXAMPLES_PATH not in saved.files):
            return saved
        before, after = self.look(name, now.files).compiled, self.look(name, saved.files).compiled
        files = beside_after(saved.files, before, after)
        return saved if files == saved.files else self.drafting.follow(saved, files)

    def change(self, name: str, how: Callable[[Analysis], Files], who: str, note: str) -> Revision:
        """Change one thing in a draft, by what it is at that moment; raise DraftRefused."""
        self.draft(name, who)
        try:
            return self.drafting.change(name, lambda files: how(self.look(name, files)), who, note)
        except CannotEdit as refused:
            raise DraftRefused(f"{refused}; the files themselves can be changed under Files") from refused

    def hand_to_person(self, name: str, label: str, who: str) -> Revision:
        """Have a person do what a line calls a function for; raise DraftRefused."""
        return self.change(name, lambda seen: self._handed(seen, label), who, f"a person does line {label}")

    def hand_all_to_person(self, name: str, labels: Sequence[str], who: str) -> None:
        """Have a person do what these lines call functions for, as one change.

        Raise DraftRefused with the lines of which only their author can say how; what could be done is done.
        """
        left: list[str] = []

        def handed(seen: Analysis) -> Files:
            left.clear()
            for label in labels:
                try:
                    seen = self.look(name, self._handed(seen, label))
                except DraftRefused as why:
                    left.append(str(why))
            if len(left) == len(labels):
                raise DraftRefused("; ".join(left))
            return seen.files

        self.change(name, handed, who, "a person does all that was left")
        if left:
            raise DraftRefused("; ".join(left))

    def _handed(self, seen: Analysis, label: str) -> Files:
        """Return a draft's files with a person in the place of a line's function; raise DraftRefused."""
        after = self.look(seen.name, with_person(seen.files, label, "-")).compiled
        line = after.routine.written(label)
        lost = lost_by_handing(label, seen.compiled.routine, after.routine) if line is not None else label
        if line is None or lost.partition("(")[0] == label:
            raise DraftRefused(
                f"line {label} holds more than one call, and a person would get all of it: write in the text "
                f"which part is theirs, such as: {HAND_OVER}"
            )
        if lost:
            raise DraftRefused(
                f"line {lost} hangs on the function of line {label}, and would do something else without it: "
                "change both in the text"
            )
        return with_person(seen.files, label, one_line(words_at(after.file, line.span)))

    def restart(self, name: str, who: str) -> Revision:
        """Give the draft what is live; it can be undone. Raise DraftRefused where nothing is."""
        digest = self.releases.live().get(name, "")
        if not digest:
            raise DraftRefused("nothing of this document is live yet")
        return self.drafting.restart(name, self._author_files(digest), who, digest)

    def release(self, name: str, version: int, who: str, note: str) -> str:
        """Release a draft as its reader saw it, and return its digest; raise DraftRefused or ReleaseRefused."""
        draft = self._as_read(name, version, who)
        return self.releases.release(name, draft.files, who, note)

    # ------------------------------------------------------------ two people, where a document asks for them

    def way(self, desk: Desk, who: str) -> Way:
        """Return what somebody can do with a draft that nothing is in the way of."""
        live = self.look(desk.draft.name, desk.live).phrases.conduct if desk.live is not None else None
        if not desk.analysis.phrases.conduct.two_people and not (live is not None and live.two_people):
            return Way.RELEASE
        standing = self._standing(desk.draft)
        match standing.stage if standing is not None else None:
            case Stage.APPROVED | Stage.REPLACED:
                return Way.RELEASE
            case Stage.CHECKED if standing is not None:
                return Way.WAIT if same_name(standing.submitted_by, who) else Way.APPROVE
            case _:
                return Way.SUBMIT

    def submit(self, name: str, version: int, who: str, note: str) -> str:
        """Send a draft, as its reader saw it, to a second person; raise DraftRefused."""
        draft = self._as_read(name, version, who)
        return self.releases.submit(name, draft.files, who, note)

    def approve(self, name: str, version: int, who: str, note: str) -> str:
        """Approve a draft that somebody else sent; raise DraftRefused."""
        draft = self._as_read(name, version, who)
        digest = release_digest(draft.files, self.house)
        self.releases.approve(name, digest, who, note)
        return digest

    def take_off(self, name: str, who: str, note: str) -> None:
        """Let no new case begin with a document; its text stays as a draft. Raise ReleaseRefused, DraftRefused.

        The last one stays: without any customers find nothing, and no server starts.
        """
        if set(self.releases.live()) <= {name}:
            raise DraftRefused(
                "no other document is live, and customers would find nothing: release another one first"
            )
        self.draft(name, who)
        self.releases.retire(name, who, note)

    def beside(self, name: str) -> Sequence[tuple[str, str]]:
        """Return what customers are offered besides a document: names and titles of what is live, by title."""
        found = []
        for other, digest in self.releases.live().items():
            seen = self.look(other, self._author_files(digest)) if other != name else None
            if seen is not None and not seen.phrases.conduct.part:
                found.append((other, seen.title))
        return sorted(found, key=lambda pair: pair[1].casefold())

    def history(self, name: str) -> Sequence[ReleaseStep]:
        """Return the releases of a document, newest first."""
        return [step for step in reversed(self.releases.steps(name)) if step.move in (Move.RELEASE, Move.RETIRE)]

    def _standing(self, draft: Revision) -> Standing | None:
        digest = release_digest(draft.files, self.house)
        return next((one for one in self.releases.standings(draft.name) if one.digest == digest), None)

    def _as_read(self, name: str, version: int, who: str) -> Revision:
        draft = self.draft(name, who)
        if draft.version != (version or 1):
            raise DraftRefused(f"{draft.who} has changed the draft since you read it: look at the changes again")
        if not ready(self.look(name, draft.files)):
            raise DraftRefused("something is still to be done before it can be released: the list says what")
        return draft
