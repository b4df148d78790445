"""Faults of the engine: a table of rules that are dropped or turned round, each as a patch of one name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from bythebook.engine.event import (
    AssistantSaid,
    CaseClosed,
    FunctionCalled,
    HandoffRequested,
    LinesPassed,
    Offered,
    Source,
    StepEntered,
    TurnEnded,
    TurnPlanned,
)
from bythebook.engine.state import CaseState, Status

DECIDED: Final = ("bythebook.engine.decide.next_decision", "bythebook.proving.moves.next_decision")
"""Where the policy's decisions are taken from."""

Change = Callable[[Any, CaseState], Any]


@dataclass(frozen=True, slots=True)
class EngineFault:
    """One fault: the rule, what is done with it, the names that are patched, and by what, made from what is there."""

    rule: str
    what: str
    names: tuple[str, ...]
    make: Callable[[Any], Any]


def _decision(rule: str, what: str, change: Change) -> EngineFault:
    """A fault in what is decided."""

    def make(original: Any) -> Any:
        def decided(release: Any, state: CaseState) -> Any:
            return change(original(release, state), state)

        return decided

    return EngineFault(rule, what, DECIDED, make)


def _gives(rule: str, what: str, names: str, value: Any) -> EngineFault:
    """A function that gives one answer to all."""
    full = tuple(f"bythebook.engine.{name}" for name in names.split())
    return EngineFault(rule, what, full, lambda _: lambda *given, **named: value)


def _is(rule: str, what: str, names: str, value: Any) -> EngineFault:
    """A limit that is another."""
    return EngineFault(rule, what, tuple(f"bythebook.engine.{name}" for name in names.split()), lambda _: value)


def _when(kind: type, change: Callable[[Any], Any], *, where: Change = lambda _, __: True) -> Change:
    return lambda decision, state: (
        change(decision) if isinstance(decision, kind) and where(decision, state) else decision
    )


def _own(decision: Any, _: CaseState) -> bool:
    return isinstance(decision, AssistantSaid) and decision.source is Source.QUOTED


def _article(decision: Any, _: CaseState) -> bool:
    return isinstance(decision, AssistantSaid) and decision.line.startswith("article:")


def _speaks_beside_humans(original: Any) -> Any:
    """Goes on as if nobody had the case."""

    def decided(release: Any, state: CaseState) -> Any:
        if state.human is not None and state.inbox:
            return AssistantSaid("Just a moment, please.", "house:handoff", Source.HOUSE)
        return original(release, state)

    return decided


def _closes_at_once(original: Any) -> Any:
    """Closes a case that has nothing left to do, and calls no resolution."""

    def decided(release: Any, state: CaseState) -> Any:
        found = original(release, state)
        last = isinstance(found, FunctionCalled) and found.function == release.routine.resolution_function
        return CaseClosed() if last and state.status is Status.OPEN else found

    return decided


def _keeps_all(original: Any) -> Any:
    """Takes whatever a reader claims, on the menu or not."""
    return lambda menu, choices: choices


def _negated(original: Any) -> Any:
    def holds(*given: Any) -> Any:
        found = original(*given)
        return None if found is None else not found

    return holds


ENGINE_FAULTS: Final = (
    _decision(
        "wording",
        "a word more in quoted lines",
        _when(AssistantSaid, lambda d: replace(d, text=d.text + " Dear."), where=_own),
    ),
    _decision(
        "wording",
        "answers of the article are cut short",
        _when(AssistantSaid, lambda d: replace(d, text=d.text[:60]), where=_article),
    ),
    _decision("wording", "offers in other words", _when(Offered, lambda d: replace(d, text="Shall I?"))),
    _decision(
        "wording",
        "a line's label stands at another text",
        _when(AssistantSaid, lambda d: replace(d, line="1"), where=_own),
    ),
    _decision("calls", "named at another line", _when(FunctionCalled, lambda d: replace(d, line="1"))),
    _decision("calls", "handed nothing", _when(FunctionCalled, lambda d: replace(d, arguments={}))),
    _decision(
        "entries",
        "the last line of an entry is left out",
        _when(StepEntered, lambda d: replace(d, lines=d.lines[:-1] or d.lines)),
    ),
    _decision(
        "entries", "a step that is met again is run again (R3)", _when(StepEntered, lambda d: replace(d, again=False))
    ),
    _decision(
        "entries",
        "lines in the order of the alphabet turned round",
        _when(StepEntered, lambda d: replace(d, lines=tuple(reversed(d.lines)))),
    ),
    _decision(
        "turn",
        "the agenda is turned round (R1)",
        _when(TurnPlanned, lambda d: replace(d, tasks=tuple(reversed(d.tasks)))),
    ),
    _decision(
        "turn",
        "the last of several tasks is dropped",
        _when(TurnPlanned, lambda d: replace(d, tasks=d.tasks[:-1] if len(d.tasks) > 1 else d.tasks)),
    ),
    _decision("turn", "misses are not counted (R7)", _when(TurnPlanned, lambda d: replace(d, misses=0))),
    _decision("turn", "questions do not lapse", _when(TurnPlanned, lambda d: replace(d, settles=()))),
    _decision("turn", "every plan closes", _when(TurnPlanned, lambda d: replace(d, closes=True))),
    _decision("handoff", "is not announced", _when(HandoffRequested, lambda d: replace(d, announced=False))),
    _decision(
        "handoff",
        "never happens where a call fails",
        _when(
            HandoffRequested,
            lambda d: TurnEnded(),
            where=lambda d, s: s.call is not None and s.call.failed is not None,
        ),
    ),
    EngineFault("handoff", "the assistant speaks beside humans", DECIDED, _speaks_beside_humans),
    EngineFault("end", "a case is closed without its resolution", DECIDED, _closes_at_once),
    _decision("end", "the resolution does not close the case", _when(CaseClosed, lambda _: TurnEnded())),
    _is("failure", "one attempt at a call (R9)", "evolve.ATTEMPTS_MAX", 1),
    _gives("failure", "no result is a failure", "policy.why_failed", None),
    _gives("walk", "no question is left over (R2)", "policy.question_for walk.question_for", None),
    _gives("walk", "questions are not waited for", "policy.waits walk.waits", False),
    _gives("walk", "questions that nobody needs do not lapse", "policy.lapsing", ()),
    _gives("walk", "functions get no arguments", "policy.arguments_of", {}),
    EngineFault(
        "conditions", "tests on results and values are turned round", ("bythebook.engine.holding.passes",), _negated
    ),
    EngineFault(
        "conditions",
        "what a line hangs on is not looked at",
        ("bythebook.engine.policy.reachable",),
        lambda _: lambda *given: True,
    ),
    _gives("plan", "corrections are not acknowledged (R10)", "plan._corrections", ()),
    _gives("plan", "notices of attacks and languages are left out (R14, R15)", "plan.notices_of", ()),
    _is("plan", "nobody is offered a human who asks the same again", "plan.ENTRIES_BEFORE_OFFER", 99),
    EngineFault("menu", "readers choose what is not on it", ("bythebook.engine.menu.Menu.keep",), _keeps_all),
    _decision(
        "lines",
        "a quoted line is passed over in silence",
        lambda d, s: (
            LinesPassed((d.line,), "it is left out")
            if _own(d, s) and s.cursor is not None and d.line.endswith(("b", "2"))
            else d
        ),
    ),
)
