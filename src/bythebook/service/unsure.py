"""What customers of real cases said that no reader was sure of: read off the logs, as they are stored (masked).

Each text has a number by the order in which it first came: as long as the store only grows, numbers stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
from bythebook.service.ports import CaseStore, CaseSummary
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


def unsure_messages(
    store: CaseStore, release: Release, reader: Reader, latest: int = CASES_MAX
) -> tuple[Unsure, ...]:
    """Return the texts that were not understood when they came and would not be today, oldest first.

    `latest` is how many of the document's cases are looked through, those that changed last.
    """
    cases = store.search(CaseQuery(routine=release.name), latest).cases
    found: dict[str, Unsure] = {}
    open_still: list[tuple[Unsure, Situation]] = []
    places: dict[str, int] = {}
    for met in _met(store, cases):
        key = core(met.text) or met.text
        if key in found:
            before = found[key]
            then = before.then or met.then
            found[key] = replace(before, times=before.times + 1, then=then)
            continue
        after = met.situation.pending or ""
        found[key] = Unsure(len(found) + 1, " ".join(met.text.split()), 1, after, met.guessed, met.then)
        places[key] = len(open_still)
        open_still.append((found[key], met.situation))
    return tuple(
        found[key] for key, at in places.items() if not _understood(found[key], open_still[at][1], release, reader)
    )


def _understood(one: Unsure, situation: Situation, release: Release, reader: Reader) -> bool:
    """Whether it is understood by now: the examples, or the reader, know more than they did."""
    reading = reader.read(one.text, build_menu(release, situation))
    return not reading.unsure and any(not _is_no_need(choice.id) for choice in reading.choices)


def _met(store: CaseStore, cases: Sequence[CaseSummary]) -> Iterator[_Met]:
    for case in sorted(cases, key=lambda one: (one.opened_at, one.case_id)):
        said = list(_of_case(store.load(case.case_id)))
        for at, met in enumerate(said):
            if met.unsure and met.text.strip():
                yield replace(met, then=_meant(said[at + 1 : at + 2]))


def _meant(following: Sequence[_Met]) -> str:
    """Return what the next message, or button, surely meant."""
    return next((one for met in following if not met.unsure for one in met.guessed if not _is_no_need(one)), "")


def _is_no_need(choice: str) -> bool:
    return choice.startswith(_NO_NEED)


def _of_case(events: Sequence[Event]) -> Iterator[_Met]:
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
