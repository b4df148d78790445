"""Conversation tests that a support lead can read aloud: Markdown in, the first departure out.

A script is a heading and what happens under it, one thing a line:

    ### 3. A BAA for the API
    Customer: I need a BAA
    Assistant: 1a
    Customer: API
    Assistant: S, 5.1
    Calls: provide_list_of_zero_retention_endpoints

`S means 2a, 2b` in a line of its own gives a row of lines a name. A table `| function | with | returns |` says what
functions return: before the first heading for every conversation, under a heading for that one. Everything else is
prose and does nothing. docs/conversation-tests.md lists what can happen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from bythebook.testing.function_table import FAILS, FunctionRow, RowWrong, read_row

Answer: TypeAlias = Mapping[str, object]
Do: TypeAlias = Callable[[Mapping[str, object]], Answer]

NOTHING: Final = "nothing"
ALWAYS: Final = 1_000_000
TIMES: Final = {"once": 1, "twice": 2, "always": ALWAYS, "no more": 0}


@dataclass(frozen=True, slots=True)
class Beat:
    """One line of a script: something that happens, or something that is expected of what happened last."""

    line: int
    """1-based, in the script's file."""

    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """One conversation."""

    title: str
    line: int
    beats: tuple[Beat, ...]


@dataclass(frozen=True, slots=True)
class Departure:
    """The first place where what happened is not what the script says."""

    line: int
    expected: str
    found: str

    def __str__(self) -> str:
        return f"line {self.line}: expected {self.expected}\n         found {self.found}"


# kind, pattern: one row for each thing that can stand in a script
HAPPENS: Final = (
    ("say", re.compile(r"Customer(?: \((?P<id>[^)]+)\))?: ?(?P<text>.*)")),
    ("press", re.compile(r"Customer presses: (?P<label>.+)")),
    ("wait", re.compile(r"Silence\.?")),
    ("return", re.compile(r"The next day the page is opened again\.?")),
    ("advance", re.compile(r"Time passes: (?P<time>.+)")),
    ("take", re.compile(r"Human takes the case\.?")),
    ("human", re.compile(r"Human: (?P<text>.+)")),
    ("back", re.compile(r"Human hands back(?: at (?P<line>[\w.]+?))?(?: to (?P<routine>[\w.-]+?))?\.?")),
    ("open", re.compile(r"A case is opened on (?P<routine>[\w.-]+?)\.?")),
    ("fact", re.compile(r"Human settles: (?P<name>\w+)(?: is (?P<value>true|false))?\.?")),
    ("known", re.compile(r"Known: (?P<name>\w+) is (?P<value>.+)")),
    ("fail", re.compile(r"`?(?P<function>\w+)`? fails (?P<times>once|twice|always|no more)\.?")),
)
EXPECTED: Final = (
    ("Assistant", re.compile(r"Assistant: (?P<what>.+)")),
    ("Calls", re.compile(r"Calls: (?P<what>.+)")),
    ("Buttons", re.compile(r"Buttons: (?P<what>.+)")),
    ("Status", re.compile(r"Status: (?P<what>.+)")),
    ("Document", re.compile(r"Document: (?P<what>.+)")),
    ("Served", re.compile(r"Served: (?P<what>yes|no)")),
    ("Duplicate", re.compile(r"Duplicate: (?P<what>yes|no)")),
    ("Refused", re.compile(r"Refused: (?P<what>.+)")),
    ("Words", re.compile(r"Words: (?P<what>.+)")),
)
_HEADING: Final = re.compile(r"#{2,4} +(?P<title>.+)")
_NAMED: Final = re.compile(r"(?P<name>[A-Z]\w*) means (?P<labels>.+)")
_ROW: Final = re.compile(r"\| *(?P<function>[^|]*?) *\| *(?P<with>[^|]*?) *\| *(?P<returns>[^|]*?) *\|")
_NO_ROW: Final = re.compile(r"(?:function|[-: ]+)")
_APART: Final = re.compile(r", *(?![^()]*\))")
TABLE: Final = "table"


def read_scripts(text: str) -> tuple[Script, ...]:
    """Return the scripts of a Markdown text, names replaced by the labels they mean."""
    names: dict[str, str] = {}
    common: list[Beat] = []
    scripts: list[Script] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if named := _NAMED.fullmatch(line):
            names[named["name"]] = _expanded(named["labels"].rstrip("."), names)
        elif heading := _HEADING.fullmatch(line):
            scripts.append(Script(heading["title"], number, ()))
        elif row := _ROW.fullmatch(line):
            beats = _with_row(scripts[-1].beats if scripts else tuple(common), number, row)
            if scripts:
                scripts[-1] = Script(scripts[-1].title, scripts[-1].line, beats)
            else:
                common[:] = beats
        elif (beat := _beat(number, line, names)) is not None and not scripts:
            common += [beat] if beat.kind == "known" else []
        elif beat is not None:
            last = scripts[-1]
            scripts[-1] = Script(last.title, last.line, (*last.beats, beat))
    return tuple(Script(script.title, script.line, (*common, *script.beats)) for script in scripts if script.beats)


def _with_row(beats: Sequence[Beat], number: int, row: re.Match[str]) -> tuple[Beat, ...]:
    """Rows that follow one another are one table: the first that fits a call counts."""
    if _NO_ROW.fullmatch(row["function"]):
        return tuple(beats)
    cells = (row["function"], row["with"], row["returns"])
    last = beats[-1] if beats and beats[-1].kind == TABLE else None
    if last is None:
        return (*beats, Beat(number, TABLE, cells))
    return (*beats[:-1], Beat(last.line, TABLE, (*last.words, *cells)))


