"""Work that reaches outside is handed over with the append that decides on it, and carried out elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bythebook.adapters.memory_store import MemoryStore
from bythebook.bootstrap import Outside, build_installation
from bythebook.engine.event import FunctionCalled, FunctionFailed, FunctionReturned, HumanNotified
from bythebook.routine.value import Values
from bythebook.service.conversation import Conversation
from bythebook.service.ports import Append, FunctionFailure, Functions, Handoff, Work
from bythebook.service.runner import Runner
from bythebook.settings import Settings
from bythebook.testing.fakes import CountingIdentities, ManualClock

LIST = "provide_list_of_zero_retention_endpoints"


@dataclass
class Elsewhere:
    """Keeps what is handed over again; a test carries it out."""

    outside: bool = True
    wait_seconds: float = 0.0
    handed_again: list[Work] = field(default_factory=list)

    def again(self, work: Work) -> None:
        self.handed_again.append(work)


@dataclass
class Counted:
    """Functions that count their calls by key, and fail as often as they are told."""

    behind: Functions
    calls: list[str] = field(default_factory=list)
    failures: int = 0

    def call(self, function: str, arguments: Values, key: str) -> Values:
        self.calls.append(key)
        if self.failures:
            self.failures -= 1
            raise FunctionFailure("not now")
        return self.behind.call(function, arguments, key)


@dataclass
class Desk:
    told: list[str] = field(default_factory=list)

    def handed_off(self, handoff: Handoff) -> bool:
        self.told.append(handoff.key)
        return True


class Seen(MemoryStore):
    """Remembers what was handed over."""

    def __init__(self) -> None:
        super().__init__()
        self.works: list[Work] = []

    def append(self, *appends: Append) -> None:
        super().append(*appends)
        self.works += [work for append in appends for work in append.works]


@dataclass
class House:
    runner: Runner
    conversation: Conversation
    store: Seen
    effects: Elsewhere
    functions: Counted
    desk: Desk
    clock: ManualClock

    def now(self) -> list[Work]:
        """Return the work handed over that is due at once."""
        return [work for work in self.store.works if work.at is None]

    def log(self, case_id: str, kind: type) -> Sequence[object]:
        return [event for event in self.store.load(case_id) if isinstance(event, kind)]


@pytest.fixture
def house() -> Iterator[House]:
    store, effects, desk, clock = Seen(), Elsewhere(), Desk(), ManualClock()
    counted: list[Counted] = []

    def count(functions: Functions) -> Functions:
        counted.append(Counted(functions))
        return counted[-1]

    outside = Outside(clock, CountingIdentities(), desk, effects)
    settings = replace(Settings(), reader="lexicon")
    shelf = build_installation(settings, store, outside=outside, bind=count)
    bound = shelf.shelf.current()
    shelf.shelf._by_digest[bound.release.digest] = replace(bound, effects=frozenset({LIST}))
    yield House(shelf.runner, Conversation(shelf.runner), store, effects, counted[-1], desk, clock)


def test_a_look_up_is_made_at_once_and_an_effect_is_handed_over(house: House) -> None:
    case = house.conversation.open().case_id
    turn = house.conversation.say(case, "BAA for the API", "1")
    assert [said.line for said in turn.said][-1] == "2e"
    (call,) = house.log(case, FunctionCalled)
    assert isinstance(call, FunctionCalled) and call.function == LIST
    (work,) = house.now()
    assert work.case_id == case and house.functions.calls == []
    assert house.runner.carry_out(case, work.key)
    assert house.functions.calls == [work.key]
    again = house.conversation.say(case, "BAA for the API", "1")
    assert [said.line for said in again.said][-3:] == ["2e.i", "2f", "5.1"]
    house.conversation.say(case, "no", "2")
    assert len(house.functions.calls) == 2, "the other one only looks up"
    assert house.now() == [work]


def test_what_was_carried_out_is_not_again(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.say(case, "BAA for the API", "1")
    (work,) = house.now()
    for _ in range(3):
        assert house.runner.carry_out(case, work.key)
    assert house.functions.calls == [work.key]
    assert len(house.log(case, FunctionReturned)) == 1


def test_an_unknown_key_carries_out_nothing(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.say(case, "BAA for the API", "1")
    assert house.runner.carry_out(case, f"{case}:999")
    assert house.functions.calls == []


def test_two_that_carry_out_the_same_record_it_once(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.say(case, "BAA for the API", "1")
    (work,) = house.now()
    call = house.functions.behind.call
    inside: list[bool] = []

    def meanwhile(function: str, arguments: Values, key: str) -> Values:
        if not inside:
            inside.append(True)
            assert house.runner.carry_out(case, key)
        return call(function, arguments, key)

    house.functions.behind.call = meanwhile  # type: ignore[method-assign]
    assert house.runner.carry_out(case, work.key)
    assert house.functions.calls == [work.key, work.key]
    assert len(house.log(case, FunctionReturned)) == 1


def test_a_customer_goes_on_speaking_while_it_is_carried_out(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.say(case, "BAA for the API", "1")
    (work,) = house.now()
    turn = house.conversation.say(case, "and how long does it take?", "2")
    assert turn.said == ()
    assert house.runner.carry_out(case, work.key)
    assert len(house.log(case, FunctionReturned)) == 1
    assert house.conversation.say(case, "and how long does it take?", "2").said


def test_a_failure_is_tried_three_times_under_one_key_and_then_somebody_is_told(house: House) -> None:
    house.functions.failures = 3
    case = house.conversation.open().case_id
    house.conversation.say(case, "BAA for the API", "1")
    (work,) = house.now()
    assert [house.runner.carry_out(case, work.key) for _ in range(3)] == [False, False, True]
    assert house.functions.calls == [work.key] * 3
    assert len(house.log(case, FunctionFailed)) == 3
    _, notice = house.now()
    assert house.desk.told == []
    assert house.runner.carry_out(case, notice.key)
    assert house.desk.told == [notice.key]
    assert len(house.log(case, HumanNotified)) == 1


def test_a_notice_keeps_its_key_whatever_is_said_meanwhile(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.say(case, "I want to talk to a human", "1")
    house.conversation.say(case, "hello?", "2")
    (notice,) = house.now()
    assert house.runner.carry_out(case, notice.key)
    assert house.desk.told == [notice.key]


def test_silence_is_handed_over_for_later(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.say(case, "hello", "1")
    timer = [work for work in house.store.works if work.at is not None][-1]
    assert timer.at is not None and timer.at > house.clock.now()
    assert timer.key.endswith(":nudge")


def test_what_is_owed_for_long_is_handed_over_again(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.say(case, "BAA for the API", "1")
    assert house.runner.recover() == 0
    assert house.effects.handed_again == []
    house.clock.advance(timedelta(minutes=3))
    assert house.runner.recover() == 0
    assert house.effects.handed_again == house.now()
    assert house.functions.calls == []
