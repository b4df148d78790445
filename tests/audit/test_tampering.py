"""Every way of tampering is found and named: by the audit, and by the script that shares no code with it."""

from __future__ import annotations

import runpy
import shutil
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from bythebook.adapters.case_archive import Archivist, script
from bythebook.adapters.shelf import Shelf
from bythebook.adapters.sql_checkpoints import SqlCheckpoints
from bythebook.adapters.sql_releases import SqlReleases
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.auditing import auditors_of
from bythebook.reading.local import build_reader
from bythebook.routine.wording import Release
from bythebook.service.checkpointing import Checkpointing
from bythebook.service.releases import Act, Move, moved
from bythebook.testing.fakes import ManualClock
from tests.audit.houses import CASES, SIGNING, keys, run_cases, store_at
from tests.audit.tampering import ARCHIVES, CASE, TABLE, Database, Tampering, changed, page_rows

PAGE = Path(__file__).parents[2] / "docs" / "audit.md"
ROWS = [(row, sealed) for row in TABLE for sealed in (False, True)]


class House:
    """A database with three checkpoints, as it was before anybody tampered with it."""

    def __init__(self, folder: Path, *, sealed: bool) -> None:
        self.path = folder / f"{'sealed' if sealed else 'open'}.db"
        self.sealed = sealed
        store = store_at(self.path, sealed=sealed)
        log = SqlReleases(store)
        steps = []
        for move in (Move.SUBMIT, Move.CHECK, Move.APPROVE, Move.RELEASE):
            steps.append(
                moved(steps, Act("business-associate-agreement", "d" * 64, move, "Ann"), ManualClock().now())
            )
        log.append(steps)
        making = Checkpointing(SqlCheckpoints(store), log, keys(), ManualClock(datetime(2026, 2, 1, tzinfo=UTC)))
        run_cases(store, lambda: making.make(all_cases=True))
        last = making.store.last()
        assert last is not None
        self.noted = last.number, last.digest
        store.close()
        shelf = Shelf(store_at(self.path, sealed=sealed), lambda release: build_reader(release, None))
        self.release = cache(lambda digest: shelf.get(digest).release)

    def copy(self, folder: Path) -> Path:
        shutil.copy(self.path, folder / "copy.db")
        return folder / "copy.db"


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Mapping[bool, House]:
    folder = tmp_path_factory.mktemp("houses")
    return {sealed: House(folder, sealed=sealed) for sealed in (False, True)}


def audited(store: SqliteStore, house: House, *, key: str = SIGNING) -> set[str]:
    auditors = auditors_of(store, keys(key))
    auditors.cases.release = _built_before(house.release, auditors.cases.release)
    found = list(auditors.around.findings(with_cases=True, expected=house.noted))
    auditors.cases.believe(auditors.around.believed)
    for row in store.summaries():
        found += auditors.cases.case(row.case_id)
    return {one.check for one in found}


def _built_before(known: Callable[[str], Release], other: Callable[[str], Release]) -> Callable[[str], Release]:
    def release(digest: str) -> Release:
        try:
            return known(digest)
        except Exception:
            return other(digest)

    return release


def verified(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, set[str]]:
    """Run the standalone script, as somebody else would, and return its exit code and what it names."""
    (tmp_path / "public.keys").write_text("\n".join(keys().public_lines()))
    given = sys.argv
    sys.argv = ["verify_case.py", str(archive), "--key", str(tmp_path / "public.keys")]
    capsys.readouterr()
    try:
        runpy.run_path(str(script()), run_name="__main__")
    except SystemExit as end:
        told = capsys.readouterr().out
        named = {line.split(":")[0].removeprefix("WRONG").strip() for line in told.splitlines() if "WRONG" in line}
        return int(end.code or 0), named
    finally:
        sys.argv = given
    raise AssertionError("the script did not end")


def archived(store: SqliteStore, house: House, tmp_path: Path, case_id: str = CASE) -> Path:
    shelf = Shelf(store, lambda release: build_reader(release, None))
    release = _built_before(house.release, lambda digest: shelf.get(digest).release)
    return Archivist(store, SqlCheckpoints(store), release, keys()).write(case_id, tmp_path)


@pytest.mark.parametrize("sealed", [False, True], ids=["open", "sealed"])
def test_what_nobody_touched_is_well(
    houses: Mapping[bool, House], sealed: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = store_at(houses[sealed].copy(tmp_path), sealed=sealed)
    assert audited(store, houses[sealed]) == set()
    for number in range(1, len(CASES) + 1):
        archive = archived(store, houses[sealed], tmp_path, f"case-{number}")
        assert verified(archive, tmp_path, capsys) == (0, set())
    store.close()


@pytest.mark.parametrize(("row", "sealed"), ROWS, ids=[f"{r.what}{', sealed' if s else ''}" for r, s in ROWS])
def test_tampering_with_the_database_is_named(
    houses: Mapping[bool, House], row: Tampering, sealed: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = houses[sealed].copy(tmp_path)
    data = Database(path)
    row.act(data)
    data.connection.commit()
    data.connection.close()
    store = store_at(path, sealed=sealed)
    assert row.audit in audited(store, houses[sealed])
    if row.verifier:
        code, named = verified(archived(store, houses[sealed], tmp_path), tmp_path, capsys)
        assert code == 1
        assert row.verifier in named
    store.close()


@pytest.mark.parametrize(("what", "act", "name"), ARCHIVES, ids=[what for what, _, _ in ARCHIVES])
@pytest.mark.parametrize("sealed", [False, True], ids=["open", "sealed"])
def test_tampering_with_an_archive_is_named(
    houses: Mapping[bool, House],
    sealed: bool,
    what: str,
    act: Callable[[dict[str, bytes]], None],
    name: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store = store_at(houses[sealed].copy(tmp_path), sealed=sealed)
    archive = archived(store, houses[sealed], tmp_path)
    store.close()
    with changed(archive) as files:
        act(files)
    code, named = verified(archive, tmp_path, capsys)
    assert code == 1, what
    assert name in named


def test_without_a_key_a_chain_made_anew_is_found_by_what_the_document_says_alone(
    houses: Mapping[bool, House], tmp_path: Path
) -> None:
    """The limit that docs/audit.md tells: what a customer said is held by a signature, and by nothing else."""
    path = houses[False].copy(tmp_path)
    data = Database(path)
    data.connection.execute("DELETE FROM checkpoint_heads")
    data.connection.execute("DELETE FROM checkpoints")
    at = data.first("CustomerSaid")
    data.alter(at, text="something else")
    data.chain_anew()
    data.connection.commit()
    store = store_at(path, sealed=False)
    auditors = auditors_of(store, keys())
    auditors.cases.release = houses[False].release
    assert not auditors.around.findings(with_cases=True)
    assert not auditors.cases.case(CASE)
    assert auditors.cases.counts.uncovered == 1
    store.close()


def test_the_page_shows_what_was_found() -> None:
    rows = "\n".join(page_rows())
    assert rows in PAGE.read_text(), f"put these rows into {PAGE.name}:\n{rows}"
