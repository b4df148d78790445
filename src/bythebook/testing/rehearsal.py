"""A conversation in virtual time, one command a line: what tests, scripts and `chat --jsonl` speak.

docs/jsonl.md describes the commands and the answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bythebook.engine.decide import Refused, next_timer
from bythebook.engine.resume import why_not_at
from bythebook.engine.state import Status
from bythebook.reading.port import Reading
from bythebook.routine.value import Value
from bythebook.service.conversation import Conversation
from bythebook.service.desk import Desk
from bythebook.service.ports import UnknownCase, UnknownRelease
from bythebook.service.runner import Runner
from bythebook.service.timers import Timers
from bythebook.service.turns import outcome
from bythebook.service.view import Turn
from bythebook.testing.fakes import ManualClock, OnDuty
from bythebook.testing.function_table import FAILS, FunctionRow, FunctionTable, RowWrong, checked, unknown
from bythebook.testing.told_readings import MeaningWrong, ToldReadings, meant

DAY: Final = timedelta(hours=24)
DURATION_MAX: Final = timedelta(days=3660)
HUMAN: Final = "human"
_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION: Final = re.compile(r"(?:\d+(?:\.\d+)?\s*[smhd]\s*)+")


class CommandWrong(Exception):
    """A command cannot be carried out; nothing has happened. The message says what would be."""


@dataclass
class Rehearsal:
    """One customer, one human, one clock that only this class moves."""

    runner: Runner
    clock: ManualClock
    table: FunctionTable
    """The functions, which do as they are told."""

    functions: Callable[[], Collection[str]]
    """The names of the functions that can be told what to do."""

    readings: ToldReadings = field(default_factory=ToldReadings)
    """What messages are read as, where that is told."""

    notices: OnDuty = field(default_factory=OnDuty)
    """Whether somebody is on duty."""

    routine: str | None = None
    case_id: str | None = None
    on_duty: bool = field(init=False)
    """Whether somebody is, where a case begins."""

    _messages: int = 0

    def __post_init__(self) -> None:
        self.on_duty = self.notices.on_duty

    def do(self, command: Mapping[str, object]) -> dict[str, object]:
        """Carry out one command and return what it led to, or `{"error": ...}` and nothing has happened."""
        try:
            return as_json(self._do(command))
        except (CommandWrong, MeaningWrong, Refused, UnknownCase, UnknownRelease) as refusal:
            return {"error": str(refusal)}

    def _do(self, command: Mapping[str, object]) -> Turn:
        verbs: dict[str, Callable[[Mapping[str, object]], Turn]] = {
            "new": self._new,
            "say": self._say,
            "press": self._press,
            "wait": self._wait,
            "return": self._return,
            "advance": self._advance,
            "human": self._human,
            "fact": self._fact,
            "fail": self._fail,
            "returns": self._returns,
            "duty": self._duty,
        }
        found = [verb for verb in verbs if verb in command]
        if len(found) != 1:
            raise CommandWrong(f"a line holds one of {', '.join(verbs)}; this one holds {len(found)} of them")
        if found[0] != "new" and self.case_id is None:
            self._new({})
        return verbs[found[0]](command)

    # ------------------------------------------------------------ the customer

    def _new(self, command: Mapping[str, object]) -> Turn:
        if command.get("new", True) is not True:
            raise CommandWrong("`new` takes true")
        routine = command.get("routine", self.routine)
        if not isinstance(routine, str | None):
            raise CommandWrong("`routine` takes the name of a document")
        self.table.forget()
        self.readings.forget()
        self.notices.on_duty = self.on_duty
        self.case_id = Conversation(self.runner).open(routine).case_id
        return self._since(0)

    def _say(self, command: Mapping[str, object]) -> Turn:
        if "means" in command:
            self.readings.tell(self.runner.mask(_text(command, "say")).text, meant(command["means"]))
        return self._moved(Conversation(self.runner).say(self._case, _text(command, "say"), self._id(command)))

    def _press(self, command: Mapping[str, object]) -> Turn:
        return self._moved(Conversation(self.runner).press(self._case, _text(command, "press"), self._id(command)))

    def _moved(self, turn: Turn) -> Turn:
        """A need after resolution goes on in a new case."""
        if not turn.duplicate:
            self.case_id = turn.case_id
        return turn

    def _id(self, command: Mapping[str, object]) -> str:
        given = command.get("id")
        if given is None:
            self._messages += 1
            return f"unnamed message {self._messages}"
        if not isinstance(given, str):
            raise CommandWrong("`id` is a text")
        return given

    # ------------------------------------------------------------ time

    def _wait(self, command: Mapping[str, object]) -> Turn:
        if command["wait"] != "silence":
            raise CommandWrong('`wait` takes "silence"')
        before = self._version
        due = self._due
        if due is not None:
            self.clock.set(max(self.clock.now(), due))
            Timers(self.runner).fire(self._case)
        return self._since(before)

    def _return(self, command: Mapping[str, object]) -> Turn:
        if command["return"] != "next day":
            raise CommandWrong('`return` takes "next day"')
        return self._pass(DAY)

    def _advance(self, command: Mapping[str, object]) -> Turn:
        return self._pass(duration(_text(command, "advance")))

    def _pass(self, time: timedelta) -> Turn:
        """Let time pass, firing each timer when it is due; opening the page again says nothing."""
        before, until = self._version, self.clock.now() + time
        while (due := self._due) is not None and due <= until:
            self.clock.set(max(self.clock.now(), due))
            if not Timers(self.runner).fire(self._case):
                break
        self.clock.set(until)
        return self._since(before)

    @property
    def _due(self) -> datetime | None:
        state = self.runner.known(self._case)
        timer = next_timer(self.runner.releases.get(state.release).release.conduct, state)
        return timer[1] if timer is not None else None

    # ------------------------------------------------------------ the desk and the world

    def _human(self, command: Mapping[str, object]) -> Turn:
        desk, before = Desk(self.runner), self._version
        act, line, routine = command["human"], command.get("at"), command.get("to")
        if act not in ("take", "say", "return", "undone"):
            raise CommandWrong("`human` takes take, say, return or undone")
        text = _text(command, "text") if act == "say" else ""
        if act == "say" and not text.strip():
            raise CommandWrong("there is nothing to say")
        if line is not None and routine is None and (why := self._why_not_at(str(line))) is not None:
            raise CommandWrong(why)
        state = self.runner.known(self._case)
        waits = state.status is Status.HANDED_OFF and state.human is None
        if act == "take" or waits:
            desk.take(self._case, HUMAN)  # whoever speaks in a case that waits has taken it
        if act == "say":
            desk.say(self._case, HUMAN, text)
        if act == "undone":
            desk.could_not(self._case, HUMAN)
        if act == "return":
            desk.give_back(
                self._case,
                HUMAN,
                None if line is None else str(line),
                None if routine is None else str(routine),
            )
        return self._since(before)

    def _why_not_at(self, line: str) -> str | None:
        release = self.runner.releases.get(self.runner.known(self._case).release).release
        return why_not_at(release.routine, line)

    def _fact(self, command: Mapping[str, object]) -> Turn:
        before = self._version
        value = command.get("value", True)
        if not isinstance(value, str | int | float | bool | None):
            raise CommandWrong("`value` is a text, a number, true, false or null")
        settled: Value = value
        Desk(self.runner).learn(self._case, HUMAN, _text(command, "fact"), settled)
        return self._since(before)

    def _fail(self, command: Mapping[str, object]) -> Turn:
        times = command.get("times", 1_000_000)
        if not isinstance(times, int) or isinstance(times, bool) or times < 0:
            raise CommandWrong("`times` is a whole number")
        function = _text(command, "fail")
        if function not in self.functions():
            raise CommandWrong(f"there is no function `{function}`; there are {', '.join(sorted(self.functions()))}")
        self.table.failures[function] = times
        return self._since(self._version)

    def _duty(self, command: Mapping[str, object]) -> Turn:
        if not isinstance(command["duty"], bool):
            raise CommandWrong("`duty` takes true or false")
        self.notices.on_duty = command["duty"]
        return self._since(self._version)

    def _returns(self, command: Mapping[str, object]) -> Turn:
        given = command["returns"]
        try:
            rows = [_row(one) for one in given] if isinstance(given, list) else []
        except RowWrong as wrong:
            raise CommandWrong(str(wrong)) from wrong
        if not rows:
            raise CommandWrong('`returns` takes a list of {"function": NAME, "with": {...}, "results": [{...}]}')
        if why := unknown(rows, self.functions()):
            raise CommandWrong(why)
        self.table.answer(rows)
        return self._since(self._version)

    # ------------------------------------------------------------ helpers

    @property
    def _case(self) -> str:
        assert self.case_id is not None
        return self.case_id

    @property
    def _version(self) -> int:
        return self.runner.known(self._case).version

    def _since(self, version: int) -> Turn:
        events = self.runner.store.load(self._case)
        state = self.runner.known(self._case)
        return outcome(self.runner.releases.get(state.release).release, events, state, (version, None))


def duration(text: str) -> timedelta:
    """Return a time like "72h", "10m" or "1d 12h"; raise CommandWrong."""
    if not _DURATION.fullmatch(text.strip()):
        raise CommandWrong(f'{text!r} is no duration; write "90s", "10m", "72h" or "3d"')
    parts = re.findall(r"(\d+(?:\.\d+)?)\s*([smhd])", text)
    seconds = sum(float(number) * _UNITS[unit] for number, unit in parts)
    if seconds > DURATION_MAX.total_seconds():
        raise CommandWrong(f"{text[:40]!r} is longer than {DURATION_MAX.days:,} days")
    return timedelta(seconds=seconds)


def as_json(turn: Turn) -> dict[str, object]:
    """Return the turn as the plain data of docs/jsonl.md; where several documents are loaded, with their names."""
    where = turn.together
    moves = [{"routine": move.routine, "why": list(move.why), "failed": move.failed} for move in turn.moves]
    return {
        "id": turn.id,
        "case": turn.case_id,
        "status": turn.status.value,
        "served": turn.served,
        "duplicate": turn.duplicate,
        **({"routine": turn.routine, "moves": moves} if where else {}),
        "said": [
            {"text": said.text, "line": said.line, "source": said.source, **_in(said.routine, where)}
            for said in turn.said
        ],
        "calls": [
            {
                "function": call.function,
                "arguments": dict(call.arguments),
                "line": call.line,
                "attempt": call.attempt,
                **_in(call.routine, where),
            }
            for call in turn.calls
        ],
        "buttons": [{"id": button.id, "label": button.label} for button in turn.buttons],
        "reading": reading_as_json(turn.reading) if turn.reading is not None else None,
    }


def _in(routine: str, several: bool) -> dict[str, object]:
    return {"routine": routine} if several else {}


def reading_as_json(reading: Reading) -> dict[str, object]:
    """Return the reading as the plain data of docs/jsonl.md."""
    return {
        "choices": [
            {"id": found.id, "confidence": round(found.confidence, 4), "correction": found.correction}
            for found in reading.choices
        ],
        "unsure": reading.unsure,
        "slots": dict(reading.slots),
        "reader": reading.reader,
        **({"model": asdict(reading.model)} if reading.model is not None else {}),
    }


def _row(given: object) -> FunctionRow:
    results = given.get("results") if isinstance(given, Mapping) else None
    if not isinstance(given, Mapping) or not isinstance(results, list) or not results:
        raise RowWrong('a row is {"function": NAME, "with": {...}, "results": [{...}]}')
    told = tuple(None if result == FAILS else checked(result) for result in results)
    return FunctionRow(_text(given, "function"), checked(given.get("with", {})), told)


def _text(command: Mapping[str, object], name: str) -> str:
    value = command.get(name)
    if not isinstance(value, str):
        raise CommandWrong(f"`{name}` takes a text")
    return value
