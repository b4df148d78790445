"""A case to try a document out with: asks for results, moves in time, is played again, is kept as a test."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.test_by_hand import CARDS, FAILING, PEOPLE

from bythebook.adapters.memory_store import MemoryStore
from bythebook.bootstrap import build_installation, build_rehearsal
from bythebook.engine.state import Status
from bythebook.settings import Settings
from bythebook.testing.kept_test import as_script, with_script
from bythebook.testing.sandbox import (
    BEATS_MAX,
    Beat,
    BeatWrong,
    Gives,
    HandsBack,
    Presses,
    Sandbox,
    Says,
    Settles,
    Waits,
    as_data,
    from_data,
)
from bythebook.testing.script import play, read_scripts
from bythebook.testing.tester import fields_of, read_field
from bythebook.trying import Subject, Trials

LEXICON = Settings(reader="lexicon")
LIST = "provide_list_of_zero_retention_endpoints"
ORDERS = """\
# Where is my order?

1. Ask the customer for their order number.
2. Call the `find_order(order_number)` function.
3. If the order is found, then:
   a. Call the `send_again` function.
   b. Inform the customer: "It is sent again."
4. Else:
   a. Inform the customer: "No such order is known."
5. Ask the customer if there is anything else you can help with.
6. Call the `case_resolution` function.

## Functions

- `find_order(order_number)`: finds an order by its number.
- `send_again`: sends the order again.
- `case_resolution`: ends the case.
"""


@pytest.fixture(scope="module")
def trials() -> Trials:
    installation = build_installation(LEXICON, MemoryStore())
    return Trials(installation.shelf, installation.runner.mask)


@pytest.fixture(scope="module")
def live(trials: Trials) -> Subject:
    return trials.of_release(trials.shelf.current().release.digest)


@pytest.fixture(scope="module")
def orders(trials: Trials) -> Subject:
    return trials.of_draft("orders", {"document.md": ORDERS.encode()})


def played(trials: Trials, subject: Subject, *beats: Beat) -> Sandbox:
    return trials.resume(subject, beats)


def said(sandbox: Sandbox) -> list[str]:
    return [one.line for one in sandbox.played[-1].turn.said]


def test_the_tester_types_as_the_customer(trials: Trials, live: Subject) -> None:
    sandbox = played(trials, live, Says("We need a BAA for the API"))
    assert said(sandbox)[:3] == ["1", "2a", "2b"] and said(sandbox)[-1] == "5.1"
    assert {"2", "2a", "2e.i", "5.1"} <= sandbox.reached()
    assert "3a" not in sandbox.reached()


def test_a_button_is_pressed(trials: Trials, live: Subject) -> None:
    sandbox = played(trials, live, Says("I need a BAA"))
    assert [button.id for button in sandbox.buttons] == ["step:2", "step:3"]
    sandbox.play(Presses("step:3"))
    assert "3a" in said(sandbox)


def test_a_call_that_is_not_bound_waits_for_the_tester(trials: Trials, orders: Subject) -> None:
    sandbox = played(trials, orders, Says("where is my order?"), Says("my order number is 4711"))
    assert sandbox.asks is not None and sandbox.asks.function == "find_order"
    assert sandbox.asks.why == "nobody has connected it yet"
    with pytest.raises(BeatWrong, match="first say what find_order returns"):
        sandbox.play(Says("hello?"))
    sandbox.play(Gives({"outcome": "success"}))
    assert sandbox.asks is not None and sandbox.asks.function == "send_again"
    sandbox.play(Gives({}))
    assert sandbox.asks is None
    assert "3" in sandbox.reached() and "4" not in sandbox.reached()
    sandbox.play(Says("no thanks"))
    assert sandbox.state.status is Status.RESOLVED


def test_the_other_way_is_taken_where_the_tester_says_so(trials: Trials, orders: Subject) -> None:
    sandbox = played(trials, orders, Says("where is my order?"), Says("my order number is 4711"))
    sandbox.play(Gives({"outcome": "failure"}))
    assert "4" in sandbox.reached() and "3" not in sandbox.reached()


def test_a_call_fails_where_the_tester_lets_it(trials: Trials, orders: Subject) -> None:
    sandbox = played(trials, orders, Says("where is my order?"), Says("my order number is 4711"), Gives(None))
    assert [call.attempt for call in sandbox.played[-1].turn.calls] == [1, 2, 3]


def test_the_outcomes_that_a_document_speaks_of_are_offered(orders: Subject) -> None:
    [outcome] = fields_of(orders.bound.release, "find_order")
    assert outcome.name == "outcome" and outcome.values[0] == "success" and "failure" in outcome.values


@pytest.mark.parametrize(
    ("typed", "meant"), [("true", True), ("No", "No"), (" 12 ", 12), ("-3", -3), ("007", "007"), ("x y", "x y")]
)
def test_what_a_tester_types_is_taken_as_it_is_meant(typed: str, meant: object) -> None:
    assert read_field(typed) == meant


def test_a_release_refuses_what_is_not_bound(trials: Trials, tmp_path: Path) -> None:
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders" / "document.md").write_text(ORDERS)
    installation = build_installation(Settings(reader="lexicon", document=(str(tmp_path / "orders"),)), MemoryStore())
    ours = Trials(installation.shelf, installation.runner.mask)
    subject = ours.of_release(installation.shelf.current().release.digest)
    sandbox = played(ours, subject, Says("where is my order?"), Says("my order number is 4711"))
    assert sandbox.asks is None
    assert sandbox.state.status is Status.HANDED_OFF


def test_what_has_effects_is_never_called(trials: Trials) -> None:
    bound: dict[str, bytes] = {
        "document.md": ORDERS.encode(),
        "functions.py": b"""
