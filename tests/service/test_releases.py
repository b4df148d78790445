"""The life of a release: every move that there is, and every other one refused in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from bythebook.adapters.candidates import StoredCandidates
from bythebook.adapters.memory_releases import MemoryReleases
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.shelf import Shelf
from bythebook.reading.local import build_reader
from bythebook.service.differing import differences
from bythebook.service.releases import (
    MOVES,
    Act,
    Move,
    ReleaseRefused,
    ReleaseStep,
    Stage,
    earlier,
    first_break,
    live,
    moved,
    standings,
)
from bythebook.service.releasing import Releasing
from bythebook.testing.fakes import ManualClock

AT = datetime(2026, 1, 5, tzinfo=UTC)
ONE, OTHER = "1" * 64, "2" * 64
DOCUMENT = """\
# Refunds

1. Ask the customer: "Do you want a refund?"
   a. If the customer agrees, then inform the customer: "It is on its way."

2. Ask the customer if there is anything else you can assist with:
   - "Is there anything else?"

3. Call the `case_resolution` function.
"""
TWO = "[conduct]\ntwo_people = true\n"

WAYS: Mapping[Stage | None, Sequence[tuple[Move, str]]] = {
    None: (),
    Stage.DRAFT: ((Move.SUBMIT, ONE),),
    Stage.CHECKED: ((Move.SUBMIT, ONE), (Move.CHECK, ONE)),
    Stage.APPROVED: ((Move.SUBMIT, ONE), (Move.CHECK, ONE), (Move.APPROVE, ONE)),
    Stage.RELEASED: ((Move.SUBMIT, ONE), (Move.CHECK, ONE), (Move.APPROVE, ONE), (Move.RELEASE, ONE)),
    Stage.REPLACED: tuple(
        (move, digest) for digest in (ONE, OTHER) for move in (Move.SUBMIT, Move.CHECK, Move.APPROVE, Move.RELEASE)
    ),
    Stage.RETIRED: (
        (Move.SUBMIT, ONE),
        (Move.CHECK, ONE),
        (Move.APPROVE, ONE),
        (Move.RELEASE, ONE),
        (Move.RETIRE, ONE),
    ),
}


def made(*acts: tuple[Move, str], by: str = "Ann") -> list[ReleaseStep]:
    steps: list[ReleaseStep] = []
    for move, digest in acts:
        steps.append(moved(steps, Act("refunds", digest, move, by, "why"), AT))
    return steps


@pytest.mark.parametrize(("stage", "move"), list(product(WAYS, Move)))
def test_the_table_of_moves_is_all_there_is(stage: Stage | None, move: Move) -> None:
    steps = made(*WAYS[stage])
    act = Act("refunds", ONE, move, "Ben", "why")
    if (stage, move) not in MOVES:
        with pytest.raises(ReleaseRefused, match=f"nobody can {move.value} it"):
            moved(steps, act, AT)
        return
    steps.append(moved(steps, act, AT))
    assert standings(steps)["refunds", ONE].stage is MOVES[stage, move]
    assert first_break(steps) is None


def test_another_release_takes_the_place_of_the_live_one_and_can_give_it_back() -> None:
    steps = made(*WAYS[Stage.REPLACED])
    assert live(steps) == {"refunds": OTHER}
    assert earlier(steps, "refunds") == ONE
    steps.append(moved(steps, Act("refunds", ONE, Move.RELEASE, "Ann"), AT))
    assert live(steps) == {"refunds": ONE}
    assert earlier(steps, "refunds") == OTHER
    assert steps[-1].before == OTHER


def test_where_two_are_asked_for_whoever_submitted_does_not_approve() -> None:
    steps = made(*WAYS[Stage.CHECKED])
    act = Act("refunds", ONE, Move.APPROVE, " ann ", two_people=True)
    with pytest.raises(ReleaseRefused, match="Ann submitted release 111111111111: somebody else approves it"):
        moved(steps, act, AT)
    assert moved(steps, replace(act, by="Ben"), AT).by == "Ben"


def test_a_return_says_why_and_everybody_has_a_name() -> None:
    steps = made(*WAYS[Stage.CHECKED])
    with pytest.raises(ReleaseRefused, match="what its author is to change"):
        moved(steps, Act("refunds", ONE, Move.RETURN, "Ben"), AT)
    with pytest.raises(ReleaseRefused, match="say who you are"):
        moved(steps, Act("refunds", ONE, Move.APPROVE, "  "), AT)


@pytest.mark.parametrize(
    "changed",
    [
        {"by": "Eve"},
        {"digest": OTHER},
        {"note": ""},
        {"move": Move.RETURN},
        {"number": 9},
        {"at": datetime(2027, 1, 1, tzinfo=UTC)},
        {"folder": True},
        {"before": ONE},
        {"name": "returns"},
    ],
    ids=str,
)
def test_a_step_that_was_altered_shows(changed: dict[str, object]) -> None:
    steps = made(*WAYS[Stage.RELEASED])
    steps[2] = replace(steps[2], **changed)  # type: ignore[arg-type]
    assert first_break(steps) == 3


def test_a_step_that_was_taken_out_shows() -> None:
    steps = made(*WAYS[Stage.RELEASED])
    assert first_break([*steps[:1], *steps[2:]]) == 2


# ---------------------------------------------------------------- with documents


@pytest.fixture
def releasing() -> Releasing:
    shelf, log = Shelf(MemoryStore(), lambda release: build_reader(release, None)), MemoryReleases()
    return Releasing(log, StoredCandidates(shelf, log), ManualClock())


def files(document: str = DOCUMENT, phrases: str = "") -> Mapping[str, bytes]:
    return {"document.md": document.encode(), "phrases.toml": phrases.encode()}


def test_a_release_in_one_act(releasing: Releasing) -> None:
    digest = releasing.release("refunds", files(), "Ann", "the first")
    assert releasing.live() == {"refunds": digest}
    assert [step.move.value for step in releasing.steps()] == ["submit", "check", "approve", "release"]
    with pytest.raises(ReleaseRefused, match="is what new cases begin with already"):
        releasing.release("refunds", files(), "Ann")


def test_a_document_with_errors_is_refused_with_what_is_wrong(releasing: Releasing) -> None:

    with pytest.raises(ReleaseRefused, match="refunds cannot be released as it is"):
        releasing.release("refunds", files(phrases="[conduct]\nnudge = 1"), "Ann")
    assert releasing.steps() == []


def test_two_people_where_the_document_asks_for_them(releasing: Releasing) -> None:
    with pytest.raises(ReleaseRefused, match="asks for two people"):
        releasing.release("refunds", files(phrases=TWO), "Ann")
    digest = releasing.submit("refunds", files(phrases=TWO), "Ann")
    releasing.approve("refunds", digest, "Ben")
    assert releasing.release("refunds", files(phrases=TWO), "Ann") == digest
    assert releasing.live() == {"refunds": digest}


def test_nobody_switches_the_second_person_off_alone(releasing: Releasing) -> None:
    digest = releasing.submit("refunds", files(phrases=TWO), "Ann")
    releasing.approve("refunds", digest, "Ben")
    releasing.release_kept("refunds", digest, "Ann")
    with pytest.raises(ReleaseRefused, match="asks for two people"):
        releasing.release("refunds", files(), "Ann")
    releasing.retire("refunds", "Ann")
    with pytest.raises(ReleaseRefused, match="asks for two people"):
        releasing.release("refunds", files(), "Ann")


def test_back_in_one_act(releasing: Releasing) -> None:
    first = releasing.release("refunds", files(), "Ann")
    second = releasing.release("refunds", files(DOCUMENT.replace("on its way", "coming")), "Ann")
    assert releasing.rollback("refunds", "Ben") == first
    assert releasing.live() == {"refunds": first}
    assert releasing.rollback("refunds", "Ben", digest=second) == second
    with pytest.raises(ReleaseRefused, match="never live"):
        releasing.rollback("refunds", "Ben", digest="0" * 64)


def test_what_others_go_through_first_is_not_retired(releasing: Releasing) -> None:
    releasing.release("identity", files(phrases="[conduct]\npart = true\n"), "Ann")
    releasing.release("refunds", files(phrases='[conduct]\nfirst = "identity"\n'), "Ann")
    with pytest.raises(ReleaseRefused, match="cases of refunds go through identity first"):
        releasing.retire("identity", "Ann")
    releasing.retire("refunds", "Ann")
    releasing.retire("identity", "Ann")
    assert releasing.live() == {}


def test_two_releases_compared_by_words_and_ways(releasing: Releasing) -> None:
    first = releasing.release("refunds", files(), "Ann")
    document = (
        DOCUMENT.replace("on its way", "coming")
        .replace("# Refunds\n\n1.", '# Refunds\n\n1. Inform the customer: "Hello!"\n\n2.', 1)
        .replace("\n2. Ask the customer if", "\n3. Ask the customer if")
        .replace("\n3. Call", "\n4. Call")
    )
    second = releasing.submit("refunds", files(document), "Ann")
    assert isinstance(releasing.candidates, StoredCandidates)
    found = differences(releasing.candidates.release(first), releasing.candidates.release(second))
    said = {(change.before, change.after) for change in found.wording}
    assert ("", "Hello!") in said
    assert any(after == "It is coming." for _, after in said)
    assert not any("anything else" in before + after for before, after in said), "a line that only moved is none"
    assert any("Hello!" in way.target for way in found.ways_new)
    assert not differences(releasing.candidates.release(first), releasing.candidates.release(first))
