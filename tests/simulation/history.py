"""One history: several processes over one store, customers, a desk and a clock, and everything that can go wrong.

The same seed lives the same history again: `python -m tests.simulation --seed N --tell` tells it step by step.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bythebook.engine.decide import Refused, owed
from bythebook.engine.event import CustomerSaid, Event, FunctionCalled, FunctionReturned
from bythebook.engine.evolve import replay
from bythebook.engine.state import CaseState, Status
from bythebook.routine.wording import Release
from bythebook.service.conversation import Conversation
from bythebook.service.desk import Desk
from bythebook.service.ports import StoreUnavailable, VersionConflict
from bythebook.service.runner import Runner
from bythebook.service.timers import Timers
from bythebook.testing.fakes import CountingIdentities, ManualClock
from tests.engine.test_invariants import (
    every_document_keeps_its_release,
    every_message_is_answered_once,
    feedback_is_said_once,
    functions_are_in_their_place,
    one_speaker_and_one_question,
    resolution_comes_last,
    the_log_is_the_truth,
    wording_is_approved,
)
from tests.simulation.ports import MEANINGS, Faults, FixedReleases, GatedNotices, GatedStore, Outside
from tests.simulation.scheduler import Host, Killed, Scheduler, TakenInTurn

PROCESSES = 2
CASES = 2
STEPS = 70
STEPS_TO_END_MAX = 20_000
EXPECTED = (StoreUnavailable, VersionConflict, Refused, ConnectionError, Killed)
"""What a caller may be told, to come again or that it does not fit; anything else is a finding."""


class _CaseLock:
    """What the runner's table of locks holds."""

    def __init__(self, held: TakenInTurn) -> None:
        self.held = held


class SimulatedRunner(Runner):
    """The real runner; only its locks are taken in turn."""

    scheduler: Scheduler

    def _lock(self, case_id: str) -> Any:
        made = self.__dict__.setdefault("made", {})
        if case_id not in made:
            made[case_id] = _CaseLock(TakenInTurn(self.scheduler, lambda: self.scheduler._running))
        return made[case_id]


@dataclass
class Message:
    """What a customer sent, and what came back."""

    case_id: str
    text: str
    key: str
    pressed: bool = False
    told: list[tuple[str, ...]] = field(default_factory=list)
    refused: bool = False


@dataclass(frozen=True)
class Lived:
    """A case as the rules of the engine's tests look at it."""

    log: Sequence[Event]
    state: CaseState
    kept: Mapping[str, Release]


