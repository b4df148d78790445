"""Carry a fact through: decide, append, then pay what is owed. Several short transactions, none held open.

A crash between any two of them loses nothing: what is owed is read off the log (`recover`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, assert_never
from weakref import WeakValueDictionary

from bythebook.engine.decide import (
    POLICY_VERSION,
    ForFunction,
    ForMove,
    ForNewCase,
    ForNotice,
    ForReading,
    Owed,
    Refused,
    StaleReading,
    advance,
    next_timer,
    owed,
    release_after,
)
from bythebook.engine.event import (
    CaseContinued,
    CaseMoved,
    CaseOpened,
    CustomerSaid,
    Event,
    Fact,
    FunctionFailed,
    FunctionReturned,
    HumanNotified,
    MoveFailed,
)
from bythebook.engine.menu import build_menu
from bythebook.engine.render import holes_of
from bythebook.engine.state import CaseState
from bythebook.reading.masking import mask
from bythebook.routine.wording import Release
from bythebook.service.asked_reader import read_fact, read_with
from bythebook.service.effects import InThisProcess, is_outside, is_overdue, key_of, works_of
from bythebook.service.handoffs import handoff_of
from bythebook.service.known_cases import Known, KnownCases, known_by
from bythebook.service.ports import (
    Append,
    Bound,
    CaseStore,
    CaseSummary,
    Clock,
    Effects,
    FunctionFailure,
    Identities,
    Masker,
    Notices,
    Releases,
    StoreUnavailable,
    UnknownRelease,
    VersionConflict,
    Work,
)

log = logging.getLogger(__name__)

EFFECTS_PER_CASE_MAX: Final = 200
"""How many effects one settling may pay before it is taken for a circle."""

CONFLICTS_MAX: Final = 20
"""How often an append is tried again after somebody else's came first."""

EVENTS_PER_SNAPSHOT: Final = 100
"""A case leaves a snapshot each time it has grown by this: most cases end before their first."""


class _Lock:
    """A lock that can be weakly referenced."""

    def __init__(self) -> None:
        self.held = threading.RLock()


