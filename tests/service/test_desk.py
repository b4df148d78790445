"""What humans do with a case: approved lines, notes, facts with feedback, closing. And two who want the same one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bythebook.adapters.event_codec import encode
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.shelf import Shelf
from bythebook.bootstrap import read_document
from bythebook.engine.decide import Refused
from bythebook.engine.event import HumanNoted, HumanPassed, HumanTook
from bythebook.engine.state import Status
from bythebook.service.case_page import case_page
from bythebook.service.conversation import Conversation
from bythebook.service.desk import Desk
from bythebook.service.ports import Functions, Handoff
from bythebook.service.proof import decided_again, reasons
from bythebook.service.runner import Runner
from bythebook.service.timers import Timers
from bythebook.testing.fakes import CountingIdentities, ManualClock, ScriptedReader

S = ["2a", "2b", "2c", "2d", "2e", "2e.i", "2f"]
MEANINGS = {
    "hi": ["act:greeting"],
    "API": ["step:2"],
    "no": ["act:deny"],
    "human": ["act:human"],
    "you refused us": ["step:4"],
}


@dataclass
class Nobody:
    def handed_off(self, handoff: Handoff) -> bool:
        return False


@dataclass
class House:
    runner: Runner
    conversation: Conversation
    desk: Desk
    timers: Timers
    clock: ManualClock

    def case(self, *messages: str) -> str:
        case = self.conversation.open().case_id
        for number, message in enumerate(messages):
            self.conversation.say(case, message, f"m{number}")
        return case

    def said(self, case_id: str) -> list[str]:
        """Who said which line, or which own words."""
        spoken = self.conversation.view(case_id).transcript
        return [u.said.line or u.said.text for u in spoken if u.speaker != "customer"]


@pytest.fixture
def house() -> Iterator[House]:
    store, reader, clock = MemoryStore(), ScriptedReader(MEANINGS), ManualClock()

    def bind(functions: Functions) -> Functions:
        return functions

    shelf = Shelf(store, lambda _: reader, bind)
    shelf.put(read_document(""))
    runner = Runner(store, shelf, Nobody(), clock, CountingIdentities())
    yield House(runner, Conversation(runner), Desk(runner), Timers(runner), clock)
    store.close()


def whole(house: House, case: str) -> None:
    """The log, decided again, is the log."""
    log = house.runner.store.load(case)
    assert decided_again(lambda digest: house.runner.releases.get(digest).release, log, encode) is None


def test_an_approved_line_keeps_its_source_and_is_not_said_once_more(house: House) -> None:
    case = house.case("human")
    house.desk.take(case, "Ann")
    house.desk.say_line(case, "Ann", "2a")
    house.desk.say_line(case, "Ann", "article:2")
    spoken = house.conversation.view(case).transcript[-2:]
    assert [(u.speaker, u.said.line, u.said.source) for u in spoken] == [
        ("human", "2a", "quoted"),
        ("human", "article:2", "article"),
    ]
    assert spoken[0].said.text.startswith("To obtain a BAA for our API, please email")
    assert house.runner.state(case).spoken["2a"].text == spoken[0].said.text
    whole(house, case)


def test_a_question_that_a_human_quotes_waits_for_its_answer(house: House) -> None:
    case = house.case("human")
    house.desk.take(case, "Ann")
    house.desk.say_line(case, "Ann", "1a")
    house.conversation.say(case, "API", "later")
    house.desk.give_back(case, "Ann")
    assert house.said(case) == ["house:handoff_nobody", "1a", *S, "5.1"]
    whole(house, case)


def test_what_is_no_approved_line_cannot_be_quoted(house: House) -> None:
    case = house.case("human")
    house.desk.take(case, "Ann")
    for line, why in (("9z", "no line"), ("2e.i", "says nothing by itself"), ("article:99", "no answer 99")):
        with pytest.raises(Refused, match=why):
            house.desk.say_line(case, "Ann", line)
    with pytest.raises(Refused, match="Ann has the case"):
        house.desk.say_line(case, "Bob", "2a")


def test_a_note_is_never_sent_and_changes_nothing(house: House) -> None:
    case = house.case("hi")
    before = house.runner.state(case)
    house.desk.note(case, "Ann", "Their card is 4111 1111 1111 1111")
    assert house.said(case) == ["1a"]
    assert house.runner.state(case).at == before.at, "silence is counted as before"
    noted = house.runner.store.load(case)[-1]
    assert isinstance(noted, HumanNoted) and "4111" not in noted.text
    house.conversation.say(case, "API", "later")
    assert house.said(case) == ["1a", *S, "5.1"]
    with pytest.raises(Refused, match="nothing to note"):
        house.desk.note(case, "Ann", "  ")


def test_a_settled_fact_says_the_documents_lines_and_then_the_humans_words(house: House) -> None:
    case = house.case("API")
    house.desk.settle(case, "Ann", "not_approved", True, "Your use case names no safeguards. Please add them.")
    told = house.said(case)[len(["1", *S, "5.1"]) :]
    assert told == ["4.1", "4.2", "Your use case names no safeguards. Please add them.", "5.1"]
    assert house.conversation.view(case).transcript[-2].speaker == "human"
    why = [
        reason for reason in reasons(lambda d: house.runner.releases.get(d).release, house.runner.store.load(case))
    ]
    assert any("feedback of Ann" in "".join(reason.why) for reason in why)
    whole(house, case)


def test_who_left_finds_it_when_they_next_open_the_case(house: House) -> None:
    case = house.case("API")
    house.clock.advance(timedelta(days=4))
    house.timers.fire_due()
    house.clock.advance(timedelta(days=4))
    house.timers.fire_due()
    assert house.runner.state(case).status is Status.ABANDONED
    house.desk.settle(case, "Ann", "not_approved", True, "Not this time.")
    view = house.conversation.view(case)
    assert view.status is Status.OPEN
    assert house.said(case)[-4:] == ["4.1", "4.2", "Not this time.", "5.1"]
    house.conversation.say(case, "no", "bye")
    assert house.runner.state(case).status is Status.RESOLVED
    whole(house, case)


def test_while_a_human_has_the_case_feedback_waits_for_the_hand_back(house: House) -> None:
    case = house.case("human")
    house.desk.take(case, "Ann")
    house.desk.settle(case, "Ann", "not_approved", True, "Not this time.")
    assert house.said(case) == ["house:handoff_nobody"]
    house.desk.give_back(case, "Ann")
    assert house.said(case)[1:] == ["4.1", "4.2", "Not this time.", "5.1"]
    whole(house, case)


@pytest.mark.parametrize("words", ["qzx wvut", "thanks", "what if you refuse?"])
def test_what_a_human_settled_and_closed_comes_before_the_next_question(house: House, words: str) -> None:
    case = house.case("human")
    house.desk.take(case, "Ann")
    house.desk.settle(case, "Ann", "not_approved", True, "Not this time.")
    house.desk.close(case, "Ann", "no answer")
    before = len(house.said(case))
    house.conversation.say(case, words, "later")
    told = house.said(case)[before:]
    assert [label for label in told if label in ("4.1", "4.2", "Not this time.", "5.1")] == [
        "4.1",
        "4.2",
        "Not this time.",
        "5.1",
    ]
    whole(house, case)


def test_what_was_said_on_the_customers_word_is_not_repeated_for_the_feedback(house: House) -> None:
    case = house.case("you refused us")
    before = len(house.said(case))
    house.desk.settle(case, "Ann", "not_approved", True, "It was about storage.")
    assert house.said(case)[before:] == ["It was about storage.", "5.1"]
    whole(house, case)


def test_a_closed_case_opens_again_when_the_customer_writes(house: House) -> None:
    case = house.case("human")
    house.desk.take(case, "Ann")
    house.conversation.say(case, "hello?", "unread")
    house.desk.close(case, "Ann", "spam")
    view = house.conversation.view(case)
    assert (view.status, view.human) == (Status.ABANDONED, False)
    house.conversation.say(case, "API", "again")
    assert house.said(case)[1:] == ["1", *S, "5.1"]
    whole(house, case)


def test_two_humans_cannot_take_one_case(house: House) -> None:
    case = house.case("human")
    house.desk.take(case, "Ann")
    with pytest.raises(Refused, match="Ann has the case"):
        house.desk.take(case, "Bob")
    assert [e.human for e in house.runner.store.load(case) if isinstance(e, HumanTook)] == ["Ann"]


def test_a_case_is_passed_to_a_colleague_with_a_note_that_the_customer_never_sees(house: House) -> None:
    case = house.case("human")
    with pytest.raises(Refused, match="take the case first"):
        house.desk.pass_on(case, "Ann", "Bob")
    house.desk.take(case, "Ann")
    house.desk.pass_on(case, "Ann", "Bob", "Their card is 4111 1111 1111 1111; please ask legal.")
    assert house.runner.store.summary(case).human == "Bob"
    passed = next(e for e in house.runner.store.load(case) if isinstance(e, HumanPassed))
    assert passed.note.endswith("please ask legal.") and "4111" not in passed.note
    with pytest.raises(Refused, match="Bob has the case"):
        house.desk.say(case, "Ann", "One more thing")
    with pytest.raises(Refused, match="Bob has the case"):
        house.desk.pass_on(case, "Ann", "Cleo")
    house.desk.say(case, "Bob", "I am Bob.")
    assert house.said(case)[-1] == "I am Bob." and not any("legal" in said for said in house.said(case))
    house.desk.give_back(case, "Bob")
    whole(house, case)


def test_of_two_who_take_a_case_over_the_second_is_too_late(house: House) -> None:
    case = house.case("human")
    house.desk.take(case, "Ann")
    house.desk.take_over(case, "Bob", "Ann", "Ann is ill.")
    with pytest.raises(Refused, match="Bob has the case"):
        house.desk.take_over(case, "Cleo", "Ann")
    with pytest.raises(Refused, match="Bob has the case already"):
        house.desk.take_over(case, "Bob", "Bob")
    assert house.runner.store.summary(case).human == "Bob"
    log = house.runner.store.load(case)
    shown = case_page(lambda digest: house.runner.releases.get(digest).release, log, private=True)
    assert [(one.human, one.until is None) for one in shown.held] == [("Ann", False), ("Bob", True)]
    whole(house, case)


def test_a_reply_that_is_sent_twice_is_said_once(house: House) -> None:
    case = house.case("human")
    house.desk.take(case, "Ann")
    for _ in range(2):
        house.desk.say(case, "Ann", "Here I am.", "r-1")
    house.desk.say(case, "Ann", "Here I am.", "r-2")
    assert house.said(case)[1:] == ["Here I am.", "Here I am."]


def test_a_resolved_case_is_followed_by_another_for_the_same_customer(house: House) -> None:
    case = house.case("API", "no")
    assert house.runner.state(case).status is Status.RESOLVED
    with pytest.raises(Refused, match="resolved"):
        house.desk.settle(case, "Ann", "not_approved", True, "Not this time.")
    new = house.desk.follow_up(case, "Ann")
    house.desk.settle(new, "Ann", "not_approved", True, "Not this time.")
    house.desk.give_back(new, "Ann")
    assert house.said(new) == ["4.1", "4.2", "Not this time.", "5.1"]
    assert house.conversation.view(case).continued_in == new
    assert house.runner.store.token_digest(new) == house.runner.store.token_digest(case)
    whole(house, case)
    whole(house, new)
    with pytest.raises(Refused):
        house.desk.follow_up(case, "Bob")