class History:
    """Lives one seed."""

    def __init__(self, seed: int, releases: Sequence[Release], tell: Callable[[str], None] = lambda _: None) -> None:
        self.chance = random.Random(seed)
        self.tell, self.releases = tell, list(releases)
        self.chance.shuffle(self.releases)
        self.clock, self.names = ManualClock(), CountingIdentities()
        self.scheduler = Scheduler(self.chance, tell)
        worst = self.chance.choice((0.0, 0.0, 0.1, 0.3))
        self.faults = Faults()
        self.outside = Outside(self.scheduler, self.faults)
        self.hosts: list[tuple[Host, Runner]] = []
        self.born = 0
        for _ in range(PROCESSES):
            self._birth()
        self.messages: list[Message] = []
        self.cases = [Conversation(self._runner(Host("the world"))).open().case_id for _ in range(CASES)]
        self.findings: list[BaseException] = []
        self.faults.some(worst, self.chance)

    def live(self) -> None:
        """Let things happen, then let everything come right, then look; raise AssertionError."""
        for _ in range(STEPS):
            if self.chance.random() < 0.25 or not self.scheduler.step():
                self._something_happens()
        self._come_right()
        self._look()

    # ------------------------------------------------------------ what happens

    def _something_happens(self) -> None:
        kind = self.chance.choices(
            ("say", "again", "press", "desk", "time", "recover", "kill", "stop", "wake"), (8, 4, 1, 2, 2, 2, 2, 1, 2)
        )[0]
        host, runner = self.chance.choice(self.hosts)
        match kind:
            case "say" | "press":
                self._say(host, runner, pressed=kind == "press")
            case "again" if self.messages:
                self._send(host, runner, self.chance.choice(self.messages))
            case "desk":
                self._desk(host, runner)
            case "time":
                self.clock.advance(timedelta(seconds=self.chance.choice((1, 60, 700, 300_000))))
                self._start(host, "timers", lambda: Timers(runner).fire_due())
            case "recover":
                self._start(host, "recover", runner.recover)
            case "kill":
                self.tell(f"{host.name} dies")
                self.hosts.remove((host, runner))
                self.scheduler.kill(host)
                self._birth()
            case "stop" | "wake":
                host.stopped = kind == "stop"

    def _say(self, host: Host, runner: Runner, *, pressed: bool) -> None:
        text = self.chance.choice(("step:2", "act:deny", "step:3")) if pressed else self.chance.choice(list(MEANINGS))
        message = Message(self.chance.choice(self.cases), text, f"m{len(self.messages)}", pressed)
        self.messages.append(message)
        self._send(host, runner, message)

    def _send(self, host: Host, runner: Runner, message: Message) -> None:
        conversation = Conversation(runner)
        send = conversation.press if message.pressed else conversation.say

        def deliver() -> None:
            try:
                turn = send(message.case_id, message.text, message.key)
            except Refused:
                message.refused = True
                raise
            if turn.status is not Status.HANDED_OFF or turn.said:  # what waits for a human is answered later
                message.told.append(tuple(said.text for said in turn.said))

        self._start(host, f"{message.key} {message.text!r} of {message.case_id}", deliver)

    def _desk(self, host: Host, runner: Runner) -> None:
        desk, case = Desk(runner), self.chance.choice(self.cases)
        acts: dict[str, Callable[[], object]] = {
            "take": lambda: desk.take(case, "h"),
            "say": lambda: desk.say(case, "h", "my own words"),
            "return": lambda: desk.give_back(case, "h", None, None),
            "line": lambda: desk.say_line(case, "h", "1a"),
            "note": lambda: desk.note(case, "h", "for the desk"),
            "fact": lambda: desk.settle(case, "h", "not_approved", True, "why it was so"),
            "close": lambda: desk.close(case, "h", "nobody answers"),
            "follow": lambda: desk.follow_up(case, "h"),
        }
        act = self.chance.choices(list(acts), (6, 4, 6, 1, 1, 1, 1, 1))[0]
        work = acts[act]
        self._start(host, f"the desk's {act} of {case}", work)

    def _start(self, host: Host, what: str, work: Callable[[], object]) -> None:
        def watched() -> None:
            try:
                work()
            except EXPECTED:
                raise
            except BaseException as finding:
                self.findings.append(finding)
                raise

        self.scheduler.start(host, what, watched)

    def _birth(self) -> None:
        self.born += 1
        host = Host(f"process {self.born}")
        self.hosts.append((host, self._runner(host)))

    def _runner(self, host: Host) -> Runner:
        releases = FixedReleases(self.releases, self.outside)
        runner = SimulatedRunner(
            GatedStore(self.outside), releases, GatedNotices(self.outside), self.clock, self.names  # type: ignore[arg-type]
        )  # fmt: skip
        runner.scheduler = self.scheduler
        return runner

    # ------------------------------------------------------------ the end

    def _come_right(self) -> None:
        """Nothing fails any more: all wake, finish, and customers without an answer send their message again."""
        self.faults.none()
        for host, _ in self.hosts:
            host.stopped = False
        self._finish()
        self._birth()
        host, runner = self.hosts[-1]
        self._start(host, "recover", runner.recover)
        self._finish()
        for message in self.messages:
            if not message.told and not message.refused:  # a second time changes nothing
                self._send(host, runner, message)
                self._finish()

    def _finish(self) -> None:
        for _ in range(STEPS_TO_END_MAX):
            if not self.scheduler.step():
                return
        raise AssertionError("it does not come to an end")

    def _look(self) -> None:
        assert not self.findings, f"nobody expected {self.findings[0]!r}"
        store, kept = self.outside.store, {release.digest: release for release in self.releases}
        logs = {case_id: store.load(case_id) for case_id in store.rows}
        for case_id, log in logs.items():
            state = replay(log)
            assert owed(state) is None, f"{case_id} still owes {owed(state)}"
            assert store.verify(case_id) is None, f"the chain of {case_id} is broken"
            lived = Lived(log, state, kept)
            wording_is_approved(lived)
            functions_are_in_their_place(lived)
            resolution_comes_last(lived)
            the_log_is_the_truth(lived)
            every_message_is_answered_once(lived)
            one_speaker_and_one_question(log)
            feedback_is_said_once(lived)
            every_document_keeps_its_release(lived)
        self._messages_are_kept_once(logs)
        self._the_ledger_agrees(logs)

    def _messages_are_kept_once(self, logs: Mapping[str, Sequence[Event]]) -> None:
        kept = Counter(
            (case_id, event.message_id)
            for case_id, log in logs.items()
            for event in log
            if isinstance(event, CustomerSaid)
        )
        assert all(times == 1 for times in kept.values()), "a message is in its case twice"
        conversation = Conversation(self._runner(Host("the world")))
        for message in self.messages:
            if message.told:
                assert kept[message.case_id, message.key] == 1, f"the acknowledged {message} is lost"
                turn = conversation.turn(message.case_id, message.key)
                assert turn is not None
                final = tuple(said.text for said in turn.said)
                assert message.told[-1] == final, f"{message} was told so, and {final} is kept"

    def _the_ledger_agrees(self, logs: Mapping[str, Sequence[Event]]) -> None:
        called = {
            f"{case_id}:{version}": event.function
            for case_id, log in logs.items()
            for version, event in enumerate(log, 1)
            if isinstance(event, FunctionCalled)
        }
        returned = Counter(event.key for log in logs.values() for event in log if isinstance(event, FunctionReturned))
        assert all(times == 1 for times in returned.values()), "an effect is recorded twice"
        assert all(key in called for key in returned), "a result without its call"
        done = dict(self.outside.ledger)
        assert all(called.get(key) == function for key, function in done.items()), "something was done uncalled"
        assert all(key in done for key in returned), "a result of what was never done"