from bythebook.functions import function

@function
def find_order(order_number: str) -> dict[str, bool]:
    return {"found": True}

@function(effect=True)
def send_again() -> None:
    raise AssertionError("nothing is to be sent")
""",
    }
    subject = trials.of_draft("orders", bound)
    sandbox = played(trials, subject, Says("where is my order?"), Says("my order number is 4711"))
    assert sandbox.asks is not None
    assert (sandbox.asks.function, sandbox.asks.why) == ("send_again", "it changes something outside")


def test_time_moves_when_the_tester_says_so(trials: Trials, live: Subject) -> None:
    sandbox = played(trials, live, Says("I need a BAA"))
    due = sandbox.due()
    assert due is not None and due[1].total_seconds() == 600
    sandbox.play(Waits())
    assert said(sandbox) == ["house:nudge"]
    sandbox.play(Waits())
    assert sandbox.state.status is Status.ABANDONED
    with pytest.raises(BeatWrong, match="however long"):
        sandbox.play(Waits())


def test_a_human_settles_and_hands_back(trials: Trials, live: Subject) -> None:
    sandbox = played(trials, live, Says("a person please"))
    assert sandbox.state.status is Status.HANDED_OFF
    sandbox.play(HandsBack())
    assert sandbox.state.status is Status.OPEN
    sandbox.play(Settles("not_approved", True))
    assert "4.1" in said(sandbox)


def test_a_need_after_the_end_goes_on_in_another_case(trials: Trials, live: Subject) -> None:
    sandbox = played(trials, live, Says("BAA for the API"), Says("no thanks"), Says("and for ChatGPT Enterprise?"))
    assert sandbox.case_id != sandbox.begun
    assert "3a" in said(sandbox) and {"2a", "3a"} <= sandbox.reached()


def test_the_same_beats_are_the_same_case(trials: Trials, orders: Subject) -> None:
    beats: tuple[Beat, ...] = (
        Says("where is my order?"),
        Says("4711"),
        Gives({"outcome": "success", "found": True}),
        Gives(None),
        HandsBack(),
        Waits(),
        Settles("late", False),
        Presses("act:deny"),
    )
    assert tuple(from_data(as_data(beat)) for beat in beats) == beats
    first = played(trials, orders, *beats[:3])
    assert played(trials, orders, *beats[:3]).log == first.log
    trials.keep(orders, first)
    assert trials.resume(orders, beats[:3]) is first


@pytest.mark.parametrize("given", [None, [], {"say": 3}, {"wait": "long"}, {"give": {"x": [1]}}, {"settle": "x"}])
def test_beats_that_nobody_wrote_are_refused(given: object) -> None:
    with pytest.raises(BeatWrong):
        from_data(given)


def test_a_case_has_an_end(trials: Trials, live: Subject) -> None:
    sandbox = trials.begin(live)
    for _ in range(BEATS_MAX):
        sandbox.play(Says("hi"))
    with pytest.raises(BeatWrong, match="start again"):
        sandbox.play(Says("hi"))


@pytest.mark.parametrize(
    "beats",
    [
        (Says("I need a BAA"), Presses("step:2"), Says("how long | does it take?"), Says("no thanks")),
        (Says("I need a BAA"), Waits(), Waits(), Says("for Enterprise")),
        (Says("a person please"), HandsBack(), Settles("not_approved", True)),
    ],
    ids=["to the end", "in time", "with a human"],
)
def test_what_is_kept_is_a_test_that_holds(trials: Trials, live: Subject, beats: tuple[Beat, ...]) -> None:
    text = with_script("", as_script("Kept", played(trials, live, *beats)))
    [script] = read_scripts(text)
    assert play(script, build_rehearsal(LEXICON).do) is None, text


def test_a_kept_test_brings_what_functions_returned(trials: Trials, orders: Subject, tmp_path: Path) -> None:
    beats = (Says("where is my order?"), Says("my order number is 4711"), Gives({"outcome": "success"}), Gives({}))
    kept = as_script("With | results", played(trials, orders, *beats))
    (tmp_path / "document.md").write_text(ORDERS)
    rehearsal = build_rehearsal(Settings(reader="lexicon", document=(str(tmp_path),)))
    [script] = read_scripts(with_script("# Mine\n", kept))
    assert play(script, rehearsal.do) is None, kept


@pytest.mark.parametrize(("there", "told"), [(True, "house:handoff"), (False, "house:handoff_nobody")])
def test_a_person_is_announced_as_one_is_there_now(trials: Trials, there: bool, told: str) -> None:
    ours = Trials(trials.shelf, trials.mask, lambda: there)
    subject = ours.of_draft("cards", {"document.md": CARDS.encode(), "phrases.toml": PEOPLE.encode()})
    sandbox = played(ours, subject, Says("I have a question about my cards"), Says("M-1234"))
    assert said(sandbox)[-1] == told
    script = as_script("Handed over", sandbox)
    assert ("Somebody is on duty." in script) is there


def test_what_a_person_could_not_do_is_tried_as_at_the_desk(trials: Trials) -> None:
    subject = trials.of_draft("cards", {"document.md": FAILING.encode(), "phrases.toml": PEOPLE.encode()})
    beats = (Says("I have a question about my cards"), Says("M-1234"), HandsBack(undone=True))
    sandbox = played(trials, subject, *beats)
    assert said(sandbox)[-2:] == ["6a", "5"]
    assert [from_data(as_data(beat)) for beat in beats] == list(beats)
    assert "Human could not do it." in as_script("It failed", sandbox)
