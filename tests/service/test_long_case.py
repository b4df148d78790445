"""A case of thousands of events is answered and followed by what came since its snapshot, not by its whole log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest

from bythebook.adapters.memory_store import MemoryStore
from bythebook.bootstrap import build_installation
from bythebook.engine.event import Event, HumanReturned, HumanSaid, HumanTook
from bythebook.service.conversation import Conversation
from bythebook.service.ports import Recalled
from bythebook.service.runner import EVENTS_PER_SNAPSHOT, Runner
from bythebook.settings import Settings

EVENTS = 5_000
SETTINGS = replace(Settings(), reader="lexicon")


class Counting(MemoryStore):
    """A store that counts the events that are read."""

    read = 0

    def load(self, case_id: str) -> Sequence[Event]:
        found = super().load(case_id)
        self.read += len(found)
        return found

    def recall(self, case_id: str) -> Recalled:
        before = self.read
        found = super().recall(case_id)
        self.read = before + len(found.events)
        return found

    def reads(self, work: Callable[[], object]) -> int:
        """Return how many events the work reads."""
        before = self.read
        work()
        return self.read - before


@dataclass
class Long:
    """A store with a long case, and how processes come to it that know nothing of it."""

    store: Counting
    case_id: str

    def runner(self) -> Runner:
        return build_installation(SETTINGS, self.store).runner

    def conversation(self) -> Conversation:
        return Conversation(self.runner())


@pytest.fixture
def long() -> Long:
    store = Counting()
    runner = build_installation(SETTINGS, store).runner
    conversation, now = Conversation(runner), runner.clock.now
    case_id = conversation.open().case_id
    conversation.say(case_id, "Enterprise", "1")
    conversation.say(case_id, "a person please", "2")
    runner.record(case_id, lambda _: HumanTook(now(), "Ann"))
    while runner.known(case_id).version < EVENTS:
        runner.record(case_id, lambda _: HumanSaid(now(), "Ann", "We are looking into it."))
    runner.record(case_id, lambda _: HumanReturned(now(), "Ann", None))
    runner.settle(case_id)
    return Long(store, case_id)


def test_a_turn_is_answered_by_what_came_since_the_snapshot(long: Long) -> None:
    said = []
    talk = long.conversation()
    for number, text in enumerate(("BAA for the API", "what is the weather?", "no")):
        read = long.store.reads(
            lambda text=text, number=number: said.append(talk.say(long.case_id, text, f"m{number}"))
        )
        assert read <= EVENTS_PER_SNAPSHOT, text
    for number, turn in enumerate(said):
        whole = long.conversation().turn(long.case_id, f"m{number}")
        assert whole is not None
        assert (turn.said, turn.calls, turn.moves, turn.reading, turn.routine) == (
            whole.said, whole.calls, whole.moves, whole.reading, whole.routine,
        )  # fmt: skip
    assert said[0].calls and said[0].said, "the turn had a call and words"


def test_what_was_said_since_is_followed_without_the_log(long: Long) -> None:
    first = long.conversation().view(long.case_id)
    assert len(first.transcript) > EVENTS - 100
    seen = first.transcript[-1].version
    long.conversation().say(long.case_id, "BAA for the API", "m")
    talk = long.conversation()
    views = []
    assert long.store.reads(lambda: views.append(talk.view(long.case_id, seen))) <= 2 * EVENTS_PER_SNAPSHOT
    whole = long.conversation().view(long.case_id)
    later = [one for one in views[0].transcript if one.version > seen]
    assert later == [one for one in whole.transcript if one.version > seen]
    assert replace(views[0], transcript=()) == replace(whole, transcript=())


def test_who_asks_for_more_than_there_is_since_gets_all(long: Long) -> None:
    assert long.conversation().view(long.case_id, 7) == long.conversation().view(long.case_id)
