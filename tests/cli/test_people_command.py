"""`bythebook people`, and the link that `serve` prints at its first start."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from bythebook.adapters.argon2_passwords import quick_passwords
from bythebook.adapters.identities import SecretsIdentities
from bythebook.adapters.sql_people import SqlPeople
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.adapters.system_clock import SystemClock
from bythebook.cli.main import main
from bythebook.letting_in import access_of, entrance_of, first_link
from bythebook.service.access import Access, From
from bythebook.service.household import Household
from bythebook.service.people import NotedQuery, Role
from bythebook.settings import Settings, SettingWrong

PASSWORD = "orange lantern gravel"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "cases.db"


def typed(capsys: pytest.CaptureFixture[str], database: Path, *words: str) -> tuple[int, str, str]:
    code = main(["people", *words, "--database", str(database)])
    return code, *capsys.readouterr()


def accepted(database: Path, link: str) -> None:
    """Do what somebody does who opens a link."""
    with closing(SqliteStore(database)) as store:
        access = Access(SqlPeople(store), quick_passwords(), SystemClock(), SecretsIdentities())
        Household(access).accept(link.rpartition("/")[2], "", PASSWORD, From())


def test_somebody_is_added_listed_and_shut_out(capsys: pytest.CaptureFixture[str], database: Path) -> None:
    assert typed(capsys, database)[2].startswith("nobody yet")
    words = ("add", "Ada Lovelace", "--role", "administrator", "--role", "lead", "--url", "https://help.example.com/")
    code, out, _ = typed(capsys, database, *words)
    assert code == 0 and "https://help.example.com/invitations/" in out
    accepted(database, out.split()[-1])
    assert typed(capsys, database)[1] == "Ada Lovelace  lead, administrator  may come in\n"
    (listed,) = json.loads(typed(capsys, database, "--json")[1])
    assert (listed["name"], listed["roles"], listed["state"]) == (
        "Ada Lovelace", ["lead", "administrator"], "may come in",
    )  # fmt: skip
    code, _, err = typed(capsys, database, "disable", "ada lovelace")
    assert code == 2 and "last administrator" in err
    link = json.loads(typed(capsys, database, "add", "Bob", "--role", "administrator", "--json")[1])["link"]
    accepted(database, link)
    assert typed(capsys, database, "disable", "ada lovelace")[1].endswith("shut out\n")
    assert typed(capsys, database, "enable", "ada lovelace")[1].endswith("may come in\n")
    assert "/invitations/" in typed(capsys, database, "reset", "Bob")[1]
    with closing(SqliteStore(database)) as store:
        assert "terminal" in {one.who for one in SqlPeople(store).noted(NotedQuery(), 100)}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "Ada"), "say what for: --role human"),
        (("add",), "say whom"),
        (("disable", "Nobody"), "there is no 'Nobody'; known are: nobody yet"),
        (("add", "house", "--role", "lead"), "give another name"),
    ],
)
def test_what_cannot_be_done_is_told_with_a_way_out(
    capsys: pytest.CaptureFixture[str], database: Path, words: tuple[str, ...], told: str
) -> None:
    code, out, err = typed(capsys, database, *words)
    assert (code, out) == (2, "") and told in err


def test_each_start_prints_a_fresh_link_until_there_is_an_administrator(database: Path) -> None:
    links = []
    for _ in range(2):
        with closing(SqliteStore(database)) as store:
            links.append(first_link(access_of(Settings(), store), "http://127.0.0.1:8000"))
    assert links[0] and links[1] and links[0] != links[1]
    with closing(SqliteStore(database)) as store:
        household = Household(access_of(Settings(), store))
        household.accept(links[1].rpartition("/")[2], "Ada", PASSWORD, From())
        assert first_link(household.access, "http://127.0.0.1:8000") is None
        (ada,) = household.access.people.everyone()
        assert ada.roles == set(Role), "whoever begins alone does it all"
        assert ada.password is not None and ada.password.startswith("$argon2id$")


@pytest.mark.parametrize(
    "settings", [Settings(sign_in_idle_minutes=0), Settings(sign_in_hours=1, sign_in_idle_minutes=61)]
)
def test_a_sign_in_that_makes_no_sense_is_refused(database: Path, settings: Settings) -> None:
    with closing(SqliteStore(database)) as store, pytest.raises(SettingWrong, match="SIGN_IN_IDLE_MINUTES"):
        access_of(settings, store)


def test_proxies_that_are_none_are_refused() -> None:
    assert entrance_of(Settings(trusted_proxies="10.0.0.7, 192.168.0.0/16, ::1")).trusts("192.168.3.4")
    with pytest.raises(SettingWrong, match=r"TRUSTED_PROXIES.*10\.0\.0\.0/8"):
        entrance_of(Settings(trusted_proxies="the proxy"))
