"""Documents found on disk: folders of documents, several routines in one file, each with the files of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bythebook.adapters.folder import DocumentNotFound
from bythebook.adapters.library import document_at, read_library, read_routine, routines_at, sidecar

FIXTURES = Path(__file__).parent.parent / "fixtures"
DESK = FIXTURES / "together" / "front-desk"
TWO = '## Tea\n\n1. Say: "Tea."\n\n## Coffee: black\n\n1. Say: "Coffee."\n'


def names(*given: Path) -> list[str]:
    return [folder.name for folder in read_library([str(path) for path in given]).documents]


def test_a_folder_of_documents_gives_each_and_each_routine_of_a_file_with_several() -> None:
    assert names(FIXTURES / "together", FIXTURES / "membership") == [
        "court-booking", "fee-refund", "front-desk-parking-permit", "front-desk-locker-rental", "identity-check",
        "library-books", "lost-property", "membership",
    ]  # fmt: skip


def test_markdown_files_beside_one_another_are_documents_but_no_readme(tmp_path: Path) -> None:
    (tmp_path / "drinks.md").write_text(TWO)
    (tmp_path / "cakes.md").write_text('1. Say: "Cake."\n')
    (tmp_path / "README.md").write_text("# About\n")
    (tmp_path / "_old.md").write_text('1. Say: "Old."\n')
    assert names(tmp_path) == ["cakes", "drinks-tea", "drinks-coffee-black"]
    assert names(tmp_path / "drinks" / "tea") == ["drinks-tea"]


def test_a_routine_reads_as_if_the_others_were_not_there_and_keeps_its_places() -> None:
    parking, locker = routines_at(DESK)
    whole = (DESK / "document.md").read_text()
    text = locker.files["document.md"].decode()
    assert len(text) == len(whole) and "number plate" not in text
    assert text.index("For how many days") == whole.index("For how many days")
    assert "Be friendly" in text and "issue_permit" in text, "notes and definitions belong to each"
    assert (parking.title, locker.title) == ("Parking permit", "Locker rental")
    assert locker.files["functions.py"] == (DESK / "functions.py").read_bytes()


def test_each_routine_has_phrases_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "document.md").write_text(TWO)
    (tmp_path / "tea").mkdir()
    (tmp_path / "tea" / "phrases.toml").write_text("[conduct]\nnudge_after_s = 1\n")
    tea, coffee = routines_at(tmp_path)
    assert "phrases.toml" in tea.files and "phrases.toml" not in coffee.files
    assert sidecar(tmp_path / "coffee-black", "phrases.toml") == tmp_path / "coffee-black" / "phrases.toml"
    (tmp_path / "phrases.toml").write_text("")
    with pytest.raises(
        DocumentNotFound, match=r"phrases\.toml stands beside several routines; move it .*tea/phrases"
    ):
        routines_at(tmp_path)


def test_where_one_routine_is_needed_several_are_named() -> None:
    with pytest.raises(
        DocumentNotFound, match=r"holds several routines; give one of .*parking-permit, .*locker-rental"
    ):
        read_routine(DESK)
    assert read_routine(DESK / "locker-rental").name == "front-desk-locker-rental"
    assert document_at(DESK / "locker-rental") == DESK / "document.md"
    with pytest.raises(DocumentNotFound, match="there is no"):
        read_routine(DESK / "bicycles")


def test_a_file_on_its_own_has_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "drinks.md").write_text(TWO)
    assert sidecar(tmp_path / "drinks.md", "phrases.toml") is None
    assert sidecar(tmp_path / "drinks" / "tea", "phrases.toml") is None


def test_a_folder_of_documents_may_have_words_for_the_reception(tmp_path: Path) -> None:
    (tmp_path / "drinks.md").write_text(TWO)
    (tmp_path / "phrases.toml").write_text('[house.reception]\ntext = "Tea or coffee? {titles}"\n')
    assert read_library([str(tmp_path)]).reception == {"phrases.toml": (tmp_path / "phrases.toml").read_bytes()}
