"""A recorded case, decided again and explained; a log that was written into is found out."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bythebook.adapters.event_codec import encode
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.bootstrap import build_rehearsal
from bythebook.cli.main import main
from bythebook.engine.decide import POLICY_VERSION
from bythebook.engine.event import AssistantSaid, Event, FunctionCalled, MessageRead
from bythebook.routine.wording import Release
from bythebook.service.proof import Difference, decided_again, reasons
from bythebook.settings import Settings
from bythebook.testing.rehearsal import Rehearsal

SAID = ("We need a BAA for the API", "how long does it take", "no thanks")


@pytest.fixture(scope="module")
def rehearsal() -> Rehearsal:
    played = build_rehearsal(Settings(reader="lexicon"))
    for number, text in enumerate(SAID, start=1):
        played.do({"say": text, "id": f"m{number}"})
    return played


@pytest.fixture(scope="module")
def log(rehearsal: Rehearsal) -> Sequence[Event]:
    assert rehearsal.case_id is not None
    return rehearsal.runner.store.load(rehearsal.case_id)


def release_of(rehearsal: Rehearsal, digest: str) -> Release:
    return rehearsal.runner.releases.get(digest).release


def again(rehearsal: Rehearsal, log: Sequence[Event]) -> Difference | None:
    return decided_again(lambda digest: release_of(rehearsal, digest), log, encode)


def test_the_same_is_decided_to_the_byte(rehearsal: Rehearsal, log: Sequence[Event]) -> None:
    assert again(rehearsal, log) is None


def changed(log: Sequence[Event], at: int, event: Event) -> list[Event]:
    return [*log[:at], event, *log[at + 1 :]]


def first(log: Sequence[Event], kind: type) -> int:
    return next(at for at, event in enumerate(log) if isinstance(event, kind))


def test_a_changed_word_is_found_where_it_stands(rehearsal: Rehearsal, log: Sequence[Event]) -> None:
    at = first(log, AssistantSaid)
    said = log[at]
    assert isinstance(said, AssistantSaid)
    found = again(rehearsal, changed(log, at, replace(said, text=said.text + " Dear customer.")))
    assert found is not None and (found.at, found.decided) == (at + 1, said)


def test_a_call_that_was_taken_out_is_found(rehearsal: Rehearsal, log: Sequence[Event]) -> None:
    at = first(log, FunctionCalled)
    found = again(rehearsal, [*log[:at], *log[at + 1 :]])
    assert found is not None and found.decided == log[at]


def test_another_reading_leads_elsewhere_than_the_log(rehearsal: Rehearsal, log: Sequence[Event]) -> None:
    at = first(log, MessageRead)
    read = log[at]
    assert isinstance(read, MessageRead)
    other = replace(read, choices=(replace(read.choices[0], id="step:3"),))
    found = again(rehearsal, changed(log, at, other))
    assert found is not None and found.at > at


def test_a_log_that_was_cut_or_swapped_is_found(rehearsal: Rehearsal, log: Sequence[Event]) -> None:
    cut = again(rehearsal, log[: first(log, AssistantSaid)])
    assert cut is not None and cut.recorded is None
    at = first(log, AssistantSaid)
    assert again(rehearsal, [*log[:at], log[at + 1], log[at], *log[at + 2 :]]) is not None


def test_every_sentence_has_its_line_and_its_reason(rehearsal: Rehearsal, log: Sequence[Event]) -> None:
    told = list(reasons(lambda digest: release_of(rehearsal, digest), log))
    said = [reason for reason in told if reason.who == "assistant"]
    assert all(reason.why for reason in said)
    line = next(reason for reason in said if reason.line == "2a")
    assert line.what in line.document
    assert line.why[0] == "step 2: the customer requires a BAA for the API"
    closing = next(reason for reason in said if reason.line == "5.1")
    assert not any(why.startswith("step 2") for why in closing.why)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "cases.db"
    store = SqliteStore(path)
    played = build_rehearsal(Settings(reader="lexicon"), store=store)
    for number, text in enumerate(SAID, start=1):
        played.do({"say": text, "id": f"m{number}"})
    store.close()
    return path


def test_the_commands_read_a_database(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "--database", str(database)]) == 0
    assert "decided again the same to the byte" in capsys.readouterr().out
    assert main(["why", "case-1", "m2", "--database", str(database)]) == 0
    told = capsys.readouterr().out
    assert "how long does it take" in told and "article:2" in told and "no thanks" not in told


def test_a_message_that_is_not_there_is_named(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "case-1", "m9", "--database", str(database)]) == 2
    assert "its messages: m1 (number 2), m2 (number " in capsys.readouterr().err


def test_a_message_is_found_by_the_number_it_stands_under_too(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["why", "case-1", "--database", str(database)]) == 0
    (number,) = [line.split()[0] for line in capsys.readouterr().out.splitlines() if "how long does it take" in line]
    assert main(["why", "case-1", "m2", "--database", str(database)]) == 0
    by_id = capsys.readouterr().out
    assert main(["why", "case-1", number, "--database", str(database)]) == 0
    assert capsys.readouterr().out == by_id


def test_an_id_of_two_words_needs_no_quotation_marks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = SqliteStore(tmp_path / "cases.db")
    build_rehearsal(Settings(reader="lexicon"), store=store).do({"say": "for the API", "id": "terminal 1"})
    store.close()
    for given in (["terminal", "1"], ["terminal 1"]):
        assert main(["why", "case-1", *given, "--database", str(tmp_path / "cases.db")]) == 0
        assert "for the API" in capsys.readouterr().out


def test_what_was_changed_in_the_release_of_the_database_is_found(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        ((said,),) = connection.execute("SELECT content FROM releases WHERE path = 'document.md'").fetchall()
        changed = said.replace(b'"Is there anything else I can', b'"Is there anything more I can')
        assert changed != said
        connection.execute("UPDATE releases SET content = ? WHERE path = 'document.md'", (changed,))
    assert main(["replay", "--database", str(database)]) == 1
    told = capsys.readouterr().out
    assert "anything else I can" in told and "anything more I can" in told
    assert "\n  differing text\n" in told


def test_a_case_of_another_policy_is_told_as_one(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "UPDATE events SET body = replace(body, ?, ?) WHERE version = 1",
            (f'"policy":{POLICY_VERSION}', f'"policy":{POLICY_VERSION - 1}'),
        )
    assert main(["replay", "--database", str(database)]) == 0
    told = capsys.readouterr().out
    assert f"(policy {POLICY_VERSION}, opened under {POLICY_VERSION - 1})" in told