def play(script: Script, do: Do) -> Departure | None:
    """Play a script against `do` (a rehearsal's) and return its first departure; None when there is none."""
    answer: Answer = do({"new": True})
    refused = False
    for beat in script.beats:
        if beat.kind in _COMMANDS:
            if refused:
                return Departure(beat.line - 1, "something that can be done", str(answer["error"]))
            try:
                command = _COMMANDS[beat.kind](beat.words, answer)
            except RowWrong as wrong:
                return Departure(beat.line, "a table of what functions return", str(wrong))
            answer = do(command)
            refused = "error" in answer
            continue
        refused = refused and beat.kind != "Refused"
        found = _found(beat.kind, beat.words[0], answer)
        if "error" in answer and beat.kind != "Refused":
            return Departure(beat.line, beat.words[0], f"refused: {answer['error']}")
        if not _same(beat.kind, beat.words[0], found):
            return Departure(beat.line, f"{beat.kind}: {beat.words[0]}", found)
    return Departure(script.beats[-1].line, "something that can be done", str(answer["error"])) if refused else None


def _beat(number: int, line: str, names: Mapping[str, str]) -> Beat | None:
    for kind, pattern in HAPPENS:
        if match := pattern.fullmatch(line):
            return Beat(number, kind, tuple(match.group(name) or "" for name in pattern.groupindex))
    for kind, pattern in EXPECTED:
        if match := pattern.fullmatch(line):
            what = match["what"]
            return Beat(number, kind, (_expanded(what, names) if kind == "Assistant" else what,))
    return None


def _expanded(labels: str, names: Mapping[str, str]) -> str:
    parts = [part.strip() for part in labels.split(",")]
    return ", ".join(names.get(part, part) for part in parts)


def _pressed(words: Sequence[str], answer: Answer) -> Mapping[str, object]:
    """A press names the button by its label, or, when it is gone (a stale page), by its id."""
    buttons = answer.get("buttons")
    found = [b["id"] for b in buttons if b["label"] == words[0]] if isinstance(buttons, list) else []
    return {"press": found[0] if found else words[0]}


def _told(words: Sequence[str]) -> Mapping[str, object]:
    rows = [read_row(*words[place : place + 3]) for place in range(0, len(words), 3)]
    return {"returns": [_as_command(row) for row in rows]}


def _as_command(row: FunctionRow) -> Mapping[str, object]:
    results = [FAILS if result is None else dict(result) for result in row.results]
    return {"function": row.function, "with": dict(row.arguments), "results": results}


_COMMANDS: Final[Mapping[str, Callable[[Sequence[str], Answer], Mapping[str, object]]]] = {
    "say": lambda words, _: {"say": words[1], **({"id": words[0]} if words[0] else {})},
    "press": _pressed,
    "wait": lambda _, __: {"wait": "silence"},
    "return": lambda _, __: {"return": "next day"},
    "advance": lambda words, _: {"advance": words[0]},
    "take": lambda _, __: {"human": "take"},
    "human": lambda words, _: {"human": "say", "text": words[0]},
    "back": lambda words, _: {"human": "return", "at": words[0] or None, "to": words[1] or None},
    "open": lambda words, _: {"new": True, "routine": words[0]},
    "fact": lambda words, _: {"fact": words[0], "value": words[1] != "false"},
    "known": lambda words, _: {"fact": words[0], "value": _value(words[1])},
    "fail": lambda words, _: {"fail": words[0], "times": TIMES[words[1]]},
    TABLE: lambda words, _: _told(words),
}


def _value(words: str) -> str | int | bool:
    """Return what is known as it is meant: true, false, a whole number, else a text."""
    text = words.strip().strip('"')
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.isdecimal() and text == words.strip() and len(text) < 16 else text


def _found(kind: str, expected: str, answer: Answer) -> str:
    match kind:
        case "Assistant":
            return _listed(answer, "said", lambda said: str(said["line"]) or str(said["source"]))
        case "Calls":
            wanted = _APART.split(expected)
            return ", ".join(_calls(answer, wanted)) or NOTHING
        case "Buttons":
            return _listed(answer, "buttons", lambda button: str(button["label"]))
        case "Document":
            return str(answer.get("routine", ""))
        case "Status":
            return str(answer.get("status", "")).replace("_", " ")
        case "Refused":
            return str(answer.get("error", NOTHING))
        case "Words":
            return " ".join(_listed(answer, "said", lambda said: str(said["text"])).split())
        case _:
            return "yes" if answer.get(kind.lower()) else "no"


def _calls(answer: Answer, wanted: Sequence[str]) -> Sequence[str]:
    """Return the calls by their names, with those arguments that the script names."""
    calls = answer.get("calls")
    found = []
    for place, call in enumerate(calls if isinstance(calls, list) else []):
        asked = wanted[place] if place < len(wanted) else ""
        named = [part.partition("=")[0].strip() for part in asked.partition("(")[2].rstrip(")").split(",")]
        given = [f"{name} = {_shown(call['arguments'].get(name))}" for name in named if name]
        found.append(f"{call['function']}({', '.join(given)})" if "(" in asked else str(call["function"]))
    return found


def _shown(value: object) -> str:
    return NOTHING if value is None else str(value)


def _same(kind: str, expected: str, found: str) -> bool:
    if kind in ("Refused", "Words"):
        return " ".join(expected.split()) in found
    return [part.strip() for part in _APART.split(expected)] == [part.strip() for part in _APART.split(found)]


def _listed(answer: Answer, name: str, show: Callable[[Mapping[str, object]], str]) -> str:
    entries = answer.get(name)
    shown = [show(entry) for entry in entries] if isinstance(entries, list) else []
    return ", ".join(shown) or NOTHING
