"""What customers of real cases said that no reader was sure of: read off the logs, as they are stored (masked).

Each text has a number by the order in which it first came: as long as the store only grows, numbers stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Final

from bythebook.engine.event import CustomerSaid, Event, MessageRead
from bythebook.engine.evolve import evolve
from bythebook.engine.menu import Situation, build_menu
from bythebook.engine.situation import messages_next, situation_of, text_of
from bythebook.engine.state import CaseState
from bythebook.reading.matching import core
from bythebook.reading.port import Reader
from bythebook.reading.suggested import Suggested
from bythebook.routine.wording import Release
from bythebook.service.ports import CaseStore
from bythebook.service.search import CaseQuery

CASES_MAX: Final = 100_000
"""Cases that are looked through, the latest."""

_NO_NEED: Final = ("act:", "other:unclear")


@dataclass(frozen=True, slots=True)
class Unsure:
    """A text that was not understood, with what was made of it and what the customer did next."""

    number: int
    text: str
    times: int
    after: str
    """The label of the question that waited, empty at the opening."""

    guessed: tuple[str, ...]
    then: str
    """What the customer's next message or button surely meant, empty where none did."""

    def suggested(self) -> Suggested:
        """Return it as a text that may become an example."""
        choices = tuple(dict.fromkeys((*([self.then] if self.then else []), *self.guessed)))
        where = f"said after {self.after}" if self.after else "said at the opening"
        times = f", {self.times} times" if self.times > 1 else ""
        then = f"; what followed meant {self.then}" if self.then else ""
        return Suggested(self.number, self.text, choices, f"{where}{times}{then}")


@dataclass(frozen=True, slots=True)
class _Met:
    text: str
    situation: Situation
    unsure: bool
    guessed: tuple[str, ...]
    then: str = ""


@dataclass(slots=True)
class NotUnderstood:
    """What was found in cases at which nothing has happened since, so that the next look reads only the others.

    Of each document it holds what the last look found, and no more. In this process alone: the texts are private.
    """

    _cases: dict[str, dict[str, tuple[int, tuple[_Met, ...]]]] = field(default_factory=dict)
    """By document and case: its version then, and what was not understood in it."""

    _understood: dict[str, tuple[Reader, dict[tuple[str, Situation], bool]]] = field(default_factory=dict)
    """By document: its reader then, and whether that understands a text by now."""

    _one_at_a_time: Lock = field(default_factory=Lock)

    def look(self, store: CaseStore, release: Release, reader: Reader, latest: int) -> tuple[Unsure, ...]:
        """Return what `unsure_messages` returns."""
        with self._one_at_a_time:
            by, known = self._understood.get(release.name, (reader, {}))
            known = known if by is reader else {}
            used: dict[tuple[str, Situation], bool] = {}
            found, first = _together(self._met(store, release.name, latest))
            for key, one in found.items():
                asked = (one.text, first[key])
                used[asked] = known[asked] if asked in known else _understood(*asked, release, reader)
            self._understood[release.name] = (reader, used)
            return tuple(one for key, one in found.items() if not used[one.text, first[key]])

    def _met(self, store: CaseStore, name: str, latest: int) -> Iterator[_Met]:
        cases = store.search(CaseQuery(routine=name), latest).cases
        before, now = self._cases.get(name, {}), {}
        for case in cases:
            kept = before.get(case.case_id)
            fresh = kept is None or kept[0] != case.version
            now[case.case_id] = (case.version, _of_case(store.load(case.case_id))) if fresh or kept is None else kept
        self._cases[name] = now
        for case in sorted(cases, key=lambda one: (one.opened_at, one.case_id)):
            yield from now[case.case_id][1]


def unsure_messages(
    store: CaseStore, release: Release, reader: Reader, latest: int = CASES_MAX
) -> tuple[Unsure, ...]:
    """Return the texts that were not understood when they came and would not be today, oldest first.

    `latest` is how many of the document's cases are looked through, those that changed last.
    """
    return NotUnderstood().look(store, release, reader, latest)


def _together(all_met: Iterable[_Met]) -> tuple[dict[str, Unsure], dict[str, Situation]]:
    """Return each text once, and where it was met first."""
    found: dict[str, Unsure] = {}
    first: dict[str, Situation] = {}
    for met in all_met:
        key = core(met.text) or met.text
        if key in found:
            before = found[key]
            found[key] = replace(before, times=before.times + 1, then=before.then or met.then)
            continue
        after = met.situation.pending or ""
        found[key] = Unsure(len(found) + 1, " ".join(met.text.split()), 1, after, met.guessed, met.then)
        first[key] = met.situation
    return found, first


def _understood(text: str, situation: Situation, release: Release, reader: Reader) -> bool:
    """Whether it is understood by now: the examples, or the reader, know more than they did."""
    reading = reader.read(text, build_menu(release, situation))
    return not reading.unsure and any(not _is_no_need(choice.id) for choice in reading.choices)


def _of_case(events: Sequence[Event]) -> tuple[_Met, ...]:
    """Return what was not understood in a case, each with what the next message meant."""
    said = list(_read(events))
    return tuple(
        replace(met, then=_meant(said[at + 1 : at + 2]))
        for at, met in enumerate(said)
        if met.unsure and met.text.strip()
    )


def _meant(following: Sequence[_Met]) -> str:
    """Return what the next message, or button, surely meant."""
    return next((one for met in following if not met.unsure for one in met.guessed if not _is_no_need(one)), "")


def _is_no_need(choice: str) -> bool:
    return choice.startswith(_NO_NEED)


def _read(events: Sequence[Event]) -> Iterator[_Met]:
    """Return each message of a case as it was read, buttons as sure."""
    state = CaseState()
    for event in events:
        match event:
            case MessageRead(choices=choices, unsure=unsure) if messages := messages_next(state):
                ids = tuple(choice.id for choice in sorted(choices, key=lambda one: -one.confidence))
                yield _Met(text_of(messages), situation_of(state), unsure or not ids, ids)
            case CustomerSaid(pressed=str(pressed)):
                yield _Met("", situation_of(state), False, (pressed,))
            case _:
                pass
        state = evolve(state, event)
