"""The releases that cases run on: the current ones from folders, older ones from the store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib import resources
from typing import Final

from bythebook.adapters.bound_functions import BoundFunctions, Caller, bound_functions, no_caller
from bythebook.adapters.library import Folder
from bythebook.adapters.python_functions import FunctionsBroken
from bythebook.adapters.secrets import PREFIX as SECRET
from bythebook.compiler.approval import UNFIT_FOR_PRODUCTION
from bythebook.compiler.cards import CARDS_PATH, NotTogether, deal, write_cards
from bythebook.compiler.checks.base import Beside
from bythebook.compiler.problems import ReleaseProblem
from bythebook.compiler.release import (
    BINDINGS_PATH,
    FUNCTIONS_PATH,
    build_reception,
    build_release,
    release_digest,
    release_files,
)
from bythebook.compiler.sidecars import HOUSE_PATH
from bythebook.engine.menu import Menu
from bythebook.engine.walk import known_facts, known_values
from bythebook.reading.port import Reader, Reading
from bythebook.reading.routing import Router
from bythebook.reading.together import LibraryReader
from bythebook.routine.model import Routine
from bythebook.routine.wording import RECEPTION, Release
from bythebook.service.ports import Bound, CaseStore, Functions, UnknownRelease
from bythebook.source.diagnostic import Diagnostic, Severity
from bythebook.source.render import render_concise

NAME_PATH: Final = ".name"
"""Under which the store keeps a release's short name, beside its files."""

TITLE_PATH: Final = ".title"
"""The same of its title, where that is known otherwise than by its text."""

NO_FILES: Final[Mapping[str, bytes]] = {}


class CannotRun(Exception):
    """The document has errors, or its functions do; the message says which, one a line."""


