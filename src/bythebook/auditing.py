"""What signs and what audits, put together: keys, checkpoints, and who looks at cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from bythebook.adapters.case_archive import Archivist
from bythebook.adapters.ed25519 import NO_KEYS, SigningKeys, read_signing_keys
from bythebook.adapters.event_codec import encode
from bythebook.adapters.memory_checkpoints import MemoryCheckpoints
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.shelf import Shelf, Unread
from bythebook.adapters.system_clock import SystemClock
from bythebook.bootstrap import beside, secret
from bythebook.compiler.release import release_digest
from bythebook.compiler.sidecars import HOUSE_PATH
from bythebook.releasing import release_log
from bythebook.routine.wording import Release
from bythebook.service.auditing import Auditing, Counts
from bythebook.service.auditing_checkpoints import CheckpointAudit
from bythebook.service.auditing_places import Found
from bythebook.service.checkpointing import Checkpointing
from bythebook.service.checkpoints import Checkpoint, CheckpointStore
from bythebook.service.ports import CaseStore, KeyUnavailable, UnknownCase
from bythebook.service.releases import ReleaseLog
from bythebook.settings import Settings, SettingWrong


@dataclass(frozen=True, slots=True)
class Auditors:
    """What looks at cases, and at what stands around them."""

    cases: Auditing
    around: CheckpointAudit
    checkpoints: CheckpointStore
    shelf: Shelf
    keys: SigningKeys


def checkpoints_of(store: CaseStore) -> CheckpointStore:
    """Return where checkpoints are kept: beside the cases."""
    if isinstance(store, MemoryStore):
        return MemoryCheckpoints(store)
    return cast(CheckpointStore, beside(store, "sql_checkpoints.SqlCheckpoints"))


def signing_keys(settings: Settings) -> SigningKeys:
    """Return the keys of checkpoints, without any where none are set; raise SettingWrong."""
    text = secret(settings.signing_key, settings.signing_key_file)
    if not text:
        return NO_KEYS
    try:
        return read_signing_keys(text)
    except KeyUnavailable as wrong:
        raise SettingWrong(str(wrong)) from wrong


def checkpointing_of(settings: Settings, store: CaseStore) -> Checkpointing | None:
    """Return what makes checkpoints, None where there is no key to sign with; raise SettingWrong."""
    keys = signing_keys(settings)
    if settings.checkpoint_minutes < 0:
        raise SettingWrong("BYTHEBOOK_CHECKPOINT_MINUTES is less than 0; write a number of minutes, 0 for never")
    if keys.private is None:
        return None
    every = timedelta(minutes=settings.checkpoint_minutes)
    return Checkpointing(checkpoints_of(store), release_log(store), keys, SystemClock(), every)


def auditors_of(store: CaseStore, keys: SigningKeys, log: ReleaseLog | None = None) -> Auditors:
    """Return what audits a store; nothing is served, read or called."""
    shelf = Shelf(store, Unread)
    checkpoints = checkpoints_of(store)

    def exists(case_id: str) -> bool:
        try:
            store.summary(case_id)
        except UnknownCase:
            return False
        return True

    cases = Auditing(store, lambda digest: shelf.get(digest).release, kept_digest, encode, checkpoints)
    return Auditors(
        cases, CheckpointAudit(checkpoints, keys, log or release_log(store), exists), checkpoints, shelf, keys
    )


def covering(auditors: Auditors, case_id: str) -> frozenset[int]:
    """Return the numbers of the checkpoints that a case is under."""
    return frozenset(number for number, _ in auditors.checkpoints.of_case(case_id))


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with checkpoints."""

    count: int
    newest: Checkpoint | None
    uncovered: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditRoom:
    """What an auditor can do in the browser: see how checkpoints stand, audit one case, take its archive."""

    store: CaseStore
    keys: SigningKeys
    release: Callable[[str], Release]
    """Returns a release that is loaded, or kept."""

    def standing(self) -> Standing:
        """Return how it stands with checkpoints."""
        checkpoints = checkpoints_of(self.store)
        newest = checkpoints.last()
        return Standing(newest.number if newest else 0, newest, checkpoints.uncovered(), tuple(self.keys.public))

    def audit(self, case_id: str) -> tuple[Sequence[Found], Counts]:
        """Return what is found in a case, and what was looked at; raise UnknownCase."""
        auditors = auditors_of(self.store, self.keys)
        auditors.cases.release = self.release
        around = auditors.around.findings(with_cases=False, only=covering(auditors, case_id))
        auditors.cases.believe(auditors.around.believed)
        return (*around, *auditors.cases.case(case_id)), auditors.cases.counts

    def archivist(self) -> Archivist:
        """Return what writes archives."""
        return Archivist(self.store, checkpoints_of(self.store), self.release, self.keys)


def kept_digest(kept: Sequence[tuple[str, bytes]]) -> str:
    """Return the digest of a release by its files, as a store keeps them."""
    files = dict(kept)
    return release_digest(files, files.pop(HOUSE_PATH, b""))
