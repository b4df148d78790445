"""A state comes back from a snapshot exactly as it was, whatever the conversation, and folds on alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.state_codec import UnreadableState, decode_state, encode_state, shape
from bythebook.bootstrap import build_rehearsal
from bythebook.engine.event import Event
from bythebook.engine.evolve import evolve, replay
from bythebook.engine.state import CaseState
from bythebook.settings import Settings
from bythebook.testing.script import play, read_scripts

ROOT = Path(__file__).parent.parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
SHIPPED = ROOT / "routines" / "business-associate-agreement"
SETS = {
    "alone": (
        (str(ROOT / "routines" / "business-associate-agreement"),),
        ROOT / "routines/business-associate-agreement",
    ),
    "together": ((str(FIXTURES / "together"), str(FIXTURES / "membership")), FIXTURES / "together"),
    "values": ((str(FIXTURES / "membership"),), FIXTURES / "membership"),
}


def logs(name: str) -> Iterator[tuple[Event, ...]]:
    """Every log that the conversations of a set leave."""
    documents, folder = SETS[name]
    store = MemoryStore()
    rehearsal = build_rehearsal(replace(Settings(), document=documents, reader="lexicon"), store=store)
    for script in read_scripts((folder / "tests" / "conversations.md").read_text(encoding="utf-8")):
        play(script, rehearsal.do)
    assert len(store.rows) > 3
    for case_id in store.rows:
        yield tuple(store.load(case_id))


@pytest.mark.parametrize("name", SETS)
def test_every_state_of_every_conversation_comes_back(name: str) -> None:
    for log in logs(name):
        state = CaseState()
        for place, event in enumerate(log, 1):
            state = evolve(state, event)
            back = decode_state(encode_state(state))
            assert back == state
            assert list(back.spoken) == list(state.spoken), "the order in which things were said"
            assert back.__dict__.keys() == state.__dict__.keys()
            if place % 7 == 0:
                assert replay(log[place:], back) == replay(log)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"case_id": 3}', b"\xff"])
def test_what_is_no_state_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableState):
        decode_state(body)


def test_a_program_has_one_shape() -> None:
    assert shape() == shape() and len(shape()) == 64
