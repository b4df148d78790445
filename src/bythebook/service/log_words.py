"""What happened in a case, in the words of somebody who has never seen a log: for those who try a document out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bythebook.engine.event import (
    Event,
    FactLearned,
    FactSettled,
    FunctionCalled,
    FunctionFailed,
    FunctionReturned,
    HandoffRequested,
    HumanReturned,
    HumanTook,
    Jumped,
    LinesPassed,
    TimerFired,
)
from bythebook.engine.outcome import FAILURE, SUCCESS
from bythebook.engine.timer import Timer
from bythebook.routine.value import Value
from bythebook.routine.wording import Release

VALUE_CHARACTERS_MAX: Final = 60

OUTCOMES: Final = {SUCCESS: "it went well", FAILURE: "it did not work, or found nothing"}
SILENCE: Final = {Timer.NUDGE: "a while later", Timer.ABANDON: "after a long silence the case is taken as left"}


def in_plain_words(release: Release, event: Event, function: str) -> str | None:
    """Return what an event was; empty where nobody need know of it, None where it has no plainer words.

    `function` is the one that was called last.
    """
    match event:
        case HandoffRequested():
            return "handed over to a person here"
        case HumanTook():
            return "a person takes the case"
        case HumanReturned(undone=True):
            return "the person could not do it"
        case HumanReturned(line=line):
            return f"the person hands back{f', to go on at {_cited((line,))}' if line else ''}"
        case FactLearned(name=name, value=value) | FactSettled(name=name, value=value):
            return f"a person notes: {_words(name)}: {_value(value)}"
        case LinesPassed(lines=lines, why=why):
            return _passed(release, lines, why)
        case Jumped(target=target):
            return f"goes on at {_cited((target,))}"
        case TimerFired(timer=timer):
            return SILENCE.get(timer)
        case _:
            return _of_functions(release, event, function)


def _of_functions(release: Release, event: Event, function: str) -> str | None:
    closes = function == release.routine.resolution_function
    match event:
        case FunctionCalled(arguments=arguments):
            if closes:
                return f"{function} is called"
            given = ", ".join(f"{_words(name)} {_value(value)}" for name, value in arguments.items())
            return f"{function} is called{f' with {given}' if given else ''}"
        case FunctionReturned(fields=fields):
            if closes:
                return "the case is closed"
            told = [
                OUTCOMES.get(str(value), str(value)) if name == "outcome" else f"{_words(name)} {_value(value)}"
                for name, value in fields.items()
            ]
            return f"{function}: {', '.join(told) or 'done'}"
        case FunctionFailed():
            return f"{function} did not answer"
        case _:
            return None


def _passed(release: Release, lines: Sequence[str], why: str) -> str:
    cited = _cited(lines)
    if not cited:
        return ""
    match why:
        case "its condition does not hold":
            words = _condition(release, lines[0])
            return f"{cited} skipped: {f'“{words}” is not so' if words else 'it does not apply'}"
        case "no phrase says it yet":
            return f"{cited} not said: its phrase is still to be written"
        case "it heads the lines under it":
            return ""
        case "the path ends here":
            return f"{cited} left out: the way ends before"
        case "known":
            return f"{cited} needs no asking: the answer is known"
        case _:
            return f"{cited} skipped: {why}"


def _condition(release: Release, label: str) -> str:
    holder = release.routine.line(label) or release.routine.step(label)
    return holder.condition.text if holder is not None and holder.condition is not None else ""


def _cited(lines: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(line.rstrip("?!") for line in lines))


def _words(name: str) -> str:
    return name.replace("_", " ").strip()


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return f"({len(value)} of them)"
    text = str(value) if value is not None else "nothing"
    return text if len(text) <= VALUE_CHARACTERS_MAX else f"{text[: VALUE_CHARACTERS_MAX - 1].rstrip()}…"
