"""The shell around the engine: accept, pay what is owed, several at once, what fails, what is masked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from bythebook.adapters.folder import find_document
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.shelf import Shelf
from bythebook.bootstrap import read_document
from bythebook.engine.choice import Choice
from bythebook.engine.decide import POLICY_VERSION, Refused, departure, policy_of
from bythebook.engine.event import AssistantSaid, CaseOpened, CustomerSaid, FunctionCalled, HumanSaid, TurnPlanned
from bythebook.engine.menu import Menu
from bythebook.engine.state import Status
from bythebook.reading.port import Reading
from bythebook.routine.value import Values
from bythebook.service.conversation import Conversation, MessageIdReused
from bythebook.service.desk import Desk
from bythebook.service.ports import Functions, Handoff, UnknownCase
from bythebook.service.runner import Runner
from bythebook.testing.fakes import CountingIdentities, ManualClock, ScriptedReader

S = ["2a", "2b", "2c", "2d", "2e", "2e.i", "2f"]
E = ["3a", "3a.i"]
LIST = "provide_list_of_zero_retention_endpoints"
MEANINGS = {
    "hi": ["act:greeting"],
    "API": ["step:2"],
    "Enterprise": ["step:3"],
    "no": ["act:deny"],
    "API\nEnterprise": ["step:2", "step:3"],
    "human": ["act:human"],
    "lie": ["step:6", "step:1", "line:6", "approve"],
}


@dataclass
class Between:
    """Functions that let a test do something while a call is under way."""

    behind: Functions
    during: list[object] = field(default_factory=list)

    def call(self, function: str, arguments: Values, key: str) -> Values:
        if self.during:
            self.during.pop(0)()  # type: ignore[operator]
        return self.behind.call(function, arguments, key)


@dataclass
class OnDuty:
    on_duty: bool = True
    told: list[tuple[str, str]] = field(default_factory=list)

    def handed_off(self, handoff: Handoff) -> bool:
        self.told.append((handoff.case_id, handoff.reason))
        return self.on_duty


@dataclass
class House:
    runner: Runner
    conversation: Conversation
    desk: Desk
    reader: ScriptedReader
    between: list[Between]
    notices: OnDuty

    def said(self, case_id: str) -> list[str]:
        spoken = self.conversation.view(case_id).transcript
        return [u.said.line for u in spoken if u.speaker == "assistant"]


@pytest.fixture
def house() -> Iterator[House]:
    assert find_document("").is_dir()
    store, reader, between = MemoryStore(), ScriptedReader(MEANINGS), list[Between]()

    def bind(functions: Functions) -> Functions:
        between.append(Between(functions))
        return between[-1]

    shelf = Shelf(store, lambda _: reader, bind)
    shelf.put(read_document(""))
    notices = OnDuty()
    runner = Runner(store, shelf, notices, ManualClock(), CountingIdentities())
    yield House(runner, Conversation(runner), Desk(runner), reader, between, notices)
    store.close()


def test_two_messages_before_the_first_is_read_are_answered_in_order(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.accept(case, "API", "1")
    house.conversation.accept(case, "Enterprise", "2")
    house.runner.settle(case)
    assert house.said(case) == ["1", *S, "5.1", *E, "5.1"]


def test_a_miss_with_another_message_behind_it_says_nothing(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.say(case, "hi", "0")
    house.conversation.accept(case, "for the", "1")
    house.conversation.accept(case, "API", "2")
    house.runner.settle(case)
    assert house.said(case) == ["1a", *S, "5.1"]
    assert house.runner.state(case).misses == 0


def test_a_message_during_a_call_waits_for_the_end_of_the_turn(house: House) -> None:
    case = house.conversation.open().case_id
    house.between[0].during = [lambda: house.conversation.accept(case, "Enterprise", "2")]
    house.conversation.say(case, "API", "1")
    assert house.said(case) == ["1", *S, "5.1", *E, "5.1"]


def test_a_human_takes_the_case_while_a_call_is_under_way(house: House) -> None:
    """Conversation 24: the result is recorded silently; on return it is told, and the routine goes on."""
    case = house.conversation.open().case_id
    house.between[0].during = [lambda: house.desk.take(case, "Ann")]
    turn = house.conversation.say(case, "API", "1")
    assert [said.line for said in turn.said] == ["1", "2a", "2b", "2c", "2d", "2e"]
    assert turn.status is Status.HANDED_OFF
    house.desk.give_back(case, "Ann")
    assert house.said(case) == ["1", *S, "5.1"]
    log = house.runner.store.load(case)
    assert sum(isinstance(event, FunctionCalled) for event in log) == 1


def test_messages_after_the_humans_last_words_are_read_as_one(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.say(case, "human", "1")
    assert house.notices.told == [(case, "the customer asked for a person")]
    assert house.said(case) == ["house:handoff"]
    house.desk.take(case, "Ann")
    house.conversation.say(case, "never mind", "2")
    house.desk.say(case, "Ann", "I am here")
    house.conversation.say(case, "API", "3")
    house.conversation.say(case, "Enterprise", "4")
    house.desk.give_back(case, "Ann")
    assert [text for text, _ in house.reader.asked] == ["human", "API\nEnterprise"]
    assert house.said(case) == ["house:handoff", "1", *S, *E, "5.1"]


def test_nobody_is_announced_who_is_not_there(house: House) -> None:
    house.notices.on_duty = False
    case = house.conversation.open().case_id
    turn = house.conversation.say(case, "human", "1")
    assert [said.line for said in turn.said] == ["house:handoff_nobody"]
    assert "baa@openai.com" in turn.said[0].text


def test_two_humans_cannot_take_one_case(house: House) -> None:
    case = house.conversation.open().case_id
    house.desk.take(case, "Ann")
    with pytest.raises(Refused, match="Ann has the case"):
        house.desk.take(case, "Bob")
    with pytest.raises(Refused, match="Ann has the case"):
        house.desk.say(case, "Bob", "hello")


def test_a_reader_that_lies_is_a_reader_that_says_nothing(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.say(case, "hi", "0")
    turn = house.conversation.say(case, "lie", "1")
    assert [said.line for said in turn.said] == ["house:not_understood", "1a"]
    assert turn.calls == ()


def test_a_reader_that_breaks_loses_no_message(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str, menu: Menu) -> Reading:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(house.reader, "read", broken)
    case = house.conversation.open().case_id
    turn = house.conversation.say(case, "API", "1")
    assert [said.line for said in turn.said] == ["house:not_understood", "1a"]
    assert turn.reading is not None and turn.reading.reader == "scripted failed: RuntimeError"


def test_a_function_that_returns_too_little_has_failed(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house.between[0].behind, "call", lambda *_: {"as_of": "today"})
    case = house.conversation.open().case_id
    turn = house.conversation.say(case, "API", "1")
    assert [said.line for said in turn.said][-2:] == ["house:function_failed", "house:handoff"]
    assert house.runner.store.summary(case).reason == (
        f"{LIST} failed: the result has no field `endpoints`, which its phrase tells"
    )


def test_the_same_message_id_with_another_text_is_refused(house: House) -> None:
    case = house.conversation.open().case_id
    first = house.conversation.say(case, "API", "1")
    again = house.conversation.say(case, "API", "1")
    assert (again.duplicate, again.said) == (True, first.said)
    with pytest.raises(MessageIdReused):
        house.conversation.say(case, "Enterprise", "1")


def test_private_data_is_masked_from_the_first_stored_message_on(house: House) -> None:
    case = house.conversation.open().case_id
    turn = house.conversation.say(case, "my card is 4111 1111 1111 1111, write to me@example.com", "1")
    assert [said.line for said in turn.said] == ["house:private_notice", "1a"]
    house.desk.take(case, "Ann")
    house.desk.say(case, "Ann", "is your MRN: 5520913 still right?")
    texts = [e.text for e in house.runner.store.load(case) if isinstance(e, CustomerSaid | HumanSaid)]
    assert "4111" not in texts[0] and "me@example.com" in texts[0]
    assert "5520913" not in texts[1]
    assert all("4111" not in text for text, _ in house.reader.asked)


def test_what_is_too_long_or_unknown_is_refused_and_nothing_happens(house: House) -> None:
    case = house.conversation.open().case_id
    with pytest.raises(Refused, match="8,000 characters"):
        house.conversation.say(case, "x" * 8_001, "1")
    with pytest.raises(Refused, match="no button here means"):
        house.conversation.press(case, "step:6", "2")
    with pytest.raises(UnknownCase):
        house.conversation.say("nobody", "hi", "3")
    assert len(house.runner.store.load(case)) == 1


def test_many_threads_one_case_every_message_once(house: House) -> None:
    case = house.conversation.open().case_id
    errors: list[BaseException] = []

    def customer(number: int) -> None:
        try:
            for at in range(5):
                house.conversation.say(case, "API", f"{number}-{at}")
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=customer, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    log = house.runner.store.load(case)
    assert sum(isinstance(event, CustomerSaid) for event in log) == 30
    assert sum(event.messages for event in log if isinstance(event, TurnPlanned)) == 30
    assert sum(isinstance(event, FunctionCalled) for event in log) == 1


def test_a_need_after_resolution_opens_a_linked_case_once(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.say(case, "API", "1")
    assert house.conversation.say(case, "no", "2").status is Status.RESOLVED
    turn = house.conversation.say(case, "Enterprise", "3")
    assert turn.case_id != case and [said.line for said in turn.said] == ["1", *E, "5.1"]
    again = house.conversation.say(case, "Enterprise", "3")
    assert (again.case_id, again.duplicate, again.said) == (turn.case_id, True, turn.said)
    assert house.conversation.view(case).continued_in == turn.case_id
    assert house.conversation.view(turn.case_id).previous == case


def test_a_scripted_choice_may_carry_a_correction(house: House) -> None:
    house.reader.script["no, Enterprise"] = [Choice("step:3", 0.9, correction=True)]
    case = house.conversation.open().case_id
    house.conversation.say(case, "API", "1")
    turn = house.conversation.say(case, "no, Enterprise", "2")
    assert [said.line for said in turn.said] == ["house:correction", *E, "5.1"]


def test_a_stale_button_keeps_its_words(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.press(case, "step:2", "1")
    house.conversation.press(case, "step:2", "2")
    house.conversation.press(case, "act:human", "3")
    spoken = [u.said.text for u in house.conversation.view(case).transcript if u.speaker == "customer"]
    assert spoken == ["API", "API", "Talk to a person"]


def test_one_case_that_cannot_go_on_holds_up_no_other(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = house.conversation.open().case_id, house.conversation.open().case_id
    for case in (bad, good):
        house.conversation.accept(case, "API", "1")
    settle = house.runner.settle

    def failing(case_id: str) -> None:
        assert case_id != bad, "an assertion of ours"
        settle(case_id)

    monkeypatch.setattr(house.runner, "settle", failing)
    assert house.runner.recover() == 1
    assert house.said(good) == ["1", *S, "5.1"] and house.said(bad) == []


def test_recovery_looks_at_the_log_and_not_at_what_was_known(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.say(case, "hi", "1")
    other = Runner(house.runner.store, house.runner.releases, house.notices, ManualClock(), CountingIdentities())
    Conversation(other).accept(case, "API", "2")  # and then that process died
    assert house.runner.recover() == 1
    assert house.said(case) == ["1a", *S, "5.1"]


def test_a_case_notes_the_policy_it_was_opened_under(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.accept(case, "API", "1")
    house.runner.settle(case)
    log = house.runner.store.load(case)
    release = house.runner.releases.get(house.runner.state(case).release).release
    assert policy_of(log) == POLICY_VERSION
    assert departure(release, log) is None


def test_a_log_that_is_decided_otherwise_today_says_under_which_policies(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.accept(case, "API", "1")
    house.runner.settle(case)
    opened, *rest = house.runner.store.load(case)
    assert isinstance(opened, CaseOpened)
    release = house.runner.releases.get(opened.release).release
    at = next(place for place, event in enumerate(rest, start=2) if isinstance(event, AssistantSaid))
    rest[at - 2] = replace(rest[at - 2], text="Good day!")  # type: ignore[call-arg]
    for policy, words in (
        (0, f"the case was opened before policies were noted, and this is policy {POLICY_VERSION}"),
        (POLICY_VERSION + 1, f"opened under policy {POLICY_VERSION + 1}, and this is policy {POLICY_VERSION}"),
        (POLICY_VERSION, f"though both go by policy {POLICY_VERSION}"),
    ):
        told = departure(release, (replace(opened, policy=policy), *rest))
        assert told is not None
        assert told.startswith(f"today's engine departs from the log at event {at} (AssistantSaid)")
        assert told.endswith(words)
