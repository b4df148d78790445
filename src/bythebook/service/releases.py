"""The life of a release: submitted, checked, approved, released, replaced, retired; who did what, when. Pure.

The log of steps is the truth, as a case's is: what stands where is read off it. Every step covers the one before it
by its hash, so that a step which was altered or taken out shows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Final, Protocol

from bythebook.engine.decide import Refused
from bythebook.service.people import same_name

NOBODY_BEFORE: Final = "0" * 64
"""What stands before the first step."""

DIGEST_SHOWN: Final = 12
NOTE_CHARACTERS_MAX: Final = 2_000
NAME_CHARACTERS_MAX: Final = 200


class Stage(Enum):
    """Where a release stands."""

    DRAFT = "draft"
    CHECKED = "checked"
    """The compiler finds no error in it."""

    APPROVED = "approved"
    RELEASED = "released"
    """New cases begin with it."""

    REPLACED = "replaced"
    """It was released, and another one of its name was after it: it can be gone back to."""

    RETIRED = "retired"


class Move(Enum):
    """What somebody did with a release."""

    SUBMIT = "submit"
    CHECK = "check"
    APPROVE = "approve"
    RETURN = "return"
    """Given back to its author."""

    RELEASE = "release"
    RETIRE = "retire"


MOVES: Final[Mapping[tuple[Stage | None, Move], Stage]] = {
    (None, Move.SUBMIT): Stage.DRAFT,
    (Stage.DRAFT, Move.SUBMIT): Stage.DRAFT,
    (Stage.RETIRED, Move.SUBMIT): Stage.DRAFT,
    (Stage.DRAFT, Move.CHECK): Stage.CHECKED,
    (Stage.CHECKED, Move.APPROVE): Stage.APPROVED,
    (Stage.CHECKED, Move.RETURN): Stage.DRAFT,
    (Stage.APPROVED, Move.RETURN): Stage.DRAFT,
    (Stage.APPROVED, Move.RELEASE): Stage.RELEASED,
    (Stage.REPLACED, Move.RELEASE): Stage.RELEASED,
    (Stage.RELEASED, Move.RETIRE): Stage.RETIRED,
    (Stage.REPLACED, Move.RETIRE): Stage.RETIRED,
}
"""Every move there is, from where to where; any other is refused."""

NEXT: Final[Mapping[Stage | None, str]] = {
    None: "submit it first",
    Stage.DRAFT: "check it first",
    Stage.CHECKED: "approve it first",
    Stage.APPROVED: "it can be released, or returned to its author",
    Stage.RELEASED: "it is what new cases begin with",
    Stage.REPLACED: "it can be released again, or retired",
    Stage.RETIRED: "submit it again first",
}


class ReleaseRefused(Refused):
    """A move that is not to be made; the message says why, and what to do. Nothing has happened."""


class LogMoved(Exception):
    """Somebody else added a step in between. Look again and decide anew; nothing was stored."""


@dataclass(frozen=True, slots=True)
class ReleaseStep:
    """One step in the life of a release, as it is kept."""

    number: int
    """Its place among the steps of all releases, from 1."""

    name: str
    """The document's short name."""

    digest: str
    """SHA-256 (hex) over the release's files."""

    move: Move
    by: str
    at: datetime
    note: str = ""
    before: str = ""
    """The digest that was live when this one was submitted or released: what its wording is compared with."""

    folder: bool = False
    """It came from a folder that a server was started on, and not from a person's own act."""

    hash: str = ""


class ReleaseLog(Protocol):
    """Where the steps are kept: append-only."""

    def steps(self) -> Sequence[ReleaseStep]:
        """Return every step, in order."""

    def head(self) -> int:
        """Return the number of the last step, 0 where there is none: a cheap look."""

    def append(self, steps: Sequence[ReleaseStep]) -> None:
        """Keep steps, all or none; raise LogMoved where one of their numbers is taken."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one release of a document stands, and how it came there."""

    name: str
    digest: str
    stage: Stage
    submitted_by: str
    at: datetime
    """When it came to this stage."""

    approved_by: str = ""
    released: tuple[int, ...] = ()
    """The numbers of the steps that released it, oldest first."""


def standings(steps: Sequence[ReleaseStep]) -> Mapping[tuple[str, str], Standing]:
    """Return where each release stands, by its document's name and its digest; the steps are all there are."""
    found: dict[tuple[str, str], Standing] = {}
    for step in steps:
        if step.move is Move.RELEASE:
            _replace_live(found, step)
        key = step.name, step.digest
        found[key] = _after(found.get(key), step)
    return found


