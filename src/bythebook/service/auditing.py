"""Audits cases: that their logs are what was written, and that only the document was run. It changes nothing.

Each finding has a name; docs/audit.md says of each what it means, and which ways of tampering lead to it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bythebook.engine.decide import POLICY_VERSION, policy_of
from bythebook.engine.event import CustomerSaid, Event
from bythebook.engine.evolve import replay
from bythebook.engine.state import Status
from bythebook.routine.wording import Release
from bythebook.service.auditing_places import Found, Walk
from bythebook.service.checkpoints import CheckpointStore
from bythebook.service.erasing import row_of_erased
from bythebook.service.ports import CaseStore, Kept, StoreUnavailable, UnknownCase, UnknownRelease
from bythebook.service.proof import decided_again
from bythebook.service.runner import summary_of
from bythebook.service.sources import Sources, sources_of


@dataclass
class Counts:
    """What was looked at."""

    cases: int = 0
    events: int = 0
    texts: int = 0
    calls: int = 0
    erased: int = 0
    locked: int = 0
    """Sealed cases whose key is not here: looked at as if they were erased."""

    filled: int = 0
    """Texts with places filled in whose words cannot be read: that their source exists is all that can be said."""

    uncovered: int = 0
    """Cases whose newest entries no checkpoint covers yet."""

    other_policy: int = 0
    """Cases of another policy version, decided otherwise today."""


@dataclass
class Auditing:
    """Looks at cases, one after the other."""

    store: CaseStore
    release: Callable[[str], Release]
    """Returns a release by its digest; raises UnknownRelease, or whatever keeps it from being built."""

    release_digest: Callable[[Sequence[tuple[str, bytes]]], str]
    """Computes the digest of a release's files as they are kept."""

    write: Callable[[Event], str]
    """The text that the log keeps of an event."""

    checkpoints: CheckpointStore
    counts: Counts = field(default_factory=Counts)
    _sources: dict[str, Sources | None] = field(default_factory=dict)
    _altered: dict[str, str] = field(default_factory=dict)
    _believed: frozenset[int] = frozenset()
    """The numbers of checkpoints whose signatures and roots are right."""

    def believe(self, numbers: frozenset[int]) -> None:
        """Say which checkpoints were verified: cases are compared with those."""
        self._believed = numbers

    def case(self, case_id: str) -> Sequence[Found]:
        """Return what is found in a case; raise UnknownCase."""
        self.counts.cases += 1
        try:
            kept = self.store.kept(case_id, private=False)
        except ValueError as error:
            return (Found("unreadable", f"an entry is no event any more: {error}", case_id),)
        self.counts.events += len(kept)
        found = [*self._chain(case_id), *self._covered(case_id, kept)]
        trees, unread = _trees(case_id, kept)
        found += unread
        if unread or not trees or trees[0].get("kind") != "CaseOpened":
            return (*found, *([] if unread else [Found("chain", "the log does not begin with the opening", case_id)]))
        found += self._releases(case_id, trees)
        events, told = self._events(case_id)
        found += told
        if events is not None:
            trees = [json.loads(self.write(event)) for event in events]
        found += self._places(case_id, trees, kept)
        if events is not None and not told:
            found += self._decided(case_id, events)
        found += self._folded(case_id)
        return tuple(found)

    # ------------------------------------------------------------ as it was written

    def _chain(self, case_id: str) -> Iterator[Found]:
        try:
            broken = self.store.verify(case_id)
        except ValueError:
            broken = 1
        if broken is not None:
            yield Found("chain", f"the chain breaks at event {broken}: it is not what was written", case_id, broken)

    def _covered(self, case_id: str, kept: Sequence[Kept]) -> Iterator[Found]:
        """Compare the chain with the checkpoints that cover it."""
        newest = 0
        for number, head in self.checkpoints.of_case(case_id):
            if number not in self._believed:
                continue  # said once, of the checkpoint
            newest = max(newest, head.version)
            if head.version > len(kept):
                text = f"checkpoint {number} covers {head.version} events, and {len(kept)} are here: the end is gone"
                yield Found("truncated", text, case_id, len(kept))
            elif kept[head.version - 1].hash != head.hash:
                text = f"checkpoint {number} covers another log up to event {head.version}: it was chained anew"
                yield Found("chained-anew", text, case_id, head.version)
        self.counts.uncovered += newest < len(kept)

    def _releases(self, case_id: str, trees: Sequence[Mapping[str, Any]]) -> Iterator[Found]:
        for version, tree in enumerate(trees, 1):
            digest = tree.get("release")
            if tree["kind"] not in ("CaseOpened", "CaseMoved") or not isinstance(digest, str):
                continue
            if digest not in self._altered:
                self._altered[digest] = self._altered_how(digest)
            if self._altered[digest]:
                text = f"release {digest[:12]} {self._altered[digest]}"
                yield Found("release", text, case_id, version)

    def _altered_how(self, digest: str) -> str:
        files = self.store.release_files(digest)
        if files is None:
            return "is not kept here"
        try:
            whole = self.release_digest(files) == digest
        except (TypeError, ValueError):
            whole = False
        return "" if whole else "is not what its digest says: its files were altered"

    def _events(self, case_id: str) -> tuple[Sequence[Event] | None, Sequence[Found]]:
        """Return the events with their words, None where nobody can read them (any more)."""
        try:
            events = self.store.load(case_id)
        except StoreUnavailable:
            self.counts.locked += 1
            return None, ()
        except ValueError as error:
            return None, (Found("unreadable", f"an entry cannot be read: {error}", case_id),)
        if replay(events).status is Status.ERASED:
            self.counts.erased += 1
            return None, ()
        return events, ()

    # ------------------------------------------------------------ as the document has it

    def _places(self, case_id: str, trees: Sequence[Mapping[str, Any]], kept: Sequence[Kept]) -> Iterator[Found]:
        """Compare every text and every call with what the release approves, apart from what the engine decides."""
        walk = Walk(case_id, self._sources_of)
        for version, (tree, entry) in enumerate(zip(trees, kept, strict=False), 1):
            yield from walk.at(version, tree, entry.digest)
        self.counts.texts += walk.texts
        self.counts.calls += walk.calls
        self.counts.filled += walk.filled

    def _sources_of(self, digest: str) -> Sources | None:
        if digest not in self._sources:
            try:
                self._sources[digest] = sources_of(self.release(digest))
            except Exception:  # whatever keeps it from being built: said of the release
                self._sources[digest] = None
        return self._sources[digest]

    def _decided(self, case_id: str, events: Sequence[Event]) -> Iterator[Found]:
        try:
            found = decided_again(self.release, events, self.write)
        except UnknownRelease:
            return  # said of the release
        except Exception as failure:
            yield Found("decision", f"the log cannot be decided again: {failure}", case_id)
            return
        if found is None:
            return
        if policy_of(events) != POLICY_VERSION:
            self.counts.other_policy += 1
            return
        kind = type(found.recorded).__name__ if found.recorded is not None else "nothing"
        today = type(found.decided).__name__ if found.decided is not None else found.why or "nothing"
        text = f"the log has {kind} where the document leads to {today}"
        yield Found("decision", text, case_id, found.at)

    def _folded(self, case_id: str) -> Iterator[Found]:
        """Compare the case's row and its snapshot with what the log folds to."""
        try:
            log, row = self.store.load(case_id), self.store.summary(case_id)
            state = replay(log)
            erased = state.status is Status.ERASED
            should = row_of_erased(state) if erased else summary_of(self.release(state.release), state)
            held = self.store.recall(case_id).state
        except (StoreUnavailable, UnknownCase):
            return
        except Exception as failure:  # whatever an altered log leads to
            yield Found("state", f"the log cannot be folded: {failure}", case_id)
            return
        if should != row and row.version == state.version == self.store.summary(case_id).version:
            yield Found("state", "the case's row is not what its log folds to", case_id)
        if held is not None and not erased and (held.version > len(log) or replay(log[: held.version]) != held):
            yield Found("state", "the case's snapshot is not what its log folds to", case_id)
        for version, event in enumerate(log, 1):
            if isinstance(event, CustomerSaid) and self.store.message_version(case_id, event.message_id) != version:
                text = "the id of a message is not kept beside the log as the log has it: sent again, it would count"
                yield Found("state", text, case_id, version)


def _trees(case_id: str, kept: Sequence[Kept]) -> tuple[list[Mapping[str, Any]], list[Found]]:
    trees: list[Mapping[str, Any]] = []
    found: list[Found] = []
    for entry in kept:
        try:
            tree = json.loads(entry.event)
            assert isinstance(tree, dict) and isinstance(tree.get("kind"), str)
            trees.append(tree)
        except (ValueError, AssertionError):
            found.append(Found("unreadable", "an entry is no event", case_id, entry.version))
    return trees, found
