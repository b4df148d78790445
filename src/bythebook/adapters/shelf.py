"""The releases that cases run on: the current ones from folders, older ones from the store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from typing import Final

from bythebook.adapters.python_functions import FunctionsBroken, PythonFunctions, load_functions
from bythebook.compiler.approval import UNFIT_FOR_PRODUCTION
from bythebook.compiler.problems import ReleaseProblem
from bythebook.compiler.release import DATA_PREFIX, FUNCTIONS_PATH, build_release, release_files
from bythebook.compiler.sidecars import HOUSE_PATH
from bythebook.reading.port import Reader
from bythebook.routine.wording import Release
from bythebook.service.ports import Bound, CaseStore, Functions, UnknownRelease
from bythebook.source.diagnostic import Diagnostic, Severity
from bythebook.source.render import render_concise

NAME_PATH: Final = ".name"
"""Under which the store keeps a release's short name, beside its files."""


class CannotRun(Exception):
    """The document has errors, or its functions do; the message says which, one a line."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A document as it was read: its short name and its files, by path inside the folder."""

    name: str
    files: Mapping[str, bytes]


@dataclass
class Shelf:
    """Implements the Releases port. Building a release is costly (its reader is fitted), so each is built once."""

    store: CaseStore
    fit: Callable[[Release], Reader]
    bind: Callable[[PythonFunctions], Functions] = field(default=lambda functions: functions)
    """What calls go through: the functions themselves, or stand-ins for those not bound yet."""

    production_on: date | None = None
    """In production, the day: a document whose data nobody has reviewed by then, with unbound functions, or with
    phrases that are missing, drafts or stale, is refused."""

    _by_digest: dict[str, Bound] = field(default_factory=dict)
    _current: dict[str, str] = field(default_factory=dict)
    _guard: threading.RLock = field(default_factory=threading.RLock)

    def put(self, folder: Folder) -> Bound:
        """Make a document current; cases that open from now on begin with it. Raise CannotRun."""
        if self.production_on is not None:
            unreviewed = functions_of(folder.files).review_problems(self.production_on)
            if unreviewed:
                raise CannotRun("\n".join(["production refuses unreviewed data:", *map(str, unreviewed)]))
        bound = self._build(folder.name, folder.files, house())
        digest = bound.release.digest
        kept = (*release_files(folder.files, house()), (NAME_PATH, folder.name.encode()))
        self.store.keep_release(digest, kept)
        with self._guard:
            self._by_digest[digest] = bound
            self._current[folder.name] = digest
        return bound

    def current(self, routine: str | None = None) -> Bound:
        """Return what new cases begin with; raise UnknownRelease."""
        with self._guard:
            if routine is None and len(self._current) == 1:
                return self._by_digest[next(iter(self._current.values()))]
            if routine in self._current:
                return self._by_digest[self._current[routine]]
        known = ", ".join(sorted(self._current)) or "none"
        raise UnknownRelease(f"no document is called {routine!r}; known are {known}")

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

    def _build(self, name: str, files: Mapping[str, bytes], phrases: bytes) -> Bound:
        functions = functions_of(files)
        bound = FUNCTIONS_PATH in files or self.production_on is not None
        signatures = functions.signatures if bound else None
        release, compiled, problems = build_release(name, files, phrases, signatures)
        production = self.production_on is not None
        unfit = [found for found in problems if production and found.name in UNFIT_FOR_PRODUCTION]
        if release is None or unfit:
            found = [render_concise(finding, compiled.file) for finding in compiled.diagnostics if is_error(finding)]
            found += [
                f"{problem.path}: {problem.message}" for problem in problems if is_error(problem) or problem in unfit
            ]
            raise CannotRun("\n".join([f"{name} has errors; `bythebook check` shows them in full:", *found]))
        return Bound(release, self.fit(release), self.bind(functions))


def is_error(finding: Diagnostic | ReleaseProblem) -> bool:
    """Whether the finding keeps a document from running."""
    return finding.severity is Severity.ERROR


def house() -> bytes:
    """Return the phrases of the house."""
    return resources.files("bythebook").joinpath("house.toml").read_bytes()


def functions_of(files: Mapping[str, bytes]) -> PythonFunctions:
    """Return the bound functions of a folder, none when it has no functions.py; raise CannotRun."""
    source = files.get(FUNCTIONS_PATH, b"")
    data = {path: content for path, content in files.items() if path.startswith(DATA_PREFIX)}
    try:
        return load_functions(source, FUNCTIONS_PATH, data)
    except FunctionsBroken as broken:
        raise CannotRun(str(broken)) from broken
