"""Conversation tests that a support lead can read aloud: Markdown in, the first departure out.

A script is a heading and what happens under it, one thing a line:

    ### 3. A BAA for the API
    Customer: I need a BAA
    Assistant: 1a
    Customer: API
    Assistant: S, 5.1
    Calls: provide_list_of_zero_retention_endpoints

A line `Assistant [2a]: Our team will respond.` expects the words too. `S means 2a, 2b` in a line of its own gives a
row of lines a name. A table `| function | with | returns |` says what functions return: before the first heading for
every conversation, under a heading for that one. Everything else is prose and does nothing. docs/testing-documents.md
lists what can happen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from bythebook.testing.function_table import FAILS, FunctionRow, RowWrong, read_row

Answer: TypeAlias = Mapping[str, object]
Do: TypeAlias = Callable[[Mapping[str, object]], Answer]

NOTHING: Final = "nothing"
PERHAPS: Final = "perhaps "
ALWAYS: Final = 1_000_000
TIMES: Final = {"once": 1, "twice": 2, "always": ALWAYS, "no more": 0}


@dataclass(frozen=True, slots=True)
class Beat:
    """One line of a script: something that happens, or something that is expected of what happened last."""

    line: int
    """1-based, in the script's file."""

    kind: str
    words: tuple[str, ...]
    more: tuple[int, ...] = ()
    """The other lines of the file that belong to it."""


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
    answer: Answer = field(default_factory=dict)
    """What the last thing that happened led to."""

    def __str__(self) -> str:
        return f"line {self.line}: expected {self.expected}\n         found {self.found}"


