"""Ten thousand turns with the worst model there is: nothing but the document is said, called, or closed."""

from __future__ import annotations

import pytest

from bythebook.adapters.folder import find_document
from bythebook.engine.event import FunctionCalled, MessageRead
from bythebook.engine.state import Status
from bythebook.testing.hostile import HostileModel
from tests.model import hostile_turns

TURNS = 10_000


@pytest.mark.slow
def test_whatever_a_model_answers_what_must_hold_holds() -> None:
    assert hostile_turns.run(TURNS, seed=1) >= TURNS


def test_it_is_asked_and_its_choices_count_where_they_are_on_the_menu() -> None:
    """What the other test shows would be nothing if the model were never asked, or never got anywhere."""
    customer, _ = hostile_turns.rehearsal(find_document(""), 3)
    chance = hostile_turns.random.Random(3)
    for _ in range(30):
        hostile_turns.play_case(customer, chance)
    store = customer.runner.store
    rows = store.summaries(limit=1000)
    logs = [event for row in rows for event in store.load(row.case_id)]
    uses = [event.model for event in logs if isinstance(event, MessageRead) and event.model is not None]
    assert {row.status for row in rows} >= {Status.RESOLVED, Status.HANDED_OFF}
    assert any(use.chosen for use in uses)
    assert any(use.failure for use in uses)
    assert any(not use.chosen and not use.failure for use in uses)
    assert {event.function for event in logs if isinstance(event, FunctionCalled)} >= {
        "case_resolution",
        "provide_list_of_zero_retention_endpoints",
    }


def test_the_same_seed_does_the_same_harm() -> None:
    schema = {"properties": {"choices": {"items": {"enum": ["step:2", "act:deny", "unsure"]}}}}
    one, other = HostileModel(5), HostileModel(5)
    for _ in range(50):
        assert _answer(one, schema) == _answer(other, schema)


def _answer(model: HostileModel, schema: dict[str, object]) -> object:
    try:
        return model.ask("", "", schema)
    except Exception as failure:
        return str(failure)
