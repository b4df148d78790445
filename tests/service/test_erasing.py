"""Erased on somebody's word or by schedule: the words are gone everywhere, the chain is whole, nothing goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bythebook.adapters.folder import find_document
from bythebook.adapters.master_keys import new_master_key, read_master_keys
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.notices import LogNotices
from bythebook.adapters.shelf import Shelf
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import read_document
from bythebook.engine.decide import CaseGone, Refused, divergence
from bythebook.engine.erasure import CaseErased
from bythebook.engine.event import CustomerSaid
from bythebook.engine.state import Status
from bythebook.service.conversation import Conversation
from bythebook.service.desk import Desk
from bythebook.service.erasing import Erasing, Retention
from bythebook.service.ports import Append, CaseStore, NotSealed
from bythebook.service.runner import Runner
from bythebook.service.timers import Timers
from bythebook.testing.fakes import CountingIdentities, ManualClock, ScriptedReader

WORDS = "for Zebulon's API"
MEANINGS = {WORDS: ["step:2"], "no": ["act:deny"], "human": ["act:human"]}
DAYS = {Status.RESOLVED: timedelta(days=30), Status.ABANDONED: timedelta(days=7)}


@dataclass
class House:
    runner: Runner
    clock: ManualClock
    erasing: Erasing

    @property
    def conversation(self) -> Conversation:
        return Conversation(self.runner)

    def open_and_say(self, *texts: str) -> str:
        case = self.conversation.open().case_id
        for number, text in enumerate(texts):
            self.conversation.say(case, text, f"m{number}")
        return case


def house_over(store: CaseStore) -> House:
    assert find_document("").is_dir()
    shelf = Shelf(store, lambda _: ScriptedReader(MEANINGS))
    shelf.put(read_document(""))
    clock = ManualClock()
    runner = Runner(store, shelf, LogNotices(False), clock, CountingIdentities())
    return House(runner, clock, Erasing(store, clock, runner.forget))


@pytest.fixture(params=["memory", "sqlite"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    masters = read_master_keys(new_master_key())
    store = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "cases.db", masters=masters)
    yield house_over(store)
    store.close()


# ---------------------------------------------------------------- on somebody's word


@pytest.mark.parametrize("texts", [(WORDS,), (WORDS, "no"), (WORDS, "human"), ()])
def test_an_erased_case_has_no_words_and_a_whole_chain(house: House, texts: tuple[str, ...]) -> None:
    case = house.open_and_say(*texts)
    length = len(house.runner.store.load(case))
    state = house.erasing.erase(case, "Ann", "asked for by letter")
    log = house.runner.store.load(case)
    assert len(log) == length + 1
    assert log[-1] == CaseErased(house.clock.now(), "Ann", "asked for by letter")
    assert "Zebulon" not in repr(log) and "Zebulon" not in repr(house.runner.known(case))
    assert house.runner.store.verify(case) is None
    assert house.runner.state(case) == state
    row = house.runner.store.summary(case)
    assert (row.status, row.owes, row.timer_at, row.step, row.reason) == (Status.ERASED, False, None, "", "")


def test_an_erased_case_cannot_go_on(house: House) -> None:
    case = house.open_and_say(WORDS)
    house.erasing.erase(case, "Ann", "asked for")
    desk = Desk(house.runner)
    for use in (
        lambda: house.conversation.say(case, "hello?", "late"),
        lambda: house.conversation.say(case, WORDS, "m0"),
        lambda: house.conversation.press(case, "step:2", "pressed"),
        lambda: desk.take(case, "Bob"),
        lambda: desk.learn(case, "Bob", "not_approved", True),
        lambda: house.erasing.erase(case, "Bob", "again"),
    ):
        with pytest.raises(CaseGone, match="erased"):
            use()
    house.clock.advance(timedelta(days=30))
    assert Timers(house.runner).fire_due() == 0
    assert house.runner.recover() == 0


def test_what_a_customer_sees_of_an_erased_case_is_that_it_was(house: House) -> None:
    case = house.open_and_say(WORDS)
    house.erasing.erase(case, "Ann", "asked for")
    view = house.conversation.view(case)
    assert (view.status, view.transcript, view.buttons) == (Status.ERASED, (), ())


def test_a_case_is_erased_while_its_turn_is_under_way(house: House) -> None:
    case = house.conversation.open().case_id
    house.conversation.accept(case, WORDS, "m0")
    house.erasing.erase(case, "Ann", "asked for")
    house.runner.settle(case)
    assert isinstance(house.runner.store.load(case)[-1], CaseErased)


@pytest.mark.parametrize(("by", "why"), [("", "a reason"), ("Ann", " "), ("Ann", "x" * 501)])
def test_who_and_why_are_said(house: House, by: str, why: str) -> None:
    case = house.open_and_say(WORDS)
    with pytest.raises(Refused, match="who erases and why"):
        house.erasing.erase(case, by, why)
    assert house.runner.store.load(case)[1] == CustomerSaid(house.clock.now(), "m0", WORDS)


def test_somebody_who_spoke_in_between_is_not_overlooked(house: House) -> None:
    case = house.open_and_say(WORDS)
    store = house.runner.store

    class Overtaken:
        """A store to which somebody else appends just before an erasure."""

        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def erase(self, append: Append) -> None:
            if not house.runner.store.message_version(case, "between"):
                house.conversation.say(case, "no", "between")
            store.erase(append)

    Erasing(Overtaken(), house.clock).erase(case, "Ann", "asked for")  # type: ignore[arg-type]
    log = store.load(case)
    assert [type(event) for event in log].count(CaseErased) == 1
    assert store.message_version(case, "between") and store.verify(case) is None


def test_a_log_is_decided_anew_up_to_its_erasure(house: House) -> None:
    case = house.open_and_say(WORDS, "no")
    log = house.runner.store.load(case)
    release = house.runner.releases.current().release
    erased = (*log, CaseErased(house.clock.now(), "Ann", "asked for"))
    assert divergence(release, erased) is None


# ---------------------------------------------------------------- by schedule


def test_the_disk_is_scrubbed_once_for_all_cases_that_are_due(house: House) -> None:
    cases = [house.open_and_say(WORDS, "no") for _ in range(3)]
    store = house.runner.store
    scrubbed: list[int] = []

    class Counted:
        """A store that notes how many cases were erased when it is scrubbed."""

        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def scrub(self) -> None:
            scrubbed.append(sum(store.summary(case).status is Status.ERASED for case in cases))
            store.scrub()

    retention = Retention(Erasing(Counted(), house.clock), {Status.RESOLVED: timedelta(0)})  # type: ignore[arg-type]
    house.clock.advance(timedelta(days=1))
    assert retention.erase_due() == 3 and scrubbed == [3]
    assert retention.erase_due() == 0 and scrubbed == [3]


def test_cases_are_erased_when_they_were_kept_long_enough(house: House) -> None:
    resolved, left, waiting = house.open_and_say(WORDS, "no"), house.open_and_say(WORDS), house.open_and_say("human")
    retention = Retention(house.erasing, DAYS)
    status = lambda: [house.runner.store.summary(case).status.value for case in (resolved, left, waiting)]  # noqa: E731
    Timers(house.runner).fire_due()
    house.clock.advance(timedelta(minutes=10))
    Timers(house.runner).fire_due()
    house.clock.advance(timedelta(hours=72))
    Timers(house.runner).fire_due()
    assert status() == ["resolved", "abandoned", "handed_off"]
    assert retention.erase_due() == 0
    house.clock.advance(timedelta(days=4))
    assert retention.erase_due() == 1 and status() == ["resolved", "erased", "handed_off"]
    house.clock.advance(timedelta(days=22))
    assert retention.erase_due() == 0
    house.clock.advance(timedelta(days=1))
    assert retention.erase_due() == 1 and status() == ["erased", "erased", "handed_off"]
    house.clock.advance(timedelta(days=10_000))
    assert retention.erase_due() == 0
    log = house.runner.store.load(resolved)
    assert (log[-1].by, log[-1].why) == ("retention", "retention")  # type: ignore[union-attr]
    assert [type(event) for event in log].count(CaseErased) == 1


def test_a_customer_who_comes_back_at_the_last_moment_is_kept(house: House) -> None:
    case = house.open_and_say(WORDS)
    house.clock.advance(timedelta(minutes=10))
    Timers(house.runner).fire_due()
    house.clock.advance(timedelta(days=20))
    Timers(house.runner).fire_due()
    assert house.runner.store.summary(case).status is Status.ABANDONED
    store = house.runner.store

    class ComingBack:
        """A store whose list of what is due is a moment old."""

        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def erasable(self, *_: object) -> list[str]:
            if store.message_version(case, "back") is None:
                house.conversation.say(case, "no", "back")
            return [case]

    late = Retention(Erasing(ComingBack(), house.clock), DAYS)  # type: ignore[arg-type]
    assert late.erase_due() == 0
    assert house.runner.store.summary(case).status is not Status.ERASED


def test_what_was_never_sealed_stays_and_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    plain = house_over(SqliteStore(path))
    case = plain.open_and_say(WORDS, "no")
    with pytest.raises(NotSealed):
        plain.erasing.erase(case, "Ann", "asked for")
    plain.runner.store.close()
    house = house_over(SqliteStore(path, masters=read_master_keys(new_master_key())))
    house.clock.advance(timedelta(days=100))
    retention = Retention(house.erasing, DAYS)
    assert retention.beyond_reach() == 1
    assert retention.erase_due() == 0
    assert house.runner.store.summary(case).status is Status.RESOLVED
    house.runner.store.close()