@dataclass
class Shelf:
    """Implements the Releases port. Building a release is costly (its reader is fitted), so each is built once."""

    store: CaseStore
    fit: Callable[[Release], Reader]
    bind: Callable[[BoundFunctions], Functions] = field(default=lambda functions: functions)
    """What calls go through: the functions themselves, or stand-ins for those not bound yet."""

    production_on: date | None = None
    """In production, the day: a document whose data nobody has reviewed by then, with unbound functions, or with
    phrases that are missing, drafts or stale, is refused."""

    route: Callable[[Release], Router] | None = None
    """Fits who tells documents apart to a reception; without it the reader of `fit` does, and documents know
    only their own matter."""

    help: Callable[[Reader, Release], Reader] = field(default=lambda reader, _: reader)
    """What a release's reader is put behind: a language model may be asked what it is unsure of."""

    caller: Callable[[], Caller] = no_caller
    """Who calls over HTTP; asked for where a document has such functions."""

    look: Callable[[], object] = field(default=lambda: None)
    """Looks whether something else was released before a case begins; it may put other documents here."""

    _by_digest: dict[str, Bound] = field(default_factory=dict)
    _current: dict[str, str] = field(default_factory=dict)
    _router: Router | None = None
    """Who tells the current documents apart; None where there is one."""
    _guard: threading.RLock = field(default_factory=threading.RLock)

    def put(self, folder: Folder) -> Bound:
        """Make a document current that stands alone; cases that open from now on begin with it. Raise CannotRun."""
        self._review(folder)
        return self._keep(self._build(folder.name, folder.files, house_of(folder)), folder)

    def put_together(self, folders: Sequence[Folder], reception: Mapping[str, bytes] = NO_FILES) -> None:
        """Make these the documents that are current: cases open on the reception, where there is a choice.

        `reception` holds a `phrases.toml` for it, if its owner has words of their own. Raise CannotRun.
        """
        whole = self.together(folders, reception)
        router: Router | None = None
        bounds: list[Bound] = []
        for folder in whole:
            if folder.name == RECEPTION:
                bound, router = self._receive(folder.files, house())
            else:
                bound = self._known(folder) or self._build(folder.name, folder.files, house_of(folder))
            bounds.append(bound)
        with self._guard:
            self._current.clear()
            for folder, bound in zip(whole, bounds, strict=True):
                self._keep(bound, folder)
            self._router = router

    def together(self, folders: Sequence[Folder], reception: Mapping[str, bytes] = NO_FILES) -> Sequence[Folder]:
        """Return the documents, and their reception if there is a choice, each with its cards; raise CannotRun."""
        names = [folder.name for folder in folders]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise CannotRun(f"two documents are called {twice}; rename the folder or file of one of them")
        if RECEPTION in names:
            raise CannotRun(f"no document can be called {RECEPTION}: cases open under that name; rename its folder")
        for folder in folders:
            self._review(folder)
        if not folders:
            return ()
        try:
            cards = deal(self._alone(folders), {folder.name: folder.title for folder in folders}, takes)
        except NotTogether as refused:
            raise CannotRun(str(refused)) from refused
        own = [Folder(RECEPTION, reception)] if RECEPTION in cards else []
        return [
            replace(found, files={**found.files, CARDS_PATH: write_cards(cards[found.name])})
            if found.name in cards
            else found
            for found in (*folders, *own)
        ]

    def _alone(self, folders: Sequence[Folder]) -> list[Release]:
        """Build each as if it stood alone; what is wrong with any of them is told at once."""
        built: list[Release] = []
        wrong: list[str] = []
        for folder in folders:
            try:
                built.append(self._built(folder.name, folder.files, house_of(folder)))
            except CannotRun as refused:
                wrong.append(str(refused))
        if wrong:
            raise CannotRun("\n".join(wrong))
        return built

    @property
    def loaded(self) -> tuple[Release, ...]:
        """The documents that are current, parts of others among them; not the reception."""
        with self._guard:
            found = [self._by_digest[digest].release for digest in self._current.values()]
        return tuple(release for release in found if not release.is_reception)

    @property
    def documents(self) -> tuple[Release, ...]:
        """The documents that cases can be opened on: parts of others are left out."""
        self.look()
        return self._offered()

    def current(self, routine: str | None = None) -> Bound:
        """Return what new cases begin with; raise UnknownRelease."""
        self.look()
        with self._guard:
            if routine is None and RECEPTION in self._current:
                routine = RECEPTION
            if routine is None and len(documents := self._offered()) == 1:
                routine = documents[0].name
            if routine in self._current:
                return self._by_digest[self._current[routine]]
        known = ", ".join(sorted(name for name in self._current if name != RECEPTION)) or "none"
        raise UnknownRelease(f"no document is called {routine!r}; known are {known}")

    def _offered(self) -> tuple[Release, ...]:
        return tuple(release for release in self.loaded if not release.conduct.part)

    def built(self, folder: Folder) -> Release:
        """Return a document as a release that stands alone, without a reader; raise CannotRun."""
        self._review(folder)
        return self._built(folder.name, folder.files, house_of(folder))

    def get(self, digest: str) -> Bound:
        """Return the release a case began with; raise UnknownRelease."""
        with self._guard:
            if digest in self._by_digest:
                return self._by_digest[digest]
            kept = self.store.release_files(digest)
            if kept is None:
                raise UnknownRelease(f"the release {digest[:12]} is not kept in this store")
            files = dict(kept)
            bound = self._build(files.pop(NAME_PATH).decode(), files, files.pop(HOUSE_PATH))
            self._by_digest[digest] = bound
            return bound

    def _known(self, folder: Folder) -> Bound | None:
        """Return what was built of the same files before: its reader is fitted already."""
        with self._guard:
            found = self._by_digest.get(release_digest(folder.files, house_of(folder)))
        return found if found is not None and found.release.name == folder.name else None

    def _review(self, folder: Folder) -> None:
        if self.production_on is None:
            return
        functions = self._functions(folder.files)
        unreviewed = functions.review_problems(self.production_on)
        if unreviewed:
            raise CannotRun("\n".join(["production refuses unreviewed data:", *map(str, unreviewed)]))
        unset = functions.missing_secrets()
        if unset:
            raise CannotRun(f"{folder.name}/{BINDINGS_PATH} names the secret {unset[0]}; set {SECRET}{unset[0]}")

    def _keep(self, bound: Bound, folder: Folder) -> Bound:
        digest = bound.release.digest
        self.store.keep_release(digest, kept_files(folder))
        with self._guard:
            self._by_digest[digest] = bound
            self._current[folder.name] = digest
        return bound

    def _build(self, name: str, files: Mapping[str, bytes], phrases: bytes) -> Bound:
        if name == RECEPTION:
            return self._receive(files, phrases)[0]
        release = self._built(name, files, phrases)
        reader = self.fit(release)
        if release.others and self.route is not None:
            reader = LibraryReader(reader, name, lambda: self._router)
        functions = self._functions(files)
        return Bound(release, self.help(reader, release), self.bind(functions), functions.effects)

    def _receive(self, files: Mapping[str, bytes], phrases: bytes) -> tuple[Bound, Router | None]:
        release, problems = build_reception(files, phrases)
        if release is None:
            found = [f"{problem.path}: {problem.message}" for problem in problems if is_error(problem)]
            raise CannotRun("\n".join(["the files beside the documents have errors:", *found]))
        router = self.route(release) if self.route is not None else None
        reader = self.help(router or self.fit(release), release)
        return Bound(release, reader, self.bind(self._functions({}))), router

    def _functions(self, files: Mapping[str, bytes]) -> BoundFunctions:
        return functions_of(files, self.caller)

    def _built(self, name: str, files: Mapping[str, bytes], phrases: bytes) -> Release:
        functions = self._functions(files)
        bound = FUNCTIONS_PATH in files or BINDINGS_PATH in files or self.production_on is not None
        signatures = functions.signatures if bound else None
        beside = Beside(elsewhere=functions.over_http)
        release, compiled, found_problems = build_release(name, files, phrases, signatures, beside)
        of_bindings = (*functions.problems, *functions.misfits(compiled, files))
        problems = (*found_problems, *of_bindings)
        if any(is_error(problem) for problem in of_bindings):
            release = None
        production = self.production_on is not None
        unfit = [found for found in problems if production and found.name in UNFIT_FOR_PRODUCTION]
        if release is None or unfit:
            found = [render_concise(finding, compiled.file) for finding in compiled.diagnostics if is_error(finding)]
            found += [
                f"{problem.path}: {problem.message}" for problem in problems if is_error(problem) or problem in unfit
            ]
            raise CannotRun("\n".join([f"{name} has errors; `bythebook check` shows them in full:", *found]))
        return release


