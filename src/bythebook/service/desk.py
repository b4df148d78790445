"""The human's side: see who waits, take a case, speak, settle facts, hand it back (R8)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bythebook.engine.by_hand import done_by_hand_now
from bythebook.engine.decide import Refused
from bythebook.engine.event import (
    FactLearned,
    FactSettled,
    HumanClosed,
    HumanNoted,
    HumanPassed,
    HumanReturned,
    HumanSaid,
    HumanTook,
    LineQuoted,
)
from bythebook.engine.quoting import NotQuotable, quote
from bythebook.engine.state import CaseState, Status
from bythebook.routine.value import Value
from bythebook.service.ports import CaseStore, CaseSummary, Page
from bythebook.service.runner import Runner
from bythebook.service.search import CaseQuery

FOUND_MAX: Final = 10
"""How many cases are counted where the beginning of an id stands for several."""


def find(store: CaseStore, beginning: str) -> str:
    """Return the id of the one case that begins so; raise Refused when none or several do."""
    found = store.search(CaseQuery(beginning=beginning), FOUND_MAX) if beginning else Page((), None)
    if len(found.cases) != 1:
        count = "no" if not found.cases else f"{len(found.cases)}{' or more' if found.after else ''}"
        raise Refused(f"{count} cases begin with {beginning!r}; `bythebook cases` lists them")
    return found.cases[0].case_id


class _SaidBefore(Exception):
    """The same reply came before."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a human can do with a case. Each raises Refused, and nothing has happened, when it does not fit."""

    runner: Runner

    def waiting(self, limit: int = 100) -> Sequence[CaseSummary]:
        """Return the cases that are with the desk, those nobody has taken first, longest waiting first."""
        cases = self.runner.store.summaries(Status.HANDED_OFF, limit)
        return sorted(cases, key=lambda case: (bool(case.human), case.updated_at))

    def cases(self, limit: int = 100) -> Sequence[CaseSummary]:
        """Return the cases of every status, newest change first."""
        return self.runner.store.summaries(None, limit)

    def find(self, beginning: str) -> str:
        """Return the id of the one case that begins so; raise Refused when none or several do."""
        return find(self.runner.store, beginning)

    def take(self, case_id: str, human: str) -> None:
        """Take the case: from now on the assistant is silent."""
        self.runner.record(case_id, lambda _: HumanTook(self.runner.clock.now(), human))

    def pass_on(self, case_id: str, human: str, to: str, note: str = "") -> None:
        """Pass the case that `human` has to somebody else at the desk; the note is never sent."""
        if not to.strip():
            raise Refused("say who is to have the case")
        told = self.runner.mask(note.strip()).text
        self.runner.record(case_id, lambda _: HumanPassed(self.runner.clock.now(), human, to.strip(), told))

    def take_over(self, case_id: str, human: str, of: str, note: str = "") -> None:
        """Take the case over from the one who has it: whoever names somebody else than that is too late."""
        told = self.runner.mask(note.strip()).text
        self.runner.record(case_id, lambda _: HumanPassed(self.runner.clock.now(), of, human, told, taken_over=True))

    def say(self, case_id: str, human: str, text: str, reply_id: str | None = None) -> None:
        """Say something to the customer in the human's own words; `reply_id` is the same for each repeat of it."""
        if not text.strip():
            raise Refused("there is nothing to say")
        said = self.runner.mask(text).text

        def saying(_: CaseState) -> HumanSaid:
            if reply_id and self._said_before(case_id, reply_id):
                raise _SaidBefore
            return HumanSaid(self.runner.clock.now(), human, said, reply_id)

        with suppress(_SaidBefore):
            self.runner.record(case_id, saying)

    def _said_before(self, case_id: str, reply_id: str) -> bool:
        log = self.runner.store.load(case_id)
        return any(isinstance(event, HumanSaid) and event.reply_id == reply_id for event in log)

    def say_line(self, case_id: str, human: str, line: str) -> None:
        """Say an approved line of the document, or an answer of its article: its source stays that line."""

        def quoted(state: CaseState) -> LineQuoted:
            release = self.runner.releases.get(state.release).release
            try:
                found = quote(release, state, line)
            except NotQuotable as why:
                raise Refused(str(why)) from why
            return LineQuoted(self.runner.clock.now(), human, found.text, line, found.source, found.asks)

        self.runner.record(case_id, quoted)

    def note(self, case_id: str, human: str, text: str) -> None:
        """Leave a note for the others at the desk. It is never sent."""
        if not text.strip():
            raise Refused("there is nothing to note")
        noted = self.runner.mask(text).text
        self.runner.record(case_id, lambda _: HumanNoted(self.runner.clock.now(), human, noted))

    def close(self, case_id: str, human: str, why: str = "") -> None:
        """Close the case without a resolution. Writing again opens it again."""
        told = self.runner.mask(why.strip()).text
        self.runner.record(case_id, lambda _: HumanClosed(self.runner.clock.now(), human, told))

    def follow_up(self, case_id: str, human: str) -> str:
        """Open a case that follows a resolved one, take it, and return its id: the customer finds it in its place."""
        new_id = self.runner.follow(case_id)
        self.take(new_id, human)
        return new_id

    def give_back(self, case_id: str, human: str, line: str | None = None, routine: str | None = None) -> None:
        """Hand the case back: the routine goes on at `line`, else at the next unsaid one; or go on in another one.

        Where what comes next is a human's again, it stays with the one who has just had it.
        """
        self.runner.record(case_id, lambda _: HumanReturned(self.runner.clock.now(), human, line, routine))
        self.runner.settle(case_id)
        state = self.runner.known(case_id)
        if state.status is Status.HANDED_OFF and state.resumed and state.human is None:
            with suppress(Refused):  # somebody else was quicker
                self.take(case_id, human)

    def could_not(self, case_id: str, human: str, why: str = "") -> None:
        """Say that what a line asks of a human could not be done: what the document says of failures comes next.

        Where it says nothing, the customer is told in the words of the house that it failed, and the case stays with
        the human. The reason is for the desk, never sent.
        """
        told = self.runner.mask(why.strip()).text
        self.runner.record(case_id, lambda _: HumanReturned(self.runner.clock.now(), human, undone=True, why=told))
        self.runner.settle(case_id)
        state = self.runner.known(case_id)
        routine = self.runner.releases.get(state.release).release.routine
        if state.human is None and done_by_hand_now(routine, state) is not None:
            with suppress(Refused):  # somebody else was quicker
                self.take(case_id, human)

    def settle(self, case_id: str, human: str, name: str, value: Value, feedback: str = "") -> None:
        """Settle a fact with the human's words on it: the document's lines are said, then those words."""
        words = self.runner.mask(feedback.strip()).text
        self.runner.record(case_id, lambda _: FactSettled(self.runner.clock.now(), human, name, value, words))
        self.runner.settle(case_id)

    def learn(self, case_id: str, human: str, name: str, value: Value) -> None:
        """Settle a fact that only a human may decide ("not_approved"); a case that was left opens again for it."""

        def learned(state: CaseState) -> FactLearned | FactSettled:
            now = self.runner.clock.now()
            left = state.status is Status.ABANDONED
            return FactSettled(now, human, name, value) if left else FactLearned(now, name, value, human)

        self.runner.record(case_id, learned)
        self.runner.settle(case_id)
