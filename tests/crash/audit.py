"""What must be true of a store after whatever happened to the processes over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bythebook.bootstrap import build_installation, open_store
from bythebook.engine.decide import owed
from bythebook.engine.event import CustomerSaid, Event, FunctionCalled, FunctionReturned
from bythebook.engine.evolve import replay
from bythebook.engine.state import CaseState
from bythebook.routine.wording import Release
from bythebook.service.conversation import Conversation
from bythebook.service.runner import Runner
from bythebook.settings import Settings
from tests.crash.customers import Told
from tests.crash.document import ledger_lines
from tests.engine.test_invariants import (
    every_document_keeps_its_release,
    every_message_is_answered_once,
    functions_are_in_their_place,
    one_speaker_and_one_question,
    resolution_comes_last,
    the_log_is_the_truth,
    wording_is_approved,
)


@dataclass(frozen=True)
class Case:
    """A case as the rules of the engine's tests look at it."""

    log: Sequence[Event]
    state: CaseState
    kept: Mapping[str, Release]


@dataclass(frozen=True)
class Found:
    """What an audit counted; what it found wrong it raised."""

    cases: int
    messages: int
    calls: int
    repeated_calls: int
    recovered: int


def audit(folder: Path, document: Path, database: str, told: Sequence[Told], *, whole: bool = True) -> Found:
    """Go on with what is owed, then hold every case, every answer and the ledger against each other.

    Where turns do not wait for long calls (`whole` is false), what was told is how the answer begins.
    """
    settings = replace(Settings(), document=str(document), database=database, reader="lexicon")
    store = open_store(settings)
    try:
        runner = build_installation(settings, store).runner
        recovered = runner.recover()
        rows = store.summaries(limit=10**6)
        logs = {row.case_id: store.load(row.case_id) for row in rows}
        for row in rows:
            assert store.verify(row.case_id) is None, f"the chain of {row.case_id} is broken"
            assert not row.owes and owed(replay(logs[row.case_id])) is None, f"{row.case_id} still owes"
            _hold(runner, logs[row.case_id])
        _answers_are_those_told(runner, logs, told, whole=whole)
        repeated = _the_ledger_agrees(folder, logs)
        calls = sum(isinstance(event, FunctionCalled) for log in logs.values() for event in log)
        return Found(len(rows), len(told), calls, repeated, recovered)
    finally:
        store.close()


def _hold(runner: Runner, log: Sequence[Event]) -> None:
    state = replay(log)
    release = runner.releases.get(state.release).release
    case = Case(log, state, {release.digest: release})
    wording_is_approved(case)
    functions_are_in_their_place(case)
    resolution_comes_last(case)
    the_log_is_the_truth(case)
    every_message_is_answered_once(case)
    one_speaker_and_one_question(log)
    every_document_keeps_its_release(case)


def _answers_are_those_told(
    runner: Runner, logs: Mapping[str, Sequence[Event]], told: Sequence[Told], *, whole: bool
) -> None:
    """Every message that was acknowledged is in the log once, and its turn is the one the customer saw."""
    kept: Counter[tuple[str, str]] = Counter()
    for case_id, log in logs.items():
        for event in log:
            if isinstance(event, CustomerSaid):
                kept[case_id, event.message_id] += 1
    assert not [each for each, times in kept.items() if times > 1], "a message is in its case twice"
    for each in told:
        assert kept[each.case_id, each.key] == 1, f"{each.case_id} lost the acknowledged message {each.key}"
        turn = Conversation(runner).turn(each.case_id, each.key)
        assert turn is not None
        said = tuple(text.text for text in turn.said)
        assert (said if whole else said[: len(each.said)]) == each.said, (
            f"{each.case_id} {each.key}: told {each.said}, kept {said}"
        )


def _the_ledger_agrees(folder: Path, logs: Mapping[str, Sequence[Event]]) -> int:
    """Every call was made and is recorded once, under a key of its own; return how many were made again."""
    called: dict[str, str] = {}
    for case_id, log in logs.items():
        for version, event in enumerate(log, 1):
            if isinstance(event, FunctionCalled):
                called[f"{case_id}:{version}"] = event.function
    returned = Counter(event.key for log in logs.values() for event in log if isinstance(event, FunctionReturned))
    assert set(returned) == set(called), "a call without its result, or a result without its call"
    assert all(times == 1 for times in returned.values()), "an effect is recorded twice"
    done = ledger_lines(folder)
    assert {key: function for key, function, _ in done} == called, "what was done is not what was called"
    return len(done) - len(called)
