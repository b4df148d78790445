"""The auditor's page: checkpoints, one case, its archive; and who gets what of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bythebook.adapters.ed25519 import NO_KEYS
from bythebook.auditing import AuditRoom
from bythebook.bootstrap import build_rehearsal
from bythebook.service.people import Deed, NotedQuery, Role
from bythebook.settings import Settings
from bythebook.web.app import create_app
from tests.audit.houses import keys, run_cases, store_at
from tests.web.test_access import PAGE, House, sign_in


class Audited(House):
    """A house whose cases are audited: sealed ones, or not."""

    def __init__(self, folder: Path, *, sealed: bool, signs: bool = True) -> None:
        super().__init__()
        self.store = store_at(folder / "cases.db", sealed=sealed)
        run_cases(self.store)
        shelf = build_rehearsal(Settings(reader="lexicon"), store=self.store).runner.releases
        room = AuditRoom(self.store, keys() if signs else NO_KEYS, lambda digest: shelf.get(digest).release)
        context = replace(self.installed.app.state.context, access=self.access, audits=room)
        self.app = create_app(context)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audited]:
    house = Audited(tmp_path_factory.mktemp("sealed"), sealed=True)
    yield house
    house.store.close()


def page_of(client: TestClient, path: str) -> str:
    answer = client.get(path, headers=PAGE)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_case_is_audited_and_its_archive_taken(sealed: Audited) -> None:
    client = sealed.client(Role.AUDITOR)
    assert "3 cases have changed since they were covered" in page_of(client, "/audit")
    page = page_of(client, "/audit?case=case-1")
    assert "all holds" in page
    assert "/audit/archive?case=case-1" in page
    assert "take it after the next checkpoint" in page
    answer = client.get("/audit/archive?case=case-1")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="case-case-1.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {"README.txt", "case.json", "checkpoints.json", "verify_case.py"} <= set(archive.namelist())
        assert b"We need a BAA" not in archive.read("case.json")
    (noted,) = sealed.people.noted(NotedQuery(what=Deed.CASE_EXPORTED), 9)
    assert (noted.who, noted.about) == ("Auditor", "case-1")


def test_a_case_that_is_not_sealed_says_why_it_has_no_archive(tmp_path: Path) -> None:
    house = Audited(tmp_path, sealed=False)
    page = page_of(house.client(Role.AUDITOR), "/audit?case=case-1")
    assert "/audit/archive" not in page
    assert "does not seal what people say" in page
    assert 'href="/desk/cases/case-1"' in page
    house.store.close()


def test_a_case_that_nobody_knows_is_said(sealed: Audited) -> None:
    client = sealed.client(Role.AUDITOR)
    assert 'role="alert"' in page_of(client, "/audit?case=nobody")
    assert client.get("/audit/archive?case=nobody", headers=PAGE).status_code == 404


def test_an_administrator_looks_and_takes_nothing(sealed: Audited) -> None:
    client = sealed.client(Role.ADMINISTRATOR)
    page = page_of(client, "/audit?case=case-1")
    assert "all holds" in page
    assert "/audit/archive" not in page
    assert client.get("/audit/archive?case=case-1", headers=PAGE).status_code == 403


def test_words_of_customers_are_not_for_this_role(tmp_path: Path) -> None:
    house = Audited(tmp_path, sealed=False, signs=False)
    client = house.client(Role.AUDITOR)
    page = page_of(client, "/audit?case=case-1")
    assert "No key signs checkpoints here" in page
    assert "/audit/archive" not in page
    assert client.get("/audit/archive?case=case-1", headers=PAGE).status_code == 404
    house.store.close()


def test_where_nothing_is_audited_the_page_says_so() -> None:
    house = House()
    client = TestClient(house.app, follow_redirects=False)
    assert sign_in(client, "Auditor").status_code == 303
    assert client.get("/audit", headers=PAGE).status_code == 404
