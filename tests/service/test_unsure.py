"""What was not understood is read off each case once, and again only where something has happened since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tests.service.test_desk import Nobody

from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.shelf import Shelf
from bythebook.bootstrap import read_document
from bythebook.engine.event import Event
from bythebook.service.conversation import Conversation
from bythebook.service.erasing import Erasing
from bythebook.service.runner import Runner
from bythebook.service.unsure import NotUnderstood, unsure_messages
from bythebook.testing.fakes import CountingIdentities, ManualClock, ScriptedReader

LATEST = 3


class ReadStore(MemoryStore):
    """Knows whose logs were read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    def load(self, case_id: str, /) -> Sequence[Event]:
        self.read.append(case_id)
        return super().load(case_id)


class Office:
    def __init__(self) -> None:
        self.store, self.clock = ReadStore(), ManualClock()
        self.reader = ScriptedReader({"hi": ["act:greeting"], "API": ["step:2"]})
        shelf = Shelf(self.store, lambda _: self.reader, lambda functions: functions)
        shelf.put(read_document(""))
        self.runner = Runner(self.store, shelf, Nobody(), self.clock, CountingIdentities())
        self.chat = Conversation(self.runner)
        self.release = shelf.current().release
        self.remembered = NotUnderstood()

    def case(self, *messages: str) -> str:
        case = self.chat.open().case_id
        for number, message in enumerate(messages):
            self.say(case, message, f"m{number}")
        return case

    def say(self, case: str, text: str, key: str) -> None:
        self.clock.advance(timedelta(seconds=1))
        self.chat.say(case, text, key)

    def look(self) -> tuple[list[tuple[str, int, str]], list[str], list[str]]:
        """Return what is found, whose logs were read for it, and what the reader was asked."""
        self.store.read.clear()
        self.reader.asked.clear()
        found = self.remembered.look(self.store, self.release, self.reader, LATEST)
        read = list(self.store.read)
        assert found == unsure_messages(self.store, self.release, self.reader, LATEST)
        asked = [text for text, _ in self.reader.asked[: len(self.reader.asked) - len(found)]]
        return [(one.text, one.times, one.then) for one in found], read, asked


def test_a_second_look_reads_only_the_cases_that_moved_on() -> None:
    office = Office()
    first, second = office.case("hi", "zebra", "API"), office.case("hi", "gnu")
    assert office.look() == ([("zebra", 1, "step:2"), ("gnu", 1, "")], [second, first], ["zebra", "gnu"])
    assert office.look() == ([("zebra", 1, "step:2"), ("gnu", 1, "")], [], [])
    office.say(second, "Zebra", "again")
    assert office.look() == ([("zebra", 2, "step:2"), ("gnu", 1, "")], [second], [])


def test_what_the_reader_understands_by_now_is_left_out() -> None:
    office = Office()
    office.case("hi", "zebra")
    assert len(office.look()[0]) == 1
    office.reader = ScriptedReader({"zebra": ["step:2"]})
    assert office.look()[0] == []


def test_nothing_is_kept_of_cases_that_are_erased_or_no_longer_among_the_latest() -> None:
    office = Office()
    gone = office.case("hi", "my secret")
    assert "my secret" in repr(office.remembered.look(office.store, office.release, office.reader, LATEST))
    Erasing(office.store, office.clock, office.runner.forget).erase(gone, "Ann", "asked for")
    assert office.look()[0] == []
    assert "my secret" not in repr(office.remembered)
    office.case("hi", "my horse")
    office.look()
    for _ in range(LATEST):
        office.case("hi")
    assert office.look()[0] == []
    assert "my horse" not in repr(office.remembered)
