"""Audits what stands around the cases: the chain of checkpoints, and the log of releases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bythebook.service.auditing_places import Found
from bythebook.service.checkpoints import FIRST, FORMAT, Checkpoint, CheckpointStore, Trust, root
from bythebook.service.releases import ReleaseLog, ReleaseStep, first_break

MISSING_SHOWN: Final = 100


@dataclass
class CheckpointAudit:
    """Looks at checkpoints: their signatures, their order, what they cover."""

    store: CheckpointStore
    trust: Trust
    releases: ReleaseLog
    exists: Callable[[str], bool]
    """Whether there is a case of an id."""

    believed: frozenset[int] = field(default_factory=frozenset)
    """After `findings`: the numbers of the checkpoints that can be believed."""

    def findings(
        self,
        *,
        with_cases: bool,
        expected: tuple[int, str] | None = None,
        only: frozenset[int] | None = None,
    ) -> Sequence[Found]:
        """Return what is wrong; with `with_cases` also cases that are covered and gone.

        `only` says of which checkpoints the heads are looked at, all where it is None: those of one case are few.
        `expected` is the number and the digest of a checkpoint that somebody noted down: it has to be here still.
        """
        found: list[Found] = []
        believed: list[int] = []
        previous = FIRST
        kept = self.store.checkpoints()
        for place, one in enumerate(kept, 1):
            looked = only is None or one.number in only
            wrong = list(self._wrong(one, place, previous, with_heads=looked))
            found += wrong
            previous = one.digest
            if looked and not any(finding.check in ("signature", "covered") for finding in wrong):
                believed.append(one.number)
            if with_cases:
                found += self._gone(one)
        self.believed = frozenset(believed)
        if expected is not None and not any((one.number, one.digest) == expected for one in kept):
            text = f"checkpoint {expected[0]} with the digest {expected[1][:12]} was noted down, and is not here"
            found.append(Found("checkpoints", text))
        found += self._release_log(kept)
        return found

    def _wrong(self, one: Checkpoint, place: int, previous: str, *, with_heads: bool) -> Iterator[Found]:
        said = one.said
        named = f"checkpoint {one.number}"
        if self.trust.empty:
            pass  # said once, of all
        elif not self.trust.knows(one.key):
            yield Found("signature", f"{named} was signed with the key {one.key}, which is not among those believed")
        elif not self.trust.verifies(one.key, one.body.encode(), one.signature):
            yield Found("signature", f"{named} is not as it was signed")
        if said.get("format") != FORMAT or said.get("number") != one.number:
            yield Found("signature", f"{named} does not say what a checkpoint of that number says")
            return
        if one.number != place or said.get("previous") != previous:
            yield Found("checkpoints", f"{named} does not follow the one before it: one was taken out, or put in")
        if not with_heads:
            return
        heads = self.store.heads(one.number)
        if said.get("root") != root(heads) or said.get("cases") != len(heads):
            yield Found("covered", f"what {named} covers was altered: the heads are not those that were signed")

    def _gone(self, one: Checkpoint) -> Iterator[Found]:
        shown = 0
        for head in self.store.heads(one.number):
            if not self.exists(head.case_id):
                yield Found("deleted", f"checkpoint {one.number} covers the case, and it is not here", head.case_id)
                shown += 1
                if shown == MISSING_SHOWN:
                    return

    def _release_log(self, kept: Sequence[Checkpoint]) -> Iterator[Found]:
        steps: Sequence[ReleaseStep] = self.releases.steps()
        broken = first_break(steps)
        if broken is not None:
            yield Found("release-log", f"the log of releases is not what was written, from step {broken} on")
        for one in kept:
            covered = one.said.get("releases")
            if one.number not in self.believed or not isinstance(covered, list) or len(covered) != 2:
                continue
            number, digest = covered
            if number and (number > len(steps) or steps[number - 1].hash != digest):
                yield Found("release-log", f"checkpoint {one.number} covers another log of releases: it was altered")
                return
