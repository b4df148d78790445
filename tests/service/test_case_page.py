"""A case as the desk reads it off its log: messages with their lines, the document, what a role may see."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tests.service.test_together import service

from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.shelf import Shelf
from bythebook.adapters.shelf import house as phrases_of_house
from bythebook.bootstrap import read_document
from bythebook.compiler.release import build_release
from bythebook.service.case_page import CasePage, case_page
from bythebook.service.conversation import Conversation
from bythebook.service.desk import Desk
from bythebook.service.desk_choices import facts_to_settle, value_given
from bythebook.service.ports import Handoff
from bythebook.service.runner import Runner
from bythebook.testing.fakes import CountingIdentities, ManualClock, ScriptedReader

MEANINGS = {"hi": ["act:greeting"], "API": ["step:2"], "human": ["act:human"], "no": ["act:deny"]}
SECRET = "our patients are called Zebulon"


@dataclass
class Nobody:
    def handed_off(self, handoff: Handoff) -> bool:
        return False


@dataclass
class House:
    runner: Runner
    conversation: Conversation
    desk: Desk

    def case(self, *messages: str) -> str:
        case = self.conversation.open().case_id
        for number, message in enumerate(messages):
            self.conversation.say(case, message, f"m{number}")
        return case

    def page(self, case: str, *, private: bool = True) -> CasePage:
        events = self.runner.store.load(case)
        return case_page(lambda digest: self.runner.releases.get(digest).release, events, private=private)


@pytest.fixture
def house() -> House:
    store = MemoryStore()
    shelf = Shelf(store, lambda _: ScriptedReader(MEANINGS), lambda functions: functions)
    shelf.put(read_document(""))
    runner = Runner(store, shelf, Nobody(), ManualClock(), CountingIdentities())
    return House(runner, Conversation(runner), Desk(runner))


def test_each_message_stands_with_the_words_of_its_line(house: House) -> None:
    page = house.page(house.case("hi", "API"))
    said = [entry for entry in page.entries if entry.kind == "assistant"]
    assert [entry.rests_on for entry in said] == ["1a", "2a", "2b", "2c", "2d", "2e", "2e.i", "2f", "5.1"]
    for entry in said:
        assert entry.place is not None
        assert entry.source == "function" or entry.text in entry.place.words
    document = page.documents[0]
    for entry in said:
        assert entry.place is not None
        shown = "\n".join(line.text for line in document.lines[entry.place.first - 1 : entry.place.last])
        assert entry.place.words.strip() in shown


def test_the_document_is_as_it_was_written_and_what_ran_is_numbered(house: House) -> None:
    case = house.case("hi", "API")
    document = house.page(case).documents[0]
    release = house.runner.releases.get(document.release).release
    assert "\n".join(line.text for line in document.lines) == release.document.text
    ran = [(number, line.labels) for line in document.lines for number in line.ran]
    assert [number for number, _ in sorted(ran)] == list(range(1, len(ran) + 1))
    assert min(ran)[1] == ("1a",)
    assert [line.labels for line in document.lines if line.pending] == [("5.1",)]
    assert [line.labels for line in document.lines if line.entered] == [("2",)]


def test_who_had_the_case_notes_calls_and_facts_stand_in_their_order(house: House) -> None:
    case = house.case("API", "human")
    house.desk.take(case, "Ann")
    house.desk.note(case, "Ann", "Seems honest.")
    house.desk.settle(case, "Ann", "not_approved", True, "Not yet.")
    house.desk.give_back(case, "Ann")
    page = house.page(case)
    kinds = [entry.kind for entry in page.entries if not entry.said]
    assert kinds == ["call", "result", "handoff", "told", "taken", "note", "fact", "returned"]
    assert [(held.human, held.until is not None) for held in page.held] == [("Ann", True)]
    feedback = next(entry for entry in page.entries if entry.text == "Not yet.")
    assert (feedback.kind, feedback.who, feedback.source) == ("human", "Ann", "human")
    assert ("the customer is not approved", "yes") in page.facts, "in the document's words"


def test_a_role_that_sees_no_private_words_sees_none(house: House) -> None:
    case = house.case(SECRET, "API", "human")
    house.desk.take(case, "Ann")
    house.desk.say(case, "Ann", f"I read that {SECRET}")
    house.desk.note(case, "Ann", SECRET)
    house.desk.settle(case, "Ann", "not_approved", True, SECRET)
    house.desk.close(case, "Ann", SECRET)
    assert "Zebulon" in repr(house.page(case))
    page = house.page(case, private=False)
    assert "Zebulon" not in repr(page)
    assert "/v1/chat" not in repr(page.entries), "what a system returned is private too"
    quoted = next(entry for entry in page.entries if entry.rests_on == "2a")
    assert quoted.text.startswith("To obtain a BAA for our API"), "the document's own words are no secret"
    standing = next(entry for entry in page.entries if entry.rests_on.startswith("house:handoff"))
    assert standing.text.startswith("I'm passing this on to a person"), "nor are those of every document"


def test_messages_that_wait_for_the_human_are_marked(house: House) -> None:
    case = house.case("human")
    house.desk.take(case, "Ann")
    house.conversation.say(case, "hello?", "late")
    assert [entry.text for entry in house.page(case).entries if entry.unread] == ["hello?"]
    house.desk.say(case, "Ann", "Yes, I am here.")
    assert not [entry for entry in house.page(case).entries if entry.unread]


def test_a_resolved_case_offers_nothing_to_do(house: House) -> None:
    page = house.page(house.case("API", "no"))
    assert page.status.value == "resolved"
    assert (page.can_settle, page.can_quote, page.can_return) == ((), (), ())
    assert page.waits_at is None


def test_what_can_be_done_is_what_the_engine_takes(house: House) -> None:
    case = house.case("human")
    house.desk.take(case, "Ann")
    page = house.page(case)
    assert {"1a", "2a", "4.1", "article:3"} <= {one.line for one in page.can_quote}
    for one in page.can_quote:
        house.desk.say_line(case, "Ann", one.line)
    assert "6" not in {target.label for target in page.can_return}
    assert [known.name for known in page.can_settle if known.name.startswith("not_")] == ["not_approved"]


@pytest.mark.parametrize(
    ("given", "value"),
    [("yes", True), (" No ", False), ("12", 12), ("-1.5", -1.5), ("007", "007"), ("1e9", "1e9"), ("API", "API")],
)
def test_what_somebody_types_is_taken_as_they_mean_it(given: str, value: object) -> None:
    found = value_given(given)
    assert found == value and type(found) is type(value)


def test_labels_belong_to_the_document_the_case_was_in_then() -> None:
    """The same label stands in several documents: each message is shown beside its own."""
    talk = service(MemoryStore())
    case = talk.open("court-booking").case_id
    for number, message in enumerate(("hi", "my books", "yes")):
        talk.say(case, message, f"m{number}")
    runner = talk.runner
    page = case_page(lambda d: runner.releases.get(d).release, runner.store.load(case), private=True)
    assert [document.routine for document in page.documents] == ["court-booking", "library-books"]
    assert [document.current for document in page.documents] == [False, True]
    by_document = {document.release: document for document in page.documents}
    said = [entry for entry in page.entries if entry.kind == "assistant" and entry.place is not None]
    assert {entry.place.release for entry in said if entry.place} == set(by_document)
    for entry in said:
        assert entry.place is not None
        lines = by_document[entry.place.release].lines[entry.place.first - 1 : entry.place.last]
        assert entry.version in {version for line in lines for version in line.said}
        if entry.source == "quoted":
            assert entry.text in "\n".join(line.text for line in lines)
    assert [entry.kind for entry in page.entries if entry.kind == "moved"] == ["moved"]


def test_what_a_human_settles_is_told_in_the_documents_words_and_nothing_without_any() -> None:
    steps = (
        '1. Ask the customer: "Would you like a seat?"\n2. If they agree, say: "Done."\n'
        '3. If the hall is closed, say: "We are sorry."\n4. If so, say: "Come again."\n'
        '5. Ask the customer: "Is there anything else?"\n6. If not, call the `case_resolution` function.\n'
    )
    document = f"# Seats\n\n## Routine\n\n{steps}\n## Functions\n\n- `case_resolution`: closes the case.\n"
    release, compiled, _ = build_release("seats", {"document.md": document.encode()}, phrases_of_house())
    assert release is not None, compiled.diagnostics
    assert facts_to_settle(release.routine) == (("hall_closed", "the hall is closed"),)