@dataclass
class Runner:
    """The use cases of one store. Safe to call from several threads."""

    store: CaseStore
    releases: Releases
    notices: Notices
    clock: Clock
    identities: Identities
    mask: Masker = mask
    """What replaces private data at the door."""

    effects: Effects = field(default_factory=InThisProcess)

    _cases: KnownCases = field(default_factory=KnownCases, repr=False)
    _locks: WeakValueDictionary[str, _Lock] = field(default_factory=WeakValueDictionary, repr=False)
    _guard: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _carried: threading.Condition = field(default_factory=threading.Condition, repr=False)

    # ------------------------------------------------------------ facts in

    def open(self, token_digest: str, routine: str | None = None, previous: str | None = None) -> str:
        """Open a case on the current release and return its id. Nothing is said: the customer speaks first."""
        case_id = self.identities.case_id()
        opening, state = self._opening(case_id, token_digest, routine, previous)
        self.store.append(opening)
        self.keep(state, tuple(opening.events))
        return case_id

    def record(self, case_id: str, make: Callable[[CaseState], Fact]) -> CaseState:
        """Decide and append the fact that `make` builds for the current state; return the state after it.

        Raises Refused, UnknownCase, MessageIdTaken or StoreUnavailable; then nothing has happened.
        """
        for attempt in range(CONFLICTS_MAX):
            known, fresh = self._look(case_id, anew=attempt > 0)
            state = known.state
            fact = make(state)
            release = self.releases.get(release_after(state, fact)).release
            try:
                events, after = advance(release, state, fact)
            except Refused:
                if fresh:
                    raise
                continue
            try:
                kept = after if snapshot_due(state.version, after.version) else None
                works = self._works(state.version, events, after)
                self.store.append(Append(summary_of(release, after), state.version, events, None, kept, works))
            except VersionConflict:
                continue
            self._cases.keep(known.after(after, events))
            return after
        raise VersionConflict(f"case {case_id} is busy: {CONFLICTS_MAX} tries were overtaken")

    # ------------------------------------------------------------ effects out

    def settle(self, case_id: str) -> None:
        """Pay everything that is owed to the case, until it waits for somebody."""
        lock = self._lock(case_id)  # kept by this name: the table of locks lets go of what nobody has
        with lock.held:
            for _ in range(EFFECTS_PER_CASE_MAX):
                state = self.known(case_id)
                due = owed(state)
                if due is None or self._is_elsewhere(state, due):
                    return
                try:
                    self._pay(state, due)
                except StaleReading:
                    continue  # somebody spoke meanwhile: the reading is owed again
                except (Refused, VersionConflict):
                    self.forget(case_id)  # somebody else paid it: look again
        raise AssertionError(f"case {case_id} owes effects without end")

    def recover(self) -> int:
        """Go on with every case whose process died between an append and its effect; return how many."""
        return self.each(self.store.owing(), self.take_up)

    def take_up(self, case_id: str) -> bool:
        """Settle by the log what nobody is at; return whether nobody in this process was."""
        lock = self._lock(case_id)
        if not lock.held.acquire(blocking=False):
            return False
        try:
            self.forget(case_id)  # another process may have moved the case on since this one last looked
            self.settle(case_id)
            return self._looked_after(case_id)
        finally:
            lock.held.release()

    def _looked_after(self, case_id: str) -> bool:
        """Hand work over again that others should have carried out long ago; return whether there is none."""
        state = self.known(case_id)
        due = owed(state)
        if due is None or not self._is_elsewhere(state, due):
            return True
        if is_overdue(state, self.clock.now()):
            self.effects.again(Work(key_of(due, self.store.load(case_id), case_id), case_id))
        return False

    def carry_out(self, case_id: str, key: str) -> bool:
        """Carry out work that was handed over, once; return whether nothing is left of it to try again.

        No lock is held meanwhile: a customer may go on speaking. What comes of it is recorded once.
        """
        state = self.state(case_id)
        due = owed(state)
        log = self.store.load(case_id) if isinstance(due, ForNotice) else ()
        if due is not None and self._is_elsewhere(state, due) and key_of(due, log, case_id) == key:
            try:
                self._pay(state, due)
            except (Refused, VersionConflict):
                self.forget(case_id)  # somebody else recorded it: look again
        self.settle(case_id)
        with self._carried:
            self._carried.notify_all()
        left = owed(self.known(case_id))
        return not isinstance(left, ForFunction) or left.key != key

    def wait(self, case_id: str) -> None:
        """Wait a moment while others carry out what the case owes, so that most turns are answered whole."""

        if self.effects.outside and owed(self.known(case_id)) is not None:
            with self._carried:
                self._carried.wait_for(lambda: owed(self.known(case_id)) is None, self.effects.wait_seconds)

    def is_settled(self, case_id: str) -> bool:
        """Whether nothing is left to whoever settles: the case waits for somebody, or others carry something out."""
        state = self.known(case_id)
        due = owed(state)
        return due is None or self._is_elsewhere(state, due)

    def _is_elsewhere(self, state: CaseState, due: Owed) -> bool:
        return self.effects.outside and is_outside(due, self.releases.get(state.release))

    def _works(self, before: int, events: Sequence[Event], after: CaseState) -> tuple[Work, ...]:
        return works_of(self.releases.get(after.release), before, events, after) if self.effects.outside else ()

    def each(self, cases: Iterable[str], work: Callable[[str], object]) -> int:
        """Do the work for each case and return for how many it was done; one that fails holds up no other."""
        done = 0
        for case_id in cases:
            try:
                done += work(case_id) is not False
            except StoreUnavailable:
                raise
            except Exception:  # whatever is wrong with one case, the others are served
                log.exception("case %s cannot go on", case_id)
        return done

    def _pay(self, state: CaseState, due: Owed) -> None:
        bound = self.releases.get(state.release)
        case_id = state.case_id
        match due:
            case ForReading(text=text, situation=situation, version=version):
                read = read_with(bound.reader, text, build_menu(bound.release, situation))
                self.record(case_id, lambda _: read_fact(self.clock.now(), version, read))
            case ForFunction():
                outcome = self._call(bound, due)
                self.record(case_id, lambda _: outcome)
            case ForNotice():
                on_duty = self.notices.handed_off(handoff_of(bound.release, self.store.load(case_id), state))
                self.record(case_id, lambda _: HumanNotified(self.clock.now(), on_duty))
            case ForNewCase(message_id=message_id, routine=routine):
                self._continue(state, message_id, routine)
            case ForMove():
                arrived = self._move(due)
                self.record(case_id, lambda _: arrived)
            case _:
                assert_never(due)

    def _call(self, bound: Bound, due: ForFunction) -> FunctionReturned | FunctionFailed:
        try:
            fields = bound.functions.call(due.function, due.arguments, due.key)
        except FunctionFailure as failure:
            return FunctionFailed(self.clock.now(), due.key, str(failure))
        phrase = bound.release.wording.functions.get(due.function)
        missing = [hole for hole in holes_of(phrase.text) if hole not in fields] if phrase is not None else []
        if missing:
            reason = f"the result has no field `{missing[0]}`, which its phrase tells"
            return FunctionFailed(self.clock.now(), due.key, reason)
        return FunctionReturned(self.clock.now(), due.key, fields)

    def _move(self, due: ForMove) -> CaseMoved | MoveFailed:
        """Find the release to go on with: the one the case was on there before, else the current one."""
        try:
            bound = self.releases.get(due.release) if due.release is not None else self.releases.current(due.routine)
        except UnknownRelease as unknown:
            return MoveFailed(self.clock.now(), due.routine, str(unknown))
        return CaseMoved(self.clock.now(), due.routine, bound.release.digest)

    def follow(self, case_id: str) -> str:
        """Open a case that follows a resolved one, for the same customer; raise Refused or UnknownCase."""
        return self._continue(self.state(case_id), None, None)

    def _continue(self, state: CaseState, message_id: str | None, routine: str | None) -> str:
        """Open the case that takes up a need after resolution: both logs are written, or neither."""
        log = self.store.load(state.case_id)
        said = next((e for e in log if isinstance(e, CustomerSaid) and e.message_id == message_id), None)
        new_id = self.identities.case_id()
        token = self.store.token_digest(state.case_id)
        opening, opened = self._opening(new_id, token, self._loaded(routine, state.routine), state.case_id, said)
        release = self.releases.get(state.release).release
        events, after = advance(release, state, CaseContinued(self.clock.now(), new_id))
        works = self._works(state.version, events, after)
        self.store.append(opening, Append(summary_of(release, after), state.version, events, works=works))
        self.keep(opened, tuple(opening.events))
        self.keep(after, (*log, *events))
        self.settle(new_id)
        return new_id

    def _loaded(self, *routines: str | None) -> str | None:
        """Return the first of these documents that is loaded; None, for whatever cases open on, when none is."""
        for routine in filter(None, routines):
            with suppress(UnknownRelease):
                return self.releases.current(routine).release.name
        return None

    def _opening(
        self,
        case_id: str,
        token_digest: str,
        routine: str | None,
        previous: str | None,
        carried: CustomerSaid | None = None,
    ) -> tuple[Append, CaseState]:
        release = self.releases.current(routine).release
        opened = CaseOpened(self.clock.now(), case_id, release.name, release.digest, previous, POLICY_VERSION)
        events, state = advance(release, CaseState(), opened)
        if carried is not None:
            more, state = advance(release, state, carried)
            events += more
        works = self._works(0, events, state)
        return Append(summary_of(release, state), 0, events, token_digest, works=works), state

    # ------------------------------------------------------------ states in memory

    def known(self, case_id: str) -> CaseState:
        """Return where the case stands as far as this process knows; another may have moved it on."""
        return self._look(case_id, anew=False)[0].state

    def state(self, case_id: str) -> CaseState:
        """Return where the case stands by its log; raise UnknownCase."""
        return self._look(case_id, anew=True)[0].state

    def release_in(self, state: CaseState, routine: str | None) -> Release:
        """Return the release that the case is, or was, on in a document; the one it is on where it knows no such."""
        left = state.aside.get(routine or "")
        if left is not None:
            return self.releases.get(left.release).release
        if routine is not None and routine != state.routine:
            with suppress(UnknownRelease):
                return self.releases.current(routine).release
        return self.releases.get(state.release).release

    def at_hand(self, case_id: str) -> Known | None:
        """Return what this process has in memory of the case; another may have moved it on."""
        return self._cases.get(case_id)

    def _look(self, case_id: str, *, anew: bool) -> tuple[Known, bool]:
        """Return the case and whether it was folded just now; what was in memory may be behind the log."""
        kept = self._cases.get(case_id) if not anew else None
        if kept is not None:
            return kept, False
        recalled = self.store.recall(case_id)
        known = known_by(recalled)
        self._cases.keep(known)
        return known, True

    def keep(self, state: CaseState, log: tuple[Event, ...] | None = None) -> None:
        """Remember where a case stands by its log, unless more is known already."""
        self._cases.keep(Known(state, log))

    def forget(self, case_id: str) -> None:
        """Keep nothing of the case in memory; its log is read when it is next asked for."""
        self._cases.forget(case_id)

    def _lock(self, case_id: str) -> _Lock:
        with self._guard:
            return self._locks.setdefault(case_id, _Lock())


def snapshot_due(before: int, after: int) -> bool:
    """Whether a case that grew from one version to the other is to leave a snapshot."""
    return before // EVENTS_PER_SNAPSHOT < after // EVENTS_PER_SNAPSHOT


def summary_of(release: Release, state: CaseState) -> CaseSummary:
    """Return the case's row, derived from its state alone."""
    timer = next_timer(release.conduct, state)
    assert state.opened_at is not None and state.at is not None, "a log begins with CaseOpened"
    return CaseSummary(
        case_id=state.case_id,
        routine=state.routine,
        release=state.release,
        status=state.status,
        version=state.version,
        opened_at=state.opened_at,
        updated_at=state.at,
        owes=owed(state) is not None,
        timer_at=timer[1] if timer is not None else None,
        step=state.current[-1] if state.current else "",
        reason=state.handoff or "",
        human=state.human or "",
        waiting_since=state.waiting_since,
    )
