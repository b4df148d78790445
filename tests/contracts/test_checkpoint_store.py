"""Checkpoints, on memory and every SQL store: chained, signed, and found again by case."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.contracts.beside import SQL, opened

from bythebook.adapters.ed25519 import NO_KEYS, new_signing_key, read_signing_keys
from bythebook.adapters.memory_checkpoints import MemoryCheckpoints
from bythebook.adapters.memory_releases import MemoryReleases
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.sql_checkpoints import SqlCheckpoints
from bythebook.bootstrap import build_rehearsal
from bythebook.service import checkpointing
from bythebook.service.checkpointing import Checkpointing
from bythebook.service.checkpoints import Checkpoint, CheckpointStore, CheckpointTaken, Head, leaf, root, way_up
from bythebook.service.ports import CaseStore, KeyUnavailable
from bythebook.settings import Settings
from bythebook.testing.fakes import ManualClock
from bythebook.testing.rehearsal import Rehearsal

KEYS = read_signing_keys(new_signing_key())


@pytest.fixture(params=["memory", *SQL])
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[CaseStore, CheckpointStore]]:
    if request.param == "memory":
        store = MemoryStore()
        yield store, MemoryCheckpoints(store)
    else:
        for sql in opened(request.param, tmp_path):
            yield sql, SqlCheckpoints(sql)


@pytest.fixture
def played(stores: tuple[CaseStore, CheckpointStore]) -> Rehearsal:
    return build_rehearsal(Settings(reader="lexicon"), store=stores[0])


def making(checkpoints: CheckpointStore) -> Checkpointing:
    return Checkpointing(checkpoints, MemoryReleases(), KEYS, ManualClock(datetime(2026, 3, 1, tzinfo=UTC)))


def test_what_has_changed_is_covered_once(stores: tuple[CaseStore, CheckpointStore], played: Rehearsal) -> None:
    store, checkpoints = stores
    make = making(checkpoints).make
    assert (make(), checkpoints.last(), checkpoints.uncovered()) == (0, None, 0)
    played.do({"new": True})
    played.do({"new": True})
    assert checkpoints.uncovered() == 2
    assert make() == 2
    assert (make(), checkpoints.uncovered()) == (0, 0)
    played.do({"say": "hi"})
    assert make() == 1
    first, second = checkpoints.checkpoints()
    assert (first.number, second.number, second.said["previous"]) == (1, 2, first.digest)
    assert checkpoints.last() == second
    assert KEYS.verifies(first.key, first.body.encode(), first.signature)
    assert [number for number, _ in checkpoints.of_case("case-2")] == [1, 2]
    (head,) = checkpoints.heads(2)
    assert (head.case_id, head.version) == ("case-2", store.summary("case-2").version)
    assert second.said["root"] == root([head])


def test_many_cases_are_covered_by_several(
    stores: tuple[CaseStore, CheckpointStore], played: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, checkpoints = stores
    monkeypatch.setattr(checkpointing, "LEAVES_MAX", 2)
    for _ in range(5):
        played.do({"new": True})
    assert making(checkpoints).make() == 5
    assert [len(checkpoints.heads(number)) for number in (1, 2, 3)] == [2, 2, 1]


def test_one_that_comes_second_stores_nothing(stores: tuple[CaseStore, CheckpointStore]) -> None:
    _, checkpoints = stores
    one = Checkpoint(1, '{"at":"2026-01-05"}', "key", "signature")
    checkpoints.keep(one, [Head("case-1", 1, "ab")])
    with pytest.raises(CheckpointTaken):
        checkpoints.keep(Checkpoint(1, '{"at":"2026-01-06"}', "key", "signature"), [Head("case-2", 1, "ab")])
    assert checkpoints.checkpoints() == [one] or checkpoints.checkpoints() == (one,)
    assert [head.case_id for head in checkpoints.heads(1)] == ["case-1"]


def test_it_is_made_when_it_is_due(stores: tuple[CaseStore, CheckpointStore], played: Rehearsal) -> None:
    _, checkpoints = stores
    make = making(checkpoints)
    played.do({"new": True})
    assert make.make_if_due() == 1
    played.do({"say": "hi"})
    assert make.make_if_due() == 0
    assert isinstance(make.clock, ManualClock)
    make.clock.advance(timedelta(hours=1))
    assert make.make_if_due() == 1


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 13])
def test_the_way_up_leads_to_the_root(count: int) -> None:
    heads = [Head(f"case-{number}", number, "ab" * 32) for number in range(count)]
    for place, head in enumerate(heads):
        at = leaf(head)
        for side, beside in way_up(heads, place):
            other = bytes.fromhex(beside)
            at = hashlib.sha256(b"\1" + (other + at if side == "left" else at + other)).digest()
        assert at.hex() == root(heads)


def test_a_replaced_key_is_believed_by_its_public_line() -> None:
    old, new = new_signing_key(), new_signing_key()
    signed = read_signing_keys(old)
    (public,) = signed.public_lines()
    rotated = read_signing_keys(f"# the new one first\n{new}\n{public}\n")
    signature = signed.sign(b"text")
    assert rotated.verifies(signed.name, b"text", signature)
    assert rotated.name != signed.name
    assert not rotated.verifies(signed.name, b"other", signature)
    assert not rotated.verifies(rotated.name, b"text", signature)
    assert not NO_KEYS.verifies(signed.name, b"text", signature)
    with pytest.raises(KeyUnavailable, match="only public ones"):
        read_signing_keys(public).sign(b"text")


@pytest.mark.parametrize(("text", "words"), [("", "new-key"), ("abc", "line 1"), ("public abc", "line 1")])
def test_keys_that_are_none_are_told(text: str, words: str) -> None:
    with pytest.raises(KeyUnavailable, match=words):
        read_signing_keys(text)
