"""What two people do with one draft: nothing is lost, and nobody's save goes over another's unseen."""

from __future__ import annotations

import pytest

from bythebook.adapters.memory_drafts import MemoryDrafts
from bythebook.service.drafts import FILE_BYTES_MAX, Drafting, DraftRefused, SavedMeanwhile, UnknownDraft
from bythebook.testing.fakes import ManualClock

TEXT = "document.md"
PHRASES = "phrases.toml"


@pytest.fixture
def drafting() -> Drafting:
    drafting = Drafting(MemoryDrafts(), ManualClock())
    drafting.begin("locker", {TEXT: b"one", PHRASES: b""}, "Ann", "pasted")
    return drafting


def text_of(drafting: Drafting) -> bytes:
    return drafting.drafts.latest("locker").files[TEXT]


def test_a_save_is_the_next_version(drafting: Drafting) -> None:
    assert drafting.save("locker", 1, {TEXT: b"two"}, "Ann").version == 2
    assert text_of(drafting) == b"two"


def test_the_same_words_again_are_no_save(drafting: Drafting) -> None:
    assert drafting.save("locker", 1, {TEXT: b"one"}, "Ann").version == 1


def test_a_second_person_on_the_same_file_is_told_and_shown(drafting: Drafting) -> None:
    drafting.save("locker", 1, {TEXT: b"Ann's"}, "Ann")
    with pytest.raises(SavedMeanwhile) as told:
        drafting.save("locker", 1, {TEXT: b"Bo's"}, "Bo")
    assert told.value.theirs.who == "Ann"
    assert told.value.theirs.files[TEXT] == b"Ann's"
    assert text_of(drafting) == b"Ann's"
    # Bo has seen the difference and keeps his own: Ann's is one step back.
    drafting.save("locker", told.value.theirs.version, {TEXT: b"Bo's"}, "Bo")
    assert text_of(drafting) == b"Bo's"
    assert drafting.undo("locker", "Bo").files[TEXT] == b"Ann's"


def test_other_files_do_not_come_between(drafting: Drafting) -> None:
    drafting.save("locker", 1, {PHRASES: b"# Ann's"}, "Ann")
    after = drafting.save("locker", 1, {TEXT: b"Bo's"}, "Bo")
    assert after.files == {TEXT: b"Bo's", PHRASES: b"# Ann's"}


def test_both_wrote_the_same(drafting: Drafting) -> None:
    drafting.save("locker", 1, {TEXT: b"two"}, "Ann")
    assert drafting.save("locker", 1, {TEXT: b"two"}, "Bo").who == "Ann"


def test_undo_and_redo_walk_through_the_saves(drafting: Drafting) -> None:
    for version, text in enumerate((b"two", b"three"), start=1):
        drafting.save("locker", version, {TEXT: text}, "Ann")
    assert [drafting.undo("locker", "Ann").files[TEXT] for _ in range(2)] == [b"two", b"one"]
    with pytest.raises(DraftRefused, match="nothing before"):
        drafting.undo("locker", "Ann")
    assert [drafting.redo("locker", "Ann").files[TEXT] for _ in range(2)] == [b"two", b"three"]
    with pytest.raises(DraftRefused, match="nothing was undone"):
        drafting.redo("locker", "Ann")
    assert drafting.undo("locker", "Ann").files[TEXT] == b"two"


def test_an_edit_ends_what_can_be_done_again(drafting: Drafting) -> None:
    drafting.save("locker", 1, {TEXT: b"two"}, "Ann")
    undone = drafting.undo("locker", "Ann")
    drafting.save("locker", undone.version, {TEXT: b"other"}, "Ann")
    with pytest.raises(DraftRefused):
        drafting.redo("locker", "Ann")
    assert drafting.undo("locker", "Ann").files[TEXT] == b"one"


def test_any_save_can_be_gone_back_to_and_that_can_be_undone(drafting: Drafting) -> None:
    for version, text in enumerate((b"two", b"three"), start=1):
        drafting.save("locker", version, {TEXT: text}, "Ann")
    drafting.go_back("locker", 1, "Bo")
    assert text_of(drafting) == b"one"
    drafting.undo("locker", "Bo")
    assert text_of(drafting) == b"three"


def test_one_thing_is_changed_whatever_else_is_saved(drafting: Drafting) -> None:
    drafting.save("locker", 1, {TEXT: b"two"}, "Ann")
    drafting.change("locker", lambda files: {**files, PHRASES: b"# approved"}, "Bo", "approved line 2a")
    assert drafting.drafts.latest("locker").files == {TEXT: b"two", PHRASES: b"# approved"}
    assert drafting.drafts.saves("locker")[0].note == "approved line 2a"


def test_a_name_is_taken_once(drafting: Drafting) -> None:
    with pytest.raises(DraftRefused, match="already"):
        drafting.begin("locker", {TEXT: b""}, "Bo", "pasted")
    assert text_of(drafting) == b"one"


def test_what_is_too_long_is_refused_and_nothing_is_lost(drafting: Drafting) -> None:
    with pytest.raises(DraftRefused, match="too long"):
        drafting.save("locker", 1, {TEXT: b"x" * (FILE_BYTES_MAX + 1)}, "Ann")
    assert text_of(drafting) == b"one"


def test_a_draft_that_is_not_there(drafting: Drafting) -> None:
    with pytest.raises(UnknownDraft):
        drafting.save("nobody", 1, {TEXT: b""}, "Ann")
