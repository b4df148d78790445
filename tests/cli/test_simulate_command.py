"""`bythebook simulate`: the same seed lives the same case; what does not hold is found, with what lives it again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bythebook.cli.main import main
from bythebook.cli.simulating import Lives, Tally, deaf, named, tallies
from bythebook.engine import policy
from bythebook.engine.event import AssistantSaid, FunctionCalled, TurnPlanned
from bythebook.settings import Settings
from bythebook.testing.coverage import reached_by
from bythebook.testing.customers import BEHAVIOURS

MEMBERSHIP = str(Path(__file__).parent.parent / "fixtures" / "membership")
PLAIN = replace(Settings(), reader="lexicon")


@pytest.fixture(scope="module")
def shipped() -> Lives:
    return Lives.of(PLAIN)


def test_the_same_seed_lives_the_same_case(shipped: Lives) -> None:
    told: list[list[str]] = []
    for _ in range(2):
        steps: list[str] = []
        shipped.world.live(11, tell=steps.append)
        told.append(steps)
    assert told[0] == told[1] and len(told[0]) > 10


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda one: one.name)
def test_every_behaviour_leads_somewhere_and_all_holds(shipped: Lives, behaviour: Any) -> None:
    tally = shipped.tally(range(1, 9), [behaviour])
    assert tally.cases == 8 and tally.messages > 8 and not tally.broken


def test_a_document_that_walks_holds_too() -> None:
    assert not Lives.of(replace(PLAIN, document=(MEMBERSHIP,))).tally(range(1, 16), BEHAVIOURS).broken


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda d: replace(d, text=d.text + " Dear.") if isinstance(d, AssistantSaid) else d, "approved-wording"),
        (lambda d: replace(d, line="1a") if isinstance(d, FunctionCalled) else d, "functions-in-place"),
        (lambda d: replace(d, messages=0) if isinstance(d, TurnPlanned) else d, "answered-once"),
    ],
)
def test_an_engine_that_does_otherwise_is_found_out(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], Any], name: str
) -> None:
    decide = policy.next_decision
    monkeypatch.setattr(
        "bythebook.engine.decide.next_decision", lambda release, state: change(decide(release, state))
    )
    broken = Lives.of(PLAIN).tally(range(1, 6), BEHAVIOURS).broken
    assert any(found == name for found, _ in broken), broken


def test_tallies_add_up_in_any_order(shipped: Lives) -> None:
    whole, parts = shipped.tally(range(1, 13), BEHAVIOURS), Tally()
    for some in (range(7, 13), range(1, 7)):
        parts.merge(shipped.tally(some, BEHAVIOURS))
    assert parts == whole


def test_several_processes_live_what_one_does(shipped: Lives) -> None:
    found = Tally()
    for one in tallies(PLAIN, range(1, 31), (), 2):
        found.merge(one)
    assert found == shipped.tally(range(1, 31), named(()))


def test_it_is_told_in_words_and_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["simulate", "-n", "10", "--jobs", "1", "--reader", "lexicon", "--customers", "patient,silent"]
    assert main(asked) == 0
    told = capsys.readouterr().out
    assert "10 customers (seeds 1 to 10)" in told and "everything held" in told and "hostile" not in told
    assert main([*asked, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["cases"] == 10 and sum(one["cases"] for one in found["outcomes"]) == 10 and not found["broken"]


def test_one_case_is_told_again(capsys: pytest.CaptureFixture[str], shipped: Lives) -> None:
    assert main(["simulate", "--seed", "11", "--reader", "lexicon"]) == 0
    told = capsys.readouterr().out
    lived = shipped.world.live(11)
    assert f"{lived.messages} messages, {lived.events} events, {lived.outcome}" in told
    assert told.count("Customer") >= lived.messages
    assert reached_by(shipped.world.release, lived.logs[0])


def test_what_is_broken_is_told_with_its_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    decide = policy.next_decision

    def politer(release: Any, state: Any) -> Any:
        found = decide(release, state)
        return replace(found, text=found.text + " Dear.") if isinstance(found, AssistantSaid) else found

    monkeypatch.setattr("bythebook.engine.decide.next_decision", politer)
    assert main(["simulate", "-n", "3", "--jobs", "1", "--reader", "lexicon"]) == 1
    told = capsys.readouterr().out
    assert "BROKEN approved-wording" in told and "bythebook simulate --reader lexicon --seed 1" in told


def test_wrong_arguments_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["simulate", "--customers", "angelic"])
    assert "no customer is 'angelic'" in capsys.readouterr().err


def test_processes_are_begun_so_that_ctrl_c_does_not_reach_them() -> None:
    asks = [sys.executable, "-c", "import signal; print(signal.getsignal(signal.SIGINT) == signal.SIG_IGN)"]
    before = signal.getsignal(signal.SIGINT)
    with deaf():
        assert subprocess.run(asks, check=True, capture_output=True, text=True).stdout == "True\n"
    assert signal.getsignal(signal.SIGINT) == before


@pytest.mark.parametrize("done", [0, 1])
def test_who_stops_it_is_told_how_far_it_came(
    done: int, shipped: Lives, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object) -> Iterator[Tally]:
        for seed in range(done):
            yield shipped.tally([seed + 1], named(()))
        raise KeyboardInterrupt

    monkeypatch.setattr("bythebook.cli.simulate.tallies", stopped)
    assert main(["simulate", "-n", "40", "--reader", "lexicon"]) == 130
    told = capsys.readouterr()
    assert f"stopped after {done} of 40 customers" in told.err
    assert ("everything held" in told.out) == bool(done)
