"""End to end with a real model, where one is served: `BYTHEBOOK_TEST_MODEL_URL` and `BYTHEBOOK_TEST_MODEL` say where.

A small model chooses badly; what is shown is that the wire works and that nothing it chooses breaks a rule.
"""

from __future__ import annotations

import os

import pytest

from bythebook.adapters.memory_store import MemoryStore
from bythebook.bootstrap import build_rehearsal
from bythebook.engine.event import MessageRead
from bythebook.settings import Settings
from tests.model.hostile_turns import Played, holds

URL, MODEL = (os.environ.get(name, "") for name in ("BYTHEBOOK_TEST_MODEL_URL", "BYTHEBOOK_TEST_MODEL"))
MESSAGES = (
    "hello",
    "the thing our nurses' dashboards hum along to",
    "the chat one our doctors have in the browser",
    "hm, what about the other",
    "is it dear?",
    "nah we are sorted, cheers",
)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not URL, reason="no model is served: set BYTHEBOOK_TEST_MODEL_URL and BYTHEBOOK_TEST_MODEL")
def test_a_real_model_is_asked_and_breaks_no_rule() -> None:
    store = MemoryStore()
    settings = Settings(reader="lexicon", model_url=URL, model=MODEL, model_deadline_ms=60_000)
    customer = build_rehearsal(settings, store=store)
    for message in (*MESSAGES, *MESSAGES):
        customer.do({"say": message})
    assert customer.case_id is not None
    log = store.load(customer.case_id)
    uses = [event.model for event in log if isinstance(event, MessageRead) and event.model is not None]
    print(*uses, sep="\n")
    assert uses, "some of these messages are beyond the lexicon"
    answered = [use for use in uses if not use.failure]
    assert answered and answered == uses[-len(answered) :], "once a form of request has worked, it goes on working"
    assert all(use.tokens_in > 0 for use in answered)
    release = customer.runner.releases.get(customer.runner.state(customer.case_id).release).release
    holds(release, Played(log, customer.runner.state(customer.case_id)))
