"""What a support lead can do with releases: submit, approve, release, go back, retire, compare.

Whether a candidate is fit is the compiler's to say (`Candidates`); where it stands is the log's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bythebook.routine.wording import Conduct
from bythebook.service.ports import Clock
from bythebook.service.releases import (
    DIGEST_SHOWN,
    Act,
    LogMoved,
    Move,
    ReleaseLog,
    ReleaseRefused,
    ReleaseStep,
    Stage,
    Standing,
    earlier,
    live,
    moved,
    standings,
)

ATTEMPTS: Final = 10
"""How often an act is decided anew because somebody else's came first."""

PROBLEMS_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document's files, looked at as a release."""

    name: str
    digest: str
    problems: tuple[str, ...]
    """What keeps it from running; none where it is fit."""


class Candidates(Protocol):
    """Looks at the files of documents as releases, and keeps them."""

    def look(self, name: str, files: Mapping[str, bytes]) -> Candidate:
        """Return what there is to say of the files, alone and with what is live."""

    def keep(self, name: str, files: Mapping[str, bytes]) -> str:
        """Keep the files as a release, and return its digest."""

    def conduct(self, digest: str) -> Conduct:
        """Return how a kept release wants to be treated; raise UnknownRelease."""


@dataclass(frozen=True, slots=True)
class Releasing:
    """The releases of an installation, and what can be done with them. Every refusal is a ReleaseRefused."""

    log: ReleaseLog
    candidates: Candidates
    clock: Clock

    def standings(self, name: str = "") -> Sequence[Standing]:
        """Return where each release stands, of one document or of all; what is live comes first."""
        found = [one for one in standings(self.log.steps()).values() if not name or one.name == name]
        return sorted(found, key=lambda one: (one.stage is Stage.RELEASED, one.at), reverse=True)

    def steps(self, name: str = "") -> Sequence[ReleaseStep]:
        """Return the steps of one document's releases, or of all, in order."""
        return [step for step in self.log.steps() if not name or step.name == name]

    def live(self) -> Mapping[str, str]:
        """Return the digest that new cases begin with, by the document's name."""
        return live(self.log.steps())

    def submit(self, name: str, files: Mapping[str, bytes], who: str, note: str = "") -> str:
        """Keep a document's files, check them, and return their digest."""
        candidate = self._fit(name, files)
        digest = self.candidates.keep(name, files)
        self._carry_out(
            lambda steps: _leading(steps, name, digest, (Move.SUBMIT, Move.CHECK)), name, digest, who, note
        )
        return candidate.digest

    def approve(self, name: str, digest: str, who: str, note: str = "") -> None:
        """Approve a release that was checked; where its document asks for two people, not by who submitted it."""
        self._carry_out(lambda _: (Move.APPROVE,), name, digest, who, note)

    def give_back(self, name: str, digest: str, who: str, note: str) -> None:
        """Return a release to its author; the note says what is to change."""
        self._carry_out(lambda _: (Move.RETURN,), name, digest, who, note)

    def release(self, name: str, files: Mapping[str, bytes], who: str, note: str = "") -> str:
        """Release a document's files, and return their digest: new cases begin with it.

        Where the document asks for two people the same files must have been approved: submit them first.
        """
        self._fit(name, files)
        digest = self.candidates.keep(name, files)
        self.release_kept(name, digest, who, note)
        return digest

    def release_kept(self, name: str, digest: str, who: str, note: str = "") -> None:
        """Release what was submitted, or go back to what was released before."""

        def way(steps: Sequence[ReleaseStep]) -> tuple[Move, ...]:
            standing = standings(steps).get((name, digest))
            if standing is not None and standing.stage is Stage.RELEASED:
                raise ReleaseRefused(
                    f"release {digest[:DIGEST_SHOWN]} of {name} is what new cases begin with already"
                )
            all_moves = (Move.SUBMIT, Move.CHECK, Move.APPROVE, Move.RELEASE)
            return _leading(steps, name, digest, all_moves)

        self._carry_out(way, name, digest, who, note)

    def rollback(self, name: str, who: str, note: str = "", digest: str = "") -> str:
        """Release an earlier digest again, the one before the live one where none is given; return it."""
        steps = self.log.steps()
        back = digest or earlier(steps, name)
        if not back:
            raise ReleaseRefused(f"there is no earlier release of {name} to go back to")
        standing = standings(steps).get((name, back))
        if standing is None or not standing.released:
            raise ReleaseRefused(f"release {back[:DIGEST_SHOWN]} of {name} was never live: release it instead")
        self._carry_out(lambda _: (Move.RELEASE,), name, back, who, note)
        return back

    def retire(self, name: str, who: str, note: str = "", digest: str = "") -> str:
        """Let no new case begin with a release, the live one where none is given; open ones run to their end."""
        gone = digest or self.live().get(name, "")
        if not gone:
            raise ReleaseRefused(f"no release of {name} is live")
        if gone == self.live().get(name):
            self._needed(name)
        self._carry_out(lambda _: (Move.RETIRE,), name, gone, who, note)
        return gone

    def _needed(self, name: str) -> None:
        """Refuse to retire what another document's cases go through first."""
        for other, digest in self.live().items():
            if other != name and self.candidates.conduct(digest).first == name:
                raise ReleaseRefused(
                    f"cases of {other} go through {name} first: retire {other}, or release it without"
                )

    def _fit(self, name: str, files: Mapping[str, bytes]) -> Candidate:
        candidate = self.candidates.look(name, files)
        if candidate.problems:
            more = len(candidate.problems) - PROBLEMS_SHOWN
            listed = [*candidate.problems[:PROBLEMS_SHOWN], *([f"and {more} more"] if more > 0 else [])]
            raise ReleaseRefused("\n".join([f"{name} cannot be released as it is:", *listed]))
        return candidate

    def _carry_out(
        self, way: Callable[[Sequence[ReleaseStep]], tuple[Move, ...]], name: str, digest: str, who: str, note: str
    ) -> None:
        for _ in range(ATTEMPTS):
            steps = list(self.log.steps())
            before = len(steps)
            two = self._two_people(steps, name, digest)
            for move in way(steps):
                steps.append(moved(steps, Act(name, digest, move, who, note, two), self.clock.now()))
            try:
                self.log.append(steps[before:])
                return
            except LogMoved:
                continue
        raise ReleaseRefused("others are changing releases at this moment; look again and repeat it")

    def _two_people(self, steps: Sequence[ReleaseStep], name: str, digest: str) -> bool:
        """Whether the release, or the one released last, asks for two people: nobody switches that off alone."""
        last = [step.digest for step in steps if step.name == name and step.move is Move.RELEASE][-1:]
        return any(self.candidates.conduct(one).two_people for one in (digest, *last))


def _leading(steps: Sequence[ReleaseStep], name: str, digest: str, moves: tuple[Move, ...]) -> tuple[Move, ...]:
    """Return those of the moves that are still to be made."""
    standing = standings(steps).get((name, digest))
    done: Mapping[Stage, int] = {Stage.DRAFT: 1, Stage.CHECKED: 2, Stage.APPROVED: 3, Stage.REPLACED: 3}
    return moves[done.get(standing.stage, 0) if standing is not None else 0 :]
