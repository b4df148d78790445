"""Stored events are promises: these tests pin the text of every kind, and what old and torn logs do."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bythebook.adapters.event_codec import (
    KIND,
    UnknownEvent,
    UnreadableEvent,
    UnstorableEvent,
    clean_text,
    decode,
    encode,
    instant,
    instant_text,
    kind_in,
    kind_of,
)
from bythebook.engine import event as e
from bythebook.engine import task as t
from bythebook.engine.choice import Choice, ModelUse
from bythebook.engine.erasure import CaseErased
from bythebook.engine.failure import FailureMet
from bythebook.engine.meeting import ConditionMet
from bythebook.engine.timer import Timer
from bythebook.routine.value import Value

GOLDEN = Path(__file__).parent / "events.golden.jsonl"

AT = datetime(2026, 1, 5, 9, 30, 0, 250, tzinfo=UTC)

TASKS: tuple[t.Task, ...] = (
    t.RunStep("2", "2b"),
    t.SayAgain(("2a", "2b"), "2"),
    t.GiveLine("2e"),
    t.Answer(3),
    t.SayPhrase("1"),
    t.SayHouse("cannot_see_requests", (("line", "2e"), ("words", "the “list”"))),
    t.Offer(("step:2", "step:3"), "did_you_mean"),
    t.AskLine("1a"),
    t.FillSlot("age", 41),
    t.SetAnswer("4a", "yes"),
    t.Meet("5e"),
    t.HandOff("three_misses"),
    t.GiveFeedback(),
    t.Rest(),
)

EXAMPLES: tuple[e.Event, ...] = (
    e.CaseOpened(AT, "case-2", "business-associate-agreement", "ab" * 32, "case-1", 1),
    e.CustomerSaid(
        AT, "m-1", "Hi – I need a “BAA” for [e-mail]\n\tplease \U0001f642", ("email",), "step:2", "refunds"
    ),
    e.MessageRead(
        AT,
        7,
        (Choice("step:2", 0.93), Choice("act:deny", 1.0, True)),
        False,
        {"plan": "api", "seats": 12, "share": 0.5, "paid": True, "none": None, "tags": ("a", 1, None)},
        "local+small",
        ModelUse("small", ("step:2",), True, 412, 230, 9),
    ),
    e.FunctionReturned(AT, "case-2:9", {"endpoints": ("/v1/chat", "/v1/files"), "count": 2}),
    e.FunctionFailed(AT, "case-2:9", "timed out after 10 s"),
    e.TimerFired(AT, Timer.NUDGE),
    e.FactLearned(AT, "not_approved", True, "ada"),
    e.HumanNotified(AT, False),
    e.HumanTook(AT, "ada"),
    e.HumanSaid(AT, "ada", "I am here now.", "r-1"),
    e.FactSettled(AT, "ada", "not_approved", True, "The use case is not clear yet."),
    e.LineQuoted(AT, "ada", "Our team will respond.", "2b", e.Source.QUOTED, True),
    e.HumanNoted(AT, "ada", "Called the customer’s office."),
    e.HumanPassed(AT, "ada", "bob", "Please ask legal.", True),
    e.HumanReturned(AT, "ada", "2c", "refunds", True, "The system is down."),
    e.HumanClosed(AT, "ada", "no reply for a week"),
    e.FeedbackSaid("ada", "The use case is not clear yet."),
    e.CaseContinued(AT, "case-3"),
    e.CaseMoved(AT, "refunds", "cd" * 32),
    e.MoveFailed(AT, "refunds", "no document is called 'refunds'"),
    e.TurnPlanned(TASKS, 2, True, 1, ("1a",), True, ("1a passed over: step:2 is known",), ("2f",)),
    e.StepEntered("2", ("2a", "2b"), ("1a",), True, True),
    e.StepDone("2", True),
    e.SlotFilled("email", "ann@example.com"),
    e.Answered("4a", "no", ("4b",)),
    ConditionMet("5e", ("5b",)),
    e.LinesPassed(("4b", "4b.1"), "its condition does not hold"),
    e.Jumped("2c", "6", ("3a",), ("1a", "1b"), ("email",), ("6",)),
    e.AssistantSaid("Thank you for reaching out!", "1a", e.Source.QUOTED),
    e.Asked("Is there anything else?", "6", e.Source.PHRASE, True),
    e.Offered("Did you mean A or B?", "house:did_you_mean", t.Offer(("step:2", "step:3"), "did_you_mean")),
    e.FunctionCalled("list_endpoints", {"plan": "api"}, "2e"),
    e.CallDone("2e"),
    FailureMet("2e", "7", ("7a", "7b"), "list_endpoints failed: timed out", True),
    e.HandoffRequested("asked_for_human", False),
    e.NewCaseNeeded("m-9", "refunds"),
    e.MoveRequested("identity-check", ("refunds",), True, True, ("document:refunds 0.93",)),
    CaseErased(AT, "ada", "the customer asked for it"),
    e.CaseClosed(),
    e.CaseAbandoned(),
    e.TurnEnded(),
)
"""One of every kind, with every field other than its default."""


def golden() -> list[str]:
    return GOLDEN.read_text("utf-8").removesuffix("\n").split("\n")


def test_every_kind_of_event_and_task_has_an_example() -> None:
    assert {type(example) for example in EXAMPLES} == set(get_args(e.Event)), "add an example and its golden line"
    assert {type(task) for task in TASKS} == set(get_args(t.Task)), "add an example and its golden line"


@pytest.mark.parametrize("example", EXAMPLES, ids=kind_of)
def test_an_event_is_written_as_it_always_was(example: e.Event) -> None:
    assert encode(example) in golden(), (
        "a stored form has changed, but logs on disk hold the old one for ever: bring it back, or add a new class. "
        "To a new class, or a new field with a default, belongs a new line in events.golden.jsonl"
    )
    assert decode(encode(example)) == example


@pytest.mark.parametrize("line", golden(), ids=kind_in)
def test_what_was_ever_written_is_read(line: str) -> None:
    """Lines are added to the golden file and never taken away, also when a newer one of the kind is added."""
    assert kind_of(decode(line)) == kind_in(line)


@pytest.mark.parametrize("example", [*EXAMPLES, *TASKS], ids=lambda example: type(example).__name__)
def test_an_example_leaves_no_field_at_its_default(example: Any) -> None:
    for field in fields(example):
        assert field.default is MISSING or getattr(example, field.name) != field.default
        assert field.name != KIND, "the stored form needs this name for the class"


@pytest.mark.parametrize("line", golden(), ids=kind_in)
def test_an_older_log_without_a_newer_field_is_read(line: str) -> None:
    tree = json.loads(line)
    kind = next(kind for kind in get_args(e.Event) if kind.__name__ == tree[KIND])
    optional = {field.name: field.default for field in fields(kind) if field.default is not MISSING}
    older = decode(json.dumps({name: value for name, value in tree.items() if name not in optional}))
    assert {name: getattr(older, name) for name in optional} == optional


@pytest.mark.parametrize("line", golden(), ids=kind_in)
def test_a_field_that_nobody_knows_is_refused(line: str) -> None:
    with pytest.raises(UnreadableEvent, match="surplus"):
        decode(json.dumps(json.loads(line) | {"surplus": 1}))


@pytest.mark.parametrize("line", golden(), ids=kind_in)
def test_a_missing_or_mistyped_field_is_refused(line: str) -> None:
    tree = json.loads(line)
    kind = next(kind for kind in get_args(e.Event) if kind.__name__ == tree[KIND])
    for field in fields(kind):
        wrong: dict[str, Any] = tree | {field.name: [{}]}
        with pytest.raises(UnreadableEvent):
            decode(json.dumps(wrong))
        if field.default is MISSING:
            del wrong[field.name]
            with pytest.raises(UnreadableEvent, match=field.name):
                decode(json.dumps(wrong))


@pytest.mark.parametrize(
    "body", ['{"kind":"CustomerSang"}', '{"kind":"TurnPlanned","tasks":[{"kind":"Dance"}]}', '{"kind":"Rest"}']
)
def test_a_kind_that_nobody_knows_is_named(body: str) -> None:
    with pytest.raises(UnknownEvent, match=r"'(CustomerSang|Dance|Rest)'.*upgrade"):
        decode(body)


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "1", '"kind"', "{}", '{"kind":1}', '{"kind":["a"]}', "[" * 100_000, '{"kind":"StepDone"}'],
)
def test_torn_text_is_refused_with_one_error(body: str) -> None:
    with pytest.raises(UnreadableEvent):
        decode(body)
    assert kind_in(body) in (None, "StepDone")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_not_read(number: str) -> None:
    with pytest.raises(UnreadableEvent):
        decode(encode(e.FactLearned(AT, "n", 7, "ada")).replace("7", number, 1))


UNSTORABLE: tuple[Any, ...] = (
    e.TimerFired(datetime(2026, 1, 5), Timer.NUDGE),  # noqa: DTZ001
    e.TimerFired(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1))), Timer.NUDGE),
    e.FactLearned(AT, "n", math.nan, "ada"),
    e.FactLearned(AT, "n", (1, math.inf), "ada"),
    e.FactLearned(AT, "n", ["a"], "ada"),  # type: ignore[arg-type]
    e.FactLearned(AT, "n", (("a",),), "ada"),  # type: ignore[arg-type]
    e.FunctionReturned(AT, "k", {"a": {"b": 1}}),  # type: ignore[dict-item]
    e.FunctionReturned(AT, "k", {1: "a"}),  # type: ignore[dict-item]
    e.FunctionReturned(AT, "k", None),  # type: ignore[arg-type]
    e.StepDone(2),  # type: ignore[arg-type]
    e.HumanNotified(AT, "yes"),  # type: ignore[arg-type]
    e.AssistantSaid("a", "1", "quoted"),  # type: ignore[arg-type]
    e.TurnPlanned((e.StepDone("2"),)),  # type: ignore[arg-type]
    e.MessageRead(AT, 1, (Choice("a", "high"),), False, {}, "r"),  # type: ignore[arg-type]
    t.Rest(),
    "hello",
    None,
)


@pytest.mark.parametrize("wrong", UNSTORABLE, ids=repr)
def test_what_could_not_be_read_back_is_not_written(wrong: Any) -> None:
    with pytest.raises(UnstorableEvent):
        encode(wrong)


def test_a_number_of_a_model_is_written_as_a_plain_one() -> None:
    class Half:
        def __float__(self) -> float:
            return 0.5

    reading = e.MessageRead(AT, 1, (Choice("a", Half()), Choice("b", 1)), False, {}, "r")  # type: ignore[arg-type]
    assert '"confidence":0.5' in encode(reading)
    assert '"confidence":1.0' in encode(reading)


def test_the_text_is_canonical() -> None:
    there = e.FunctionReturned(AT, "k", {"b": 1, "a": "é\u2028"})
    same = e.FunctionReturned(
        AT.astimezone(timezone(timedelta(hours=-8))), "k", MappingProxyType({"a": "é\u2028", "b": 1})
    )
    text = '{"at":"2026-01-05T09:30:00.000250Z","fields":{"a":"é\u2028","b":1},"key":"k","kind":"FunctionReturned"}'
    assert encode(there) == encode(same) == text
    assert decode(text) == there == same


def test_what_was_read_cannot_be_changed() -> None:
    returned = decode(encode(e.FunctionReturned(AT, "k", {"a": 1})))
    assert isinstance(returned, e.FunctionReturned)
    with pytest.raises(TypeError):
        returned.fields["a"] = 2  # type: ignore[index]


def test_lone_surrogates_are_replaced() -> None:
    assert clean_text("plain") == "plain"
    assert clean_text("é\ud800x\udc00\ud83d\ude00") == "é\ufffdx\ufffd\U0001f600"
    written = encode(e.FunctionReturned(AT, "k\ud800", {"a\udfff": ("\ud800",), "b": "\ud800"}))
    assert decode(written) == e.FunctionReturned(AT, "k\ufffd", {"a\ufffd": ("\ufffd",), "b": "\ufffd"})


def test_times_sort_as_texts() -> None:
    times = [AT, AT + timedelta(microseconds=1), AT.replace(microsecond=0), AT + timedelta(days=4000)]
    assert sorted(map(instant_text, times)) == list(map(instant_text, sorted(times)))
    assert [instant(instant_text(at)) for at in times] == times
    for naive in ("2026-01-05T09:30:00", "yesterday"):
        with pytest.raises(ValueError):
            instant(naive)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES: st.SearchStrategy[Value] = SCALARS | st.lists(SCALARS, max_size=4).map(tuple)


def _strategies() -> Iterator[st.SearchStrategy[e.Event]]:
    # Fixed offsets only: Python calls no two times equal when a zone's clocks were changed just then (PEP 495).
    zones = st.integers(-23, 23).map(lambda hours: timezone(timedelta(hours=hours)))
    times = st.datetimes(timezones=zones).filter(lambda at: 1 < at.year < 9999)
    slots = st.dictionaries(st.text(), VALUES, max_size=4)
    confidence = st.floats(0, 1)
    choices = st.lists(st.builds(Choice, confidence=confidence), max_size=3).map(tuple)
    special: dict[type, dict[str, st.SearchStrategy[Any]]] = {
        e.MessageRead: {"choices": choices, "slots": slots},
        e.FunctionReturned: {"fields": slots},
        e.FunctionCalled: {"arguments": slots},
        e.FactLearned: {"value": VALUES},
    }
    for kind in get_args(e.Event):
        time = {"at": times} if any(field.name == "at" for field in fields(kind)) else {}
        yield st.builds(kind, **time, **special.get(kind, {}))


@given(st.one_of(*_strategies()))
def test_whatever_is_written_is_read_back(event: e.Event) -> None:
    body = encode(event)
    assert decode(body) == event
    assert encode(decode(body)) == body
    assert "\n" not in body
    assert kind_in(body) == kind_of(event)
    body.encode("utf-8")


@given(st.text())
def test_reading_never_fails_in_another_way(body: str) -> None:
    with pytest.raises(UnreadableEvent):
        decode(body)
