"""Signed statements of where the chains of cases stood: what is under one cannot be chained anew unseen. Pure.

A checkpoint covers the heads of the cases that changed since the one before it, as a hash tree, so that one case can
be shown to be in it without the others. Each covers the one before it, so one that was taken out shows. Leaves and
inner hashes are told apart as in RFC 6962; an odd one goes up as it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Protocol

FORMAT: Final = "bythebook checkpoint 1"
FIRST: Final = "0" * 64
"""What stands before the first checkpoint."""

LEAVES_MAX: Final = 10_000
"""Cases under one checkpoint; where more have changed, several follow each other."""


class CheckpointTaken(Exception):
    """Another process made the next checkpoint meanwhile; nothing was stored."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a case's chain stood."""

    case_id: str
    version: int
    hash: str
    """Of its entry of that version: it vouches for the whole log up to there."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signed statement, as it is kept."""

    number: int
    body: str
    """What is signed, as one line of JSON."""

    key: str
    """The name of the key that signed it."""

    signature: str
    """Ed25519 over the body's bytes, in base64."""

    @property
    def digest(self) -> str:
        """What the next checkpoint covers it by: SHA-256 (hex) of its body."""
        return hashlib.sha256(self.body.encode()).hexdigest()

    @property
    def said(self) -> dict[str, Any]:
        """What it says; empty where its body cannot be read."""
        try:
            read = json.loads(self.body)
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}

    def time(self, name: str) -> datetime | None:
        """Return a time that it says, None where it says none."""
        try:
            return datetime.fromisoformat(str(self.said.get(name)))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Moment:
    """What a checkpoint says besides its cases."""

    number: int
    at: datetime
    previous: str
    until: datetime | None
    """How far changes were looked at: when the last case under it had changed."""

    releases: tuple[int, str]
    """The number and the hash of the last step of releases."""


class Signer(Protocol):
    """Signs with the current key."""

    @property
    def name(self) -> str:
        """The name of the key."""

    def sign(self, text: bytes) -> str:
        """Return the signature, in base64."""


class Trust(Protocol):
    """The public keys that are believed."""

    def verifies(self, key: str, text: bytes, signature: str) -> bool:
        """Whether the key of that name is among them, and the signature is its own over the text."""

    def knows(self, key: str) -> bool:
        """Whether the key of that name is among them."""

    @property
    def empty(self) -> bool:
        """Whether there is no key at all: then nobody can tell a checkpoint that was made up."""


class CheckpointStore(Protocol):
    """Where checkpoints are kept, with the heads that they cover."""

    def last(self) -> Checkpoint | None:
        """Return the newest checkpoint."""

    def checkpoints(self) -> Sequence[Checkpoint]:
        """Return all, oldest first."""

    def changed(self, since: datetime | None, limit: int) -> Sequence[tuple[Head, datetime]]:
        """Return heads of cases that changed at `since` or later and are under no checkpoint, each with when it
        changed, oldest change first."""

    def keep(self, checkpoint: Checkpoint, heads: Sequence[Head]) -> None:
        """Store a checkpoint with its heads, all or nothing; raise CheckpointTaken where its number is."""

    def heads(self, number: int) -> Sequence[Head]:
        """Return the heads under a checkpoint, by case id."""

    def of_case(self, case_id: str) -> Sequence[tuple[int, Head]]:
        """Return the checkpoints that a case is under, each by its number with the head, oldest first."""

    def uncovered(self) -> int:
        """Return how many cases have entries that no checkpoint covers."""


def written(moment: Moment, heads: Sequence[Head]) -> str:
    """Return the body of a checkpoint: the same statement, the same text."""
    body = {
        "format": FORMAT,
        "number": moment.number,
        "at": moment.at.astimezone(UTC).isoformat(timespec="seconds"),
        "previous": moment.previous,
        "cases": len(heads),
        "root": root(heads),
        "until": moment.until.astimezone(UTC).isoformat(timespec="microseconds") if moment.until else None,
        "releases": list(moment.releases),
    }
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def leaf(head: Head) -> bytes:
    """Return the hash of a head: a case id holds no line break, so no two heads make one text."""
    return hashlib.sha256(b"\0" + f"{head.case_id}\n{head.version}\n{head.hash}".encode()).digest()


def root(heads: Sequence[Head]) -> str:
    """Return the root (hex) of the tree over heads, in the order given."""
    levels = _levels([leaf(head) for head in heads])
    return levels[-1][0].hex() if levels[-1] else hashlib.sha256(b"").hexdigest()


def way_up(heads: Sequence[Head], place: int) -> tuple[tuple[str, str], ...]:
    """Return what shows that the head at `place` is under the root: each hash beside the way, and on which side."""
    steps: list[tuple[str, str]] = []
    for level in _levels([leaf(head) for head in heads])[:-1]:
        beside = place ^ 1
        if beside < len(level):
            steps.append(("left" if beside < place else "right", level[beside].hex()))
        place //= 2
    return tuple(steps)


def _levels(leaves: list[bytes]) -> list[list[bytes]]:
    levels = [leaves]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = [_above(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)]
        levels.append(pairs + below[len(pairs) * 2 :])
    return levels


def _above(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()
