"""A case keeps its release (invariant 8): its words, its data and its functions, whatever is on disk later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.notices import LogNotices
from bythebook.adapters.shelf import CannotRun, Folder, Shelf
from bythebook.bootstrap import read_document
from bythebook.service.conversation import Conversation
from bythebook.service.ports import UnknownRelease
from bythebook.service.runner import Runner
from bythebook.testing.fakes import CountingIdentities, ManualClock, ScriptedReader

READER = ScriptedReader({"API": ["step:2"], "Enterprise": ["step:3"]})


def changed(folder: Folder) -> Folder:
    document = folder.files["document.md"].replace(b"within 1-2 business days.", b"within a week.")
    return replace(folder, files={**folder.files, "document.md": document})


def test_a_running_case_goes_on_with_the_words_it_began_with() -> None:
    store, folder = MemoryStore(), read_document("")
    shelf = Shelf(store, lambda _: READER)
    old = shelf.put(folder).release.digest
    conversation = Conversation(Runner(store, shelf, LogNotices(False), ManualClock(), CountingIdentities()))
    before = conversation.open().case_id
    new = shelf.put(changed(folder)).release.digest
    after = conversation.open().case_id
    assert old != new

    # Another process, which only has the new folder: the old release comes from the store.
    other = Shelf(store, lambda _: READER)
    other.put(changed(folder))
    conversation = Conversation(Runner(store, other, LogNotices(False), ManualClock(), CountingIdentities()))
    said = {case: [s.text for s in conversation.say(case, "API", "1").said] for case in (before, after)}
    assert any("within 1-2 business days." in text for text in said[before])
    assert any("within a week." in text for text in said[after])


def test_a_release_that_is_not_kept_is_told_clearly() -> None:
    with pytest.raises(UnknownRelease, match="is not kept in this store"):
        Shelf(MemoryStore(), lambda _: READER).get("abc")
    with pytest.raises(UnknownRelease, match="known are none"):
        Shelf(MemoryStore(), lambda _: READER).current("refunds")


def test_a_document_with_errors_does_not_run_and_says_where() -> None:
    folder = read_document("")
    broken = replace(folder, files={**folder.files, "document.md": b"# Nothing\n\n1. Do what you think is right.\n"})
    with pytest.raises(CannotRun, match=r"document\.md:3:"):
        Shelf(MemoryStore(), lambda _: READER).put(broken)
    with pytest.raises(CannotRun, match=r"functions\.py:1"):
        files = {**folder.files, "functions.py": b"def broken(:\n"}
        Shelf(MemoryStore(), lambda _: READER).put(replace(folder, files=files))


def test_production_refuses_data_that_nobody_has_reviewed() -> None:
    folder, today = read_document(""), date(2026, 6, 1)
    with pytest.raises(CannotRun, match=r"data/sales_contact\.toml"):
        Shelf(MemoryStore(), lambda _: READER, production_on=today).put(folder)
    reviewed = {
        path: raw.replace(b'reviewed_by = ""', b'reviewed_by = "Ann"') if path.startswith("data/") else raw
        for path, raw in folder.files.items()
    }
    Shelf(MemoryStore(), lambda _: READER, production_on=today).put(replace(folder, files=reviewed))
