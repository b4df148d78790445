"""For one policy version the same facts lead to the same decisions, to the byte; whoever changes that raises it."""

from __future__ import annotations

import pytest

from bythebook.engine import policy
from bythebook.engine.decide import POLICY_VERSION, policy_of
from bythebook.engine.event import TurnPlanned
from tests.decided.__main__ import main
from tests.decided.recorded import LOGS, departing, recorded

RULE = (
    "the engine decides recorded cases otherwise. If that is meant, raise POLICY_VERSION in engine/decide.py and run "
    "`python -m tests.decided`: cases of earlier versions are then told as such when they are replayed"
)


def test_recorded_cases_are_decided_the_same() -> None:
    wrong = departing(same_policy=False)
    assert not wrong, f"{RULE}\n" + "\n".join(wrong[:5])


def test_they_are_of_the_policy_of_today() -> None:
    found = {policy_of(log) for _, _, log in recorded()}
    assert found == {POLICY_VERSION}, "POLICY_VERSION was raised: run `python -m tests.decided`"
    assert len(list(recorded())) >= 18


def test_nothing_is_recorded_over_a_version_that_was_not_raised(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    decide = policy.next_decision
    before = LOGS.read_bytes()

    def hasty(release: object, state: object) -> object:
        decided = decide(release, state)  # type: ignore[arg-type]
        return TurnPlanned(decided.tasks[1:]) if isinstance(decided, TurnPlanned) else decided

    monkeypatch.setattr("bythebook.engine.decide.next_decision", hasty)
    assert main() == 1
    assert "raise POLICY_VERSION first" in capsys.readouterr().err
    assert LOGS.read_bytes() == before
