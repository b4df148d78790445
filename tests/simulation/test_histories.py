"""Ten thousand histories of several processes over one store: what must hold, holds after each.

`make simulate N=100000` lives more; a failing seed prints the command that lives it again, step by step.
"""

from __future__ import annotations

import pytest

from bythebook.adapters.memory_store import MemoryStore
from bythebook.service.ports import Append
from tests.simulation.__main__ import documents, failure_of, failures
from tests.simulation.history import History

FEW, MANY = 150, 10_000


def test_a_few_histories_hold() -> None:
    wrong = [failure for failure in map(failure_of, range(1, FEW + 1)) if failure is not None]
    assert not wrong, wrong[0]


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_many_histories_hold() -> None:
    wrong = failures(1, MANY)
    assert not wrong, "\n\n".join(wrong[:10])


def test_the_same_seed_lives_the_same_history() -> None:
    told: list[list[str]] = []
    for _ in range(2):
        steps: list[str] = []
        History(7, documents(), steps.append).live()
        told.append(steps)
    assert told[0] == told[1] and len(told[0]) > 50


class Forgetful(MemoryStore):
    """Says that it stored, and now and then did not."""

    appends = 0

    def append(self, *appends: Append) -> None:
        """Forget each twentieth."""
        self.appends += 1
        if self.appends % 20:
            super().append(*appends)


class Careless(MemoryStore):
    """Takes a message again that it has already."""

    def message_version(self, case_id: str, message_id: str) -> int | None:
        """Know nothing."""
        return None


@pytest.mark.parametrize("broken", [Forgetful, Careless])
def test_a_broken_store_is_found_out(broken: type[MemoryStore]) -> None:
    def holds(seed: int) -> bool:
        history = History(seed, documents())
        store = broken()
        store.rows.update(history.outside.store.rows)
        history.outside.store = store
        try:
            history.live()
        except AssertionError:
            return False
        return True

    assert not all(holds(seed) for seed in range(1, 60))
