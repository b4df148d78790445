"""What is private is sealed, wherever it stands; what was decided is not; and nobody opens it elsewhere."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.test_event_codec import EXAMPLES

from bythebook.adapters.aes import CannotOpen, new_key, opened, sealed
from bythebook.adapters.event_codec import UnreadableEvent, decode, encode
from bythebook.adapters.master_keys import new_master_key, read_master_keys
from bythebook.adapters.private_fields import PRIVATE, blanked
from bythebook.adapters.sealing import seal, unseal
from bythebook.adapters.sqlite_store import SqliteStore
from bythebook.engine.event import AssistantSaid, CaseOpened, CustomerSaid, Event, Source
from bythebook.engine.state import Status
from bythebook.engine.task import Task
from bythebook.service.ports import Append, CaseSummary, KeyUnavailable, StoreUnavailable

KEY = new_key()
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
WORDS = "my account is 4711"

DECIDED = {
    ("Answered", "answer"), ("Answered", "question"), ("AskLine", "line"), ("Asked", "line"), ("AssistantSaid",
    "line"), ("CallDone", "line"), ("CaseContinued", "case_id"), 
    ("CaseErased", "by"), ("CaseErased", "why"),
    ("CaseMoved", "release"), ("CaseMoved", "routine"),
    ("CaseOpened", "case_id"), ("CaseOpened", "previous"), ("CaseOpened", "release"), ("CaseOpened", "routine"),
    ("ConditionMet", "label"), ("Meet", "line"),
    ("CustomerSaid", "message_id"), ("CustomerSaid", "pressed"), ("CustomerSaid", "routine"), ("FactLearned", "by"),
    ("FactLearned", "name"), ("FailureMet", "line"), ("FailureMet", "step"),
    ("FillSlot", "slot"), ("FunctionCalled", "function"), ("FunctionCalled", "line"),
    ("FunctionFailed", "key"), ("FunctionReturned", "key"), ("GiveLine", "line"), ("HandOff", "reason"),
    ("HandoffRequested", "reason"), ("HumanReturned", "human"), ("HumanReturned", "line"), ("HumanReturned",
    "routine"), ("HumanSaid", "human"), ("HumanSaid", "reply_id"), ("HumanTook", "human"),
    ("HumanPassed", "human"), ("HumanPassed", "to"),
    ("FactSettled", "human"), ("FactSettled", "name"), ("FeedbackSaid", "human"), ("HumanClosed", "human"),
    ("HumanNoted", "human"), ("LineQuoted", "human"), ("LineQuoted", "line"),
    ("Jumped", "line"), ("Jumped", "target"),
    ("LinesPassed", "why"), ("MessageRead", "reader"), ("MoveFailed", "reason"), ("MoveFailed", "routine"),
    ("MoveRequested", "routine"), ("NewCaseNeeded", "message_id"), ("NewCaseNeeded", "routine"), ("Offer", "house"),
    ("Offered", "line"), ("RunStep", "at"), ("RunStep", "step"), ("SayAgain", "step"), ("SayHouse", "name"),
    ("SayPhrase", "line"), ("SetAnswer", "answer"), ("SetAnswer", "question"), ("SlotFilled", "slot"), ("StepDone",
    "step"), ("StepEntered", "step"),
}  # fmt: skip
"""Texts and values that name places of the document, people at the desk, or ids: never what a customer said."""


def test_every_text_and_value_of_an_event_is_private_or_known_to_be_none() -> None:
    found = set()
    for kind in (*get_args(Event), *get_args(Task)):
        assert is_dataclass(kind)
        for field in fields(kind):
            if any(name in str(field.type) for name in ("str", "Value")) and "tuple" not in str(field.type):
                found.add((kind.__name__, field.name))
    assert found - set(PRIVATE) == DECIDED, "say of a new field whether it is private (private_fields.py)"
    assert set(PRIVATE) <= found


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: type(event).__name__)
def test_every_event_comes_back_as_it_was(event: Event) -> None:
    body = encode(event)
    kept = seal(KEY, "c", 3, body)
    assert unseal(KEY, "c", 3, kept) == body
    assert decode(unseal(KEY, "c", 3, kept)) == event
    assert decode(unseal(None, "c", 3, kept)) == decode(blanked(body)), "without its key it is the same event, blank"


def test_nothing_private_is_in_the_text() -> None:
    kept = seal(KEY, "c", 2, encode(CustomerSaid(NOW, "m1", WORDS, (), "step:2")))
    assert "4711" not in kept and "account" not in kept
    assert json.loads(kept)["message_id"] == "m1"


def test_the_documents_own_words_leave_their_digest_and_a_functions_do_not() -> None:
    quoted = json.loads(seal(KEY, "c", 2, encode(AssistantSaid("Hello!", "1", Source.QUOTED))))
    told = json.loads(seal(KEY, "c", 2, encode(AssistantSaid("Your balance is 12.", "2", Source.FUNCTION))))
    assert quoted["text_digest"] and "Hello" not in json.dumps(quoted)
    assert "text_digest" not in told


def test_it_opens_at_its_place_and_with_its_key_only() -> None:
    body = encode(CustomerSaid(NOW, "m1", WORDS))
    kept = seal(KEY, "c", 2, body)
    for key, case, version in ((new_key(), "c", 2), (KEY, "d", 2), (KEY, "c", 3)):
        with pytest.raises(UnreadableEvent, match="cannot be opened"):
            unseal(key, case, version, kept)
    tree = json.loads(kept)
    for altered in ("", "AAAA", tree["sealed"][:-4], 7):
        with pytest.raises(UnreadableEvent):
            unseal(KEY, "c", 2, json.dumps(tree | {"sealed": altered}, separators=(",", ":")))


def test_words_that_look_sealed_are_words() -> None:
    body = encode(CustomerSaid(NOW, "m1", '{"sealed":"AAAA","kind":"CustomerSaid","text":"x"}'))
    assert unseal(KEY, "c", 2, body) == body
    assert unseal(KEY, "c", 2, seal(KEY, "c", 2, body)) == body


@given(st.binary(max_size=200), st.binary(max_size=20))
def test_altered_bytes_do_not_open(plain: bytes, place: bytes) -> None:
    given = sealed(KEY, plain, place)
    assert opened(KEY, given, place) == plain
    for at in (0, len(given) // 2, len(given) - 1):
        with pytest.raises(CannotOpen):
            opened(KEY, given[:at] + bytes([given[at] ^ 1]) + given[at + 1 :], place)


# ---------------------------------------------------------------- master keys, in a store


def opening(case_id: str) -> Append:
    events = (CaseOpened(NOW, case_id, "baa", "d" * 64), CustomerSaid(NOW, "m1", WORDS))
    row = CaseSummary(case_id, "baa", "d" * 64, Status.OPEN, 2, NOW, NOW, False, None, "", "", "")
    return Append(row, 0, events, "d" * 64)


def everything(path: Path) -> bytes:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_no_private_word_is_on_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    store = SqliteStore(path, masters=read_master_keys(new_master_key()))
    store.append(opening("c"))
    store.close()
    assert b"4711" not in everything(path)


def test_a_destroyed_key_is_not_on_the_disk_any_more(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    store = SqliteStore(path, masters=read_master_keys(new_master_key()))
    store.append(opening("c"))
    with closing(sqlite3.connect(path)) as connection:
        (wrapped,) = connection.execute("SELECT wrapped FROM case_keys").fetchone()
    assert wrapped in everything(path)
    row = CaseSummary("c", "baa", "d" * 64, Status.OPEN, 2, NOW, NOW, False, None, "", "", "")
    store.erase(Append(row, 2, ()))
    store.scrub()
    assert wrapped not in everything(path)
    assert store.load("c")[1] == CustomerSaid(NOW, "m1", "")
    store.close()


def test_without_its_master_key_a_store_says_so(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    store = SqliteStore(path, masters=read_master_keys(new_master_key()))
    store.append(opening("c"))
    store.close()
    for masters in (None, read_master_keys(new_master_key())):
        other = SqliteStore(path, masters=masters)
        with pytest.raises(StoreUnavailable, match="master key"):
            other.load("c")
        assert other.verify("c") is None, "the chain needs no key"
        assert other.summary("c").version == 2
        other.close()


def test_keys_are_wrapped_anew_and_the_old_master_key_can_go(tmp_path: Path) -> None:
    path, old, new = tmp_path / "cases.db", new_master_key(), new_master_key()
    store = SqliteStore(path, masters=read_master_keys(old))
    for case in ("c", "d"):
        store.append(opening(case))
    store.close()
    both = SqliteStore(path, masters=read_master_keys(f"# newest first\n{new}\n\n{old}\n"))
    assert sorted(both.wrapped_by_others()) == ["c", "d"]
    for case in both.wrapped_by_others():
        both.rewrap(case)
    assert both.wrapped_by_others() == []
    both.close()
    later = SqliteStore(path, masters=read_master_keys(new))
    assert later.load("c")[1] == CustomerSaid(NOW, "m1", WORDS)
    later.close()


def test_cases_of_before_stay_readable_when_sealing_begins(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    plain = SqliteStore(path)
    plain.append(opening("c"))
    plain.close()
    store = SqliteStore(path, masters=read_master_keys(new_master_key()))
    store.append(opening("d"))
    row = CaseSummary("c", "baa", "d" * 64, Status.OPEN, 3, NOW, NOW, False, None, "", "", "")
    store.append(Append(row, 2, (CustomerSaid(NOW, "m2", "more"),)))
    assert store.load("c")[2] == CustomerSaid(NOW, "m2", "more")
    assert store.load("d")[1] == CustomerSaid(NOW, "m1", WORDS)
    store.close()


@pytest.mark.parametrize("text", ["", "# nothing", "short", "AAAA", "A" * 43 + "=x"])
def test_what_is_no_key_is_said_and_not_repeated(text: str) -> None:
    with pytest.raises(KeyUnavailable) as refused:
        read_master_keys(text)
    assert not text or text not in str(refused.value) or text in ("AAAA",)


def test_a_key_is_never_shown() -> None:
    key = new_master_key()
    assert key not in repr(read_master_keys(key))