def _replace_live(found: dict[tuple[str, str], Standing], step: ReleaseStep) -> None:
    for key, standing in found.items():
        if standing.name == step.name and standing.stage is Stage.RELEASED and standing.digest != step.digest:
            found[key] = replace(standing, stage=Stage.REPLACED, at=step.at)


def _after(standing: Standing | None, step: ReleaseStep) -> Standing:
    stage = MOVES[standing.stage if standing is not None else None, step.move]
    if standing is None or step.move is Move.SUBMIT:
        released = standing.released if standing is not None else ()
        return Standing(step.name, step.digest, stage, step.by, step.at, released=released)
    approved_by = step.by if step.move is Move.APPROVE else "" if stage is Stage.DRAFT else standing.approved_by
    released = (*standing.released, step.number) if step.move is Move.RELEASE else standing.released
    return replace(standing, stage=stage, at=step.at, approved_by=approved_by, released=released)


def live(steps: Sequence[ReleaseStep]) -> Mapping[str, str]:
    """Return the digest that new cases begin with, by the document's name."""
    return {one.name: one.digest for one in standings(steps).values() if one.stage is Stage.RELEASED}


def earlier(steps: Sequence[ReleaseStep], name: str) -> str | None:
    """Return the digest that was live before the one that is, and can be gone back to; None where there is none."""
    found = [one for one in standings(steps).values() if one.name == name and one.stage is Stage.REPLACED]
    return max(found, key=lambda one: one.released[-1]).digest if found else None


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody wants to do with a release."""

    name: str
    digest: str
    move: Move
    by: str
    note: str = ""
    two_people: bool = False
    """The document asks that whoever approves a release is not who submitted it."""

    folder: bool = False


def moved(steps: Sequence[ReleaseStep], act: Act, at: datetime) -> ReleaseStep:
    """Return the step that an act leads to; raise ReleaseRefused."""
    by, note = _clean(" ".join(act.by.split())), _clean(act.note.strip())
    if not by:
        raise ReleaseRefused(f"nobody is named who would {act.move.value} {act.name}: say who you are (--as NAME)")
    if len(by) > NAME_CHARACTERS_MAX or len(note) > NOTE_CHARACTERS_MAX:
        raise ReleaseRefused(f"write a name of up to {NAME_CHARACTERS_MAX}, a note of up to {NOTE_CHARACTERS_MAX:,}")
    standing = standings(steps).get((act.name, act.digest))
    stage = standing.stage if standing is not None else None
    if (stage, act.move) not in MOVES:
        where = stage.value if stage is not None else "not submitted"
        shown = f"release {act.digest[:DIGEST_SHOWN]} of {act.name}"
        raise ReleaseRefused(f"{shown} is {where}, so nobody can {act.move.value} it: {NEXT[stage]}")
    if act.move is Move.APPROVE and act.two_people and standing is not None and same_name(by, standing.submitted_by):
        raise ReleaseRefused(
            f"{act.name} asks for two people, and {standing.submitted_by} submitted release "
            f"{act.digest[:DIGEST_SHOWN]}: somebody else approves it"
        )
    if act.move is Move.RETURN and not note:
        raise ReleaseRefused("say in a note what its author is to change")
    before = live(steps).get(act.name, "")
    previous = steps[-1].hash if steps else NOBODY_BEFORE
    step = ReleaseStep(
        len(steps) + 1, act.name, act.digest, act.move, by, at.astimezone(UTC), note, before, act.folder
    )
    return replace(step, hash=step_hash(previous, step))


def _clean(text: str) -> str:
    """Return a text as every database can hold it."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def step_hash(previous: str, step: ReleaseStep) -> str:
    """Return the hash (SHA-256, hex) of a step that follows the one whose hash is `previous`."""
    written = json.dumps(
        [
            previous,
            step.number,
            step.name,
            step.digest,
            step.move.value,
            step.by,
            step.at.astimezone(UTC).isoformat(timespec="microseconds"),
            step.note,
            step.before,
            step.folder,
        ],
        ensure_ascii=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(written.encode()).hexdigest()


def first_break(steps: Sequence[ReleaseStep]) -> int | None:
    """Return the first place at which the log is not what was written, or None where it is whole."""
    previous = NOBODY_BEFORE
    for place, step in enumerate(steps, 1):
        if step.number != place or step.hash != step_hash(previous, step):
            return place
        previous = step.hash
    return None