# kind, pattern: one row for each thing that can stand in a script
HAPPENS: Final = (
    ("say", re.compile(r"Customer(?: \((?P<id>[^)]+)\))?: ?(?P<text>.*)")),
    ("means", re.compile(r"Read as: (?P<meaning>.+?)\.?")),
    ("press", re.compile(r"Customer presses: (?P<label>.+)")),
    ("wait", re.compile(r"Silence\.?")),
    ("return", re.compile(r"The next day the page is opened again\.?")),
    ("advance", re.compile(r"Time passes: (?P<time>.+)")),
    ("take", re.compile(r"Human takes the case\.?")),
    ("human", re.compile(r"Human: (?P<text>.+)")),
    ("back", re.compile(r"Human hands back(?: at (?P<line>[\w.]+?))?(?: to (?P<routine>[\w.-]+?))?\.?")),
    ("undone", re.compile(r"Human could not do it\.?")),
    ("open", re.compile(r"A case is opened on (?P<routine>[\w.-]+?)\.?")),
    ("fact", re.compile(r"Human settles: (?P<name>\w+)(?: is (?P<value>true|false))?\.?")),
    ("known", re.compile(r"Known: (?P<name>\w+) is (?P<value>.+)")),
    ("duty", re.compile(r"(?P<who>Somebody|Nobody) is on duty\.?")),
    ("fail", re.compile(r"`?(?P<function>\w+)`? fails (?P<times>once|twice|always|no more)\.?")),
)
EXPECTED: Final = (
    ("Says", re.compile(r"Assistant \[(?P<line>[^\]]+)\]: (?P<what>.+)")),
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
SAYS: Final = "Says"
"""Sentences with the labels of their lines, word for word."""

_MEANT: Final = re.compile(r'(?P<id>[^\s,="!]+)(?P<mark>!?)(?: *= *(?P<value>"[^"]*"|[^,]+))?')


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
            scripts[-1] = Script(last.title, last.line, _with_beat(last.beats, beat))
    return tuple(Script(script.title, script.line, (*common, *script.beats)) for script in scripts if script.beats)


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a file gives to rows of lines."""

    labels: Mapping[str, str]

    def short(self, sentence: str) -> str:
        """Return an expectation of lines with each row of them that has a name called by it."""
        kind, colon, told = sentence.partition(": ")
        if kind != "Assistant" or not colon:
            return sentence
        for name, row in sorted(self.labels.items(), key=lambda item: -len(item[1])):
            told = f", {told}, ".replace(f", {row}, ", f", {name}, ").removeprefix(", ").removesuffix(", ")
        return f"{kind}: {told}"


def names_in(text: str) -> Names:
    """Return the names in a Markdown text."""
    names: dict[str, str] = {}
    for raw in text.splitlines():
        if named := _NAMED.fullmatch(raw.strip()):
            names[named["name"]] = _expanded(named["labels"].rstrip("."), names)
    return Names(names)


def _with_row(beats: Sequence[Beat], number: int, row: re.Match[str]) -> tuple[Beat, ...]:
    """Rows that follow one another are one table: the first that fits a call counts."""
    if _NO_ROW.fullmatch(row["function"]):
        return tuple(beats)
    cells = (row["function"], row["with"], row["returns"])
    last = beats[-1] if beats and beats[-1].kind == TABLE else None
    if last is None:
        return (*beats, Beat(number, TABLE, cells))
    return (*beats[:-1], Beat(last.line, TABLE, (*last.words, *cells)))


def _with_beat(beats: Sequence[Beat], beat: Beat) -> tuple[Beat, ...]:
    """How a message is read belongs to the message; sentences that follow one another are one expectation."""
    last = beats[-1] if beats else None
    if beat.kind == "means" and last is not None and last.kind == "say":
        return (*beats[:-1], replace(last, words=(*last.words, *beat.words), more=(beat.line,)))
    if beat.kind == SAYS and last is not None and last.kind == SAYS:
        return (*beats[:-1], replace(last, words=(*last.words, *beat.words), more=(*last.more, beat.line)))
    return (*beats, beat)


def play(script: Script, do: Do) -> Departure | None:
    """Play a script against `do` (a rehearsal's) and return its first departure; None when there is none."""
    return next((found.departure for found in compared(script, do) if not found.same), None)


@dataclass(frozen=True, slots=True)
class Compared:
    """An expectation beside what happened; also something that could not be done, where it was not expected."""

    beat: Beat
    departure: Departure
    same: bool
    mended: tuple[str, ...] = ()
    """The lines that would expect what happened; none where no line can."""


def compared(script: Script, do: Do) -> Iterator[Compared]:
    """Play a script to its end and yield each expectation with what was found."""
    answer: Answer = do({"new": True})
    last: Beat | None = None
    for beat in script.beats:
        if beat.kind in _COMMANDS:
            if last is not None:
                yield _refused(last, answer)
            try:
                command = _COMMANDS[beat.kind](beat.words, answer)
            except RowWrong as wrong:
                yield Compared(beat, Departure(beat.line, "a line that can be read", str(wrong)), False)
                return
            answer = do(command)
            last = beat if "error" in answer else None
            continue
        if "error" in answer and beat.kind != "Refused":
            if last is not None:
                yield _refused(last, answer)
            last = None
            continue
        last = None
        yield _compared(beat, answer)
    if last is not None:
        yield _refused(last, answer)


def _refused(beat: Beat, answer: Answer) -> Compared:
    found = Departure(beat.line, "something that can be done", f"refused: {answer['error']}", answer)
    return Compared(beat, found, False)


def _compared(beat: Beat, answer: Answer) -> Compared:
    if beat.kind == SAYS:
        wanted = tuple(zip(beat.words[::2], beat.words[1::2], strict=True))
        said = _said(answer)
        departure = Departure(beat.line, _sentences(wanted), _sentences(said), answer)
        mended = tuple(f"Assistant [{line}]: {text}" for line, text in said)
        return Compared(beat, departure, _same_words(wanted, said), mended or (f"Assistant: {NOTHING}",))
    found = _found(beat.kind, beat.words[0], answer)
    departure = Departure(beat.line, f"{beat.kind}: {beat.words[0]}", found, answer)
    return Compared(beat, departure, _same(beat.kind, beat.words[0], found), (f"{beat.kind}: {found}",))


def _said(answer: Answer) -> tuple[tuple[str, str], ...]:
    entries = answer.get("said")
    found = entries if isinstance(entries, list) else []
    return tuple((str(said["line"] or said["source"]), " ".join(str(said["text"]).split())) for said in found)


def _sentences(said: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"[{line}] {text}" for line, text in said) or NOTHING


def _same_words(wanted: Sequence[tuple[str, str]], said: Sequence[tuple[str, str]]) -> bool:
    """Return whether these sentences were said; three dots at the end stand for the rest of one."""
    if len(wanted) != len(said):
        return False
    for (line, words), (at, text) in zip(wanted, said, strict=True):
        begins = words.removesuffix("\u2026").removesuffix("...")
        if line != at or not (text == words or (begins != words and text.startswith(begins.rstrip()))):
            return False
    return True


def _beat(number: int, line: str, names: Mapping[str, str]) -> Beat | None:
    for kind, pattern in HAPPENS:
        if match := pattern.fullmatch(line):
            return Beat(number, kind, tuple(match.group(name) or "" for name in pattern.groupindex))
    for kind, pattern in EXPECTED:
        if match := pattern.fullmatch(line):
            what = match["what"]
            if kind == SAYS:
                return Beat(number, kind, (match["line"], " ".join(what.split())))
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
    "say": lambda words, _: _say(words),
    "means": lambda _, __: _misplaced(),
    "press": _pressed,
    "wait": lambda _, __: {"wait": "silence"},
    "return": lambda _, __: {"return": "next day"},
    "advance": lambda words, _: {"advance": words[0]},
    "take": lambda _, __: {"human": "take"},
    "human": lambda words, _: {"human": "say", "text": words[0]},
    "back": lambda words, _: {"human": "return", "at": words[0] or None, "to": words[1] or None},
    "undone": lambda _, __: {"human": "undone"},
    "open": lambda words, _: {"new": True, "routine": words[0]},
    "fact": lambda words, _: {"fact": words[0], "value": words[1] != "false"},
    "known": lambda words, _: {"fact": words[0], "value": _value(words[1])},
    "fail": lambda words, _: {"fail": words[0], "times": TIMES[words[1]]},
    "duty": lambda words, _: {"duty": words[0] == "Somebody"},
    TABLE: lambda words, _: _told(words),
}


def _say(words: Sequence[str]) -> Mapping[str, object]:
    named = {"id": words[0]} if words[0] else {}
    return {"say": words[1], **named, **({"means": _meaning(words[2])} if len(words) > 2 else {})}


def _meaning(words: str) -> Mapping[str, object]:
    """Return what a message is read as: `step:2`, `perhaps step:2, step:3`, `slot:date = "2026-01-05"`, `nothing`."""
    unsure = words.startswith(PERHAPS)
    told = words.removeprefix(PERHAPS).strip().strip("`")
    found = [] if told == NOTHING else list(_MEANT.finditer(told))
    choices = [{"id": one["id"], "correction": bool(one["mark"])} for one in found]
    slots = {one["id"].partition(":")[2]: _value(one["value"]) for one in found if one["value"] is not None}
    return {"choices": choices, "unsure": unsure, "slots": slots}


def _misplaced() -> Mapping[str, object]:
    raise RowWrong("`Read as:` stands right under what the customer says")


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
