"""Several documents behind one service: turns and transcripts across moves, crashes at every append, duplicates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import ROOT, TOGETHER

from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.notices import LogNotices
from bythebook.adapters.shelf import CannotRun, Folder, Shelf
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import read_document
from bythebook.engine.choice import Choice
from bythebook.engine.decide import divergence
from bythebook.engine.event import CaseMoved, CustomerSaid, FunctionCalled, TurnPlanned
from bythebook.reading.port import Reading
from bythebook.service.conversation import Conversation
from bythebook.service.ports import Append, CaseStore, UnknownRelease
from bythebook.service.runner import Runner
from bythebook.testing.fakes import CountingIdentities, ManualClock, Meaning, ScriptedReader


def about(document: str) -> Choice:
    """As sure as a message that does not name the document."""
    return Choice(f"document:{document}", 0.9)


SCRIPT: dict[str, Meaning] = {
    "hi": ["act:greeting"],
    "a court": [about("court-booking")],
    "my books": [about("library-books"), "step:2"],
    "my books\nyes": ["step:2"],
    "my fee": [about("fee-refund")],
    "ann@example.com": ["slot:email_address"],
    "yes": ["act:affirm"],
    "no": ["act:deny"],
}


class WithEmail(ScriptedReader):
    """A scripted reader that takes an address where one is written."""

    def read(self, text: str, menu: object) -> Reading:
        reading = super().read(text, menu)  # type: ignore[arg-type]
        slots = {"email_address": "ann@example.com"} if "@" in text else {}
        return Reading(reading.choices, reading.unsure, slots, reading.reader)


def folders() -> list[Folder]:
    paths = [*(ROOT / "tests/fixtures/together" / name for name in TOGETHER), ROOT / "tests/fixtures/membership"]
    return [read_document(str(path)) for path in paths]


def service(store: CaseStore, *, identities: CountingIdentities | None = None) -> Conversation:
    shelf = Shelf(store, lambda _: WithEmail(SCRIPT))
    shelf.put_together(folders())
    runner = Runner(store, shelf, LogNotices(False), ManualClock(), identities or CountingIdentities())
    return Conversation(runner)


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CaseStore]:
    store: CaseStore = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "cases.db")
    yield store
    store.close()


def test_a_case_opens_on_the_reception_or_on_the_document_that_is_named(store: CaseStore) -> None:
    talk = service(store)
    opened = talk.view(talk.open().case_id)
    assert opened.routine == "reception"
    assert [button.label for button in opened.buttons] == [
        "Library books", "Court booking", "Lost property", "Getting a fee back", "Ending a membership",
    ]  # fmt: skip
    assert talk.view(talk.open("court-booking").case_id).routine == "court-booking"
    with pytest.raises(UnknownRelease, match="only comes before other documents"):
        talk.open("identity-check")
    with pytest.raises(UnknownRelease, match="known are court-booking, fee-refund"):
        talk.open("nowhere")


def test_one_turn_shows_what_the_move_led_to_and_each_line_its_document(store: CaseStore) -> None:
    talk = service(store)
    case = talk.open().case_id
    turn = talk.say(case, "a court", "1")
    assert [(said.line, said.routine) for said in turn.said] == [("1a", "court-booking")]
    assert [(move.routine, move.why) for move in turn.moves] == [("court-booking", ("document:court-booking 0.90",))]
    assert turn.routine == "court-booking"
    talk.say(case, "my books", "2")
    turn = talk.say(case, "yes", "3")
    assert [(said.line, said.routine) for said in turn.said] == [
        ("house:moved", "library-books"), ("2a", "library-books"), ("4", "library-books"),
    ]  # fmt: skip
    assert [(call.function, call.routine) for call in turn.calls] == [("extend_loans", "library-books")]
    assert {u.said.routine for u in talk.view(case).transcript if u.speaker == "assistant"} == {
        "court-booking", "library-books",
    }  # fmt: skip


def test_a_turn_goes_on_by_itself_into_the_document_that_waited(store: CaseStore) -> None:
    talk = service(store)
    case = talk.open().case_id
    assert [said.line for said in talk.say(case, "my fee", "1").said] == ["1"]
    turn = talk.say(case, "ann@example.com", "2")
    assert [(said.line, said.routine) for said in turn.said] == [
        ("4a", "identity-check"), ("1", "fee-refund"), ("2", "fee-refund"),
    ]  # fmt: skip
    assert [said.line for said in talk.say(case, "ann@example.com", "2").said] == ["4a", "1", "2"]
    talk.say(case, "hi", "3")
    assert [said.line for said in talk.say(case, "my fee", "1").said] == ["1"], "the first turn is as it was"
    assert [said.line for said in talk.say(case, "ann@example.com", "2").said] == ["4a", "1", "2"]


def test_a_repeat_gets_the_turn_of_the_first_time(store: CaseStore) -> None:
    talk = service(store)
    case = talk.open().case_id
    first = talk.press(case, "document:library-books", "1")
    again = talk.press(case, "document:library-books", "1")
    assert again.duplicate and again.said == first.said and [said.line for said in first.said] == ["1a"]
    assert sum(isinstance(event, CaseMoved) for event in store.load(case)) == 1


def test_buttons_name_their_document_so_that_a_stale_one_means_no_other(store: CaseStore) -> None:
    talk = service(store)
    case = talk.open().case_id
    shown = talk.press(case, "document:library-books", "1").buttons
    assert [button.id for button in shown] == ["step:2@library-books", "step:3@library-books"]
    talk.say(case, "a court", "2")
    assert talk.say(case, "yes", "3").routine == "court-booking"
    turn = talk.press(case, "step:3@library-books", "4")
    assert [said.line for said in turn.said] == ["house:moved", "3a", "4"]
    customer = [u.said.text for u in talk.view(case).transcript if u.speaker == "customer"]
    assert customer[-1] == "has lost a book", "the words of the button, in its own document"


SAID = ("a court", "my books", "yes", "my fee", "ann@example.com")
LINES = ["1a", "house:offer_document", "house:moved", "2a", "4", "1", "4a", "1", "2"]
"""A court is begun, then the books are turned to; the fee at their closing question goes through the check."""


class Cut(Exception):
    """The power went."""


APPENDS = 20
"""Those of the conversation: four for a message that moves, one more for each call, two for one that does neither."""


def test_there_are_as_many_appends_as_are_cut() -> None:
    store = MemoryStore()
    talk = service(store)
    case = talk.open().case_id
    append, appends = store.append, list[int]()
    store.append = lambda *some: (appends.append(1), append(*some))[1]  # type: ignore[method-assign]
    for number, text in enumerate(SAID):
        talk.say(case, text, f"m{number}")
    assert len(appends) == APPENDS


@pytest.mark.parametrize("at", range(2 * APPENDS))
def test_whatever_append_was_the_last_each_message_is_answered_once(at: int) -> None:
    """Crash before and after every append of a conversation with moves; the client sends again; nothing is twice."""
    store, count = MemoryStore(), 0
    append = store.append

    def cut(*appends: Append) -> None:
        nonlocal count
        count += 1
        if count - 1 == at // 2 and at % 2 == 0:
            raise Cut
        append(*appends)
        if count - 1 == at // 2:
            raise Cut

    talk = service(store)
    case = talk.open().case_id
    store.append = cut  # type: ignore[method-assign]
    number = 0
    while number < len(SAID):
        try:
            talk.say(case, SAID[number], f"m{number}")
            number += 1
        except Cut:
            talk = service(store, identities=CountingIdentities())
            talk.runner.recover()
    log = store.load(case)
    assert [u.said.line for u in talk.view(case).transcript if u.speaker == "assistant"] == LINES
    assert sum(isinstance(event, CustomerSaid) for event in log) == len(SAID)
    assert sum(event.messages for event in log if isinstance(event, TurnPlanned)) == len(SAID)
    assert sum(isinstance(event, FunctionCalled) for event in log) == 2
    assert divergence(lambda digest: talk.runner.releases.get(digest).release, log) is None
    assert store.verify(case) is None


def test_a_case_goes_on_with_the_releases_it_was_on_when_the_library_changes(store: CaseStore) -> None:
    talk = service(store)
    case = talk.open().case_id
    talk.press(case, "document:library-books", "1")
    shelf = Shelf(store, lambda _: WithEmail(SCRIPT))
    changed = [
        Folder(one.name, {**one.files, "document.md": one.files["document.md"].replace(b"two weeks", b"nine weeks")})
        for one in folders()
        if one.name != "court-booking"
    ]
    shelf.put_together(changed)
    later = Conversation(Runner(store, shelf, LogNotices(False), ManualClock(), CountingIdentities()))
    turn = later.press(case, "step:2@library-books", "2")
    assert turn.said[0].text == "A loan can be extended twice, for two weeks each time."
    turn = later.say(case, "a court", "3")
    assert [said.line for said in turn.said] == ["house:handoff_nobody"], "the document is loaded no more"
    assert turn.moves[0].failed


def test_documents_that_cannot_be_together_are_refused_with_a_way_out() -> None:
    shelf, all_folders = Shelf(MemoryStore(), lambda _: ScriptedReader({})), folders()
    refund = next(folder for folder in all_folders if folder.name == "fee-refund")
    with pytest.raises(CannotRun, match='fee-refund has first = "identity-check", and no document of that name'):
        shelf.put_together([refund])
    with pytest.raises(CannotRun, match="two documents are called fee-refund"):
        shelf.put_together([refund, *all_folders])
    with pytest.raises(CannotRun, match="no document can be called reception"):
        shelf.put_together([Folder("reception", refund.files)])
    check = next(folder for folder in all_folders if folder.name == "identity-check")
    with pytest.raises(CannotRun, match="every document is a part of others"):
        shelf.put_together([check, Folder("other-check", check.files)])
    around = Folder("identity-check", {**check.files, "phrases.toml": b'[conduct]\nfirst = "fee-refund"\n'})
    with pytest.raises(CannotRun, match="would come before itself"):
        shelf.put_together([refund, around])


def test_one_document_with_what_comes_before_it_needs_no_reception(store: CaseStore) -> None:
    shelf = Shelf(store, lambda _: WithEmail(SCRIPT))
    shelf.put_together([folder for folder in folders() if folder.name in ("fee-refund", "identity-check")])
    talk = Conversation(Runner(store, shelf, LogNotices(False), ManualClock(), CountingIdentities()))
    case = talk.open().case_id
    assert talk.view(case).routine == "fee-refund"
    assert [said.line for said in talk.say(case, "hi", "1").said] == ["1"]
    assert [said.line for said in talk.say(case, "ann@example.com", "2").said] == ["4a", "1", "2"]


def test_a_document_that_stands_alone_is_the_release_it_always_was() -> None:
    alone, several = (
        Shelf(MemoryStore(), lambda _: ScriptedReader({})),
        Shelf(MemoryStore(), lambda _: ScriptedReader({})),
    )
    books = folders()[0]
    alone.put_together([books])
    assert alone.current().release.digest == several.put(books).release.digest
    several.put_together(folders())
    assert several.current("library-books").release.digest != alone.current().release.digest
