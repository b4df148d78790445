"""A sandbox case written down as a conversation test, in the form that `script.py` reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from bythebook.engine.event import HumanNotified
from bythebook.routine.value import Value, Values
from bythebook.routine.wording import Release
from bythebook.service.buttons import label_of
from bythebook.service.view import Called, Turn
from bythebook.testing.function_table import FAILS
from bythebook.testing.sandbox import Gives, HandsBack, Played, Presses, Sandbox, Says, Settles, Waits

TITLE_CHARACTERS_MAX: Final = 100
TESTS_PATH: Final = "tests/conversations.md"
"""Where a document keeps its tests."""


def as_script(title: str, sandbox: Sandbox) -> str:
    """Return the case as one conversation test; what functions returned stands in a table under its heading."""
    heading = " ".join(title.split())[:TITLE_CHARACTERS_MAX].strip("# ") or "Kept from the sandbox"
    lines = [f"### {heading}", ""]
    table = list(_table(sandbox))
    if table:
        lines += ["| function | with | returns |", "|---|---|---|", *table, ""]
    if any(isinstance(event, HumanNotified) and event.on_duty for event in sandbox.log):
        lines.append("Somebody is on duty.")
    for played, turns in _whole(sandbox.played):
        lines += _happens(sandbox.release, played)
        lines += _expected(turns)
    status = sandbox.state.status.value.replace("_", " ")
    return "\n".join([*lines, f"Status: {status}", ""])


def with_script(text: str, script: str) -> str:
    """Return a file of tests with one more at its end."""
    before = text.rstrip() or "# Conversations"
    return f"{before}\n\n{script}"


def _whole(played: Sequence[Played]) -> Iterator[tuple[Played, tuple[Turn, ...]]]:
    """Yield what was done with all that it led to: results that were given belong to what asked for them."""
    at = 0
    while at < len(played):
        last = at + 1
        while last < len(played) and isinstance(played[last].beat, Gives):
            last += 1
        yield played[at], tuple(one.turn for one in played[at:last])
        at = last


def _happens(release: Release, played: Played) -> Iterator[str]:
    match played.beat:
        case Says(text=text):
            yield f"Customer: {' '.join(text.split())}"
        case Presses(button=button):
            yield f"Customer presses: {label_of(release, button.partition('@')[0])}"
        case Waits():
            yield "Silence."
        case Settles(fact=fact, value=value):
            yield f"Human settles: {fact}{'' if value else ' is false'}."
        case HandsBack(undone=undone):
            yield "Human takes the case."
            yield "Human could not do it." if undone else "Human hands back."
        case Gives():
            pass
        case _:
            assert_never(played.beat)


def _expected(turns: Sequence[Turn]) -> Iterator[str]:
    said = [one.line or one.source for turn in turns for one in turn.said if one.source != "human"]
    calls = [call.function for call in _ended(turns)]
    yield f"Assistant: {', '.join(said) or 'nothing'}"
    if calls:
        yield f"Calls: {', '.join(calls)}"


def _ended(turns: Sequence[Turn]) -> Iterator[Called]:
    """Yield each attempt at a call once."""
    for turn in turns:
        yield from turn.calls


def _table(sandbox: Sandbox) -> Iterator[str]:
    """Yield what the tester gave, a row a function: its results one after another."""
    rows: dict[str, list[str]] = {}
    for key, fields in sandbox.tester.given.items():
        rows.setdefault(sandbox.tester.asked[key], []).append(_cell(fields))
    for function, results in rows.items():
        yield f"| {function} |  | {', then '.join(results)} |"


def _cell(fields: Values | None) -> str:
    if fields is None:
        return FAILS
    return ", ".join(f"{_name(name)} = {_value(value)}" for name, value in fields.items())


def _name(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else json.dumps(name)


def _value(value: Value) -> str:
    """Return a value as TOML writes it; a mark that would end the cell is written as its code."""
    return json.dumps(value, ensure_ascii=False).replace("|", "\\u007C")
