"""The contract of `Drafts`: one suite, every implementation."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.contracts.beside import SQL, opened

from bythebook.adapters.memory_drafts import MemoryDrafts
from bythebook.adapters.sql_drafts import SqlDrafts
from bythebook.service.drafts import REVISIONS_KEPT, Drafts, Revision, SaveRow, UnknownDraft
from bythebook.service.ports import VersionConflict

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
FIRST = Revision("locker", 1, {"document.md": b'1. Say: "Hello."\n'}, "Ann", NOW, "pasted", base="d" * 64)


@pytest.fixture(params=["memory", *SQL])
def drafts(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Drafts]:
    if request.param == "memory":
        yield MemoryDrafts()
        return
    for store in opened(request.param, tmp_path):
        yield SqlDrafts(store)


def after(revision: Revision, text: bytes, **changes: object) -> Revision:
    files = {**revision.files, "document.md": text}
    at = revision.at + timedelta(minutes=1)
    return replace(revision, version=revision.version + 1, files=files, at=at, note="typed", **changes)  # type: ignore[arg-type]


def test_a_draft_comes_back_as_it_was_saved(drafts: Drafts) -> None:
    odd = {"document.md": b"\xff\x00 any bytes", "data/sales.toml": b"", "examples.toml": "é".encode()}
    drafts.append(FIRST)
    drafts.append(second := replace(after(FIRST, b"", back=1, forth=7), files=odd, who="Bo"))
    assert drafts.latest("locker") == second
    assert drafts.at("locker", 1) == FIRST


def test_the_list_says_who_saved_last(drafts: Drafts) -> None:
    assert drafts.rows() == []
    drafts.append(FIRST)
    drafts.append(replace(FIRST, name="account"))
    drafts.append(replace(after(FIRST, b"x"), who="Bo"))
    told = [(row.name, row.version, row.who, row.at, row.base) for row in drafts.rows()]
    base = "d" * 64
    assert told == [("account", 1, "Ann", NOW, base), ("locker", 2, "Bo", NOW + timedelta(minutes=1), base)]


def test_saves_are_listed_newest_first(drafts: Drafts) -> None:
    drafts.append(FIRST)
    drafts.append(second := after(FIRST, b"x"))
    assert drafts.saves("locker") == [
        SaveRow(2, "Ann", second.at, "typed"),
        SaveRow(1, "Ann", NOW, "pasted"),
    ]
    assert [row.version for row in drafts.saves("locker", 1)] == [2]
    assert drafts.saves("nobody") == []


def test_what_is_not_there_is_unknown(drafts: Drafts) -> None:
    for look in (lambda: drafts.latest("locker"), lambda: drafts.at("locker", 1)):
        with pytest.raises(UnknownDraft):
            look()
    drafts.append(FIRST)
    with pytest.raises(UnknownDraft):
        drafts.at("locker", 2)


def test_a_save_behind_another_version_changes_nothing(drafts: Drafts) -> None:
    drafts.append(FIRST)
    for version in (1, 3):
        with pytest.raises(VersionConflict):
            drafts.append(replace(after(FIRST, b"y"), version=version))
    with pytest.raises(VersionConflict):
        drafts.append(replace(FIRST, name="none", version=2))
    assert drafts.latest("locker") == FIRST
    assert [row.name for row in drafts.rows()] == ["locker"]


def test_of_many_who_save_at_once_one_is_first(drafts: Drafts) -> None:
    drafts.append(FIRST)

    def save(number: int) -> bool:
        try:
            drafts.append(after(FIRST, b"%d" % number, who=f"lead {number}"))
        except VersionConflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(save, range(8)))
    assert won.count(True) == 1
    assert drafts.latest("locker").files["document.md"] == b"%d" % won.index(True)


def test_a_discarded_draft_is_gone_and_its_name_is_free(drafts: Drafts) -> None:
    drafts.append(FIRST)
    drafts.discard("locker")
    drafts.discard("locker")
    assert drafts.rows() == [] and drafts.saves("locker") == []
    drafts.append(FIRST)
    assert drafts.latest("locker") == FIRST


def test_old_saves_are_forgotten(drafts: Drafts) -> None:
    revision = FIRST
    drafts.append(revision)
    for number in range(REVISIONS_KEPT + 1):
        drafts.append(revision := after(revision, b"%d" % number))
    assert len(drafts.saves("locker", 1000)) == REVISIONS_KEPT
    with pytest.raises(UnknownDraft):
        drafts.at("locker", 2)
    assert drafts.at("locker", 3).version == 3
