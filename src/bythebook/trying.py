"""Sandbox cases put together: any release, and any draft, with its own reader, its own store and its own clock."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, cast

from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.shelf import CannotRun, Shelf, functions_of, house, is_error
from bythebook.compiler.release import build_release
from bythebook.routine.wording import Release
from bythebook.service.ports import Bound, Masker
from bythebook.service.remembered import Remembered
from bythebook.service.runner import Runner
from bythebook.source.render import render_concise
from bythebook.testing.fakes import CountingIdentities, ManualClock
from bythebook.testing.sandbox import Beat, Sandbox, as_data, replay
from bythebook.testing.tester import Bindings, Tester

SUBJECTS_KEPT: Final = 24
"""Releases and drafts whose reader is kept fitted for the next thing that is tried."""

SANDBOXES_KEPT: Final = 100
"""Sandbox cases kept in memory; one that was let go of is played again from its beats."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is tried out."""

    bound: Bound
    released: bool


@dataclass
class Trials:
    """Tries documents out for the people of the house; nothing of it is kept, and nothing outside is changed."""

    shelf: Shelf
    """Of the server: its releases, and how readers are fitted."""

    mask: Masker
    somebody: Callable[[], bool] = bool
    """Whether a person is on duty: who tries a document is told of one as its customers would be now."""

    _subjects: Remembered[str, Bound] = field(default_factory=lambda: Remembered(SUBJECTS_KEPT))
    """Built in a second or so; nobody else waits for it."""

    _cases: OrderedDict[str, Sandbox] = field(default_factory=OrderedDict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def of_release(self, digest: str) -> Subject:
        """Return a release to be tried; raise UnknownRelease or CannotRun."""
        bound = self._subjects.of(f"release {digest}", lambda: self._released(digest))
        return Subject(bound, released=True)

    def of_draft(self, name: str, files: Mapping[str, bytes]) -> Subject:
        """Return a draft to be tried; raise CannotRun, which says what is wrong with it."""
        digest = hashlib.sha256(repr((name, sorted(files.items()))).encode()).hexdigest()
        return Subject(self._subjects.of(f"draft {digest}", lambda: self._drafted(name, files)), released=False)

    def begin(self, subject: Subject) -> Sandbox:
        """Return a fresh sandbox case."""
        clock, tester = ManualClock(), Tester(subject.released)
        releases = _OnTrial(self, tester, subject.bound)
        runner = Runner(MemoryStore(), releases, _Duty(self.somebody), clock, CountingIdentities(), self.mask)
        return Sandbox(runner, clock, tester)

    def resume(self, subject: Subject, beats: Sequence[Beat]) -> Sandbox:
        """Return the sandbox case in which these things were done; raise BeatWrong."""
        with self._guard:
            kept = self._cases.pop(_key(subject, beats), None)
        return kept or replay(lambda: self.begin(subject), beats)

    def keep(self, subject: Subject, sandbox: Sandbox) -> None:
        """Have it at hand for what is done in it next."""
        with self._guard:
            self._cases[_key(subject, [played.beat for played in sandbox.played])] = sandbox
            while len(self._cases) > SANDBOXES_KEPT:
                self._cases.popitem(last=False)

    def current(self, name: str) -> Bound:
        """Return the live release of another document, to be tried; raise UnknownRelease."""
        return self.of_release(self.shelf.current(name).release.digest).bound

    def _released(self, digest: str) -> Bound:
        """Build it anew: on the server's own shelf its functions are behind what really calls them."""
        live = self.shelf
        return Shelf(live.store, live.fit, route=live.route, help=live.help, caller=live.caller).get(digest)

    def _drafted(self, name: str, files: Mapping[str, bytes]) -> Bound:
        """Build a draft, whatever is bound: the tester answers for the rest."""
        release, compiled, problems = build_release(name, files, house())
        if release is None:
            wrong = [render_concise(found, compiled.file) for found in compiled.diagnostics if is_error(found)]
            wrong += [f"{problem.path}: {problem.message}" for problem in problems if is_error(problem)]
            raise CannotRun("\n".join(wrong))
        functions = functions_of(files, self.shelf.caller)
        return Bound(release, self.shelf.help(self.shelf.fit(release), release), functions, functions.effects)


@dataclass(frozen=True, slots=True)
class _OnTrial:
    """Implements the Releases port for one sandbox case: no function is called without asking the tester."""

    trials: Trials
    tester: Tester
    bound: Bound

    def current(self, routine: str | None = None) -> Bound:
        own = routine is None or routine == self.bound.release.name
        return self._asking(self.bound if own else self.trials.current(str(routine)))

    def get(self, digest: str) -> Bound:
        own = digest == self.bound.release.digest
        return self._asking(self.bound if own else self.trials.of_release(digest).bound)

    @property
    def documents(self) -> Sequence[Release]:
        return (self.bound.release,)

    def _asking(self, bound: Bound) -> Bound:
        asking = self.tester.behind(cast(Bindings, bound.functions), bound.release)
        return replace(bound, functions=asking, effects=frozenset())


@dataclass(frozen=True, slots=True)
class _Duty:
    """Implements the Notices port: nobody is told of a sandbox case, and who would be is there or not, as now."""

    somebody: Callable[[], bool]

    def handed_off(self, handoff: object) -> bool:
        return self.somebody()


def _key(subject: Subject, beats: Sequence[Beat]) -> str:
    done = json.dumps([as_data(beat) for beat in beats])
    return f"{subject.bound.release.digest} {subject.released} {done}"