class Unread:
    """Implements the Reader port where releases are only looked at: nothing is fitted, and nothing is read."""

    name = "none"

    def __init__(self, release: Release) -> None:
        """Stand for the reader of any release."""

    def read(self, text: str, menu: Menu) -> Reading:
        """Read nothing: whoever looks at releases hands on no message."""
        raise AssertionError("no message is read here")


def takes(routine: Routine) -> tuple[str, ...]:
    """Return the names of the facts and values that a routine depends on."""
    return (*known_facts(routine), *known_values(routine))


def is_error(finding: Diagnostic | ReleaseProblem) -> bool:
    """Whether the finding keeps a document from running."""
    return finding.severity is Severity.ERROR


def house() -> bytes:
    """Return the phrases of the house."""
    return resources.files("bythebook").joinpath("house.toml").read_bytes()


def house_of(folder: Folder) -> bytes:
    """Return the phrases of the house that a document was released with, or this program's."""
    return house() if folder.house is None else folder.house


def kept_files(folder: Folder) -> tuple[tuple[str, bytes], ...]:
    """Return the files of a release as a store keeps them."""
    title = ((TITLE_PATH, folder.title.encode()),) if folder.title else ()
    return (*release_files(folder.files, house_of(folder)), (NAME_PATH, folder.name.encode()), *title)


def folder_of(kept: Sequence[tuple[str, bytes]]) -> Folder:
    """Return a release that a store kept as the document it was, without its neighbours' cards."""
    files = dict(kept)
    name, title = files.pop(NAME_PATH).decode(), files.pop(TITLE_PATH, b"").decode()
    files.pop(CARDS_PATH, None)
    return Folder(name, files, title, house=files.pop(HOUSE_PATH))


def functions_of(files: Mapping[str, bytes], caller: Callable[[], Caller] = no_caller) -> BoundFunctions:
    """Return the functions that a folder binds, none where it binds none; raise CannotRun."""
    try:
        return bound_functions(files, caller)
    except FunctionsBroken as broken:
        raise CannotRun(str(broken)) from broken
