"""What new cases begin with is what was released, in every process; cases keep the release they began with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.service.test_releases import DOCUMENT, TWO, files

from bythebook.adapters.candidates import StoredCandidates
from bythebook.adapters.library import Folder, Library, read_library
from bythebook.adapters.live import Live
from bythebook.adapters.memory_releases import MemoryReleases
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.shelf import CannotRun, Shelf
from bythebook.reading.local import build_reader
from bythebook.service.ports import UnknownRelease
from bythebook.service.releases import Act, Move, moved
from bythebook.service.releasing import Releasing
from bythebook.testing.fakes import ManualClock

TOGETHER = Path(__file__).parents[1] / "fixtures" / "together"
NEWER = DOCUMENT.replace("on its way", "coming")


class House:
    """Processes on one store."""

    def __init__(self) -> None:
        self.store, self.log = MemoryStore(), MemoryReleases()
        shelf = self.shelf()
        self.releasing = Releasing(self.log, StoredCandidates(shelf, self.log), ManualClock())

    def shelf(self) -> Shelf:
        return Shelf(self.store, lambda release: build_reader(release, None))

    def process(self, *folders: Folder, who: str = "Ann") -> Shelf:
        shelf = self.shelf()
        Live(shelf, self.log, ManualClock()).begin(Library(folders, {}), who)
        return shelf


def folder(document: str = DOCUMENT, phrases: str = "", name: str = "refunds") -> Folder:
    return Folder(name, files(document, phrases))


def text_of(shelf: Shelf, name: str | None = None) -> str:
    return shelf.current(name).release.document.text


def test_the_folder_is_released_by_whoever_starts() -> None:
    house = House()
    shelf = house.process(folder(), who="ann")
    assert [(step.by, step.move.value, step.folder) for step in house.log.steps()][-1] == ("ann", "release", True)
    assert shelf.current().release.digest == house.releasing.live()["refunds"]
    house.process(folder())
    assert len(house.log.steps()) == 4, "the same files are no news"


def test_a_release_is_served_by_all_processes_at_once_and_cases_keep_theirs() -> None:
    house = House()
    one, other = house.process(folder()), house.process(folder())
    before = one.current().release.digest
    house.releasing.release("refunds", files(NEWER), "Ben")
    assert text_of(one) == text_of(other) == NEWER
    assert one.get(before).release.document.text == DOCUMENT


def test_a_rollback_stays_over_a_restart() -> None:
    house = House()
    house.process(folder())
    shelf = house.process(folder(NEWER))
    assert text_of(shelf) == NEWER
    house.releasing.rollback("refunds", "Ben")
    assert text_of(shelf) == DOCUMENT
    assert text_of(house.process(folder(NEWER))) == DOCUMENT


def test_another_house_comes_with_the_program_but_undoes_no_rollback() -> None:
    house = House()
    older = b"# an older house\n" + (Path(__file__).parents[2] / "src/bythebook/house.toml").read_bytes()
    house.process(replace(folder(), house=older))
    before = house.releasing.live()["refunds"]
    house.process(folder())
    after = house.releasing.live()["refunds"]
    assert before != after, "the same files with this program's house are released"
    house.process(folder(NEWER))
    house.releasing.rollback("refunds", "Ben", digest=before)
    assert text_of(house.process(folder(NEWER))) == DOCUMENT
    assert house.releasing.live()["refunds"] == before


def test_a_retired_document_begins_no_case_and_stays_readable() -> None:
    house = House()
    shelf = house.process(folder(), folder(name="returns"))
    digest = shelf.current("returns").release.digest
    house.releasing.retire("returns", "Ben")
    with pytest.raises(UnknownRelease):
        shelf.current("returns")
    assert shelf.get(digest).release.name == "returns"
    assert [release.name for release in shelf.documents] == ["refunds"]


def test_nothing_live_is_said_at_the_start() -> None:
    house = House()
    house.process(folder())
    house.releasing.retire("refunds", "Ben")
    with pytest.raises(CannotRun, match="bythebook release release FOLDER"):
        house.process(folder())


def test_where_two_people_are_asked_for_a_folder_waits_for_the_second() -> None:
    house = House()
    with pytest.raises(CannotRun, match="bythebook release approve refunds"):
        house.process(folder(phrases=TWO))
    (waiting,) = house.releasing.standings()
    house.releasing.approve("refunds", waiting.digest, "Ben")
    assert text_of(house.process(folder(phrases=TWO))) == DOCUMENT
    assert text_of(house.process(folder(NEWER, TWO))) == DOCUMENT, "what was approved stays live"


def test_a_document_that_a_person_released_is_served_beside_those_of_the_folder() -> None:
    house = House()
    shelf = house.process(folder())
    house.releasing.release("returns", files(NEWER.replace("Refunds", "Returns")), "Ben")
    assert {release.name for release in shelf.documents} == {"refunds", "returns"}
    assert shelf.current().release.is_reception
    later = house.process(folder())
    assert {release.name for release in later.documents} == {"refunds", "returns"}


def test_another_servers_documents_are_not_taken_up() -> None:
    house = House()
    house.process(folder(name="returns"))
    assert [release.name for release in house.process(folder()).documents] == ["refunds"]


def test_several_documents_are_released_and_gone_back_to_one_by_one() -> None:
    house = House()
    library = read_library([str(TOGETHER)])
    shelf = house.process(*library.documents)
    assert set(house.releasing.live()) == {one.name for one in library.documents}
    names = [release.name for release in shelf.documents]
    changed = library.documents[0]
    assert changed.name in names
    text = changed.files["document.md"].replace(b'"', b'"Well. ', 1)
    house.releasing.release(changed.name, {**changed.files, "document.md": text}, "Ben")
    assert "Well. " in text_of(shelf, changed.name)
    others = [one for one in shelf.loaded if one.name != changed.name]
    assert all("Well. " not in one.document.text for one in others)
    house.releasing.rollback(changed.name, "Ben")
    assert "Well. " not in text_of(shelf, changed.name)
    assert house.log.steps()[-1].by == "Ben"


def test_what_cannot_be_served_leaves_everything_as_it_was(caplog: pytest.LogCaptureFixture) -> None:
    house = House()
    shelf = house.process(folder())
    first = shelf.documents
    steps = list(house.log.steps())
    for move in (Move.SUBMIT, Move.CHECK, Move.APPROVE, Move.RELEASE):
        steps.append(moved(steps, Act("refunds", "f" * 64, move, "Eve"), ManualClock().now()))
    house.log.append(steps[4:])
    assert shelf.documents == first
    assert "begin as before" in caplog.text
